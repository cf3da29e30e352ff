"""The class report in a real Chromium: opened from the disk, with hostile hand-ins in it."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from a_class import class_of, plain_forms, summary_of  # noqa: F401
from harness import SIZES
from secondlook.classroom import report
from secondlook.classroom.summary import Summary, no_rows
from tools import Opened, axe, snapshot

HOSTILE = (
    "<script>alert('x'); document.title = 'ran'</script>",
    '"><img src=x onerror="document.title=\'ran\'; alert(1)">',
    "</style></title><svg onload=alert(1)><a href='javascript:alert(1)'>",
    "<iframe src='https://example.org'></iframe><meta http-equiv=refresh content='0;url=//x.org'>",
)


def hostile(summary: Summary) -> Summary:
    """The same, with something bad in every text that comes from a file."""
    tests = summary.tests.copy()
    learners = no_rows("learners")
    for place, bad in enumerate(HOSTILE):
        rows = tests.index[place::8]
        tests.loc[rows, "learner"] = bad
        tests.loc[rows, "saved"] = bad
        tests.loc[tests.index[place + 4 :: 8], "class_name"] = bad * 5
        learners.loc[place] = [bad, bad, bad, 3, 20]
    refused = [(f"{bad}.json", f"It holds {bad}") for bad in HOSTILE] + [("x" * 300, "y" * 300)]
    return dataclasses.replace(summary, tests=tests, learners=learners, refused=refused)


@pytest.fixture
def good(plain_forms, monkeypatch) -> Summary:  # noqa: F811
    monkeypatch.setattr(report, "analyse", functools.partial(report.analyse, resamples=100))
    return summary_of(class_of([(7, 6), (6, 4), (8, 7)], [(8, 3), (9, 2), (7, 3)], n=25))


@pytest.fixture(params=["good", "hostile", "few"])
def file(request, good, tmp_path):
    made = {
        "good": good,
        "hostile": hostile(good),
        "few": summary_of(class_of([(7, 6)], [(8, 3)], n=3)),
    }
    path = tmp_path / "report.html"
    report.write(report.page_of(made[request.param]), path)
    return request.param, path


@pytest.fixture
def opened(browser: Browser) -> Iterator[Callable[..., Opened]]:
    """Opens a file in a context of its own."""
    contexts = []

    def open_file(path: Path, size: str = "desktop", scheme: str = "light") -> Opened:
        contexts.append(browser.new_context(viewport=SIZES[size], color_scheme=scheme))
        return Opened(contexts[-1], path)

    yield open_file
    for one in contexts:
        one.close()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_reads_well_and_nothing_in_it_runs(opened, file, scheme, size):
    name, path = file
    one = opened(path, size, scheme)
    page = one.page
    assert one.asked == [path.as_uri()]
    # A script that the policy had to refuse would be told here too: there must be none to refuse.
    assert one.wrong == []
    assert (
        page.locator("script, iframe, img, object, a[href], meta[http-equiv=refresh]").count() == 0
    )
    assert page.title().endswith("Second Look")
    wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    for part in page.locator("summary").all():
        part.click()
    assert page.evaluate(wide) <= 0
    snapshot(page, f"report-{name}-{scheme}-{size}")
    assert axe(page, "html") == []
    assert one.asked == [path.as_uri()]


def test_the_pages_own_policy_stops_a_script(opened, good, tmp_path):
    """Should a text ever get through unescaped, the policy still stands before it."""
    bad = "<script>document.title = 'ran'</script><img src=x onerror=\"document.title='ran'\">"
    text = report.page_of(good).replace("<main>", f"<main>{bad}")
    path = tmp_path / "report.html"
    path.write_text(text, encoding="utf-8")
    one = opened(path)
    assert one.page.title() != "ran"
    path.write_text(text.replace("Content-Security-Policy", "x"), encoding="utf-8")
    without = opened(path)  # it does run without the policy, so this test can see it run
    assert without.page.title() == "ran"


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_prints(opened, good, tmp_path, paper):
    path = tmp_path / "report.html"
    report.write(report.page_of(good), path)
    page = opened(path, scheme="dark").page
    pdf = page.pdf(format=paper, path=tmp_path / "report.pdf")
    assert pdf.startswith(b"%PDF")
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": 720, "height": 1000})
    # Dark on screen, black on white on paper, and no table wider than the sheet.
    assert page.evaluate("() => getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    wide = "() => [...document.querySelectorAll('table, svg')].filter(one => one.getBoundingClientRect().right > innerWidth + 1).length"
    assert page.evaluate(wide) == 0
