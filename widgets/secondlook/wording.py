"""The wording rules, run over every text that the course ships: data, lessons, scripts.

A wording that must not ship is a problem wherever it stands. One that a person must decide on
("warn") is a problem too, until somebody has looked at it and written into
``data/wording_reviewed.json`` where it may stay and why. So a new one never slips in unread.

A lesson that mentions suicide, self-harm or an eating disorder shows the help block first.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from secondlook import content, safety
from secondlook.checks import DataError, Problem, repeated, show_value, unknown
from secondlook.markup import STATIC
from secondlook.reading import decode, parse_json

Record = dict[str, Any]

REVIEWED = "wording_reviewed.json"
# Both name the wordings on purpose and are never shown to learners.
NAMES_THEM = {safety.RULES_FILE, REVIEWED}
# Titles, names and addresses of other people's papers, quoted as they are.
QUOTED = {"references.json"}
# `guards` has looked at these for what must not ship, and names item and field.
GUARDED = {"posts.json", "claims.json", "creators.json", "references.json"}
HERE = Path(__file__).resolve().parent
LAB = ("labextension/static", "share/jupyter/labextensions/secondlook-lab/static")


class Text(NamedTuple):
    """A text of the course and where it stands."""

    file: str
    item: str
    field: str
    text: str


def problems() -> list[Problem]:
    """Each wording that must not ship, and each to be decided on that nobody has reviewed."""
    try:
        allowed = reviewed()
        texts = list(course_texts())
    except DataError as error:
        return error.problems
    found, used = [], set()
    for one, finding in _findings(texts):
        place = (one.file, one.item, finding.rule, finding.matched.lower())
        if finding.level == "block":
            if one.file not in GUARDED:
                found.append(_problem(one, finding))
        elif place in allowed:
            used.add(place)
        else:
            found.append(_problem(one, finding))
    return found + [_unused(place) for place in allowed if place not in used]


def counts() -> dict[str, int]:
    """How often each "warn" rule is met in the course, reviewed or not."""
    met: dict[str, int] = {}
    for _, finding in _findings(course_texts()):
        if finding.level == "warn":
            met[finding.rule] = met.get(finding.rule, 0) + 1
    return dict(sorted(met.items()))


def _findings(texts: Iterable[Text]) -> Iterator[tuple[Text, safety.Finding]]:
    harmless: set[str] = set()  # most texts stand many times: the names of fields, say
    for one in texts:
        if one.text in harmless:
            continue
        found = safety.check_text(one.text, quoted=one.file in QUOTED)
        if not found and one.file not in QUOTED:
            harmless.add(one.text)
        for finding in found:
            yield one, finding


def _problem(one: Text, finding: safety.Finding) -> Problem:
    hint = f"{finding.why} (rule {finding.rule})"
    if finding.level == "warn":
        hint += f"; if it must stay, say where and why in {REVIEWED}"
    return Problem(one.file, one.item, one.field, show_value(finding.matched),
                   f"safe wording: {finding.prefer}", hint)  # fmt: skip


def _unused(place: tuple[str, str, str, str]) -> Problem:
    file, item, rule, words = place
    return Problem(REVIEWED, f"{file}, {item}", "words", f"{show_value(words)} (rule {rule})",
                   "a wording that stands there", "take it out of the list")  # fmt: skip


def reviewed() -> dict[tuple[str, str, str, str], str]:
    """Why each reviewed wording stays, by file, item, rule and words.

    Raises:
        DataError: the list cannot be used.
    """
    listed = content.read_json(REVIEWED)
    shapes = content.record_shapes("wording_reviewed")
    if found := shapes.problems("file", listed, REVIEWED, "the file"):
        raise DataError(found)
    rules = {rule.id for rule in safety.rules() if rule.level == "warn"}
    allowed: dict[tuple[str, str, str, str], str] = {}
    for position, one in enumerate(listed, start=1):
        name = f"number {position}"
        found += unknown(REVIEWED, name, "rule", [one["rule"]], rules, "the rules that warn")
        places = [
            (one["file"], item, one["rule"], words)
            for item in one["items"]
            for words in one["words"]
        ]
        keys = [", ".join(place) for place in [*allowed, *places]]
        found += repeated(REVIEWED, "items", keys)
        allowed |= dict.fromkeys(places, one["why"])
    if found:
        raise DataError(found)
    return allowed


# --- every text of the course ---------------------------------------------------------------------


def course_texts() -> Iterator[Text]:
    """Every text that the course ships, and the names of its files.

    Raises:
        DataError: a file cannot be read.
    """
    data, lessons, handouts = content.data_dir(), content.lessons_dir(), content.handouts_dir()
    for path in sorted(data.rglob("*")):
        name = path.relative_to(data).as_posix()
        if not path.is_file() or name in NAMES_THEM:
            continue
        yield Text(name, "the file", "name", path.stem.replace("_", " "))
        if path.suffix == ".json":
            yield from _json(name, content.read_json(name))
        elif path.suffix in (".csv", ".md"):
            yield from _lines(name, path)
    for path in sorted([*lessons.glob("*.ipynb"), *lessons.glob("*.toml")]):
        yield from _lesson(path)
    for path in sorted(handouts.rglob("*.md")):
        yield from _paragraphs(f"handouts/{path.relative_to(handouts).as_posix()}", path)
    for path in sorted({*STATIC.glob("*.js"), *HERE.rglob("*.py"), *_lab()}):
        yield from _script(path)


def _lab() -> Iterator[Path]:
    for root, place in zip((HERE.parents[1], Path(sys.prefix)), LAB, strict=True):
        yield from (root / place).glob("*.js")


def _json(file: str, value: Any) -> Iterator[Text]:
    for item, field, text in _items(value):
        yield Text(file, item, field, text)


def _items(value: Any, item: str = "", field: str = "") -> Iterator[tuple[str, str, str]]:
    """(item, field, text) of each text: the item is the outermost record that has an id."""
    if isinstance(value, str):
        yield item or "the file", field or "-", value
    elif isinstance(value, list):
        for position, one in enumerate(value):
            yield from _items(one, item, f"{field}.{position}" if field else str(position))
    elif isinstance(value, dict):
        if not item and isinstance(value.get("id"), str):
            item, field = value["id"], ""
        for key, one in value.items():
            inside = f"{field}.{key}" if field else key
            yield item or "the file", f"{inside} (the key)", key
            yield from _items(one, item, inside)


def _lines(file: str, path: Path) -> Iterator[Text]:
    for number, line in enumerate(decode(path.read_bytes(), file).splitlines(), start=1):
        yield Text(file, "the file", f"line {number}", line)


def _paragraphs(file: str, path: Path) -> Iterator[Text]:
    """A teacher's lines may break anywhere, in the midst of a wording too."""
    text = decode(path.read_bytes(), file, mark=True).replace("\r\n", "\n")
    for number, one in enumerate(re.split(r"\n\s*\n", text), start=1):
        yield Text(file, "the file", f"paragraph {number}", " ".join(one.split()))


def _lesson(path: Path) -> Iterator[Text]:
    text = decode(path.read_bytes(), path.name)
    if path.suffix == ".toml":
        yield from _json(path.name, tomllib.loads(text))
        return
    for place, one in safety.strings_of_notebook(parse_json(text, path.name)):
        yield Text(path.name, "the notebook", place, one)


def _script(path: Path) -> Iterator[Text]:
    source = path.read_text(encoding="utf-8")
    found: Iterator[tuple[str, str]]
    if path.suffix == ".js":
        found = ((f"text {n}", one) for n, one in enumerate(safety.strings_of_javascript(source)))
    else:
        found = _spoken(source)
    for place, one in found:
        yield Text(path.name, "the script", place, one)


def _spoken(source: str) -> Iterator[tuple[str, str]]:
    """The strings of a module of ours, each whole."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            parts = [one.value for one in node.values if isinstance(one, ast.Constant)]
            yield f"line {node.lineno}", " ".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield f"line {node.lineno}", node.value


# --- help beside a mention of a crisis ------------------------------------------------------------


def without_help(
    file: str, notebook: Record, shown: Mapping[str, Iterable[str]]
) -> Iterator[Problem]:
    """Mentions of suicide, self-harm or an eating disorder above which no help block stands.

    Arguments:
        file: name of the notebook.
        notebook: the lesson, nbformat 4 as a dict.
        shown: the texts on screen of each activity, posts and sources too, by its id.
    """
    number = notebook.get("metadata", {}).get("secondlook", {}).get("lesson")
    helped = False
    for position, cell in enumerate(notebook.get("cells", []), start=1):
        source = cell.get("source", "")
        source = source if isinstance(source, str) else "".join(source)
        code = cell.get("cell_type") == "code"
        if code and f"Lesson({number}).open()" in source.split("#")[0]:
            helped = True  # the opening carries the help block
        if helped:
            return
        places = {f"cell {position}": [text for _, text in _cell(cell)]}
        if code:
            places |= {key: list(texts) for key, texts in shown.items() if f'"{key}"' in source}
        for place, texts in places.items():
            if said := next(filter(safety.mentions_crisis, texts), None):
                hint = f"put Lesson({number}).open() above it: it shows the help block"
                yield Problem(file, place, "text", show_value(said), "help beside it", hint)


def _cell(cell: Record) -> Iterator[tuple[str, str]]:
    return safety.strings_of_notebook({"cells": [cell]})
