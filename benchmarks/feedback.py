"""How long from a click to its feedback on screen, with the kernel awake and with it dead.

A real JupyterLab, a real Chromium, and the choose and spot activities of lesson 3; measured in
the page from the click event to the second frame drawn after the feedback appeared. Prints median
and 95th percentile of each; 1 when a 95th percentile is above the limit.

    python benchmarks/feedback.py [--clicks 60] [--limit 100]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "browser"), str(ROOT / "widgets")]

from playwright.sync_api import Page, sync_playwright  # noqa: E402

from harness import BROWSER_FLAGS, Lab, find_browser  # noqa: E402
from tools import feedback_times, open_lesson  # noqa: E402

LESSON = "03_claim_experience_opinion_advice.ipynb"


def clicks(page: Page, kind: str, wanted: int) -> list[tuple[str, str]]:
    """Options of the first activity of a kind, round and round, each with its feedback box."""
    section = page.locator(f"section.sl[data-kind={kind}]").first
    root = f'section[data-activity="{section.get_attribute("data-activity")}"]'
    options = section.locator(".sl-body button[data-option], .sl-body [data-focus^=part-]")
    names = []
    for at in range(options.count()):
        one = options.nth(at)
        for field in ("data-option", "data-focus"):
            if value := one.get_attribute(field):
                names.append(f'{root} [{field}="{value}"]')
                break
    return [(names[at % len(names)], f"{root} .sl-fb") for at in range(wanted)]


def percentile(times: list[float], share: float) -> float:
    """The value below which ``share`` of the times lie (nearest rank)."""
    return sorted(times)[min(len(times) - 1, int(share * len(times)))]


def main() -> int:
    """Measures and prints; 1 when feedback comes later than the limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clicks", type=int, default=60, help="of each kind and state")
    parser.add_argument("--limit", type=float, default=100, help="milliseconds, 95th percentile")
    options = parser.parse_args()
    late = False
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        lab = Lab(Path(home)).start()
        chromium = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_FLAGS)
        try:
            page = chromium.new_page(viewport={"width": 1280, "height": 900})
            open_lesson(page, lab, LESSON)
            print("kind    kernel   clicks   median ms   95% ms")
            for state in ("awake", "dead"):
                process = lab.kernel_process(f"lessons/{LESSON}")
                if state == "dead":
                    process.suspend()  # a killed one is replaced at once; this one never answers
                for kind in ("choose", "spot"):
                    times = feedback_times(page, clicks(page, kind, options.clicks))
                    middle, most = percentile(times, 0.5), percentile(times, 0.95)
                    late |= most > options.limit
                    print(f"{kind:<7} {state:<8} {len(times):>6}   {middle:>9.0f}   {most:>6.0f}")
                if state == "dead":
                    process.resume()
        finally:
            chromium.close()
            lab.stop()
    return 1 if late else 0


if __name__ == "__main__":
    sys.exit(main())
