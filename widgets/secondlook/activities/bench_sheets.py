"""The bench on paper and in plain text."""

from __future__ import annotations

from typing import Any

from secondlook.activities import on_paper, paper_charts
from secondlook.activities.base import source_line
from secondlook.activities.bench_views import Drawing, Table, draw, percent, settings_of
from secondlook.activities.expected import Expected, of_guess
from secondlook.markup import escape, table

Record = dict[str, Any]


def _size_rows(item: Record) -> Table:
    """Every size with the bands of all groups: which one is the first to part is for the reader."""
    rows: Table = []
    for size in item["sizes"]:
        row = {"If each group had": f"{size} videos"}
        for one in item["groups"]:
            _, low, high = item["bands"][one["id"]][str(size)]
            row[one["label"]] = f"{low:.0f}% to {high:.0f}%"
        rows.append(row)
    return rows


def _all_measures(item: Record) -> list[Drawing]:
    every = (settings_of(item, {"measure": one["id"]}, None) for one in item["measures"])
    return [draw(item, settings) for settings in every]


def _size_ladder(item: Record, key: str) -> str:
    """The bands of the two groups that are compared, size by size."""
    places = [place for place, one in enumerate(item["groups"]) if one["id"] in item["pair"]]
    steps = [
        (f"{size} videos", [drawn.rows[place] for place in places])
        for size in item["sizes"]
        for drawn in [draw(item, settings_of(item, {"size": size}, None))]
    ]
    first, second = (item["groups"][place]["label"] for place in places)
    chart = paper_charts.ladder(key, steps, item["axis"], item["caption"])
    return f'<p class="sl-legend">● {escape(first)} &#160; ○ {escape(second)}</p>{chart}'


def _charts(item: Record, key: str) -> str:
    """A chart for each measure, and one table behind all of them."""
    drawn = _all_measures(item)
    charts = ""
    for measure, one in zip(item["measures"], drawn, strict=True):
        name, axis = measure["label"], measure["axis"]
        chart = paper_charts.bars(f"{key}-{measure['id']}", one.rows, axis, name)
        charts += f"<figure><figcaption>{escape(name)}</figcaption>{chart}</figure>"
    return charts + table(_one_table(item, drawn), item["caption"]).markup


def _one_table(item: Record, drawn: list[Drawing]) -> Table:
    """The tables of all measures as one: what they share, then a column for each measure."""
    shared, heads = list(item["columns"].values()), [one["label"] for one in item["measures"]]
    merged: dict[tuple[Any, ...], dict[str, Any]] = {}
    for head, one in zip(heads, drawn, strict=True):
        for row in one.table:
            cells = {name: row[name] for name in shared}
            line = merged.setdefault(tuple(cells.values()), cells | dict.fromkeys(heads, ""))
            line[head] = f"{line[head]} + {row[head]}" if line[head] else row[head]
    return list(merged.values())


def paper(item: Record, key: str) -> str:
    """One view as printable HTML: scales to mark or figures to read, and the question.

    Arguments:
        item: the view, looked up.
        key: part of the ids of its charts, unique on its page.
    """
    item = on_paper.worded(item)
    intro = f"<p>{escape(item['intro'])}</p>" if "intro" in item else ""
    question = f'<p class="sl-asked">{escape(item["question"])}</p>'
    if item["view"] == "predict":
        labels = [one["label"] for one in item["groups"]]
        rows: Table = [{"Group": one, "I predict": "", "Published, once you hear it": ""}
                       for one in labels]  # fmt: skip
        return (
            f"{intro}{question}<p>Draw a bar on each scale ({escape(item['axis'])}). "
            f"{on_paper.GUESS_FIRST}</p>"
            f"{paper_charts.scales(key, labels, item['caption'])}"
            f"{table(rows, item['caption']).markup}"
        )
    if item["view"] == "size":
        told = _size_ladder(item, key) + table(_size_rows(item), item["caption"]).markup
        return f"{intro}{told}{question}<p>Answer: {on_paper.gap(' videos')}</p>"
    ticks = on_paper.tick_list(one["text"] for one in item["options"])
    return f"{intro}{_charts(item, key)}{question}{ticks}"


def glance(item: Record) -> str:
    """The answer to one view in a word or two."""
    if item["view"] == "predict":
        return ", ".join(percent(one["value"]) for one in item["groups"])
    if item["view"] == "size":
        return f"{item['target']} videos"
    return on_paper.right_letters(one["correct"] for one in item["options"])


def key(item: Record) -> str:
    """The key of one view as printable HTML."""
    item = on_paper.worded(item)
    if item["view"] == "predict":
        told = "".join(
            on_paper.answer(f"{one['label']}: {percent(one['value'])}", one["feedback"]["near"])
            + _off(one["feedback"])
            for one in item["groups"]
        )
    elif item["view"] == "size":
        told = on_paper.answer(f"{item['target']} videos", item["feedback"]["near"])
        told += _off(item["feedback"])
    else:
        told = on_paper.options_key(
            (one["text"], one["correct"], one["feedback"]) for one in item["options"]
        )
    after = f"<p>{escape(item['after'])}</p>" if "after" in item else ""
    return (
        f'<p class="sl-asked">{escape(item["question"])}</p>{told}{after}'
        f"{on_paper.source(source_line(item))}"
    )


def _off(feedback: Record) -> str:
    """What somebody hears whose number is too low or too high."""
    return on_paper.others((name, feedback[one]) for one, name in
                           (("low", "Too low"), ("high", "Too high")))  # fmt: skip


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
