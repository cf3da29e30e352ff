"""Every shipped lesson, opened and looked at in a real JupyterLab.

What each kind of activity asks of a learner is answered by keyboard in ``test_keyboard.py``; here a
lesson is opened, read, measured and photographed: it runs without an error, asks nothing of the
outside world, passes axe, and fits a phone and a page zoomed to 200%, light and dark.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

import keyboard
from conftest import Pages
from harness import COURSE, REPO, SIZES, THEMES, Lab, Watch, code_cells
from tools import axe, change_theme, open_lesson, overflow, sections, snapshot, wait_idle

# Of the three tests one is walked: they show the same kind, and test_assessment.py takes each form.
LESSONS = [
    path.name
    for shape in ("[0-9][0-9]_*.ipynb", "test_before.ipynb")
    for path in sorted((REPO / "lessons").glob(shape))
]
ACTIVITY = ".sl[data-activity]"
# A window of 1280 px at 200% zoom has 640 CSS pixels across.
ZOOMED = {"width": 640, "height": 450}
KEYS = ["x", "a", "b", "m", "y", "d", "d", "z", "c", "v", "Escape", "ArrowUp", "ArrowDown",
        "ArrowLeft", "ArrowRight", "Enter"]  # fmt: skip
# Pressing these leaves the lesson (a paper in a new tab, the file dialog): Enter is not pressed.
LEAVES = "a[href], .sl-keep button, .sl-keep input"
# What a control is, apart from its words and its state; whether it leaves; whether it can be used.
SORT_OF_CONTROL = """(one, leaves) => [
    [one.closest('[data-kind]')?.dataset.kind, one.tagName, one.type, one.getAttribute('role'),
     ...[...one.classList].filter(name => !name.startsWith('is-')),
     (one.dataset.focus ?? '').replace(/-.*/, '')].join(' '),
    one.matches(leaves), one.checkVisibility() && !one.disabled]"""


@dataclass
class Visit:
    """One lesson, open in one theme."""

    name: str
    theme: str
    page: Page
    watch: Watch
    ready: str


def test_there_are_lessons() -> None:
    """A walk through nothing must not pass."""
    assert LESSONS


@pytest.fixture(scope="module", params=LESSONS)
def lesson(request: pytest.FixtureRequest) -> str:
    """File name of a lesson."""
    return str(request.param)


@pytest.fixture(scope="module")
def opened(
    lesson: str, lab: Lab, open_pages: Callable[[], Pages]
) -> Iterator[tuple[Page, Watch, str]]:
    """The lesson, open at desktop size; one page for all tests of a lesson."""
    lab.forget()
    pages = open_pages()
    page, watch = pages.new()
    ready = open_lesson(page, lab, lesson)
    wait_idle(page)
    yield page, watch, ready
    pages.close()
    lab.shut_down_kernels()


@pytest.fixture(scope="module", params=list(THEMES))
def visit(request: pytest.FixtureRequest, lesson: str, opened: tuple[Page, Watch, str]) -> Visit:
    """The open lesson in each theme."""
    page, watch, ready = opened
    change_theme(page, request.param)
    return Visit(lesson, request.param, page, watch, ready)


def resize(page: Page, size: dict[str, int]) -> None:
    """Change the window and let JupyterLab lay itself out again."""
    page.set_viewport_size(size)  # type: ignore[arg-type]
    wait_idle(page)


def test_it_runs_by_itself_without_an_error(visit: Visit) -> None:
    errors = visit.page.locator(".jp-OutputArea-output[data-mime-type*=error], .jp-RenderedText")
    stderr = visit.page.locator('[data-mime-type="application/vnd.jupyter.stderr"]')
    texts = [one.inner_text()[:400] for one in [*errors.all(), *stderr.all()]]
    assert (visit.ready, [text for text in texts if "Error" in text]) == ("ok", [])
    assert visit.page.locator(ACTIVITY).count() > 0


def test_the_console_is_clean(visit: Visit) -> None:
    assert visit.watch.errors == []


def test_it_asks_nothing_of_the_outside(visit: Visit) -> None:
    assert visit.watch.outside == []


def test_axe_finds_nothing(visit: Visit) -> None:
    assert axe(visit.page, ".sl") == []


def test_it_fits_its_window(visit: Visit) -> None:
    """No sideways scrolling at desktop size, on a phone, or at 200% zoom."""
    found = {}
    try:
        for name, size in {**SIZES, "zoomed to 200%": ZOOMED}.items():
            resize(visit.page, dict(size))
            found[name] = overflow(visit.page)
    finally:
        resize(visit.page, dict(SIZES["desktop"]))
    assert {name: what for name, what in found.items() if what} == {}


def test_targets_are_large_enough(visit: Visit) -> None:
    """WCAG 2.2, 2.5.8: what is pressed is at least 24 by 24 CSS pixels (links in text excepted)."""
    small = visit.page.evaluate(
        """() => [...document.querySelectorAll('.sl button, .sl input, .sl select, .sl summary')]
            .map(node => node.matches('input[type=radio], input[type=checkbox]')
                ? node.closest('label') || node : node)
            .filter(node => { const box = node.getBoundingClientRect();
                return box.width && (box.width < 24 || box.height < 24); })
            .map(node => node.outerHTML.slice(0, 120))"""
    )
    assert small == []


def test_pictures_are_kept(visit: Visit) -> None:
    """One picture an activity, size and theme, in ``test-artifacts/``, for a person to look at."""
    stem = visit.name.removesuffix(".ipynb")
    taken = 0
    try:
        for size, window in SIZES.items():
            resize(visit.page, dict(window))
            visit.page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTo(0, 0)")
            snapshot(visit.page, f"{stem}/top-{size}-{visit.theme}")
            for node in visit.page.locator(ACTIVITY).all():
                name = node.get_attribute("data-activity")
                kept = snapshot(
                    visit.page,
                    f"{stem}/{name}-{size}-{visit.theme}",
                    f'.sl[data-activity="{name}"]',
                )
                taken += kept.stat().st_size > 0
    finally:
        resize(visit.page, dict(SIZES["desktop"]))
    assert taken == 2 * visit.page.locator(ACTIVITY).count()


def test_the_course_folder_holds_what_was_shipped(lab: Lab, lesson: str) -> None:
    """Opening and running a lesson leaves no trace in its code cells."""

    assert code_cells(lab.course / COURSE / lesson) == code_cells(REPO / "lessons" / lesson)


def cell_ids(page: Page) -> list[str]:
    return list(
        page.evaluate(
            "() => [...document.querySelectorAll('.jp-Notebook .jp-Cell')]"
            ".map(cell => (cell.querySelector('.sl')?.dataset.activity ?? cell.textContent.slice(0, 60))"
            ".split('\\n')[0])"
        )
    )


def test_no_key_on_any_control_reaches_the_notebook(opened: tuple[Page, Watch, str]) -> None:
    """Last, for it answers what it presses."""
    page, _, _ = opened
    cells = cell_ids(page)
    tried: set[str] = set()
    for section in [*sections(page), page.locator(".sl-keep"), page.locator(".sl-help")]:
        controls = section.locator("button, input, summary, a[href], [tabindex='0'], [role=button]")
        for at in range(controls.count()):
            if at >= controls.count():
                break  # what was pressed may have put the answer in their place
            control = controls.nth(at)
            # Ten options that differ in their words alone answer keys alike: one of them is tried.
            what, leaves, usable = control.evaluate(SORT_OF_CONTROL, LEAVES)
            if what in tried or not usable:
                continue
            tried.add(what)
            control.focus()
            for key in KEYS:
                if leaves and key == "Enter":
                    continue
                page.keyboard.press(key)
            assert cell_ids(page) == cells, f"after keys on {keyboard.here(page)}"
    assert len(tried) >= 10
