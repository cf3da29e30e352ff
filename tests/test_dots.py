"""dots: every setting that a dial can reach is counted by Python, and wrong data is refused."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree as ET

import pytest

from secondlook import base_rate, content
from secondlook.activities.dot_grid import CELL, grid
from secondlook.activities.dots import setting_of
from secondlook.activities.dots_sheets import NAMES, key_of

SHIPPED = [one["id"] for one in content.activities(7).values() if one["kind"] == "dots"]


@pytest.fixture
def dots(make):
    return make("a-thousand")


@pytest.fixture
def shipped(notes):
    """Makes one of lesson 7's own activities."""
    from secondlook.activities.dots import Dots

    return lambda name: Dots(7, content.activities(7)[name], notes())


def item(record, name):
    return next(one for one in record["items"] if one["id"] == name)


def numbers(row):
    return dict(zip(NAMES, row, strict=True))


# --- one model -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_every_row_is_what_the_model_counts(name, shipped):
    for one in shipped(name).spec["items"]:
        assert one["rows"]
        for key, row in one["rows"].items():
            have, catches, wrongly = map(float, key.split("|"))
            assert numbers(row) == base_rate.counts(have, catches, wrongly).row()


@pytest.mark.parametrize("name", SHIPPED)
def test_every_place_of_every_dial_has_its_row(name, shipped):
    for one in shipped(name).spec["items"]:
        settings = one["settings"] if one["view"] == "compare" else [one["setting"]]
        assert {key_of(setting_of(setting)) for setting in settings} <= set(one["rows"])
        places = 1
        for dial in one["dials"].values():
            places *= len(dial["values"])
        assert len(one["rows"]) == (len(settings) if one["view"] == "compare" else places)


def test_glim_is_45_of_330(shipped):
    fits = shipped("glim").items["fits"]
    assert "fits 45 of them. It also fits 285 of the 950" in fits["intro"]
    assert fits["truth"] == 14
    assert "45 of 330 who fit the list have Glim. That is 14 in 100." in shipped("glim").key()


def test_the_goals_of_glim_are_where_the_heaps_are_even(shipped):
    items = shipped("glim").items
    assert (items["crowd"]["target"], items["picky"]["target"]) == (250, 4)
    assert base_rate.counts(250, 90, 30).share * 2 == 1
    assert base_rate.counts(50, 90, 5).share * 2 < 1 < base_rate.counts(50, 90, 4).share * 2


def test_the_dial_that_never_gets_to_half_is_the_right_answer(shipped):
    lever = shipped("glim").items["lever"]
    start = lever["setting"]
    best = {
        name: max(
            base_rate.counts(**{**start, name: value}).share
            for value in lever["dials"][name]["values"]
        )
        for name in lever["dials"]
    }
    never = [name for name, share in best.items() if 2 * share < 1]
    assert never == [one["id"] for one in lever["options"] if one["correct"]]


def test_the_six_questions_in_two_places(shipped):
    rows = shipped("real-forms").items["six-questions"]["rows"].values()
    makers, practices = map(numbers, rows)
    assert (makers["have"], makers["caught"], makers["alarms"]) == (26, 18, 5)
    assert (practices["have"], practices["caught"], practices["alarms"]) == (26, 26, 282)
    assert (makers["percent"], practices["percent"]) == (78, 8)


def test_a_fact_of_a_hundred_becomes_people_of_a_thousand(shipped):
    hundred = shipped("real-forms").items["hundred"]
    assert [one["have"] for one in hundred["settings"]] == [48, 48]
    assert hundred["settings"][0]["wrongly"] == 0


# --- answers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "answer", "fine"),
    [
        ("common", {"value": 250, "first": 50}, True),
        ("common", {"value": 251, "first": 50}, False),
        ("common", {"value": True, "first": 50}, False),
        ("common", {"value": "250", "first": 50}, False),
        ("common", {"value": 250}, False),
        ("play", {"choice": ["second"], "first": ["first"]}, True),
        ("play", {"choice": ["z"], "first": ["first"]}, False),
        ("play", {"choice": ["first", "second"], "first": ["first"]}, False),
        ("play", {"choice": [["first"]], "first": ["first"]}, False),
        ("places", {"choice": ["people"], "first": ["people"]}, True),
        ("places", {"choice": "people", "first": ["people"]}, False),
    ],
)
def test_only_what_a_view_can_ask_for_is_an_answer(name, answer, fine, dots):
    assert dots.accepts(dots.items[name], answer) is fine


# --- on paper ------------------------------------------------------------------------------------


def test_the_sheet_of_a_dial_shows_counts_and_not_where_the_goal_is(dots):
    paper, key = html.unescape(dots.paper()), html.unescape(dots.key())
    assert (
        '<th scope="row">250 of 1,000</th><td>450</td><td>225</td><td>225</td><td>☐</td>' in paper
    )
    assert "<b>☑ 250 of 1,000</b>" in key and "☑" not in paper


def test_the_key_begins_with_all_answers_in_a_line(shipped):
    glim = shipped("glim")
    told = [glim.glance(one) for one in glim.record["items"]]
    assert told == ["14 in 100", "250 of 1,000", "4 of 100", "c"]
    assert [glim.key().index(one) for one in told[:3]] == sorted(map(glim.key().index, told[:3]))


def test_the_sheet_keeps_the_share_for_the_key(dots):
    assert "14 in 100" not in dots.paper() + dots.text()
    assert "That is 14 in 100." in dots.key()


def marks(markup, shape):
    """How many marks of a shape a picture draws."""
    root = ET.fromstring(markup)
    paths = [one for one in root.iter() if one.tag.endswith("path")]
    if shape == "diamond":
        return sum(one.get("d").count("z") for one in paths)
    rings = [one for one in paths if one.get("stroke-linecap") and one.get("stroke") == "#000"]
    long = [float(run) for one in rings for run in re.findall(r"h([\d.]+)", one.get("d"))]
    return sum(round((run - 1) / CELL) + 1 for run in long)


@pytest.mark.parametrize("have", [0, 2, 45, 400, 1000])
@pytest.mark.parametrize("filled", [True, False])
def test_there_are_a_thousand_marks_and_each_has_its_shape(have, filled):
    row = base_rate.counts(have, 90, 30).row()
    drawn = grid("k", row, "title", "desc", filled=filled)
    assert (marks(drawn, "diamond"), marks(drawn, "circle")) == (have, 1000 - have)


def test_only_the_key_fills_the_marks(dots):
    assert 'fill="#fff"' in dots.paper() and 'fill="#000"' not in dots.paper().split("<li>")[0]
    guess = dots.items["guess"]
    assert 'fill="#000"' not in dots.paper_item(guess)
    assert 'fill="#000"' in dots.key_item(guess)


def test_the_sheet_has_an_empty_table_and_a_sentence_with_gaps(dots):
    guess = dots.paper_item(dots.items["guess"])
    assert guess.count("sl-blank") == 6 and "______ of ______" in guess


def test_a_view_with_many_dials_shows_each_alone_as_far_as_it_helps(shipped):
    paper = html.unescape(shipped("glim").paper())
    for words, caught, alarms in [("from 50 to 400 of 1,000", 360, 180),
                                  ("from 90 to 100 of 100", 50, 285),
                                  ("from 30 to 1 of 100", 45, 10)]:  # fmt: skip
        assert re.search(f"{words}</th><td>{caught + alarms}</td><td>{caught}</td><td>{alarms}</td>",
                         paper)  # fmt: skip


def test_words_for_paper_stand_on_paper_alone(shipped):
    glim, words = shipped("glim"), "All three dials are yours now."
    assert words not in html.unescape(glim.paper()) and words in glim.text()


# --- what a schema cannot say --------------------------------------------------------------------

BAD = {
    "words for paper that no sheet has": (
        lambda one: item(one, "guess").update(paper={"button": "Run"}), "field paper: button"),
    "a blank that is no count": (
        lambda one: item(one, "guess").update(intro="{heaps} of them"), "found 'heaps'"),
    "a blank of a reading": (
        lambda one: one["words"].update(reading="{coughs}"), "field words.reading: found 'coughs'"),
    "a blank of a setting that is not there": (
        lambda one: item(one, "places")["options"][0].update(feedback="{shop.fit}"),
        "found 'shop.fit'"),
    "a fact that is not there": (
        lambda one: item(one, "guess")["setting"].update(catches={"fact": "nope"}), "found 'nope'"),
    "a dial that is not there": (lambda one: one["dials"].pop("have"), "field live: found 'have'"),
    "a dial out of order": (
        lambda one: one["dials"]["have"]["values"].reverse(), "allowed: rising numbers"),
    "a start that the dial has not": (
        lambda one: item(one, "common")["setting"].update(have=77), "a value of its dial"),
    "a rate above a hundred": (
        lambda one: item(one, "guess")["setting"].update(wrongly=130), "it must be from 0 to 100"),
    "a list that fits nobody": (
        lambda one: item(one, "guess")["setting"].update(catches=0, wrongly=0),
        "one that somebody fits"),
    "a goal out of reach": (lambda one: item(one, "common").update(goal=99), "never met"),
    "a goal met at the start": (lambda one: item(one, "common").update(goal=5), "met at the start"),
    "two right options": (
        lambda one: item(one, "play")["options"][0].update(correct=True), "found 2 right"),
    "no right option": (
        lambda one: item(one, "places")["options"][1].update(correct=False), "found 0 right"),
    "an option twice": (
        lambda one: item(one, "play")["options"][0].update(id="second"), "an id used only once"),
    "a setting twice": (
        lambda one: item(one, "places")["settings"].append(item(one, "places")["settings"][0]),
        "an id used only once"),
    "too many settings": (
        lambda one: one["dials"]["have"].update(values=list(range(10, 1000, 10))[:24])
        or one["dials"]["catches"].update(values=list(range(70, 94)))
        or item(one, "common")["setting"].update(have=50)
        or item(one, "play")["setting"].update(have=50), "at most 500"),
    "a view without its feedback": (
        lambda one: item(one, "common")["feedback"].pop("past"), "feedback.past"),
    "a field of another view": (
        lambda one: item(one, "guess").update(goal=50), "an unknown field"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_wrong_data_is_told(what, refused):
    change, said = BAD[what]
    assert said in refused("a-thousand", change)
