"""dots on paper, in the key and in plain text; and how its counts are named and looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from secondlook import base_rate
from secondlook.activities import on_paper
from secondlook.activities.base import Record, source_line
from secondlook.activities.dot_grid import grid
from secondlook.activities.expected import Expected, of_guess
from secondlook.markup import escape, listed

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


def _settings(item: Record) -> list[tuple[str, dict[str, int]]]:
    """The settings of an item with one dial or none that turns, each with its name."""
    rows = _rows(item)
    if item["view"] == "compare":
        return [
            (one["label"], row) for one, row in zip(item["settings"], rows.values(), strict=True)
        ]
    if len(item["dials"]) != 1:
        return []
    ((name, dial),) = item["dials"].items()
    order = item.get("order", dial["values"])
    return [(f"{value:g} {dial['unit']}", rows[_at(item, name, value)]) for value in order]


def _at(item: Record, name: str, value: float) -> str:
    """The key of an item's own setting with one dial turned to ``value``."""
    return key_of({**item["setting"], name: value})


def _ends(item: Record) -> list[tuple[str, dict[str, int]]]:
    """Each dial turned alone, to the place where the share is largest."""
    rows = _rows(item)
    told = []
    for name, dial in item["dials"].items():
        value = max(dial["values"], key=lambda one: _share(rows[_at(item, name, one)]))
        start = item["setting"][name]
        what = f"{dial['label']}: from {start:g} to {value:g} {dial['unit']}"
        told.append((what, rows[_at(item, name, value)]))
    return told


def _share(row: dict[str, int]) -> float:
    return row["caught"] / row["fit"]


def _first_row(item: Record) -> dict[str, int]:
    return next(iter(_rows(item).values()))


# --- the learner's sheet -------------------------------------------------------------------------


def _table(head: list[str], rows: list[list[Any]], caption: str) -> str:
    """A captioned table; the first cell of a row is its head, and ``None`` a place to fill in."""
    top = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
    body = "".join(
        f'<tr><th scope="row">{escape(first)}</th>'
        + "".join(
            '<td class="sl-blank"></td>' if cell is None else f"<td>{escape(cell)}</td>"
            for cell in rest
        )
        + "</tr>"
        for first, *rest in rows
    )
    return (
        f'<table class="sl-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    )


def _groups(item: Record, row: dict[str, int], *, filled: bool) -> str:
    """The four groups as a table; on a sheet it is empty but for the number of all."""
    words = item["words"]
    cells = [
        [words["fit"], row["caught"], row["alarms"], row["fit"]],
        [words["unfit"], row["missed"], row["cleared"], row["unfit"]],
    ]
    if not filled:
        cells = [[first, *(None for _ in rest)] for first, *rest in cells]
    return _table(
        ["", words["have"], words["without"], "in all"],
        cells,
        f"{row['people']:,} {words['people']}",
    )


def _heaps(item: Record, settings: list[tuple[str, dict[str, int]]], first: str) -> str:
    """Settings as a table without the share: which heap is larger is for the learner to see."""
    words = item["words"]
    people = f"{_first_row(item)['people']:,} {words['people']}"
    return _table(
        [first, words["fit"], f"of these {words['have']}", f"of these {words['without']}",
         "at least half?"],
        [[name, row["fit"], row["caught"], row["alarms"], on_paper.BOX] for name, row in settings],
        people,
    )  # fmt: skip


def _picture(item: Record, row: dict[str, int], key: str, *, filled: bool) -> str:
    words = item["words"]
    title = f"{row['people']:,} {words['people']} as marks, in strips of ten"
    desc = f"The first {row['have']}, as diamonds, {words['have']}. The others are circles."
    return grid(key, row, title, desc, filled=filled, counted=item["view"] == "predict")


def _legend(item: Record, *, filled: bool) -> str:
    words = item["words"]
    shaded = f" \u00a0 ◆ ● {words['fit']}" if filled else ""
    return (
        f'<p class="sl-legend">◇ {escape(words["have"])} &#160; ○ {escape(words["without"])}'
        f"{escape(shaded)}</p>"
    )


def _gaps(item: Record) -> str:
    """The sentence that reads off the answer, with gaps in place of its numbers."""
    return _BLANK.sub(lambda _: "______", item["words"]["reading"])


def _shade(item: Record, row: dict[str, int]) -> str:
    """The four steps of counting, with a thousand marks to shade and a table to fill in."""
    words = item["words"]
    steps = listed(
        [
            f"Shade the marks for “{words['fit']}”: first the ◇, then the ○. A strip holds ten, so "
            "one stroke shades ten.",
            "Fill in the table, then the sentence under it.",
        ],
        "ol",
    )
    picture = _picture(item, row, f"{item['id']}-sheet", filled=False)
    return (
        f"{steps}{_legend(item, filled=False)}{picture}{_groups(item, row, filled=False)}"
        f'<p class="sl-gaps">{escape(_gaps(item))}</p>'
    )


def _hint(setting: Record) -> str:
    return f", {escape(setting['hint'])}" if "hint" in setting else ""


def _two_pictures(item: Record) -> str:
    shown = "".join(
        f"<figure><figcaption><b>{escape(one['label'])}</b>{_hint(one)}</figcaption>"
        f"{_picture(item, row, '-'.join([item['id'], one['id']]), filled=True)}</figure>"
        for one, row in zip(item["settings"], _rows(item).values(), strict=True)
    )
    return f'<div class="sl-twocol">{shown}</div>{_legend(item, filled=True)}'


def _head(item: Record) -> str:
    intro = f"<p>{escape(item['intro'])}</p>" if "intro" in item else ""
    return f"{intro}<p><b>{escape(item['question'])}</b></p>"


def paper(item: Record) -> str:
    """The item as a learner gets it."""
    item = on_paper.worded(item)
    view = item["view"]
    if view == "predict":
        return f"{_head(item)}<p>My guess, first: ______ in 100</p>{_shade(item, _first_row(item))}"
    if view == "turn":
        ((_, dial),) = item["dials"].items()
        table = _heaps(item, _settings(item), dial["label"])
        return f"{_head(item)}{table}<p>{escape(item['button'])}, for the first time: ________</p>"
    ticks = on_paper.tick_list(one["text"] for one in item["options"])
    if view == "compare":
        middle = _two_pictures(item) + _heaps(item, _settings(item), item["switch"])
    elif settings := _settings(item):
        middle = _heaps(item, settings, next(iter(item["dials"].values()))["label"])
    else:
        middle = _heaps(item, _ends(item), "Only this one changes")
    return f"{_head(item)}{middle}{ticks}"


# --- the teacher's key ---------------------------------------------------------------------------


def key(item: Record) -> str:
    """The item with its answer and everything that is said about it."""
    item = on_paper.worded(item)
    view = item["view"]
    after = f"<p>{escape(item['after'])}</p>" if "after" in item else ""
    head = f"<p>{escape(item['question'])}</p>"
    if view == "predict":
        row = _first_row(item)
        middle = (
            on_paper.answer(reading(item, row))
            + _groups(item, row, filled=True)
            + _picture(item, row, f"{item['id']}-key", filled=True)
            + _said(item)
        )
    elif view == "turn":
        row = _rows(item)[_at(item, item["live"], item["target"])]
        middle = on_paper.answer(glance(item), reading(item, row))
        middle += _said(item)
    else:
        told = [f"{name}: {reading(item, row)}" for name, row in _settings(item) or _ends(item)]
        middle = on_paper.options_key(
            (one["text"], one["correct"], one["feedback"]) for one in item["options"]
        ) + listed(told)
    return head + middle + after + on_paper.source(source_line(item))


def glance(item: Record) -> str:
    """The answer in a few words, to mark by."""
    if item["view"] == "predict":
        return f"{item['truth']} in 100"
    if item["view"] == "turn":
        ((_, dial),) = item["dials"].items()
        return f"{item['target']:g} {dial['unit']}"
    return on_paper.right_letters(one["correct"] for one in item["options"])


def _said(item: Record) -> str:
    told = (f"{_SAID[name]}: {text}" for name, text in item["feedback"].items())
    return listed(told)


def text(item: Record) -> str:
    """The item as plain text."""
    lines = [item["intro"]] if "intro" in item else []
    lines.append(item["question"])
    if item["view"] == "predict":
        lines.append("Your guess: ____ in 100")
    elif item["view"] == "compare":
        lines += [f"{name}: {reading(item, row)}" for name, row in _settings(item)]
    else:
        words = item["words"]
        lines += [
            f"{name}: {row['fit']} {words['fit']}, {row['caught']} of them {words['have']}"
            for name, row in _settings(item) or _ends(item)
        ]
    lines += [f"( ) {one['text']}" for one in item.get("options", [])]
    return "\n   ".join(lines)


def expected(item: Record) -> Expected:
    """What a teacher expects of a number to predict or a dial to turn."""
    if item["view"] == "predict":
        return of_guess(item["question"], item["truth"], f"{item['truth']} in 100", (0, 100), item)
    unit = item["dials"][item["live"]]["unit"]
    wrong = [(_SAID[name], item["feedback"][name]) for name in ("short", "past")]
    return Expected(item["question"], f"{item['target']:g} {unit}", wrong)
