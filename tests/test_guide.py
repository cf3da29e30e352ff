"""The pages of the instructor guide and the table of README.md say what the syllabus says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from secondlook import content

ROOT = Path(__file__).resolve().parents[1]
LESSONS = content.syllabus()
# What a part of the syllabus is called in the first row of a page's table.
PARTS = {
    "tour": "Look around", "try": "Try two posts", "save": "Keep your work",
    "starter": "Warm-up", "notes": "What is ahead", "worked": "One done together",
    "main": "Your turn", "talk": "Talk", "exit": "Exit ticket",
}  # fmt: skip
SAID = ["Aim", "Misconception", "Prepare", "Content note", "Expected trouble"]
SAID_FROM_1 = [*SAID, "Younger", "Older", "Without machines"]
SAFEGUARDING = (7, 11)  # lists of signs; somebody who is not safe
CELLS = 4

HEADING = re.compile(r"^## Lesson (\d+): (.+)$", re.MULTILINE)


def guide() -> str:
    return (ROOT / "instructor_guide.md").read_text(encoding="utf-8")


def pages(text: str) -> list[tuple[int, str, str]]:
    """Number, heading and body of each page, in the order in which they stand."""
    found = list(HEADING.finditer(text))
    return [(int(one[1]), one[2], text[one.end() :].split("\n## ")[0]) for one in found]


def table(body: str) -> list[list[str]]:
    """The rows of a page's table of minutes, without its head."""
    rows = [line for line in body.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def wrong_page(number: int, heading: str, body: str) -> list[str]:
    lesson = LESSONS[number]
    minutes: dict[str, int] = lesson["minutes"]
    wrong = []
    if heading != f"{lesson['title']} ({sum(minutes.values())} minutes)":
        wrong.append(f"lesson {number}: the heading {heading!r}")
    rows = table(body)
    if [row[:2] for row in rows] != [[str(many), PARTS[part]] for part, many in minutes.items()]:
        wrong.append(f"lesson {number}: the minutes {[row[:2] for row in rows]}")
    if any(len(row) != CELLS or not row[2] for row in rows):
        wrong.append(f"lesson {number}: a row without its {CELLS} cells, or without what happens")
    text = " ".join(body.split())  # a line may break inside a mark
    said = [*(SAID_FROM_1 if number else SAID), *["Safeguarding"] * (number in SAFEGUARDING)]
    wrong += [
        f"lesson {number}: nothing on {one!r}"
        for one in said
        if not re.search(rf"\*{one}[^*]*[:.]\*", text)
    ]
    return wrong


def wrong_guide(text: str) -> list[str]:
    """Everything in which a guide does not agree with the syllabus."""
    found = pages(text)
    wrong = []
    if [number for number, _, _ in found] != sorted(LESSONS):
        wrong.append(f"pages: {[number for number, _, _ in found]}, lessons: {sorted(LESSONS)}")
    for number, heading, body in found:
        if number in LESSONS:
            wrong += wrong_page(number, heading, body)
    return wrong


def test_every_lesson_has_a_page_that_agrees_with_the_syllabus():
    assert wrong_guide(guide()) == []


def page(text: str, number: int) -> str:
    start = text.index(f"## Lesson {number}:")
    return text[start : text.index("\n## ", start) + 1]


def changed(text: str, number: int, old: str, new: str) -> str:
    """The guide with the page of one lesson changed in one place."""
    whole = page(text, number)
    bad, times = re.subn(re.escape(old).replace(r"\ ", r"\s+"), new, whole)
    assert times == 1
    return text.replace(whole, bad)


# What is done to the guide, and what the check has to say about it.
BAD = {
    "a page left out": (lambda text: text.replace(page(text, 9), ""), "pages: "),
    "a page twice": (lambda text: text + "\n" + page(text, 5), "pages: "),
    "a page for no lesson": (lambda text: text + "\n## Lesson 13: More (45 minutes)\n", "pages: "),
    "pages in another order": (
        lambda text: text.replace(page(text, 3), "") + "\n" + page(text, 3), "pages: "),
    "another title": (
        lambda text: changed(text, 5, "Viral is not", "Viral is"), "lesson 5: the heading"),
    "another sum of minutes": (
        lambda text: changed(text, 8, "(45 minutes)", "(50 minutes)"), "lesson 8: the heading"),
    "a wrong minute": (lambda text: changed(text, 8, "| 20 |", "| 25 |"), "lesson 8: the minutes"),
    "a wrong part": (
        lambda text: changed(text, 8, "| Talk |", "| Chat |"), "lesson 8: the minutes"),
    "a row left out": (
        lambda text: changed(text, 6, "| 8 | Talk |", "8 Talk |"), "lesson 6: the minutes"),
    "nothing happens": (
        lambda text: changed(text, 8, "a hat of paper slips, then six cards", ""), "lesson 8: a row"),
    "no safeguarding line": (
        lambda text: changed(text, 11, "*Safeguarding.*", ""), "lesson 11: nothing on 'Safeg"),
    "no misconception": (
        lambda text: changed(text, 7, "*Misconceptions:*", ""), "lesson 7: nothing on 'Misc"),
    "nothing without machines": (
        lambda text: changed(text, 12, "*Without machines:*", ""), "lesson 12: nothing on 'With"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_guide_is_refused(name):
    change, said = BAD[name]
    found = wrong_guide(change(guide()))
    assert found and found[0].startswith(said)


def wrong_readme(text: str) -> bool:
    """Whether the table of lessons does not name each lesson by number and title, in order."""
    rows = re.findall(r"^\| (\d+) \| ([^|]+?) \| [^|]+ \|$", text, re.MULTILINE)
    return rows != [(str(number), LESSONS[number]["title"]) for number in sorted(LESSONS)]


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_readme_names_every_lesson():
    assert not wrong_readme(readme())


@pytest.mark.parametrize(
    ("old", "new"),
    [("Viral is not", "Viral is"), ("| 7 | Symptom", "| Symptom"), ("| 8 |", "| 9 |")],
)
def test_a_readme_with_another_lesson_is_refused(old, new):
    assert old in readme()
    assert wrong_readme(readme().replace(old, new, 1))
