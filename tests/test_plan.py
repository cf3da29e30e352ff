"""plan: several steps are good, and the country that is looked at is nobody's answer."""

from __future__ import annotations

import re

import pytest

from secondlook import content


def test_a_step_is_an_answer(make):
    widget = make("adas-plan")
    assert widget.accepts(widget.items["p1"], {"choice": "aunt", "first": "cat"})


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {"choice": "aunt"},
        {"choice": "aunt", "first": None},
        {"choice": "now", "first": "aunt"},
        {"choice": ["aunt"], "first": "aunt"},
        {"choice": "aunt", "first": "aunt", "country": "NZ"},
    ],
)
def test_anything_else_is_refused(answer, make):
    widget = make("adas-plan")
    assert not widget.accepts(widget.items["p1"], answer)


@pytest.mark.parametrize("works", [True, False])
def test_a_step_without_a_choice_is_refused(works, refused):
    def all_alike(record):
        for one in record["items"][1]["options"]:
            one["works"] = works

    assert "allowed: some, and not all" in refused("adas-plan", all_alike)


def test_the_finder_has_the_lines_of_the_course(make):
    assert make("adas-plan").spec["help"] == content.read_json("helplines.json")


def test_without_a_finder_no_lines_travel(record, notes):
    from secondlook.activities.plan import Plan

    one = record("adas-plan")
    one["items"][0].pop("finder")
    assert "help" not in Plan(11, one, notes()).spec


def test_the_sheet_shows_no_key_and_the_key_does(make):
    widget = make("adas-plan")
    reason = "An adult who stays calm"
    assert "☐ Her aunt" in widget.paper() and reason not in widget.paper()
    assert "help card" in widget.paper()
    assert "☑ Her aunt" in widget.key() and reason in widget.key()
    assert [widget.glance(item) for item in widget.record["items"]] == ["a", "a"]
    assert "( ) Today" in widget.text()


def test_the_plan_is_a_card_for_a_pocket_with_a_line_for_each_step(make):
    widget = make("adas-plan")
    (card,) = widget.cards()
    for item in widget.record["items"]:
        assert f"<b>{item['name']}</b>" in card
    assert "The plan" in card and "emergency" in card and "Her aunt" not in card
    (sheet,) = re.findall(r'<div class="sl-pocket">.*', widget.paper())
    assert all(f"<b>{item['name']}</b>" in sheet for item in widget.record["items"])
    assert "emergency" in sheet and "Her aunt" not in sheet
