"""A small invented course with an activity of every kind, and a journal that lives in memory."""

from __future__ import annotations

import copy
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from secondlook import content
from secondlook.activities import kind_class
from small_course import forget

FIXTURES = Path(__file__).parent / "fixtures_data"
# The schema is the course's own either way; compiling it anew would cost most of the time.
# What the small course does not have of its own.
SHARED = ("post_check.json", "studio_checks.json", "safe_messaging.json", "helplines.json")


class Notes:
    """What an activity needs of the journal; ``lines`` holds every answer in the order it came."""

    learner = "fern-otter-42"

    def __init__(self, kept: dict[str, Any] | None = None) -> None:
        self.kept = kept or {}
        self.lines: list[tuple[str, Any]] = []
        self.error: Exception | None = None

    def answers(self, lesson: int, activity: str) -> dict[str, Any]:
        return dict(self.kept)

    def record(self, lesson: int, activity: str, item: str, answer: Any) -> None:
        if self.error:
            raise self.error
        self.lines.append((item, answer))


@pytest.fixture(autouse=True)
def own_environment() -> Iterator[None]:
    """No test leaves its data folder to the next: ``secondlook check --data`` sets a variable."""
    before = {name: os.environ.get(name) for name in ("SECONDLOOK_DATA", "SECONDLOOK_LESSONS")}
    yield
    for name, value in before.items():
        if os.environ.get(name) != value:
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})
            forget()


@pytest.fixture
def notes() -> type[Notes]:
    """The class of the journal in memory."""
    return Notes


@pytest.fixture
def small_course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the small course's data, which ``content`` reads for the length of a test."""
    data = tmp_path / "data"
    shipped = content.data_dir()
    shutil.copytree(FIXTURES, data)
    shutil.copytree(shipped / "schemas", data / "schemas")
    for name in SHARED:
        shutil.copy(shipped / name, data)
    monkeypatch.setenv("SECONDLOOK_DATA", str(data))
    forget()
    yield data
    forget()


@pytest.fixture
def record(small_course: Path) -> Callable[[str], dict[str, Any]]:
    """Gives a copy of an activity of the small course, which a test may spoil."""
    numbers = [int(path.stem) for path in sorted((small_course / "activities").glob("*.json"))]

    def found(name: str) -> dict[str, Any]:
        known = {key: one for number in numbers for key, one in content.activities(number).items()}
        return copy.deepcopy(known[name])

    return found


@pytest.fixture
def make(record: Callable[[str], dict[str, Any]]) -> Callable[..., Any]:
    """Makes an activity's widget: ``make("exit", Notes())``."""

    def made(name: str, journal: Notes | None = None) -> Any:
        one = record(name)
        return kind_class(one["kind"])(3, one, journal or Notes())

    return made


@pytest.fixture
def refused(record: Callable[[str], dict[str, Any]]) -> Callable[..., str]:
    """Spoils an activity with ``change(record)`` and gives what its kind says, one line each."""

    def said(name: str, change: Callable[[dict[str, Any]], Any]) -> str:
        one = record(name)
        kind = kind_class(one["kind"])
        assert kind.problems(one, "f.json") == []
        change(one)
        return "\n".join(map(str, kind.problems(one, "f.json")))

    return said
