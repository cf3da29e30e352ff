"""What each view of the bench shows: from a view and its settings to a figure, sentence and table.

Pure but for reading tables, and without pandas: a lesson would load it for a few rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from secondlook import content
from secondlook.figures import SHADES, Figure, Row, bands, bars
from secondlook.scoring import wilson_interval

Record = dict[str, Any]
Table = list[Mapping[str, Any]]
_GROUP_SHADES = ("plain", "good", "bad", "between")  # three groups differ in shape and pattern too


@dataclass(frozen=True)
class Drawing:
    """A figure with its one-sentence reading, the table behind it, and its rows for paper."""

    figure: Figure
    reading: str
    caption: str
    table: Table
    rows: Sequence[Row] = ()


def prepared(item: Record) -> Record:
    """``item`` with what the browser needs to answer by itself: published values and bands."""
    if item["view"] == "bars":
        return {**item, "values": _filter_values(item)}
    groups = [{**one, "value": content.fact_value(one["answer"]["fact"])} for one in item["groups"]]
    item = {**item, "groups": groups}
    if item["view"] == "size":
        item["bands"] = {
            one["id"]: {str(size): band(one["value"], size) for size in item["sizes"]}
            for one in groups
        }
        item["target"] = parting(item)
    return item


def band(percent: float, size: int) -> list[float]:
    """Share and 95% interval, in percent, if a group with this share had ``size`` videos.

    Videos come whole, so the share is that of the nearest whole number of accurate ones. The
    interval is Wilson's (see ``scoring.wilson_interval``).
    """
    accurate = round(percent * size / 100)
    low, high = wilson_interval(accurate, size)
    return [round(100 * one, 1) for one in (accurate / size, low, high)]


def parting(item: Record) -> int:
    """The first size from which on the bands of ``item["pair"]`` are apart; 0 if there is none."""
    first, second = (item["bands"][one] for one in item["pair"])
    answer = 0
    for size in reversed(item["sizes"]):
        one, other = first[str(size)], second[str(size)]
        if one[1] <= other[2] and other[1] <= one[2]:
            break
        answer = size
    return answer


def settings_of(item: Record, wanted: Record, answer: Record | None) -> Record:
    """What a view is drawn with: the settings asked for where they make sense, else the start."""
    if item["view"] == "predict":
        guess = answer["guess"] if answer else wanted.get("guess")
        guess = guess if isinstance(guess, dict) else {}
        known = {
            one["id"]: min(100.0, max(0.0, float(guess[one["id"]])))
            for one in item["groups"]
            if isinstance(guess.get(one["id"]), (int, float))
        }
        return {"guess": known, "shown": bool(answer) or wanted.get("shown") is True}
    if item["view"] == "size":
        size = wanted.get("size", answer["size"] if answer else item["start"])
        return {"size": size if size in item["sizes"] else item["start"]}
    measures = [one["id"] for one in item["measures"]]
    only = wanted.get("only")
    only = [one for one in only if one in item["values"]] if isinstance(only, list) else []
    measure = wanted.get("measure")
    return {
        "measure": measure if measure in measures else measures[0],
        "only": only or item["values"],
    }


def draw(item: Record, settings: Record) -> Drawing:
    """The figure, its sentence and its table for a view with these settings."""
    return {"predict": _predict, "size": _size, "bars": _bars}[item["view"]](item, settings)


def percent(value: float) -> str:
    """82.1 as "82.1%", 92.0 as "92%"."""
    return f"{round(value, 1):g}%"


def _predict(item: Record, settings: Record) -> Drawing:
    guess, shown = settings["guess"], settings["shown"]
    rows: list[Row] = []
    table: Table = []
    for place, one in enumerate(item["groups"]):
        mine = guess.get(one["id"])
        said = "" if mine is None else f" (your mark: {mine:g}%)"
        rows.append(
            Row(
                one["label"] + said,
                one["value"] if shown else None,
                percent(one["value"]) if shown else "",
                _GROUP_SHADES[place % 4],
                guess=mine,
            )
        )
        table.append(
            {
                "Group": one["label"],
                "Your mark": "" if mine is None else f"{mine:g}%",
                "Published": percent(one["value"]) if shown else "",
            }
        )
    told = ", ".join(f"{one['label']} {percent(one['value'])}" for one in item["groups"])
    reading = f"Published: {told}." if shown else (
        "The triangles are your marks. The published bars come when you ask for them."
    )  # fmt: skip
    return Drawing(bars(rows, item["axis"]), reading, item["caption"], table, rows)


def _size(item: Record, settings: Record) -> Drawing:
    size = settings["size"]
    rows: list[Row] = []
    table: Table = []
    for place, one in enumerate(item["groups"]):
        share, low, high = item["bands"][one["id"]][str(size)]
        shade = _GROUP_SHADES[place % 4]
        told = f"{one['label']}: {low:.0f}% to {high:.0f}%"
        rows.append(Row(told, share, "", shade, low=low, high=high))
        table.append(
            {
                "Group": one["label"],
                "Share": percent(share),
                "Band from": percent(low),
                "Band to": percent(high),
            }
        )
    first, second = (
        next(one for one in item["groups"] if one["id"] == which) for which in item["pair"]
    )
    meet = size < item["target"]
    reading = (
        f"If every group had been {size} videos, the bands for “{first['label']}” and "
        f"“{second['label']}” would {'overlap' if meet else 'no longer overlap'}."
    )
    caption = f"{item['caption']} ({size} videos each)"
    return Drawing(bands(rows, item["axis"]), reading, caption, table, rows)


def fits(row: Record, wanted: Record) -> bool:
    """Whether a row of a table has the wanted value in every wanted column."""
    return all(row[column] == str(want) for column, want in wanted.items())


def _filter_values(item: Record) -> list[str]:
    """What can be ticked in a view's filter, in the table's order, each once."""
    if "filter" not in item:
        return []
    column, fixed = item["filter"]["column"], item.get("where", {})
    rows = content.study_rows(item["table"])
    return list(dict.fromkeys(row[column] for row in rows if fits(row, fixed)))


def _bars(item: Record, settings: Record) -> Drawing:
    measure = next(one for one in item["measures"] if one["id"] == settings["measure"])
    wanted = {**item.get("where", {}), **measure.get("where", {})}
    found = [row for row in content.study_rows(item["table"]) if fits(row, wanted)]
    if "filter" in item:
        found = [row for row in found if row[item["filter"]["column"]] in settings["only"]]

    def value(row: Mapping[str, str]) -> float:
        per = float(row[measure["per"]]) if "per" in measure else 1.0
        return float(row[measure["column"]]) / per

    if item.get("sort", True):
        found.sort(key=value, reverse=True)
    share = measure["percent"]
    style = measure.get("format", ",.0f")
    rows: list[Row] = []
    table: Table = []
    for row in found:
        told = percent(value(row)) if share else format(value(row), style)
        label = ", ".join(row[column] for column in item["label"])
        shade = row[item["shade"]] if "shade" in item else "plain"
        rows.append(Row(label, value(row), told, shade if shade in SHADES else "plain"))
        cells = {head: _plain(row[column]) for column, head in item["columns"].items()}
        table.append({**cells, measure["label"]: told})
    figure = bars(rows, measure["axis"], percent=share)
    reading = _extremes(measure["label"], rows)
    return Drawing(figure, reading, item["caption"], table, rows)


def _extremes(measure: str, rows: list[Row]) -> str:
    longest = max(rows, key=lambda row: row.value or 0)
    shortest = min(rows, key=lambda row: row.value or 0)
    if longest is shortest:
        return f"{measure}: one bar, {longest.label} ({longest.told})."
    return (
        f"{measure}: the longest bar is {longest.label} ({longest.told}), "
        f"the shortest {shortest.label} ({shortest.told})."
    )


def _plain(value: str) -> str:
    """A cell of a table as it is read: long numbers in groups of three, an empty one in words."""
    if not value:
        return "not printed"
    try:
        number = float(value)
    except ValueError:
        return value
    return f"{number:,.10g}" if abs(number) > 9999 else value
