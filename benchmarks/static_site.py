"""What a first visit to the site costs.

    python benchmarks/static_site.py [SITE] [--rounds 5]

A lesson's time from going to its address to its first activity, and the bytes fetched for it, cold
(a new browser) and warm (the same browser again), beside a notebook of one cell that prints one
line, on the same site in the same run. Only the ratio says something about the lessons: the time is
this machine's.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "browser"), str(ROOT / "widgets")]

from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from harness import BROWSER_FLAGS, find_browser, notebook  # noqa: E402
from served import Served, build_site  # noqa: E402

BARE = "bare.ipynb"
LINE = "one line and nothing else"
LESSONS = ("03_claim_experience_opinion_advice.ipynb", "04_clinicians_and_others.ipynb")
FIRST = {BARE: f".jp-OutputArea-output:has-text('{LINE}')"}
ACTIVITY = "section.sl[data-activity]"
MOST = 1.3


def with_bare(site: Path, copy: Path) -> Path:
    """A copy of the site with the bare notebook in it, which starts itself as a lesson does."""
    shutil.copytree(site, copy)
    code = f"print({LINE!r})"
    text = json.dumps(notebook([code]) | {"metadata": _metadata()})
    (copy / "files" / "lessons" / BARE).write_text(text, encoding="utf-8")
    listing = copy / "api" / "contents" / "lessons" / "all.json"
    held = json.loads(listing.read_text(encoding="utf-8"))
    held["content"].append({**held["content"][0], "name": BARE, "path": f"lessons/{BARE}"})
    listing.write_text(json.dumps(held), encoding="utf-8")
    shipped = copy / "extensions" / "secondlook-lab" / "static" / "shipped.json"
    listed = json.loads(shipped.read_text(encoding="utf-8"))
    shipped.write_text(json.dumps({**listed, BARE: [code]}), encoding="utf-8")
    return copy


def _metadata() -> dict[str, object]:
    return {
        "kernelspec": {"name": "python", "display_name": "Python"},
        "language_info": {"name": "python"},
        "secondlook": {"lesson": 0},
    }


def visit(browser: Browser, served: Served, name: str) -> list[tuple[float, int]]:
    """Seconds to what a page shows first, and bytes by then: cold, then warm."""
    context = browser.new_context()
    found = []
    for _ in range(2):
        page = context.new_page()
        served.fetched.clear()
        began = time.perf_counter()
        page.goto(served.lesson(name))
        page.locator(FIRST.get(name, ACTIVITY)).first.wait_for(timeout=120_000)
        found.append((time.perf_counter() - began, sum(size for _, size in served.fetched)))
        page.close()
    context.close()
    return found


def main() -> int:
    """Measure and print; 1 if a lesson's first visit costs too much beside the bare notebook's."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", nargs="?", type=Path, help="default: one is built")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        site = options.site or build_site(Path(scratch, "site"))
        served = Served(with_bare(site, Path(scratch, "copy")))
        browser = playwright.chromium.launch(executable_path=find_browser(), args=BROWSER_FLAGS)
        rounds: dict[str, list[list[tuple[float, int]]]] = {name: [] for name in (BARE, *LESSONS)}
        for _ in range(options.rounds):
            for name, visits in rounds.items():  # in turn, so that a busy minute hits all alike
                visits.append(visit(browser, served, name))
        browser.close()
        served.stop()
    bare = [statistics.median(one[warm][0] for one in rounds[BARE]) for warm in (0, 1)]
    worst = 0.0
    print("| notebook | cold, s | beside bare | MB | warm, s | beside bare | MB |")
    print("|---|---|---|---|---|---|---|")
    for name, visits in rounds.items():
        cells = []
        for warm in (0, 1):
            seconds = statistics.median(one[warm][0] for one in visits)
            size = statistics.median(one[warm][1] for one in visits)
            cells += [f"{seconds:.1f}", f"{seconds / bare[warm]:.2f}", f"{size / 1e6:.1f}"]
            worst = max(worst, seconds / bare[warm] if warm == 0 else 0.0)
        print(f"| {name.removesuffix('.ipynb')} | {' | '.join(cells)} |")
    print(
        f"\nMedians of {options.rounds}. Cold to first activity: at most {MOST} times the bare one."
    )
    return int(worst > MOST)


if __name__ == "__main__":
    sys.exit(main())
