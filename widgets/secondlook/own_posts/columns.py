"""The form in which a teacher's spreadsheet holds posts, claims, creators and references.

A row is a record, a column a field of it. What has parts of its own is spread over columns
(``views``, ``feedback_trust``) or told apart in one cell: entries by ``|``, and a name from its
text by the first colon (``bo.lind: nice hall | kim.k: mine is colder``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from secondlook.checks import Problem, show_value

Record = dict[str, Any]
# What an empty cell stands for when the field is left out of the record: the first is a mistake,
# which the schema names; the second is fine.
REQUIRED: Any = object()
LEFT_OUT: Any = object()


@dataclass(frozen=True)
class Column:
    """One column: its head, its place in the record, how a cell is read, an example.

    ``blank`` is what an empty cell stands for; unless told, the cell has to be filled.
    """

    head: str
    example: str
    field: str = ""
    read: Callable[[str], Any] = str
    blank: Any = REQUIRED

    @property
    def place(self) -> str:
        """The field of the record, with a dot between its steps."""
        return self.field or self.head


class CellError(ValueError):
    """A cell that cannot be read: what was found, what is allowed."""


def entries(cell: str) -> list[str]:
    """The entries of a cell, told apart by ``|``."""
    return [one.strip() for one in cell.split("|")]


def whole(cell: str) -> int:
    """A whole number."""
    digits = cell.removeprefix("-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 12:
        raise CellError(show_value(cell), "a whole number in digits alone")
    return int(cell)


def _pairs(name: str, text: str) -> Callable[[str], list[Record]]:
    def read(cell: str) -> list[Record]:
        made = []
        for one in entries(cell):
            first, colon, rest = one.partition(":")
            if not colon:
                raise CellError(show_value(one), f"{name}: {text}, with a colon between the two")
            made.append({name: first.strip(), text: rest.strip()})
        return made

    return read


def _people(cell: str) -> list[Record]:
    """``Doe, Ann | World Health Organization`` as CSL-JSON has it."""
    made = []
    for one in entries(cell):
        family, comma, given = one.partition(",")
        made.append(
            {"family": family.strip(), "given": given.strip()} if comma else {"literal": one}
        )
    return made


def _year(cell: str) -> list[list[int]]:
    return [[whole(cell)]]


COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "posts": (
        Column("id", "hall-phone"),
        Column("creator", "juno-breck"),
        Column("topic", "sleep"),
        Column("caption", "my phone sleeps in the hall now. one week, one person"),
        Column("beats", "phone in the hall | lights out | slept", read=entries),
        Column("hashtags", "sleep | phone", read=entries, blank=[]),
        Column("views", "1200", "counts.views", whole),
        Column("likes", "90", "counts.likes", whole),
        Column("comment_count", "8", "counts.comments", whole),
        Column("shares", "2", "counts.shares", whole),
        Column("disclosure", "Paid partnership", blank=None),
        Column("comments", "mina.j: one week is short | bo.lind: cold hall | kim.k: same",
               read=_pairs("who", "text")),
        Column("claims", "sleep-02", read=entries),
        Column("label", "sound"),
        Column("reason", "It tells one story as one story."),
        Column("fix", "“This is one week of one person.”", blank=None),
        Column("tactics", "anecdote-as-data", read=entries, blank=[]),
        Column("difficulty", "1", read=whole),
        Column("feedback_trust", "It holds up: she never says “everybody”.", "feedback.trust"),
        Column("feedback_question", "Asking is fine. This one passes.", "feedback.question"),
    ),
    "claims": (
        Column("id", "hall-01"),
        Column("topic", "sleep"),
        Column("claim", "A phone in the bedroom ruins everybody's sleep."),
        Column("verdict", "overgeneralised"),
        Column("reason", "Studies find a small link, not a rule for everybody."),
        Column("accurate", "Say “for some people”."),
        Column("tactics", "absolute-language", read=entries, blank=[]),
        Column("references", "riemann2023insomnia: what this source says about the claim",
               read=_pairs("key", "supports")),
    ),
    "creators": (
        Column("id", "rosa-fennimore"),
        Column("handle", "rosa.feeds.crows"),
        Column("name", "Rosa Fennimore"),
        Column("kind", "peer"),
        Column("role", "student, 16"),
        Column("bio", "Feeds crows. They know."),
        Column("place", "Ohio, US"),
        Column("licence_title", "Psychologist", "licence.title", blank=None),
        Column("licence_register", "Mock Register of Health Professionals (US)",
               "licence.register", blank=None),
        Column("licence_status", "active", "licence.status", blank=None),
        Column("ties", "sells an online course", blank=None),
    ),
    "references": (
        Column("id", "doe2020sleep"),
        Column("type", "article-journal"),
        Column("title", "The title of the paper, word for word"),
        Column("authors", "Doe, Ann | World Health Organization", "author", _people,
               LEFT_OUT),
        Column("year", "2020", "issued.date-parts", _year),
        Column("URL", "https://doi.org/10.1000/1"),
        Column("DOI", "10.1000/1", blank=LEFT_OUT),
        Column("read", "abstract", "custom.read"),
    ),
}  # fmt: skip


def record(name: str, row: Mapping[str, str], file: str, item: str) -> tuple[Record, list[Problem]]:
    """The record that a row holds, and what in its cells could not be read.

    Arguments:
        name: posts, claims, creators or references.
        row: the cells by the head of their column.
        file: as the problems shall call it.
        item: as the problems shall call it.
    """
    made: Record = {}
    problems = []
    for column in COLUMNS[name]:
        cell = row.get(column.head, "").strip()
        value = column.blank
        if cell:
            try:
                value = column.read(cell)
            except CellError as error:
                found, allowed = error.args
                hint = f"for example: {column.example}"
                problems.append(Problem(file, item, column.head, found, allowed, hint))
                continue
        if value is REQUIRED or value is LEFT_OUT:
            continue
        *above, last = column.place.split(".")
        target = made
        for step in above:
            target = target.setdefault(step, {})
        target[last] = value
    if name == "posts":
        made["set"] = None  # posts of one's own are in no test form
    if "licence" in made and not any(made["licence"].values()):
        made["licence"] = None
    return made, problems


def in_columns(name: str, problem: Problem) -> Problem:
    """A problem of a record, told in the words of the spreadsheet."""
    for column in COLUMNS[name]:
        inner = problem.field.removeprefix(column.place)
        whole_field = column.place.startswith(problem.field + ".")
        if not whole_field and (inner == problem.field or inner[:1] not in ("", ".")):
            continue
        step = [] if whole_field else inner.split(".")[1:2]
        entry = f" (entry {int(step[0]) + 1})" if step and step[0].isdigit() else ""
        hint = problem.suggestion
        if not hint or hint.startswith(('for example "', "see ")):
            hint = f"for example: {column.example}"
        found = "nothing" if problem.found in ("[]", "''") else problem.found
        return replace(problem, field=column.head + entry, found=found, suggestion=hint)
    return problem
