"""What a notebook imports: ``Lesson(3).open()``, ``.show("activity")``, ``.talk()``, ``.close()``.

Every cell stands alone: it imports, asks for its lesson and shows one thing, so cells work in any
order and after a restart.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from secondlook import content, pages
from secondlook.activities import kind_class
from secondlook.activities.base import Activity
from secondlook.checks import DataError
from secondlook.journal import Journal, course_folder
from secondlook.keep import Keep
from secondlook.markup import Page, table


@cache
def journal() -> Journal:
    """The learner's journal, opened once a kernel."""
    opened = Journal.open()
    opened.begin()
    return opened


# BinderHub sets this in every server that it starts.
BINDER = "BINDER_LAUNCH_HOST"
FORGETS = (
    "You are on Binder, a borrowed computer. About ten minutes after you stop, it forgets "
    "everything. So press Save my work at the end, and keep the file."
)


def notes() -> list[str]:
    """Sentences that a learner should see before anything else: of the server and the journal."""
    return [*([FORGETS] if os.environ.get(BINDER) else []), *journal().notes]


# Columns of a table that tell an editor where a row comes from; learners get the references.
FOR_EDITORS = ("ref", "read")

_on_screen: dict[tuple[int, str], Activity] = {}


def refresh_all() -> None:
    """Shows in every activity what the journal holds now."""
    for one in _on_screen.values():
        one.refresh()


def put_on_screen(made: Activity) -> Activity:
    """Remembers what is shown, so that it can be refreshed, and lets go of what it replaces."""
    if old := _on_screen.pop((made.lesson, made.record["id"]), None):
        old.close()  # a cell that runs again must not leave its last widget in memory
    _on_screen[made.lesson, made.record["id"]] = made
    return made


class Lesson:
    """One lesson of the course.

    Arguments:
        number: as in the file name, 0 to 12.

    Raises:
        ValueError: there is no such lesson.
    """

    def __init__(self, number: int):
        known = content.syllabus()
        if number not in known:
            there = ", ".join(map(str, known))
            raise ValueError(f"There is no lesson {number}. There are lessons {there}.")
        self.number = number
        self.record = known[number]

    def __repr__(self) -> str:
        return f"Lesson({self.number}): {self.record['title']}"

    def open(self) -> Page:
        """Hook, minutes, objectives, content note, pass rule and help."""
        return pages.opening(self.record, notes())

    def show(self, activity: str) -> Activity | Page:
        """An activity of this lesson, with the answers the learner has already given.

        Arguments:
            activity: its id in ``data/activities/NN.json``.

        Returns:
            The widget; or, when its data cannot be used, a page that says so and why.
        """
        try:
            known = content.activities(self.number)
            if activity not in known:
                file = f"activities/{self.number:02}.json"
                raise DataError(_unknown(file, activity, list(known)))
            record = known[activity]
            kind = kind_class(record["kind"])
            if problems := kind.problems(record, f"activities/{self.number:02}.json"):
                raise DataError(problems)
            made = kind(self.number, record, journal())
        except DataError as error:
            return pages.refusal(error)
        return put_on_screen(made)

    def my_posts(self, folder: str) -> Activity | Page:
        """A teacher's own posts, to trust or to question; ``data/my_posts.md`` tells how.

        Arguments:
            folder: its name inside the course's folder, beside ``lessons``.

        Returns:
            The widget; or, when something in the folder must be mended, a page that says what.
        """
        from secondlook import own_posts  # not a learner's cost where nobody uses it

        course = course_folder()
        try:
            place = own_posts.folder_in(course, folder)
            own = own_posts.read(place)
            if own.problems:
                raise DataError(own.problems)
            record = own_posts.activity(own, place, course)
        except DataError as error:
            return pages.refusal(error)
        if own_posts.mention_crisis(own):
            record["ask"] += f" {pages.help_text()}"
        return put_on_screen(kind_class("judge")(self.number, record, journal()))

    def talk(self) -> Page:
        """The prompts for pairs and for the class."""
        return pages.talk(self.record)

    def table(
        self, name: str, caption: str = "", columns: Mapping[str, str] | None = None, **only: Any
    ) -> Page:
        """A table of published figures.

        Arguments:
            name: of the table, ``data/studies/<name>.csv``.
            caption: what it shows; the table's name when left out.
            columns: the columns to show, each with the head it gets; all when left out.
            only: column=value pairs that rows must match.

        Raises:
            DataError: there is no such table.
            ValueError: no row matches.
            KeyError: there is no such column.
        """
        rows = self.rows(name, columns, **only)
        return table(rows, caption or name.replace("_", " "))

    def rows(
        self, name: str, columns: Mapping[str, str] | None = None, **only: Any
    ) -> list[dict[str, str]]:
        """The rows of :meth:`table`: the text of each cell under the head of its column."""
        return [
            {head: row[column] for column, head in columns.items()}
            if columns
            else {column: value for column, value in row.items() if column not in FOR_EDITORS}
            for row in content.study_rows(name)
            if all(row.get(column) == str(value) for column, value in only.items())
        ]

    def keep(self) -> Keep:
        """The learner's code, "Save my work" and "Load my work"."""
        return Keep(journal(), refresh_all)

    def close(self) -> Keep:
        """Recap ("You can now"), a source worth following, the references, and saving."""
        return Keep(journal(), refresh_all, pages.recap(self.record))


def _unknown(file: str, activity: str, known: list[str]) -> list[Any]:
    from secondlook.checks import unknown

    return unknown(file, activity, "id", [activity], known, file)
