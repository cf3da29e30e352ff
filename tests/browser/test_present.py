"""A lesson on a projector, turned with a keyboard and a clicker in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from secondlook import content
from secondlook.present.deck import deck
from secondlook.present.page import page as page_of
from tools import axe

LESSONS = list(content.syllabus())
PROJECTOR = {"width": 1280, "height": 720}
html_of = cache(lambda number: page_of(number, deck(number)))

#: Shows every slide for a moment, as it stands before and after its answer, and tells what is
#: smaller than 28 px, lies outside the window, or has to be scrolled to.
MEASURE = """() => {
    const slides = [...document.querySelectorAll('.slide')];
    const found = [];
    const words = root => {
        const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        const seen = [];
        for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            const of = node.parentElement;
            if (node.textContent.trim() && !of.closest('.only, title, desc, script, style') && of.checkVisibility()) seen.push(of);
        }
        return seen; };
    const small = at => {
        for (const one of words(document.body)) {
            const size = parseFloat(getComputedStyle(one).fontSize);
            if (size < 27.99) found.push(`slide ${at}: ${size} px: ${one.textContent.trim().slice(0, 40)}`);
        } };
    slides.forEach((slide, at) => {
        for (const one of slides) one.hidden = one !== slide;
        for (const shown of [false, true]) {
            slide.classList.toggle('revealed', shown);
            for (const one of slide.querySelectorAll('[data-step]')) one.toggleAttribute('hidden', !shown);
            const down = slide.scrollHeight - slide.clientHeight;
            const wide = Math.max(document.documentElement.scrollWidth, slide.getBoundingClientRect().right) - innerWidth;
            if (down > 0 || wide > 0) found.push(`slide ${at} ${slide.className}: ${down} px too high, ${wide} px too wide`);
            if (shown) small(at);
        } });
    return found; }"""


class Opened:
    """The slides of a lesson opened from the disk, and all that the page asked for, said or threw."""

    def __init__(self, context: BrowserContext, path: Path):
        self.page, self.path = context.new_page(), path
        self.asked: list[str] = []
        self.wrong: list[str] = []
        context.on("request", lambda one: self.asked.append(one.url))
        context.on("console", lambda one: self.wrong.append(one.text))
        context.on("weberror", lambda one: self.wrong.append(str(one.error)))
        self.page.goto(path.as_uri())


@pytest.fixture
def present(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens a lesson as a teacher's browser does; at the end nothing may have gone wrong."""
    made: list[Opened] = []

    def open_lesson(number: int, *, scheme: str = "dark", init: str = "") -> Page:
        path = tmp_path / f"{number}.html"
        path.write_text(html_of(number), encoding="utf-8")
        context = browser.new_context(
            viewport=PROJECTOR, color_scheme=scheme, reduced_motion="reduce"
        )
        if init:
            context.add_init_script(init)
        made.append(Opened(context, path))
        return made[-1].page

    yield open_lesson
    for one in made:
        one.page.context.close()
        assert set(one.asked) == {one.path.as_uri()}
        assert one.wrong == []


def at(page: Page) -> int:
    return int(page.locator(".slide:not([hidden])").get_attribute("data-at"))


def look(page: Page) -> str:
    return page.locator(".slide:not([hidden])").get_attribute("class").split()[1]


def turn_to(page: Page, selector: str) -> None:
    """Press Right until a slide matches."""
    for _ in range(400):
        if page.locator(f".slide:not([hidden]){selector}").count():
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError(f"no slide {selector}")


@pytest.mark.parametrize("number", LESSONS)
def test_all_of_a_lesson_can_be_read_from_the_back_row(present, number):
    page = present(number)
    assert page.evaluate(MEASURE) == []


def test_small_text_and_a_slide_that_is_too_full_are_seen(present):
    page = present(1)
    page.evaluate("document.querySelector('.kicker').style.fontSize = '20px'")
    page.evaluate(
        "document.querySelectorAll('.slide')[3].append(...Array.from({length: 30}, () => document.createElement('hr')))"
    )
    found = page.evaluate(MEASURE)
    assert any("20 px" in one for one in found) and any("too high" in one for one in found)


@pytest.mark.parametrize("number", [4, 11])
def test_a_whole_lesson_by_keyboard_alone(present, number):
    """Every slide that is not beside the way is met, answers come after hands, and back works."""
    page = present(number)
    met, presses = [at(page)], 0
    while True:
        before = (at(page), page.locator(".slide.revealed:not([hidden])").count())
        page.keyboard.press("PageDown")
        presses += 1
        now = (at(page), page.locator(".slide.revealed:not([hidden])").count())
        if now == before:
            break
        if now[0] != before[0]:
            met.append(now[0])
    main = page.evaluate(
        "[...document.querySelectorAll('.slide:not([data-side])')].map(one => Number(one.dataset.at))"
    )
    assert [one for one in main if one not in met] == []
    assert presses > len(met)  # answers took presses of their own
    for _ in range(presses * 2):
        page.keyboard.press("PageUp")
    assert at(page) == 0
