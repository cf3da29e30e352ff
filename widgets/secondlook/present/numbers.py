"""Figures for the class to guess: hands for a range, or one guess of the class for each group."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from secondlook.activities import dots_sheets, estimate, trend
from secondlook.activities.base import Record
from secondlook.activities.bench_views import draw, percent, settings_of
from secondlook.activities.dots import counted, counts, live_dials
from secondlook.activities.on_paper import worded
from secondlook.present import pictures
from secondlook.present.scene import Scene
from secondlook.present.slides import (
    ROOM,
    Block,
    Option,
    Slide,
    after,
    answers,
    ask,
    head,
    pack,
    said,
    source,
    tall,
    told_block,
)

_BINS = 5
_WIDE_SCALE = 1000  # beyond it the ranges grow tenfold, for a figure may be anywhere
_OFF = {"near": "Close", "low": "Too low", "high": "Too high"}


def ranges(low: float, high: float) -> list[tuple[int, int]]:
    """A scale cut into a few ranges of whole numbers, each from its first to its last number."""
    if high > _WIDE_SCALE:
        edges = [int(low), *(10**n for n in range(3, 9) if 10**n < high), int(high) + 1]
    else:
        step = (high - low) / _BINS
        edges = [*(int(low + step * at) for at in range(_BINS)), int(high) + 1]
    return [(first, beyond - 1) for first, beyond in pairwise(edges)]


def guesses(low: float, high: float, truth: float, told: str, unit: str = "") -> list[Option]:
    """Ranges to raise a hand for; the one that holds the figure names it."""
    return [
        Option(
            f"{first:,} to {last:,}{unit}",
            right := first <= truth < last + 1,
            mark=told if right else "",
        )
        for first, last in ranges(low, high)
    ]


def _reveal(slide: Slide, big: str, texts: list[str], item: Record, scene: Scene) -> list[Slide]:
    """The figure, large; then what is said about it and about guesses that were off."""
    off = [
        told_block("", Option(_OFF[key], feedback=item["feedback"][key]))
        for key in _OFF
        if key in item["feedback"]
    ]
    names = scene.names(item.get("refs", []))
    blocks = [Block("big", 5.2, big), *(said(one, 1.2) for one in texts if one)]
    return pack(after(slide, "figure", title="The figure"), [*blocks, *off, *source(names)])


def guess(scene: Scene) -> list[Slide]:
    """A published figure: hands for a range, then the figure."""
    made: list[Slide] = []
    for at, item in enumerate(scene.items):
        slide = scene.item(at, item["question"])
        told = estimate.with_unit(item["truth"], item)
        unit = f" {item['unit']}" if item["max"] > _WIDE_SCALE else ""
        made += ask(slide, guesses(item["min"], item["max"], item["truth"], told, unit))
        made += _reveal(slide, told, [item["reveal"]], item, scene)
    return made


def gauges(rows: list[Record], top: float = 100) -> Block:
    """One guess of the class for each row, and the published figure beside it once it is shown.

    Arguments:
        rows: each with ``label``, ``hint``, ``low`` and ``high`` (equal for a single figure) and
            ``told``, the figure as it is printed.
        top: the end of the scale.
    """
    high = sum(
        max(2.7, tall(one["label"], 1, 15) + tall(one["hint"], 1, 15) * bool(one["hint"])) + 0.7
        for one in rows
    )
    return Block("gauges", high, {"rows": rows, "top": top})


def _guess(slide: Slide, blocks: list[Block]) -> Slide:
    """The slide on which a class guesses numbers, its heading small where the room is."""
    asked = replace(slide, look="guess", blocks=blocks)
    if head(asked) + sum(one.height for one in blocks) > ROOM:
        return replace(asked, look="guess-small")
    return asked


def line(scene: Scene) -> list[Slide]:
    """A number of the class for each band of a line, then the published range of each."""
    made: list[Slide] = []
    for at, item in enumerate(scene.items):
        slide = scene.item(at, item["question"])
        rows = [
            {
                "label": one["label"],
                "hint": one.get("hint", ""),
                "low": one["from"],
                "high": one["to"],
                "told": trend.range_of(one),
            }
            for one in item["bands"]
        ]
        made.append(_guess(slide, [said(item["axis"].capitalize(), 1), gauges(rows)]))
        told = [
            told_block("", Option(name, feedback=item["feedback"][key]))
            for key, name in trend.SHAPES.items()
        ]
        names = scene.names(item.get("refs", []))
        made += pack(
            after(slide, "told", title="Line by line"),
            [*told, said(item["reveal"], 1.15), *source(names)],
        )
    return made


def bench(scene: Scene) -> list[Slide]:
    """Published figures: guesses for groups, bands by size, and tables as bars."""
    views = {"predict": _predict, "size": _size, "bars": _bars}
    return [
        one
        for at, item in enumerate(map(worded, scene.items))  # there is no dial to drag on a slide
        for one in views[item["view"]](scene, at, item)
    ]


def _predict(scene: Scene, at: int, item: Record) -> list[Slide]:
    slide = scene.item(at, item["question"])
    rows = [
        {
            "label": one["label"],
            "hint": "",
            "low": one["value"],
            "high": one["value"],
            "told": percent(one["value"]),
        }
        for one in item["groups"]
    ]
    told = [
        told_block(
            "",
            Option(
                f"{one['label']}: {percent(one['value'])}",
                feedback=f"{one['feedback']['near']} If you guessed lower: "
                f"{one['feedback']['low']} If you guessed higher: {one['feedback']['high']}",
            ),
        )
        for one in item["groups"]
    ]
    reasons = after(slide, "told", title="Group by group")
    return [
        _guess(slide, [gauges(rows)]),
        *pack(reasons, [*told, *_last(item, scene)]),
    ]


def _last(item: Record, scene: Scene) -> list[Block]:
    ending = [said(item["after"], 1.15)] if "after" in item else []
    return [*ending, *source(scene.names(item.get("refs", [])))]


def _size(scene: Scene, at: int, item: Record) -> list[Slide]:
    slide = scene.item(at, item["question"])
    look = after(slide, "look", title="How long is the band?")
    every = item["sizes"]
    sizes = sorted({every[0], every[len(every) // 2], item["target"], every[-1]})
    made = pack(replace(look, mark=True), [said(item["intro"], 1.2)]) if "intro" in item else []
    for size in sizes:
        drawing = draw(item, settings_of(item, {"size": size}, None))
        made.append(
            replace(
                look,
                look="chart",
                title=drawing.caption,
                blocks=[pictures.bands(drawing), said(drawing.reading, 1.15)],
            )
        )
    options = [
        Option(
            f"{size} videos in each group",
            size == item["target"],
            mark=f"{item['target']} videos" if size == item["target"] else "",
        )
        for size in sizes
    ]
    asked = replace(slide, mark=not made)
    said_of = [told_block("", Option(_OFF[key], feedback=item["feedback"][key])) for key in _OFF]
    return [
        *made,
        *ask(asked, options),
        *pack(
            after(slide, "told", title=f"{item['target']} videos"), [*said_of, *_last(item, scene)]
        ),
    ]


def _bars(scene: Scene, at: int, item: Record) -> list[Slide]:
    slide = scene.item(at, item["question"])
    look = after(slide, "look", title="Before you answer")
    made = pack(look, [said(item["intro"])]) if "intro" in item else []
    for one in item["measures"]:
        drawing = draw(item, settings_of(item, {"measure": one["id"]}, None))
        chart = after(slide, "chart", title=f"{one['label']}: {drawing.caption}")
        made += pack(chart, [said(f"Scale: {one['axis']}", 1), *pictures.bars(drawing)])
    options = answers(item["options"])
    made[0] = replace(made[0], mark=True)
    asked = replace(slide, mark=False)
    answer = ask(asked, options, sources=scene.names(item.get("refs", [])))
    if "after" in item:
        answer += pack(after(slide, "say", title="To take along"), [said(item["after"], 1.2)])
    return [*made, *answer]


def dots(scene: Scene) -> list[Slide]:
    """A thousand people as dots: a guess or a question, and the picture before and after."""
    views = {
        "predict": _dots_predict,
        "turn": _dots_turn,
        "explore": _dots_pick,
        "compare": _dots_pick,
    }
    return [
        one for at, item in enumerate(scene.items) for one in views[item["view"]](scene, at, item)
    ]


def _grid(
    slide: Slide, item: Record, setting: Record, title: str = "", *, split: bool = True
) -> Slide:
    row = counted(setting)
    words = item["words"]
    told = (
        dots_sheets.say(words["reading"], row)
        if split
        else (f"{row['people']:,} {words['people']}. {row['have']:,} {words['have']}.")
    )
    shown = after(slide, "dots", f"{title} {told}".strip())
    return replace(
        shown, blocks=[pictures.dots(slide.vote, title or told, row, words, split=split)]
    )


def _dots_predict(scene: Scene, at: int, item: Record) -> list[Slide]:
    slide = scene.item(at, item["question"])
    look = after(slide, "look", title="Before you answer")
    made = pack(replace(look, mark=True), [said(item["intro"])]) if "intro" in item else []
    made.append(_grid(slide, item, item["setting"], split=False))
    told = f"{item['truth']} in 100"
    made += ask(replace(slide, mark=not made), guesses(0, 100, item["truth"], told, " in 100"))
    made.append(_grid(slide, item, item["setting"]))
    return made + _reveal(slide, told, [item.get("after", "")], item, scene)


def _dots_turn(scene: Scene, at: int, item: Record) -> list[Slide]:
    slide = scene.item(at, item["question"])
    live = item["live"]
    dial = item["dials"][live]
    made = (
        pack(after(slide, "look", title=dial["label"]), [said(item["intro"])])
        if "intro" in item
        else []
    )
    made.append(_grid(slide, item, item["setting"]))
    made[0] = replace(made[0], mark=True)
    options = [
        Option(
            f"{value:g} {dial['unit']}",
            value == item["target"],
            mark=item["button"] if value == item["target"] else "",
        )
        for value in _around(dial["values"], item["target"])
    ]
    made += ask(replace(slide, mark=False), options)
    title = f"{item['target']:g} {dial['unit']}."
    made.append(_grid(slide, item, {**item["setting"], live: item["target"]}, title))
    hit = [said(item["feedback"]["hit"])]
    return made + pack(after(slide, "told", title=title), [*hit, *_last(item, scene)])


def _around(values: list[float], target: float, many: int = 6) -> list[float]:
    """So many of a dial's values, as evenly spread as they can be with ``target`` among them."""
    if len(values) <= many:
        return values
    near = values.index(target)
    at = {round(place * (len(values) - 1) / (many - 1)) for place in range(many)}
    if near not in at:  # it takes the place of its neighbour
        at = at - {min(at - {0, len(values) - 1}, key=lambda one: abs(one - near))} | {near}
    return [values[one] for one in sorted(at)]


def _dots_pick(scene: Scene, at: int, item: Record) -> list[Slide]:
    slide = scene.item(at, item["question"])
    made = (
        pack(after(slide, "look", title="Before you answer"), [said(item["intro"])])
        if "intro" in item
        else []
    )
    for one in item["settings"] if item["view"] == "compare" else [item["setting"]]:
        made.append(_grid(slide, item, one, f"{one['label']}." if "label" in one else ""))
    made[0] = replace(made[0], mark=True)
    question, *reasons = ask(
        replace(slide, mark=False),
        answers(item["options"]),
        sources=scene.names(item.get("refs", [])),
    )
    made.append(question)
    for name in live_dials(item) if item["view"] == "explore" else []:
        dial = item["dials"][name]
        best = max(dial["values"], key=lambda one: _share({**item["setting"], name: one}))
        title = f"{dial['label']}, {best:g} {dial['unit']}."
        made.append(_grid(slide, item, {**item["setting"], name: best}, title))
    made += reasons
    if "after" in item:
        made += pack(after(slide, "say", title="To take along"), [said(item["after"], 1.2)])
    return made


def _share(setting: dict[str, float]) -> float:
    return float(counts(setting).share or 0)
