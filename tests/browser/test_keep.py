"""Save my work, Load my work, and a disk that refuses, in a real JupyterLab."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import tools
from harness import COURSE, REPO, Lab

LESSON = next((REPO / "lessons").glob("00_*.ipynb")).name
FIRST = "section.sl >> nth=0"


@pytest.fixture
def fresh(lab: Lab) -> Lab:
    """The course as a new learner finds it."""
    forget(lab)
    return lab


def forget(lab: Lab) -> None:
    """Takes the learner's work and every kernel that remembers it away."""
    lab.shut_down_kernels()
    if lab.work.is_file():
        lab.work.unlink()
    shutil.rmtree(lab.work, ignore_errors=True)


def test_work_is_saved_as_a_file_and_brought_back(fresh, pages, tmp_path):
    page, _ = pages.new()
    tools.open_lesson(page, fresh, LESSON)
    page.locator(FIRST).locator("button[data-option]").first.click()
    page.locator(FIRST).locator(".sl-saved", has_text="Saved").wait_for()
    keep = page.locator(".sl-keep").first
    code = keep.locator(".sl-code").text_content()
    with page.expect_download() as waiting:
        keep.get_by_role("button", name="Save my work").click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert file.name == f"second-look-{code}.jsonl"
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert lines[0]["learner"] == code
    assert len(lines) == 2
    assert set(lines[1]) <= {"n", "day", "lesson", "activity", "item", "answer"}

    forget(fresh)
    page, _ = pages.new()
    tools.open_lesson(page, fresh, LESSON)
    first = page.locator(FIRST)
    assert first.locator(".sl-progress b").first.text_content().startswith("0 of")
    keep = page.locator(".sl-keep").first
    with page.expect_file_chooser() as chooser:
        keep.get_by_role("button", name="Load my work").click()
    chooser.value.set_files(file)
    keep.locator(".sl-told", has_text="Your work is back").wait_for()
    assert keep.locator(".sl-code").text_content() == code
    assert first.locator(".sl-progress b").first.text_content().startswith("1 of")
    assert first.locator(".sl-fb").is_visible()


def test_a_file_that_is_not_ours_is_refused_in_words(fresh, page, tmp_path):
    tools.open_lesson(page, fresh, LESSON)
    bad = tmp_path / "holiday.jsonl"
    bad.write_text("palm trees", encoding="utf-8")
    keep = page.locator(".sl-keep").first
    with page.expect_file_chooser() as chooser:
        keep.get_by_role("button", name="Load my work").click()
    chooser.value.set_files(bad)
    told = keep.locator(".sl-told")
    told.filter(has_text=".").wait_for()
    assert "Error" not in told.inner_text()
    assert "Traceback" not in page.locator(".jp-Notebook").inner_text()


def test_a_disk_that_refuses_is_told_and_the_answer_stays(fresh, page):
    tools.open_lesson(page, fresh, LESSON)
    shutil.rmtree(fresh.work)
    Path(fresh.work).write_text("in the way of the folder", encoding="utf-8")
    first = page.locator(FIRST)
    first.locator("button[data-option]").first.click()
    first.locator(".sl-saved", has_text="could not be saved").wait_for()
    assert first.locator(".sl-fb").is_visible()
    # Once the folder can be made again, the next answer takes the one before along.
    Path(fresh.work).unlink()
    first.locator("button[data-option]").nth(1).click()
    first.locator(".sl-saved", has_text="Saved").wait_for()
    lines = (fresh.work / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if '"answer"' in line and '"activity"' in line]) == 2


def test_the_notebook_file_is_never_written_back(fresh, page):
    """Neither by autosave nor on closing: outputs and a changed line stay out of the file."""
    path = fresh.course / COURSE / LESSON
    before = path.read_bytes()
    tools.open_lesson(page, fresh, LESSON)
    page.locator(FIRST).locator("button[data-option]").first.click()
    tools.wait_idle(page)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.close(run_before_unload=True)
    assert asked == []
    assert path.read_bytes() == before
