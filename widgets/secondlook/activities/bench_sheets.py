"""The bench on paper and in plain text."""

from __future__ import annotations

from typing import Any

from secondlook.activities.base import source_line
from secondlook.activities.bench_views import Drawing, Table, draw, percent, settings_of
from secondlook.activities.expected import Expected, of_guess
from secondlook.markup import escape, listed, table

Record = dict[str, Any]
_SCALE = " ______ ".join(f"{one}%" for one in (0, 25, 50, 75, 100))


def _some_sizes(item: Record) -> list[int]:
    """A few sizes for a sheet: the first, the start, one between, the target and the last."""
    sizes = item["sizes"]
    return sorted({sizes[0], item["start"], sizes[len(sizes) // 2], item["target"], sizes[-1]})


def _size_rows(item: Record) -> Table:
    rows: Table = []
    for one in item["groups"]:
        row = {"If each group had": one["label"]}
        for size in _some_sizes(item):
            _, low, high = item["bands"][one["id"]][str(size)]
            row[f"{size} videos"] = f"{low:.0f}% to {high:.0f}%"
        rows.append(row)
    return rows


def _all_measures(item: Record) -> list[Drawing]:
    every = (settings_of(item, {"measure": one["id"]}, None) for one in item["measures"])
    return [draw(item, settings) for settings in every]


def paper(item: Record) -> str:
    """One view as printable HTML: a chart grid to fill in or a table to read, and the question."""
    question = f"<p>{escape(item['question'])}</p>"
    if item["view"] == "predict":
        rows: Table = [
            {"Group": one["label"], "I predict": "", f"My bar ({item['axis']})": _SCALE,
             "Published": ""}
            for one in item["groups"]
        ]  # fmt: skip
        return question + table(rows, item["caption"]).markup
    if item["view"] == "size":
        told = table(_size_rows(item), item["caption"]).markup
        return f"{question}{told}<p>Answer: ______ videos</p>"
    told = "".join(table(one.table, one.caption).markup for one in _all_measures(item))
    return f"{told}{question}{listed('☐ ' + one['text'] for one in item['options'])}"


def key(item: Record) -> str:
    """The key of one view as printable HTML."""
    if item["view"] == "predict":
        told = listed(
            f"{one['label']}: {percent(one['value'])}. {one['feedback']['near']}"
            for one in item["groups"]
        )
    elif item["view"] == "size":
        told = f"<p>{item['target']} videos. {escape(item['feedback']['near'])}</p>"
    else:
        told = listed(
            f"{'☑' if one['correct'] else '☐'} {one['text']}: {one['feedback']}"
            for one in item["options"]
        )
    after = f"<p>{escape(item['after'])}</p>" if "after" in item else ""
    return f"<p>{escape(item['question'])}</p>{told}{after}<p>{escape(source_line(item))}</p>"


def text(item: Record) -> str:
    """One view as plain text, without its key."""
    if item["view"] == "predict":
        lines = [f"{one['label']}: ____%" for one in item["groups"]]
    elif item["view"] == "size":
        lines = table(_size_rows(item), item["caption"]).text.splitlines()
    else:
        lines = [
            line
            for one in _all_measures(item)
            for line in table(one.table, one.caption).text.splitlines()
        ]
        lines += [f"( ) {one['text']}" for one in item["options"]]
    return "\n   ".join([item["question"], *lines])


def expected(item: Record) -> list[Expected]:
    """What a teacher expects of a number to predict or a size to find."""
    if item["view"] == "size":
        target, sizes = item["target"], item["sizes"]
        shown, span = f"{target} videos", (sizes[0], sizes[-1])
        return [of_guess(item["question"], target, shown, span, item)]
    return [
        of_guess(
            f"{one['label']}: {item['axis']}", one["value"], percent(one["value"]), (0, 100), one
        )
        for one in item["groups"]
    ]
