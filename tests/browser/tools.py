"""What browser tests do with a page: open a lesson, run axe, measure feedback, keep a picture."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page

from harness import ARTIFACTS, AXE_TAGS, COURSE, THEMES, Lab

READY_MS = 60_000
BAR = ".sl-bar"
START = "Start lesson"


def open_notebook(page: Page, lab: Lab, path: str) -> None:
    """Open a notebook (path relative to the course) and wait until its cells are there."""
    page.goto(lab.address(path))
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=READY_MS)


def open_lesson(page: Page, lab: Lab, name: str) -> str:
    """Open a shipped lesson and wait until it has run itself.

    Args:
        page: the page to open it in.
        lab: the server.
        name: file name, such as ``03_the_feed.ipynb``.

    Returns:
        ``ok`` or ``error``, as the extension says, or the reason why it did not start.
    """
    open_notebook(page, lab, f"{COURSE}/{name}")
    return wait_ready(page)


def wait_ready(page: Page) -> str:
    """Wait until the open lesson has run to its end.

    Returns:
        ``ok``, ``error``, or, if it waits for its button instead, the reason it gives.
    """
    page.wait_for_selector(
        ".jp-NotebookPanel[data-lesson-ready], .sl-bar-waiting", state="attached", timeout=READY_MS
    )
    ready = page.locator(".jp-NotebookPanel").get_attribute("data-lesson-ready")
    return ready or page.locator(f"{BAR} .sl-bar-reason").inner_text()


def runs(page: Page) -> int:
    """How often the open lesson has run to its end."""
    panel = page.locator(".jp-NotebookPanel")
    return int(panel.get_attribute("data-lesson-runs") or 0)


def wait_rerun(page: Page, before: int) -> str:
    """Wait until the lesson has run once more than ``before`` times; ``ok`` or ``error``."""
    page.wait_for_function(
        """before => { const panel = document.querySelector('.jp-NotebookPanel').dataset;
            return panel.lessonReady && Number(panel.lessonRuns) > before; }""",
        arg=before,
        timeout=30_000,
    )
    return wait_ready(page)


def restart_kernel(page: Page) -> None:
    """Restart the open notebook's kernel through the Kernel menu, as a person would."""
    page.get_by_role("menuitem", name="Kernel", exact=True).click()
    page.get_by_role("menuitem", name="Restart Kernel…").first.click()
    page.locator(".jp-Dialog button.jp-mod-accept").click()


def wait_idle(page: Page, quiet_ms: int = 250) -> None:
    """Wait until nothing in the notebook has changed for ``quiet_ms``."""
    page.evaluate(
        """quiet => new Promise(done => {
            const root = document.querySelector('.jp-Notebook');
            let timer = setTimeout(finish, quiet);
            const seen = new MutationObserver(() => {
                clearTimeout(timer); timer = setTimeout(finish, quiet); });
            function finish() { seen.disconnect(); clearTimeout(limit); done(); }
            const limit = setTimeout(finish, 5000);
            seen.observe(root, {subtree: true, childList: true, attributes: true}); })""",
        quiet_ms,
    )


def change_theme(page: Page, theme: str) -> None:
    """Change the theme of an open page to ``light`` or ``dark``, as the Settings menu does."""
    page.evaluate(
        "name => window.jupyterapp.commands.execute('apputils:change-theme', {theme: name})",
        THEMES[theme],
    )
    light = str(theme == "light").lower()
    page.wait_for_selector(f'body[data-jp-theme-light="{light}"]', state="attached")
    wait_idle(page)


def sections(page: Page) -> list[Locator]:
    """The activities of the open lesson."""
    found = page.locator("section.sl[data-activity]")
    return [found.nth(at) for at in range(found.count())]


@cache
def _axe_source() -> str:
    """The text of axe-core, as carried by the package axe-playwright-python."""
    return resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


def axe(page: Page, selector: str = ".sl") -> list[dict[str, Any]]:
    """Accessibility violations inside the elements that ``selector`` finds.

    Returns:
        One entry a rule broken: ``id``, ``impact``, ``help`` and up to five ``nodes``.

    Raises:
        LookupError: nothing matches; a check of nothing must not pass.
    """
    if page.locator(selector).count() == 0:
        raise LookupError(f"axe has nothing to check: no element matches {selector}")
    if not page.evaluate("() => Boolean(globalThis.axe)"):
        page.evaluate(_axe_source())
    found: list[dict[str, Any]] = page.evaluate(
        """async ([selector, tags]) => {
            const found = await axe.run({include: [[selector]]},
                {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
            return found.violations.map(rule => ({
                id: rule.id, impact: rule.impact, help: rule.help,
                nodes: rule.nodes.slice(0, 5).map(node => node.target + ' ' +
                    node.html.slice(0, 160) + ' ' + (node.any[0]?.message || '')) })); }""",
        [selector, list(AXE_TAGS)],
    )
    return found


def feedback_times(page: Page, clicks: list[tuple[str, str]]) -> list[float]:
    """How long from a click to its feedback being painted, in milliseconds, one a click.

    Measured in the page itself: from the click event to the second animation frame after the
    feedback node changed, which is when the browser has drawn it.

    Args:
        page: the page.
        clicks: pairs of selectors (what to click, where the feedback appears).
    """
    times = []
    for control, feedback in clicks:
        page.evaluate(
            """([control, feedback]) => {
                globalThis.slTime = new Promise((done, fail) => {
                    let from = null;
                    const changed = new MutationObserver(records => {
                        const hit = records.some(r => [r.target, ...r.addedNodes].some(n => {
                            const e = n.nodeType === 1 ? n : n.parentElement;
                            return e && (e.closest(feedback) || e.querySelector(feedback)); }));
                        if (!hit || from === null) return;
                        changed.disconnect();
                        requestAnimationFrame(() => requestAnimationFrame(() =>
                            done(performance.now() - from))); });
                    const root = document.querySelector(control).closest('.sl') || document.body;
                    root.addEventListener('click', () => {
                        from = performance.now();
                        changed.observe(root, {subtree: true, childList: true,
                            characterData: true, attributes: true}); },
                        {capture: true, once: true});
                    setTimeout(() => fail(new Error('no feedback in ' + feedback)), 5000); }); }""",
            [control, feedback],
        )
        page.locator(control).first.click()
        times.append(float(page.evaluate("() => globalThis.slTime")))
    return times


def overflow(page: Page) -> list[str]:
    """What is wider than the page or the notebook, so that one would have to scroll sideways."""
    wide: list[str] = page.evaluate(
        """() => {
            const found = [];
            const doc = document.documentElement;
            if (doc.scrollWidth > innerWidth + 1) found.push(`page ${doc.scrollWidth}`);
            const outer = document.querySelector('.jp-WindowedPanel-outer');
            if (outer && outer.scrollWidth > outer.clientWidth + 1)
                found.push(`notebook ${outer.scrollWidth} of ${outer.clientWidth}`);
            const edge = outer ? outer.getBoundingClientRect().right : innerWidth;
            // What scrolls inside a box of its own (a wide table) is meant to.
            const clips = e => /(auto|scroll|hidden|clip)/.test(getComputedStyle(e).overflowX);
            const boxed = e => {
                for (let p = e.parentElement; p && p !== outer; p = p.parentElement)
                    if (clips(p)) return true;
                return false; };
            for (const e of document.querySelectorAll('.jp-Notebook .sl *')) {
                const box = e.getBoundingClientRect();
                if (box.width > 1 && box.right > edge + 1 && !boxed(e))
                    found.push(`${e.tagName}.${e.className} ${Math.round(box.right)} > ${edge}`);
            }
            return found.slice(0, 8); }"""
    )
    return wide


class Opened:
    """A file opened from the disk: the page, and all that it asked for, said or threw."""

    def __init__(self, context: BrowserContext, path: Path):
        self.page, self.path = context.new_page(), path
        self.asked: list[str] = []
        self.wrong: list[str] = []
        context.on("request", lambda one: self.asked.append(one.url))
        context.on("console", lambda one: self.wrong.append(one.text))
        context.on("weberror", lambda one: self.wrong.append(str(one.error)))
        self.page.on("dialog", lambda one: (self.wrong.append(one.message), one.dismiss()))
        self.page.goto(path.as_uri())


def snapshot(page: Page, name: str, selector: str | None = None) -> Path:
    """Keep a picture under ``test-artifacts/`` (not committed) and return where.

    Args:
        page: the page.
        name: file name without its ending.
        selector: the element to show; the whole window without it.
    """
    path = ARTIFACTS / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    if selector is None:
        page.screenshot(path=path)
    else:
        page.locator(selector).first.screenshot(path=path)
    return path
