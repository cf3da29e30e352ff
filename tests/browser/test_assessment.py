"""The test before and after the course: by keyboard alone, nothing told before Done, all of it after."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from statistics import NormalDist
from typing import Any

import pytest

import keyboard
import small_forms
import tools
from demo import focus, show
from secondlook import forms
from secondlook.activities import assessment, calibration
from secondlook.journal import Journal
from tools import axe

MISFITS = """() => [
  ...(document.documentElement.scrollWidth > innerWidth ? ["the page"] : []),
  ...[...document.querySelectorAll(".sl :is(button, summary, label)")]
    .filter((one) => one.getClientRects()[0]?.height < 24).map((one) => one.outerHTML)]"""
LOOKS = pytest.mark.parametrize("light", [True, False], ids=["light", "dark"])


@pytest.fixture
def sit(small_course: Path, tmp_path: Path):
    """Makes the test's widget: ``sit()``, or ``sit(answers)`` with what was answered before."""
    small_forms.write(small_course)
    forms.form.cache_clear()
    forms._by_id.cache_clear()
    journal = Journal.open(tmp_path / "work")
    journal.learner = next(f"fern-otter-{n}" for n in range(10, 100)
                           if forms.order_for(f"fern-otter-{n}") == ("A", "B"))  # fmt: skip

    def made(answers: dict[str, Any] | None = None) -> assessment.Assessment:
        for key, one in (answers or {}).items():
            journal.record(1, "test-before", key, one)
        return assessment.Assessment(1, assessment.build("before", journal), journal)

    yield made
    forms.form.cache_clear()
    forms._by_id.cache_clear()


def answers(right: int = 40, leave: int = 0) -> dict[str, Any]:
    """Answers to form A: the first ``right`` of them right, the last ``leave`` left out."""
    items = forms.form("A").items
    return {one.id: small_forms.answer(one, place < right)
            for place, one in enumerate(items[: len(items) - leave])}  # fmt: skip


def finished(**more: int) -> dict[str, Any]:
    return {**answers(**more), "finished": {"form": "A", "edition": 1}}


def press(page: Any, selector: str, key: str = "Enter") -> None:
    focus(page, selector)
    page.keyboard.press(key)


def take(page: Any) -> None:
    """Answer the item on screen by keyboard: the first of each group of radio buttons."""
    groups = page.locator(".sl-body fieldset")
    for at in range(groups.count()):
        name = groups.nth(at).locator("input").first.get_attribute("name")
        press(page, f'input[name="{name}"]', "Space")


def test_all_of_it_by_keyboard_and_nothing_told_before_done(sit, page):
    widget = sit()
    show(page, widget)
    for place, item in enumerate(forms.form("A").items):
        assert page.locator('[data-nav="next"]').inner_text() == "Skip"
        take(page)
        assert page.evaluate("document.activeElement !== document.body"), "the focus was lost"
        assert page.locator(".sl-fb, .sl-src").count() == 0
        given = page.evaluate("window.answers()")[item.id]
        assert forms.accepts(item, given)
        assert page.locator(".sl-progress").inner_text() == f"{place + 1} of 40 done"
        press(page, '[data-nav="next"]')
    assert "All 40 answered" in page.locator(".sl-sum").inner_text()
    assert "finished" not in page.evaluate("window.answers()")
    press(page, '[data-focus="done"]')
    assert page.evaluate("window.answers().finished") == {"form": "A", "edition": 1}
    assert page.evaluate("document.activeElement.matches('.sl-sum')")
    # The first call is "trust" each time: all of both sides.
    said = page.locator(".sl-sum").inner_text()
    assert "You trusted 10 of 10 sound and 10 of 10 unsound posts." in said
    assert "You trusted all 10 sound posts and questioned none of the 10 unsound ones." in said
    assert "You trusted every one." in said
    press(page, '[data-part="post"] > summary')
    line = page.locator('[data-part="post"] [data-item]').first.get_attribute("data-item")
    press(page, f'[data-item="{line}"] > summary')
    page.locator(f'[data-item="{line}"] .sl-fb').wait_for()  # filled once the line has opened
    page.locator(f'[data-item="{line}"] .sl-src').wait_for()


def test_an_answer_may_change_until_done_and_not_after(sit, page):
    show(page, sit())
    take(page)
    page.locator('input[data-option="question"]').check()
    page.locator('input[data-option="90"]').check()
    [key] = page.evaluate("window.answers()")
    assert page.evaluate("window.answers()")[key] == {"call": "question", "sure": 90}
    for _ in range(40):
        page.locator('[data-nav="next"]').click()
    page.locator('[data-focus="done"]').click()
    for _ in range(40):
        page.locator('[data-nav="back"]').click()
        assert page.locator(".sl-body input").count() == 0
        assert page.locator(".sl-fb").count() == 1
    assert "You questioned it, 90% sure." in page.locator(".sl-body").inner_text()


def test_half_an_answer_is_none_and_is_said(sit, page):
    show(page, sit())
    page.locator('input[data-option="trust"]').check()
    assert page.evaluate("window.answers()") == {}
    page.wait_for_function("document.querySelector('[role=status]').textContent.includes('sure')")
    page.locator('[data-nav="next"]').click()
    page.locator('[data-nav="back"]').click()
    assert page.locator('input[data-option="trust"]').is_checked()
    page.locator('input[data-option="70"]').check()
    assert list(page.evaluate("window.answers()").values()) == [{"call": "trust", "sure": 70}]


def test_the_last_page_says_what_is_open_and_leads_there(sit, page):
    show(page, sit(answers(leave=3)))
    assert page.locator(".sl-count").inner_text() == "38 of 40"  # where it was left
    for _ in range(3):
        page.locator('[data-nav="next"]').click()
    said = page.locator(".sl-sum").inner_text()
    assert "3 of 40 still open" in said and "A safe reply · question 2 of 4" in said
    assert page.locator('[data-focus="done"]').inner_text() == "Done, and leave 3 open"
    page.locator('[data-focus="first-open"]').click()
    assert page.locator(".sl-count").inner_text() == "38 of 40"


def test_done_with_some_open_counts_what_was_answered(sit, page):
    show(page, sit(finished(right=30, leave=5)))
    assert "You left 5 open. That is allowed." in page.locator(".sl-sum").inner_text()
    parts = page.locator(".sl-testpart > summary").all_inner_texts()
    assert [one.split("\n")[-1] for one in parts] == [
        "20 of 20", "4 of 4", "4 of 4", "2 of 4", "0 of 4", "0 of 4"]  # fmt: skip
    page.locator('[data-part="safe-reply"] > summary').click()
    page.locator('[data-part="safe-reply"] [data-item] > summary').last.click()
    page.locator(".sl-fb").wait_for()
    said = page.locator('[data-part="safe-reply"]').inner_text()
    assert "You left this one open." in said and "We would pick:" in said
    assert "fb-a-safe-reply-4-b" in said


def test_a_wrong_pick_hears_its_own_answer_and_that_of_the_right_one(sit, page):
    show(page, sit(finished(right=20)))
    page.locator('[data-part="base-rate"] > summary').click()
    page.locator('[data-item="a-base-rate-1"] > summary').click()
    page.locator(".sl-fb").wait_for()
    said = page.locator('[data-item="a-base-rate-1"]').inner_text()
    for words in (
        "Tempting, but no",
        "fb-a-base-rate-1-c",
        "fb-a-base-rate-1-b",
        "Doe et al., 2020",
    ):
        assert words in said


def test_everything_is_folded_up_at_first_and_no_learner_sees_a_d_prime(sit, page):
    show(page, sit(finished()))
    assert page.locator(".sl details[open]").count() == 0
    assert page.locator(".sl-curve").count() == 1
    assert not any(one in page.locator(".sl").inner_text() for one in ("d'", "d′", "criterion"))


def test_the_result_needs_no_kernel(sit, page):
    show(page, sit(answers()), silent=True)
    page.locator('[data-focus="done"]').click()
    said = page.locator(".sl-sum").inner_text()
    assert "You trusted 10 of 10 sound and 0 of 10 unsound posts." in said
    assert "You trusted all 10 sound posts and questioned all 10 unsound ones." in said
    assert page.locator(".sl-curve circle").count() > 1


def test_a_reload_comes_back_to_where_it_was(sit, page):
    show(page, sit(answers(leave=20)))
    assert page.locator(".sl-count").inner_text() == "21 of 40"
    show(page, sit(answers()))
    assert page.locator('[data-focus="done"]').count() == 1
    show(page, sit(finished()))
    assert page.locator(".sl-result").count() == 1
    assert page.locator('[data-nav="again"]').count() == 0  # it is final


def test_done_elsewhere_shows_the_result_here(sit, page):
    show(page, sit(answers(leave=10)))
    page.evaluate("state => window.later('state', state)", {"rev": 9, "items": finished(leave=10)})
    assert page.locator(".sl-result").count() == 1


def test_the_other_form_is_drawn_when_it_is_loaded(sit, page):
    widget = sit()
    show(page, widget)
    record = {**assessment.build("before", widget.journal), "title": "Another form"}
    widget.record = record
    page.evaluate("spec => window.later('spec', spec)", json.loads(json.dumps(widget._spec())))
    assert page.locator(".sl h3").inner_text() == "Another form"
    take(page)
    assert len(page.evaluate("window.answers()")) == 1


def test_the_browser_counts_as_python_does(sit, page):
    show(page, sit())
    rule = {"fewest": calibration.FEWEST, "z": NormalDist().inv_cdf(0.975)}
    cases = [
        [(sure, place < right) for place in range(n) for sure in [first if place % 2 else second]]
        for n, first, second in itertools.product((0, 1, 9, 10, 20), (50, 70, 100), (60, 90))
        for right in range(0, n + 1, 3)
    ]
    told = page.evaluate("([all, rule]) => all.map(one => window.kind.counted(one, rule))",
                         [cases, rule])  # fmt: skip
    nobody = {"trusted_sound": 0, "n_sound": 0, "trusted_unsound": 0, "n_unsound": 0}
    for case, got in zip(cases, told, strict=True):
        want = calibration.curve([(sure / 100, right) for sure, right in case], nobody)
        for key in ("n", "right", "fewest", "lean"):
            assert got[key] == want[key], (key, case)
        assert [(one["low"], one["high"], one["n"], one["right"]) for one in got["bins"]] == [
            (one["low"], one["high"], one["n"], one["right"]) for one in want["bins"]
        ]
        means = [(got, want), *zip(got["bins"], want["bins"], strict=True)]
        # Python rounds a half to the even number, the browser up.
        assert all(mine["mean"] == yours["mean"] or abs(mine["mean"] - yours["mean"]) <= 1
                   for mine, yours in means)  # fmt: skip


def take_here(page: Any, section: Any) -> None:
    """The same in a lesson: only keys, and Tab to get there."""
    groups = section.locator(".sl-body fieldset")
    for at in range(groups.count()):
        name = groups.nth(at).locator("input").first.get_attribute("name")
        keyboard.press(page, section, f'input[name="{name}"]', "Space")


def test_in_a_real_notebook_it_is_finished_by_keyboard_and_kept_through_everything(
    lab, page, page_requests
):
    lab.forget()
    name = "test_before.ipynb"
    assert tools.open_lesson(page, lab, name) == "ok"
    section = page.locator("section.sl[data-kind=assessment]")
    assert "comes here once you have pressed Done" in page.locator(".sl-slip").inner_text()
    section.locator("button, input").first.focus()
    for _ in range(3):
        take_here(page, section)
        keyboard.press(page, section, "[data-nav=next]")

    before = tools.runs(page)
    lab.kill_kernel(f"lessons/{name}")
    take_here(page, section)  # nobody is there to save it
    assert section.locator(".sl-progress b").inner_text() == "4 of 40"
    assert tools.wait_rerun(page, before) == "ok"
    tools.wait_idle(page)
    assert section.locator(".sl-progress b").inner_text() == "4 of 40"

    page.reload()
    assert tools.wait_ready(page) == "ok"
    tools.wait_idle(page)
    assert section.locator(".sl-progress b").inner_text() == "4 of 40"
    assert section.locator(".sl-count").inner_text() == "5 of 40"
    section.locator("button, input").first.focus()
    for _ in range(4, 40):
        take_here(page, section)
        keyboard.press(page, section, "[data-nav=next]")
    assert section.locator(".sl-fb").count() == 0
    keyboard.press(page, section, "[data-focus=done]")
    said = section.locator(".sl-sum").inner_text()
    assert "You trusted all 10 sound posts and questioned none of the 10 unsound ones." in said

    code = page.locator(".sl-bigcode")
    code.wait_for(state="visible")
    groups = code.inner_text().split()
    assert groups and {len(one) for one in groups} == {4}
    assert page.locator(".sl-qr svg[role=img]").is_visible()
    page.reload()
    assert tools.wait_ready(page) == "ok"
    tools.wait_idle(page)
    assert section.locator(".sl-sum").inner_text() == said
    assert code.inner_text().split() == groups
    tools.snapshot(page, "assessment/code", ".sl-slip")
    assert axe(page, ".sl-slip") == []
    lines = (lab.work / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    items = {one["item"] for one in map(json.loads, lines) if "item" in one}
    assert len(items) == 41 and "finished" in items
    assert page_requests.outside == []


@LOOKS
def test_axe_finds_nothing_from_the_first_item_to_the_last_reason(light, sit, page):
    page.emulate_media(reduced_motion="reduce")
    show(page, sit(), light=light)
    assert axe(page) == []
    show(page, sit(answers(leave=20)), light=light)
    assert axe(page) == []
    show(page, sit(answers()), light=light)
    assert axe(page) == []
    show(page, sit(finished(right=10)), light=light)
    page.locator('[data-part="post"] > summary').click()
    page.locator('[data-part="post"] [data-item] > summary').first.click()
    page.locator('[data-part="claim-type"] > summary').click()
    page.locator('[data-part="claim-type"] [data-item] > summary').first.click()
    page.locator(".sl-fb").nth(1).wait_for()
    assert axe(page) == []


def test_a_phone_holds_it(sit, pages):
    page, _ = pages.new("phone")
    for given in (None, answers(leave=20), answers(), finished(right=10)):
        show(page, sit(given))
        for box in page.locator(".sl-testpart > summary, .sl-testpart [data-item] > summary").all()[
            :9
        ]:
            if box.is_visible():
                box.click()
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate(MISFITS) == []


@LOOKS
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_pictures_are_kept(size, light, sit, pages):
    page, _ = pages.new(size)
    look = f"{size}-{'light' if light else 'dark'}"
    for name, given in {"post": None, "question": answers(leave=20), "hand-in": answers(leave=2),
                        "result": finished(right=27, leave=2)}.items():  # fmt: skip
        show(page, sit(given), light=light)
        if name == "hand-in":
            for _ in range(2):
                page.locator('[data-nav="next"]').click()
        if name == "result":
            page.locator('[data-part="post"] > summary').click()
            page.locator('[data-part="post"] [data-item] > summary').first.click()
            page.locator('[data-part="next-move"] > summary').click()
            page.locator('[data-part="next-move"] [data-item] > summary').last.click()
            page.locator(".sl-fb").nth(1).wait_for()
        assert tools.snapshot(page, f"assessment/{name}-{look}", ".sl").stat().st_size > 0
