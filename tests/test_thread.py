"""thread: conversations that branch; what is no path through them is refused."""

from __future__ import annotations

import pytest

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


def test_the_sheet_shows_no_key_and_the_key_does(make):
    widget = make("talk-to-ada")
    reason = "You asked, and now she can say what happened."
    assert "Tell me?" in widget.paper() and reason not in widget.paper()
    assert reason in widget.key() and "This helps" in widget.key()
    assert reason not in widget.text() and "( ) Tell me? -> more" in widget.text()
