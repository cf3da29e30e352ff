"""data/README.md: every file is listed, every listed file is there, and what must be said is said."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

from secondlook import content

DATA = content.data_dir()
ROOT = Path(__file__).resolve().parents[1]


def listed(readme: str) -> list[str]:
    """The files and patterns in the first column of the tables of the index."""
    found = []
    for cell in re.findall(r"^\| ((?:`[^`]+`(?:, )?)+) \|", readme, re.MULTILINE):
        found += re.findall(r"`([^`]+)`", cell)
    return found


def wrong(readme: str, files: list[str]) -> set[str]:
    """Files that are not listed, and what is listed and not there."""
    names = listed(readme)
    # A table is listed by its name: a pattern would let one in that nobody has described.
    loose = {one for one in names if one.endswith("*.csv") and one.startswith("studies/")}
    unlisted = {file for file in files if not any(fnmatch(file, one) for one in names)}
    gone = {one for one in names if not any(fnmatch(file, one) for file in files)}
    twice = {one for one in names if names.count(one) > 1}
    return loose | unlisted | gone | twice


def files() -> list[str]:
    return [
        path.relative_to(DATA).as_posix()
        for path in sorted(DATA.rglob("*"))
        if path.is_file() and path.name != "README.md" and "__pycache__" not in path.parts
    ]


def readme() -> str:
    return (DATA / "README.md").read_text(encoding="utf-8")


def test_every_file_is_listed_and_every_listed_file_is_there():
    assert wrong(readme(), files()) == set()


BAD = {
    "a file that nobody listed": (lambda text: text, ["stray.json"], "stray.json"),
    "a table that nobody listed": (lambda text: text, ["studies/stray.csv"], "studies/stray.csv"),
    "a file that is gone": (lambda text: text.replace("`posts.json`", "`poems.json`"), [], "poems.json"),
    "its old name": (lambda text: text.replace("`posts.json`", "`poems.json`"), [], "posts.json"),
    "all tables at once": (lambda text: text.replace("`studies/reach.csv`", "`studies/*.csv`"), [], "studies/*.csv"),
    "a file twice": (lambda text: text.replace("`claims.json`", "`posts.json`"), [], "posts.json"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_index_is_seen(name):
    change, more, seen = BAD[name]
    assert seen in wrong(change(readme()), [*files(), *more])


SECTIONS = ["Motivation", "Composition", "Collection", "Preprocessing, cleaning, labelling", "Uses",
            "Distribution", "Maintenance", "What a learner's file holds",
            "Where the ideas behind the course are taught"]  # fmt: skip


def test_it_answers_the_questions_of_a_datasheet():
    titles = re.findall(r"^## (.+)$", readme(), re.MULTILINE)
    assert titles == SECTIONS
    for said in ("**Must not be used**", "### Who wrote it, who read it", "10.1145/3458723"):
        assert said in readme()


# What the two texts that the course was asked for from speak of.
IDEAS = ["therapists meet teenagers where they are", "stigma", "ask for help",
         "not a replacement for therapy", "the still-face video", "misinformation spreads",
         "without sharing their own information", "personal stories and humour",
         "mindfulness, grounding and apps", "short-form learning", "supportive comments",
         "hashtag views"]  # fmt: skip


def taught() -> list[tuple[str, int, list[str]]]:
    """Rows of the last table: idea, lesson, activities."""
    rows = readme().split("## Where the ideas")[1].splitlines()
    cells = [[one.strip() for one in row.strip("|").split("|")] for row in rows if "`" in row]
    return [(idea, int(number), re.findall("`([^`]+)`", what)) for idea, number, what in cells]


@pytest.mark.parametrize("idea", IDEAS)
def test_every_idea_of_the_first_texts_is_taught_somewhere(idea):
    assert [one for one, _, _ in taught() if idea in one]


def test_where_an_idea_is_taught_there_is_such_an_activity():
    for idea, number, names in taught():
        assert names and set(names) <= set(content.activities(number)), idea


@pytest.mark.parametrize(
    ("document", "lines"),
    [("data/README.md", 15), ("instructor_guide.md", 15), ("README.md", 80)],
)
def test_a_teacher_reads_early_who_has_reviewed_it(document, lines):
    text = (ROOT / document).read_text(encoding="utf-8")
    assert content.review_state() in "\n".join(text.splitlines()[:lines])


def test_the_tables_are_told_in_the_words_of_their_functions():
    from secondlook import studies

    for name in studies.__all__:
        purpose = getattr(studies, name).__doc__.splitlines()[0]
        assert f"| `studies/{name}.csv` | {purpose} | {len(content.study_rows(name))} |" in readme()
