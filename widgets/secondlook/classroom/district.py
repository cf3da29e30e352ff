"""Many classes from one store (see `store`), read out of core, to the same `Summary`.

DuckDB (the optional extra ``district``) reads, checks and groups the rows with a limit to its
memory and spills the rest to a temporary folder; tests come out a few thousand at a time and are
counted by ``tally``, as those of a folder are. A store says nothing of lessons, so those tables
are empty.
"""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from secondlook import forms
from secondlook.classroom import district_sql as sql
from secondlook.classroom import tally
from secondlook.classroom.store import (
    COLUMNS,
    MEMORY,
    SUFFIXES,
    StoreError,
    engine_module,
    is_store,
    literal,
)
from secondlook.classroom.summary import Summary, no_rows
from secondlook.learner_code import CODE

if TYPE_CHECKING:
    import duckdb

TESTS_AT_ONCE = 4096
LISTED = 200  # so many refused tests or lines are named; the others are counted
_HEAD_BYTES = 10_000
_BITS_POST, _BITS_QUESTION, _POSTS_A_NUMBER = 4, 3, 10  # how picks are packed into whole numbers
_GLOB = "*?[]{}"


def summary_from_store(path: Path, *, memory: str = MEMORY, listed: int = LISTED) -> Summary:
    """What many classes handed in, from a store.

    Rows that cannot be used are left out, counted, and named with their reason. Where a learner's
    test stands in the store more than once, a finished one goes before one that is not, then the
    newer, then the one with more answers, as in a folder.

    Arguments:
        path: of the file.
        memory: how much DuckDB may hold, such as ``1GB``; more is spilled to a temporary folder.
        listed: how many groups of refused rows are named.

    Raises:
        StoreError: DuckDB is not installed, or the file cannot be read as a store.
    """
    path = _readable(path)
    with _opened(path, memory) as engine:
        source = _source(engine, path)
        _say_what_is_allowed(engine)
        engine.execute(sql.GROUP.format(source=source), [str(path)])
        bad_lines = _bad_lines(engine) if path.suffix.lower() == ".csv" else []
        engine.execute(sql.CHECK, {"code": CODE.pattern})
        engine.execute(sql.BEST)
        refused = _refused(engine, path.name, bad_lines, listed)
        tables = _tables(engine)
        seen = engine.execute(sql.LEARNERS).df()
    return Summary(
        **({name: no_rows(name) for name in ("tests", "items", "options", "sureness")} | tables),
        learners=seen.assign(lessons=0, answers=0),
        kept=[path.name] if len(seen) else [],
        refused=refused,
        invented=False,  # a store has no room for a note
    )


def _readable(path: Path) -> Path:
    """The absolute path of a store that is there.

    Raises:
        StoreError: no such file, not named like a store, or with a sign in its name that DuckDB
            takes to stand for other names.
    """
    if not is_store(path):
        raise StoreError(f"{path.name} is no store: it must end in {' or '.join(SUFFIXES)}.")
    if not path.is_file():
        raise StoreError(f"There is no file {path}: check the name.")
    path = path.resolve()
    if any(sign in str(path) for sign in _GLOB):
        raise StoreError(
            f"The signs {' '.join(_GLOB)} may not stand in the name of a store or of its folders: "
            "rename it."
        )
    return path


@contextmanager
def _opened(path: Path, memory: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB with a limit to its memory, which can reach this file and no other, nor the network.

    Raises:
        StoreError: DuckDB is not installed, or it could not read the store.
    """
    duckdb = engine_module()
    with tempfile.TemporaryDirectory(prefix="secondlook-") as scratch:
        engine = duckdb.connect()
        try:
            for name, value in {
                "memory_limit": memory,
                "temp_directory": scratch,
                "allowed_paths": [str(path)],
                "allowed_directories": [scratch],
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
                "enable_external_access": False,
                "lock_configuration": True,
            }.items():
                engine.execute(f"SET {name} = {literal(value)}")
            yield engine
        except duckdb.OutOfMemoryException as problem:
            raise StoreError(f"{path.name} needs more memory than {memory}.") from problem
        except duckdb.Error as problem:
            raise StoreError(
                f"{path.name} could not be read as a store: it is damaged, or its lines end in "
                "more than one way. Save it anew, as Parquet or as CSV in UTF-8."
            ) from problem
        finally:
            engine.close()


def _source(engine: duckdb.DuckDBPyConnection, path: Path) -> str:
    """The SQL that reads the store's columns and numbers its rows from 1; `?` is the path.

    Raises:
        StoreError: a column is missing or stands twice.
    """
    if path.suffix.lower() == ".parquet":
        told = engine.execute("SELECT name FROM parquet_schema(?)", [str(path)]).fetchall()
        _check_columns(path, [one for (one,) in told])
        columns = ", ".join(f"CAST({one} AS VARCHAR) AS {one}" for one in COLUMNS)
        return (
            f"SELECT file_row_number + 1 AS number, {columns} FROM read_parquet(?, "
            "file_row_number = true, hive_partitioning = false)"
        )
    with path.open("rb") as file:
        head = file.readline(_HEAD_BYTES).removeprefix(b"\xef\xbb\xbf")
    try:
        names = next(csv.reader([head.decode("utf-8").rstrip("\r\n")]), [])
    except (UnicodeDecodeError, csv.Error):
        names = []
    _check_columns(path, names)
    # Only our own names go into the SQL; a further column gets a name from us.
    shape = ", ".join(
        f"'{name if name in COLUMNS else f'other_{at}'}': 'VARCHAR'"
        for at, name in enumerate(names)
    )
    return (
        f"SELECT row_number() OVER () AS number, {', '.join(COLUMNS)} FROM read_csv(?, "
        f"auto_detect = false, columns = {{{shape}}}, header = true, delim = ',', quote = '\"', "
        "escape = '\"', nullstr = '', store_rejects = true, strict_mode = true, "
        "hive_partitioning = false)"
    )


def _check_columns(path: Path, names: list[str]) -> None:
    missing = [one for one in COLUMNS if one not in names]
    if missing:
        raise StoreError(f"{path.name} is no store: it lacks the columns {', '.join(missing)}.")
    if twice := [one for one in COLUMNS if names.count(one) > 1]:
        raise StoreError(f"{path.name} has the column {twice[0]} twice: rename one of them.")


def _bad_lines(engine: duckdb.DuckDBPyConnection) -> list[tuple[int, str]]:
    """Line and reason of what is no row of a CSV file, one for each line."""
    found = engine.execute(
        "SELECT line, min(CAST(error_type AS VARCHAR)) FROM reject_errors "
        "GROUP BY line ORDER BY line"
    ).fetchall()
    reasons = {
        "MISSING COLUMNS": "the line has too few columns",
        "TOO MANY COLUMNS": "the line has too many columns",
        "UNQUOTED VALUE": "a quotation mark is not closed, and what stands behind it was not read",
        "INVALID ENCODING": "the line is not UTF-8",
        "LINE SIZE OVER MAXIMUM": "the line is too long",
    }
    return [(line, reasons.get(kind, "the line is no row")) for line, kind in found]


def _say_what_is_allowed(engine: duckdb.DuckDBPyConnection) -> None:
    """Tables of the items there are, and of the answers each takes with their packed bits."""
    known: list[tuple[str, str]] = []
    allowed: list[tuple[str, str, str, str | None, int, int]] = []
    for letter in forms.LETTERS:
        for column, item in enumerate(forms.form(letter).items):
            known.append((letter, item.id))
            for place, option in enumerate(item.options):
                if column < forms.POSTS:
                    shift = _BITS_POST * (column % _POSTS_A_NUMBER)
                    for level, sure in enumerate(forms.SURE):
                        bits = 1 + place * len(forms.SURE) + level << shift
                        allowed.append((letter, item.id, option, str(sure), column, bits))
                else:
                    bits = 1 + place << _BITS_QUESTION * (column - forms.POSTS)
                    allowed.append((letter, item.id, option, None, column, bits))
    engine.execute("CREATE TABLE known (form VARCHAR, item VARCHAR)")
    engine.executemany("INSERT INTO known VALUES (?, ?)", known)
    engine.execute(
        "CREATE TABLE allowed "
        "(form VARCHAR, item VARCHAR, pick VARCHAR, sure VARCHAR, place INTEGER, bits BIGINT)"
    )
    engine.executemany("INSERT INTO allowed VALUES (?, ?, ?, ?, ?, ?)", allowed)


def _refused(
    engine: duckdb.DuckDBPyConnection, name: str, bad_lines: list[tuple[int, str]], listed: int
) -> list[tuple[str, str]]:
    """Place and reason of what was left out, in the order of the file; the rest only counted."""
    engine.execute(sql.REFUSED)
    # A line that is no row has no number: rows after it stand one line further down.
    skipped = [line for line, _ in bad_lines]
    is_csv = Path(name).suffix.lower() == ".csv"
    found = engine.execute(
        "SELECT first, n, reason FROM refused ORDER BY first, reason LIMIT ?", [listed]
    ).fetchall()
    places = [(_line(first, skipped) if is_csv else first, n, reason) for first, n, reason in found]
    places = sorted([*places, *((line, 1, reason) for line, reason in bad_lines)])[:listed]
    word = "line" if is_csv else "row"
    told = []
    left: dict[str, int] = {}
    totals = engine.execute("SELECT reason, sum(n)::BIGINT FROM refused GROUP BY reason").fetchall()
    for reason, n in [*totals, *((reason, 1) for _, reason in bad_lines)]:
        left[reason] = left.get(reason, 0) + n
    for place, n, reason in places:
        left[reason] -= n
        more = "" if n == 1 else f" and {n - 1} more of that test"
        told.append((f"{name}, {word} {place}{more}", reason))
    told += [(f"{name}, {n:,} more {word}s", reason) for reason, n in left.items() if n]
    return told


def _line(number: int, skipped: list[int]) -> int:
    """The line of a CSV file on which a row stands; the first line holds the names."""
    line = number + 1
    for one in skipped:
        if one > line:
            break
        line += 1
    return line


def _tables(engine: duckdb.DuckDBPyConnection) -> dict[str, pd.DataFrame]:
    """The tables of a `Summary`, counted by `tally` a few thousand tests at a time."""
    built: dict[str, list[pd.DataFrame]] = {}
    for letter in forms.LETTERS:
        engine.execute(
            "SELECT class_name, learner, occasion, saved, finished, low_posts, high_posts, "
            "questions FROM ranked WHERE rank = 1 AND form = ? "
            "ORDER BY class_name, learner, occasion",
            [letter],
        )
        while len(rows := engine.fetch_df_chunk(TESTS_AT_ONCE // 2048)):
            for name, table in tally.tables([_unpacked(letter, rows)]).items():
                built.setdefault(name, []).append(table)
        for name in built.keys() - {"tests"}:
            built[name] = [_added(name, built[name])]
    return {name: pd.concat(parts, ignore_index=True) for name, parts in built.items()}


def _added(name: str, parts: list[pd.DataFrame]) -> pd.DataFrame:
    """The counts of several chunks, added up; rows in the order of ``tally``."""
    together = pd.concat(parts, ignore_index=True)
    keys = [one for one in ("occasion", "form", "item", "option", "sure") if one in together]
    order = {one: place for place, one in enumerate(forms.OCCASIONS)}
    together["_at"] = together["occasion"].map(order)
    if name == "sureness":
        together = together.sort_values(["occasion", "sure"], kind="stable")
    else:
        together = together.sort_values(["form", "_at"], kind="stable")
    return together.drop(columns="_at").groupby(keys, as_index=False, sort=False).sum()


def _unpacked(letter: str, rows: pd.DataFrame) -> tally.Marks:
    low, high, questions = (
        rows[name].to_numpy(np.int64)[:, None] for name in ("low_posts", "high_posts", "questions")
    )
    shifts = _BITS_POST * np.arange(_POSTS_A_NUMBER)
    posts = np.concatenate([low >> shifts, high >> shifts], axis=1) & (1 << _BITS_POST) - 1
    shifts = _BITS_QUESTION * np.arange(len(forms.form(letter).items) - forms.POSTS)
    picks = (questions >> shifts & (1 << _BITS_QUESTION) - 1) - 1
    call, level = np.divmod(posts - 1, len(forms.SURE))
    call[posts == 0] = tally.LEFT_OUT
    return tally.Marks(
        form=letter,
        class_name=rows["class_name"].tolist(),
        learner=rows["learner"].tolist(),
        occasion=rows["occasion"].tolist(),
        saved=rows["saved"].tolist(),
        finished=rows["finished"].tolist(),
        picked=np.concatenate([call, np.where(picks < 0, tally.LEFT_OUT, picks)], axis=1),
        sure=np.asarray(forms.SURE)[level],
    )
