"""Reads the files of a teacher's own folder: rows of a CSV or records of a JSON list.

Nothing here knows what a good post is; it knows what a good file is.
"""

from __future__ import annotations

import csv
import difflib
import io
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondlook.called import command
from secondlook.checks import DataError, Problem, show_value
from secondlook.own_posts.columns import COLUMNS, REQUIRED, record
from secondlook.reading import decode, parse_json, refusal

MAX_BYTES = 1_000_000  # sixty posts with every field full are a fifth of it
MAX_RECORDS = {"posts": 60, "claims": 200, "creators": 200, "references": 200}
_ID = re.compile(r"(?=.{1,60}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
_NUMBER = re.compile(r"[-+]?[\d.,]+")
# What a spreadsheet would compute instead of show; full-width signs too.
_FORMULA = re.compile(r"[=+\-@\uff1d\uff0b\uff0d\uff20]")


@dataclass(frozen=True)
class Row:
    """A record, where it stands, and what in it could not even be read."""

    record: dict[str, Any]
    file: str
    item: str
    in_columns: bool
    problems: tuple[Problem, ...] = ()


def read(folder: Path, name: str) -> list[Row]:
    """The records of ``posts.csv`` or ``posts.json``, and so on; none when there is no such file.

    Arguments:
        folder: the teacher's own.
        name: posts, claims, creators or references.

    Raises:
        DataError: the file cannot be read as a whole.
    """
    path = _find(folder, name)
    if path is None:
        return []
    file = f"{folder.name}/{path.name}"
    text = decode(contents(path, file), file, mark=path.suffix == ".csv")
    rows = list(_csv_rows(text, name, file) if path.suffix == ".csv" else _json_rows(text, file))
    if name == "posts" and not rows:
        raise refusal(
            file,
            "no post",
            "at least one sound and one unsound post",
            f"“{command('check', '--template')}” writes two to begin with",
        )
    if len(rows) > MAX_RECORDS[name]:
        raise refusal(
            file,
            f"{len(rows)} {name}",
            f"at most {MAX_RECORDS[name]} {name}",
            "make a second folder; a class judges six to ten at a time",
        )
    return rows


def _find(folder: Path, name: str) -> Path | None:
    there = sorted(one.name for one in folder.iterdir())
    found = [one for one in (f"{name}.csv", f"{name}.json") if one in there]
    if len(found) > 1:
        raise DataError(
            [
                Problem(
                    folder.name,
                    name,
                    "-",
                    " and ".join(found),
                    "one of the two",
                    "keep the one you work on and take the other away",
                )
            ]
        )
    if found:
        return folder / found[0]
    if name != "posts":
        return None
    near = [one for one in there if re.match(r"posts?\b", one, re.IGNORECASE)]
    near += difflib.get_close_matches("posts.csv", there, n=1, cutoff=0.7)
    hint = f"“{command('check', '--template')}” writes one"
    if near and near[0].lower().endswith((".xlsx", ".xls", ".ods", ".numbers")):
        hint = f"open {near[0]} and choose Save as, CSV UTF-8, with the name posts.csv"
    elif near:
        hint = f"is {near[0]} meant? rename it"
    raise DataError(
        [Problem(folder.name, "posts", "-", "no such file", "posts.csv or posts.json", hint)]
    )


def contents(path: Path, file: str) -> bytes:
    """The bytes of a file that somebody handed in.

    Arguments:
        path: where it is.
        file: as the problem shall call it.

    Raises:
        DataError: it is no plain file, too large, or cannot be read.
    """
    try:
        about = path.lstat()
        if stat.S_ISLNK(about.st_mode):
            raise refusal(
                file,
                "a link to a file elsewhere",
                "a file in this folder",
                "copy the file itself into the folder",
            )
        if not stat.S_ISREG(about.st_mode):
            raise refusal(file, "a folder or a device", "a file", "choose another name for it")
        if about.st_size > MAX_BYTES:
            raise refusal(
                file,
                f"{about.st_size:,} bytes",
                f"at most {MAX_BYTES:,} bytes",
                "posts are short texts: look for one cell with far too much in it",
            )
        return path.read_bytes()
    except OSError as error:
        raise refusal(
            file,
            error.strerror or "unreadable",
            "a file that can be read",
            "close it in other programs, or copy it again",
        ) from None


# --- JSON --------------------------------------------------------------------------------------


def _json_rows(text: str, file: str) -> Iterator[Row]:
    value = parse_json(text, file)
    if not isinstance(value, list):
        raise refusal(
            file,
            show_value(value),
            "a list of records, between [ and ]",
            "put [ in front of the first record and ] after the last",
        )
    for position, one in enumerate(value, start=1):
        if not isinstance(one, dict):
            hint = 'put { in front and } after, with fields such as "id": "hall-phone"'
            said = Problem(
                file,
                f"number {position}",
                "the whole item",
                show_value(one),
                "a record, between { and }",
                hint,
            )
            yield Row({}, file, f"number {position}", False, (said,))
            continue
        yield Row(one, file, _item(f"number {position}", one.get("id")), False)


def _item(place: str, key: Any) -> str:
    """The place of a record, with its id where that can be printed."""
    return f"{place} ({key})" if isinstance(key, str) and _ID.fullmatch(key) else place


# --- CSV ---------------------------------------------------------------------------------------


def _csv_rows(text: str, name: str, file: str) -> Iterator[Row]:
    lines = rows_of(text, file)
    heads = _heads(next(lines)[1], name, file)
    for number, cells in lines:
        if not any(cells):
            continue  # spreadsheets leave empty rows behind
        row = {head: cell for head, cell in zip(heads, cells, strict=False) if head}
        item = _item(f"row {number}", row.get("id"))
        extra = [one for one in cells[len(heads) :] if one]
        if extra or len(cells) < len(heads):
            few = "" if extra else "only "
            hint = (
                "a comma in a text needs double quotation marks around the whole cell"
                if extra
                else "a cell is missing: keep one comma between cells, also empty ones"
            )
            said = Problem(
                file,
                item,
                "-",
                f"{few}{len(cells)} cells",
                f"{len(heads)} cells, as in the first row",
                hint,
            )
            yield Row({}, file, item, True, (said,))
            continue
        made, problems = record(name, row, file, item)
        yield Row(made, file, item, True, (*_formulas(row, file, item), *problems))


def rows_of(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers as a spreadsheet counts them."""
    first = text.partition("\n")[0]
    # Where a comma stands in decimals, spreadsheets write semicolons between cells.
    mark = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    number = 0
    try:
        for number, cells in enumerate(rows, start=1):
            yield number, [one.strip(" ") for one in cells]
    except csv.Error as error:
        said = Problem(
            file,
            f"row {number + 1}",
            "-",
            str(error),
            "cells whose quotes are closed",
            "look for a double quotation mark that stands alone in this row",
        )
        raise DataError([said]) from None


def _heads(cells: list[str], name: str, file: str) -> list[str]:
    """The columns' names in the order of the file.

    Raises:
        DataError: a column is missing, unknown or stands twice.
    """
    known = {column.head.casefold(): column.head for column in COLUMNS[name]}
    while cells and not cells[-1]:
        cells = cells[:-1]
    heads = [known.get(one.casefold(), one) for one in cells]
    problems = []
    for head in dict.fromkeys(heads):
        if head not in known.values():
            near = difflib.get_close_matches(head, known.values(), n=1)
            hint = f"did you mean {near[0]}?" if near else "take the column out"
            problems.append(
                Problem(
                    file,
                    "row 1",
                    show_value(head),
                    "an unknown column",
                    ", ".join(known.values()),
                    hint,
                )
            )
        elif heads.count(head) > 1:
            problems.append(
                Problem(
                    file,
                    "row 1",
                    head,
                    f"the column {heads.count(head)} times",
                    "each column once",
                    "take out the one you do not need",
                )
            )
    for column in COLUMNS[name]:
        if column.blank is REQUIRED and column.head not in heads:
            problems.append(
                Problem(
                    file,
                    "row 1",
                    column.head,
                    "no such column",
                    "this column is required",
                    f"for example: {column.example}",
                )
            )
    if problems:
        raise DataError(problems)
    return heads


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would compute the cell instead of showing it."""
    return bool(_FORMULA.match(cell)) and not _NUMBER.fullmatch(cell)


def _formulas(row: dict[str, str], file: str, item: str) -> Iterator[Problem]:
    for head, cell in row.items():
        if is_formula(cell):
            yield Problem(
                file,
                item,
                head,
                show_value(cell),
                "a text that does not begin with =, +, - or @",
                "a spreadsheet would run it as a formula: begin with a word",
            )
