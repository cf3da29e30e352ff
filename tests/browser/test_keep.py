"""Save my work, Load my work, and a disk that refuses, in a real JupyterLab."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import tools
from harness import COURSE, REPO, Lab

LESSON = next((REPO / "lessons").glob("00_*.ipynb")).name
STUDIO = next((REPO / "lessons").glob("12_*.ipynb")).name
FIRST = "section.sl >> nth=0"
WORDS = "Owls, as I wrote it myself"


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
    assert file.name == f"second-look-{code}.json"
    value = json.loads(file.read_text(encoding="utf-8"))
    assert set(value) == {"secondlook", "format", "learner", "saved", "texts", "answers"}
    assert (value["format"], value["learner"], value["texts"]) == (2, code, False)
    assert len(value["answers"]) == 1
    assert set(value["answers"][0]) == {"day", "lesson", "activity", "item", "answer"}

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


def test_what_was_typed_travels_only_with_the_box_ticked_by_keyboard(fresh, pages, tmp_path):
    """The box is off at first; a draft goes along with it, and outlives a file without drafts."""
    page, _ = pages.new()
    tools.open_lesson(page, fresh, STUDIO)
    studio = page.locator("section[data-kind=studio]")
    studio.locator("[data-start] [data-option]").first.click()
    studio.locator("[data-option=fresh]").click()
    studio.locator("[data-focus=text-0]").fill(WORDS)
    keep = page.locator(".sl-keep").first
    box = keep.get_by_role("checkbox", name="Also put in what I wrote myself")
    assert not box.is_checked()
    button = keep.get_by_role("button", name="Save my work")
    button.focus()
    plain = pressed(page, "Enter", tmp_path / "plain.json")
    assert WORDS not in plain.read_text() and json.loads(plain.read_text())["texts"] is False

    box.focus()
    page.keyboard.press("Space")
    assert box.is_checked()
    button.focus()
    whole = pressed(page, "Enter", tmp_path / "whole.json")
    value = json.loads(whole.read_text())
    assert value["texts"] is True
    assert [one["answer"]["draft"]["beats"][0] for one in value["answers"]] == [WORDS]
    assert "Your draft is in it" in keep.locator(".sl-told").inner_text()
    own = next(frame for frame in page.frames if frame.evaluate("localStorage.length"))

    # A file without drafts, from another code, takes nothing away, and what is typed next is kept.
    other = tmp_path / "other.json"
    other.write_text(plain.read_text().replace(value["learner"], "moss-heron-17"))
    load(page, keep, other)
    assert keep.locator(".sl-code").text_content() == "moss-heron-17"
    first = studio.locator("[data-focus=text-0]")
    assert first.input_value() == WORDS
    first.fill(WORDS + " More.")
    kept = own.evaluate("JSON.stringify({...localStorage})")
    assert "More." in kept and value["learner"] not in kept

    # On another computer the draft is back as it was, in the studio that is open there.
    forget(fresh)
    page, _ = pages.new()
    tools.open_lesson(page, fresh, STUDIO)
    keep = page.locator(".sl-keep").first
    studio = page.locator("section[data-kind=studio]")
    assert WORDS not in page.evaluate("JSON.stringify({...localStorage})")
    load(page, keep, whole)
    studio.locator("[data-start] [data-option]").first.click()
    studio.locator("[data-option=fresh]").click()
    assert studio.locator("[data-focus=text-0]").input_value() == WORDS
    assert WORDS not in (fresh.work / "answers.jsonl").read_text()


def pressed(page, key: str, to: Path) -> Path:
    """The file that is downloaded on a key."""
    with page.expect_download() as waiting:
        page.keyboard.press(key)
    waiting.value.save_as(to)
    return to


def load(page, keep, file: Path) -> None:
    with page.expect_file_chooser() as chooser:
        keep.get_by_role("button", name="Load my work").press("Enter")
    chooser.value.set_files(file)
    keep.locator(".sl-told", has_text="back").or_(
        keep.locator(".sl-told", has_text="no answers")
    ).wait_for()


def test_the_lines_of_before_are_still_loaded(fresh, page, tmp_path):
    tools.open_lesson(page, fresh, LESSON)
    old = tmp_path / "second-look-fern-otter-42.jsonl"
    old.write_text('{"secondlook": "answers", "format": 1, "learner": "fern-otter-42"}\n')
    keep = page.locator(".sl-keep").first
    load(page, keep, old)
    assert keep.locator(".sl-code").text_content() == "fern-otter-42"


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
