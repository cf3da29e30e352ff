"""dots on paper, in the key and in plain text; and how its counts are named and looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from secondlook import base_rate
from secondlook.activities.base import Record, source_line
from secondlook.activities.expected import Expected, of_guess
from secondlook.markup import escape

DIALS = ("have", "catches", "wrongly")
NAMES = list(base_rate.counts(1, 1, 1).row())
_BLANK = re.compile(r"\{((?:[a-z0-9-]+\.)?[a-z_]+)\}")
_SAID = {
    "near": "Close", "low": "Too low", "high": "Too high",
    "hit": "Right there", "short": "Not yet", "past": "Past it",
}  # fmt: skip


def say(text: str, scope: Mapping[str, int | None]) -> str:
    """``text`` with the counts of ``scope`` in its blanks."""
    return _BLANK.sub(lambda blank: f"{scope[blank[1]]:,}", text)


def blanks(value: Any) -> list[str]:
    """The names in the blanks of every text in ``value``, at any depth."""
    if isinstance(value, str):
        return _BLANK.findall(value)
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [name for one in inside for name in blanks(one)]


def key_of(setting: Mapping[str, float]) -> str:
    """How a setting is looked up, written as JavaScript writes its numbers: "50|90|22.5"."""
    return "|".join(f"{setting[name]:.10g}" for name in DIALS)


def _rows(item: Record) -> dict[str, dict[str, int]]:
    """The counts of every setting, by its key."""
    return {key: dict(zip(NAMES, row, strict=True)) for key, row in item["rows"].items()}


def reading(item: Record, row: dict[str, int]) -> str:
    """What the dots say, in one sentence."""
    return say(item["words"]["reading"], row)


def _table(head: list[str], rows: list[list[Any]], caption: str) -> str:
    top = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><caption>{escape(caption)}</caption><tr>{top}</tr>{body}</table>"


def _groups(item: Record, row: dict[str, int]) -> str:
    words = item["words"]
    return _table(
        ["", words["have"], words["without"], "in all"],
        [
            [words["fit"], row["caught"], row["alarms"], row["fit"]],
            [words["unfit"], row["missed"], row["cleared"], row["unfit"]],
        ],
        f"{row['people']:,} {words['people']}",
    )


def _settings(item: Record) -> list[tuple[str, dict[str, int]]]:
    """Each setting that the paper shows, with its name."""
    rows = _rows(item)
    if item["view"] == "compare":
        return [
            (one["label"], row) for one, row in zip(item["settings"], rows.values(), strict=True)
        ]
    if item["view"] == "turn":
        unit = item["dials"][item["live"]]["unit"]
        place = DIALS.index(item["live"])
        return [(f"{key.split('|')[place]} {unit}", row) for key, row in rows.items()]
    return []


def _tried(item: Record) -> str:
    """The dial as a table, without the share: that is what the learner works out."""
    words = item["words"]
    return _table(
        ["", words["fit"], f"... and {words['have']}"],
        [[name, row["fit"], row["caught"]] for name, row in _settings(item)],
        f"{next(iter(_rows(item).values()))['people']:,} {words['people']}",
    )


def _head(item: Record) -> str:
    intro = f"<p>{escape(item['intro'])}</p>" if "intro" in item else ""
    return f"{intro}<p>{escape(item['question'])}</p>"


def _ticks(item: Record, key: bool) -> str:
    return "<ul>" + "".join(
        f"<li>{'☑' if key and one['correct'] else '☐'} {escape(one['text'])}"
        + (f" {escape(one['feedback'])}" if key else "") + "</li>"
        for one in item["options"]
    ) + "</ul>"  # fmt: skip


def _dials(item: Record) -> str:
    """What the dials can do, for a view that has no table of its own."""
    told = "; ".join(
        f"{one['label']}: {one['values'][0]:g} to {one['values'][-1]:g} {one['unit']}"
        for one in item["dials"].values()
    )
    return f"<p>{escape(told)}</p>"


def paper(item: Record) -> str:
    """The item as a learner gets it."""
    view = item["view"]
    if view == "predict":
        return f"{_head(item)}<p>Your guess: ________ in 100</p>"
    if view == "turn":
        return f"{_head(item)}{_tried(item)}<p>{escape(item['button'])}: ________</p>"
    middle = _tried(item) if view == "compare" else _dials(item)
    return f"{_head(item)}{middle}{_ticks(item, key=False)}"


def key(item: Record) -> str:
    """The item with its answer and everything that is said about it."""
    view, rows = item["view"], _rows(item)
    after = f"<p>{escape(item['after'])}</p>" if "after" in item else ""
    sources = f"<p>{escape(source_line(item))}</p>"
    if view == "predict":
        row = next(iter(rows.values()))
        middle = f"{_groups(item, row)}<p><b>{escape(reading(item, row))}</b></p>{_said(item)}"
    elif view == "turn":
        unit = item["dials"][item["live"]]["unit"]
        middle = f"<p><b>{item['target']:g} {escape(unit)}</b></p>{_said(item)}"
    elif view == "compare":
        told = "".join(
            f"<p>{escape(name)}: {escape(reading(item, row))}</p>" for name, row in _settings(item)
        )
        middle = told + _ticks(item, key=True)
    else:
        middle = _ticks(item, key=True)
    return _head(item) + middle + after + sources


def _said(item: Record) -> str:
    told = "".join(
        f"<li>{_SAID[name]}: {escape(text)}</li>" for name, text in item["feedback"].items()
    )
    return f"<ul>{told}</ul>"


def text(item: Record) -> str:
    """The item as plain text."""
    lines = [item["intro"]] if "intro" in item else []
    lines.append(item["question"])
    if item["view"] == "predict":
        lines.append("Your guess: ____ in 100")
    elif item["view"] == "turn":
        words = item["words"]
        lines += [
            f"{name}: {row['fit']} {words['fit']}, {row['caught']} of them {words['have']}"
            for name, row in _settings(item)
        ]
    else:
        lines += [f"{name}: {reading(item, row)}" for name, row in _settings(item)]
        lines += [f"( ) {one['text']}" for one in item["options"]]
    return "\n   ".join(lines)


def expected(item: Record) -> Expected:
    """What a teacher expects of a number to predict or a dial to turn."""
    if item["view"] == "predict":
        return of_guess(item["question"], item["truth"], f"{item['truth']} in 100", (0, 100), item)
    unit = item["dials"][item["live"]]["unit"]
    wrong = [(_SAID[name], item["feedback"][name]) for name in ("short", "past")]
    return Expected(item["question"], f"{item['target']:g} {unit}", wrong)
