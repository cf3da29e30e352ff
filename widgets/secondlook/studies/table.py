"""Reads one table of ``data/studies/`` into a typed frame, or says what is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from secondlook import content
from secondlook.checks import DataError, Problem, show_value

if TYPE_CHECKING:
    import pandas as pd

# What pandas calls each kind. Texts and whole numbers of a column that may be empty need a type
# that knows "missing": without one a count turns into a fraction and an empty text into nan.
DTYPES = {"text": "string", "whole": "int64", "number": "float64"}
MAY_BE_EMPTY = {"text": "string", "whole": "Int64", "number": "float64"}
MOST = 10  # problems told at once


def dtype(kind: str, empty: bool) -> str:
    """What pandas calls a column of this kind."""
    return (MAY_BE_EMPTY if empty else DTYPES)[kind]


def read(
    name: str, *, text: str = "", whole: str = "", number: str = "", empty: str = ""
) -> pd.DataFrame:
    """The table ``data/studies/<name>.csv`` with the columns that are asked for and no others.

    Args:
        name: the table's name, without .csv.
        text: names of the columns of words, apart by spaces.
        whole: names of the columns of whole numbers.
        number: names of the columns of numbers.
        empty: names of those in which a cell may be empty.

    Returns:
        The table with its columns in the order of the file.

    Raises:
        DataError: the table is missing, empty or not UTF-8; a column is missing or unknown; a row
            is too short or too long; a cell is empty or no number where one belongs.
    """
    file = f"studies/{name}.csv"
    kinds = {
        column: kind
        for kind, columns in (("text", text), ("whole", whole), ("number", number))
        for column in columns.split()
    }
    rows = _rows(name, file)
    may_be_empty = set(empty.split())
    problems = [*_header(rows[0], kinds, file)]
    values: dict[str, list[Any]] = {column: [] for column in rows[0] if column in kinds}
    for line, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            problems.append(
                Problem(file, f"line {line}", "-", "too few or too many cells", "one for a column")
            )
            continue
        for column, cells in values.items():
            try:
                cells.append(_value(row[column], kinds[column], column in may_be_empty))
            except ValueError as error:
                found = show_value(row[column])
                problems.append(Problem(file, f"line {line}", column, found, str(error)))
    if problems:
        raise DataError(problems[:MOST])

    import pandas as pd

    return pd.DataFrame(
        {
            column: pd.Series(cells, dtype=dtype(kinds[column], column in may_be_empty))
            for column, cells in values.items()
        }
    )


def _rows(name: str, file: str) -> list[dict[str, str]]:
    try:
        rows = content.study_rows(name)
    except UnicodeDecodeError as error:
        found = f"byte {error.start} is not UTF-8"
        raise DataError([Problem(file, "the file", "-", found, "text saved as UTF-8")]) from None
    if not rows:
        raise DataError([Problem(file, "the file", "-", "no row", "at least one row")])
    return rows


def _header(row: dict[str, str], kinds: dict[str, str], file: str) -> list[Problem]:
    missing = [
        Problem(file, "the header", column, "nothing", "this column is required")
        for column in kinds
        if column not in row
    ]
    known = ", ".join(kinds)
    unknown = [
        Problem(file, "the header", str(column), "an unknown column", f"one of {known}")
        for column in row
        if column is not None and column not in kinds
    ]
    return missing + unknown


def _value(cell: str, kind: str, may_be_empty: bool) -> Any:
    """The cell as its kind.

    Raises:
        ValueError: with what is allowed, when the cell is something else.
    """
    cell = cell.strip()
    if not cell:
        if may_be_empty:
            return None
        raise ValueError("a cell that is not empty")
    if kind == "text":
        return cell
    try:
        value = int(cell) if kind == "whole" else float(cell)
    except ValueError:
        raise ValueError("a whole number" if kind == "whole" else "a number") from None
    if not abs(value) < float("inf"):  # nan and inf are floats too
        raise ValueError("a number")
    return value
