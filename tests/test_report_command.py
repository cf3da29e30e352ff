"""The class report by command and in the teacher's notebook: from files on a disk to one file."""

from __future__ import annotations

import functools
import json
import re
from datetime import date
from pathlib import Path

import pytest

import lesson_rules as rules
from a_class import CODES, plain_forms, sheet  # noqa: F401
from secondlook import cli, content, forms, safety
from secondlook.answer_lines import Record
from secondlook.classroom import gradebook, notebook, report
from secondlook.classroom.codes import write_code
from secondlook.classroom.hand_in import HandIn, write_hand_in

NOTEBOOK = Path(__file__).resolve().parents[1] / "lessons" / "class_report.ipynb"


@pytest.fixture(autouse=True)
def short_bootstrap(monkeypatch):
    """How often the bootstrap draws is no matter of the command."""
    for one in (report, notebook):
        monkeypatch.setattr(one, "analyse", functools.partial(one.analyse, resamples=100))


def file_of(learner: str, *sheets: forms.TestSheet) -> str:
    """What "Save my work" gives a learner who has taken these tests."""
    day, answers = date.today().isoformat(), []
    for one in sheets:
        lesson, activity = forms.PLACES[one.occasion]
        told = {**one.answers, forms.FINISHED: {"form": one.form, "edition": one.edition}}
        answers += [Record(day, lesson, activity, item, answer) for item, answer in told.items()]
    return write_hand_in(HandIn(learner, day, False, answers))


@pytest.fixture
def course(plain_forms, tmp_path, monkeypatch) -> Path:  # noqa: F811
    """A course with six learners' files, one foreign file and the codes of two more."""
    (tmp_path / "lessons").mkdir()
    folder = tmp_path / "hand_ins"
    folder.mkdir()
    letters = [("A", "B"), ("B", "A")] * 4
    for code, (first, second) in zip(CODES[:6], letters, strict=False):
        text = file_of(code, sheet(code, "before", first, 7, 6), sheet(code, "after", second, 8, 3))
        (folder / f"{code}.json").write_text(text, encoding="utf-8")
    (folder / "notes.txt").write_text("<script>alert(1)</script>", encoding="utf-8")
    codes = [write_code(sheet(code, "before", "A")) for code in CODES[6:8]]
    (tmp_path / "codes.txt").write_text("\n".join(codes), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def everything(folder: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(folder)): one.read_bytes() for one in folder.rglob("*") if one.is_file()
    }


def test_a_folder_becomes_a_report_and_nothing_else_is_written(course, capsys):
    before = everything(course)
    assert cli.main(["report", "hand_ins", "--codes", "codes.txt"]) == 0
    assert capsys.readouterr().out == "Class report written to report.html: 8 used, 1 not used.\n"
    after = everything(course)
    assert {name: after.pop(name) for name in set(after) - set(before)}.keys() == {"report.html"}
    assert after == before
    text = (course / "report.html").read_text(encoding="utf-8")
    assert "Your class: 8 learners" in text and "better at telling" in text
    assert "notes.txt" in text and CODES[7] in text


def test_a_report_in_the_folder_is_not_read_as_a_hand_in(course, capsys):
    for _ in range(2):
        assert cli.main(["report", "hand_ins", "--output", "hand_ins/report.html"]) == 0
        assert "6 used, 1 not used" in capsys.readouterr().out


@pytest.mark.parametrize("kind", report.GRADEBOOKS)
def test_a_gradebook_is_written_in_place_of_the_report(course, kind):
    assert cli.main(["report", "hand_ins", "--gradebook", kind]) == 0
    assert not (course / "report.html").exists()
    plain = (course / f"{kind}.csv").read_text(encoding="utf-8")
    assert gradebook.DONE["before"] in plain and gradebook.RIGHT["before"] not in plain
    assert cli.main(["report", "hand_ins", "--gradebook", kind, "--scores"]) == 0
    assert gradebook.RIGHT["before"] in (course / f"{kind}.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nowhere"], "There is no folder"),
        (["hand_ins", "--codes", "nowhere.txt"], "There is no list"),
        (["hand_ins", "--output", "codes.txt"], "is no report of Second Look"),
        (["hand_ins", "--output", "lessons"], "is a folder"),
        (["hand_ins", "--output", "nowhere/report.html"], "could not be written"),
        (["hand_ins", "--scores"], "goes with --gradebook"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(course, capsys, words, says):
    before = everything(course)
    assert cli.main(["report", *words]) == 1
    told = capsys.readouterr().err.strip()
    assert told.startswith("secondlook: ") and says in told and "\n" not in told
    assert everything(course) == before


def test_damaged_course_data_are_one_sentence(course, monkeypatch, capsys):
    def damaged(summary):
        raise content.refusal("tests/A.json", "nothing", "a file")

    monkeypatch.setattr(report, "page_of", damaged)
    assert cli.main(["report", "hand_ins"]) == 1
    assert "tests/A.json" in capsys.readouterr().err


# --- the notebook --------------------------------------------------------------------------------


def test_the_notebook_tells_the_findings_and_saves_the_page(course, monkeypatch):
    monkeypatch.chdir(course / "lessons")
    shown = notebook.ClassReport().show()
    assert "better at telling" in shown.text and "8 used, 1 not used." in shown.text
    assert "<script>alert" not in shown.markup
    saved = notebook.ClassReport().save()
    assert 'href="../class_report.html"' in saved.markup
    assert (course / "class_report.html").read_text(encoding="utf-8").startswith(report.MARK)


@pytest.mark.parametrize("folder", [None, "hand_ins"])
def test_before_anything_is_handed_in_it_says_what_to_do(tmp_path, monkeypatch, folder):
    (tmp_path / "lessons").mkdir()
    if folder:
        (tmp_path / folder).mkdir()
    monkeypatch.chdir(tmp_path / "lessons")
    for page in (notebook.ClassReport().show(), notebook.ClassReport().save()):
        assert "Nothing has been handed in yet" in page.text and "hand_ins" in page.text
    assert everything(tmp_path) == {}


def test_the_notebook_does_not_write_over_a_file_that_is_not_ours(course, monkeypatch):
    (course / "class_report.html").write_text("mine")
    monkeypatch.chdir(course / "lessons")
    assert "is no report of Second Look" in notebook.ClassReport().save().text
    assert (course / "class_report.html").read_text() == "mine"


def test_the_notebook_keeps_the_rules_of_the_course():
    shipped = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    for rule in rules.TEST_RULES:
        if rule not in (rules.one_line, rules.sitting):
            assert list(rule(shipped)) == [], rule.__name__
    call = re.compile(r"from secondlook import ClassReport; ClassReport\(\)\.(show|save)\(\)")
    assert all(call.fullmatch(rules.source(cell)) for cell in rules.cells(shipped, "code"))
    texts = [rules.source(cell) for cell in rules.cells(shipped, "markdown")]
    assert [one for text in texts for one in safety.check_text(text) if one.level == "block"] == []
