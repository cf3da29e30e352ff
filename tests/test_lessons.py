"""Every lesson keeps the rules; every rule refuses a notebook that breaks it."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
import textstat

import lesson_rules as rules
from secondlook import content, forms, safety, sitting
from secondlook.activities import check_all, kind_class
from secondlook.markup import STATIC

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "lessons").glob("[01][0-9]_*.ipynb"))
TESTS = sorted((ROOT / "lessons").glob("test_*.ipynb"))
NUMBERS = sorted(content.syllabus())


def load(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


def by_number(number: int) -> dict[str, Any]:
    return load(ROOT / "lessons" / content.syllabus()[number]["file"])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_a_lesson_keeps_the_rule(path, rule):
    assert list(rule(load(path))) == []


def test_every_lesson_of_the_syllabus_is_there_and_no_other():
    assert [path.name for path in NOTEBOOKS] == [content.syllabus()[n]["file"] for n in NUMBERS]


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.stem)
@pytest.mark.parametrize("rule", rules.TEST_RULES, ids=lambda rule: rule.__name__)
def test_a_test_keeps_the_rule(path, rule):
    assert list(rule(load(path))) == []


def test_there_is_a_notebook_for_every_test():
    assert [path.name for path in TESTS] == sorted(f"test_{one}.ipynb" for one in forms.OCCASIONS)
    for path in TESTS:
        assert path.stem == f"test_{rules.occasion(load(path))}"


@pytest.mark.parametrize(("number", "linked"), [(0, "test_before.ipynb"), (12, "test_after.ipynb")])
def test_a_lesson_leads_to_its_test_at_its_end(number, linked):
    texts = [rules.source(cell) for cell in rules.cells(by_number(number), "markdown")]
    assert any(f"]({linked})" in text for text in texts[-2:])


def test_links_between_notebooks_lead_somewhere():
    for path in [*NOTEBOOKS, *TESTS]:
        for name in re.findall(r"\]\(([^)]*\.ipynb)\)", json.dumps(load(path))):
            assert (path.parent / name).is_file(), f"{path.name} leads to {name}"


# --- each rule refuses a bad notebook ------------------------------------------------------------

HIDDEN = {"jupyter": {"source_hidden": True}, "editable": False, "deletable": False}


def code(text, **more):
    cell = {"cell_type": "code", "metadata": dict(HIDDEN), "source": text, "outputs": [],
            "execution_count": None}  # fmt: skip
    return {**cell, **more}


def prose(text):
    return {"cell_type": "markdown", "metadata": {"editable": False, "deletable": False},
            "source": text}  # fmt: skip


def call(what):
    return code(f"from secondlook import Lesson; Lesson(3).{what}")


GOOD = {
    "cells": [prose("# Title\nHook."), call("open()"), prose("## Part"), call('show("a-b")'),
              call("talk()"), call("close()")],
    "metadata": {"language_info": {"name": "python"}, "kernelspec": {"name": "python3"},
                 "secondlook": {"lesson": 3}},
}  # fmt: skip


def with_cell(cell):
    return {**GOOD, "cells": [*GOOD["cells"], cell]}


def with_metadata(**more):
    return {**GOOD, "metadata": {**GOOD["metadata"], **more}}


stored = [{"output_type": "stream", "name": "stdout", "text": "7"}]
line = "from secondlook import Lesson; Lesson(3).open()"
BAD = [
    (rules.outputs, with_cell(code(line, outputs=stored))),
    (rules.outputs, with_cell(code(line, execution_count=4))),
    (rules.outputs, with_cell(code(line, metadata={**HIDDEN, "tags": ["nbval-check-output"]}))),
    (rules.tagged, with_cell(code(line, metadata={**HIDDEN, "tags": ["nbval-skip"]}))),
    (rules.on_paper, with_cell({**prose("Press it."), "metadata": {"paper": " "}})),
    (rules.on_paper, with_cell({**prose("Press it."), "metadata": {"paper": ["Tick it."]}})),
    (rules.on_paper, with_cell({**prose("Press it."), "metadata": {"paper": "## Tick it"}})),
    (
        rules.on_paper,
        with_cell({**prose("Press it."), "metadata": {"paper": "x", "tags": ["screen"]}}),
    ),
    (rules.on_paper, with_cell(code(line, metadata={**HIDDEN, "paper": "Tick it."}))),
    (rules.one_line, with_cell(code("import os"))),
    (rules.one_line, with_cell(code(line + "\n" + line))),
    (rules.one_line, with_cell(code(line + "; print(1)"))),
    (rules.one_line, with_cell(code("1\n" * 13, metadata={"tags": ["under-the-hood"]}))),
    (rules.own_number, with_cell(code("from secondlook import Lesson; Lesson(4).open()"))),
    (rules.locked, with_cell(code(line, metadata={**HIDDEN, "deletable": True}))),
    (rules.locked, with_cell(code(line, metadata={**HIDDEN, "editable": True}))),
    (rules.locked, with_cell(code(line, metadata={**HIDDEN, "jupyter": {}}))),
    (rules.locked, with_cell(code(line, metadata={**HIDDEN, "tags": ["under-the-hood"]}))),
    (rules.kernel, with_metadata(language_info={"name": "python", "version": "3.12.1"})),
    (rules.kernel, with_metadata(kernelspec={"name": "my-env"})),
    (rules.kernel, with_metadata(widgets={})),
    (rules.headings, with_cell(prose("#### Too deep"))),
    (rules.headings, with_cell(prose("# A second title"))),
    (rules.alternatives, with_cell(prose("![x](cat.png)"))),
    (rules.alternatives, with_cell(prose("<div onclick='x'>hi</div>"))),
    (rules.offline, with_cell(code("import requests"))),
    (rules.offline, with_cell(code("!curl example.org"))),
    (rules.offline, with_cell(prose("![a picture of a cat](https://example.org/cat.png)"))),
    (rules.typed_figures, with_cell(prose("In the study 82.1% were accurate."))),
    (rules.typed_figures, with_cell(prose("They found it in 7 out of 10."))),
    (rules.shell, with_cell(call("close()"))),
    (rules.shell, {**GOOD, "cells": [*GOOD["cells"], *[call('show("x")')] * 12]}),
]


def sat(*what, occasion="before"):
    cells = [code(f'from secondlook import Test; Test("{occasion}").{one}()') for one in what]
    metadata = {**GOOD["metadata"], "secondlook": {"test": "before"}}
    return {"cells": [prose("# Title"), *cells], "metadata": metadata}


GOOD_TEST = sat("open", "show", "hand_in")
BAD_TESTS = [
    (rules.sitting, sat("show", "open", "hand_in")),
    (rules.sitting, sat("open", "show")),
    (rules.sitting, sat("open", "show", "show", "hand_in")),
    (rules.sitting, sat("open", "show", "hand_in", occasion="after")),
    (rules.one_line, sat("open", "result")),
    (rules.one_line, {**GOOD_TEST, "cells": [*GOOD_TEST["cells"], code(line)]}),
    (rules.one_line, {**GOOD, "cells": [*GOOD["cells"], GOOD_TEST["cells"][1]]}),
]


def test_a_good_notebook_passes_every_rule():
    assert [list(rule(GOOD)) for rule in rules.RULES] == [[]] * len(rules.RULES)
    assert [list(rule(GOOD_TEST)) for rule in rules.TEST_RULES] == [[]] * len(rules.TEST_RULES)


@pytest.mark.parametrize(
    ("rule", "notebook"), [*BAD, *BAD_TESTS], ids=lambda one: getattr(one, "__name__", "")
)
def test_a_rule_refuses_a_bad_notebook(rule, notebook):
    assert list(rule(copy.deepcopy(notebook)))


def test_every_rule_has_a_bad_notebook():
    assert {rule for rule, _ in BAD} == set(rules.RULES)
    tried = {rule for rule, _ in [*BAD, *BAD_TESTS]}
    assert tried == {*rules.RULES, *rules.TEST_RULES}


# --- the syllabus and the notebook say the same --------------------------------------------------


@pytest.mark.parametrize("number", NUMBERS)
def test_title_and_minutes_agree_with_the_syllabus(number):
    lesson = content.syllabus()[number]
    text = "\n".join(rules.source(cell) for cell in rules.cells(by_number(number), "markdown"))
    assert text.startswith(f"# {lesson['title']}\n")
    assert sum(lesson["minutes"].values()) == (45 if number else 10)
    in_headings = [int(minutes) for minutes in re.findall(r"^## .*\((\d+) min\)", text, re.M)]
    for minutes in in_headings:
        assert minutes in lesson["minutes"].values()
    assert number == 0 or len(in_headings) >= 4


@pytest.mark.parametrize("number", NUMBERS)
def test_every_activity_is_shown_once_and_every_shown_one_exists(number):
    shown = re.findall(r'\.show\("([a-z0-9-]+)"\)', json.dumps(by_number(number)).replace("\\", ""))
    assert shown == list(content.activities(number))


@pytest.mark.parametrize("number", [n for n in NUMBERS if n])
def test_the_shell_of_a_lesson(number):
    parts = [one["part"] for one in content.activities(number).values()]
    assert parts == sorted(parts, key=["starter", "worked", "main", "talk", "exit"].index)
    by_part = {part: [one for one in content.activities(number).values() if one["part"] == part]
               for part in parts}  # fmt: skip
    assert sum(len(one["items"]) for one in by_part["starter"]) == 3
    assert sum(len(one["items"]) for one in by_part["exit"]) == 2
    assert all(one.get("confidence") for one in by_part["exit"])
    assert by_part["main"] and by_part["worked"]


@pytest.mark.parametrize("number", NUMBERS)
def test_objectives_come_back_word_for_word(number):
    from secondlook import pages

    lesson = content.syllabus()[number]
    for goal in lesson["objectives"]:
        assert pages.escape(goal) in pages.opening(lesson, []).markup
        assert pages.escape(goal) in pages.recap(lesson)


# --- level, wording, sources ---------------------------------------------------------------------


def learner_strings(number: int) -> list[str]:
    """Everything a learner reads in a lesson, one text each."""
    notebook = by_number(number)
    texts = [
        re.sub(r"[#*_`>|]", "", rules.source(cell)) for cell in rules.cells(notebook, "markdown")
    ]
    lesson = content.syllabus()[number]
    texts += [lesson["question"], lesson["content_note"], *lesson["objectives"], *lesson["talk"]]
    for one in content.activities(number).values():
        kept = {key: value for key, value in one.items() if key not in ("id", "kind", "part")}
        texts += words_of(kept)
    return [text for text in texts if len(text.split()) >= 5]


SKIPPED = {"id", "answer", "refs", "ref", "post", "fact", "unit", "table", "column", "topic"}


def words_of(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for one in value for text in words_of(one)]
    if isinstance(value, dict):
        return [text for key, one in value.items() if key not in SKIPPED for text in words_of(one)]
    return []


def grade(texts: list[str]) -> float:
    ended = [text if text.rstrip()[-1:] in ".?!" else text + "." for text in texts]
    return float(textstat.flesch_kincaid_grade("\n".join(ended)))


@pytest.mark.parametrize("number", NUMBERS)
def test_reading_grade_is_at_most_eight(number):
    assert grade(learner_strings(number)) <= 8


def test_reading_grade_refuses_a_lecture():
    lecture = (
        "Contemporary psychological misinformation necessitates sophisticated epistemological "
        "evaluation of heterogeneous professional communication across algorithmic environments."
    )
    assert grade([lecture]) > 8


@pytest.mark.parametrize("number", NUMBERS)
def test_wording_is_safe_in_notebook_and_data(number):
    notebook = by_number(number)
    texts = [text for _, text in safety.strings_of_notebook(notebook)]
    texts += [json.dumps(one, ensure_ascii=False) for one in content.activities(number).values()]
    blocked = [one for text in texts for one in safety.check_text(text) if one.level == "block"]
    assert blocked == []


@pytest.mark.parametrize("name", ["posts", "claims", "creators"])
def test_wording_is_safe_in_the_shared_records(name):
    for where, text in safety.strings_of_json(content.read_json(f"{name}.json")):
        blocked = [one for one in safety.check_text(text, where=where) if one.level == "block"]
        assert blocked == []


@pytest.mark.parametrize("path", sorted(STATIC.glob("*.js")), ids=lambda path: path.name)
def test_wording_is_safe_in_javascript(path):
    for text in safety.strings_of_javascript(path.read_text(encoding="utf-8")):
        spoken = text if isinstance(text, str) else text[1]
        assert [one for one in safety.check_text(spoken) if one.level == "block"] == []


def test_nothing_on_screen_loads_from_another_server():
    for path in [*STATIC.iterdir(), *(ROOT / "labextension" / "static").iterdir()]:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"(?:https?:)?//[a-z0-9-]+\.[a-z]", text), path.name
        assert "@import" not in text and "url(" not in text, path.name


def test_the_course_data_has_no_problem():
    assert list(map(str, check_all())) == []


@pytest.mark.parametrize("number", NUMBERS)
def test_a_lesson_has_a_set_in_which_half_is_sound(number):
    judged = [one for one in content.activities(number).values() if one["kind"] == "judge"]
    assert judged
    for one in judged:
        labels = [content.records("posts")[item["post"]]["label"] for item in one["items"]]
        assert labels.count("sound") == labels.count("unsound")


@pytest.mark.parametrize("number", NUMBERS)
def test_every_kind_has_its_module_its_script_and_its_test(number):
    for one in content.activities(number).values():
        kind = one["kind"]
        assert kind_class(kind).kind == kind
        assert (STATIC / f"{kind}.js").is_file()
        assert (ROOT / "tests" / f"test_{kind.replace('-', '_')}.py").is_file()


def test_what_the_extension_may_run_is_what_is_shipped():
    shipped = json.loads((ROOT / "labextension/static/shipped.json").read_text(encoding="utf-8"))
    assert shipped == {
        path.name: [rules.source(cell) for cell in rules.cells(load(path), "code")]
        for path in (ROOT / "lessons").glob("*.ipynb")
    }, "run: python tools/draw.py"


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.stem)
def test_a_tests_notebook_is_easy_to_read_and_safe(path):
    texts = [
        re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", re.sub(r"[#*_`>|]", "", rules.source(cell)))
        for cell in rules.cells(load(path), "markdown")
    ]
    assert grade([*texts, sitting.HOOKS[path.stem.removeprefix("test_")], *sitting.KNOW]) <= 8
    assert [one for text in texts for one in safety.check_text(text) if one.level == "block"] == []


def test_a_tests_questions_are_easy_to_read():
    for letter in forms.LETTERS:
        if not (content.data_dir() / "tests" / f"{letter}.json").is_file():
            continue
        texts = words_of(content.read_json(f"tests/{letter}.json")["questions"])
        assert grade([text for text in texts if len(text.split()) >= 5]) <= 8
