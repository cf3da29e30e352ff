"""estimate: the figure comes from the studies, and the scale has room for it."""

from __future__ import annotations

import re

import pytest

from secondlook.activities import estimate
from secondlook.checks import DataError


def change(**fields):
    return lambda record: record["items"][0].update(fields)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"answer": 101}, "field answer: found 101; allowed: a number from 0 to 100"),
        ({"answer": -1}, "field answer: found -1"),
        ({"max": 80}, "field answer: found 82.1; allowed: a number from 0 to 80"),
        ({"max": 0}, "field max: found 0; allowed: more than min (0)"),
        ({"near": 100}, "field near: found 100; allowed: less than the whole range (100)"),
        ({"step": 7}, "field step: found 7; allowed: steps that lead from min to max"),
    ],
)
def test_a_scale_that_does_not_fit_is_refused(fields, said, refused):
    assert said in refused("guess-first", change(**fields))


def test_the_figure_is_looked_up(make):
    items = make("guess-first").spec["items"]
    assert [one["truth"] for one in items] == [82.1, 120]
    assert items[0]["reveal"] == "In this study it was 82%. Most, and not all."


def test_an_unknown_figure_is_refused(record):
    item = record("guess-first")["items"][0]
    item["answer"] = {"fact": "share-acurate"}
    with pytest.raises(DataError, match="found 'share-acurate'"):
        estimate.truth(item)


@pytest.mark.parametrize("value", [0, 100, 33, 33.0])
def test_a_guess_in_the_range_is_taken(value, make):
    widget = make("guess-first")
    assert widget.accepts(widget.items["g1"], {"value": value})


def test_steps_need_not_be_whole(record, make):
    widget = make("guess-first")
    item = {**widget.items["g1"], "max": 1, "step": 0.1}
    assert widget.accepts(item, {"value": 0.3})
    assert not widget.accepts(item, {"value": 0.35})


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [(82.1, "%", "82.1%"), (64.0, "%", "64%"), (1200, "clips", "1,200 clips")],
)
def test_numbers_are_printed_with_their_unit(value, unit, text):
    assert estimate.with_unit(value, {"unit": unit}) == text


# --- on paper ------------------------------------------------------------------------------------


def test_a_sheet_has_a_scale_and_the_key_the_figure(make):
    widget = make("guess-first")
    paper, key = widget.paper(), widget.key()
    assert (
        paper.count("<svg") == 2 and "Put a cross" in paper and "before you turn the page" in paper
    )
    assert "from 0 clips to 500 clips" in paper and ">250</text>" in paper
    assert "82.1%" not in paper and "120 clips" not in paper
    assert "<b>1</b> 82.1%" in key and "☑ 120 clips (30 clips or less away counts as close)" in key


def test_the_ids_of_its_scales_are_unique(make):
    ids = re.findall(r' id="([^"]+)"', make("guess-first").paper())
    assert len(ids) == len(set(ids)) == 4
