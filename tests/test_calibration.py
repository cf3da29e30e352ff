"""calibration: what is counted, which way it leans, and that nothing is graded."""

from __future__ import annotations

import json
import math
from xml.etree import ElementTree as ET

import pytest

from secondlook import content, scoring
from secondlook.activities import calibration, kind_class
from secondlook.activities import calibration_sheets as sheets

CALLS = dict.fromkeys(("trusted_sound", "n_sound", "trusted_unsound", "n_unsound"), 0)
JUDGED = {"panic": {"call": "trust", "sure": 90}, "pens": {"call": "trust", "sure": 80}}
EXIT = {"e1": {"choice": ["a"], "first": ["a"], "sure": 70}}


class Shelf:
    """A journal with answers by lesson and activity."""

    learner = "fern-otter-42"

    def __init__(self, kept):
        self.kept = kept

    def answers(self, lesson, activity):
        return dict(self.kept.get((lesson, activity), {}))

    def record(self, lesson, activity, item, answer):
        self.kept.setdefault((lesson, activity), {})[item] = answer


def widget(record, shelf):
    return kind_class("calibration")(12, record("how-sure"), shelf)


def pairs(sure, right, n):
    return [(sure, place < right) for place in range(n)]


# --- what is counted ------------------------------------------------------------------------------


def test_calls_and_exit_tickets_of_every_lesson_are_counted(small_course):
    shelf = Shelf({(3, "story-or-proof"): JUDGED, (3, "exit"): EXIT})
    found, calls = calibration.collect(shelf)
    assert sorted(found) == [(0.7, True), (0.8, False), (0.9, True)]
    assert calls == {"trusted_sound": 1, "n_sound": 1, "trusted_unsound": 1, "n_unsound": 1}


def test_answers_without_a_number_are_not_counted(small_course):
    shelf = Shelf({(3, "warm-up"): {"w1": {"choice": ["a"], "first": ["a"]}},
                   (3, "guess-first"): {"g1": {"value": 60}},
                   (12, "post-check"): {"drops": {"scores": {}, "trust": 50, "sure": 90}}})  # fmt: skip
    assert calibration.collect(shelf) == ([], CALLS)


@pytest.mark.parametrize(
    "odd",
    [None, "trust", {}, {"call": "trust"}, {"call": "like", "sure": 90},
     {"call": "trust", "sure": 85}, {"call": "trust", "sure": "90"}, [1]],
)  # fmt: skip
def test_what_is_no_answer_is_left_out(odd, small_course):
    shelf = Shelf({(3, "story-or-proof"): {"panic": odd, "gone": JUDGED["panic"]},
                   (3, "exit"): {"e1": odd, "e9": EXIT["e1"]}})  # fmt: skip
    assert calibration.collect(shelf) == ([], CALLS)


def test_a_lesson_that_cannot_be_read_costs_the_others_nothing(small_course):
    (small_course / "activities" / "05.json").write_text("{", encoding="utf-8")
    shelf = Shelf({(3, "exit"): EXIT, (5, "exit"): EXIT})
    assert calibration.collect(shelf)[0] == [(0.7, True)]


def test_it_counts_in_the_shipped_lessons():
    shelf = Shelf({})
    total = 0
    for number in content.syllabus():
        for one in content.activities(number).values():
            if one["kind"] == "judge":
                total += sum("counts" not in item for item in one["items"])
                shelf.kept[number, one["id"]] = {
                    item["id"]: {"call": "trust", "sure": 80} for item in one["items"]
                }
            elif one.get("confidence"):
                total += len(one["items"])
                shelf.kept[number, one["id"]] = {
                    item["id"]: {"choice": [item["options"][0]["id"]],
                                 "first": [item["options"][0]["id"]], "sure": 60}
                    for item in one["items"]
                }  # fmt: skip
    found, calls = calibration.collect(shelf)
    assert len(found) >= total > 10
    assert calls["trusted_sound"] == calls["n_sound"] and calls["n_sound"] == calls["n_unsound"]


# --- what is said ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "lean"),
    [
        ([], "few"),
        (pairs(1.0, 0, 9), "few"),
        (pairs(0.9, 4, 12), "over"),
        (pairs(0.5, 12, 12), "under"),
        (pairs(0.8, 8, 10), "match"),
        (pairs(0.9, 8, 10), "match"),  # nine said and eight right: chance can do that with ten
        (pairs(0.9, 80, 100), "over"),  # and not with a hundred
    ],
)
def test_it_leans_only_where_chance_does_not_explain_the_gap(given, lean):
    assert calibration.curve(given, CALLS)["lean"] == lean


def test_the_bins_are_those_of_scoring():
    given = [*pairs(0.5, 1, 3), *pairs(0.9, 2, 2), *pairs(1.0, 4, 6)]
    shown = calibration.curve(given, CALLS)
    for here, there in zip(shown["bins"], scoring.calibration(given), strict=True):
        assert (here["low"], here["n"], here["right"]) == (there.low, there.n, there.right)
    assert shown["bins"][-1]["mean"] == 98 and shown["bins"][1]["mean"] is None
    assert (shown["n"], shown["right"]) == (11, 7)


def test_both_sides_stand_in_one_sentence_and_no_d_prime_does():
    calls = {"trusted_sound": 3, "n_sound": 4, "trusted_unsound": 1, "n_unsound": 4}
    shown = calibration.curve(pairs(0.8, 6, 8), calls)
    assert shown["sides"] == "You trusted 3 of 4 sound posts and questioned 3 of 4 unsound ones."
    assert not {"d_prime", "brier", "score", "grade", "criterion"} & set(shown)


def test_the_curve_is_there_at_once_and_counted_anew_with_each_answer(record):
    shelf = Shelf({(3, "story-or-proof"): JUDGED})
    one = widget(record, shelf)
    assert one.spec["curve"]["n"] == one.curve["n"] == 2
    shelf.record(3, "exit", "e1", EXIT["e1"])
    one.set_state({"state": {"rev": 1, "items": {"mine": {"guess": "over"}}}})
    assert one.curve["n"] == 3
    assert shelf.kept[12, "how-sure"] == {"mine": {"guess": "over"}}
    shelf.record(3, "exit", "e1", None)
    one.set_state({"state": {"rev": 2, "items": {"mine": {"guess": "over"}}}})
    assert one.curve["n"] == 2


def test_after_loading_work_it_counts_again(record):
    shelf = Shelf({})
    one = widget(record, shelf)
    shelf.kept[3, "story-or-proof"] = JUDGED
    one.refresh()
    assert one.curve["n"] == 2


def test_the_curve_can_travel(record):
    json.dumps(widget(record, Shelf({(3, "story-or-proof"): JUDGED})).spec, allow_nan=False)


def test_options_are_the_three_ways_to_lean(refused):
    said = refused("how-sure", lambda one: one["items"][0]["options"].reverse())
    assert "found under, match, over; allowed: over, match, under" in said


# --- on paper -------------------------------------------------------------------------------------


def test_the_sheet_has_a_box_for_every_answer_of_every_exit_ticket():
    from secondlook.activities import unanswered

    with unanswered(12, content.activities(12)["how-sure-how-right"]) as shown:
        paper = shown.paper()
    asked = sheets.tickets(12)
    assert [number for number, _ in asked] == list(range(1, 13))
    assert paper.count('<td class="sl-blank">%</td>') == sum(many for _, many in asked)
    assert sheets.tickets(3) == asked[:3]


def test_the_plot_is_empty_but_for_the_line_of_as_sure_as_right(record):
    paper = widget(record, Shelf({})).paper()
    root = ET.fromstring(paper[paper.index("<svg") : paper.index("</svg>") + 6])
    slanted = [one for one in root.iter("line")
               if one.get("x1") != one.get("x2") and one.get("y1") != one.get("y2")]  # fmt: skip
    assert len(slanted) == 1 and slanted[0].get("stroke-dasharray")
    assert not list(root.iter("circle")) and not list(root.iter("path"))


def test_the_key_says_how_far_luck_goes_and_never_grades(record):
    key = widget(record, Shelf({})).key()
    for size in (10, 100):
        low, high = scoring.wilson_interval(round(0.75 * size), size)
        wide = max(round(0.75 * size) / size - low, high - round(0.75 * size) / size)
        assert f"{size} answers: {math.ceil(100 * wide)} points" in key
    assert sheets.luck(10) > sheets.luck(20) > sheets.luck(100)
    assert "nobody is graded" in key and "☑" not in key
