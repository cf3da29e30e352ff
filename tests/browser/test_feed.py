"""The feed in the browser is the feed in Python: the same cards, the same slips, move by move."""

from __future__ import annotations

import itertools
import random
from typing import Any

import pytest

from demo import show
from secondlook import recommender
from secondlook.activities.feed import CODES
from secondlook.markup import STATIC

TWIN = """async ([source, games]) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { mixedAs, newHat, react, startFeed } = await import(url);
  return games.map(({ seed, slips, topics, moves }) => {
    let feed = startFeed(seed, slips ?? newHat(topics));
    const row = [[feed.slips, feed.card, mixedAs(feed.slips)]];
    for (const move of moves) {
      feed = react(feed, move);
      row.push([feed.slips, feed.card, mixedAs(feed.slips)]);
    }
    return { row, shown: feed.shown };
  });
}"""


def games() -> list[dict[str, Any]]:
    """Seeds at the edges and between; every single move, habits, and moves by chance."""
    chance = random.Random(8)
    seeds = [0, 1, 2**31 - 1, 2**31, 2**32 - 1, *(chance.randrange(2**32) for _ in range(120))]
    played = []
    for seed, move in itertools.product(seeds[:20], recommender.MOVES):
        played.append({"seed": seed, "topics": 8, "slips": None, "moves": [move] * 30})
    for seed in seeds:
        topics = chance.randint(2, 8)
        slips = None
        if chance.random() < 0.5:
            slips = [chance.randint(1, recommender.MOST) for _ in range(topics)]
        moves = chance.choices(recommender.MOVES, k=40)
        played.append({"seed": seed, "topics": topics, "slips": slips, "moves": moves})
        habit = chance.choices(recommender.MOVES, k=topics)
        _, moves = recommender.follow(seed, habit, 30, slips)
        played.append({"seed": seed, "topics": topics, "slips": slips, "moves": moves})
    return played


def test_the_twin_plays_every_card_as_python_does(page):
    wanted = games()
    assert len(wanted) == 20 * 6 + 2 * 125
    source = (STATIC / "recommender.js").read_text(encoding="utf-8")
    page.goto("about:blank")
    for game, seen in zip(wanted, page.evaluate(TWIN, [source, wanted]), strict=True):
        feeds = list(recommender.play(game["seed"], game["moves"], game["topics"], game["slips"]))
        told = f"seed {game['seed']}, moves {game['moves'][:3]}..."
        assert tuple(seen["shown"]) == feeds[-1].shown, told
        for (slips, card, mixed), feed in zip(seen["row"], feeds, strict=True):
            assert (tuple(slips), card) == (feed.slips, feed.card), told
            assert mixed == pytest.approx(recommender.mixed_as(feed.slips), abs=1e-9), told


def hat(page: Any) -> list[int]:
    return [int(one) for one in page.locator(".sl-hat li > b").all_inner_texts()]


def test_what_is_pressed_is_what_python_plays_again(make, page):
    widget = make("toy-feed")
    show(page, widget, silent=True)  # no kernel answers
    moves = ["end", "swipe", "half", "swipe", "end", "half"]
    feeds = list(recommender.play(widget.items["six"]["seed"], moves, 4))
    for at, move in enumerate(moves):
        assert hat(page) == list(feeds[at].slips)
        now = widget.record["topics"][feeds[at].card]["label"]
        assert page.locator(".sl-cliptopic").inner_text() == now
        assert page.locator(".sl-hat li.is-now .sl-hatname").inner_text() == now
        page.locator(f'[data-focus="move-{move}"]').click()
    assert hat(page) == list(feeds[-1].slips)
    answer = page.evaluate("window.answers().six")
    assert answer == {"moves": "".join(CODES[move] for move in moves)}
    assert widget.accepts(widget.items["six"], answer)
    assert page.locator(".sl-finished .sl-trail .sl-topic").count() == 6


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_the_user_goes_on_by_habit_and_is_as_mixed_as_python_says(motion, make, page):
    page.emulate_media(reduced_motion=motion)
    widget = make("toy-feed")
    show(page, widget)
    page.locator("[data-nav=next]").click()
    page.locator("[data-focus=start]").click()
    page.locator("[data-focus=auto]").click()
    page.locator(".sl-fb").wait_for(timeout=10_000)
    item = widget.items["cats-only"]
    left, moves = recommender.follow(item["seed"], item["habit"], item["cards"])
    assert hat(page) == list(left.slips)
    assert page.evaluate("window.answers()['cats-only']") == {
        "guess": 5, "moves": "".join(CODES[move] for move in moves)
    }  # fmt: skip
    count = left.shown[:-1][-10:].count(0)
    assert f"It was {count}." in page.locator(".sl-fb").inner_text()
    assert page.evaluate("document.activeElement !== document.body"), "the focus was lost"


def test_another_way_out_may_be_tried_and_the_goal_stops_the_feed(make, page):
    widget = make("toy-feed")
    show(page, widget)
    for _ in range(3):
        page.locator("[data-nav=next]").click()
    for _ in range(12):
        page.locator('[data-focus="move-end"]').click()
    assert "Out of cards" in page.locator(".sl-fb").inner_text()
    page.locator("[data-focus=retry]").click()
    for _ in range(3):
        page.locator('[data-focus="move-less"]').click()
    assert "3 cards, the fewest we know of" in page.locator(".sl-fb").inner_text()
    assert page.evaluate("window.answers()['way-out']") == {"moves": "nnn"}
