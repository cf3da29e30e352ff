"""One module a kind of activity, found by its name: ``kind`` "spot" is ``spot.py``."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from secondlook import content, corpus, safety
from secondlook.checks import DataError, Problem
from secondlook.reading import decode, parse_json

if TYPE_CHECKING:
    from secondlook.activities.base import Activity


def kind_class(kind: str) -> type[Activity]:
    """The class of a kind, imported when the first activity of that kind is shown.

    Raises:
        ModuleNotFoundError: there is no such kind.
    """
    module = importlib.import_module(f"secondlook.activities.{kind.replace('-', '_')}")
    found: type[Activity] = module.KIND
    return found


def problems(lesson: int) -> list[Problem]:
    """Every problem of one lesson's activity file, with the checks that only a kind can make."""
    file = f"activities/{lesson:02}.json"
    try:
        raw = content.read_json(file)
        found = content.check_activity_file(raw, file)
    except DataError as error:
        return error.problems
    if found:
        return found  # a kind's own check may rely on the shape
    for one in raw["activities"]:
        found += kind_class(one["kind"]).problems(one, file)
    return found


def crisis_problems(lesson: int) -> list[Problem]:
    """Mentions of a crisis in a lesson, in what it shows too, above which no help block stands."""
    from secondlook import wording  # no learner pays for it

    file = content.syllabus()[lesson]["file"]
    try:
        notebook = parse_json(decode((content.lessons_dir() / file).read_bytes(), file), file)
        shown = {
            key: [text for _, text in safety.strings_of_json(seen(lesson, one))]
            for key, one in content.activities(lesson).items()
        }
    except OSError:
        return [Problem(file, "the file", "-", "nothing", "the lesson's notebook")]
    except DataError as error:
        return error.problems
    return list(wording.without_help(file, notebook, shown))


def seen(lesson: int, record: content.Record) -> content.Record:
    """All that an activity puts on screen, with its posts and sources."""
    with unanswered(lesson, record) as made:
        return dict(made.spec)


@contextmanager
def unanswered(lesson: int, record: content.Record) -> Iterator[Activity]:
    """An activity that nobody has answered, for check, paper and projector; closed afterwards."""
    made = kind_class(record["kind"])(lesson, record, EMPTY)
    try:
        yield made
    finally:
        made.close()


class _Nothing:
    """A journal without an answer in it."""

    learner = ""

    def answers(self, lesson: int, activity: str) -> dict[str, content.Record]:
        return {}

    def record(self, lesson: int, activity: str, item: str, answer: content.Record | None) -> None:
        """Nobody answers here."""


EMPTY = _Nothing()


def check_all() -> list[Problem]:
    """Every problem of the course: records, published tables, each lesson, then the wording."""
    from secondlook import wording
    from secondlook.studies import sheets  # reads every table; a lesson needs none of that

    found = corpus.problems() + sheets.problems()
    for number in content.syllabus():
        # What stands on screen can only be looked at when the data is whole.
        found += problems(number) or crisis_problems(number)
    return found + wording.problems()
