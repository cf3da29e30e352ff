"""What a lesson and a test have for paper: the learner's sheet, the teacher's key, cards to cut.

All of it is drawn from the notebook, the syllabus and the activities, so there is no second text
of a lesson. What only makes sense on a screen is left out or said in another way: see
``outline.Step.paper``, and the field ``paper`` of an activity, which stands in place of its
``ask``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from secondlook import content, forms, handouts, pages
from secondlook.activities import assessment, unanswered
from secondlook.lesson import Lesson
from secondlook.outline import Part, Step, outline
from secondlook.prose import to_html

#: The kinds of booklet, each with a template.
SHEET, KEY, CARDS, TEST, LETTER = "sheet", "key", "cards", "test", "letter"
_HEADING = re.compile(r"<h[12]>(.*?)</h[12]>")


@dataclass(frozen=True)
class Block:
    """What stands under one heading.

    Attributes:
        heading: "" for what stands above the first.
        minutes: how long it takes; 0 when nobody says.
        pieces: HTML fragments, in order.
    """

    heading: str
    minutes: int
    pieces: Sequence[Markup]


@dataclass(frozen=True)
class Booklet:
    """What is stapled together.

    Attributes:
        name: of its files, without size and ending, such as ``lesson_07_sheet``.
        kind: one of `SHEET`, `KEY`, `CARDS`, `TEST`, `LETTER`.
        title: what it is about.
        kicker: the line above the title; "" for a letter, which has a head of its own.
        blocks: what it holds.
        about: what its template needs besides.
        language: of its text, ``en`` or ``es``.
    """

    name: str
    kind: str
    title: str
    kicker: str
    blocks: Sequence[Block]
    about: dict[str, Any] = field(default_factory=dict)
    language: str = "en"


def lesson(number: int, country: str | None = None) -> list[Booklet]:
    """The booklets of one lesson: sheet, key and, if there is something to cut, cards.

    Arguments:
        number: of the lesson.
        country: two letters of ``helplines.json``, whose lines the sheet names; None for none.

    Raises:
        DataError: an activity's data cannot be used.
    """
    record, parts = on_paper(content.syllabus()[number]), outline(number)
    name, title = f"lesson_{number:02}", record["title"]
    kicker = f"Lesson {number}"
    with_key = {one: _activity(number, one) for one in content.activities(number)}
    sheet = [
        Block(part.heading, part.minutes, [*_pieces(number, part, with_key)]) for part in parts
    ]
    key = [Block(part.heading, part.minutes, _keys(part, with_key)) for part in parts]
    cards = [Block(one.title, 0, one.cards) for one in with_key.values() if one.cards]
    follow = content.cited([record["follow"]["ref"]])[0]
    about = {"lesson": record, "help": help_box(country), "pass_rule": pages.PASS_RULE,
             "follow": follow}  # fmt: skip
    made = [
        Booklet(f"{name}_{SHEET}", SHEET, title, kicker, sheet, about),
        Booklet(f"{name}_{KEY}", KEY, title, f"{kicker}: key", [b for b in key if b.pieces]),
    ]
    if cards:
        made.append(Booklet(f"{name}_{CARDS}", CARDS, title, f"{kicker}: cards to cut", cards))
    return made


def on_paper(lesson: content.Record) -> content.Record:
    """A lesson of the syllabus in the words of paper, which stand in its table ``paper``."""
    return {**lesson, **lesson.get("paper", {})}


def test(letter: str, country: str | None = None) -> list[Booklet]:
    """The paper form of a test and its key.

    Arguments:
        letter: one of ``forms.LETTERS``.
        country: as in `lesson`.

    Raises:
        DataError: the form's data cannot be used.
    """
    record = assessment.as_record(forms.OCCASIONS[0], letter)
    made = _drawn(0, record)
    name, title, kicker = f"test_{letter.lower()}", f"Form {letter}", "The test"
    about = {"occasions": assessment.TITLES, "help": help_box(country),
             "pass_rule": pages.PASS_RULE, "edition": record["edition"]}  # fmt: skip
    return [
        Booklet(f"{name}_{SHEET}", TEST, title, kicker, [Block("", 0, [made.paper])], about),
        Booklet(f"{name}_{KEY}", KEY, title, f"{kicker}: key", [Block("", 0, [made.key])]),
    ]


def letters(language: str, country: str | None = None) -> list[Booklet]:
    """The handouts, each as a booklet: letters, a poster, cards.

    Arguments:
        language: one of ``handouts.languages()``.
        country: as in `lesson`.

    Raises:
        HandoutError: there is no such language, or a handout cannot be drawn.
    """
    made = []
    for one in handouts.names():
        markup = handouts.page(one, language, country)
        heading = _HEADING.search(markup)
        title = Markup(heading[1]).striptags() if heading else one.replace("_", " ")
        block = Block("", 0, [Markup(markup)])
        made.append(Booklet(f"letters_{language}_{one}", LETTER, title, "", [block], {}, language))
    return made


def help_box(country: str | None) -> dict[str, Any]:
    """What a sheet says about where to find a person.

    Arguments:
        country: two letters of ``helplines.json``, or None.
    """
    known = content.read_json("helplines.json")
    found = [one for one in known["countries"] if one["code"] == country]
    return {
        "directory": known["directory"],
        "checked": known["checked"],
        "emergency": found[0]["emergency"] if found else None,
        "lines": [
            {"name": line["name"], "who": line["who_for"], "reach": pages.reach(line)}
            for one in found
            for line in one["lines"]
        ],
    }


@dataclass(frozen=True)
class _Drawn:
    """The faces of an activity that paper needs, kept after its widget is closed."""

    title: str
    paper: Markup
    key: Markup
    cards: list[Markup]


def _activity(number: int, key: str) -> _Drawn:
    return _drawn(number, content.activities(number)[key])


def _drawn(number: int, record: content.Record) -> _Drawn:
    with unanswered(number, record) as made:
        cards = [Markup(one) for one in made.cards()]
        return _Drawn(record["title"], Markup(made.paper()), Markup(made.key()), cards)


def _pieces(number: int, part: Part, drawn: dict[str, _Drawn]) -> list[Markup]:
    return [
        Markup(one) for step in part.steps if (one := _piece(number, part.heading, step, drawn))
    ]


def _piece(number: int, heading: str, step: Step, drawn: dict[str, _Drawn]) -> str:
    """A step as HTML; an activity that is called like its part does not say so twice."""
    if step.paper == "":
        return ""
    if step.kind == "show":
        return drawn[step.what].paper.replace(f"<h3>{Markup.escape(heading)}</h3>", "", 1)
    if step.kind == "table":
        return Lesson(number).table(step.what, **step.options).markup
    if step.kind == "talk":
        return _talk(on_paper(content.syllabus()[number])["talk"])
    return f'<div class="prose">{to_html(step.what if step.paper is None else step.paper)}</div>'


def _talk(prompts: list[str]) -> str:
    rows = "".join(f"<li>{Markup.escape(one)}</li>" for one in prompts)
    return f'<ol class="talk">{rows}</ol>'


def _keys(part: Part, drawn: dict[str, _Drawn]) -> list[Markup]:
    return [
        drawn[step.what].key
        for step in part.steps
        if step.kind == "show" and step.paper != ""  # no sheet, no key
    ]
