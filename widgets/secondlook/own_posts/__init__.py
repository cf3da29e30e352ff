"""A teacher's own posts: read from a folder, checked like the course's own, lent to an activity.

The folder holds ``posts.csv`` or ``posts.json``, and beside it, if need be, ``claims``,
``creators`` and ``references`` in either form; ``data/my_posts.md`` tells a teacher how. Its
records pass the schemas and guards that the course's own records pass. One bad record refuses the
folder: the rest would not be balanced any more.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from secondlook import content, corpus, safety
from secondlook.called import command
from secondlook.checks import DataError, Problem, show_value
from secondlook.own_posts import files
from secondlook.own_posts.columns import COLUMNS, in_columns
from secondlook.reading import refusal

Record = dict[str, Any]

TITLE = "Posts from your teacher"
_KEY_OF = re.compile(r"a key of (\w+)\.json(?: \((did you mean .*)\))?")
ASK = (
    "Trust it or question it? Look for the claim, then for what holds it up. "
    "You can pass on any post."
)


@dataclass
class OwnPosts:
    """What a folder holds: its records by id, what must be mended, what is worth a look."""

    records: dict[str, dict[str, Record]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(folder: Path) -> OwnPosts:
    """Everything in a teacher's folder, checked.

    Arguments:
        folder: the folder with ``posts.csv`` or ``posts.json``; it need not be in the course.
    """
    own = OwnPosts()
    rows: list[tuple[str, files.Row]] = []
    try:
        if not folder.is_dir():
            raise refusal(str(folder), "no such folder", "a folder with posts.csv or posts.json",
                          f"check the name; “{command('check', '--template')}” makes one",
                          )  # fmt: skip
    except DataError as error:
        own.problems = error.problems
        return own
    for name in corpus.KINDS:
        try:
            rows += [(name, row) for row in files.read(folder, name)]
        except DataError as error:
            own.problems += error.problems
    if own.problems:
        return own  # without a file, all that points into it would seem to dangle
    for name in corpus.KINDS:
        mine = [row for each, row in rows if each == name]
        own.problems += _ids(name, mine)
        own.records[name] = {
            key: row.record for row in mine if isinstance(key := row.record.get("id"), str)
        }
    known = {name: {**content.records(name), **own.records[name]} for name in corpus.KINDS}
    for name, row in rows:
        told = {problem.field for problem in row.problems}
        own.problems += row.problems
        if row.record:  # what a cell hides from the checks is told once, as that cell's problem
            own.problems += [
                one for one in _checked(name, row, known) if one.field.split(" ")[0] not in told
            ]
    if not own.problems:
        own.problems = list(_balance(own, rows[0][1].file))
        own.notes = [*_lean(own, known["creators"]), *_wordings(own)]
    return own


def _ids(name: str, rows: list[files.Row]) -> Iterator[Problem]:
    """Each record has an id that no other has."""
    hint = f"for example: {COLUMNS[name][0].example}"
    first: dict[str, str] = {}
    for row in rows:
        if not row.record:
            continue
        key = row.record.get("id")
        allowed = ""
        if not isinstance(key, str):
            allowed = "an id in text"
        elif key in first:
            allowed = f"an id used only once; {first[key]} has it too"
        elif key in content.records(name):
            allowed = f"an id that is not one of the course's own {name}"
        else:
            first[key] = row.item
        if allowed:
            yield Problem(row.file, row.item, "id", show_value(key), allowed, hint)


def _checked(name: str, row: files.Row, known: corpus.Known) -> Iterator[Problem]:
    """What the course's own checks say of a record, in the words of the teacher's file."""
    one = {"set": None, **row.record} if name == "posts" else dict(row.record)
    if not isinstance(one.get("id"), str):
        one["id"] = COLUMNS[name][0].example  # said already
    if name == "posts" and one["set"] is not None:
        yield Problem(row.file, row.item, "set", show_value(one["set"]), "null, or no such field",
                      "the test forms are the course's own: take the field out")  # fmt: skip
        return
    for problem in corpus.check_record(name, one, known, row.file):
        told = _dangling(replace(problem, item=row.item))
        yield in_columns(name, told) if row.in_columns else told


def _dangling(problem: Problem) -> Problem:
    """A problem of a key that points to nothing, told as a teacher knows the place."""
    match = _KEY_OF.fullmatch(problem.allowed)
    if not match:
        return problem
    hint = match[2] or "the course's ids stand in course_ids.csv of the template"
    return replace(
        problem, allowed=f"an id of the course's {match[1]} or of your own", suggestion=hint
    )


def _balance(own: OwnPosts, file: str) -> Iterator[Problem]:
    labels = [one["label"] for one in own.records["posts"].values()]
    sound, unsound = labels.count("sound"), labels.count("unsound")
    if sound != unsound:
        more, fewer = ("sound", "unsound") if sound > unsound else ("unsound", "sound")
        yield Problem(file, "all posts", "label", f"{sound} sound and {unsound} unsound",
                      "as many sound as unsound posts",
                      f"add {fewer} posts or take {more} ones out; a class that sees mostly "
                      "one kind learns to say the same of everything")  # fmt: skip


def _lean(own: OwnPosts, creators: Mapping[str, Record]) -> Iterator[str]:
    """A shortcut that would score: every clinician here is right, or every one is wrong."""
    posts = own.records["posts"].values()
    told = [one["label"] for one in posts if creators[one["creator"]]["kind"] == "clinician"]
    if len(told) > 1 and len(set(told)) == 1:
        yield (f"All {len(told)} posts by clinicians are {told[0]}: the badge alone gives the "
               "answer away. Let a clinician be wrong, and somebody else right.")  # fmt: skip


def _wordings(own: OwnPosts) -> Iterator[str]:
    """Wordings that are no mistake in a post that is to be questioned, but need a person's eye."""
    for name, records in own.records.items():
        for key, one in records.items():
            for _, text in safety.strings_of_json(one):
                for finding in safety.check_text(text, where=f"{name}, {key}"):
                    yield str(finding)


# --- lending them to an activity -----------------------------------------------------------------


def folder_in(course: Path, name: str) -> Path:
    """The teacher's folder of that name inside the course's folder.

    Arguments:
        course: the folder that holds ``lessons/``.
        name: such as ``my_posts`` or ``my_posts/autumn``.

    Raises:
        DataError: it is elsewhere, also by way of ``..`` or a link.
    """
    try:
        inside = course.resolve()
        folder = (inside / name).resolve()
    except (ValueError, OSError, RuntimeError):  # a NUL byte, a link to itself
        folder = Path()
    if folder == inside or inside not in folder.parents:
        raise refusal(show_value(name), "a place outside the course's folder",
                      f"a folder inside {inside}", "copy the folder beside lessons")  # fmt: skip
    return folder


def activity(own: OwnPosts, folder: Path, course: Path) -> Record:
    """The ``judge`` activity of a teacher's posts, whose records `content` knows from now on.

    Arguments:
        own: a folder without problems.
        folder: where it stands; each folder has answers of its own.
        course: the folder that holds ``lessons/``.
    """
    place = folder.resolve().relative_to(course.resolve()).as_posix()
    plain = re.sub(r"[^a-z0-9]+", "-", place.lower()).strip("-")[:40].strip("-")
    # The course's own ids hold no double hyphen, so that no answer can land in another activity.
    key = f"my-posts--{plain}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"
    mine = {
        name: {one: f"{key}--{one}" for one in records} for name, records in own.records.items()
    }

    def renamed(name: str, one: str) -> str:
        return mine[name].get(one, one)

    for name, records in own.records.items():
        lent = {}
        for each, record in records.items():
            one = {**record, "id": renamed(name, each)}
            if name == "posts":
                one["creator"] = renamed("creators", one["creator"])
                one["claims"] = [renamed("claims", claim) for claim in one["claims"]]
                one["set"] = None
            if name == "claims":
                one["references"] = [
                    {**ref, "key": renamed("references", ref["key"])} for ref in one["references"]
                ]
            lent[one["id"]] = one
        content.lend(name, lent)
    items = [{"id": each, "post": mine["posts"][each]} for each in own.records["posts"]]
    return {"id": key, "kind": "judge", "part": "main", "title": TITLE, "ask": ASK, "items": items}


def mention_crisis(own: OwnPosts) -> bool:
    """Whether the posts mention suicide, self-harm or an eating disorder: help must stand by."""
    texts = safety.strings_of_json(list(own.records["posts"].values()))
    return any(safety.mentions_crisis(text) for _, text in texts)
