"""Pictures on slides: bars, bands and a thousand dots, each beside words that say the same."""

from __future__ import annotations

from typing import Any

from secondlook.activities.base import Record
from secondlook.activities.bench_views import Drawing
from secondlook.present.slides import BOLD, LINE, WIDE, Block, tall
from secondlook.svg import Picture

_PER_COLUMN = 25
_CELL = 10.0
_DIAMOND = "M{x:g} {y:g}l4.7 4.7-4.7 4.7-4.7-4.7z"
_DOT = "M{x:g} {y:g}h0"  # a round end on a line without length; the style says how thick


def _rows(drawing: Drawing) -> list[Record]:
    """Label, value and printed value of each row of a figure."""
    labels = [one["text"] for one in drawing.figure["layout"]["annotations"]]
    data = drawing.figure["data"][0]
    shown = dict(zip(data["y"], zip(data["x"], data["text"], strict=True), strict=True))
    return [
        {"label": label, "value": shown[at][0], "told": shown[at][1]}
        for at, label in enumerate(labels)
        if at in shown
    ]


def bars(drawing: Drawing) -> list[Block]:
    """The rows of a bar chart: label, bar, number; each in one line where they are many."""
    rows = _rows(drawing)
    percent = drawing.figure["layout"]["xaxis"].get("tickvals") is not None
    top = 100 if percent else max(one["value"] for one in rows)
    if len(rows) > 4:
        return [hat([{**one, "top": top} for one in rows])]
    high = [tall(one["label"], 1.05, WIDE - 8, LINE, BOLD) + 2.0 for one in rows]
    return [
        Block("bar", height, {**one, "top": top}) for height, one in zip(high, rows, strict=True)
    ]


def hat(rows: list[Record]) -> Block:
    """Many bars, each in one line."""
    return Block(
        "hat", sum(max(1.3, tall(one["label"], 1, 16, 1.2, BOLD)) + 0.6 for one in rows), rows
    )


def bands(drawing: Drawing) -> Block:
    """A mark for each share and the band around it."""
    rows: list[dict[str, Any]] = []
    labels = [one["text"] for one in drawing.figure["layout"]["annotations"]]
    for label, one in zip(labels, drawing.figure["data"], strict=True):
        value, error = one["x"][0], one["error_x"]
        rows.append(
            {
                "label": label,
                "value": value,
                "low": value - error["arrayminus"][0],
                "high": value + error["array"][0],
            }
        )
    return Block("bands", 3.3 * len(rows), rows)


def dots(key: str, title: str, row: Record, words: Record, *, split: bool) -> Block:
    """A thousand dots, those who fit the list in a frame on the left.

    Who has it is a diamond and who does not is a dot, as on a learner's screen
    (``static/dots.js``); who fits is filled and stands in the frame.

    Arguments:
        key: unique on the page.
        title: what the picture is, in a line.
        row: the counts by name (``base_rate.Counts.row``).
        words: what the counts are called in this item.
        split: whether it is shown who fits, besides who has it.
    """
    columns = -(-row["people"] // _PER_COLUMN)
    width, height = (columns + 2) * _CELL + 6, _PER_COLUMN * _CELL + 6
    told = f"{row['have']} {words['have']}"
    if split:
        told = (
            f"{words['fit']}: {row['caught']} {words['have']}, "
            f"{row['alarms']} {words['without']}. "
            f"{words['unfit']}: {row['missed']} {words['have']}, "
            f"{row['cleared']} {words['without']}."
        )
    picture = Picture(key.replace("/", "-"), width, height, title, told)
    picture.root.set("class", "dots")
    if split:
        fit = max(1, -(-row["fit"] // _PER_COLUMN))
        picture.box("frame", 1, 1, fit * _CELL + 4, _PER_COLUMN * _CELL + 4, 6)
        heaps = [
            ("caught", _DIAMOND, 0, 0, row["caught"]),
            ("alarms", _DOT, 0, row["caught"], row["alarms"]),
            ("missed", _DIAMOND, fit + 1, 0, row["missed"]),
            ("cleared", _DOT, fit + 1, row["missed"], row["cleared"]),
        ]
    else:
        heaps = [
            ("missed", _DIAMOND, 0, 0, row["have"]),
            ("cleared", _DOT, 0, row["have"], row["without"]),
        ]
    for name, shape, column, first, many in heaps:
        lift = 4.7 if shape == _DIAMOND else 0  # a diamond is drawn from its upper corner
        path = "".join(
            shape.format(
                x=3 + (column + at // _PER_COLUMN + 0.5) * _CELL,
                y=3 + (at % _PER_COLUMN + 0.5) * _CELL - lift,
            )
            for at in range(first, first + many)
        )
        if path:
            picture.add("path", name, d=path)
    groups = ["caught", "alarms", "missed", "cleared"] if split else ["missed", "cleared"]
    return Block(
        "dots", 15.5, {"svg": picture.markup(), "row": row, "words": words, "groups": groups}
    )
