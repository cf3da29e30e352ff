"""The toy feed: the same under a seed, narrowed by watching, widened again, and never past its bounds."""

from __future__ import annotations

import math
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook import recommender as toy

hats = st.lists(st.integers(1, toy.MOST), min_size=2, max_size=8)
moves = st.sampled_from(toy.MOVES)
rows = st.lists(moves, max_size=30)
seeds = st.integers(0, 2**32 - 1)


def test_the_generator_is_mulberry32():
    # computed once with the three lines that are known under that name, in JavaScript
    state, drawn = 1, []
    for _ in range(3):
        number, state = toy.mulberry32(state)
        drawn.append(number)
    assert drawn == [2693262067, 11749833, 2265367787]


@given(seeds, rows)
def test_a_seed_plays_the_same_feed_again(seed, row):
    assert list(toy.play(seed, row)) == list(toy.play(seed, row))


def test_another_seed_plays_another_feed():
    assert len({toy.follow(seed, ["end"] * 8)[0].shown for seed in range(50)}) == 50


@given(seeds, rows, st.integers(2, 8))
def test_slips_stay_in_their_bounds_and_cards_are_topics(seed, row, topics):
    for feed in toy.play(seed, row, topics):
        assert all(1 <= one <= toy.MOST for one in feed.slips)
        assert 0 <= feed.card < topics == len(feed.slips)
    assert len(feed.shown) == len(row) + 1


@given(hats)
def test_entropy_is_between_nothing_and_that_of_equal_topics(hat):
    assert sum(toy.chances(hat)) == pytest.approx(1)
    assert 0 < toy.entropy(hat) <= math.log2(len(hat)) + 1e-12
    assert 1 < toy.mixed_as(hat) <= len(hat) + 1e-9


@pytest.mark.parametrize("topics", range(2, 9))
def test_a_new_hat_is_as_mixed_as_can_be(topics):
    assert toy.entropy(toy.start(1, topics).slips) == pytest.approx(math.log2(topics))


@given(hats, st.sampled_from(["end", "half", "like"]))
def test_watching_the_commonest_topic_never_makes_the_feed_more_mixed(hat, move):
    after = toy.changed(hat, hat.index(max(hat)), move)
    assert toy.entropy(after) <= toy.entropy(hat) + 1e-12


@given(hats, st.integers(0, 7))
def test_watching_longer_puts_in_more_slips(hat, place):
    card = place % len(hat)
    swiped, half, end, liked = (
        toy.changed(hat, card, move)[card] for move in ("swipe", "half", "end", "like")
    )
    assert swiped <= half <= end <= liked


@given(seeds)
def test_one_topic_watched_longer_narrows_a_feed(seed):
    rest = ["swipe"] * 7
    mixed = [
        toy.mixed_as(toy.follow(seed, [watched, *rest])[0].slips) for watched in ("half", "end")
    ]
    even = toy.mixed_as(toy.start(seed).slips)
    if 0 in toy.follow(seed, ["swipe", *rest])[0].shown[:10]:
        assert mixed[1] < even and mixed[0] < even


def test_over_many_feeds_watching_to_the_end_narrows_more_than_watching_half():
    rest = ["swipe"] * 7
    mean = {
        watched: statistics.mean(
            toy.run([watched, *rest], seed=seed)["mixed_as"] for seed in range(200)
        )
        for watched in ("swipe", "half", "end")
    }
    assert mean["end"] < mean["half"] - 0.5 < mean["swipe"] - 1


def test_a_feed_leans_without_any_favourite():
    """Every topic watched alike: what comes out on top is luck, and differs from seed to seed."""
    runs = [toy.run(["end"] * 8, seed=seed) for seed in range(200)]
    assert {one["top"] for one in runs} == set(range(8))
    assert statistics.mean(one["mixed_as"] for one in runs) < 7.5


@given(hats)
def test_not_interested_widens_a_feed_that_one_topic_rules(hat):
    top = hat.index(max(hat))
    others = [one for at, one in enumerate(hat) if at != top]
    if hat[top] // 2 >= max(others):
        assert toy.entropy(toy.changed(hat, top, "less")) > toy.entropy(hat)


def test_a_narrow_feed_is_widened_again():
    narrow = toy.follow(7, ["end"] + ["swipe"] * 7)[0].slips
    for move in ("less", "find"):
        assert toy.entropy(toy.changed(narrow, 0, move)) > toy.entropy(narrow)


def test_what_each_move_does():
    hat = (4, 9, 1)
    assert toy.changed(hat, 1, "end") == (4, 15, 1)
    assert toy.changed(hat, 1, "half") == (4, 11, 1)
    assert toy.changed(hat, 1, "swipe") == (4, 8, 1)
    assert toy.changed(hat, 1, "like") == (4, 17, 1)
    assert toy.changed(hat, 1, "less") == (4, 4, 1)
    assert toy.changed(hat, 1, "find") == (4, 8, 7)
    assert toy.changed(hat, 2, "swipe") == hat  # the last slip stays
    assert toy.changed((58, 1, 1), 0, "end")[0] == toy.MOST


def test_a_move_that_is_none_is_refused():
    with pytest.raises(ValueError, match="There is no move 'share'"):
        toy.changed((4, 4), 0, "share")


def test_one_card_in_eight_is_drawn_with_all_topics_equal():
    """A topic with next to no slips comes about as often as exploring alone would bring it."""
    slips = (toy.MOST, *[1] * 7)
    cards = [toy.start(seed * 7919, slips=slips).card for seed in range(4000)]
    share = sum(card != 0 for card in cards) / len(cards)
    expected = sum(toy.chances(slips)[1:])
    assert abs(share - expected) < 4 * (expected * (1 - expected) / len(cards)) ** 0.5


def test_the_quickest_way_is_one_and_there_is_none_shorter():
    narrow = toy.follow(7, ["end"] + ["swipe"] * 7)[0].slips
    best = toy.quickest(3, narrow, ["swipe", "less", "find"], 6, 10)
    ended = [toy.mixed_as(feed.slips) >= 6 for feed in toy.play(3, best, slips=narrow)]
    assert ended.index(True) == len(best) == 3
    assert toy.quickest(3, narrow, ["swipe", "less", "find"], 6, 2) is None
    assert toy.quickest(3, narrow, ["end"], 6, 10) is None
    assert toy.quickest(3, (4, 4), ["end"], 2, 5) == []
