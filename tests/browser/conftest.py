"""Fixtures of the browser tests: one server and one browser a worker, a fresh context a test."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the tests import harness and tools by name

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from xdist.scheduler import LoadScopeScheduling

from harness import BROWSER_FLAGS, SIZES, Lab, Watch, find_browser


class ByLesson(LoadScopeScheduling):  # type: ignore[misc]
    """Keeps the walk through a lesson, which shares one page, on one worker, and Binder's, which
    shares one environment; the rest go anywhere.

    xdist's own way to say so, the mark ``xdist_group``, has no effect with pytest 9.
    """

    def _split_scope(self, nodeid: str) -> str:
        shared = re.search(r"test_walk\.py::.*?(\w+\.ipynb)|(test_binder_walk)\.py", nodeid)
        return shared[1] or shared[2] if shared else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByLesson:
    """Shares the browser tests out evenly, whatever ``--dist`` says."""
    return ByLesson(config, log)


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The course in a real JupyterLab, with the extension of this checkout."""
    server = Lab(tmp_path_factory.mktemp("lab"))
    try:
        yield server.start()
    finally:
        server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium that can reach nothing but this machine."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_FLAGS)
        yield chromium
        chromium.close()


class Pages:
    """Opens pages and, at the end, demands that none of them asked anything of the outside."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._open: list[tuple[BrowserContext, Watch]] = []

    def new(self, size: str = "desktop", **options: object) -> tuple[Page, Watch]:
        """A page in a context of its own, and what watches it.

        Args:
            size: ``desktop`` (1280 x 900) or ``phone`` (390 x 844, touch).
            **options: passed on to Playwright's ``new_context``.
        """
        settings: dict[str, object] = {"viewport": SIZES[size], "has_touch": size == "phone"}
        context = self._browser.new_context(**{**settings, **options})  # type: ignore[arg-type]
        watch = Watch(context)
        self._open.append((context, watch))
        return context.new_page(), watch

    def close(self) -> None:
        """Close all contexts.

        Raises:
            AssertionError: a page asked for something beyond loopback.
        """
        outside = []
        for context, watch in self._open:
            context.close()
            outside += watch.outside
        self._open.clear()
        assert outside == [], f"requests beyond this machine: {outside}"


@pytest.fixture
def pages(browser: Browser) -> Iterator[Pages]:
    """Opens pages for one test."""
    opened = Pages(browser)
    yield opened
    opened.close()


@pytest.fixture
def page_and_watch(pages: Pages) -> tuple[Page, Watch]:
    """One page of desktop size, and what watches it."""
    return pages.new()


@pytest.fixture
def page(page_and_watch: tuple[Page, Watch]) -> Page:
    """One page of desktop size."""
    return page_and_watch[0]


@pytest.fixture
def page_requests(page_and_watch: tuple[Page, Watch]) -> Watch:
    """What watches ``page``; ``.outside`` lists requests beyond this machine."""
    return page_and_watch[1]


@pytest.fixture(scope="session")
def open_pages(browser: Browser) -> Iterator[Callable[..., Pages]]:
    """For fixtures of a wider scope that keep a page: makes ``Pages``, closes them."""
    made: list[Pages] = []

    def make() -> Pages:
        made.append(Pages(browser))
        return made[-1]

    yield make
    for opened in made:
        opened.close()
