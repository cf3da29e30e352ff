"""Which fields an answer may have: by kind of activity, and by place in the course.

What a kind declares in ``fields`` and ``texts`` is all that leaves the machine (see
``classroom.hand_in``), and the table of ``data/README.md`` is drawn from it.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from secondlook import content, forms
from secondlook.activities import kind_class
from secondlook.checks import DataError

#: A teacher's own posts have an activity that no data file knows (see `own_posts.activity`).
OWN_POSTS = "my-posts--"
#: The field of what the browser keeps by itself (see ``drafts.js``). It travels in a learner's file
#: if the box is ticked, and never goes through the journal.
DRAFT = "draft"


class Fields(NamedTuple):
    """The names of the fields of an answer; ``texts`` are those that a learner types freely."""

    names: frozenset[str]
    texts: frozenset[str]


@cache
def of_kind(kind: str) -> Fields:
    """The fields of the answers of one kind.

    Raises:
        ModuleNotFoundError: there is no such kind.
    """
    found = kind_class(kind)
    return Fields(frozenset(found.fields), found.texts)


def of_place(lesson: int, activity: str) -> Fields | None:
    """The fields of the answers of one activity, or None if this course has no such activity."""
    kind = _kind_at(lesson, activity)
    return of_kind(kind) if kind else None


def _kind_at(lesson: int, activity: str) -> str | None:
    if activity.startswith(OWN_POSTS):
        return "judge"
    if (lesson, activity) in forms.PLACES.values():
        return "assessment"
    try:
        return (
            content.activities(lesson)[activity]["kind"] if lesson in content.syllabus() else None
        )
    except (DataError, KeyError):
        return None  # a lesson whose data is being edited must not keep the rest from being saved
