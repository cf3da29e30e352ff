"""One module a kind of activity, found by its name: ``kind`` "spot" is ``spot.py``."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from secondlook import content, corpus
from secondlook.checks import DataError, Problem

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


def check_all() -> list[Problem]:
    """Every problem of the course's data: shared records, published tables, then each lesson."""
    from secondlook.studies import sheets  # reads every table; a lesson needs none of that

    found = corpus.problems() + sheets.problems()
    for number in content.syllabus():
        found += problems(number)
    return found
