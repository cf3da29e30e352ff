"""Each lesson, finished with the keyboard alone; then reloaded, restarted and killed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

import keyboard
import tools
from harness import ARTIFACTS, REPO, Lab

LESSONS = [path.name for path in sorted((REPO / "lessons").glob("[01][0-9]_*.ipynb"))]


@pytest.fixture
def fresh(lab: Lab) -> Lab:
    """The course as a new learner finds it."""
    lab.forget()
    return lab


def progress(page: Page) -> dict[str, str | None]:
    """How far each activity is, as the screen says."""
    return {
        str(one.get_attribute("data-activity")): one.locator(".sl-progress").text_content()
        for one in tools.sections(page)
    }


@pytest.mark.parametrize("name", LESSONS)
def test_finished_by_keyboard_and_kept_through_everything(name, fresh, page, page_requests):
    assert tools.open_lesson(page, fresh, name) == "ok"
    for section in tools.sections(page):
        assert keyboard.finish(page, section)
    whole = progress(page)
    assert whole
    page.wait_for_function(
        "() => [...document.querySelectorAll('.sl-saved')].every(one => one.textContent.startsWith('Saved'))"
    )

    page.reload()
    assert tools.wait_ready(page) == "ok"
    assert progress(page) == whole

    before = tools.runs(page)
    tools.restart_kernel(page)
    assert tools.wait_rerun(page, before) == "ok"
    tools.wait_idle(page)
    assert progress(page) == whole

    # With the kernel killed an answer is answered all the same; it is kept when a new one is there.
    section = page.locator("section.sl:has(.sl-steps)").first
    activity = section.get_attribute("data-activity")
    done = section.locator(".sl-progress b").first
    section.locator("[data-nav=again]").click()
    before = tools.runs(page)
    fresh.kill_kernel(f"lessons/{name}")
    keyboard.ANSWER[str(section.get_attribute("data-kind"))](page, section)
    keyboard.feedback(section)
    answered = done.text_content()
    assert answered and answered.startswith("1 of")
    assert tools.wait_rerun(page, before) == "ok"
    tools.wait_idle(page)
    assert done.text_content() == answered
    saved = section.locator(".sl-saved")
    page.wait_for_function("one => one.textContent.startsWith('Saved')", arg=saved.element_handle())
    lines = (fresh.work / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    # The last line of each item counts: a new answer that is the old one needs no line of its own.
    told = [one for one in map(json.loads, lines) if one.get("activity") == activity]
    latest = {one["item"]: one["answer"] for one in told}
    assert len([answer for answer in latest.values() if answer]) == 1
    assert page_requests.outside == []


def test_arrows_stay_in_a_radio_group(fresh, page):
    tools.open_lesson(page, fresh, LESSONS[0])
    section = page.locator("section.sl[data-kind=judge]").first
    radios = section.locator("fieldset").first.locator("input[type=radio]")
    radios.first.focus()
    page.keyboard.press("ArrowDown")
    assert radios.nth(1).is_checked()
    assert radios.nth(1).evaluate("one => document.activeElement === one")
    page.keyboard.press("ArrowUp")
    assert radios.first.is_checked()


def test_tab_from_the_top_of_the_page_reaches_the_first_activity(fresh, page):
    tools.open_lesson(page, fresh, LESSONS[0])
    page.locator(".jp-Notebook").first.focus()
    keyboard.tab_to(page, page.locator("section.sl").first, "button[data-option]")


def test_feedback_comes_while_the_kernel_is_dead(fresh, page):
    """Measures, in the browser, click to painted feedback; benchmarks/feedback.py judges it."""
    tools.open_lesson(page, fresh, LESSONS[0])
    section = page.locator("section.sl[data-kind=choose]").first
    name = section.get_attribute("data-activity")
    options = section.locator("button[data-option]")
    root = f'section[data-activity="{name}"]'
    clicks = [
        (f'{root} [data-option="{options.nth(at).get_attribute("data-option")}"]', f"{root} .sl-fb")
        for at in range(options.count())
    ]
    awake = tools.feedback_times(page, clicks * 4)
    process = fresh.kernel_process(f"lessons/{LESSONS[0]}")
    process.suspend()
    try:
        asleep = tools.feedback_times(page, clicks * 4)
    finally:
        process.resume()
    assert len(awake) == len(asleep) == 4 * len(clicks)
    ARTIFACTS.mkdir(exist_ok=True)
    Path(ARTIFACTS / "feedback_ms.json").write_text(json.dumps({"awake": awake, "asleep": asleep}))
