"""The rules that a document for people keeps: what it names is there, and can be done.

Each takes a document's Markdown (and its path, where links start from) and yields what is wrong.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import mistune

from secondlook import cli, content

ROOT = Path(__file__).resolve().parents[1]
# Pages of a tool or a licence that the course uses; everything else is in data/.
KNOWN = {
    "https://creativecommons.org/licenses/by/4.0/",
    "https://creativecommons.org/licenses/by/4.0/legalcode",
    "https://docs.astral.sh/uv/",
    "https://semver.org/",
    "https://tljh.jupyter.org/",
}
START = re.compile(r"(?:python3?|py) start\.py\b(.*)")
SECONDLOOK = re.compile(r"secondlook\b(.*)")
SCRIPT = re.compile(r"python3? ((?:tools|benchmarks|tests)/\S+\.py)\b.*")
# A place in the repository: what begins with one of its folders, or a file that only it has.
PLACE = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")
OURS = (".ipynb", ".md", ".py", ".toml")  # what a person using the course does not make
FREE = re.compile(r"N{2,}|NAME|FOLDER|[<>*]")  # a name to be put in


@cache
def tokens(text: str) -> list[dict[str, Any]]:
    """Every token of a document's Markdown, at any depth."""

    def walk(listed: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for one in listed:
            yield one
            yield from walk(one.get("children", []))

    return list(walk(mistune.create_markdown(renderer="ast", plugins=["table"])(text)))


def words(token: dict[str, Any]) -> str:
    """The plain words of a token."""
    return token.get("raw", "") + "".join(words(one) for one in token.get("children", []))


@cache
def anchors(text: str) -> set[str]:
    """The addresses in a document: those that it sets, and those that GitHub gives its headings.

    The second heading of a name ends in -1.
    """
    made: list[str] = []
    for heading in (one for one in tokens(text) if one["type"] == "heading"):
        plain = re.sub(r"[^\w\- ]", "", words(heading).lower()).replace(" ", "-")
        same = sum(re.fullmatch(re.escape(plain) + r"(-\d+)?", one) is not None for one in made)
        made.append(f"{plain}-{same}" if same else plain)
    return {*made, *re.findall(r'<a id="([^"]+)"></a>', text)}


@cache
def known_pages() -> frozenset[str]:
    """Every address that stands in the references, the help lines or the registers' notes."""
    found = set(KNOWN)
    for name in ("references.json", "helplines.json"):
        found |= set(re.findall(r"https://[^\s\"\\]+", json.dumps(content.read_json(name))))
    for one in content.records("references").values():
        if "DOI" in one:
            found.add(f"https://doi.org/{one['DOI']}")
    return frozenset(found)


def links(path: Path, text: str) -> Iterator[str]:
    """A link that leads nowhere, or to a page that nobody of us has read."""
    for one in tokens(text):
        if one["type"] not in ("link", "image"):
            continue
        address = one["attrs"]["url"]
        if re.match(r"[a-z]+:", address):
            if address not in known_pages():
                yield f"a page that is not in data/references.json: {address}"
            continue
        name, _, place = address.partition("#")
        file = path.parent / name if name else path
        if not file.exists():
            yield f"no file: {address}"
        elif place and place not in anchors(text if file == path else file.read_text("utf-8")):
            yield f"no heading: {address}"


def code(text: str) -> Iterator[str]:
    """Every line of code in a document, in a sentence or in a block."""
    for one in tokens(text):
        if one["type"] in ("codespan", "block_code"):
            yield from one["raw"].strip().splitlines()


@cache
def start() -> Any:
    """``start.py``, for its words."""
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def commands(text: str) -> Iterator[str]:
    """A command of the course that its own parser does not take."""
    for line in code(text):
        if found := START.fullmatch(line):
            first, *rest = shlex.split(found[1], comments=True) or [""]
            if first in ("test", "lint"):
                wrong = any("/" in one and not (ROOT / one).exists() for one in rest)
            elif first in start().COMMANDS:
                wrong = not _parses(cli.build_parser(), [first, *rest])
            else:
                wrong = not _parses(start().build_parser(), [first, *rest] if first else [])
        elif found := SECONDLOOK.fullmatch(line):
            given = shlex.split(found[1], comments=True)
            if len(given) < 2:  # a command by its name only, as one speaks of it
                given += ["--help"]
            wrong = not _parses(cli.build_parser(), given)
        elif found := SCRIPT.fullmatch(line):
            wrong = not (ROOT / found[1]).is_file()
        else:
            continue
        if wrong:
            yield f"no such command: {line}"


def _parses(parser: Any, given: list[str]) -> bool:
    try:
        with contextlib.redirect_stdout(None), contextlib.redirect_stderr(None):
            parser.parse_args(given)
    except SystemExit as end:
        return not end.code  # --help ends well
    return True


def files(text: str) -> Iterator[str]:
    """A file or folder of the repository that is not there."""
    folders = {one.name for one in ROOT.iterdir() if one.is_dir()}
    for line in code(text):
        if not PLACE.fullmatch(line) or FREE.search(line):
            continue
        first, *rest = line.split("/")
        if rest and first in folders and not (ROOT / line).exists():
            yield f"no such file: {line}"
        if not rest and Path(line).suffix in OURS and not any(_named(line)):
            yield f"no such file: {line}"


def _named(name: str) -> Iterator[Path]:
    yield from ROOT.glob(name)
    for folder in ("data", "lessons", "widgets"):
        yield from (ROOT / folder).rglob(name)
