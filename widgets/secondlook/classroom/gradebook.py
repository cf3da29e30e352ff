"""CSV files for a gradebook, keyed by the learner code: Canvas and Moodle.

By default a file says who has done what, for the tests are no grade; the right answers of 40 go
in only when asked for. d' never does, for of one learner it is mostly noise.

The columns of Canvas are those its importer reads (``lib/gradebook_importer.rb`` of
instructure/canvas-lms): Student, ID, SIS User ID, SIS Login ID, Section, the assignments, and a
second row that says "Points Possible". ID columns are left empty, and Canvas then asks which
student each code is, unless the teacher fills one in. Moodle lets the teacher say which column is
what (docs.moodle.org, "Grade import"): map "ID number" to "useridnumber" after putting the school's
numbers in place of the codes.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from secondlook import forms
from secondlook.classroom.summary import Summary

CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
MOODLE = ("ID number",)
# No title ends in a number in brackets: Canvas would take it for an assignment's id.
DONE = {
    "before": "Second Look: test before, done",
    "after": "Second Look: test after, done",
    "later": "Second Look: test later, done",
}
RIGHT = {
    "before": "Second Look: test before, right answers",
    "after": "Second Look: test after, right answers",
    "later": "Second Look: test later, right answers",
}
LESSONS = "Second Look: lessons worked on"
MOST_LESSONS = 13  # 0 to 12
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def plain_cell(text: str) -> str:
    """``text`` as a cell that no spreadsheet takes for a formula.

    A leading sign that starts a formula gets an apostrophe before it, also after spaces. Source:
    OWASP, CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection
    """
    return f"'{text}" if text.lstrip(" \u00a0\ufeff").startswith(_FORMULA) else text


def canvas(summary: Summary, *, scores: bool = False) -> str:
    """A CSV that Canvas imports.

    Arguments:
        summary: of the class.
        scores: right answers of 40 too, and not only who has done what.
    """
    titles, points, rows = _columns(summary, scores)
    head = [[*CANVAS, *titles], ["    Points Possible", "", "", "", "", *points]]
    body = [[learner, "", "", "", class_name, *cells] for class_name, learner, cells in rows]
    return _csv([*head, *body])


def moodle(summary: Summary, *, scores: bool = False) -> str:
    """A CSV that Moodle imports. Arguments as in `canvas`."""
    titles, _, rows = _columns(summary, scores)
    return _csv([[*MOODLE, *titles], *([learner, *cells] for _, learner, cells in rows)])


def _columns(
    summary: Summary, scores: bool
) -> tuple[list[str], list[str], list[tuple[str, str, list[str]]]]:
    """Titles, points possible, and class, learner and cells of each learner, in order."""
    tests = {
        (str(row["class_name"]), str(row["learner"]), str(row["occasion"])): int(row["right"])
        for row in summary.counted.to_dict("records")
    }
    lessons = {
        (str(row["class_name"]), str(row["learner"])): int(row["lessons"])
        for row in summary.learners.to_dict("records")
    }
    everyone = {*lessons}
    everyone |= {
        (str(row["class_name"]), str(row["learner"])) for row in summary.tests.to_dict("records")
    }
    asked = [one for one in forms.OCCASIONS if one != "later" or any(k[2] == one for k in tests)]
    titles, points = [DONE[one] for one in asked], ["1"] * len(asked)
    if scores:
        titles += [RIGHT[one] for one in asked]
        points += [str(forms.POSTS + forms.PER_PART * len(forms.PARTS))] * len(asked)
    rows = []
    for key in sorted(everyone):
        right = [tests.get((*key, one)) for one in asked]
        # What was not done stays empty: an import must not overwrite a mark with nothing.
        cells = ["" if one is None else "1" for one in right]
        cells += ["" if one is None else str(one) for one in right] if scores else []
        rows.append((*key, [*cells, str(lessons.get(key, 0))]))
    return [*titles, LESSONS], [*points, str(MOST_LESSONS)], rows


def _csv(rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([plain_cell(cell) for cell in row] for row in rows)
    return out.getvalue()
