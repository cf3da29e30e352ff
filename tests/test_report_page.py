"""The class report as a page: what it says, what it can never do, where it is written."""

from __future__ import annotations

import dataclasses
import functools
import os
import re
import stat
from html.parser import HTMLParser
from pathlib import Path

import pytest

from a_class import class_of, plain_forms, summary_of  # noqa: F401
from secondlook.classroom import charts, page, report
from secondlook.classroom.charts import Interval, Spot, Sure, Track
from secondlook.classroom.summary import Summary, no_rows
from secondlook.svg import Picture

SCRIPT = "<script>alert('x')</script>"
HOSTILE = [
    SCRIPT,
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% include 'x' %}",
    "javascript:alert(1)",
    '=HYPERLINK("https://example.org")',
    "\ud800 half a pair \x00 \x1b",
    "]]>--><iframe src=//example.org>",
]
SECTIONS = ["happened", "monday", "plane", "change", "sure", "items", "handed", "refused", "limits"]


class Reader(HTMLParser):
    """Collects elements, attributes and text."""

    def __init__(self, text: str):
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(self.words)


def dangers(text: str) -> list[str]:
    """What could run, load or lead away."""
    read = Reader(text)
    found = [tag for tag in read.tags if tag in
             ("script", "iframe", "object", "embed", "img", "link", "form", "base", "a", "image", "use",
              "animate", "set", "foreignobject", "audio", "video")]  # fmt: skip
    for name, value in read.attributes:
        if name.startswith("on") or name in ("href", "src", "xlink:href", "action", "style"):
            found.append(f"{name}={value}")
    css = "".join(re.findall(r"<style>(.*?)</style>", text, re.DOTALL))
    found += re.findall(r"url\(|@import|expression\(|javascript:", css)
    return found


@pytest.fixture
def summary(plain_forms) -> Summary:  # noqa: F811
    return summary_of(class_of([(7, 6), (6, 4)], [(8, 3), (9, 2)], n=24))


@pytest.fixture
def text(summary) -> str:
    return report.page_of(summary)


@pytest.fixture(autouse=True)
def short_bootstrap(monkeypatch):
    """How often the bootstrap draws is no matter of the page."""
    monkeypatch.setattr(report, "analyse", functools.partial(report.analyse, resamples=100))


def empty() -> Summary:
    return Summary(*(no_rows(name) for name in ("tests", "items", "options", "sureness")))


def spiked(summary: Summary, text: str) -> Summary:
    """The summary with ``text`` in every field that holds text and comes from outside."""
    tests = summary.tests.assign(saved=text)
    tests.loc[tests.index[:4], "learner"] = text
    tests.loc[tests.index[4:16], "class_name"] = text
    learners = no_rows("learners")
    learners.loc[0] = [text, text, text, 3, 9]
    return dataclasses.replace(
        summary, tests=tests, learners=learners, kept=[text], refused=[(text, text)]
    )


# --- what it says --------------------------------------------------------------------------------


def test_the_sections_come_in_their_order(text):
    ids = [value for name, value in Reader(text).attributes if name == "id"]
    assert [one for one in ids if one in SECTIONS] == SECTIONS


def test_every_id_is_there_once_and_every_label_leads_to_one(text):
    attributes = Reader(text).attributes
    ids = [value for name, value in attributes if name == "id"]
    assert len(ids) == len(set(ids))
    led = {one for name, value in attributes if name == "aria-labelledby" for one in value.split()}
    assert led <= set(ids)


def test_every_picture_has_a_title_a_description_and_a_table(text):
    read = Reader(text)
    assert read.tags.count("svg") == 5
    assert read.tags.count("desc") == 5 == read.tags.count("title") - 1
    assert read.tags.count("table") >= 5
    assert read.tags.count("caption") == read.tags.count("table")


def test_a_class_that_got_better_reads_so_with_both_sides(text):
    said = Reader(text).text
    assert "The class got better at telling sound from unsound." in said
    assert "trusted 6.5 of 10 sound posts and 5.0 of 10 unsound ones" in said
    assert 'class="story good"' in text
    assert "24 of 24" in said


def test_a_class_that_only_grew_suspicious_is_told_so(plain_forms):  # noqa: F811
    cynic = summary_of(class_of([(8, 6), (7, 7)], [(5, 3), (4, 4)], n=24))
    text = report.page_of(cynic)
    assert "only became more suspicious" in Reader(text).text
    assert 'class="story warm"' in text


def test_the_figures_of_the_verdict_stand_beside_the_picture(text):
    before, after = text.split('id="plane"')
    assert "Discernment (d&#39;) went from" not in before
    assert "Discernment (d&#39;) went from" in after


def test_learners_are_dots_only_where_there_are_five(plain_forms):  # noqa: F811
    for n, dots in ((4, False), (5, True)):
        text = report.page_of(summary_of(class_of([(7, 6)], [(8, 3)], n=n)))
        assert ('"after one"' in text) is dots
    assert '"after mean"' in text


def test_fewer_than_five_give_no_number_of_theirs(plain_forms):  # noqa: F811
    few = summary_of(class_of([(7, 6)], [(8, 3)], n=4))
    text = report.page_of(few)
    for picture in ("change-title", "sure-title", "items-title"):
        assert picture not in text
    ticks = {"0%", "25%", "50%", "75%", "100%"}
    assert set(re.findall(r"\d+%", Reader(text.split("<main>")[1]).text)) <= ticks
    assert "under 5" in text


def test_an_empty_class_gives_a_whole_page(plain_forms):  # noqa: F811
    text = report.page_of(empty())
    assert "Your class: 0 learners" in text
    assert "Every file and every code was used." in text
    assert dangers(text) == []


def test_refused_files_are_named_with_the_reason(summary):
    told = dataclasses.replace(summary, refused=[("notes.pdf", "It is no hand-in.")])
    said = Reader(report.page_of(told)).text
    assert "notes.pdf" in said and "It is no hand-in." in said


def test_a_long_list_is_cut_and_says_so(summary, monkeypatch):
    monkeypatch.setattr("secondlook.classroom.view.LISTED", 3)
    told = dataclasses.replace(summary, refused=[(f"{n}.pdf", "no") for n in range(5)])
    text = report.page_of(told)
    assert "2.pdf" in text and "3.pdf" not in text and "And 2 more." in text
    assert "By learner code" not in text and "The list of codes is left out" in text


def test_a_small_class_among_others_is_not_broken_down(plain_forms):  # noqa: F811
    kept = class_of([(7, 6)], [(8, 3)], n=12, class_name="8a")
    kept += class_of([(7, 6)], [(8, 3)], n=12, class_name="8b", first=20)
    kept += class_of([(3, 6)], [(4, 3)], n=3, class_name="8c", first=40)
    said = Reader(report.page_of(summary_of(kept))).text
    row = said.split("Class by class")[1].split("8c")[1][:90]
    assert "fewer than 5" in row and "%" not in row


# --- what it can never do ------------------------------------------------------------------------


def test_a_plain_report_holds_nothing_that_runs_or_loads(text):
    assert dangers(text) == []
    policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy}">' in text
    assert "http" not in text.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("bad", HOSTILE)
def test_what_comes_from_outside_is_text_wherever_it_stands(summary, bad):
    text = report.page_of(spiked(summary, bad))
    assert dangers(text) == []
    text.encode("utf-8")
    if "\x00" not in bad:
        assert " ".join(Reader(text).text.split()).count(" ".join(bad.split())) >= 6


@pytest.mark.parametrize("bad", HOSTILE)
def test_a_picture_cannot_be_broken_out_of(bad):
    drawn = charts.tracks("k", bad, [Track(bad, Interval(0.5, 0.4, 0.6), None)])
    drawn += charts.handed_in([(bad, 1)], 2) + charts.difficulty([(bad, [0.5], [0.6])])
    assert dangers(drawn) == []
    assert set(Reader(drawn).tags) <= {
        "svg", "title", "desc", "line", "circle", "rect", "text", "polygon"
    }  # fmt: skip


@pytest.mark.parametrize("seen", ["<script>", "<a href='x'>", "<p onclick=x>", "<i style='x'>"])
def test_dangers_are_seen(seen):
    assert dangers(seen)
    assert dangers("<style>a{background:url(x)}</style>")


# --- pictures ------------------------------------------------------------------------------------


def test_before_is_hollow_and_after_filled_at_their_places():
    drawn = charts.plane(Spot(0.5, 0.5), Spot(0.25, 0.75))
    (before,) = re.findall(r'class="before mean" cx="([\d.]+)" cy="([\d.]+)"', drawn)
    (after,) = re.findall(r'class="after mean" cx="([\d.]+)" cy="([\d.]+)"', drawn)
    assert float(after[0]) < float(before[0]) and float(after[1]) < float(before[1])
    assert drawn.count('"way"') == 1 and drawn.count('"way head"') == 1
    for region in ("tells them apart", "trusts everything", "questions", "guessing"):
        assert region in drawn


def test_a_picture_draws_no_fewer_than_five_learners():
    one = Spot(0.5, 0.5)
    assert '"after one"' not in charts.plane(one, one, [one] * 4, [one] * 4)
    assert '"after one"' in charts.plane(one, one, [one] * 5, [one] * 5)


def test_a_class_that_stood_still_gets_no_arrow():
    assert '"way"' not in charts.plane(Spot(0.5, 0.5), Spot(0.5, 0.5))


def test_an_interval_stays_within_the_axis():
    drawn = charts.tracks("k", "t", [Track("x", Interval(0.97, 0.9, 1.04), None)])
    assert max(map(float, re.findall(r'x2="([\d.]+)"', drawn))) <= 344


def test_calibration_tells_its_numbers():
    drawn = charts.calibration([Sure(0.5, 0.4, 10)], [Sure(0.9, 0.85, 30)])
    assert "before, 50% sure: 40% right of 10; after, 90% sure: 85% right of 30" in drawn


def test_a_rounded_number_has_no_idle_nought():
    picture = Picture("k", 10, 10, "t", "d")
    picture.dot("x", 1.0, 2.25, 3)
    assert 'cx="1" cy="2.2" r="3"' in picture.markup()


# --- where it is written -------------------------------------------------------------------------


def files(folder: Path) -> dict[str, bytes]:
    return {str(one): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_nothing_but_the_output_is_written(tmp_path, text):
    (tmp_path / "keep.txt").write_text("mine")
    output = tmp_path / "report.html"
    report.write(text, output)
    assert files(tmp_path).keys() == {str(output), str(tmp_path / "keep.txt")}
    assert output.read_text(encoding="utf-8") == text


def test_an_older_report_is_overwritten(tmp_path, text):
    output = tmp_path / "report.html"
    report.write(text, output)
    report.write(text.replace("24", "25"), output)
    assert "25 of 25" in output.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", report.GRADEBOOKS)
def test_an_older_gradebook_is_overwritten(tmp_path, summary, name):
    output = tmp_path / "marks.csv"
    marks = report.GRADEBOOKS[name](summary)
    report.write(marks, output)
    report.write(marks, output)
    assert output.read_bytes().decode() == marks


@pytest.mark.parametrize(
    "foreign",
    [
        "",
        "my essay",
        "<!doctype html>\n<title>my page</title>",
        "<!doctype html>\n<p><!-- secondlook class report -->",
        "Student,ID,Essay\nfern,1,2",
    ],
)
def test_what_is_not_ours_is_left_alone(tmp_path, text, foreign):
    output = tmp_path / "report.html"
    output.write_text(foreign)
    with pytest.raises(report.ReportError, match="no report of Second Look"):
        report.write(text, output)
    assert files(tmp_path) == {str(output): foreign.encode()}


def test_a_folder_and_a_missing_folder_are_refused(tmp_path, text):
    with pytest.raises(report.ReportError, match="is a folder"):
        report.write(text, tmp_path)
    with pytest.raises(report.ReportError, match="could not be written"):
        report.write(text, tmp_path / "nowhere" / "report.html")
    assert files(tmp_path) == {}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path, text):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(report.ReportError, match="no report"):
        report.write(text, tmp_path / "pipe")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_a_link_to_something_else_is_refused(tmp_path, text):
    (tmp_path / "essay.txt").write_text("mine")
    (tmp_path / "report.html").symlink_to(tmp_path / "essay.txt")
    with pytest.raises(report.ReportError):
        report.write(text, tmp_path / "report.html")
    assert (tmp_path / "essay.txt").read_text() == "mine"


def test_a_failed_write_leaves_nothing_behind(tmp_path, text, monkeypatch):
    def full(self, target):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(report.ReportError, match="No space left on device"):
        report.write(text, tmp_path / "report.html")
    assert files(tmp_path) == {}


def test_the_first_lines_are_the_mark(text):
    assert text.startswith(page.MARK)
