"""The course without a server: built by its command, served as plain files, used in Chromium."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from conftest import Pages
from harness import BROWSER_FLAGS, REPO, find_browser
from served import Served, build_site
from tools import axe, overflow, snapshot

LESSONS = sorted(path.name for path in (REPO / "lessons").glob("[0t]*.ipynb")) + sorted(
    path.name for path in (REPO / "lessons").glob("1*.ipynb")
)  # the class report reads a teacher's folder, and a page has none
THIRD = "03_claim_experience_opinion_advice.ipynb"
FOURTH = "04_clinicians_and_others.ipynb"
READY_MS = 120_000
FIRST = "section.sl >> nth=0"


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The site, built once and served."""
    served = Served(build_site(tmp_path_factory.mktemp("site") / "site"))
    yield served
    served.stop()


def open_lesson(page: Page, address: str) -> str:
    """Open a lesson and wait until it has run itself; ``ok`` or ``error``."""
    page.goto(address)
    panel = page.locator(".jp-NotebookPanel[data-lesson-ready]")
    panel.wait_for(state="attached", timeout=READY_MS)
    return str(panel.get_attribute("data-lesson-ready"))


def answer(page: Page) -> str:
    """Give the first answer of a lesson; what the screen then says of how far it is."""
    first = page.locator(FIRST)
    first.locator("button[data-option]").first.click()
    first.locator(".sl-fb").wait_for()
    first.locator(".sl-saved", has_text="Saved").wait_for()
    page.wait_for_timeout(300)  # the database writes when the page has a moment
    return str(first.locator(".sl-progress").first.text_content())


def test_an_answer_is_there_after_a_reload_and_travels_in_a_file(
    site: Served, pages: Pages, tmp_path
) -> None:
    page, watch = pages.new()
    assert open_lesson(page, site.lesson(FOURTH)) == "ok"
    told = answer(page)
    assert told.startswith("1 of")
    code = page.locator(".sl-keep .sl-code").first.text_content()

    assert open_lesson(page, site.lesson(FOURTH)) == "ok"
    assert page.locator(f"{FIRST} >> .sl-progress").first.text_content() == told
    assert page.locator(".sl-keep .sl-code").first.text_content() == code
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save my work").first.click()
    file = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(file)
    assert len(json.loads(file.read_text(encoding="utf-8"))["answers"]) == 1
    assert watch.outside == []

    other, _ = pages.new("phone")  # another browser: nothing is kept there
    assert open_lesson(other, site.lesson(FOURTH)) == "ok"
    assert other.locator(f"{FIRST} >> .sl-progress").first.text_content().startswith("0 of")
    assert overflow(other) == []
    with other.expect_file_chooser() as chooser:
        other.get_by_role("button", name="Load my work").first.click()
    chooser.value.set_files(file)
    other.locator(f"{FIRST} >> .sl-progress", has_text="1 of").first.wait_for()
    snapshot(other, "site/lesson-phone")


@pytest.fixture(scope="session")
def kept_page(browser: Browser) -> Iterator[Page]:
    """One browser for all lessons, as a learner has one."""
    pages = Pages(browser)
    page, _ = pages.new()
    yield page
    pages.close()


@pytest.mark.parametrize("name", LESSONS)
def test_every_notebook_runs_itself_there(name: str, site: Served, kept_page: Page) -> None:
    assert open_lesson(kept_page, site.lesson(name)) == "ok"


@pytest.mark.parametrize(("name", "charts"), [(THIRD, False), (FOURTH, True)])
def test_plotly_is_fetched_with_the_first_chart(
    name: str, charts: bool, site: Served, pages: Pages
) -> None:
    page, watch = pages.new()
    site.fetched.clear()
    assert open_lesson(page, site.lesson(name)) == "ok"
    if charts:
        page.locator(".js-plotly-plot svg").first.wait_for(state="attached", timeout=READY_MS)
    plotly = [size for path, size in site.fetched if "jupyterlab-plotly" in path and size > 1e6]
    assert bool(plotly) == charts
    assert sum(size for _, size in site.fetched) < (40e6 if charts else 34e6)
    assert watch.outside == []


def test_code_under_the_hood_runs_there_too(site: Served, kept_page: Page) -> None:
    """With pandas, which is fetched only then."""
    before = len(site.fetched)
    assert open_lesson(kept_page, site.lesson(FOURTH)) == "ok"
    assert not [path for path, _ in site.fetched[before:] if "pandas" in path]
    button = kept_page.get_by_role("button", name="Run the code")
    cell = kept_page.locator(".jp-CodeCell", has=button)
    cell.locator(".jp-OutputArea-output").evaluate_all("all => all.forEach(one => one.remove())")
    button.focus()
    kept_page.keyboard.press("Enter")
    cell.locator(".jp-OutputArea-output", has_text="missed").wait_for(timeout=READY_MS)


def test_a_school_can_serve_it_by_plain_http(site: Served, browser: Browser) -> None:
    """Under a name that is not "localhost" a page gets no service worker; answers last there too."""
    flags = [flag for flag in BROWSER_FLAGS if not flag.startswith("--host-resolver-rules")]
    flags.append("--host-resolver-rules=MAP school.test 127.0.0.1 , MAP * ~NOTFOUND")
    there = browser.browser_type.launch(executable_path=find_browser(), args=flags)
    page = there.new_page()
    try:
        assert open_lesson(page, site.lesson(FOURTH, "school.test")) == "ok"
        assert page.evaluate("[isSecureContext, 'serviceWorker' in navigator]") == [False, False]
        told = answer(page)
        assert open_lesson(page, site.lesson(FOURTH, "school.test")) == "ok"
        assert page.locator(f"{FIRST} >> .sl-progress").first.text_content() == told
    finally:
        there.close()


@pytest.mark.parametrize(("size", "scheme"), [("desktop", "light"), ("phone", "dark")])
@pytest.mark.parametrize("name", ["index", "guide"])
def test_the_doors_fit_and_read_well(
    name: str, size: str, scheme: str, site: Served, pages: Pages
) -> None:
    page, watch = pages.new(size, color_scheme=scheme)
    page.goto(site.address(f"{name}.html"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page, "body") == []
    snapshot(page, f"site/{name}-{size}-{scheme}")
    assert watch.outside == [] and watch.errors == []


def test_each_door_leads_somewhere(site: Served, page: Page) -> None:
    page.goto(site.address())
    doors = page.locator("a[href]").evaluate_all("all => all.map(one => one.href)")
    assert len({*doors}) == 15  # teacher, student, thirteen lessons; the third door is one
    for name in LESSONS:
        if name[0].isdigit():
            assert any(name in door for door in doors)
    for door in doors:
        assert page.request.get(door).ok
