r"""The lines of an answers file: what may stand in one, how it is written, how it is read back.

Pure functions on bytes; `journal` does everything that touches a disk. Format 1 is JSON Lines:

    {"secondlook": "answers", "format": 1, "learner": "fern-otter-42"}
    {"n": 1, "day": "2026-11-23", "lesson": 3, "activity": "exit", "item": "e1", "answer": {...}}
    {"code": "moss-heron-17"}
    {"torn": true}

`answer: null` is a reset. `code` is a newly picked learner code. `torn` says that the unreadable
line or lines straight before it were cut off while being written (a crash, a full disk), and
were already dealt with; any other unreadable line means that the file is damaged. Only the day is
kept: the time would tell how long a learner took.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from secondlook.learner_code import is_code

FORMAT = 1
MAX_ANSWER = 20_000  # bytes of one answer as JSON; the largest real one is below 2,000
MAX_LOAD = 5_000_000  # characters of a file to load; a whole course is about 200,000
MAX_DEPTH = 20  # nesting of one line; a deeper one could exhaust the stack of a browser kernel

ACTIVITY = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
ITEM = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,79}")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # raw, in a file to load
_OPENINGS = (
    f'{{"secondlook": "answers", "format": {FORMAT}, "learner": "'.encode(),
    b'{"n": ',
    b'{"code": "',
    b'{"torn": ',
)
# A string, even one that never ends, or a bracket. Possessive, so that no string is tried twice.
_TOKENS = re.compile(rb'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|([\[{])|([\]}])', re.DOTALL)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What no answer needs and what breaks a file or a message later: controls other than tab and new
# line, and halves of a character (a browser can cut an emoji in two).
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

Key = tuple[int, str, str]  # lesson, activity, item
Answer = dict[str, Any]


class JournalError(Exception):
    """Work could not be saved or loaded. The message is one plain sentence for the learner."""


@dataclass(frozen=True)
class Record:
    """One answer (or its reset, when `answer` is None) as it stands in one line."""

    day: str
    lesson: int
    activity: str
    item: str
    answer: Answer | None

    @property
    def key(self) -> Key:
        """What the answer belongs to."""
        return (self.lesson, self.activity, self.item)


@dataclass
class Lines:
    """What was read: `entries` in order, each a Record or a newly picked learner code.

    `newer` is the format of a newer header, `bad` the numbers of lines that cannot be read,
    `tail` the bytes after the last line end that are not (yet) a whole line, `used` how many bytes
    come before that tail.
    """

    entries: list[Record | str] = field(default_factory=list)
    learner: str | None = None
    last_n: int = 0
    newer: int | None = None
    bad: list[int] = field(default_factory=list)
    tail: bytes = b""
    used: int = 0


def write_line(entry: Record | str, n: int) -> bytes:
    """One line for a record (numbered `n`) or for a new learner code, with its line end.

    ASCII only: an editor that guesses the wrong encoding then cannot harm it.
    """
    if isinstance(entry, str):
        return _dump({"code": entry})
    return _dump(
        {
            "n": n,
            "day": entry.day,
            "lesson": entry.lesson,
            "activity": entry.activity,
            "item": entry.item,
            "answer": entry.answer,
        }
    )


def write_header(learner: str) -> bytes:
    """Give the first line of a file, with its line end."""
    return _dump({"secondlook": "answers", "format": FORMAT, "learner": learner})


def write_torn() -> bytes:
    """Give the line that says: what stands before me was cut off, skip it."""
    return _dump({"torn": True})


def is_torn(tail: bytes) -> bool:
    """Tell a line of ours that was cut off (or the zeros of a power cut) from foreign bytes."""
    return not tail.strip(b"\0") or any(
        tail.startswith(opening) or opening.startswith(tail) for opening in _OPENINGS
    )


def _dump(value: dict[str, Any]) -> bytes:
    return json.dumps(value, allow_nan=False).encode("ascii") + b"\n"


def clean_answer(answer: Answer) -> Answer:
    """Give the answer as it will be read back: tuples as lists, unwanted characters as spaces.

    Raises:
        ValueError: not a dict with text keys, not JSON (NaN included), too deep, or too large.

    """
    if not isinstance(answer, dict):
        raise ValueError(f"an answer must be a dict, found {type(answer).__name__}")
    try:
        cleaned = _clean(answer, 1)
    except RecursionError:
        raise ValueError("an answer must not contain itself") from None
    size = len(_dump(cleaned)) - 1
    if size > MAX_ANSWER:
        raise ValueError(f"an answer must be at most {MAX_ANSWER} bytes of JSON, found {size}")
    return cleaned  # type: ignore[no-any-return]  # a dict goes in, so a dict comes out


def _clean(value: Any, depth: int) -> Any:
    if depth > MAX_DEPTH - 2:
        raise ValueError(f"an answer must not be nested deeper than {MAX_DEPTH - 2} levels")
    if value is None or isinstance(value, (bool, int, float)):
        return value  # NaN and infinity are refused when the whole is written
    if isinstance(value, str):
        return _UNWANTED.sub(" ", value)
    if isinstance(value, (list, tuple)):
        return [_clean(one, depth + 1) for one in value]
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("the keys of an answer must be text")
        return {_UNWANTED.sub(" ", key): _clean(one, depth + 1) for key, one in value.items()}
    raise ValueError(f"an answer cannot hold a {type(value).__name__}")


def read_lines(data: bytes, *, start: bool = True) -> Lines:
    """Read whole lines; `start` says that `data` begins where the file does.

    The bytes after the last line end are read too if they are a whole record (only their line end
    is missing); otherwise they are left in `tail`.
    """
    read = Lines(used=len(data))
    if start:
        data = data.removeprefix(b"\xef\xbb\xbf")  # Notepad writes a byte order mark
    pieces = data.split(b"\n")
    unread: list[int] = []  # bad lines that a "torn" line may still explain
    headless = start
    for number, line in enumerate(pieces, start=1):
        last = number == len(pieces)
        if not line.strip(b"\r"):
            continue
        value = _parse(line)
        if value == {"torn": True}:
            unread.clear()
            continue
        header = _header(value)
        entry = None if header else _entry(value)
        if header:
            wrote, learner = header
            if wrote > FORMAT:
                read.newer = wrote
            # Two headers happen when files are joined by hand; the first one stays.
            read.learner = read.learner or learner
            headless = False
        elif entry is not None and not headless:
            read.entries.append(entry)
            if isinstance(entry, Record):
                read.last_n = max(read.last_n, value["n"])
        elif last and entry is None:
            read.tail = line
            read.used -= len(line)
            continue
        else:
            unread.append(number)
            if entry is not None:  # the header is broken, the answer is not: keep it
                read.entries.append(entry)
            continue
        read.bad += unread
        unread.clear()
    if not read.tail.startswith(b'{"t'):  # not even the "torn" line was finished: same excuse
        read.bad += unread
    return read


def _parse(line: bytes) -> Any:
    """Give the JSON value of a line, or None."""
    if too_deep(line):
        return None
    try:
        return json.loads(line.decode("utf-8"))
    except ValueError:
        return None


def too_deep(data: bytes, most: int = MAX_DEPTH) -> bool:
    """Say whether JSON is nested deeper than `most`; takes time in proportion to its length."""
    if data.count(b"[") + data.count(b"{") <= most:
        return False
    depth = 0
    for found in _TOKENS.finditer(data):
        depth += bool(found[1]) - bool(found[2])
        if depth > most:
            return True
    return False


def _header(value: Any) -> tuple[int, str | None] | None:
    """(format, learner code) of a header, or None; a newer header's other fields are not read."""
    if not isinstance(value, dict) or value.get("secondlook") != "answers":
        return None
    wrote, learner = value.get("format"), value.get("learner")
    if type(wrote) is not int or wrote < 1:
        return None
    if wrote > FORMAT:
        return (wrote, None)
    if is_code(learner) and len(value) == 3:
        return (wrote, learner)
    return None


def _entry(value: Any) -> Record | str | None:
    if not isinstance(value, dict):
        return None
    if value.keys() == {"code"}:
        return str(value["code"]) if is_code(value["code"]) else None
    if value.keys() != {"n", "day", "lesson", "activity", "item", "answer"}:
        return None
    if type(value["n"]) is not int or value["n"] < 1 or not is_day(value["day"]):
        return None
    lesson, activity, item = value["lesson"], value["activity"], value["item"]
    if place_problem(lesson, activity, item):
        return None
    answer = value["answer"]
    if answer is not None:
        try:
            if clean_answer(answer) != answer:
                return None
        except ValueError:
            return None
    return Record(value["day"], lesson, activity, item, answer)


def is_day(day: Any) -> bool:
    """Say whether `day` is a day of the calendar, as YYYY-MM-DD."""
    try:
        return bool(_DAY.fullmatch(day)) and date.fromisoformat(day) is not None
    except (TypeError, ValueError):
        return False


def place_problem(lesson: Any, activity: Any, item: Any) -> str | None:
    """Say what is wrong with the place of an answer, or None: lesson 0-99, short plain names."""
    if type(lesson) is not int or not 0 <= lesson <= 99:
        return f"lesson must be a whole number from 0 to 99, found {lesson!r}"
    if not isinstance(activity, str) or not ACTIVITY.fullmatch(activity):
        return f"activity must fit {ACTIVITY.pattern}, found {activity!r}"
    if not isinstance(item, str) or not ITEM.fullmatch(item):
        return f"item must fit {ITEM.pattern}, found {item!r}"
    return None


def begins(data: bytes) -> bool:
    """Say whether the first line of `data` is a header of these lines."""
    line = data.lstrip(b"\r\n")[:1000].split(b"\n", 1)[0]  # no header is that long
    return _header(_parse(line)) is not None


def read_saved(text: str) -> Lines:
    """Read the text of a saved file.

    Raises:
        JournalError: too large, not a saved file, newer, or damaged; with a sentence that says so.

    """
    pick = "Pick the file that Save my work gave you."
    if not isinstance(text, str) or len(text) > MAX_LOAD:
        raise JournalError(f"That file is too large to be saved work. {pick}")
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        data = b"\0"
    if _CONTROL.search(data):
        raise JournalError(f"That file has characters in it that saved work never has. {pick}")
    read = read_lines(data)
    if read.newer is not None:
        raise JournalError(
            "That file comes from a newer version of this course. Update the course, "
            "then load it again."
        )
    if read.learner is None:
        raise JournalError(f"That is not a file of saved work. {pick}")
    if read.tail and not is_torn(read.tail):
        read.bad.append(text.count("\n") + 1)
    if read.bad:
        raise JournalError(
            f"Line {read.bad[0]} of that file is damaged, so nothing was loaded. "
            "Pick another copy of your saved work."
        )
    return read
