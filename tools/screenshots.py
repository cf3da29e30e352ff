"""Takes README.md's pictures from the running course: `python tools/screenshots.py [NAME ...]`.

Starts a real JupyterLab on a throw-away copy of the course and opens it in the Chromium of the
browser tests, presses what a learner would press, and writes `docs/pictures/`. Needs the packages
of the tests. Takes about a minute. Look at each picture afterwards: a test knows that it is there,
not empty and not too large, and not whether it is any good.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
MOST = 250_000  # bytes; a README must open on a phone's network

sys.path[:0] = [str(ROOT / "tests" / "browser"), str(ROOT / "widgets")]
from harness import BROWSER_FLAGS, Lab, find_browser  # noqa: E402
from secondlook.classroom.rehearse import rehearse  # noqa: E402
from secondlook.present.page import write  # noqa: E402
from tools import change_theme, open_lesson, wait_idle  # noqa: E402

WIDE = {"width": 1120, "height": 1500}  # tall, so that JupyterLab's bars cover no activity
PHONE = {"width": 390, "height": 760}


def activity(page: Page, name: str) -> Locator:
    """An activity of the open lesson, scrolled to."""
    section = page.locator(f'section.sl[data-activity="{name}"]')
    section.scroll_into_view_if_needed()
    return section


def judge(page: Page) -> Locator:
    """A post that was called too hastily, and what the course says to that."""
    section = activity(page, "story-or-proof")
    section.get_by_text("I'd question it").click()
    section.get_by_text("70%").click()
    section.locator('[data-focus="check"]').click()
    section.locator(".sl-fb").first.wait_for()
    return section


def dots(page: Page) -> Locator:
    """A thousand evenings, two fires, and all the toast."""
    section = activity(page, "the-toaster")
    section.locator('[data-focus="run"]').click()
    section.locator(".sl-dots .is-caught").first.wait_for()
    page.wait_for_timeout(1500)  # until the dots have stopped moving
    return section


def web(page: Page) -> Locator:
    """The first page of the small web."""
    return activity(page, "small-web").locator(".sl-web-browser")


def feed(page: Page) -> None:
    """A card of the invented user's feed, on a phone: the whole window."""
    section = activity(page, "robins-feed")
    section.locator("[data-focus=start]").click()
    for _ in range(5):
        section.locator("[data-focus=move-end]").click()
    section.evaluate("one => one.scrollIntoView({block: 'start'})")


# name of the picture: notebook, what to do there, window
SHOTS: dict[str, tuple[str, Callable[[Page], Locator | None], dict[str, int]]] = {
    "judge": ("03_claim_experience_opinion_advice.ipynb", judge, WIDE),
    "dots": ("07_symptom_lists_and_base_rates.ipynb", dots, WIDE),
    "feed": ("08_how_the_feed_learns.ipynb", feed, PHONE),
    "web": ("10_lateral_reading_and_the_news.ipynb", web, WIDE),
}
DARK = ("judge",)  # once more in the dark theme, as NAME.dark.png
REPORT, SLIDE = "report", "present"


def shoot(name: str, what: Page | Locator) -> None:
    """Keep one picture.

    Raises:
        SystemExit: it is too large for a README.
    """
    size = len(what.screenshot(path=PICTURES / f"{name}.png", animations="disabled"))
    print(f"{name}.png: {size:,} bytes")
    if size > MOST:
        sys.exit(f"{name}.png is larger than {MOST:,} bytes: show less, or a smaller window.")


def shoot_lesson(browser: Browser, lab: Lab, name: str) -> None:
    """Open a lesson, do what is to be done, and keep the picture in each theme asked for."""
    notebook, do, window = SHOTS[name]
    context = browser.new_context(viewport=window, has_touch=window is PHONE)
    page = context.new_page()
    if open_lesson(page, lab, notebook) != "ok":
        sys.exit(f"{notebook} did not start.")
    shown = do(page)
    for theme in ("light", "dark") if name in DARK else ("light",):
        change_theme(page, theme)
        page.mouse.move(0, 0)
        wait_idle(page)
        shoot(name if theme == "light" else f"{name}.{theme}", shown or page)
    context.close()
    lab.forget()


def shoot_report(browser: Browser, home: Path) -> None:
    """The class report of an invented class, its title and what happened."""
    page = browser.new_page(viewport={"width": 980, "height": 500})
    page.goto(rehearse(home / "rehearsal", "cynical", 25, 1).as_uri())
    told = page.locator("#happened").bounding_box()
    assert told
    page.set_viewport_size({"width": 980, "height": round(told["y"] + told["height"]) + 24})
    shoot(REPORT, page)
    page.close()


def shoot_slide(browser: Browser, home: Path) -> None:
    """A slide of lesson 4 with three guesses typed in, and then what was published."""
    file = home / "slides.html"
    write(4, file)
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.goto(file.as_uri())
    question = page.get_by_text("A team rated 117 videos").first
    for _ in range(200):
        if question.is_visible():
            break
        page.keyboard.press("ArrowRight")
    for field, guess in zip(page.locator("input:visible").all(), (62, 25, 31), strict=True):
        field.fill(str(guess))
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowRight")
    page.get_by_text("Published", exact=True).locator("visible=true").first.wait_for()
    shoot(SLIDE, page)
    page.close()


def main(names: list[str]) -> int:
    """Take these pictures, or all of them; gives the exit code.

    Raises:
        SystemExit: there is no such picture, or one went wrong.
    """
    known = [*SHOTS, REPORT, SLIDE]
    wanted = names or known
    if unknown := set(wanted) - set(known):
        sys.exit(f"No such picture: {', '.join(unknown)}. There are {', '.join(known)}.")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_FLAGS)
        lab = Lab(Path(home, "lab"))
        try:
            if REPORT in wanted:
                shoot_report(browser, Path(home))
            if SLIDE in wanted:
                shoot_slide(browser, Path(home))
            if lessons := [name for name in SHOTS if name in wanted]:
                lab.start()
            for name in lessons:
                shoot_lesson(browser, lab, name)
        finally:
            lab.stop()
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
