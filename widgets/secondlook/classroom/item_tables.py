"""The items of the tests as tables for the report: the hardest, and each form as a whole."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from secondlook import forms
from secondlook.classroom.charts import percent
from secondlook.classroom.page import Cell, Table

HARDEST = 10
LONGEST = 150  # characters of an item's text
PART_NAMES: Mapping[str, str] = {
    "sound": "Sound posts",
    "unsound": "Unsound posts",
    "credentials": "Credentials",
    "claim-type": "Kinds of claim",
    "base-rate": "Base rates",
    "next-move": "The next move",
    "safe-reply": "A safe reply",
}
HEAD = ("Item", "Before", "After")
Row = dict[str, Any]


def part_of(row: Row) -> str:
    """A key of `PART_NAMES`: posts are told apart by what is right about them."""
    if row["part"] != "post":
        return str(row["part"])
    item = forms.form(row["form"]).item(row["item"])
    return "sound" if item is not None and item.right == "trust" else "unsound"


def part_rows(items: pd.DataFrame) -> list[tuple[str, list[float], list[float]]]:
    """By part: its name, and its items' shares right before and after; [] if there are none."""
    found: dict[str, dict[str, list[float]]] = {}
    for row in _rows(items):
        if row["occasion"] in ("before", "after") and not math.isnan(row["difficulty"]):
            both = found.setdefault(part_of(row), {"before": [], "after": []})
            both[row["occasion"]].append(float(row["difficulty"]))
    return [
        (name, found[part]["before"], found[part]["after"])
        for part, name in PART_NAMES.items()
        if part in found
    ]


def _rows(items: pd.DataFrame) -> list[Row]:
    return [{str(key): value for key, value in row.items()} for row in items.to_dict("records")]


def _merged(items: pd.DataFrame) -> list[dict[str, Row]]:
    """One entry an item of any form: its rows by occasion, in the forms' order."""
    found: dict[tuple[str, str], dict[str, Row]] = {}
    for row in _rows(items):
        found.setdefault((row["form"], row["item"]), {})[row["occasion"]] = row
    return list(found.values())


def _newest(rows: dict[str, Row]) -> Row:
    """The last occasion with a number, or the last one."""
    told = [rows[when] for when in forms.OCCASIONS if when in rows]
    return next((one for one in reversed(told) if not math.isnan(one["difficulty"])), told[-1])


def _cells(rows: dict[str, Row], *, form: bool) -> list[str | Cell]:
    newest = _newest(rows)
    name = PART_NAMES[part_of(newest)]
    notes = [f"{name} · form {newest['form']}" if form else name]
    if newest["wrong"]:
        said = "; ".join(
            part for part in (quoted(newest["wrong_text"]), newest["misconception"]) if part
        )
        notes.append(f"Went wrong most: {said} ({int(newest['wrong_n'])} of {newest['n']})")
    later = rows.get("later")
    if newest is later:
        notes.append(f"Later: {_share(later)}")
    return [
        Cell(quoted(newest["text"]), notes),
        *(_share(rows.get(when)) for when in ("before", "after")),
    ]


def _share(row: Row | None) -> str:
    if row is None or math.isnan(row["difficulty"]):
        return "–"
    return percent(row["difficulty"])


def quoted(text: str) -> str:
    """``text`` in one line, cut at a word if it is long; "" stays ""."""
    line = " ".join(str(text).split())
    if len(line) > LONGEST:
        line = line[:LONGEST].rsplit(" ", 1)[0] + " …"
    return f"“{line}”" if line else ""


def hardest(items: pd.DataFrame) -> Table | None:
    """The items that fewest got right the last time they were asked, at most `HARDEST`."""
    told = [one for one in _merged(items) if not math.isnan(_newest(one)["difficulty"])]
    told.sort(key=lambda one: _newest(one)["difficulty"])
    rows = [_cells(one, form=True) for one in told[:HARDEST]]
    return Table(f"The {len(rows)} hardest", HEAD, rows, numbers=(1, 2)) if rows else None


def whole_forms(items: pd.DataFrame) -> list[Table]:
    """Each form that was answered, with all of its items."""
    by_form: dict[str, list[dict[str, Row]]] = {}
    for one in _merged(items):
        by_form.setdefault(_newest(one)["form"], []).append(one)
    return [
        Table(f"Form {letter}", HEAD, [_cells(one, form=False) for one in rows], numbers=(1, 2))
        for letter, rows in sorted(by_form.items())
    ]
