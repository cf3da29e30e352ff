"""trend: a line has one shape, and the published range comes from the studies."""

from __future__ import annotations

import pytest

from secondlook.activities import trend

#: Lines and how they run, with a slack of 10; the browser test takes the same ones.
LINES = [
    ([50, 50, 50], "level"),
    ([50, 55, 60], "level"),
    ([20, 50, 80], "rises"),
    ([20, 80, 80], "rises"),
    ([30, 22, 80], "rises"),
    ([80, 50, 20], "falls"),
    ([80, 88, 20], "falls"),
    ([50, 80, 50], "bends"),
    ([50, 20, 50], "bends"),
    ([40, 10, 80], "bends"),
    ([80, 95, 20], "bends"),
    ([40, 52, 44], "bends"),
    ([44, 32, 40], "bends"),
    ([10, 90], "rises"),
    ([90, 10], "falls"),
]


@pytest.mark.parametrize(("guess", "runs"), LINES)
def test_a_line_runs_one_way(guess, runs):
    assert trend.shape(guess, 10) == runs


def test_every_shape_has_a_name_and_a_line_here():
    assert {runs for _, runs in LINES} == set(trend.SHAPES)


def test_the_published_range_is_looked_up(make):
    bands = make("draw-it-first").spec["items"][0]["bands"]
    assert [(one["from"], one["to"]) for one in bands] == [(60, 70), (55.5, 62), (64, 64)]


def test_a_range_is_told_in_words(make):
    bands = make("draw-it-first").spec["items"][0]["bands"]
    assert [trend.range_of(one) for one in bands] == ["60 to 70", "56 to 62", "64"]


def test_a_range_the_wrong_way_round_is_refused(refused):
    def swap(record):
        band = record["items"][0]["bands"][0]
        band["low"], band["high"] = band["high"], band["low"]

    said = refused("draw-it-first", swap)
    assert "draw-it-first/t1/few: field low, high: found 70 to 60" in said


def test_an_unknown_figure_is_refused(refused):
    said = refused("draw-it-first",
                   lambda record: record["items"][0]["bands"][1].update(low={"fact": "band-som"}))  # fmt: skip
    assert "field bands.fact: found 'band-som'" in said


def test_a_band_stands_once(refused):
    said = refused("draw-it-first", lambda record: record["items"][0]["bands"][1].update(id="few"))
    assert "an id used only once" in said


def test_a_guess_stays_inside_what_was_asked(make):
    widget = make("draw-it-first")
    assert widget.accepts(widget.items["t1"], {"guess": {"few": 1, "some": 2, "many": 3}})
    assert not widget.accepts(widget.items["t1"], {"guess": {"few": 1, "some": 2}})


def test_the_sheet_has_room_for_a_guess_and_the_key_has_the_range(make):
    widget = make("draw-it-first")
    assert "up to 500" in widget.paper() and "60 to 70" not in widget.paper()
    assert "Few: 60 to 70" in widget.key()


def test_a_sheet_has_axes_with_every_band_and_a_place_for_its_number(make):
    paper = make("draw-it-first").paper()
    assert paper.count("<svg") == 1 and ">accurate clips in 100</text>" in paper
    for label in ("Few", "Some", "Many"):
        assert f">{label}</text>" in paper and f"<td>{label}</td>" in paper
    assert paper.count("<td></td><td></td></tr>") == 3
