"""Every lesson becomes slides, with every answer on them, and none of it shown before its time."""

from __future__ import annotations

import re
from functools import cache
from html.parser import HTMLParser
from itertools import groupby

import pytest

from secondlook import activities, content
from secondlook.cli import main
from secondlook.present import deck as decks
from secondlook.present.deck import KINDS
from secondlook.present.numbers import ranges
from secondlook.present.page import page
from secondlook.present.posts import VERDICTS

LESSONS = list(content.syllabus())
deck = cache(decks.deck)  # a lesson is put into slides once for all tests


class Texts(HTMLParser):
    """What each slide says once it is shown: before the answer (`first`) and in all."""

    def __init__(self, text: str):
        super().__init__()
        self.slides: list[dict[str, list[str]]] = []
        self._open: list[tuple[str, bool]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        if tag == "section":
            self.slides.append({"first": [], "all": [], "attrs": named})
            self._open = []
        if tag not in ("input", "rect", "path", "meta", "br"):
            self._open.append((tag, "hidden" in named and tag != "section"))

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self.slides and self._open and data.strip():
            text = re.sub(r"\s+", " ", data.strip())
            self.slides[-1]["all"].append(text)
            if not any(hidden for _, hidden in self._open):
                self.slides[-1]["first"].append(text)


@pytest.fixture(scope="module")
def pages():
    return {number: page(number, deck(number)) for number in LESSONS}


def asked(number):
    """Each question of a lesson: the name of its hands, and its options."""
    for slide in deck(number):
        for block in slide.blocks:
            if block.form in ("options", "calls"):
                yield slide, [row["option"] for row in block.data["rows"]]


def test_there_are_slides_for_every_kind_that_a_lesson_shows():
    shown = {one["kind"] for number in LESSONS for one in content.activities(number).values()}
    assert shown == set(KINDS)


@pytest.mark.parametrize("number", LESSONS)
def test_every_answer_and_all_that_is_said_about_it_is_on_a_slide(number, pages):
    there = {text for slide in Texts(pages[number]).slides for text in slide["all"]}
    for one in content.activities(number).values():
        for item in one["items"]:
            if "post" in item:
                post = content.fill(content.record("posts", item["post"]))
                wanted = [*post["beats"], post["caption"]]
                if one["kind"] == "judge":
                    wanted += [post["reason"], *post["feedback"].values()]
                assert [text for text in wanted if clean(text) not in there] == []
            for option in item.get("options", []) if "view" not in item else []:
                wanted = [option[name] for name in ("text", "feedback") if name in option]
                assert [text for text in wanted if clean(text) not in there] == [], item["id"]


def clean(text):
    return re.sub(r"\s+", " ", text.strip())


def told_early(html):
    """Slides that show an answer before anybody has asked for it, with the words."""
    found = []
    for slide in Texts(html).slides:
        if "is-ask" in slide["attrs"]["class"] or "is-post" in slide["attrs"]["class"]:
            found += [text for text in slide["first"] if text in MARKS]
    return found


MARKS = {option.mark for number in LESSONS for _, options in asked(number) for option in options}
MARKS = (MARKS | set(VERDICTS.values())) - {""}


@pytest.mark.parametrize("number", LESSONS)
def test_no_answer_is_shown_before_the_teacher_shows_it(number, pages):
    assert told_early(pages[number]) == []


def test_an_answer_shown_too_early_is_seen(pages):
    for early in ('<b class="mark" data-step="1"', '<span class="verdict" data-step="1"'):
        assert told_early(pages[1].replace(f"{early} hidden>", f"{early}>", 1)) != []


@pytest.mark.parametrize("number", LESSONS)
def test_every_question_has_its_own_hands_and_a_right_answer(number):
    names = [slide.vote for slide, _ in asked(number) if slide.vote]
    assert len(names) == len(set(names)) and names


def test_what_most_hands_are_for_leads_to_slides_that_are_there():
    for number in LESSONS:
        slides = deck(number)
        groups = {slide.group for slide in slides} - {""}
        leads = [slide.leads for slide in slides if slide.leads]
        goes = {one for lead in leads for one in lead["to"].split(" ")} - {""}
        assert goes <= groups
        assert {slide.group for slide in slides if slide.side} <= goes
        # The slides of a group stand together, so that one leads on to the next.
        runs = [name for name, _ in groupby(slide.group for slide in slides) if name]
        assert len(runs) == len(set(runs))


def test_ranges_cover_a_scale_without_a_gap():
    assert ranges(0, 100) == [(0, 19), (20, 39), (40, 59), (60, 79), (80, 100)]
    assert ranges(0, 500_000) == [(0, 999), (1000, 9999), (10_000, 99_999), (100_000, 500_000)]
    assert [low for low, _ in ranges(0, 10)] == [0, 2, 4, 6, 8]


def test_the_seen_activity_says_what_the_slides_need():
    """An activity that is looked at for its slides is closed again and keeps no answer."""
    record = content.activities(1)["starter-start"]
    assert activities.seen(1, record)["learner"] == ""


def test_the_command_writes_one_file(tmp_path, capsys):
    path = tmp_path / "x.html"
    assert main(["present", "4", "--output", str(path)]) == 0
    text = path.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>\n<!-- secondlook present -->")
    assert "default-src 'none'" in text and 'src="http' not in text and "unsafe" not in text
    assert str(path) in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["99"], "There is no lesson 99"),
        (["4", "--output", "/nowhere/x.html"], "could not be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(words, said, capsys):
    assert main(["present", *words]) == 1
    assert said in capsys.readouterr().err
