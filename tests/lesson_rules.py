"""The rules that a notebook of the course keeps, as functions, so that a bad one can be shown.

Each takes a notebook as a dict (nbformat 4) and yields what is wrong, in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Notebook = dict[str, Any]

CALL = re.compile(
    r"from secondlook import Lesson; Lesson\((\d+)\)\."
    r"(?:open\(\)|talk\(\)|keep\(\)|close\(\)|show\(\"[a-z0-9-]+\"\)|table\(\"[a-z0-9_]+\"[^\n;]*\))"
)
TEST_CALL = re.compile(
    r"from secondlook import Test; Test\(\"(before|after|later)\"\)\.(open|show|hand_in)\(\)"
)
TEST_SHELL = ("open", "show", "hand_in")
TAGS = {"nbval-check-output", "under-the-hood", "screen"}
HOOD_LINES = 12
ACTIVE_CELLS = 12
NETWORK = re.compile(
    r"https?://|\b(?:requests|urllib|httpx?|socket|aiohttp|ftplib|smtplib|pyodide\.http|js)\b"
    r"|%pip|!\s*\w|\bos\.system|subprocess|__import__|\bexec\(|\beval\(",
)
# Published figures live in data/studies; minutes and lesson numbers may stand in a heading.
TYPED_FIGURE = re.compile(r"\b\d+(?:[.,]\d+)*\s*(?:%|per ?cent\b|percent|in \d|of \d|out of)", re.I)


def source(cell: dict[str, Any]) -> str:
    text = cell["source"]
    return text if isinstance(text, str) else "".join(text)


def cells(notebook: Notebook, kind: str) -> list[dict[str, Any]]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == kind]


def tags(cell: dict[str, Any]) -> set[str]:
    return set(cell["metadata"].get("tags", []))


def occasion(notebook: Notebook) -> str | None:
    """Which test a notebook is; None for a lesson."""
    found: str | None = notebook["metadata"].get("secondlook", {}).get("test")
    return found


def outputs(notebook: Notebook) -> Iterator[str]:
    for cell in cells(notebook, "code"):
        checked = "nbval-check-output" in tags(cell)
        if cell["outputs"] and not checked:
            yield f"a stored output in a cell that is not checked: {source(cell)[:60]}"
        if checked and not cell["outputs"]:
            yield f"a cell is to be checked and holds no output: {source(cell)[:60]}"
        # nbval takes a stored output without a count for a cell that never ran.
        if cell["execution_count"] != (1 if checked else None):
            yield f"an execution count: {source(cell)[:60]}"


def tagged(notebook: Notebook) -> Iterator[str]:
    for cell in notebook["cells"]:
        for tag in tags(cell) - TAGS:
            yield f"the tag {tag!r}; allowed are {sorted(TAGS)}"


def on_paper(notebook: Notebook) -> Iterator[str]:
    for cell in notebook["cells"]:
        told = cell["metadata"].get("paper", "-")
        if not isinstance(told, str) or not told.strip() or told.startswith("#"):
            yield f"no Markdown below a heading as the text for paper: {told!r}"
        if "paper" in cell["metadata"] and (cell["cell_type"] != "markdown" or tags(cell)):
            yield f"a text for paper on code or beside a tag: {source(cell)[:60]}"


def one_line(notebook: Notebook) -> Iterator[str]:
    for cell in cells(notebook, "code"):
        code = source(cell)
        if "under-the-hood" in tags(cell):
            if len(code.splitlines()) > HOOD_LINES:
                yield f"an under-the-hood cell of more than {HOOD_LINES} lines"
        elif not (TEST_CALL if occasion(notebook) else CALL).fullmatch(code):
            yield f"a code cell that is not one call of the course: {code[:80]!r}"


def own_number(notebook: Notebook) -> Iterator[str]:
    number = notebook["metadata"].get("secondlook", {}).get("lesson")
    for cell in cells(notebook, "code"):
        found = CALL.fullmatch(source(cell))
        if found and int(found[1]) != number:
            yield f"lesson {number} calls lesson {found[1]}"


def locked(notebook: Notebook) -> Iterator[str]:
    for cell in notebook["cells"]:
        hood = "under-the-hood" in tags(cell)
        if cell["metadata"].get("deletable") is not False:
            yield f"a cell that a key can delete: {source(cell)[:60]}"
        if not hood and cell["metadata"].get("editable") is not False:
            yield f"a cell that can be edited by accident: {source(cell)[:60]}"
        hidden = cell["metadata"].get("jupyter", {}).get("source_hidden")
        if cell["cell_type"] == "code" and bool(hidden) == hood:
            yield f"code shown or hidden the wrong way round: {source(cell)[:60]}"


def kernel(notebook: Notebook) -> Iterator[str]:
    meta = notebook["metadata"]
    if meta.get("language_info") != {"name": "python"}:
        yield "language_info must be exactly {'name': 'python'}, so that Lab and the browser agree"
    if meta.get("kernelspec", {}).get("name") != "python3":
        yield "the kernelspec must be python3"
    extra = set(meta) - {"language_info", "kernelspec", "secondlook"}
    if extra:
        yield f"metadata that changes from machine to machine: {sorted(extra)}"


def headings(notebook: Notebook) -> Iterator[str]:
    level = 0
    firsts = 0
    for cell in cells(notebook, "markdown"):
        for marks, text in re.findall(r"^(#{1,6})\s+(.+)$", source(cell), re.MULTILINE):
            if len(marks) == 1:
                firsts += 1
            if len(marks) > level + 1:
                yield f"the heading {text!r} skips a level"
            level = len(marks)
    if firsts != 1 or not source(notebook["cells"][0]).startswith("# "):
        yield "a lesson has exactly one H1, in its first cell"


def alternatives(notebook: Notebook) -> Iterator[str]:
    for cell in cells(notebook, "markdown"):
        for alt, _ in re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", source(cell)):
            if len(alt.strip()) < 10:
                yield f"a picture whose text alternative says too little: {alt!r}"
        for tag in re.findall(r"<(?!/?(?:br|sub|sup)\b)[a-z][^>]*>", source(cell), re.I):
            yield f"HTML in a Markdown cell: {tag}"


def offline(notebook: Notebook) -> Iterator[str]:
    for cell in cells(notebook, "code"):
        for found in NETWORK.findall(source(cell)):
            yield f"a code cell reaches out of the lesson: {found!r}"
    for cell in cells(notebook, "markdown"):
        for address in re.findall(r"!\[[^\]]*\]\((https?:[^)]*)\)", source(cell)):
            yield f"a picture from another server: {address}"


def typed_figures(notebook: Notebook) -> Iterator[str]:
    for cell in cells(notebook, "markdown"):
        for found in TYPED_FIGURE.findall(source(cell)):
            yield f"a figure typed into the prose: {found!r}; show it with a cell"


def shell(notebook: Notebook) -> Iterator[str]:
    called = [source(cell) for cell in cells(notebook, "code")]
    lesson = notebook["metadata"].get("secondlook", {}).get("lesson")
    for part in ("open", "close") + (("talk",) if lesson else ()):
        count = sum(f").{part}()" in code for code in called)
        if count != 1:
            yield f"{part}() stands {count} times; once is right"
    active = [
        code for code in called if ".show(" in code or ".close()" in code or ".keep()" in code
    ]
    if len(active) > ACTIVE_CELLS:
        yield f"{len(active)} active cells; at most {ACTIVE_CELLS}"


def sitting(notebook: Notebook) -> Iterator[str]:
    found = [TEST_CALL.fullmatch(source(cell)) for cell in cells(notebook, "code")]
    if [one and one[2] for one in found] != list(TEST_SHELL):
        yield f"a test is {', '.join(TEST_SHELL)}, once each and in this order"
    for one in found:
        if one and one[1] != occasion(notebook):
            yield f"the test {occasion(notebook)!r} calls the test {one[1]!r}"


RULES = (outputs, tagged, on_paper, one_line, own_number, locked, kernel, headings, alternatives, offline,
         typed_figures, shell)  # fmt: skip

# What the notebook of a test keeps.
TEST_RULES = (outputs, tagged, one_line, locked, kernel, headings, alternatives, offline,
              typed_figures, sitting)  # fmt: skip
