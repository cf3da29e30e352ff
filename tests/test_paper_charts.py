"""Charts for paper: ink alone, every number said, every text only text."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from secondlook.activities import paper_charts
from secondlook.figures import Row

BAD = "<script>alert(1)</script>"
ROWS = [Row("Some", 40.0, "40%", "bad"), Row("Others", 80.0, "80%", "good")]
BAND = Row("Some", 50.0, low=20.0, high=80.0)


def texts(markup):
    return [one.text for one in ET.fromstring(markup).iter("text")]


def widths(markup):
    """Of the outlined bars, in order."""
    return [
        float(one.get("width")) for one in ET.fromstring(markup).iter("rect") if one.get("class")
    ]


@pytest.mark.parametrize(
    ("low", "high", "unit", "told"),
    [(0, 100, "%", ["0%", "50%", "100%"]), (0, 500000, "views", ["0", "250,000", "500,000"]),
     (0, 1, "x", ["0x", "0.5x", "1x"])],
)  # fmt: skip
def test_a_scale_has_eleven_numbers(low, high, unit, told):
    said = texts(paper_charts.number_line("k", low, high, unit, "t"))
    assert len(said) == 11 and [said[0], said[5], said[10]] == told


def test_bars_are_as_long_as_their_share_and_say_it():
    drawn = paper_charts.bars("k", ROWS, "share", "t")
    some, others = widths(drawn)
    assert others == pytest.approx(2 * some, rel=0.01)
    assert {"Some", "40%", "Others", "80%"} <= set(texts(drawn))


def test_the_longest_of_some_counts_fills_the_room():
    counts = [Row("a", 10, "10"), Row("b", 40, "40")]
    one, four = widths(paper_charts.bars("k", counts, "videos", "t"))
    assert four == pytest.approx(4 * one, rel=0.01)
    assert 100 < four < paper_charts.WIDTH


def test_a_bad_bar_is_hatched_so_that_no_colour_says_it():
    drawn = paper_charts.bars("k", ROWS, "share", "t")
    assert drawn.count("<pattern") == drawn.count("url(#k-bad)") == 1
    assert "<pattern" not in paper_charts.bars("k", ROWS[1:], "share", "t")


def test_a_ladder_shows_both_bands_and_refuses_half_a_one():
    drawn = paper_charts.ladder("k", [("7 videos", [BAND, BAND])], "share", "t")
    dots = [one.get("class") for one in ET.fromstring(drawn).iter("circle")]
    assert dots == ["dot", "dot hollow"] and "7 videos" in texts(drawn)
    with pytest.raises(ValueError, match="Some: a band needs a value, a low and a high end"):
        paper_charts.ladder("k", [("7", [Row("Some", 50.0), BAND])], "share", "t")


def test_no_text_becomes_markup():
    for drawn in (
        paper_charts.number_line("k", 0, 1, BAD, BAD),
        paper_charts.scales("k", [BAD], BAD),
        paper_charts.empty_axes("k", [BAD], BAD, BAD),
        paper_charts.bars("k", [Row(BAD, 1, BAD)], BAD, BAD),
        paper_charts.ladder("k", [(BAD, [BAND, BAND])], BAD, BAD),
    ):
        assert "<script" not in drawn and BAD in [one.text for one in ET.fromstring(drawn).iter()]
