"""CSV for Canvas and Moodle: their columns, codes only, and no cell that is a formula."""

from __future__ import annotations

import csv
import io
import re

import pytest

from a_class import CODES, Kept, class_of, plain_forms, sheet, summary_of  # noqa: F401
from secondlook import forms
from secondlook.classroom import gradebook

pytestmark = pytest.mark.usefixtures("plain_forms")


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline="")))


def test_canvas_has_the_columns_that_its_importer_asks_for():
    table = rows(gradebook.canvas(summary_of(class_of([(6, 4)], [(8, 2)], n=6))))
    head, points = table[0], table[1]
    # What GradebookImporter checks: Student, ID, SIS User ID and SIS Login ID side by side, Section.
    assert "Student" in head[0] and "ID" in head[1]
    assert re.search(r"SIS\s+User\s+ID", head[2]) and re.search(r"SIS\s+Login\s+ID", head[3])
    assert "Section" in head[4]
    assert "Points Possible" in points[0]
    assert points[5:] == ["1", "1", "13"]
    assert [one[0] for one in table[2:]] == sorted(CODES[:6])
    assert {tuple(one[1:]) for one in table[2:]} == {("", "", "", "", "1", "1", "0")}
    assert {len(one) for one in table} == {8}


@pytest.mark.parametrize("write", [gradebook.canvas, gradebook.moodle])
def test_no_title_is_taken_for_something_else(write):
    kept = [*class_of([(6, 4)], [(8, 2)], n=6), Kept("l", sheet(CODES[0], "later", "C"))]
    titles = rows(write(summary_of(kept), scores=True))[0]
    for title in titles:
        assert not re.search(r"\(\d+\)\s*$", title)  # Canvas reads an id there
        assert not re.search("(Current|Final) (Score|Points|Grade)|Override", title)
    assert len(set(titles)) == len(titles)


def test_moodle_maps_by_id_number():
    table = rows(gradebook.moodle(summary_of(class_of([(6, 4)], [(8, 2)], n=6))))
    assert table[0] == [
        "ID number",
        gradebook.DONE["before"],
        gradebook.DONE["after"],
        gradebook.LESSONS,
    ]
    assert table[1:] == [[code, "1", "1", "0"] for code in sorted(CODES[:6])]


def test_what_was_not_done_stays_empty():
    kept = [
        Kept("a", sheet(CODES[0], "before", "A")),
        Kept("b", sheet(CODES[1], "before", "A", finished=False)),
    ]
    table = {one[0]: one[1:] for one in rows(gradebook.moodle(summary_of(kept)))}
    assert table[CODES[0]] == ["1", "", "0"]
    assert table[CODES[1]] == ["", "", "0"]


def test_right_answers_only_when_asked_for_and_never_d_prime():
    summary = summary_of([Kept("a", sheet(CODES[0], "before", "A", 8, 2, questions=13))])
    table = rows(gradebook.canvas(summary, scores=True))
    assert table[0][5:] == [
        *list(gradebook.DONE.values())[:2],
        *list(gradebook.RIGHT.values())[:2],
        gradebook.LESSONS,
    ]
    assert table[1][5:] == ["1", "1", "40", "40", "13"]
    assert table[2][5:] == ["1", "", "29", "", "0"]
    assert "29" not in gradebook.canvas(summary)
    for write in (gradebook.canvas, gradebook.moodle):
        assert "1.50" not in write(summary, scores=True) and "d'" not in write(summary, scores=True)


@pytest.mark.parametrize("name", [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =cmd|' /C calc'!A0", "＝1+1", "\ufeff=1", "\u00a0@x",
])  # fmt: skip
def test_no_cell_is_a_formula(name):
    text = gradebook.canvas(
        summary_of([Kept("a", sheet(CODES[0], "before", "A"), class_name=name)])
    )
    section = rows(text)[2][4]
    assert section == f"'{name}"
    assert gradebook.plain_cell("class 8a, set =2") == "class 8a, set =2"


def test_quotes_and_commas_stay_in_their_cell():
    name = 'a "b", c\nd'
    table = rows(
        gradebook.canvas(summary_of([Kept("a", sheet(CODES[0], "before", "A"), class_name=name)]))
    )
    assert table[2][4] == name and len(table) == 3


def test_nobody():
    assert len(rows(gradebook.canvas(summary_of([])))) == 2
    assert len(rows(gradebook.moodle(summary_of([])))) == 1
    assert set(gradebook.DONE) == set(gradebook.RIGHT) == set(forms.OCCASIONS)
