"""A lesson's outline is what its notebook holds, in its order, under the minutes of the syllabus."""

from __future__ import annotations

import json

import pytest

from secondlook import content, prose
from secondlook.outline import Part, Step, outline


@pytest.mark.parametrize("number", content.syllabus())
def test_every_activity_and_minute_of_a_lesson_is_in_its_outline(number):
    lesson, parts = content.syllabus()[number], outline(number)
    assert {part.key: part.minutes for part in parts[1:]} == {
        key: many for key, many in lesson["minutes"].items() if key != "notes"
    }
    shown = [step.what for part in parts for step in part.steps if step.kind == "show"]
    assert shown == list(content.activities(number))
    assert [part.key for part in parts for step in part.steps if step.kind == "talk"] == (
        ["talk"] if number else []
    )
    assert all(step.what.strip() for part in parts for step in part.steps if step.kind != "talk")


def test_a_table_keeps_what_the_notebook_gives_it():
    (reach,) = [step for part in outline(4) for step in part.steps if step.kind == "table"]
    assert reach.what == "reach" and reach.options["caption"].startswith("Autism videos")


def notebook(*cells):
    return json.dumps({"cells": [
        {"cell_type": kind, "source": [text], "metadata": more[0] if more else {}}
        for kind, text, *more in cells
    ]})  # fmt: skip


@pytest.fixture
def lesson(tmp_path, monkeypatch):
    def make(*cells):
        (tmp_path / "x.ipynb").write_text(notebook(*cells), encoding="utf-8")
        record = {"number": 1, "file": "x.ipynb", "minutes": {"starter": 3, "notes": 2, "exit": 5}}
        monkeypatch.setattr(content, "syllabus", lambda: {1: record})
        monkeypatch.setattr(content, "lessons_dir", lambda: tmp_path)
        return lambda: outline(1)

    return make


def test_what_follows_the_lesson_is_left_out(lesson):
    shown = "from secondlook import Lesson; Lesson(1).show('a')"
    made = lesson(
        ("markdown", "# Title\n\nA hook."), ("code", "from secondlook import Lesson; Lesson(1).open()"),
        ("markdown", "## Warm-up (3 min)\n\nGo."), ("code", shown),
        ("markdown", "## Exit ticket (5 min)"), ("markdown", "Two."),
        ("markdown", "## Look under the hood (optional)"), ("code", "print(1)"), ("markdown", "More."),
    )()  # fmt: skip
    assert made == [
        Part("opening", "", 0, [Step("prose", "A hook.")]),
        Part("starter", "Warm-up", 3, [Step("prose", "Go."), Step("show", "a")]),
        Part("exit", "Exit ticket", 5, [Step("prose", "Two.")]),
    ]


def test_a_cell_may_say_what_stands_in_its_place_on_paper(lesson):
    shown = "from secondlook import Lesson; Lesson(1).show('a')"
    made = lesson(
        ("markdown", "# Title\n\nPress it.", {"paper": "Tick it."}),
        ("markdown", "## Warm-up (3 min)\n\nGo."),
        ("code", shown, {"tags": ["screen"]}),
        ("markdown", "## Exit ticket (5 min)\n\nScroll up.", {"tags": ["screen"]}),
    )()
    assert [step.paper for part in made for step in part.steps] == ["Tick it.", None, "", ""]
    assert [part.heading for part in made] == ["", "Warm-up", "Exit ticket"]


@pytest.mark.parametrize(
    "headings",
    [["## Warm-up (3 min)"], ["## Warm-up (4 min)", "## Exit ticket (5 min)"],
     ["## Warm-up (3 min)", "## Exit ticket (5 min)", "## Talk (8 min)"]],
)  # fmt: skip
def test_headings_that_do_not_agree_with_the_minutes_are_refused(lesson, headings):
    with pytest.raises(ValueError):
        lesson(*(("markdown", one) for one in headings))()


def test_markdown_becomes_html_and_html_in_it_becomes_text():
    made = prose.to_html("**b** <script>alert(1)</script>\n\n| a |\n|---|\n| 1 |")
    assert "<strong>b</strong>" in made and "<td>1</td>" in made and "<script>" not in made
    assert 'href="javascript' not in prose.to_html("[x](javascript:alert(1))")
