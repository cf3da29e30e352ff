"""Reads ``data/`` into plain records: activities, posts, references, facts, the syllabus.

Nothing here knows how a thing is drawn. Every number from a study is looked up in
``data/studies/`` through ``data/facts.json`` and written into the text where it says
``{fact:name}``, so that no prose can drift away from its table.
"""

from __future__ import annotations

import csv
import json
import os
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from secondlook import reviewed
from secondlook.checks import DataError, Problem, Shapes, repeated, show_value, unknown
from secondlook.reading import decode, parse_json, refusal

if TYPE_CHECKING:
    import pandas as pd

Record = dict[str, Any]
FACT = re.compile(r"\{fact:([a-z0-9-]+)\}")
MAX_BYTES = 5_000_000  # far above any file of the course; stops a wrong file early


def _course_folder(name: str, variable: str) -> Path:
    if chosen := os.environ.get(variable):
        return Path(chosen)
    here = Path(__file__).resolve().parent
    carried = here / "_course" / name  # what the wheel carries
    return carried if carried.is_dir() else here.parents[1] / name


def data_dir() -> Path:
    """The folder with the course's data: ``$SECONDLOOK_DATA``, the wheel's or the checkout's."""
    return _course_folder("data", "SECONDLOOK_DATA")


def lessons_dir() -> Path:
    """The folder with the notebooks as shipped."""
    return _course_folder("lessons", "SECONDLOOK_LESSONS")


def handouts_dir(*, shipped: bool = False) -> Path:
    """The folder with letters and cards, which a teacher may edit.

    Arguments:
        shipped: that of the installation. Otherwise a folder ``handouts`` with English in it, where
            the command is run, comes first: ``secondlook lessons`` writes one.
    """
    own = Path.cwd() / "handouts"
    if not shipped and "SECONDLOOK_HANDOUTS" not in os.environ and (own / "en").is_dir():
        return own
    return _course_folder("handouts", "SECONDLOOK_HANDOUTS")


def read_json(name: str) -> Any:
    """The content of ``data/<name>``.

    Raises:
        DataError: the file is missing, too large, not UTF-8 or not JSON.
    """
    try:
        raw = (data_dir() / name).read_bytes()
    except OSError as error:
        raise refusal(name, error.strerror or "unreadable", "a file that can be read") from None
    if len(raw) > MAX_BYTES:
        raise refusal(name, f"{len(raw):,} bytes", f"at most {MAX_BYTES:,} bytes")
    return parse_json(decode(raw, name), name)


@cache
def records(name: str) -> dict[str, Record]:
    """The records of ``data/<name>.json`` by id, in the file's order.

    Raises:
        DataError: an id is missing or stands twice.
    """
    file = f"{name}.json"
    listed = read_json(file)
    if not isinstance(listed, list):
        found = show_value(listed)
        raise refusal(file, found, "a list of records", "put the records between [ and ]")
    problems = []
    for position, one in enumerate(listed):
        if not isinstance(one, dict) or not isinstance(one.get("id"), str):
            problems.append(Problem(file, f"number {position + 1}", "id", "nothing", "text"))
    problems += repeated(
        file, "id", [str(one.get("id")) for one in listed if isinstance(one, dict)]
    )
    if problems:
        raise DataError(problems)
    return {one["id"]: one for one in listed}


_lent: dict[str, dict[str, Record]] = {}


def lend(name: str, added: dict[str, Record]) -> None:
    """Makes records of a teacher's own folder known to :func:`record`, beside the course's own.

    Arguments:
        name: posts, claims, creators or references.
        added: the records by id. An id that is lent again gets the new record.
    """
    _lent.setdefault(name, {}).update(added)


def record(name: str, key: str) -> Record:
    """One record of ``data/<name>.json``, or one that was lent.

    Raises:
        KeyError: there is none of that id.
    """
    known = records(name)
    return known[key] if key in known else _lent.get(name, {})[key]


# --- facts: the numbers of published studies ---------------------------------------------------


@cache
def study_rows(table: str) -> list[dict[str, str]]:
    """The rows of ``data/studies/<table>.csv``, every value as text."""
    try:
        with (data_dir() / "studies" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    except OSError as error:
        raise DataError(
            [Problem(f"studies/{table}.csv", "the file", "-", str(error.strerror), "a table")]
        ) from None


@cache
def facts() -> dict[str, Any]:
    """The names in ``data/facts.json``; read once, for every ``{fact:name}`` asks."""
    return dict(read_json("facts.json"))


@cache
def fact_value(key: str) -> float:
    """The number behind ``{fact:key}``, in the unit of its table's column.

    Raises:
        DataError: no such fact, or its ``where`` does not pick exactly one row with a number.
    """
    if key not in facts():
        raise DataError(unknown("facts.json", key, "id", [key], facts(), "facts.json"))
    fact = facts()[key]
    rows = [
        row
        for row in study_rows(fact["table"])
        if all(row.get(column) == str(want) for column, want in fact["where"].items())
    ]
    if len(rows) != 1:
        raise DataError(
            [Problem("facts.json", key, "where", f"{len(rows)} rows", "exactly one row")]
        )
    try:
        value = float(rows[0][fact["column"]])
        if "per" in fact:
            value /= float(rows[0][fact["per"]])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        raise DataError(
            [
                Problem(
                    "facts.json", key, "column", show_value(fact["column"]), "a column of numbers"
                )
            ]
        ) from None
    return fact["minus_from"] - value if "minus_from" in fact else value


def fact_text(key: str) -> str:
    """The number behind ``{fact:key}`` as it is printed."""
    value = fact_value(key)
    return format(value, facts()[key].get("format", "g"))


def fill(value: Any) -> Any:
    """``value`` with every ``{fact:name}`` in its texts replaced, at any depth."""
    if isinstance(value, str):
        return FACT.sub(lambda match: fact_text(match[1]), value)
    if isinstance(value, list):
        return [fill(one) for one in value]
    if isinstance(value, dict):
        return {key: fill(one) for key, one in value.items()}
    return value


# --- references --------------------------------------------------------------------------------


def short_citation(key: str) -> str:
    """Authors and year, such as "Cheng et al., 2025", drawn from the CSL-JSON record."""
    return citation(record("references", key))


def citation(one: Record) -> str:
    """Authors and year of a CSL-JSON record."""
    names = [who.get("family") or who["literal"] for who in one.get("author", [])]
    who = names[0] if names else one.get("publisher", one["title"])
    if len(names) == 2:
        who = f"{names[0]} & {names[1]}"
    elif len(names) > 2:
        who = f"{names[0]} et al."
    year = one.get("issued", {}).get("date-parts", [["n.d."]])[0][0]
    return f"{who}, {year}"


def cited(keys: list[str]) -> list[Record]:
    """What a "Source" line needs for each key: short citation, title and address."""
    return [
        {
            "key": key,
            "short": short_citation(key),
            "title": record("references", key)["title"],
            "url": record("references", key)["URL"],
        }
        for key in keys
    ]


def post_references(post: Record) -> list[str]:
    """The reference keys behind a post: those of its claims, each once."""
    keys = [ref["key"] for claim in post["claims"] for ref in record("claims", claim)["references"]]
    return list(dict.fromkeys(keys))


# --- the course --------------------------------------------------------------------------------


@cache
def syllabus() -> dict[int, Record]:
    """The lessons of ``lessons/syllabus.toml`` by number, facts filled in."""
    return {one["number"]: fill(one) for one in _syllabus_file()["lesson"]}


@cache
def standards() -> dict[str, Record]:
    """What each code of a standard says in our words, and whether we have seen its wording."""
    return dict(_syllabus_file().get("standards", {}))


def _syllabus_file() -> Record:
    with (lessons_dir() / "syllabus.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def shapes() -> Shapes:
    """The JSON Schema of the activity files, in pieces; a large kind brings a file of its own."""
    schema = read_json("schemas/activity.schema.json")
    for kind in schema["kinds"]:
        if kind not in schema["definitions"]:
            schema["definitions"].update(read_json(f"schemas/{kind}.schema.json")["definitions"])
    return Shapes(schema)


@cache
def record_shapes(name: str) -> Shapes:
    """The JSON Schema of ``data/<name>.json``, in pieces."""
    return Shapes(read_json(f"schemas/{name}.schema.json"))


def check_activity_file(raw: Any, file: str) -> list[Problem]:
    """Everything in an activity file that does not fit the schema or points to nothing."""
    problems = shapes().problems("file", raw, file, "the file")
    if problems:
        return problems
    for one in raw["activities"]:
        name = one.get("id") if isinstance(one, dict) else None
        item = str(name or "without an id")
        kind = one.get("kind") if isinstance(one, dict) else None
        if not isinstance(kind, str) or kind not in shapes():
            kinds = ", ".join(shapes().schema["kinds"])
            problems.append(Problem(file, item, "kind", show_value(kind), f"one of {kinds}"))
            continue
        found = shapes().problems(kind, one, file, item)
        problems += found
        if found:
            continue
        for entry in one["items"]:
            label = (
                f"{item}/{entry.get('id', 'without an id')}" if isinstance(entry, dict) else item
            )
            found = shapes().problems(f"{kind}-item", entry, file, label)
            if not found and "view" in entry:  # a kind whose items come in several forms
                found = shapes().problems(f"{kind}-{entry['view']}", entry, file, label)
            problems += found
            if not found:
                problems += _dangling(entry, file, label)
        ids = [entry.get("id") for entry in one["items"] if isinstance(entry, dict)]
        problems += repeated(file, f"{item}/id", [one for one in ids if one])
    return problems + repeated(file, "id", [one["id"] for one in raw["activities"] if "id" in one])


def _dangling(entry: Record, file: str, item: str) -> list[Problem]:
    problems = unknown(file, item, "refs", entry.get("refs", []), records("references"),
                       "references.json")  # fmt: skip
    if "post" in entry:
        problems += unknown(file, item, "post", [entry["post"]], records("posts"), "posts.json")
    problems += unknown(file, item, "fact", FACT.findall(json.dumps(entry)), facts(), "facts.json")
    if isinstance(answer := entry.get("answer"), dict):
        problems += unknown(file, item, "answer.fact", [answer["fact"]], facts(), "facts.json")
    return problems


@cache
def activities(lesson: int) -> dict[str, Record]:
    """The activities of one lesson by id, checked, facts filled in.

    Raises:
        DataError: with every problem found in ``data/activities/NN.json``.
    """
    file = f"activities/{lesson:02}.json"
    raw = read_json(file)
    if problems := check_activity_file(raw, file):
        raise DataError(problems)
    return {one["id"]: fill(one) for one in raw["activities"]}


def review_state() -> str:
    """Who has reviewed the course, in a sentence drawn from ``data/reviews.json``."""
    return reviewed.sentence(read_json("reviews.json"))


# --- for those who look under the hood ---------------------------------------------------------


def study(table: str) -> pd.DataFrame:
    """A table of published figures, ``data/studies/<table>.csv``, as a pandas DataFrame."""
    import pandas as pd

    return pd.read_csv(data_dir() / "studies" / f"{table}.csv")


def frame(name: str) -> pd.DataFrame:
    """The records of ``data/<name>.json`` (posts, claims, creators) as a pandas DataFrame."""
    import pandas as pd

    return pd.DataFrame(list(records(name).values()))
