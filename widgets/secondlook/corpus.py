"""Checks of the shared records: posts, claims, creators, references, facts and the syllabus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from secondlook import content
from secondlook.checks import DataError, Problem, show_value, unknown

Record = dict[str, Any]

VERDICTS = ("supported", "mostly-supported", "overgeneralised", "misleading", "false",
            "no-good-evidence", "not-checkable")  # fmt: skip
CREATORS = ("clinician", "trainee", "coach", "peer", "parent", "brand", "student-journalist",
            "news", "teacher")  # fmt: skip
SETS = (None, "a", "b", "c")  # lessons and practice, or one of the test forms
STATUSES = ("active", "lapsed", "conditions", "none")
READ = ("full", "abstract", "excerpt", "secondary")
HANDLE = re.compile(r"[a-z0-9._]{3,24}")
# Copies of other people's pages: they move, and they are not what the study says.
MIRROR = re.compile(
    r"(booksci|bohrium|cnpereading|scribd|docslib|docplayer|slideplayer|slideserve|researchgate"
    r"|atoom\.ru|tomesphere|arxivlens|paperstars|aminer|medluna|grokipedia|coconote|github\.io"
    r"|web\.archive|scite\.ai|paperexplained|studylib|readkong|issuu|ouci\.dntb|sciety\.org"
    r"|ezproxy|proxy\.|translate\.goog|amazonaws|amplifyapp)",
    re.IGNORECASE,
)
FIELDS = {
    "posts": ("creator", "topic", "caption", "beats", "hashtags", "counts", "disclosure",
              "comments", "claims", "label", "reason", "fix", "tactics", "difficulty",
              "feedback", "set"),
    "claims": ("topic", "claim", "verdict", "reason", "accurate", "tactics", "references"),
    "creators": ("handle", "name", "kind", "role", "bio", "place", "licence", "ties"),
    "references": ("type", "title", "issued", "URL", "custom"),
}  # fmt: skip


def problems() -> list[Problem]:
    """Everything wrong in the shared records, in the order of the files."""
    found: list[Problem] = []
    for name in FIELDS:
        try:
            records = content.records(name)
        except DataError as error:
            found += error.problems
            continue
        for one in records.values():
            missing = [field for field in FIELDS[name] if field not in one]
            found += [_need(f"{name}.json", one["id"], field) for field in missing]
            if not missing:
                found += _RULES[name](one)
    return found + list(_facts()) + list(_registers()) + list(_syllabus())


def _need(file: str, item: str, field: str) -> Problem:
    return Problem(file, item, field, "nothing", "this field is required")


def _one_of(
    file: str, item: str, field: str, found: Any, allowed: tuple[Any, ...]
) -> Iterator[Problem]:
    if found not in allowed:
        listed = "one of " + ", ".join(map(str, allowed))
        yield Problem(file, item, field, show_value(found), listed)


def _post(one: Record) -> Iterator[Problem]:
    file, item = "posts.json", one["id"]
    yield from unknown(file, item, "creator", [one["creator"]], content.records("creators"),
                       "creators.json")  # fmt: skip
    yield from unknown(
        file, item, "claims", one["claims"], content.records("claims"), "claims.json"
    )
    yield from _one_of(file, item, "label", one["label"], ("sound", "unsound"))
    yield from _one_of(file, item, "set", one["set"], SETS)
    if not one["claims"]:
        yield Problem(file, item, "claims", "none", "at least one, so that a source can be shown")
    if not str(one["reason"]).strip():
        yield Problem(file, item, "reason", show_value(one["reason"]), "why, in plain words")
    if one["label"] == "unsound" and not one["fix"]:
        yield Problem(file, item, "fix", "nothing", "what would make the post fair")
    if not 3 <= len(one["beats"]) <= 6:
        yield Problem(file, item, "beats", f"{len(one['beats'])} beats", "3 to 6")
    if not 3 <= len(one["comments"]) <= 8:
        yield Problem(file, item, "comments", f"{len(one['comments'])} comments", "3 to 8")
    for call in ("trust", "question"):
        if not one["feedback"].get(call):
            yield _need(file, item, f"feedback.{call}")
    for name in ("views", "likes", "comments", "shares"):
        count = one["counts"].get(name)
        if not isinstance(count, int) or count < 0:
            yield Problem(file, item, f"counts.{name}", show_value(count), "a whole number")


def _claim(one: Record) -> Iterator[Problem]:
    file, item = "claims.json", one["id"]
    yield from _one_of(file, item, "verdict", one["verdict"], VERDICTS)
    if not one["references"]:
        yield Problem(file, item, "references", "none", "at least one reference")
    keys = [ref.get("key", "") for ref in one["references"]]
    yield from unknown(file, item, "references", keys, content.records("references"),
                       "references.json")  # fmt: skip


def _creator(one: Record) -> Iterator[Problem]:
    yield from _one_of("creators.json", one["id"], "kind", one["kind"], CREATORS)
    if not HANDLE.fullmatch(one["handle"]):
        yield Problem("creators.json", one["id"], "handle", show_value(one["handle"]),
                      "3 to 24 small letters, digits, dots or underscores")  # fmt: skip


def _reference(one: Record) -> Iterator[Problem]:
    file, item = "references.json", one["id"]
    address = urlsplit(one["URL"])
    if address.scheme != "https" or not address.hostname or MIRROR.search(address.netloc):
        yield Problem(file, item, "URL", show_value(one["URL"]),
                      "the https address of the paper or its publisher, no copy")  # fmt: skip
    yield from _one_of(file, item, "custom.read", one["custom"].get("read"), READ)
    try:
        content.short_citation(item)
    except (KeyError, TypeError, IndexError):
        yield Problem(file, item, "author", "incomplete", "family or literal names, and a year")


def _facts() -> Iterator[Problem]:
    try:
        facts = content.read_json("facts.json")
    except DataError as error:
        yield from error.problems
        return
    for key, fact in facts.items():
        if not isinstance(fact, dict) or not {"table", "where", "column", "ref"} <= fact.keys():
            yield Problem("facts.json", key, "-", show_value(fact), "table, where, column and ref")
            continue
        yield from unknown("facts.json", key, "ref", [fact["ref"]], content.records("references"),
                           "references.json")  # fmt: skip
        try:
            content.fact_text(key)
        except DataError as error:
            yield from error.problems
        except ValueError:
            yield Problem("facts.json", key, "format", show_value(fact.get("format")),
                          "a Python format such as .0f")  # fmt: skip


def _registers() -> Iterator[Problem]:
    """A mock register says that it is one, and each licence of a creator names one of them."""
    file = "registers.json"
    try:
        known = {one["name"]: one for one in content.read_json(file)["registers"]}
    except DataError as error:
        yield from error.problems
        return
    for name, one in known.items():
        if not name.startswith("Mock "):
            yield Problem(file, one["id"], "name", show_value(name), "a name that begins with Mock")
        for entry in one["entries"]:
            yield from _one_of(
                file, f"{one['id']}/{entry['name']}", "status", entry["status"], STATUSES
            )
    for creator in content.records("creators").values():
        licence = creator["licence"]
        if licence and licence["register"] not in known and "(invented)" not in licence["register"]:
            yield Problem("creators.json", creator["id"], "licence.register",
                          show_value(licence["register"]), "one of registers.json")  # fmt: skip


def _syllabus() -> Iterator[Problem]:
    for number, one in content.syllabus().items():
        item = f"lesson {number}"
        for field in ("file", "title", "question", "minutes", "objectives", "standards",
                      "content_note", "follow", "talk"):  # fmt: skip
            if field not in one:
                yield _need("syllabus.toml", item, field)
        yield from unknown("syllabus.toml", item, "follow.ref", [one["follow"]["ref"]],
                           content.records("references"), "references.json")  # fmt: skip


_RULES = {"posts": _post, "claims": _claim, "creators": _creator, "references": _reference}
