"""thread: conversations that branch; what is no path through them is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from secondlook import content
from secondlook.activities.thread import WORKS

ROOT = Path(__file__).resolve().parents[1]
FINISHED = ["listen", "sorry"]


@pytest.mark.parametrize(
    "answer",
    [
        {"path": ["listen"], "first": None},
        {"path": FINISHED, "first": FINISHED},
        {"path": ["skip"], "first": FINISHED},
        {"path": ["listen"], "first": ["skip"]},
    ],
)
def test_a_path_through_the_conversation_is_an_answer(answer, make):
    widget = make("talk-to-ada")
    assert widget.accepts(widget.items["t1"], answer)


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {"path": FINISHED},
        {"path": [], "first": None},
        {"path": "listen", "first": None},
        {"path": ["sorry"], "first": None},
        {"path": ["listen", "listen"], "first": None},
        {"path": [*FINISHED, "fix"], "first": FINISHED},
        {"path": [["listen"]], "first": None},
        {"path": FINISHED, "first": None},
        {"path": FINISHED, "first": ["listen"]},
        {"path": FINISHED, "first": []},
        {"path": FINISHED, "first": FINISHED, "text": "how I feel"},
    ],
)
def test_anything_else_is_refused(answer, make):
    widget = make("talk-to-ada")
    assert not widget.accepts(widget.items["t1"], answer)


def nodes(record):
    return record["items"][0]["nodes"]


BAD = {
    "both": (lambda one: nodes(one)[0].update(end="Over."), "found both"),
    "neither": (lambda one: nodes(one)[2].pop("end"), "found neither"),
    "hopeless": (lambda one: nodes(one)[0]["options"][0].update(works="no"), "no reply that works"),
    "nowhere": (lambda one: nodes(one)[0]["options"][0].update(next="gone"), "found 'gone'"),
    "a circle": (lambda one: nodes(one)[1]["options"][0].update(next="start"), "further down"),
    "itself": (lambda one: nodes(one)[1]["options"][0].update(next="more"), "further down"),
    "left out": (lambda one: nodes(one)[1]["options"][1].update(next="over"), "no reply leads"),
    "same node": (lambda one: nodes(one)[3].update(id="over"), "an id used only once"),
    "same reply": (lambda one: nodes(one)[1]["options"][0].update(id="skip"), "used only once"),
}


@pytest.mark.parametrize(("change", "said"), BAD.values(), ids=BAD)
def test_a_conversation_that_cannot_be_had_is_refused(change, said, refused):
    assert said in refused("talk-to-ada", change)


def test_the_cards_hold_the_story_and_the_key_the_reasons(make):
    widget = make("talk-to-ada")
    reason = "You asked, and now she can say what happened."
    cards = "".join(widget.cards())
    assert "Tell me?" in cards and "Tell me?" not in widget.paper()
    assert reason not in cards + widget.paper()
    assert [one for one in WORKS.values() if one in cards + widget.paper()] == []
    assert reason in widget.key() and "This helps" in widget.key()
    assert reason not in widget.text() and "( ) Tell me? -> more" in widget.text()


def walk(widget, replies):
    """The number of the card that these letters lead to, from the start that the sheet names."""
    cards = {re.search(r"sl-mark\">(\d+)<", one)[1]: one for one in widget.cards()}
    card = re.search(r"Start at card (\d+)\.", widget.paper())[1]
    for letter in replies:
        card = re.search(rf"<b>{letter}</b> .*?→&#160;card&#160;(\d+)<", cards[card])[1]
    return cards[card]


def test_each_reply_leads_to_the_card_of_its_node(make):
    widget = make("talk-to-ada")
    assert "lost my bike" in walk(widget, "a") and "It stops here" in walk(widget, "b")
    assert "It stops here" in walk(widget, "aa") and "feels a bit better" in walk(widget, "ab")


def test_the_key_has_a_way_on_which_every_reply_helps(make):
    widget = make("talk-to-ada")
    ((start, first), (_, second)) = re.findall(
        r"(\d+)([a-c])", widget.glance(widget.record["items"][0])
    )
    assert f"Start at card {start}." in widget.paper()
    assert "feels a bit better" in walk(widget, first + second)


def test_help_stands_on_the_sheet_and_wherever_a_talk_ends(make):
    widget = make("talk-to-ada")
    where = content.read_json("helplines.json")["directory"]["web"]
    assert where in widget.paper()
    assert all(where in one for one in widget.cards())
    ends = [one for one in widget.cards() if "→" not in one]
    assert len(ends) == 2 and all("local emergency number" in one for one in ends)


def test_the_numbers_do_not_follow_the_story():
    from secondlook.activities import unanswered

    with unanswered(11, content.activities(11)["sam-writes"]) as widget:
        numbers = list(widget._numbers().values())
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
        order = [widget._numbers()[item["id"], node["id"]]
                 for item in widget.record["items"] for node in item["nodes"]]  # fmt: skip
        assert order != sorted(order)


def test_the_evening_that_is_not_safe_is_read_aloud_and_not_played(make):
    """Where a person may not be safe, no two learners play it out between themselves."""
    shipped = json.loads((ROOT / "data/activities/11.json").read_text(encoding="utf-8"))
    (record,) = (one for one in shipped["activities"] if one["kind"] == "thread")
    assert [one.get("aloud", False) for one in record["items"]] == [False, True]
    widget = make("talk-to-ada")
    item = widget.record["items"][0]
    assert "Start at card" in widget.paper_item(item)
    told = widget.paper_item({**item, "aloud": True})
    assert "Start at card" not in told and "read aloud" in told


def test_the_evening_that_is_read_aloud_has_no_cards_and_its_way_in_the_key():
    from secondlook.activities import unanswered

    with unanswered(11, content.activities(11)["sam-writes"]) as widget:
        played, aloud = widget.record["items"]
        marks = [int(re.search(r"sl-mark\">(\d+)<", one)[1]) for one in widget.cards()]
        assert marks == list(range(1, len(played["nodes"]) + 1))  # none of the other, and no gap
        replies = [one for node in aloud["nodes"] for one in node.get("options", [])]
        key = widget.key_item(aloud)
        assert key.count("→&#160;line") == len(replies) and aloud["scene"] in key
