"""The store of many classes: its columns, and how one is written.

A store holds one row per answer, as a hand-in does; and one row more per finished test. All
columns are text in a CSV file; in a Parquet file any type will do that reads as such text.

| column | holds |
|---|---|
| class_name | which class, up to 100 characters, may be empty |
| learner | the learner code, such as ``fern-otter-42`` |
| occasion | before, after or later |
| form | A, B or C |
| edition | of the form, 0 to 7 |
| saved | day as YYYY-MM-DD, or empty |
| item | id of a post or question of that form, or ``finished`` |
| pick | ``trust`` or ``question`` for a post, id of the option for a question, else empty |
| sure | 50 to 100 in tens for a post, else empty |
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from secondlook import forms

COLUMNS = (
    "class_name", "learner", "occasion", "form", "edition", "saved", "item", "pick", "sure",
)  # fmt: skip
SUFFIXES = (".parquet", ".csv")
MEMORY = "1GB"


class StoreError(Exception):
    """A store that cannot be read or written. The message is one plain sentence."""


def is_store(path: Path) -> bool:
    """Whether a path is named like a store."""
    return path.suffix.lower() in SUFFIXES


def engine_module() -> Any:
    """DuckDB, the optional extra ``district``.

    Raises:
        StoreError: it is not installed.
    """
    try:
        import duckdb
    except ImportError as problem:
        raise StoreError(
            "A store needs DuckDB, which is not installed here: "
            'pip install "secondlook[district]" adds it.'
        ) from problem
    return duckdb


def literal(value: Any) -> str:
    """A value as SQL writes it, for places that take no parameter."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    return "'" + str(value).replace("'", "''") + "'"


def write_store(sheets: Iterable[tuple[str, str, forms.TestSheet]], path: Path) -> int:
    """Write a store, one test after the other, so that any number fits in memory.

    Arguments:
        sheets: class name, day saved as YYYY-MM-DD or "", and what was answered.
        path: of the file, ending in ``.parquet`` or ``.csv``; one that is there stays as it is.

    Returns:
        how many rows were written.

    Raises:
        StoreError: the name will not do, a file of that name is there, or the folder cannot be
            written.
    """
    if not is_store(path):
        raise StoreError(f"{path.name} is no store: it must end in {' or '.join(SUFFIXES)}.")
    if path.exists():
        raise StoreError(f"There is a file {path} already: choose another name.")
    path = path.parent.resolve() / path.name
    try:
        if path.suffix.lower() == ".csv":
            return _write_csv(sheets, path)
        with tempfile.TemporaryDirectory(prefix="secondlook-") as scratch:
            rows = Path(scratch, "rows.csv")
            count = _write_csv(sheets, rows)
            shape = ", ".join(f"'{name}': 'VARCHAR'" for name in COLUMNS)
            with engine_module().connect() as engine:
                engine.execute(f"SET memory_limit = '{MEMORY}'")
                engine.execute(
                    f"COPY (FROM read_csv({literal(rows)}, auto_detect = false, header = true, "
                    f"columns = {{{shape}}}, delim = ',', quote = '\"', escape = '\"', "
                    f"nullstr = '')) TO {literal(path)} (FORMAT parquet, COMPRESSION zstd)"
                )
        return count
    except OSError as problem:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise StoreError(
            f"{path} could not be written: {problem.strerror or problem}. Choose another folder."
        ) from problem


def _write_csv(sheets: Iterable[tuple[str, str, forms.TestSheet]], path: Path) -> int:
    count = 0
    with path.open("x", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for class_name, saved, sheet in sheets:
            head = (class_name, sheet.learner, sheet.occasion, sheet.form, sheet.edition, saved)
            rows = [
                (*head, item, answer.get("call", answer.get("pick")), answer.get("sure"))
                for item, answer in sheet.answers.items()
            ]
            if sheet.finished:
                rows.append((*head, forms.FINISHED, None, None))
            out.writerows(rows)
            count += len(rows)
    return count
