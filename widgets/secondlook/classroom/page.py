"""The class report as one HTML file: what it says (`View`) put into the template.

The file opens offline and holds no script. Three things keep it so: the template escapes every
text, the pictures are built as trees, and the page's own content security policy forbids scripts
and anything from elsewhere, should the first two ever fail.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources

from markupsafe import Markup

from secondlook import __version__
from secondlook.classroom.findings import Finding
from secondlook.templates import environment

#: The first lines of every report, by which one is known again before it is overwritten.
MARK = "<!doctype html>\n<!-- secondlook class report -->"


LISTED = 1000  # learners, classes or files that a page lists one by one
NOTHING = "–"  # in a cell without a number


@dataclass(frozen=True)
class Cell:
    """A cell with lines in small print under its text."""

    text: str
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Table:
    """A table beside a picture, or on its own.

    Attributes:
        caption: what it shows.
        head: of each column.
        rows: of each, its cells; the first is the row's heading.
        numbers: places of the columns that hold numbers.
        codes: whether the first column holds learner codes or file names.
    """

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str | Cell]]
    numbers: Sequence[int] = ()
    codes: bool = False


@dataclass(frozen=True)
class Card:
    """Something to do: a heading and a few lines."""

    heading: str
    lines: Sequence[str]


@dataclass(frozen=True)
class View:
    """What the report says, in the order in which it says it.

    A picture is "" where there is nothing to draw; then the field ``..._none`` says why.
    """

    title: str
    note: str  # under the title; "" for none
    made: str
    mood: str  # of the first box: good, warm or note
    story: Sequence[str]
    monday: Sequence[Card]
    monday_none: str
    plane: Markup
    plane_table: Table
    plane_note: str
    change: Markup
    change_lead: str
    change_table: Table | None
    measures_table: Table | None
    change_note: str
    change_told: Sequence[Finding]
    change_none: str
    classes_table: Table | None
    sure: Markup
    sure_table: Table | None
    sure_told: Sequence[Finding]
    sure_none: str
    items: Markup
    items_lead: str
    parts_table: Table | None
    items_none: str
    hard_table: Table | None
    form_tables: Sequence[Table]
    handed: Markup
    handed_table: Table
    learners_table: Table | None
    learners_none: str
    refused_table: Table | None
    refused_more: str
    limits: Sequence[str]


def render(view: View) -> str:
    """The report as the text of one HTML file."""
    style = resources.files("secondlook.classroom").joinpath("templates/report.css")
    template = environment("secondlook.classroom").get_template("report.html")
    return template.render(
        view=view, style=Markup(style.read_text(encoding="utf-8")), version=__version__
    )
