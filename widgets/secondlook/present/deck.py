"""A lesson as slides: what stands at its start, its parts in order, and what stands at its end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from secondlook import activities, content, pages
from secondlook.activities.base import Record
from secondlook.outline import OPENING, Part, Step, outline
from secondlook.present import checking, feeds, kinds, numbers, posts
from secondlook.present.scene import Scene
from secondlook.present.slides import (
    WIDE,
    Block,
    Slide,
    pack,
    rows_block,
    said,
    source,
    tall,
    written,
)

#: What makes slides of an activity, by its kind.
KINDS: dict[str, Callable[[Scene], list[Slide]]] = {
    "audit": checking.audit,
    "bench": numbers.bench,
    "calibration": checking.calibration,
    "choose": kinds.choose,
    "dots": numbers.dots,
    "estimate": numbers.guess,
    "feed": feeds.feed,
    "form": kinds.form,
    "judge": posts.judge,
    "look-up": kinds.look_up_people,
    "plan": kinds.plan,
    "repair": kinds.repair_lines,
    "reword": kinds.reword,
    "sort": kinds.sort,
    "spot": kinds.spot_parts,
    "studio": checking.studio,
    "thread": kinds.talk_thread,
    "trend": numbers.line,
    "web": checking.web,
}


def deck(number: int) -> list[Slide]:
    """All slides of a lesson, in order.

    Arguments:
        number: of the lesson.

    Raises:
        DataError: its data cannot be used.
        KeyError: there is no such lesson.
    """
    lesson = content.syllabus()[number]
    opening, *parts = outline(number)
    first = pages.PARTS[OPENING].capitalize()
    minutes = lesson["minutes"].get(OPENING, 0)
    made = [replace(one, part=first, minutes=minutes) for one in _opening(lesson, opening)]
    for part in parts:
        made += [
            replace(one, part=part.heading, minutes=part.minutes) for one in _part(lesson, part)
        ]
    return made + [replace(one, part="The end") for one in _ending(lesson)]


def _opening(lesson: Record, part: Part) -> Iterator[Slide]:
    total = sum(lesson["minutes"].values())
    yield Slide(
        lesson["title"],
        [said(lesson["question"], 1.5)],
        look="cover",
        mark=True,
        kicker=f"Lesson {lesson['number']} · {total} minutes",
    )
    yield from pack(
        Slide("Before you start", mark=True),
        [said(lesson["content_note"], 1.3), said(pages.PASS_RULE, 1.3)],
    )
    yield Slide("Need a person, not a lesson?", [Block("help", 15)], look="help", mark=True)
    yield from pack(Slide("After this you can", mark=True), kinds.lines(lesson["objectives"]))
    for step in part.steps:
        yield from _step(lesson, step, part)


def _part(lesson: Record, part: Part) -> Iterator[Slide]:
    yield Slide(
        part.heading,
        look="part",
        mark=True,
        blocks=[Block("plan", 4, {"minutes": lesson["minutes"], "here": part.key})],
    )
    for step in part.steps:
        yield from _step(lesson, step, part)


def _step(lesson: Record, step: Step, part: Part) -> Iterator[Slide]:
    heading = part.heading or lesson["title"]
    # Paper's words speak of no button; lesson 0 alone is about the screen itself.
    words = step.what if step.paper is None or not lesson["number"] else step.paper
    if step.kind == "prose" and words:
        yield from written(words, Slide(heading, look="prose"))
    elif step.kind == "show":
        record = content.activities(lesson["number"])[step.what]
        scene = Scene(activities.seen(lesson["number"], record))
        # A warm-up is called so twice, by its part and by its activity; once is enough.
        first = [] if scene.spec["title"] == part.heading else scene.opening()
        yield from [*first, *KINDS[record["kind"]](scene), *scene.ending()]
    elif step.kind == "table":
        yield from _table(lesson["number"], step)
    elif step.kind == "talk":
        share = max(1, part.minutes // len(lesson["talk"]))
        for at, prompt in enumerate(lesson["talk"], start=1):
            yield Slide(
                prompt,
                look="talk",
                kicker=f"Talk · {at} of {len(lesson['talk'])}",
                blocks=[Block("timer", 6, share)],
                mark=True,
                told={"timer": str(share * 60)},
            )


def _table(number: int, step: Step) -> Iterator[Slide]:
    """A table of figures: row by row where its cells are long, else as it stands."""
    from secondlook.lesson import Lesson

    options = dict(step.options)
    caption = options.pop("caption", step.what)
    rows = Lesson(number).rows(step.what, **options)
    slide = Slide(caption, look="table", kicker="From the studies", mark=True)
    heads = [head for head in rows[0] if len({row[head] for row in rows}) > 1 or len(rows) == 1]
    same = [f"{head}: {cell}" for head, cell in rows[0].items() if head not in heads and cell]
    lead = [said(" · ".join(same), 1)] if same else []
    rows = [{head: row[head] for head in heads} for row in rows]
    if max(sum(map(len, row.values())) for row in rows) > 80 or len(heads) > 6:
        for row in rows:
            cells = [rows_block([(head, cell)]) for head, cell in row.items() if cell]
            yield from pack(slide, [*lead, *cells])
        return
    for first in range(0, len(rows), 6):
        some = rows[first : first + 6]
        table = Block("table", 2.6 * (len(some) + 1), some)
        yield replace(slide, blocks=[*lead, table], mark=first == 0)


def _ending(lesson: Record) -> Iterator[Slide]:
    yield from pack(Slide("You can now", mark=True), kinds.lines(lesson["objectives"]))
    follow = lesson["follow"]
    (cited,) = content.cited([follow["ref"]])
    yield from pack(
        Slide("One source worth following", mark=True),
        [said(follow["text"], 1.4), *source([f"{cited['short']}: {cited['url']}"])],
    )
    papers = [
        f"{one['short']}. {one['title']}. {one['url']}"
        for one in content.cited(pages.references(lesson["number"]))
    ]
    yield from pack(
        Slide("Where the facts come from", look="sources", mark=True),
        [Block("line", tall(one, 1, WIDE - 1.2) + 0.65, {"text": one, "n": 0}) for one in papers],
    )
