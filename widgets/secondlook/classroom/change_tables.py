"""Before against after, as a picture and tables: shares, the measures of the field, classes."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from secondlook.classroom import charts
from secondlook.classroom.analysis import BY_ID, Change
from secondlook.classroom.charts import Interval, Track, percent
from secondlook.classroom.groups import SMALLEST, t_difference
from secondlook.classroom.page import LISTED, NOTHING, Cell, Table
from secondlook.scoring import Difference


def picture(shares: Sequence[Change], pairs: pd.DataFrame) -> str:
    """The shares before and after with intervals, of the learners in ``pairs``."""
    rows = [
        Track(
            _label(one.measure),
            _interval(pairs[f"{one.measure}_before"]),
            _interval(pairs[f"{one.measure}_after"]),
        )
        for one in shares
    ]
    return charts.tracks("change", "Before and after, with 95% intervals", rows)


def _interval(column: pd.Series[float]) -> Interval | None:
    there = np.asarray(column.dropna(), dtype=np.float64)
    return Interval(*t_difference(there)) if len(there) >= SMALLEST else None


def _label(measure: str) -> str:
    label = BY_ID[measure].label
    return f"{label} (less is better)" if BY_ID[measure].better < 0 else label


def signed(number: float, digits: int) -> str:
    """A change with its sign, ``−`` for minus; what rounds to 0 has none."""
    text = f"{abs(number):.{digits}f}"
    if not float(text):
        return text
    return ("+" if number > 0 else "−") + text


def _moved(one: Change, scale: float, digits: int) -> Cell:
    assert one.difference is not None

    def ends(way: Difference) -> str:
        # Spaces that do not break: on a phone the line may break before an interval, not in it.
        return f"{signed(way.low * scale, digits)}\u00a0to\u00a0{signed(way.high * scale, digits)}"

    notes = [ends(one.difference)]
    if one.bootstrap is not None and not BY_ID[one.measure].share:
        notes.append(f"bootstrap: {ends(one.bootstrap)}")
    if one.gain is not None:
        notes.append(f"gain\u00a0{signed(one.gain, 2)}")
    return Cell(signed(one.difference.estimate * scale, digits), notes)


def shares_table(changes: Sequence[Change], caption: str) -> Table | None:
    """Shares in percent, and their change in points; None where none can be given."""
    rows: list[list[str | Cell]] = [
        [
            _label(one.measure),
            percent(one.before or 0),
            percent(one.after or 0),
            _moved(one, 100, 0),
        ]
        for one in changes
        if one.reason is None
    ]
    head = ("Share", "Before", "After", "Change")
    return Table(caption, head, rows, numbers=(1, 2, 3)) if rows else None


def measures_table(changes: Sequence[Change]) -> Table | None:
    """Measures with their change and gain; None where none can be given."""
    rows: list[list[str | Cell]] = []
    for one in changes:
        if one.reason is not None or one.before is None or one.after is None:
            continue
        if BY_ID[one.measure].share:
            row: list[str | Cell] = [
                percent(one.before),
                percent(one.after),
                _moved(one, 100, 0),
            ]
        else:
            row = [
                *(f"{number:.2f}".replace("-", "−") for number in (one.before, one.after)),
                _moved(one, 1, 2),
            ]
        rows.append([_label(one.measure), *row])
    head = ("Measure", "Before", "After", "Change")
    return Table("The same in the measures of the field", head, rows, (1, 2, 3)) if rows else None


def classes_table(classes: pd.DataFrame) -> Table | None:
    """One row a class, as ``Analysis.classes`` has them; None if there are not several."""
    if classes.empty:
        return None
    rows: list[list[str | Cell]] = []
    for one in classes.head(LISTED).to_dict("records"):
        if one["reason"]:
            rows.append([Cell(str(one["class_name"]), [str(one["reason"])]), *[NOTHING] * 3])
            continue
        cells = [
            f"{percent(one[f'{name}_before'])} → {percent(one[f'{name}_after'])}"
            if not math.isnan(one[f"{name}_before"])
            else NOTHING
            for name in ("trusted_sound", "trusted_unsound")
        ]
        moved = (
            Cell(
                signed(one["d_prime_change"], 2),
                [f"{signed(one['d_prime_low'], 2)} to {signed(one['d_prime_high'], 2)}"],
            )
            if not math.isnan(one["d_prime_change"])
            else NOTHING
        )
        rows.append([Cell(str(one["class_name"]), [f"{one['n']} learners"]), *cells, moved])
    head = ("Class", "Sound trusted", "Unsound trusted", "Discernment")
    return Table("Class by class", head, rows, (1, 2, 3))
