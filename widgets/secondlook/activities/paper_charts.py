"""Charts for paper, in ink alone: scales to mark, axes to draw on, bars and bands to read.

Lengths are millimetres of a page 178 wide. What tells two things apart is a pattern or a shape.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree as ET

from secondlook.figures import Row
from secondlook.svg import Picture

WIDTH = 170.0
LEFT, RIGHT = 6.0, 164.0
#: Fill of a bar by its shade; a pattern of these names is drawn into each picture that needs one.
_PATTERNS = {
    "bad": "M0 3L3 0M-.5 .5L.5 -.5M2.5 3.5L3.5 2.5",
    "between": "M1.5 1.5h.6",
}


def number_line(key: str, low: float, high: float, unit: str, title: str) -> str:
    """An empty scale from ``low`` to ``high``, to put a cross on.

    Arguments:
        key: part of the ids, unique on its page.
        low: where it begins, in the unit.
        high: where it ends, in the unit.
        unit: stands behind the numbers at the ends.
        title: what it is for.
    """
    ends = f"From {_said(low, unit)} to {_said(high, unit)}."
    picture = Picture(key, WIDTH, 15, title, f"An empty scale to mark. {ends}")
    _scale(picture, low, high, unit, 5)
    return picture.markup()


def _scale(picture: Picture, low: float, high: float, unit: str, y: float) -> None:
    """A line with ten steps, each with its number, and a small one between two."""
    picture.line("axis", LEFT, y, RIGHT, y)
    for step in range(21):
        x = LEFT + (RIGHT - LEFT) * step / 20
        tall = 2.4 if step % 2 == 0 else 1.2
        picture.line("tick", x, y - tall, x, y + tall)
        if step % 2 == 0:
            value = low + (high - low) * step / 20
            told = _said(value, unit if len(unit) < 2 else "")
            picture.text("middle", x, y + 7, told)


def _said(value: float, unit: str) -> str:
    number = f"{value:,.1f}".removesuffix(".0")
    return f"{number}{unit}" if len(unit) < 2 else f"{number} {unit}"


def scales(key: str, labels: Sequence[str], title: str) -> str:
    """A scale from 0% to 100% under each label, to draw a bar on.

    Arguments:
        key: part of the ids, unique on its page.
        labels: one a scale.
        title: what the scales are for.
    """
    row = 19.0
    picture = Picture(key, WIDTH, row * len(labels) + 1, title,
                      f"Empty scales from 0% to 100% to draw on: {', '.join(labels)}.")  # fmt: skip
    for place, label in enumerate(labels):
        y = place * row
        picture.text("label", LEFT, y + 4.5, label)
        _scale(picture, 0, 100, "%", y + 9.5)
    return picture.markup()


def empty_axes(key: str, bands: Sequence[str], axis: str, title: str) -> str:
    """Axes from 0 to 100 over a few bands, to draw a line on.

    Arguments:
        key: part of the ids, unique on its page.
        bands: their labels, from left to right.
        axis: what the height means.
        title: what the line is about.
    """
    left, top, right, bottom = 18.0, 4.0, 166.0, 74.0
    picture = Picture(key, WIDTH, 82, title,
                      f"Empty axes. Up: {axis}, 0 to 100. Across: {', '.join(bands)}.")  # fmt: skip
    for step in range(0, 101, 10):
        y = bottom - (bottom - top) * step / 100
        picture.line("axis" if step == 0 else "grid", left, y, right, y)
        picture.text("end", left - 2, y + 1.2, str(step))
    wide = (right - left) / len(bands)
    for place, label in enumerate(bands):
        x = left + wide * (place + 0.5)
        picture.line("tick dashed", x, top, x, bottom)
        picture.text("middle label", x, bottom + 6, label)
    picture.line("axis", left, top, left, bottom)
    picture.text("middle", 4, (top + bottom) / 2, axis, turn=-90)
    return picture.markup()


def bars(key: str, rows: Sequence[Row], axis: str, title: str) -> str:
    """Horizontal bars, each under its label with its number at the end.

    Arguments:
        key: part of the ids, unique on its page.
        rows: with ``value``, ``told`` and ``shade``; at least one.
        axis: what the length means.
        title: what the chart shows.
    """
    row = 9.6
    told = "; ".join(f"{one.label}: {one.told}" for one in rows)
    picture = Picture(key, WIDTH, row * len(rows) + 8, title, f"{told}.")
    _patterns(picture, key, {one.shade for one in rows})
    percent = all(one.told.endswith("%") for one in rows)
    most = 100.0 if percent else max(one.value or 0 for one in rows) or 1.0
    wide = RIGHT - LEFT - 22  # room for the number behind the longest bar
    for place, one in enumerate(rows):
        y, length = place * row, wide * (one.value or 0) / most
        picture.text("label", LEFT + 1.2, y + 4, one.label)
        picture.box("bar", LEFT, y + 5, length, 3.4)
        if one.shade in _PATTERNS:
            picture.add("rect", "", x=LEFT, y=y + 5, width=length, height=3.4,
                        fill=f"url(#{key}-{one.shade})")  # fmt: skip
        picture.text("told", LEFT + length + 1.6, y + 7.9, one.told)
    picture.line("axis", LEFT, 0, LEFT, row * len(rows))
    scale = f"{axis} (a full bar is 100%)" if percent else f"{axis} →"
    picture.text("", LEFT, row * len(rows) + 5, scale)
    return picture.markup()


def _patterns(picture: Picture, key: str, shades: set[str]) -> None:
    for shade in sorted(shades & set(_PATTERNS)):
        holder = ET.SubElement(
            picture.root, "pattern", id=f"{key}-{shade}", width="3", height="3",
            patternUnits="userSpaceOnUse",
        )  # fmt: skip
        ET.SubElement(holder, "path", {"class": "hatch", "d": _PATTERNS[shade]})


def ladder(key: str, steps: Sequence[tuple[str, Sequence[Row]]], axis: str, title: str) -> str:
    """Two bands for each step, one above the other, to see where they part.

    Arguments:
        key: part of the ids, unique on its page.
        steps: what each step is called, with its rows (``value``, ``low``, ``high``); the first
            row gets filled dots, the second hollow ones.
        axis: what the length means, in percent.
        title: what the chart shows.

    Raises:
        ValueError: a row is no band.
    """
    row, left = 8.6, 24.0
    told = "; ".join(f"{name}: {' and '.join(_range(one) for one in rows)}" for name, rows in steps)
    bottom = row * len(steps) + 1
    picture = Picture(key, WIDTH, bottom + 12, title, f"{told}.")

    def at(percent: float) -> float:
        return left + (RIGHT - left) * percent / 100

    for step in range(0, 101, 10):
        picture.line("grid", at(step), 0, at(step), bottom)
        picture.text("middle", at(step), bottom + 4.5, f"{step}%")
    for place, (name, rows) in enumerate(steps):
        y = place * row
        picture.text("end label", left - 4, y + 5.4, name)
        for line, one in enumerate(rows):
            height = y + 2.6 + 3.2 * line
            value, low, high = _ends(one)
            picture.line("band", at(low), height, at(high), height)
            for end in (low, high):
                picture.line("band", at(end), height - 1, at(end), height + 1)
            picture.dot("dot" if line == 0 else "dot hollow", at(value), height, 1.2)
    picture.text("middle", (left + RIGHT) / 2, bottom + 10, axis)
    return picture.markup()


def _ends(row: Row) -> tuple[float, float, float]:
    """Value, low and high end of a band."""
    if row.value is None or row.low is None or row.high is None:
        raise ValueError(f"{row.label}: a band needs a value, a low and a high end")
    return row.value, row.low, row.high


def _range(row: Row) -> str:
    _, low, high = _ends(row)
    return f"{low:.0f}% to {high:.0f}%"
