"""The charts of the course as plain Plotly figures: pure functions from numbers to dicts.

No plotly is imported: a dict shown with Plotly's mimetype costs a hundredth of a second, the
library more than one. All charts share one plan that a phone can hold: one row a group, its label
above the bar, its number at the end of the bar. So nothing is told by colour alone, nothing by a
legend, and nothing only on hovering. The background is see-through and the grey of the text is
readable on white and on black; the course's stylesheet sharpens it for each theme.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Figure = dict[str, Any]

MAX_HEIGHT = 380  # px; taller charts push the controls off a laptop's screen
_GREY = "#757575"
_BAR = 0.36  # of a row; the rest holds the label above and the learner's mark below
_MARGIN = {"l": 10, "r": 10, "t": 6, "b": 46}  # px
# Each at least 3:1 on white and on JupyterLab's dark background; the pattern says the same again.
SHADES: dict[str, tuple[str, str, str]] = {
    "plain": ("#4a6fd8", "", "circle"),
    "good": ("#1f8a78", "", "circle"),
    "between": ("#8a63c4", ".", "diamond"),
    "bad": ("#c0652a", "/", "square"),
}


@dataclass(frozen=True)
class Row:
    """One row of a chart.

    Arguments:
        label: what the row is about, in words.
        value: length of its bar, in the unit of the axis; None leaves the row empty.
        told: the value as it is printed at the end of the bar.
        shade: a key of ``SHADES``.
        guess: where to put the learner's own mark, in the unit of the axis.
        low, high: ends of an interval around ``value``, in the unit of the axis.
    """

    label: str
    value: float | None
    told: str = ""
    shade: str = "plain"
    guess: float | None = None
    low: float | None = None
    high: float | None = None


def _frame(rows: Sequence[Row], axis: str, top: float, percent: bool) -> dict[str, Any]:
    """The layout that all charts share; ``top`` is the end of the scale in its own unit."""
    height = min(MAX_HEIGHT, 70 + 62 * len(rows))
    row_height = (height - _MARGIN["t"] - _MARGIN["b"]) / (len(rows) + 0.25)
    x: dict[str, Any] = {
        # room for the number behind the longest bar; a count has more digits than a share
        "range": [0, top * (1.17 if percent else 1.42)],
        "title": {"text": axis, "standoff": 8, "font": {"size": 14}},
        "gridcolor": "rgba(128,128,128,0.35)",
        "zerolinecolor": "rgba(128,128,128,0.8)",
        "fixedrange": True,
        "automargin": True,
    }
    if percent:
        ticks = [0, 25, 50, 75, 100]
        x |= {"tickvals": ticks, "ticktext": [f"{one}%" for one in ticks]}
    else:
        x |= {"nticks": 4, "tickformat": "~s"}
    labels = [
        {
            "text": row.label,
            "x": 0,
            "y": place,
            "xref": "x",
            "yref": "y",
            "xanchor": "left",
            "yanchor": "bottom",
            "yshift": round(row_height * _BAR / 2),  # on top of the bar
            "align": "left",
            "showarrow": False,
            "font": {"size": 15},
        }
        for place, row in enumerate(rows)
    ]
    return {
        "height": height,
        "autosize": True,
        "margin": dict(_MARGIN),
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 14, "color": _GREY},
        "showlegend": False,
        "hovermode": False,
        "dragmode": False,
        "bargap": 1 - _BAR,
        "barmode": "overlay",
        "xaxis": x,
        "yaxis": {"range": [len(rows) - 0.6, -0.85], "visible": False, "fixedrange": True},
        "annotations": labels,
    }


def _figure(data: list[dict[str, Any]], layout: dict[str, Any]) -> Figure:
    # Not "responsive": that makes the chart as high as its box, and an output's box has no height
    # of its own. JupyterLab's renderer fits the width by itself when the output changes size.
    return {
        "data": data,
        "layout": layout,
        "config": {"displayModeBar": False, "responsive": False, "staticPlot": True},
    }


def bars(rows: Sequence[Row], axis: str, *, percent: bool = True) -> Figure:
    """Horizontal bars, with the learner's guess as a triangle under a row that has one.

    Arguments:
        rows: from top to bottom, at least one.
        axis: what the scale means, with its unit.
        percent: whether the scale is 0 to 100 percent.

    Raises:
        ValueError: there is no row, or a share lies outside 0 to 100.
    """
    if not rows:
        raise ValueError("a chart needs at least one row")
    shown = [(place, row) for place, row in enumerate(rows) if row.value is not None]
    if percent and any(not 0 <= (row.value or 0) <= 100 for _, row in shown):
        raise ValueError("a share must lie between 0 and 100")
    data: list[dict[str, Any]] = [
        {
            "type": "bar",
            "orientation": "h",
            "y": [place for place, _ in shown],
            "x": [row.value for _, row in shown],
            "text": [row.told for _, row in shown],
            "textposition": "outside",
            "cliponaxis": False,
            "marker": {
                "color": [SHADES[row.shade][0] for _, row in shown],
                "pattern": {"shape": [SHADES[row.shade][1] for _, row in shown], "size": 7},
                "line": {"color": [SHADES[row.shade][0] for _, row in shown], "width": 2},
            },
        }
    ]
    guessed = [(place, row.guess) for place, row in enumerate(rows) if row.guess is not None]
    if guessed:
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "y": [place + _BAR for place, _ in guessed],
                "x": [guess for _, guess in guessed],
                "marker": {"symbol": "triangle-up", "size": 14, "color": _GREY},
            }
        )
    top = 100.0 if percent else max([row.value or 0 for row in rows] + [1])
    return _figure(data, _frame(rows, axis, top, percent))


def bands(rows: Sequence[Row], axis: str) -> Figure:
    """A mark for each share and a line for the interval around it, all in percent.

    Arguments:
        rows: with ``value``, ``low`` and ``high`` set, at least one.
        axis: what the scale means, with its unit.

    Raises:
        ValueError: there is no row, or a row's numbers are not in the order low, value, high.
    """
    if not rows:
        raise ValueError("a chart needs at least one row")
    data = []
    for place, row in enumerate(rows):
        if row.value is None or row.low is None or row.high is None:
            raise ValueError(f"{row.label}: an interval needs a value, a low and a high end")
        if not 0 <= row.low <= row.value <= row.high <= 100:
            raise ValueError(f"{row.label}: found {row.low}, {row.value}, {row.high}")
        color, _, symbol = SHADES[row.shade]
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "y": [place],
                "x": [row.value],
                "marker": {"symbol": symbol, "size": 13, "color": color},
                "error_x": {
                    "type": "data",
                    "symmetric": False,
                    "array": [round(row.high - row.value, 4)],
                    "arrayminus": [round(row.value - row.low, 4)],
                    "thickness": 4,
                    "width": 8,
                    "color": color,
                },
            }
        )
    return _figure(data, _frame(rows, axis, 100.0, percent=True))
