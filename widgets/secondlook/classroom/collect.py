"""From a folder of hand-ins and a list of answer codes to what counts, and why the rest does not.

Nothing is written, no link is followed, and no file stops the others: whatever cannot be used is
in ``refused`` with its name and one sentence. Each file is cut down as soon as it is read to what
the report counts, so that ten thousand fit into memory.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from secondlook import forms
from secondlook.classroom import hand_in
from secondlook.classroom.code_list import MAX_LIST, Line, ListError, read_list
from secondlook.classroom.cut_down import Cutter, Unfit
from secondlook.classroom.files import Found, Unreadable, read_plain, shown
from secondlook.classroom.hand_in import HandIn, HandInError, read_hand_in
from secondlook.forms import TestSheet

#: What systems leave in folders by themselves; nobody handed it in, so it is not even listed.
LITTER = frozenset((".DS_Store", "Thumbs.db", "desktop.ini", "__MACOSX"))
#: What `rehearse` puts beside invented learners, and how it begins. Nobody handed that in either.
NOTE, NOTE_OPENING = "READ_ME.txt", "INVENTED LEARNERS"
_FILE_NAME = re.compile(r"\.(?:jsonl?|txt|csv|html?|zip)", re.IGNORECASE)


class CollectError(ValueError):
    """The folder or the list is not there. The message is one sentence."""


@dataclass(frozen=True)
class Kept:
    """One file, or one answer code, that counts.

    Attributes:
        name: of the file, or of the list with the number of the line; safe to show.
        class_name: the subfolder, or what the list says; "" without either.
        hand_in: what the file held, cut down to what the report counts.
        sheet: the test that the code held.
    """

    name: str
    class_name: str = ""
    hand_in: HandIn | None = None
    sheet: TestSheet | None = None


@dataclass(frozen=True)
class Refused:
    """One that does not count: its name, safe to show, and one sentence that says why."""

    name: str
    reason: str


@dataclass(frozen=True)
class Collected:
    """What a class handed in: at most one file for each class and learner, and codes.

    Attributes:
        kept: what counts.
        refused: what does not.
        invented: whether a note beside the files says that their learners are invented.
    """

    kept: list[Kept] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    invented: bool = False


def collect(
    folder: Path | str, codes: Path | str | None = None, *, leave_out: Iterable[Path] = ()
) -> Collected:
    """Read a folder of hand-ins, and the codes typed for those who have no file.

    Files at the top have no class; those in a subfolder have its name as theirs. Of a learner's
    files in one class the newest by ``saved`` counts, then the one with more answers; of a file
    with a finished test and a code of the same test, the file.

    Arguments:
        folder: where the files are.
        codes: a text or CSV file with a code a line, see `code_list.read_list`.
        leave_out: files in the folder that nobody handed in, such as the report of last week.

    Raises:
        CollectError: there is no such folder, or no such list.
    """
    top, of_codes = Path(folder), Path(codes) if codes is not None else None
    if not top.is_dir():
        raise CollectError(f"There is no folder {shown(str(top), 300)}: check its name.")
    if of_codes is not None and not of_codes.is_file():
        raise CollectError(f"There is no list {shown(str(of_codes), 300)}: check its name.")
    pile = _Pile()
    not_ours = [one for one in (of_codes, *leave_out) if one is not None]
    for found in _walk(top, "", pile):
        if _is_note(found.path):
            pile.invented = True
        elif not any(_same(found.path, one) for one in not_ours if one.name == found.path.name):
            pile.add_file(found)
    if of_codes is not None:
        pile.add_list(of_codes)
    return Collected([*pile.files.values(), *pile.codes.values()], pile.refused, pile.invented)


def _walk(folder: Path, class_name: str, pile: _Pile) -> Iterator[Found]:
    """The files of a folder and then those of its subfolders, in the order of their names."""
    try:
        with os.scandir(folder) as entries:
            found = sorted(entries, key=lambda one: one.name)
    except OSError:
        pile.refuse(class_name or shown(folder.name), "This folder cannot be opened.")
        return
    inner = []
    for entry in found:
        if entry.name in LITTER:
            continue
        name = shown(entry.name)
        if class_name:
            name = f"{class_name}/{name}"
        if not _is_folder(entry):
            yield Found(name, Path(entry.path), class_name)
        elif class_name:
            pile.refuse(name, "This folder is in a class, and folders in it are not read.")
        elif _FILE_NAME.fullmatch(Path(entry.name).suffix):
            pile.refuse(name, "This is a folder and no file, though its name looks like one.")
        else:
            inner.append(Found(name, Path(entry.path), name))
    for one in inner:
        yield from _walk(one.path, one.class_name, pile)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    junction = getattr(entry, "is_junction", None)  # a link of Windows, from Python 3.12
    return entry.is_dir(follow_symlinks=False) and not (junction and junction())


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _is_note(path: Path) -> bool:
    """Whether it is the note that goes with invented learners."""
    if path.name != NOTE:
        return False
    try:
        return read_plain(path, hand_in.MAX_BYTES).startswith(NOTE_OPENING.encode())
    except Unreadable:
        return False


class _Pile:
    """What was taken so far."""

    def __init__(self) -> None:
        self.files: dict[tuple[str, str], Kept] = {}
        self.codes: dict[tuple[str, str, str], Kept] = {}
        self.refused: list[Refused] = []
        self.invented = False
        self._answers: dict[tuple[str, str], int] = {}
        self._seen: dict[bytes, str] = {}
        self._cutter = Cutter()

    def refuse(self, name: str, reason: str) -> None:
        self.refused.append(Refused(name, shown(reason, 300)))

    def add_file(self, found: Found) -> None:
        try:
            data = read_plain(found.path, hand_in.MAX_BYTES)
            twin = self._seen.setdefault(hashlib.sha256(data).digest(), found.name)
            if twin != found.name:
                raise Unreadable(f"This is the same file as “{twin}”.")
            _is_text(data)
            read = read_hand_in(data)
            small, left_out = self._cutter.cut(read)
        except (Unreadable, Unfit, HandInError) as error:
            self.refuse(found.name, _one_sentence(str(error)))
        except Exception as error:  # a fault of ours in one file must not hide the other files
            self.refuse(found.name, f"This file cannot be read ({type(error).__name__}).")
        else:
            for occasion, reason in left_out:
                self.refuse(f"{found.name}, test {occasion}", reason)
            kept = Kept(found.name, found.class_name, small)
            self._place(kept, read.saved, len(read.answers))

    def _place(self, new: Kept, saved: str, answers: int) -> None:
        """Let one file of a learner count, and say so of the other."""
        assert new.hand_in is not None
        learner = new.hand_in.learner
        key = (new.class_name, learner)
        old = self.files.get(key)
        if old is None or old.hand_in is None:
            self.files[key], self._answers[key] = new, answers
            return
        best, left, day = old, new, saved
        if (saved, answers) > (old.hand_in.saved, self._answers[key]):
            best, left, day = new, old, old.hand_in.saved
            self.files[key], self._answers[key] = new, answers
        assert best.hand_in is not None
        newest = best.hand_in.saved
        why = (
            f"of {newest} is newer"
            if newest > day
            else "of the same day has as many answers or more"
        )
        self.refuse(left.name, f"“{best.name}” {why}, and only one file of {learner} counts.")

    def add_list(self, path: Path) -> None:
        name = shown(path.name)
        try:
            lines = read_list(read_plain(path, MAX_LIST))
        except (Unreadable, ListError) as error:
            self.refuse(name, str(error))
            return
        classes: dict[str, set[str]] = {}
        for class_name, learner in self.files:
            classes.setdefault(learner, set()).add(class_name)
        done = self._finished()
        for line in lines:
            where = f"{name}, line {line.number}"
            if line.sheet is None:
                self.refuse(where, line.reason)
            else:
                there = classes.get(line.sheet.learner, set())
                self._add_code(Kept(where, _class_of(line, there), None, line.sheet), done)

    def _add_code(self, new: Kept, done: dict[tuple[str, str, str], str]) -> None:
        sheet = new.sheet
        assert sheet is not None
        key = (new.class_name, sheet.learner, sheet.occasion)
        whose = f"the test {sheet.occasion} of {sheet.learner}"
        if file := done.get(key):
            self.refuse(new.name, f"The file “{file}” holds {whose} already.")
            return
        old = self.codes.get(key)
        if old is None or old.sheet is None:
            self.codes[key] = new
        elif old.sheet == sheet:
            self.refuse(new.name, f"This is the same code as in {old.name}.")
        else:
            best, left = (new, old) if len(sheet.answers) > len(old.sheet.answers) else (old, new)
            self.codes[key] = best
            why = "has as many answers or more, and only one code counts"
            self.refuse(left.name, f"Another code of {whose}, in {best.name}, {why}.")

    def _finished(self) -> dict[tuple[str, str, str], str]:
        """The tests that files hold and that are done, each with the name of the file."""
        return {
            (class_name, learner, forms.OCCASION_AT[one.lesson, one.activity]): kept.name
            for (class_name, learner), kept in self.files.items()
            for one in (kept.hand_in.answers if kept.hand_in else ())
            if one.item == forms.FINISHED and (one.lesson, one.activity) in forms.OCCASION_AT
        }


def _class_of(line: Line, there: set[str]) -> str:
    """The class of a code: what the list says, or else where the learner's file is.

    Where files stand in no class, the list cannot put the same learner into one.
    """
    if there == {""} or (not line.class_name and len(there) == 1):
        return next(iter(there))
    return line.class_name


def _is_text(data: bytes) -> None:
    if not data.strip():
        raise Unreadable("This file is empty.")
    if data.startswith(b"PK") or data.startswith(b"\x1f\x8b"):
        return  # `read_hand_in` has a better sentence
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        told = "This is no text in UTF-8: another kind of file, or saved again by another program."
        raise Unreadable(told) from None


def _one_sentence(told: str) -> str:
    """Without what a learner is told to press."""
    return re.split(r"(?<=[.]) (?=[A-Z])", told, maxsplit=1)[0]
