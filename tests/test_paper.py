"""The course on paper: every lesson composes from notebook, syllabus and data, and keeps its key."""

from __future__ import annotations

import html
import re
from functools import cache

import pytest

import paper_rules as rules
from secondlook import content, forms, pages
from secondlook.activities import assessment, unanswered
from secondlook.outline import outline
from secondlook.paper import booklet, page

LESSONS = list(content.syllabus())


# Where the word is what the lesson is about, or part of an answer to weigh.
SUBJECT = (
    "Dial the wording",
    'A video site has a button "Not interested".',
    "Same site, same button.",
    "you may build one button into a feed",
    "presses like on one cat clip",
    "on screen, all along",
    "He reads a few lines, opens a new tab",
    "Both only want your clicks.",
    "Open a new tab and look up who is behind it.",
    "Open a new tab and see what others say about it.",
    "Scroll down under almost any sad clip",
    "Robin did not press like",
)


@cache
def made(number: int) -> dict[str, str]:
    """The booklets of a lesson as HTML, by kind."""
    return {one.kind: page.html(one) for one in booklet.lesson(number)}


@cache
def made_test(letter: str) -> dict[str, str]:
    return {one.kind: page.html(one) for one in booklet.test(letter)}


def shown(number: int) -> list[content.Record]:
    """All that a lesson shows: its activities with the posts in them."""
    found = list(content.activities(number).values())
    for one in content.activities(number).values():
        with unanswered(number, one) as activity:
            found += [content.record("posts", key) for key in activity.posts()]
    return found


# --- what a sheet holds -----------------------------------------------------------------------


@pytest.mark.parametrize("number", LESSONS)
def test_a_sheet_has_every_part_of_its_lesson_in_order(number):
    lesson = booklet.on_paper(content.syllabus()[number])
    sheet = rules.plain(made(number)["sheet"])
    told = [lesson["title"], lesson["question"], *lesson["objectives"], lesson["content_note"],
            pages.PASS_RULE, "findahelpline.com", "In danger now: call your local emergency number"]  # fmt: skip
    for part in outline(number)[1:]:
        told.append(f"{part.heading} {part.minutes} min")
        titles = [content.activities(number)[step.what]["title"] for step in part.steps
                  if step.kind == "show" and step.paper != ""]  # fmt: skip
        told += [one for one in titles if one != part.heading]
        if part.key == "talk":
            told += lesson["talk"]
    told += ["You can now", *lesson["objectives"], lesson["follow"]["text"]]
    at = 0
    for one in told:
        at = sheet.find(" ".join(one.split()), at)
        assert at >= 0, one


@pytest.mark.parametrize("number", LESSONS)
def test_a_key_has_every_activity_and_a_sheet_its_prose(number):
    sheet, key = rules.plain(made(number)["sheet"]), rules.plain(made(number)["key"])
    steps = [step for part in outline(number) for step in part.steps if step.kind == "show"]
    assert steps
    for step in steps:
        title = content.activities(number)[step.what]["title"]
        assert (f"{title} (key)" in key) == (step.paper != "")  # no sheet, no key
    first = outline(number)[0].steps[0]
    if first.paper is None:
        assert " ".join(first.what.split())[:60] in sheet


def test_a_part_and_its_only_activity_do_not_say_their_name_twice():
    assert rules.plain(made(3)["sheet"]).count("Warm-up") == 1


def test_a_cell_for_the_screen_is_left_out_and_one_for_paper_put_in(monkeypatch):
    from secondlook.outline import Part, Step

    steps = [Step("prose", "Scroll up.", paper=""), Step("prose", "Drag it.", paper="Tick it."),
             Step("show", "starter-three", paper="")]  # fmt: skip
    monkeypatch.setattr(booklet, "outline", lambda number: [Part("opening", "", 0, steps)])
    sheet = rules.plain(page.html(booklet.lesson(3)[0]))
    assert "Tick it." in sheet
    assert not any(one in sheet for one in ("Drag it.", "Scroll up.", "Three quick ones"))


def test_the_syllabus_may_say_it_otherwise_on_paper(monkeypatch):
    lesson = {**content.syllabus()[3], "paper": {"question": "Otherwise?", "talk": ["Aloud."]}}
    monkeypatch.setattr(content, "syllabus", lambda: {3: lesson})
    sheet = rules.plain(page.html(booklet.lesson(3)[0]))
    assert "Otherwise?" in sheet and "Aloud." in sheet and lesson["question"] not in sheet


def test_a_country_names_its_own_lines():
    sheet = rules.plain(page.html(booklet.lesson(3, "AU")[0]))
    (there,) = [
        one for one in content.read_json("helplines.json")["countries"] if one["code"] == "AU"
    ]
    assert f"In danger now: call {there['emergency']} ." in sheet.replace("000.", "000 .")
    assert all(one["name"] in sheet and pages.reach(one) in sheet for one in there["lines"])


@pytest.mark.parametrize("letter", forms.LETTERS)
def test_a_form_of_the_test_has_all_its_items_and_no_name(letter):
    sheet = made_test(letter)["test"]
    form = forms.form(letter)
    assert sheet.count('class="post"') == forms.POSTS
    text = rules.plain(sheet)
    assert all(one.record["question"] in text for one in form.items if one.part != "post")
    assert "never a name" in text and all(one in text for one in assessment.TITLES.values())


# --- what it must not hold --------------------------------------------------------------------


@pytest.mark.parametrize("number", LESSONS)
def test_no_sheet_and_no_card_shows_its_key(number):
    told = shown(number)
    for kind, text in made(number).items():
        if kind != "key":
            assert rules.leaks(text, told) == [], kind
    # And the rule knows what a key says: most of it stands in the key.
    said = {" ".join(one.split()) for one in rules.secrets(told)}
    assert len(set(rules.leaks(made(number)["key"], told))) > len(said) / 2


@pytest.mark.parametrize("letter", forms.LETTERS)
def test_no_test_shows_its_key(letter):
    told = [one.record for one in forms.form(letter).items]
    assert rules.leaks(made_test(letter)["test"], told) == []
    assert "☑" in made_test(letter)["key"]


@pytest.mark.parametrize("planted", ["feedback", "mark", "verdict", "post"])
def test_a_planted_key_is_seen(planted):
    told = shown(3)
    post = next(one for one in told if "beats" in one)
    option = content.activities(3)["starter-three"]["items"][0]["options"][0]
    text = {"feedback": option["feedback"], "mark": "☑ this one", "post": post["reason"],
            "verdict": "This one holds up."}[planted]  # fmt: skip
    bad = made(3)["sheet"].replace("</main>", f"<p>{html.escape(text)}</p></main>")
    assert rules.leaks(bad, told)


@pytest.mark.parametrize("number", LESSONS)
def test_a_sheet_asks_for_nothing_that_paper_cannot_do(number):
    found = [
        line
        for kind, text in made(number).items() if kind != "key"
        for line in rules.screen_words(text)
        if not any(fine in line for fine in SUBJECT)
    ]  # fmt: skip
    assert found == []


@pytest.mark.parametrize("letter", forms.LETTERS)
def test_a_test_asks_for_nothing_that_paper_cannot_do(letter):
    found = list(rules.screen_words(made_test(letter)["test"]))
    assert [line for line in found if not any(fine in line for fine in SUBJECT)] == []


@pytest.mark.parametrize(
    "text", ["Now press a button.", "Turn the dial.", "Drag the mark.", "Press Done at the end.",
             "Swap screens if you like.", "You type nothing today."],
)  # fmt: skip
def test_a_planted_screen_word_is_seen(text):
    bad = made(3)["sheet"].replace("</main>", f"<p>{text}</p></main>")
    assert text in list(rules.screen_words(bad))


# --- the file ---------------------------------------------------------------------------------


@pytest.mark.parametrize("number", LESSONS)
def test_a_page_is_black_on_white_and_asks_nobody_for_anything(number):
    for text in made(number).values():
        style, _, body = text.partition("</style>")
        assert "<script" not in body and "default-src 'none'" in style
        assert not re.findall(
            r"<(?:img|link|iframe|object|video|audio)\b|\bstyle=\"[^\"]*url", body
        )
        colours = set(re.findall(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\([^)]*\)", style))
        assert colours <= {"#000", "#fff"}
        assert re.findall(r"<h1>", body) == ["<h1>"]


def test_what_a_text_holds_is_shown_and_never_obeyed(monkeypatch):
    bad = '</style><script>alert(1)</script>"} body { display: none; } @page {'
    lesson = {**content.syllabus()[3], "title": bad, "talk": [bad]}
    monkeypatch.setattr(content, "syllabus", lambda: {3: lesson})
    for one in booklet.lesson(3):
        text = page.html(one, "a4")
        assert "<script" not in text and text.count("</style>") == 1
        foot = re.search(r'content: "((?:[^"\\]|\\.)*)"; \} \}\s*</style>', text)
        assert foot and '"' not in foot[1] and "<" not in foot[1]


def test_each_size_is_asked_for_by_its_name():
    one = booklet.lesson(0)[0]
    assert "size: A4" in page.html(one, "a4") and "size: letter" in page.html(one, "letter")
    assert "size:" not in page.html(one).partition("@page {")[2].partition("</style>")[0].replace(
        "font-size:", ""
    )
