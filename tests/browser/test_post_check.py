"""An audit on a bare page: its rows, its slider, and what stands beside ours."""

from __future__ import annotations

from typing import Any

import pytest

from demo import focus, show

ROWS = ["evidence", "compare", "limits", "gains", "help", "agrees"]


def score(page: Any, levels: dict[str, int]) -> None:
    for row, level in levels.items():
        if page.locator(f'[data-focus="row-{row}"]').get_attribute("aria-expanded") == "false":
            page.locator(f'[data-focus="row-{row}"]').click()
        page.locator(f'[data-option="{row}-{level}"]').click()


def finish(page: Any, levels: dict[str, int]) -> None:
    score(page, levels)
    page.locator("[data-focus=higher]").click()
    page.locator('input[data-option="80"]').check()
    page.locator("[data-focus=check]").click()


def test_a_score_opens_the_next_row_and_takes_the_focus_along(make, page):
    show(page, make("post-check"))
    assert page.locator(".sl-prow.is-open").get_attribute("class").split()[-1] == "is-open"
    for row, after in zip(ROWS, [*ROWS[1:], None], strict=True):
        focus(page, f'[data-option="{row}-1"]')
        page.keyboard.press("Enter")
        here = page.evaluate("document.activeElement.dataset.focus")
        assert here == (f"row-{after}" if after else "lower")
    assert page.locator(".sl-prow.is-open").count() == 0


def test_a_row_can_be_opened_again_and_scored_anew(make, page):
    show(page, make("post-check"))
    score(page, dict.fromkeys(ROWS, 1))
    score(page, {"help": 0})
    head = page.locator('[data-focus="row-help"]')
    assert head.locator(".sl-score b").inner_text() == "0"
    head.click()
    assert page.locator('[data-option="help-0"]').get_attribute("aria-pressed") == "true"


def test_what_is_done_for_you_shows_its_reason_and_takes_no_score(make, page):
    show(page, make("post-check"))
    rows = page.locator(".sl-prow.is-given")
    assert rows.count() == 2 and "why-who" in rows.first.inner_text()
    assert "done for you" in rows.first.inner_text()
    assert rows.locator("button, [data-option]").count() == 0


def test_the_slider_has_a_name_and_says_where_it_is(make, page):
    show(page, make("post-check"))
    slider = page.get_by_role("slider", name="How far would you trust this post?")
    assert slider.get_attribute("aria-valuetext") == "not set yet"
    slider.focus()
    page.keyboard.press("ArrowLeft")
    assert slider.get_attribute("aria-valuetext") == "45 of 100"
    page.get_by_role("button", name="Trust it less").click()
    assert page.locator(".sl-trustnow").inner_text() == "40"
    page.keyboard.press("Home")
    slider.focus()
    page.keyboard.press("Home")
    page.get_by_role("button", name="Trust it less").click()
    assert slider.get_attribute("aria-valuetext") == "0 of 100"


def test_nothing_is_sent_before_all_is_there_and_the_page_says_what_is_open(make, page):
    show(page, make("post-check"))
    page.locator("[data-focus=check]").click(force=True)
    assert page.evaluate("window.answers()") == {}
    said = page.locator(".sl-audit .sl-soft").inner_text()
    assert said == "Still open: 6 rows, how far you trust it, how sure you are."


def test_the_widest_differences_come_first_and_each_has_its_reason(make, page):
    show(page, make("post-check"))
    # ours: 0, 1, 0, 2, 1, 0
    finish(page, {"evidence": 2, "compare": 1, "limits": 1, "gains": 0, "help": 1, "agrees": 0})
    titles = page.locator(".sl-gaps > h4").all_inner_texts()
    assert titles == ["Two apart: start here", "One apart"]
    first = page.locator(".sl-gaps").first
    assert first.locator("h5").all_inner_texts() == ["Is the evidence named?", "Who gains?"]
    assert "Named well enough" in first.inner_text() and "fb-evidence" in first.inner_text()
    assert "We\n" in first.inner_text() and "Nothing is named" in first.inner_text()
    page.get_by_text("Where we agree (3)").click()
    for row in ROWS:
        assert f"fb-{row}" in page.locator(".sl-body").inner_text()
    said = page.locator(".sl-fb").inner_text()
    assert "the same on 3 of 6 rows. You were kinder on 2 and stricter on 1." in said
    assert "needs a second look" in said


@pytest.mark.parametrize(
    ("count", "said"),
    [
        ((6, 0, 0), "You and we gave the same on all 6 rows."),
        ((2, 4, 0), "you are mostly the kinder one"),
        ((2, 0, 4), "you are mostly the stricter one"),
        ((1, 4, 1), "you are mostly the kinder one"),
        ((2, 3, 1), "You were kinder on 3 and stricter on 1."),
    ],
)
def test_both_directions_are_told(count, said, make, page):
    show(page, make("post-check"))
    names = dict(zip(("same", "kinder", "stricter"), count, strict=True))
    told = page.evaluate("one => window.kind.bothWays(one)", names)
    assert said in told
    assert ("mostly" in told) == ("mostly" in said)


def test_no_sum_of_scores_is_shown(make, page):
    show(page, make("post-check"))
    finish(page, dict.fromkeys(ROWS, 2))
    text = page.locator(".sl").inner_text()
    assert "of 16" not in text and "12" not in text
