"""What a lesson holds, in order, read from its notebook: for paper, projector and guide."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, field, replace
from typing import Any

from secondlook import content
from secondlook.reading import decode, parse_json

_HEADING = re.compile(r"^## (.+?)(?: \((\d+) min\))?$")
OPENING = "notes"  # the part of the minutes that has no heading: content note, pass rule and help
SCREEN = "screen"  # the tag of a cell that makes no sense on paper


@dataclass(frozen=True)
class Step:
    """One thing in a lesson.

    Attributes:
        kind: ``prose`` (Markdown), ``show`` (an activity), ``table`` (of figures) or ``talk``.
        what: the Markdown, the activity's id, the table's name, or "".
        options: what else ``Lesson.table`` gets: caption, columns, and what rows must match.
        paper: Markdown that stands in its place on paper; "" leaves it out there, None changes
            nothing. In the notebook it is the cell's metadata ``paper``, and a cell that is
            tagged ``screen`` is left out.
    """

    kind: str
    what: str
    options: dict[str, Any] = field(default_factory=dict)
    paper: str | None = None


@dataclass(frozen=True)
class Part:
    """A part of a lesson that the learner sees under one heading.

    Attributes:
        key: as in ``minutes`` of the syllabus; ``opening`` for what stands above the first.
        heading: as the notebook has it, without the minutes.
        minutes: how long it takes; 0 for the opening.
        steps: what it holds, in order.
    """

    key: str
    heading: str
    minutes: int
    steps: list[Step]


def outline(number: int) -> list[Part]:
    """The parts of a lesson that its minutes name, in order, after what stands above them.

    What follows the lesson (a look under the hood, what comes next) is left out.

    Arguments:
        number: of the lesson.

    Raises:
        DataError: the notebook is not JSON.
        ValueError: its headings do not agree with the minutes of the syllabus.
    """
    lesson = content.syllabus()[number]
    keys = [key for key in lesson["minutes"] if key != OPENING]
    parts = [Part("opening", "", 0, [])]
    inside = True
    for kind, source, paper in _cells(lesson["file"]):
        if kind == "code":
            if inside and (step := _step(source)):
                parts[-1].steps.append(replace(step, paper=paper))
            continue
        first, _, rest = source.partition("\n")
        if first.startswith("# "):
            first, rest = "", rest.strip()
        if heading := _HEADING.match(first):
            inside = heading[2] is not None
            if inside:
                parts.append(_part(lesson, keys, len(parts) - 1, heading))
        elif first:
            rest = source
        if inside and rest.strip():
            parts[-1].steps.append(Step("prose", rest.strip(), paper=paper))
    if [part.key for part in parts[1:]] != keys:
        raise ValueError(f"Lesson {number} has headings for {len(parts) - 1} of {len(keys)} parts.")
    return parts


def _part(lesson: content.Record, keys: list[str], place: int, heading: re.Match[str]) -> Part:
    minutes = int(heading[2])
    if place >= len(keys) or lesson["minutes"][keys[place]] != minutes:
        raise ValueError(f"Lesson {lesson['number']}: no part has the minutes of {heading[0]!r}.")
    return Part(keys[place], heading[1], minutes, [])


def _cells(file: str) -> list[tuple[str, str, str | None]]:
    """Of each cell: its type, its source and what stands in its place on paper (see `Step`)."""
    raw = (content.lessons_dir() / file).read_bytes()
    return [
        (cell["cell_type"], "".join(cell["source"]).strip(), _on_paper(cell["metadata"]))
        for cell in parse_json(decode(raw, file), file)["cells"]
    ]


def _on_paper(metadata: content.Record) -> str | None:
    return "" if SCREEN in metadata.get("tags", []) else metadata.get("paper")


def _step(source: str) -> Step | None:
    """What a cell shows; None for those that only open, close or keep."""
    last = ast.parse(source).body[-1]
    if not isinstance(last, ast.Expr) or not isinstance(last.value, ast.Call):
        return None
    call = last.value
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ""
    if name == "talk":
        return Step("talk", "")
    if name not in ("show", "table"):
        return None
    words = [ast.literal_eval(one) for one in call.args]
    options = {one.arg: ast.literal_eval(one.value) for one in call.keywords if one.arg}
    return Step(
        name, words[0], options | dict(zip(["caption", "columns"], words[1:], strict=False))
    )
