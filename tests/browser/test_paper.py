"""Every booklet in a real Chromium, as it is printed: what is cut off, split, grey or too small."""

from __future__ import annotations

from functools import cache

import pytest
from playwright.sync_api import Page

from secondlook import content, forms
from secondlook.paper import booklet
from secondlook.paper import page as paper
from secondlook.paper.booklet import Booklet
from tools import axe

# Millimetres inside the margins of paper.css: A4 is the narrow paper, Letter the short one.
MARGINS = (16 + 16, 15 + 17)
NARROW, SHORT = 210 - MARGINS[0], 279.4 - MARGINS[1]
MM = 96 / 25.4
SMALLEST = 6.5  # points; the little numbers in the boxes of a log

LOOK = """([short, smallest]) => {
    const told = [], say = (what, one) => told.push(what + ': ' + one.tagName + '.' +
        (one.getAttribute('class') || '') + ' ' + one.textContent.trim().replace(/\\s+/g, ' ').slice(0, 70));
    const right = document.body.getBoundingClientRect().right;
    const ink = ['rgb(0, 0, 0)', 'rgb(255, 255, 255)', 'rgba(0, 0, 0, 0)'];
    for (const one of document.body.querySelectorAll('*')) {
        if (one.closest('svg, .sl-ruler')) continue;  // a ruler's numbers hang over their marks
        const style = getComputedStyle(one), box = one.getBoundingClientRect();
        if (!box.width || !box.height) continue;
        if (box.right > right + 1.5 || box.left < -1.5) say('beyond the edge', one);
        if (one.scrollWidth > one.clientWidth + 2 && one.clientWidth && style.display !== 'inline')
            say('runs over', one);
        if (!ink.includes(style.color) || !ink.includes(style.backgroundColor) || style.opacity !== '1')
            say('not black on white', one);
        const text = [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim());
        if (text && parseFloat(style.fontSize) < smallest * 96 / 72 - .01) say('too small', one);
        if (style.breakInside === 'avoid' && box.height > short * 96 / 25.4) say('higher than a page', one);
        if (one.matches('article.post, .sl-card, tr, figure') && style.breakInside !== 'avoid')
            say('may be split', one);
    }
    return told; }"""


def booklets() -> list[str]:
    return [*map(str, content.syllabus()), *forms.LETTERS, "en", "es"]


@cache
def made(what: str) -> list[Booklet]:
    if what.isdecimal():
        return booklet.lesson(int(what))
    return booklet.test(what) if what in forms.LETTERS else booklet.letters(what, "US")


def look(page: Page, markup: str) -> list[str]:
    page.set_viewport_size({"width": int(NARROW * MM), "height": 900})
    page.emulate_media(media="print")
    page.set_content(markup)
    return page.evaluate(LOOK, [SHORT, SMALLEST])


@pytest.mark.parametrize("what", booklets())
def test_nothing_is_cut_off_split_grey_or_too_small(page, what):
    for one in made(what):
        assert look(page, paper.html(one)) == [], one.name


@pytest.mark.parametrize(
    ("planted", "seen"),
    [
        ('<p style="width: 300mm">wide</p>', "beyond the edge"),
        ('<p style="width: 20mm; white-space: nowrap">a line that does not break</p>', "runs over"),
        ('<p style="color: #777">grey</p>', "not black on white"),
        ('<p style="opacity: .4">faint</p>', "not black on white"),
        ('<p style="font-size: 5pt">small</p>', "too small"),
        ('<article class="post" style="height: 260mm">long</article>', "higher than a page"),
        ('<article class="post" style="break-inside: auto">split</article>', "may be split"),
    ],
)
def test_what_would_spoil_a_page_is_seen(page, planted, seen):
    markup = paper.html(made("3")[0]).replace("</main>", f"{planted}</main>")
    assert any(one.startswith(seen) for one in look(page, markup))


@pytest.mark.parametrize("what", ["3", "A", "es"])
def test_on_a_screen_axe_finds_nothing(page, what):
    for one in made(what):
        page.set_content(paper.html(one))
        assert axe(page, "html") == [], one.name
