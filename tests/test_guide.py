"""The instructor guide is as its sources have it, and says by hand what no source can."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from secondlook import content

ROOT = Path(__file__).resolve().parents[1]
LESSONS = content.syllabus()
# What is written by hand on the page of each lesson.
SAID = [
    "Aim", "Misconceptions", "Prepare", "Expected trouble", "Talk", "Safeguarding",
    "Younger (13-14)", "Middle (15-16)", "Older (17-18)", "English learners", "No phone",
    "Without machines", "Homework",
]  # fmt: skip
PROMPT = {"first prompt": 1, "second prompt": 2, "third prompt": 3, "fourth prompt": 4}

MARK = re.compile(r"^<!-- drawn: (\S+) -->$", re.MULTILINE)


def load():
    """``tools/guide.py``, which draws."""
    spec = importlib.util.spec_from_file_location("guide", ROOT / "tools" / "guide.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


guide = load()


def text() -> str:
    return (ROOT / "instructor_guide.md").read_text(encoding="utf-8")


def page(whole: str, number: int) -> str:
    """The page of a lesson, from the head of it to its key."""
    start = whole.index(f"<!-- drawn: lesson-{number} -->")
    end = whole.index(f"<!-- drawn: key-{number} -->")
    return whole[start : whole.index("<!-- /drawn -->", end)]


def by_hand(page: str) -> str:
    """What is left of a page without its drawn parts; a line may break inside a sentence."""
    return " ".join(guide.DRAWN.sub("", page + "<!-- /drawn -->").split())


def wrong_marks(whole: str) -> list[str]:
    """Every lesson has its head and its key, in order, and every table its place, once."""
    found = MARK.findall(whole)
    wrong = [name for name in {*found, *guide.names()} if found.count(name) != 1]
    order = [name for name in found if name.startswith(("lesson-", "key-"))]
    if not wrong and order != [name for name in guide.names() if name in order]:
        wrong.append("the order")
    return sorted(f"drawn: {name}" for name in set(wrong) | set(found) - set(guide.names()))


def wrong_page(whole: str, number: int) -> list[str]:
    said = by_hand(page(whole, number))
    wrong = [
        f"lesson {number}: nothing on {one!r}"
        for one in SAID
        if not re.search(rf"\*\*{re.escape(one)}:\*\* (?!-? ?\*\*)\S", said)
    ]
    wrong += [
        f"lesson {number}: there is no {one}"
        for one, place in PROMPT.items()
        if one in said and place > len(LESSONS[number]["talk"])
    ]
    wrong += [
        f"lesson {number}: the misconception {one!r} is not taken up"
        for one in LESSONS[number]["misconceptions"]
        if one.lower() not in said.lower()
    ]
    return wrong


LEARNING_ENGLISH = re.compile(r"\*\*English learners:\*\*(.*?)- \*\*")
ITALIC = re.compile(r"(?<!\*)\*([^*]+)\*(?!\*)")


def unexplained(whole: str, number: int) -> list[str]:
    """Words that the guide says to teach first, and does not explain in its table of words."""
    terms = {one["term"] for one in content.read_json("glossary.json")["terms"]}
    lines = LEARNING_ENGLISH.findall(by_hand(page(whole, number)))
    return [
        f"lesson {number}: {one!r} is not among the words"
        for line in lines
        for one in ITALIC.findall(line)
        if one not in terms
    ]


def wrong_guide(whole: str) -> list[str]:
    """Everything in which a guide is not what it should be."""
    return (
        wrong_marks(whole)
        or [found for number in LESSONS for found in wrong_page(whole, number)]
        or [found for number in LESSONS for found in unexplained(whole, number)]
        or ["not as drawn: run python3 tools/draw.py"] * (guide.draw(whole) != whole)
    )


def test_the_guide_is_whole_and_as_drawn():
    assert wrong_guide(text()) == []


def without(whole: str, number: int, old: str, new: str = "") -> str:
    """The guide with the page of one lesson changed in one place."""
    before = page(whole, number)
    bad, times = re.subn(re.escape(old).replace(r"\ ", r"\s+"), new, before)
    assert times == 1
    return whole.replace(before, bad)


# What is done to the guide, and what the check has to say about it.
BAD = {
    "a page left out": (lambda all: all.replace(page(all, 9), ""), "drawn: key-9"),
    "a page twice": (lambda all: all + page(all, 5) + "<!-- /drawn -->", "drawn: key-5"),
    "a page for no lesson": (
        lambda all: all + "\n<!-- drawn: lesson-13 -->\n<!-- /drawn -->", "drawn: lesson-13"),
    "pages in another order": (
        lambda all: all.replace(page(all, 3), "") + page(all, 3) + "<!-- /drawn -->",
        "drawn: the order"),
    "another title": (lambda all: without(all, 5, "## Lesson 5: Viral is not", "Viral is"), "not as"),
    "a wrong minute": (lambda all: without(all, 8, "| 20 |", "| 25 |"), "not as drawn"),
    "an objective left out": (
        lambda all: without(all, 6, "- Repair a clip so that it fits its study"), "not as drawn"),
    "no safeguarding line": (
        lambda all: without(all, 11, "**Safeguarding:**"), "lesson 11: nothing on 'Safeg"),
    "nothing for those without a phone": (
        lambda all: without(all, 4, "- **No phone:** nothing", "- nothing"), "lesson 4: nothing on 'No"),
    "a heading and no more": (
        lambda all: without(all, 0, "**Homework:** none.", "**Homework:**"), "lesson 0: nothing on 'Home"),
    "a bullet and no more": (
        lambda all: without(all, 0, "- **Middle (15-16):** as it stands.", "- **Middle (15-16):**"),
        "lesson 0: nothing on 'Middle"),
    "a word that is explained nowhere": (
        lambda all: without(all, 1, "*stigma*", "*shame*"), "lesson 1: 'shame' is not among"),
    "a prompt that is not there": (
        lambda all: without(all, 5, "the second prompt warms", "the fourth prompt warms"),
        "lesson 5: there is no fourth prompt"),
    "nothing without machines": (
        lambda all: without(all, 12, "**Without machines:**"), "lesson 12: nothing on 'With"),
    "a misconception that is not taken up": (
        lambda all: without(all, 7, "so nobody should ask for help"), "lesson 7: the misc"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_guide_is_refused(name):
    change, said = BAD[name]
    found = wrong_guide(change(text()))
    assert found and found[0].startswith(said)


def test_a_key_that_changes_in_the_data_is_seen(tmp_path):
    """A planted change: an exit ticket's right and wrong answers change places."""
    data = tmp_path / "data"
    shutil.copytree(content.data_dir(), data)
    file = data / "activities" / "05.json"
    raw = json.loads(file.read_text(encoding="utf-8"))
    (exit_ticket,) = [one for one in raw["activities"] if one["part"] == "exit"]
    for option in exit_ticket["items"][0]["options"][:2]:
        option["correct"] = not option["correct"]
    assert checked(data).returncode == 0  # not planted yet
    file.write_text(json.dumps(raw), encoding="utf-8")
    told = checked(data)
    assert (told.returncode, told.stdout) == (1, "instructor_guide.md was out of date.\n")


def checked(data: Path) -> subprocess.CompletedProcess[str]:
    """What ``tools/draw.py --check`` says with a folder as the course's data."""
    return subprocess.run(
        [sys.executable, ROOT / "tools" / "draw.py", "--check"],
        env={**os.environ, "SECONDLOOK_DATA": str(data)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_part_that_nothing_is_drawn_for_is_refused():
    with pytest.raises(ValueError, match="lesson-99"):
        guide.draw("<!-- drawn: lesson-99 -->\n<!-- /drawn -->")


def test_a_heading_that_is_linked_gets_an_anchor_and_loses_it_with_the_link():
    told = guide.draw("[a](#so-what) [b](#lesson-3)\n\n## So, what?\n\n## Lesson 3: X\n\n## Else\n")
    assert told.count("<a id=") == 2
    assert '<a id="so-what"></a>\n\n## So, what?' in told
    assert '<a id="lesson-3"></a>\n\n## Lesson 3: X' in told
    assert guide.draw(told) == told
    assert "<a id" not in guide.draw(told.replace("](", "] ("))


def test_every_kind_and_every_code_has_its_words():
    kinds = {one["kind"] for number in LESSONS for one in content.activities(number).values()}
    assert kinds == set(guide.KINDS)
    listed = [row.split(" | ")[0].removeprefix("| ") for row in guide.standards()]
    assert [name for name in content.standards() if listed.count(guide.code(name)) != 1] == []


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
