r"""The one small file that a learner takes along or hands in: written strictly, read strictly.

Pure functions on bytes; nothing here touches a disk. Format 2 is one JSON value, in ASCII:

    {"secondlook": "work", "format": 2, "learner": "fern-otter-42", "saved": "2026-11-25",
     "texts": false, "answers": [
    {"day": "2026-11-23", "lesson": 3, "activity": "exit", "item": "e1", "answer": {...}}]}

It holds the latest answer to each item. The fields of an answer are those that its kind of
activity declares (`activities.answer_fields`), its values are numbers, truth values and short
ids, so nothing that a person typed can travel in them. What a learner typed is in fields of its
own, and they are only there if ``texts`` is true. Format 1, the lines of the journal, is read too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NoReturn

from secondlook import answer_lines
from secondlook.activities import answer_fields
from secondlook.answer_lines import Answer, JournalError, Key, Record
from secondlook.learner_code import is_code

FORMAT = 2
MAX_BYTES = answer_lines.MAX_LOAD  # a whole course is about 200,000
MAX_ANSWERS = 20_000  # a whole course has below 1,000
_DEPTH = answer_lines.MAX_DEPTH + 3  # an answer stands three levels down

#: What stands around the answers, with what it holds; ``data/README.md`` is drawn from both.
HEADER: dict[str, str] = {
    "secondlook": "the word `work`",
    "format": "the number of this format, 2",
    "learner": "the made-up code, such as `fern-otter-42`",
    "saved": "the day on which the file was made",
    "texts": "whether the learner ticked the box",
    "answers": "the latest answer to each item",
}
PLACE: dict[str, str] = {
    "day": "the day of the answer, never the time",
    "lesson": "the number of the lesson",
    "activity": "which activity; for a teacher's own posts, the name of their folder in the course",
    "item": "which item of it",
    "answer": "the fields of its kind, see the next table",
}
# An id, two joined ("mock-uk/noor-halvorsen-counsellor"), or one with what was done to it.
_ID = re.compile(r"(?:(?:open|new|switch|close|back|more) )?[A-Za-z0-9_.:/-]{1,160}")
_LARGEST = 1e12  # far above any number that is asked for
_FRAMES = {
    b"PK": "That is a zip file. Take the file of saved work out of it first.",
    b"\x1f\x8b": "That is a packed file. Take the file of saved work out of it first.",
    b"\xff\xfe": "That file was saved in another encoding. Pick the file as the course gave it.",
    b"\xfe\xff": "That file was saved in another encoding. Pick the file as the course gave it.",
}
_PICK = "Pick the file that Save my work gave you."


class HandInError(JournalError):
    """A file that cannot be taken. The message is one plain sentence or two, for whoever has it."""


@dataclass(frozen=True)
class HandIn:
    """What a file holds.

    Attributes:
        learner: the learner code.
        saved: the day it was made, as YYYY-MM-DD.
        texts: whether the learner chose to put in what they typed.
        answers: the latest answer to each item.
        left_out: how many answers were left out, because this copy of the course has no such
            activity, or the activity no such answer.
    """

    learner: str
    saved: str
    texts: bool
    answers: list[Record]
    left_out: int = 0


# --- writing -------------------------------------------------------------------------------------


def gather(
    learner: str, records: Iterable[Record], *, texts: bool = False, day: str = ""
) -> HandIn:
    """What goes into a learner's file.

    Arguments:
        learner: the learner code.
        records: the latest answer to each item, as the journal has them.
        texts: whether the learner chose to put in what they typed.
        day: the day of saving, as YYYY-MM-DD; today when left out.
    """
    kept, left_out = [], 0
    for record in records:
        fields = answer_fields.of_place(record.lesson, record.activity)
        answer = record.answer
        if fields is None or answer is None or _problem(answer, fields):
            left_out += 1
            continue
        if not texts:
            answer = {name: one for name, one in answer.items() if name not in fields.texts}
        if answer:  # nothing is left of one that was all text
            kept.append(Record(record.day, *record.key, answer))
    return HandIn(learner, day or date.today().isoformat(), texts, kept, left_out)


def write_hand_in(hand_in: HandIn) -> str:
    """The text of the file, ASCII, one answer a line so that a person can read it."""
    head = {"secondlook": "work", "format": FORMAT, "learner": hand_in.learner,
            "saved": hand_in.saved, "texts": hand_in.texts}  # fmt: skip
    lines = [
        json.dumps({"day": one.day, "lesson": one.lesson, "activity": one.activity,
                    "item": one.item, "answer": one.answer}, allow_nan=False)
        for one in hand_in.answers
    ]  # fmt: skip
    return f'{json.dumps(head)[:-1]}, "answers": [\n' + ",\n".join(lines) + "]}\n"


# --- reading -------------------------------------------------------------------------------------


def read_hand_in(data: bytes) -> HandIn:
    """Read a learner's file, of this format or of the one before.

    Arguments:
        data: the whole file; a byte order mark at its beginning is passed over.

    Raises:
        HandInError: too large, no such file, of a newer version, damaged, or with something in it
            that no learner's file may hold.
    """
    if len(data) > MAX_BYTES:
        raise HandInError(f"That file is too large to be saved work. {_PICK}")
    for opening, told in _FRAMES.items():
        if data.startswith(opening):
            raise HandInError(told)
    data = data.removeprefix(b"\xef\xbb\xbf")
    if answer_lines.begins(data):
        return _of_lines(data)
    value = _parse(data)
    if not isinstance(value, dict) or value.get("secondlook") != "work":
        raise HandInError(f"That is not a file of saved work. {_PICK}")
    wrote = value.get("format")
    if type(wrote) is not int or wrote < FORMAT:
        _refuse("its format is no number that this course has used")
    if wrote > FORMAT:
        raise HandInError(
            "That file comes from a newer version of this course. Update the course, "
            "then load it again."
        )
    _exactly(value, HEADER, "the file")
    if not is_code(value["learner"]):
        _refuse("its learner code is none that this course makes")
    if not answer_lines.is_day(value["saved"]):
        _refuse("the day it was saved is no day")
    if type(value["texts"]) is not bool:
        _refuse("“texts” must be true or false")
    if not isinstance(value["answers"], list) or len(value["answers"]) > MAX_ANSWERS:
        _refuse(f"“answers” must be a list of at most {MAX_ANSWERS:,}")
    return _checked(value)


def keeping_texts(hand_in: HandIn, here: Iterable[Record]) -> list[Record]:
    """The answers of a file, with the texts that only stand on this machine.

    A file without texts must not take away what a learner has typed here.

    Arguments:
        hand_in: a file that was read.
        here: the latest answer to each item on this machine.
    """
    known = {one.key: one.answer or {} for one in here}
    made = []
    for one in hand_in.answers:
        fields = answer_fields.of_place(one.lesson, one.activity)
        texts = fields.texts if fields else frozenset()
        stay = {name: text for name, text in known.get(one.key, {}).items() if name in texts}
        made.append(Record(one.day, *one.key, {**stay, **(one.answer or {})}))
    return made


def _checked(value: dict[str, Any]) -> HandIn:
    kept: dict[Key, Record] = {}
    left_out = 0
    for number, one in enumerate(value["answers"], start=1):
        where = f"answer {number}"
        record = _record(one, where)
        if record.key in kept:
            _refuse(f"{where} is a second answer to the same item")
        fields = answer_fields.of_place(record.lesson, record.activity)
        if fields is None:
            left_out += 1
            continue
        assert record.answer is not None
        if problem := _problem(record.answer, fields):
            _refuse(f"{where} {problem}")
        if not value["texts"] and fields.texts & record.answer.keys():
            _refuse(f"{where} has a text in it, and the file says that it has none")
        kept[record.key] = record
    return HandIn(value["learner"], value["saved"], value["texts"], [*kept.values()], left_out)


def _record(one: Any, where: str) -> Record:
    """An answer with its place, both sound in form."""
    if not isinstance(one, dict):
        _refuse(f"{where} is not a record")
    _exactly(one, PLACE, where)
    if not answer_lines.is_day(one["day"]):
        _refuse(f"the day of {where} is no day")
    if answer_lines.place_problem(one["lesson"], one["activity"], one["item"]):
        _refuse(f"{where} says no place of this course")
    answer = one["answer"]
    try:
        sound = bool(answer) and answer_lines.clean_answer(answer) == answer
    except ValueError:
        sound = False
    if not sound:
        _refuse(f"{where} is not of the form that answers have")
    return Record(one["day"], one["lesson"], one["activity"], one["item"], answer)


def _problem(answer: Answer, fields: answer_fields.Fields) -> str:
    """What is wrong with the fields of an answer, or nothing."""
    if answer.keys() - fields.names:
        return "has a field that its activity does not have"
    if any(not _plain(one) for name, one in answer.items() if name not in fields.texts):
        return "has words in it where only an id may stand"
    return ""


def _plain(value: Any) -> bool:
    """Whether a value holds only numbers, truth values and ids, so that no sentence can hide."""
    if isinstance(value, str):
        return _ID.fullmatch(value) is not None
    if isinstance(value, list):
        return all(map(_plain, value))
    if isinstance(value, dict):
        return all(map(_plain, value.keys())) and all(map(_plain, value.values()))
    return value is None or -_LARGEST <= value <= _LARGEST


def _of_lines(data: bytes) -> HandIn:
    """A file of format 1. It never held texts; the day of its last answer stands for `saved`."""
    try:
        read = answer_lines.read_saved(data.decode("utf-8"))
    except UnicodeDecodeError:
        _refuse("it has bytes in it that no text has")
    except JournalError as error:
        raise HandInError(str(error)) from None
    latest: dict[Key, Record] = {}
    learner = str(read.learner)
    for entry in read.entries:
        if isinstance(entry, str):
            learner = entry
        else:
            latest[entry.key] = entry
    answers = [one for one in latest.values() if one.answer is not None]
    last = max((one.day for one in answers), default="2026-01-01")
    return gather(learner, answers, day=last)


def _parse(data: bytes) -> Any:
    """The JSON value in the bytes.

    Raises:
        HandInError: not UTF-8, not JSON, nested too deeply, or a name stands twice in a record.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise HandInError(f"That is not a file of saved work. {_PICK}") from None
    if answer_lines.too_deep(data, _DEPTH):
        _refuse("it is nested more deeply than saved work ever is")
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        told = "the end is missing, or it was changed by hand"
        if not text.lstrip().startswith('{"secondlook"'):
            raise HandInError(f"That is not a file of saved work. {_PICK}") from None
        _refuse(told)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        _refuse("a name stands twice in one record")
    return made


def _no_number(word: str) -> NoReturn:
    _refuse(f"{word} stands where a number should")


def _exactly(value: dict[str, Any], names: Iterable[str], where: str) -> None:
    """The record has all of these fields and no other."""
    known = set(names)
    if value.keys() - known:
        _refuse(f"{where} has a field that saved work does not have")
    if missing := known - value.keys():
        _refuse(f"{where} has no “{min(missing)}”")


def _refuse(what: str) -> NoReturn:
    raise HandInError(f"That file cannot be used: {what}. Pick another copy of the saved work.")
