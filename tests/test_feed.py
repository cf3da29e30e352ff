"""feed: what comes back is played again in Python, and wrong data is refused."""

from __future__ import annotations

import html

import pytest

from secondlook import recommender
from secondlook.activities import feed_hat
from secondlook.activities.feed import CODES, Feed, habit_of


@pytest.fixture
def feed(make):
    return make("toy-feed")


def item(record, name):
    return next(one for one in record["items"] if one["id"] == name)


def test_every_move_of_the_model_has_a_letter_of_its_own():
    assert set(CODES) == set(recommender.MOVES)
    assert len(set(CODES.values())) == len(CODES)


def test_a_habit_is_laid_out_in_the_topics_order(feed):
    assert feed.items["cats-only"]["habit"] == ["end", "swipe", "swipe", "swipe"]
    assert habit_of(feed.record["topics"], {"else": "half", "bread": "like"}) == [
        "half", "half", "like", "half"
    ]  # fmt: skip


def test_the_narrow_hat_is_what_the_habit_left(feed):
    narrow, _ = recommender.follow(7, ["end", "swipe", "swipe", "swipe"], 20)
    assert feed.items["way-out"]["hat"] == list(narrow.slips)
    assert feed.items["way-out"]["best"] == 3


@pytest.mark.parametrize(
    ("name", "answer", "fine"),
    [
        ("cats-only", {"moves": "e" * 20, "guess": 5}, True),
        ("cats-only", {"moves": "e" * 20, "guess": 11}, False),
        ("cats-only", {"moves": "e" * 20, "guess": -1}, False),
        ("cats-only", {"moves": "e" * 20, "guess": True}, False),
        ("cats-only", {"moves": "e" * 20, "guess": "5"}, False),
        ("cats-only", {"moves": "e" * 20}, False),
        ("cats-only", {"moves": "e" * 19, "guess": 5}, False),
        ("cats-only", {"moves": "f" * 20, "guess": 5}, False),  # a search is not offered there
        ("six", {"moves": "eeeeee", "guess": 5}, False),
        ("no-favourite", {"choice": ["luck"], "first": ["taste"]}, True),
        ("no-favourite", {"choice": ["z"], "first": ["taste"]}, False),
        ("no-favourite", {"choice": [], "first": ["taste"]}, False),
        ("no-favourite", {"choice": [["luck"]], "first": ["taste"]}, False),
        ("way-out", {"moves": "nnn"}, True),
        ("way-out", {"moves": "nn"}, False),  # the goal is not reached and there are cards left
        ("way-out", {"moves": "nnns"}, False),  # the goal was reached a card before
        ("way-out", {"moves": "e" * 12}, True),  # never reached, and the cards are used up
        ("way-out", {"moves": "e" * 13}, False),
        ("way-out", {"moves": ""}, False),
        ("way-out", {"moves": "lll"}, False),
        ("way-out", {"moves": None}, False),
    ],
)
def test_only_a_feed_that_can_be_played_is_an_answer(name, answer, fine, feed):
    assert feed.accepts(feed.items[name], answer) is fine


# --- on paper ------------------------------------------------------------------------------------


def test_on_paper_it_is_a_real_hat_with_half_of_the_slips(feed):
    paper = html.unescape(feed.paper())
    assert "Put 2 slips of each topic into a hat" in paper
    assert "put in 3 more" in paper and "take 1 out, but leave the last one" in paper
    assert "Of the last" not in paper and "Fewest cards" not in paper


def test_each_topic_has_slips_to_cut_and_they_say_nothing_else(feed):
    slips = feed.cards()
    assert len(slips) == len(feed.record["topics"])
    for slip, topic in zip(slips, feed.record["topics"], strict=True):
        assert slip.count(f"<b>{topic['label'][0]}</b>") == feed_hat.EACH
        assert "fb-" not in slip


def test_two_feeds_are_written_down_as_the_model_played_them(feed):
    paper = feed.paper()
    for seed in (3, 4):
        played, _ = recommender.follow(seed, ["end"] * 4, 20)
        letters = ["CTBS"[card] for card in played.shown[:-1]]
        assert all(f"<small>{at}</small>{one}<" in paper for at, one in enumerate(letters, start=1))


def test_the_way_out_is_what_the_model_needs_for_half_of_the_hat():
    ways = feed_hat.ways_out([60, 4, 1, 2, 3, 2, 2, 2], ["end", "half", "swipe", "less", "find"])
    assert ways == {"swipe": 44, "less": 2, "find": 7}  # watching on never leads out


def test_the_key_names_the_quickest_way_and_the_sheet_does_not(feed):
    item = feed.items["way-out"]
    ways = feed_hat.ways_out(item["hat"], item["actions"])
    assert feed.glance(item) == f"not interested: {ways['less']} cards"
    assert f"<b>☑ {feed.glance(item)}" in feed.key()
    assert ways["less"] == min(ways.values()) and "☑" not in feed.paper()


def test_half_of_many_paper_hats_lie_between_the_numbers_of_the_key(feed):
    often = feed_hat.middle(["end", *["swipe"] * 7], 0)
    assert 3 <= often.low < often.high <= 8
    assert feed_hat.middle(["swipe"] * 8, 0).high < often.low  # no favourite, and few cats come


def test_the_key_says_what_the_habit_comes_to(feed):
    left, _ = recommender.follow(7, ["end", "swipe", "swipe", "swipe"], 20)
    count = left.shown[:-1][-10:].count(0)
    assert f"most slips Cats, {count} of the last ten cards" in feed.key()
    assert "Fewest cards we know of: 3" in feed.key()


def test_words_for_paper_stand_on_paper_alone(record, notes):
    one = record("toy-feed")
    item(one, "six")["paper"] = {"intro": "Draw what comes."}
    widget = Feed(8, one, notes())
    assert "Draw what comes." in widget.paper() and "Press what you like." not in widget.paper()
    assert "Press what you like." in widget.text()


BAD = {
    "words for paper that no sheet has": (
        lambda one: item(one, "six").update(paper={"tab": "Open it."}), "field paper: tab"),
    "a topic twice": (
        lambda one: one["topics"][1].update(id="cats"), "an id used only once"),
    "two topics with one letter": (
        lambda one: one["topics"][1].update(label="Cakes"), "each begin with another letter"),
    "a habit with a topic that is not there": (
        lambda one: item(one, "cats-only")["habit"].update(dogs="end"), "found 'dogs'"),
    "a past habit with such a topic": (
        lambda one: item(one, "way-out")["from"]["habit"].update(dogs="end"), "found 'dogs'"),
    "a habit that does not say what else": (
        lambda one: item(one, "cats-only")["habit"].pop("else"), "habit.else: found nothing"),
    "a guess at a topic that is not there": (
        lambda one: item(one, "cats-only").update(topic="dogs"), "field topic: found 'dogs'"),
    "a guess without its feedback": (
        lambda one: item(one, "cats-only").pop("feedback"), "field feedback: found nothing"),
    "a question without a topic": (
        lambda one: item(one, "six").update(question="How many?"), "nothing without a topic"),
    "a move that is none": (
        lambda one: item(one, "six")["actions"].append("share"), "allowed: one of end, half"),
    "two right options": (
        lambda one: item(one, "no-favourite")["options"][0].update(correct=True), "found 2 right"),
    "one option twice": (
        lambda one: item(one, "no-favourite")["options"][0].update(id="luck"),
        "an id used only once"),
    "one seed twice": (
        lambda one: item(one, "no-favourite").update(seeds=[3, 3]), "an id used only once"),
    "a goal out of reach": (
        lambda one: item(one, "way-out").update(actions=["end", "swipe"]), "out of reach"),
    "a goal met at the start": (
        lambda one: item(one, "way-out")["from"].update(habit={"else": "swipe"}),
        "met at the start"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_wrong_data_is_told(what, refused):
    change, said = BAD[what]
    assert said in refused("toy-feed", change)
