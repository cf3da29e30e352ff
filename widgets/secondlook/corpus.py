"""Checks of the shared records: posts, claims, creators, references, facts and the syllabus.

The shape of a record is a JSON Schema in ``data/schemas/``; here stands what a schema cannot say:
keys that point to a record, an address that is no copy, a figure that is in its table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from secondlook import content, safety
from secondlook.checks import DataError, Problem, show_value, unknown
from secondlook.guards import text_problems

Record = dict[str, Any]
Known = Mapping[str, Mapping[str, Record]]

# A file of records and what its schema calls one of them.
KINDS = {"posts": "post", "claims": "claim", "creators": "creator", "references": "reference"}
FOR_PAPER = ("question", "objectives", "content_note", "talk")
# Copies of other people's pages: they move, and they are not what the study says.
MIRROR = re.compile(
    r"(booksci|bohrium|cnpereading|scribd|docslib|docplayer|slideplayer|slideserve|researchgate"
    r"|atoom\.ru|tomesphere|arxivlens|paperstars|aminer|medluna|grokipedia|coconote|github\.io"
    r"|web\.archive|scite\.ai|paperexplained|studylib|readkong|issuu|ouci\.dntb|sciety\.org"
    r"|ezproxy|proxy\.|translate\.goog|amazonaws|amplifyapp)",
    re.IGNORECASE,
)


def problems() -> list[Problem]:
    """Everything wrong in the shared records, in the order of the files."""
    found: list[Problem] = []
    known: dict[str, Mapping[str, Record]] = {}
    for name in KINDS:
        try:
            known[name] = content.records(name)
        except DataError as error:
            found += error.problems
    try:
        safety.rules()
    except DataError as error:
        return [*found, *error.problems]
    for name, records in known.items():
        for one in records.values():
            found += check_record(name, one, known)
    found += _whole("helplines", "file") + _whole("glossary", "file") + _reviews()
    if len(known) < len(KINDS):
        return found  # what follows looks into all of them
    return [*found, *_facts(), *_registers(), *_syllabus()]


def check_record(name: str, one: Record, known: Known, file: str = "") -> list[Problem]:
    """What is wrong with one record.

    Arguments:
        name: posts, claims, creators or references.
        one: the record; its ``id`` must be a text.
        known: the records that keys may point to, by file name and id; a file that is left out
            is not looked into.
        file: the name that the problems give; that of the shipped file when left out.
    """
    file = file or f"{name}.json"
    found = content.record_shapes(name).each(KINDS[name], one, file, one["id"])
    # A rule may rely on the shape of every field, so it waits until the shape is right.
    return found or [*_RULES[name](one, known, file), *text_problems(name, one, known, file)]


def _keys(
    file: str, item: str, field: str, keys: list[str], known: Known, name: str
) -> list[Problem]:
    return unknown(file, item, field, keys, known[name], f"{name}.json") if name in known else []


def _post(one: Record, known: Known, file: str) -> Iterator[Problem]:
    item = one["id"]
    yield from _keys(file, item, "creator", [one["creator"]], known, "creators")
    yield from _keys(file, item, "claims", one["claims"], known, "claims")
    if one["label"] == "unsound" and not (one["fix"] or "").strip():
        yield Problem(file, item, "fix", "nothing", "what would make the post fair",
                      "say in one sentence how the same post could be told fairly")  # fmt: skip


def _claim(one: Record, known: Known, file: str) -> Iterator[Problem]:
    keys = [ref["key"] for ref in one["references"]]
    yield from _keys(file, one["id"], "references", keys, known, "references")


def _creator(one: Record, known: Known, file: str) -> Iterator[Problem]:
    licence = one["licence"]
    if not licence or "(invented)" in licence["register"]:
        return
    registers = [each["name"] for each in content.read_json("registers.json")["registers"]]
    if licence["register"] not in registers:
        yield Problem(file, one["id"], "licence.register", show_value(licence["register"]),
                      "one of registers.json", f"for example {registers[0]}")  # fmt: skip


def _reference(one: Record, known: Known, file: str) -> Iterator[Problem]:
    item = one["id"]
    try:
        address = urlsplit(one["URL"])
        host = address.hostname
    except ValueError:
        host = None
    if not host:
        yield Problem(file, item, "URL", show_value(one["URL"]), "an https address",
                      "copy it from the page of the paper")  # fmt: skip
    elif address.scheme != "https":
        yield Problem(file, item, "URL", show_value(one["URL"]), "an address with https",
                      "write https:// in front, and see that the page opens")  # fmt: skip
    elif MIRROR.search(address.netloc):
        yield Problem(file, item, "URL", show_value(one["URL"]),
                      "the address of the paper or its publisher, no copy of it",
                      "look up the paper's DOI and write https://doi.org/ and the DOI")  # fmt: skip
    try:
        content.citation(one)
    except (KeyError, TypeError, IndexError):
        yield Problem(file, item, "author", "incomplete", "family or literal names, and a year",
                      'for example "author": [{"family": "Doe", "given": "Ann"}]')  # fmt: skip


def _whole(name: str, piece: str) -> list[Problem]:
    """The first thing in a file that does not fit its schema."""
    file = f"{name}.json"
    try:
        return content.record_shapes(name).problems(piece, content.read_json(file), file, "a part")
    except DataError as error:
        return error.problems


def _reviews() -> list[Problem]:
    """A review has a day, and it has been."""
    file = "reviews.json"
    try:
        reviews = content.read_json(file)
    except DataError as error:
        return error.problems
    if not isinstance(reviews, list):
        return [Problem(file, "the file", "-", show_value(reviews), "a list of reviews")]
    shapes, found = content.record_shapes("reviews"), []
    for position, one in enumerate(reviews, start=1):
        item = f"number {position}"
        if wrong := shapes.each("review", one, file, item):
            found += wrong
            continue
        try:
            late = date.fromisoformat(one["date"]) > date.today()
        except ValueError:
            late = True
        if late:
            allowed = "a day of the calendar that has been"
            found.append(Problem(file, item, "date", show_value(one["date"]), allowed))
    return found


def _facts() -> Iterator[Problem]:
    file = "facts.json"
    try:
        facts = content.read_json(file)
    except DataError as error:
        yield from error.problems
        return
    shapes = content.record_shapes("facts")
    for key, fact in facts.items():
        if found := shapes.each("fact", fact, file, key):
            yield from found
            continue
        yield from unknown(file, key, "ref", [fact["ref"]], content.records("references"),
                           "references.json")  # fmt: skip
        try:
            content.fact_text(key)
        except DataError as error:
            yield from error.problems
        except ValueError:
            yield Problem(file, key, "format", show_value(fact.get("format")),
                          "a Python format such as .0f")  # fmt: skip


def _registers() -> Iterator[Problem]:
    """A mock register says that it is one."""
    file = "registers.json"
    try:
        registers = content.read_json(file)["registers"]
    except DataError as error:
        yield from error.problems
        return
    shapes = content.record_shapes("registers")
    for position, one in enumerate(registers, start=1):
        item = str(one.get("id", position)) if isinstance(one, dict) else str(position)
        if found := shapes.each("register", one, file, item):
            yield from found
            continue
        for entry in one["entries"]:
            name = entry.get("name") if isinstance(entry, dict) else "without a name"
            yield from shapes.each("entry", entry, file, f"{item}/{name}")


def _syllabus() -> Iterator[Problem]:
    for number, one in content.syllabus().items():
        item = f"lesson {number}"
        for field in ("file", "title", "question", "minutes", "objectives", "misconceptions",
                      "does", "say", "standards", "content_note", "follow", "talk"):  # fmt: skip
            if field not in one:
                yield Problem("syllabus.toml", item, field, "nothing", "this field is required")
        minutes = one.get("minutes", {})
        for field in ("does", "say"):
            told = one.get(field, {})
            yield from unknown("syllabus.toml", item, field, told, minutes, "minutes")
            for part in minutes:
                if not told.get(part):
                    yield Problem("syllabus.toml", item, f"{field}.{part}", "nothing",
                                  "a text for each part that has minutes")  # fmt: skip
        yield from _on_paper(one, item)
        yield from unknown("syllabus.toml", item, "standards", one.get("standards", []),
                           content.standards(), "the table [standards]")  # fmt: skip
        yield from unknown("syllabus.toml", item, "follow.ref", [one["follow"]["ref"]],
                           content.records("references"), "references.json")  # fmt: skip


def _on_paper(lesson: Record, item: str) -> Iterator[Problem]:
    """Other words for the sheet, where those of the screen make no sense on paper."""
    told = lesson.get("paper", {})
    for field in told:
        if field not in FOR_PAPER:
            allowed = f"one of {', '.join(FOR_PAPER)}"
            yield Problem("syllabus.toml", item, "paper", show_value(field), allowed)
        elif type(told[field]) is not type(lesson.get(field)):
            found = show_value(told[field])
            yield Problem("syllabus.toml", item, f"paper.{field}", found, f"the shape of {field}")


_RULES = {"posts": _post, "claims": _claim, "creators": _creator, "references": _reference}
