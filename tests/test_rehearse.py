"""A class of invented learners as files."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from secondlook import cli, forms
from secondlook.classroom import codes, hand_in, notebook, rehearse, report, simulate
from secondlook.classroom import collect as collecting
from secondlook.classroom.summary import summarise

DAY = date(2026, 11, 20)


def test_a_class_comes_back_as_it_was_made(tmp_path):
    told = rehearse.write_class(tmp_path / "new", "cynical", 25, 3, DAY)
    assert told.startswith("22 files of invented learners")  # 20 hand-ins, the codes, READ_ME
    found = collecting.collect(tmp_path / "new", tmp_path / "new" / "codes.txt")
    assert found.refused == [] and found.invented
    made = {
        (one.learner, one.occasion): one
        for one in simulate.class_sheets(simulate.named("cynical"), 3)
    }
    read = {}
    for one in found.kept:
        if one.sheet:
            read[one.sheet.learner, one.sheet.occasion] = one.sheet
        else:
            for occasion, place in forms.PLACES.items():
                answers = {
                    r.item: r.answer for r in one.hand_in.answers if (r.lesson, r.activity) == place
                }
                if sheet := forms.sheet(one.hand_in.learner, occasion, answers):
                    read[sheet.learner, occasion] = sheet
    assert read == made
    assert len(summarise(found.kept, found.refused).counted) == 50


def test_a_file_holds_nothing_but_what_a_learner_would_save(tmp_path):
    rehearse.write_class(tmp_path, "discerning", 6, 1, DAY)
    files = sorted(tmp_path.glob("*.json"))
    assert len(files) == 5
    for file in files:
        text = file.read_text(encoding="utf-8")
        read = hand_in.read_hand_in(text.encode())
        assert file.name == f"second-look-{read.learner}.json"
        assert read.saved == "2026-11-20" and read.texts is False and read.left_out == 0
        assert "invent" not in text
    assert "INVENTED LEARNERS" in (tmp_path / "READ_ME.txt").read_text(encoding="utf-8")
    lines = (tmp_path / "codes.txt").read_text(encoding="utf-8").splitlines()
    assert {codes.read_code(one).occasion for one in lines} == {"before", "after"}


def test_a_folder_with_files_is_refused_and_stays_as_it_is(tmp_path, capsys):
    (tmp_path / "real.json").write_text("mine", encoding="utf-8")
    assert cli.main(["simulate", str(tmp_path)]) == 1
    assert "name a new folder" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["real.json"]


BAD = [["--class", "perfect"], ["--learners", "0"], ["--learners", "10001"]]


@pytest.mark.parametrize("words", BAD, ids=" ".join)
def test_a_class_that_cannot_be_is_refused_in_one_sentence(tmp_path, capsys, words):
    assert cli.main(["simulate", str(tmp_path / "new"), *words]) == 1
    told = capsys.readouterr().err
    assert told.startswith("secondlook: No class was written") and told.count("\n") == 1
    assert not (tmp_path / "new").exists()


def test_where_nothing_can_be_written_one_sentence_says_so(tmp_path, capsys):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert cli.main(["simulate", str(tmp_path / "file" / "new")]) == 1
    assert "Choose a folder you may write to" in capsys.readouterr().err


def test_the_command_writes_the_class_it_is_asked_for(tmp_path, capsys):
    words = [
        "simulate",
        str(tmp_path / "new"),
        "--class",
        "credulous",
        "--learners",
        "4",
        "--seed",
        "9",
    ]
    assert cli.main(words) == 0
    assert f"secondlook report {tmp_path / 'new'}" in capsys.readouterr().out
    assert len(list((tmp_path / "new").glob("*.json"))) == 4


# --- the report of invented learners -------------------------------------------------------------

SAYS = re.compile(r"<h1>A rehearsal: 6 invented learners</h1>\s*<p class=\"lead\">Nobody gave")


@pytest.fixture
def invented(tmp_path, monkeypatch) -> Path:
    """A folder of six invented learners, in a course of its own."""
    (tmp_path / "lessons").mkdir()
    monkeypatch.chdir(tmp_path / "lessons")
    rehearse.write_class(tmp_path / "hand_ins", "cynical", 6, 1, DAY)
    return tmp_path / "hand_ins"


def test_a_report_of_invented_learners_says_so_in_its_title(invented):
    text = report.page_of(report.summary_of(invented, invented / "codes.txt"))
    assert SAYS.search(text)
    assert "READ_ME.txt" not in text  # nobody handed it in, so it is not "not used" either
    assert "invented learners" in notebook.ClassReport().show().text


def test_invented_learners_among_real_ones_are_told_too(invented):
    assert report.summary_of(invented.parent).invented  # there they are one class of several


def not_there(note: Path) -> None:
    note.unlink()


def of_somebody_else(note: Path) -> None:
    note.write_text("Please read my homework. INVENTED LEARNERS", encoding="utf-8")


def under_another_name(note: Path) -> None:
    note.rename(note.with_name("notes.txt"))


def a_link(note: Path) -> None:
    note.symlink_to(note.rename(note.parent.parent / "note"))


@pytest.mark.parametrize("change", [not_there, of_somebody_else, under_another_name, a_link])
def test_without_its_own_note_a_folder_is_a_class_like_any_other(invented, change):
    note = invented / "READ_ME.txt"
    change(note)
    summary = report.summary_of(invented, invented / "codes.txt")
    assert not summary.invented
    there = {one.name for one in invented.glob("*.txt")} - {"codes.txt"}
    assert {name for name, _ in summary.refused} == there  # a stranger's file is listed as ever
    text = report.page_of(summary)
    assert "Your class: 6 learners" in text and "invented" not in text.partition("<main>")[0]


# --- secondlook rehearse --------------------------------------------------------------------------


def rehearsed(tmp_path: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """The command as a person types it; the browser is a program of one line."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    env = {**os.environ, "TMPDIR": str(scratch), "TEMP": str(scratch), **env}
    return subprocess.run([sys.executable, "-m", "secondlook", "rehearse", "--learners", "6", *words],
                          capture_output=True, text=True, env=env, cwd=tmp_path)  # fmt: skip


@pytest.fixture
def browser(tmp_path) -> str:
    program = tmp_path / "browser.py"
    program.write_text(f"import sys; open({str(tmp_path / 'opened')!r}, 'w').write(sys.argv[1])")
    return f"{sys.executable} {program} %s"


def test_a_rehearsal_opens_its_report(tmp_path, browser):
    run = rehearsed(tmp_path, "--class", "cynical", BROWSER=browser)
    assert (run.returncode, run.stderr) == (0, "")
    (page,) = (tmp_path / "scratch").glob("second_look_rehearsal_*/report.html")
    assert str(page) in run.stdout
    assert (tmp_path / "opened").read_text() == page.as_uri()
    text = page.read_text(encoding="utf-8")
    assert SAYS.search(text) and "0 not used" not in text


def test_a_rehearsal_in_a_named_folder_opens_nothing_if_so_asked(tmp_path, browser):
    run = rehearsed(tmp_path, "trial", "--no-browser", BROWSER=browser)
    assert run.stdout.splitlines() == [
        f"The report of a class of invented learners is in {Path('trial', 'report.html')}."
    ]
    assert not (tmp_path / "opened").exists()
    assert {one.name for one in (tmp_path / "trial").iterdir()} == {"hand_ins", "report.html"}
    assert list((tmp_path / "scratch").iterdir()) == []


def test_without_a_browser_it_says_what_to_do(tmp_path):
    run = rehearsed(tmp_path, "trial", BROWSER="", DISPLAY="", PATH="")
    assert run.returncode == 0
    assert "open that file" in run.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--class", "perfect"], "there is no class 'perfect'"),
        (["--learners", "0"], "learners must lie between"),
        (["full"], "name a new folder"),
        (["full/file"], "Choose a folder you may write to"),
        (["taken"], "is no report of Second Look"),
    ],
)
def test_a_rehearsal_that_cannot_be_is_refused_and_leaves_nothing(tmp_path, browser, words, says):
    (tmp_path / "full" / "hand_ins").mkdir(parents=True)
    (tmp_path / "full" / "hand_ins" / "real.json").write_text("mine", encoding="utf-8")
    (tmp_path / "full" / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "report.html").write_text("mine", encoding="utf-8")
    run = rehearsed(tmp_path, *words, BROWSER=browser)
    assert run.returncode == 1
    assert run.stderr.startswith("secondlook: ") and run.stderr.count("\n") == 1
    assert says in run.stderr
    assert not (tmp_path / "opened").exists()
    assert list((tmp_path / "scratch").iterdir()) == []
    assert (tmp_path / "taken" / "report.html").read_text() == "mine"
