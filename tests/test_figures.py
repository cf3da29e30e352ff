"""Figures: told by shape and pattern as well as colour, and wrong numbers are refused."""

from __future__ import annotations

import pytest

from secondlook import figures


def test_shapes_and_patterns_differ_and_not_only_colours():
    looks = [(pattern, symbol) for _, pattern, symbol in figures.SHADES.values()]
    assert len(set(looks[1:])) == 3


@pytest.mark.parametrize("value", [-1, 101])
def test_a_share_outside_its_scale_is_refused(value):
    with pytest.raises(ValueError, match="between 0 and 100"):
        figures.bars([figures.Row("x", value)], "axis")


def test_a_chart_of_nothing_is_refused():
    for draw in (figures.bars, figures.bands):
        with pytest.raises(ValueError, match="at least one row"):
            draw([], "axis")


@pytest.mark.parametrize("ends", [(None, 9.0), (60.0, 90.0), (40.0, 45.0)])
def test_a_band_that_is_not_around_its_share_is_refused(ends):
    with pytest.raises(ValueError, match="x: "):
        figures.bands([figures.Row("x", 50, low=ends[0], high=ends[1])], "axis")


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb". Source: WCAG 2.2, definition of relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    parts = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", ["#ffffff", "#111111"])
def test_every_shade_is_seen_on_both_themes(ground):
    assert min(contrast(colour, ground) for colour, _, _ in figures.SHADES.values()) >= 3
    assert contrast("#777777", "#888888") < 3
