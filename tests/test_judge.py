"""judge: half sound and half unsound, and counts of both sides."""

from __future__ import annotations

from secondlook import content
from secondlook.activities import judge
from secondlook.scoring import calibration, two_sided

ANSWERS = {
    "panic": {"call": "trust", "sure": 80},
    "pens": {"call": "question", "sure": 100},
    "walk": {"call": "question", "sure": 60},
    "drops": {"call": "trust", "sure": 50},
}


def test_more_of_one_side_is_refused(refused):
    said = refused("story-or-proof", lambda record: record["items"].pop())
    assert said == (
        "f.json: item story-or-proof: field items: found 2 sound and 1 unsound; "
        "allowed: as many sound as unsound"
    )


def test_a_tactic_without_plain_words_is_refused(refused, small_course):
    content.records("posts")["p-pens"]["tactics"] = ["absolut-language"]
    record = content.activities(3)["story-or-proof"]
    (problem,) = judge.Judge.problems(record, "f.json")
    assert problem.item == "story-or-proof/pens"
    assert "did you mean absolute-language?" in problem.allowed


def test_the_counts_are_those_that_scoring_takes(make, notes):
    widget = make("story-or-proof", notes(ANSWERS))
    assert widget.result() == {
        "trusted_sound": 1, "n_sound": 2, "trusted_unsound": 1, "n_unsound": 2
    }  # fmt: skip
    assert two_sided(**widget.result()).sentence == (
        "You trusted 1 of 2 sound posts and questioned 1 of 2 unsound ones."
    )


def test_nothing_judged_counts_as_nothing(make):
    widget = make("story-or-proof")
    assert set(widget.result().values()) == {0}
    assert widget.confidences() == []


def test_confidences_go_with_whether_the_call_was_right(make, notes):
    pairs = make("story-or-proof", notes(ANSWERS)).confidences()
    assert pairs == [(0.8, True), (1.0, True), (0.6, False), (0.5, False)]
    assert sum(one.right for one in calibration(pairs)) == 2


def test_tactics_reach_the_browser_in_plain_words(make):
    assert (
        make("story-or-proof").spec["tactics"]["sells-something"] == "something for sale at the end"
    )


def test_the_key_says_what_holds_up_and_why(make):
    key = make("story-or-proof").key()
    assert key.count("This one holds up") == key.count("This one needs a second look") == 2
    assert "What would make it fair: " in key
    assert "https://doi.org/10.1000/1" in key
