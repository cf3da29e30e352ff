"""The curve of how sure and how right, on a bare page."""

from __future__ import annotations

from typing import Any

from demo import show
from secondlook.activities import calibration
from tools import axe

CALLS = {"trusted_sound": 6, "n_sound": 8, "trusted_unsound": 2, "n_unsound": 8}


def counted(*groups: tuple[float, int, int]) -> dict[str, Any]:
    pairs = [(sure, place < right) for sure, right, n in groups for place in range(n)]
    return calibration.curve(pairs, CALLS)


def with_curve(widget: Any, curve: dict[str, Any]) -> Any:
    widget.spec = {**widget.spec, "curve": curve}
    return widget


def test_plot_table_and_sentence_say_the_same(make, page):
    show(page, with_curve(make("how-sure"), counted((0.6, 3, 6), (0.9, 5, 10))))
    assert page.locator(".sl-fb, .sl-curve").count() == 0  # first the guess
    page.locator('[data-option="match"]').click()
    said = page.locator(".sl-fb").inner_text()
    assert (
        "You were right on 8 of 16. On average you said 79% and were right 50% of the time." in said
    )
    assert "Surer than right" in said and "fb-over" in said
    assert "Your guess was: About as sure as right" in said
    assert "You trusted 6 of 8 sound posts and questioned 6 of 8 unsound ones." in said
    plot = page.locator(".sl-curve")
    assert "At 60%, 3 of 6 right. At 90 to 100%, 5 of 10 right." in plot.get_attribute("aria-label")
    assert plot.locator("circle").count() == 2
    rows = page.locator(".sl-table tbody tr").all_inner_texts()
    assert [row.split() for row in rows][1] == ["60%", "6", "3"]
    assert [row.split() for row in rows][2] == ["70%", "0", "–"]
    assert axe(page) == []


def test_too_few_answers_get_a_list_and_a_kind_word_and_no_curve(make, page):
    show(page, with_curve(make("how-sure"), counted((0.7, 1, 4))))
    page.locator('[data-option="over"]').click()
    said = page.locator(".sl-fb").inner_text()
    assert "There are 4 answers with a number so far. From 10 on we draw a curve." in said
    assert "fb-few" in said and "Your guess" not in said
    assert page.locator(".sl-curve").count() == 0 and page.locator(".sl-table").count() == 1


def test_nobody_is_met_with_an_empty_table(make, page):
    show(page, make("how-sure"))
    page.locator('[data-option="over"]').click()
    assert "There is no answer with a number on this computer yet." in (
        page.locator(".sl-fb").inner_text()
    )
    assert page.locator(".sl-table").count() == 0


def test_what_python_counts_later_replaces_what_it_counted_first(make, page):
    show(page, with_curve(make("how-sure"), counted((0.7, 1, 4))))
    page.locator('[data-option="over"]').click()
    page.evaluate("curve => window.later('curve', curve)", counted((0.7, 9, 12)))
    page.wait_for_function("document.querySelector('.sl-curve')")
    assert "9 of 12" in page.locator(".sl-fb").inner_text()
