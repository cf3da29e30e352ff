"""What the documents of the repository name is there: links, headings, commands and files."""

from __future__ import annotations

import pytest

import document_rules as rules

GUIDE = rules.ROOT / "instructor_guide.md"
DOCUMENTS = sorted([*rules.ROOT.glob("*.md"), *rules.ROOT.glob("deploy/*.md")])


def wrong(path, text):
    return [*rules.links(path, text), *rules.commands(text), *rules.files(text)]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_names_is_there(path):
    assert wrong(path, path.read_text(encoding="utf-8")) == []


def test_the_rules_read_more_than_one_of_each():
    text = GUIDE.read_text(encoding="utf-8")
    assert len(list(rules.commands(text + "\n`python3 start.py gone`"))) == 1
    kinds = [one["type"] for one in rules.tokens(text)]
    assert min(kinds.count(kind) for kind in ("link", "codespan", "heading")) > 15


BAD = {
    "an anchor that is gone": ("[a](#the-weather)", "no heading: #the-weather"),
    "a file that is gone": ("[a](docs/gone.md)", "no file: docs/gone.md"),
    "another file's anchor": ("[a](README.md#the-weather)", "no heading: README.md#the-weather"),
    "a page nobody has read": (
        "[a](https://example.org/x)", "a page that is not in data/references.json: https://example.org/x"),
    "a page in angle brackets": (
        "<https://example.org/x>", "a page that is not in data/references.json: https://example.org/x"),
    "a link in a table": ("| a |\n|---|\n| [a](#gone) |", "no heading: #gone"),
    "a picture that is gone": ("![a chart of it](docs/gone.png)", "no file: docs/gone.png"),
    "a command that is gone": ("`python3 start.py dance`", "no such command: python3 start.py dance"),
    "an option that is gone": (
        "```\npython3 start.py report hand_ins --loud\n```",
        "no such command: python3 start.py report hand_ins --loud"),
    "a choice that is gone": (
        "`secondlook print 1 --paper a9`", "no such command: secondlook print 1 --paper a9"),
    "a name that is gone": ("`secondlook dance`", "no such command: secondlook dance"),
    "a test that is gone": (
        "`python3 start.py test tests/test_gone.py`",
        "no such command: python3 start.py test tests/test_gone.py"),
    "a script that is gone": ("`python3 tools/gone.py`", "no such command: python3 tools/gone.py"),
    "a folder that is gone": ("`data/gone/`", "no such file: data/gone/"),
    "a notebook that is gone": ("`13_more.ipynb`", "no such file: 13_more.ipynb"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_there_is_seen(name):
    text, said = BAD[name]
    assert wrong(GUIDE, text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        "## Aim & why (45 minutes)\n\n[a](#aim--why-45-minutes)",
        "## Twice\n\n## Twice\n\n[a](#twice-1)",
        '<a id="here"></a>\n\n[a](#here)',
        "[a](README.md)",
        "`python3 start.py --port 9000`",
        "`py start.py`",
        "```\npython3 start.py lint           # style and types\n```",
        "`secondlook`",
        "`secondlook simulate`",
        "`data/activities/NN.json`",
    ],
)
def test_what_is_there_is_left_alone(text):
    assert wrong(GUIDE, text) == []
