"""A figure to guess and the chart that shows it never stand on one page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from secondlook.paper import booklet  # fmt: skip
from secondlook.paper import page as paper

LESSONS = (4, 5)  # those that have a bench

FORESEEN = """() => {
    const told = [];
    let guess = null;
    for (const one of document.querySelectorAll('section.paper, section.paper-bench > ol > li, .prose')) {
        if (getComputedStyle(one).breakBefore === 'page') guess = null;
        const shows = one.matches('li') && one.querySelector('figure, .sl-legend');
        if (one.matches('.paper-estimate, .paper-trend') || (one.matches('li') && !shows)) guess = one;
        else if (guess && shows) told.push(one.textContent.trim().slice(0, 60));
    }
    return told; }"""


def foreseen(page: Page, markup: str) -> list[str]:
    page.emulate_media(media="print")
    page.set_content(markup)
    return page.evaluate(FORESEEN)


@pytest.mark.parametrize("number", LESSONS)
def test_a_page_is_turned_between_a_guess_and_its_figure(page, number):
    sheet = paper.html(booklet.lesson(number)[0])
    assert foreseen(page, sheet) == []
    assert foreseen(page, sheet.replace("break-before: page", "")) != []
