"""Kills the kernel, the server and the browser at random points of a lesson: is an answer lost?

    python benchmarks/kills.py [--rounds 50] [--seed 1]

A real JupyterLab and a real Chromium. In each round somebody answers questions of lesson 4, and
within the next half second one of the three is killed outright (SIGKILL). An answer counts as given
when it was clicked, for as long as its page lives; with the browser, when the screen had said that
it was saved. When everything is up again each such answer must stand in the answers file. Prints
how often what was killed; 1 if an answer was lost.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "browser"), str(ROOT / "widgets")]

import psutil  # noqa: E402
from playwright.sync_api import Browser, Locator, Page, Playwright, sync_playwright  # noqa: E402

from harness import BROWSER_FLAGS, Lab, find_browser  # noqa: E402
from secondlook import content  # noqa: E402
from secondlook.answer_lines import read_lines  # noqa: E402
from tools import open_lesson, wait_idle, wait_ready, wait_rerun  # noqa: E402

LESSON = "04_clinicians_and_others.ipynb"
ACTIVITIES = ("starter-numbers", "what-can-you-say")
WHAT = ("kernel", "server", "browser")
WAIT_S = 60
Given = dict[tuple[str, str], str]  # activity and item: the option that was picked last


class Room:
    """One learner's seat: a server, a browser, the lesson open in it."""

    def __init__(self, lab: Lab, playwright: Playwright) -> None:
        self.lab, self._playwright = lab, playwright
        self.browser: Browser
        self.page: Page
        self.open_browser()

    def open_browser(self) -> None:
        """Start a browser and open the lesson."""
        self.browser = self._playwright.chromium.launch(
            executable_path=find_browser(), args=BROWSER_FLAGS
        )
        self.page = self.browser.new_page(viewport={"width": 1280, "height": 900})
        assert open_lesson(self.page, self.lab, LESSON) == "ok"
        wait_idle(self.page)

    def section(self, activity: str) -> Locator:
        """An activity on the page."""
        return self.page.locator(f'section.sl[data-activity="{activity}"]')

    def answer(self, dice: random.Random) -> tuple[tuple[str, str], str]:
        """Answer one question, or answer it anew; the item and the option."""
        activity = dice.choice(ACTIVITIES)
        section = self.section(activity)
        for _ in range(dice.randrange(3)):
            if section.locator("[data-nav=next]:visible").count():
                section.locator("[data-nav=next]").click()
        if not section.locator(".sl-body button[data-option]").count():
            section.locator("[data-nav=back]").click()
        told = section.inner_text()
        items = content.activities(4)[activity]["items"]
        (item,) = (one for one in items if one["question"] in told)
        option = dice.choice([one["id"] for one in item["options"]])
        section.locator(f'.sl-body button[data-option="{option}"]').click()
        return (activity, item["id"]), option

    def says_saved(self, activity: str) -> bool:
        """Whether the screen has said that the last answer of an activity is saved."""
        return self.section(activity).locator(".sl-saved").inner_text().startswith("Saved")

    def kill(self, what: str) -> None:
        """Kill it, and bring it back as a person would."""
        if what == "kernel":
            runs = self.page.locator(".jp-NotebookPanel").get_attribute("data-lesson-runs")
            self.lab.kill_kernel(f"lessons/{LESSON}")
            wait_rerun(self.page, int(runs or 0))
        elif what == "browser":
            for process in psutil.Process().children(recursive=True):
                if "--remote-debugging-pipe" in " ".join(process.cmdline()):
                    process.kill()
            self.open_browser()
        else:
            self.lab.crash()
            self.lab.start()
            self.page.reload()  # what a person does when a page says that it is lost
            wait_ready(self.page)


def journal(lab: Lab) -> Given:
    """The options that the answers file holds, the latest of each item."""
    found: Given = {}
    for one in read_lines((lab.work / "answers.jsonl").read_bytes()).entries:
        if not isinstance(one, str) and one.answer and one.activity in ACTIVITIES:
            found[one.activity, one.item] = one.answer["choice"][0]
    return found


def lost(room: Room, given: Given) -> Given:
    """What was given and is not in the file when all has been up for a while."""
    until = time.monotonic() + WAIT_S
    missing = given
    while missing and time.monotonic() < until:
        room.page.wait_for_timeout(250)
        held = journal(room.lab)
        missing = {key: option for key, option in given.items() if held.get(key) != option}
    return missing


def main() -> int:
    """Kill and count; 1 if an answer was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    killed: Counter[str] = Counter()
    answers, losses = 0, 0
    given: Given = {}
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        lab = Lab(Path(home)).start()
        room = Room(lab, playwright)
        try:
            for turn in range(options.rounds):
                what = dice.choice(WHAT)
                for _ in range(dice.randint(1, 3)):
                    key, option = room.answer(dice)
                    before, given[key] = given.get(key), option
                    answers += 1
                room.page.wait_for_timeout(dice.randrange(500))
                if what == "browser" and not room.says_saved(key[0]):
                    # Nobody said that it was saved: whatever the file holds now is right.
                    given.pop(key) if before is None else given.update({key: before})
                room.kill(what)
                killed[what] += 1
                for name, option in lost(room, given).items():
                    losses += 1
                    print(f"round {turn + 1}, {what}: lost {name} = {option}", flush=True)
                given = journal(lab)
        finally:
            lab.stop()
    told = ", ".join(f"{what} {times}" for what, times in sorted(killed.items()))
    print(f"{options.rounds} kills ({told}), {answers} answers, {losses} lost")
    return int(losses > 0)


if __name__ == "__main__":
    sys.exit(main())
