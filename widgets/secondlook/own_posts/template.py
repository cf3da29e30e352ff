"""Writes what a teacher begins with: two example posts, their claim, and the ids of the course."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from secondlook import content
from secondlook.own_posts.columns import COLUMNS

HOW_TO = "how_to.md"
COURSE_IDS = "course_ids.csv"


def write(folder: Path) -> tuple[list[str], list[str]]:
    """Write the template into a folder, which is made if needed; files that differ are kept.

    Arguments:
        folder: the teacher's own.

    Returns:
        Names of the files written, and names of those kept because they were there and differ.

    Raises:
        OSError: the folder cannot be made or written.
    """
    texts = _texts()
    folder.mkdir(parents=True, exist_ok=True)
    written, kept = [], []
    for name, text in texts.items():
        # The mark in front is how Excel knows that a CSV is UTF-8.
        made = text.encode("utf-8-sig" if name.endswith(".csv") else "utf-8")
        path = folder / name
        if not path.exists():
            path.write_bytes(made)
            written.append(name)
        elif path.read_bytes() != made:
            kept.append(name)
    return written, kept


def _texts() -> dict[str, str]:
    shipped = content.data_dir() / "my_posts"
    texts = {}
    for name, columns in COLUMNS.items():
        example = shipped / f"{name}.csv"
        if example.is_file():
            texts[example.name] = example.read_text(encoding="utf-8")
        else:  # needed by few: the columns alone
            texts[example.name] = _csv([[column.head for column in columns]])
    texts[COURSE_IDS] = _csv([["kind", "id", "what it is"], *_course_ids()])
    texts[HOW_TO] = (content.data_dir() / "my_posts.md").read_text(encoding="utf-8")
    return texts


def _course_ids() -> Iterable[list[str]]:
    """What a teacher may point to without writing it."""
    for one in content.records("creators").values():
        yield ["creator", one["id"], f"{one['handle']}, {one['role']}"]
    for one in content.records("claims").values():
        yield ["claim", one["id"], f"{one['claim']} ({one['verdict']})"]
    for one in content.records("references").values():
        yield ["reference", one["id"], f"{content.citation(one)}: {one['title']}"]


def _csv(rows: Iterable[list[str]]) -> str:
    made = io.StringIO(newline="")
    csv.writer(made, lineterminator="\n").writerows(rows)
    return made.getvalue()
