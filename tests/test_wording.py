"""The wording rules reach every text of the course, and help stands beside a mention of a crisis.

THIS FILE CONTAINS BAD EXAMPLES ON PURPOSE, like test_safety.py; nothing here is shown to learners.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from secondlook import activities, content, pages, safety, wording
from secondlook.checks import DataError

BLOCKED = "He committed suicide."
WARNED = "That is a toxic friend."


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A course of next to nothing: each test puts one text into it."""
    data = content.data_dir()
    for folder in ("data/schemas", "data/studies", "data/activities", "data/tests", "lessons",
                   "static", "lab", "package", "handouts/en"):  # fmt: skip
        (tmp_path / folder).mkdir(parents=True)
    for name in (safety.RULES_FILE, f"schemas/{wording.REVIEWED.replace('.json', '.schema.json')}"):
        shutil.copy(data / name, tmp_path / "data" / name)
    (tmp_path / "data" / wording.REVIEWED).write_text("[]")
    monkeypatch.setenv("SECONDLOOK_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("SECONDLOOK_LESSONS", str(tmp_path / "lessons"))
    monkeypatch.setenv("SECONDLOOK_HANDOUTS", str(tmp_path / "handouts"))
    monkeypatch.setattr(wording, "STATIC", tmp_path / "static")
    monkeypatch.setattr(wording, "HERE", tmp_path / "package")
    monkeypatch.setattr(wording, "_lab", lambda: (tmp_path / "lab").glob("*.js"))
    yield tmp_path


def said(place: Path, name: str, text: str) -> str:
    (place / name).write_text(text, encoding="utf-8")
    return "\n".join(map(str, wording.problems()))


def allow(place: Path, *entries: dict[str, Any]) -> None:
    (place / "data" / wording.REVIEWED).write_text(json.dumps(entries))


def notebook(*cells: tuple[str, str], number: int = 3) -> dict[str, Any]:
    return {
        "metadata": {"secondlook": {"lesson": number}},
        "cells": [
            {"cell_type": kind, "source": source, "metadata": {}, "outputs": []}
            for kind, source in cells
        ],
    }


# Each kind of file, with a text in it: (file, its content around the text, item, field).
PLACES = {
    "a field of a record": ("data/glossary.json", '{"terms": [{"term": "x", "plain": "TEXT"}]}',
                            "the file", "terms.0.plain"),
    "a record with an id": ("data/web.json", '{"pages": [{"id": "p9", "parts": ["TEXT"]}]}',
                            "p9", "parts.0"),
    "a key": ("data/facts.json", '{"TEXT": {"ref": "x"}}', "the file", "TEXT (the key)"),
    "a help line": ("data/helplines.json", '{"lines": [{"name": "TEXT"}]}', "the file", "lines.0.name"),
    "a mock register": ("data/registers.json", '{"registers": [{"id": "r1", "note": "TEXT"}]}',
                        "r1", "note"),
    "an activity": ("data/activities/03.json", '{"activities": [{"id": "a1", "ask": "TEXT"}]}',
                    "a1", "ask"),
    "a question of a test": ("data/tests/A.json", '{"questions": [{"id": "a1", "quote": "TEXT"}]}',
                             "a1", "quote"),
    "a schema": ("data/schemas/x.schema.json", '{"description": "TEXT"}', "the file",
                 "description"),
    "a table": ("data/studies/x.csv", "a,b\n1,TEXT\n", "the file", "line 2"),
    "a datasheet": ("data/studies/x.md", "# Head\n\nTEXT\n", "the file", "line 3"),
    "the syllabus": ("lessons/syllabus.toml", '[lesson.3]\ntitle = "TEXT"\n', "the file",
                     "lesson.3.title"),
    "Markdown": ("lessons/03_x.ipynb", json.dumps(notebook(("markdown", "TEXT"))),
                 "the notebook", "cell 1"),
    "code": ("lessons/03_x.ipynb", json.dumps(notebook(("code", "x = 'TEXT'"))),
             "the notebook", "cell 1, source"),
    "a widget's script": ("static/x.js", 'const a = "TEXT";', "the script", "text 0"),
    "the extension's script": ("lab/x.js", "const a = `TEXT`;", "the script", "text 0"),
    "a letter or card": ("handouts/en/x.md", "# Head\n\nTEXT\n", "the file", "paragraph 2"),
    "the package": ("package/x.py", 'a = "TEXT"\n', "the script", "line 1"),
}  # fmt: skip


@pytest.mark.parametrize("name", PLACES)
def test_a_bad_wording_is_found_wherever_it_stands(place, name):
    file, around, item, field = PLACES[name]
    assert said(place, file, around.replace("TEXT", "A neutral sentence.")) == ""
    for text, rule in ((BLOCKED, "rule S01"), (WARNED, "rule M13")):
        found = said(place, file, around.replace("TEXT", text))
        where = f"item {item}: field {field.replace('TEXT', text)}"
        assert where in found and rule in found and "safe wording" in found, found


def test_a_bad_wording_is_found_in_what_python_puts_together(place):
    assert "rule S01" in said(place, "package/x.py", 'a = f"He {who} committed suicide."\n')


def test_a_bad_wording_is_found_over_the_end_of_a_line(place):
    assert "rule S01" in said(place, "handouts/en/x.md", "- He committed\r\n  suicide.\r\n")


def test_a_text_is_looked_at_again_where_it_is_no_quotation(place):
    text = json.dumps([{"id": "x", "title": WARNED}])
    (place / "data" / "references.json").write_text(text)
    assert "web.json" in said(place, "data/web.json", text)
    (place / "data" / "references.json").unlink()
    assert (
        said(place, "data/web.json", json.dumps([{"a": WARNED}, {"b": WARNED}])).count("M13") == 2
    )


def test_a_bad_wording_is_found_in_the_name_of_a_file(place):
    assert "rule S01" in said(place, "data/studies/commit_suicide.csv", "a,b\n")


def test_a_file_that_cannot_be_read_is_a_problem(place):
    assert "glossary.json" in said(place, "data/glossary.json", "{")


def test_a_marked_quotation_is_the_only_way_to_say_it_in_a_lesson(place):
    mark = f"<!-- quoted-example -->{BLOCKED}<!-- /quoted-example -->"
    for source, seen in ((mark, False), (f'"{BLOCKED}"', True), (f"> {BLOCKED}", True)):
        file = json.dumps(notebook(("markdown", source)))
        assert ("S01" in said(place, "lessons/03_x.ipynb", file)) == seen


def test_titles_of_papers_are_quoted_and_nothing_else_is(place):
    for name in ("references.json", "glossary.json"):
        text = json.dumps([{"id": "x", "title": "The narcissist: a review"}])
        assert ("M13" in said(place, f"data/{name}", text)) == (name != "references.json")
        (place / "data" / name).unlink()


# --- what a person has let stand ------------------------------------------------------------------

POSTS = json.dumps([{"id": "p1", "caption": WARNED}])
ENTRY = {"file": "posts.json", "rule": "M13", "words": ["toxic"], "items": ["p1"],
         "why": "The post is about the word itself."}  # fmt: skip


def test_a_reviewed_wording_may_stay_where_it_was_reviewed(place):
    allow(place, ENTRY)
    assert said(place, "data/posts.json", POSTS) == ""
    for other in (POSTS.replace("p1", "p2"), POSTS.replace("toxic friend", "toxic narcissist")):
        assert "rule M13" in said(place, "data/posts.json", other)
    assert "rule M13" in said(place, "data/web.json", POSTS)


BAD_LISTS = {
    "no list": ({}, "allowed: array"),
    "no reason": ([{**ENTRY, "why": ""}], "why"),
    "too short a reason": ([{**ENTRY, "why": "it is ok"}], "why"),
    "no reason at all": ([{k: v for k, v in ENTRY.items() if k != "why"}], "why"),
    "capitals": ([{**ENTRY, "words": ["Toxic"]}], "small letters"),
    "an unknown rule": ([{**ENTRY, "rule": "M99"}], "'M99'"),
    "a rule that blocks": ([{**ENTRY, "rule": "S01", "words": ["committed suicide"]}], "'S01'"),
    "an entry twice": ([ENTRY, ENTRY], "an id used only once"),
    "what no longer stands there": ([ENTRY, {**ENTRY, "items": ["p7"]}], "take it out of the list"),
    "an unknown field": ([{**ENTRY, "by": "me"}], "an unknown field"),
}


@pytest.mark.parametrize("name", BAD_LISTS)
def test_a_bad_list_of_reviewed_wordings_is_refused(place, name):
    entries, expected = BAD_LISTS[name]
    (place / "data" / wording.REVIEWED).write_text(json.dumps(entries))
    assert expected in said(place, "data/posts.json", POSTS)


def test_a_bad_list_raises_where_it_is_read(place):
    (place / "data" / wording.REVIEWED).write_text("[7]")
    with pytest.raises(DataError, match=r"wording_reviewed\.json"):
        wording.reviewed()


def test_every_warning_of_the_course_has_been_reviewed():
    counts = wording.counts()
    print("wordings that stay, by rule:", counts)
    assert counts.keys() == {rule for _, _, rule, _ in wording.reviewed()}
    assert sum(counts.values()) >= len(wording.reviewed())


DRAWN = re.compile(r"<!-- drawn: .+? -->.*?<!-- /drawn -->", re.DOTALL)


def unsafe(document: str, name: str) -> list[safety.Finding]:
    """What the rules find in a document, but for what is drawn: its sources are checked themselves."""
    kept = DRAWN.sub(lambda drawn: "\n" * drawn[0].count("\n"), document)
    lines = enumerate(kept.splitlines(), start=1)
    return [one for at, line in lines for one in safety.check_text(line, where=f"{name}:{at}")]


def test_the_documents_of_the_repository_are_worded_safely():
    root = Path(__file__).resolve().parents[1]
    for path in sorted(root.glob("*.md")):
        assert unsafe(path.read_text(encoding="utf-8"), path.name) == []


def test_a_bad_wording_is_found_beside_what_is_drawn_in_a_document():
    drawn = f"<!-- drawn: key-3 -->\n\n{WARNED}\n<!-- /drawn -->\n"
    assert unsafe(drawn + drawn, "x.md") == []
    assert [one.where for one in unsafe(f"{drawn}{BLOCKED}\n{drawn}", "x.md")] == ["x.md:5"]


# --- help beside a mention ------------------------------------------------------------------------

OPEN = ("code", "from secondlook import Lesson; Lesson(3).open()")
SHOW = ("code", 'from secondlook import Lesson; Lesson(3).show("exit")')
SAID = "A friend talks about self-harm."


def missing(*cells: tuple[str, str], shown: str = "calm words") -> list[str]:
    return list(map(str, wording.without_help("03.ipynb", notebook(*cells), {"exit": [shown]})))


def test_help_above_a_mention_is_enough():
    assert missing(OPEN, ("markdown", SAID), SHOW, shown=SAID) == []
    assert missing(("markdown", "calm"), SHOW) == []


@pytest.mark.parametrize(
    ("cells", "shown", "item"),
    [
        ([("markdown", SAID)], "", "cell 1"),
        ([("markdown", SAID), OPEN], "", "cell 1"),  # help below it
        ([SHOW], SAID, "exit"),
        ([SHOW, OPEN], SAID, "exit"),
        ([("code", "from secondlook import Lesson; Lesson(4).open()"), SHOW], SAID, "exit"),
        ([("markdown", "Lesson(3).open()"), SHOW], SAID, "exit"),
        ([("code", "# Lesson(3).open()"), SHOW], SAID, "exit"),
        ([("code", f"print('{SAID}')")], "", "cell 1"),
    ],
)
def test_a_mention_without_help_above_it_is_refused(cells, shown, item):
    (found,) = missing(*cells, shown=shown)
    assert f"03.ipynb: item {item}" in found and "Lesson(3).open()" in found


def test_an_activity_that_no_cell_shows_is_no_mention():
    assert missing(("code", 'Lesson(3).show("other")'), shown=SAID) == []


@pytest.mark.parametrize("number", sorted(content.syllabus()))
def test_no_lesson_mentions_a_crisis_without_help(number):
    assert list(map(str, activities.crisis_problems(number))) == []


@pytest.mark.parametrize("number", sorted(content.syllabus()))
def test_the_opening_of_each_lesson_holds_the_help_block(number):
    page = pages.opening(content.syllabus()[number], [])
    assert pages.help_block() in page.markup and pages.help_text() in page.text


def _closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lesson 3 without its opening."""
    for path in content.lessons_dir().glob("*"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace("Lesson(3).open()", "Lesson(3).talk()"))
    monkeypatch.setenv("SECONDLOOK_LESSONS", str(tmp_path))


def test_a_lesson_without_its_opening_passes_while_nothing_is_mentioned(tmp_path, monkeypatch):
    _closed(tmp_path, monkeypatch)
    assert activities.crisis_problems(3) == []


def test_a_mention_in_a_post_that_an_activity_shows_is_seen(tmp_path, monkeypatch):
    _closed(tmp_path, monkeypatch)
    judged = next(one for one in content.activities(3).values() if one["kind"] == "judge")
    post = content.record("posts", judged["items"][0]["post"])
    monkeypatch.setitem(post, "caption", SAID)
    (found,) = map(str, activities.crisis_problems(3))
    assert f"item {judged['id']}" in found and "self-harm" in found


def test_a_mention_in_the_feedback_of_an_activity_is_seen(tmp_path, monkeypatch):
    _closed(tmp_path, monkeypatch)
    one = next(iter(content.activities(3).values()))
    monkeypatch.setitem(one, "ask", SAID)
    (found,) = map(str, activities.crisis_problems(3))
    assert f"item {one['id']}" in found


def test_a_lesson_that_is_not_there_is_a_problem(tmp_path, monkeypatch):
    content.syllabus()
    monkeypatch.setenv("SECONDLOOK_LESSONS", str(tmp_path))
    assert "the lesson's notebook" in str(activities.crisis_problems(3)[0])


def test_the_check_of_the_course_looks_at_both(monkeypatch):
    monkeypatch.setattr(wording, "problems", lambda: ["a wording"])
    monkeypatch.setattr(activities, "crisis_problems", lambda number: [f"lesson {number}"])
    assert activities.check_all() == [f"lesson {n}" for n in content.syllabus()] + ["a wording"]
