"""Checks that every table has its function and its datasheet, and that they say the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from secondlook import content, corpus, studies
from secondlook.checks import DataError, Problem, show_value, unknown
from secondlook.studies.table import dtype

if TYPE_CHECKING:
    from pathlib import Path

# What every datasheet says, after Gebru et al., "Datasheets for Datasets".
HEADINGS = ("- Origin:", "- Made:", "- Licence:", "- Rows:", "- Limits:", "- Do not use it ")
ROW = re.compile(r"^\| ([a-z0-9_]+) \| ([a-z ]+) \| (.+) \| (.+) \|$", re.MULTILINE)
KINDS = {"text": "text", "whole number": "whole", "number": "number"}
ORIGINS = ("computed by us", "inferred by us")
READ = ("full", "abstract", "excerpt", "secondary")


def problems() -> list[Problem]:
    """Everything wrong with ``data/studies/``, table by table."""
    folder = content.data_dir() / "studies"
    found: list[Problem] = []
    tables = sorted(path.stem for path in folder.glob("*.csv"))
    for sheet in sorted(path.stem for path in folder.glob("*.md")):
        if sheet not in tables:
            found.append(_problem(f"{sheet}.md", "the file", "-", "no table", f"{sheet}.csv"))
    for name in tables:
        found += check_table(folder, name)
    for name in studies.__all__:
        if name not in tables:
            found.append(_problem(f"{name}.csv", "the file", "-", "no table", "a table"))
    return found


def check_table(folder: Path, name: str) -> list[Problem]:
    """What is wrong with one table, its datasheet or its function.

    Args:
        folder: where tables and datasheets stand.
        name: of the table, without .csv.
    """
    if name not in studies.__all__:
        return [_problem(f"{name}.csv", "the file", "-", "no function", f"studies.{name}()")]
    try:
        sheet = (folder / f"{name}.md").read_text(encoding="utf-8")
    except OSError:
        return [_problem(f"{name}.md", "the file", "-", "no datasheet", f"{name}.md beside it")]
    try:
        frame = getattr(studies, name)()
    except DataError as error:
        return error.problems
    rows = content.study_rows(name)
    return [
        *_sheet(name, sheet, len(rows)),
        *_columns(name, sheet, {column: str(kind) for column, kind in frame.dtypes.items()}),
        *_sources(name, sheet, rows),
    ]


def _problem(file: str, item: str, field: str, found: str, allowed: str) -> Problem:
    return Problem(f"studies/{file}", item, field, found, allowed)


def _sheet(name: str, sheet: str, rows: int) -> Iterator[Problem]:
    for heading in HEADINGS:
        if heading not in sheet:
            yield _problem(f"{name}.md", "the file", heading, "nothing", "a line that says this")
    said = re.search(r"^- Rows: (\d+)\.$", sheet, re.MULTILINE)
    if said and int(said[1]) != rows:
        yield _problem(f"{name}.md", "the file", "- Rows:", said[1], str(rows))
    if corpus.MIRROR.search(sheet):
        yield _problem(f"{name}.md", "the file", "-", "the address of a copy", "the paper's own")


def _columns(name: str, sheet: str, dtypes: dict[str, str]) -> Iterator[Problem]:
    told = {match[1]: match[2].strip() for match in ROW.finditer(sheet) if match[1] != "column"}
    for column in told.keys() - dtypes.keys():
        yield _problem(f"{name}.md", "the table", column, "no such column", ", ".join(dtypes))
    for column, found in dtypes.items():
        if column not in told:
            yield _problem(f"{name}.md", "the table", column, "nothing", "what the column means")
            continue
        kind = told[column].removesuffix(" or empty")
        if kind not in KINDS:
            yield _problem(f"{name}.md", "the table", column, kind, ", ".join(KINDS))
        elif dtype(KINDS[kind], kind != told[column]) != found:
            yield _problem(
                f"{name}.md", "the table", column, told[column], f"what is read: {found}"
            )


def _sources(name: str, sheet: str, rows: list[dict[str, str]]) -> Iterator[Problem]:
    file = f"{name}.csv"
    known = content.records("references")
    for cells, count in Counter(tuple(row.items()) for row in rows).items():
        if count > 1:
            yield _problem(file, show_value(cells[:3]), "-", f"{count} rows alike", "each row once")
    for line, row in enumerate(rows, start=2):
        item = f"line {line}"
        keys = [row[field] for field in ("ref", "second_ref") if row.get(field)]
        yield from unknown(f"studies/{file}", item, "ref", keys, known, "references.json")
        yield from _honest(file, item, row)
        for column, value in row.items():
            if corpus.MIRROR.search(value):
                yield _problem(file, item, column, show_value(value), "no address of a copy")
    keys = re.findall(r"\(keys? `([a-z0-9-]+)`", sheet)
    yield from unknown(f"studies/{name}.md", "the file", "key", keys, known, "references.json")


def _honest(file: str, item: str, row: dict[str, Any]) -> Iterator[Problem]:
    """A row says how far its source was read, or that we made it."""
    if "origin" in row:
        if row["origin"] not in ORIGINS:
            yield _problem(file, item, "origin", show_value(row["origin"]), " or ".join(ORIGINS))
    elif row.get("read") not in READ:
        yield _problem(file, item, "read", show_value(row.get("read")), " or ".join(READ))
