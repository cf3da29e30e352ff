"""The learner's own answers, kept in a file on the learner's own machine.

An answer is one line (see `answer_lines`), appended with one write and pushed to the disk at once,
so that neither a crash nor a second open notebook costs an earlier answer. The file is the truth:
what other notebooks appended is read before an answer is given out or a line is added. A damaged
file is read as far as it can be, one of a newer version is not read at all, and neither is ever
touched again; new answers then go to a sibling (`answers-2.jsonl`, `answers-3.jsonl`, ...).
"""

from __future__ import annotations

import errno
import os
import re
import stat
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from secondlook import in_browser
from secondlook.answer_lines import (
    Answer,
    JournalError,
    Key,
    Lines,
    Record,
    clean_answer,
    is_torn,
    place_problem,
    read_lines,
    read_saved,
    write_header,
    write_line,
    write_torn,
)
from secondlook.learner_code import random_code
from secondlook.shared_file import identity, locked, read_from, sync

__all__ = ["Journal", "JournalError", "LoadReport", "course_folder", "random_code", "work_folder"]

_MAX_FILE = 50_000_000  # bytes; a larger file is not ours and would only fill the memory
_NAME = re.compile(r"answers(?:-([2-9]|[1-9][0-9]{1,5}))?\.jsonl")

# By name, because not every system has every number.
_SENTENCES = {
    "the disk is full": ("ENOSPC", "EDQUOT", "EFBIG"),
    "this folder cannot be written to": ("EROFS", "EACCES", "EPERM"),
    "a file stands where the folder for your work should be": ("ENOTDIR", "EEXIST"),
    "this browser keeps nothing here, as in a private window": ("ENODEV",),
}
_REASONS = {
    getattr(errno, name): sentence
    for sentence, names in _SENTENCES.items()
    for name in names
    if hasattr(errno, name)
}


@dataclass(frozen=True)
class LoadReport:
    """What "Load my work" did: `read` answers in the file, `added` new here, `changed` here."""

    read: int
    added: int
    changed: int
    learner: str
    sentence: str


def work_folder() -> Path:
    """Give the folder for the learner's work.

    That is `$SECONDLOOK_WORK`, else `my_work` beside the `lessons` folder a notebook runs in, else
    `my_work` in the working folder.
    """
    if chosen := os.environ.get("SECONDLOOK_WORK"):
        return Path(chosen).expanduser().absolute()
    return course_folder() / "my_work"


def course_folder() -> Path:
    """Give the folder around the `lessons` folder a notebook runs in, else the working folder."""
    here = Path.cwd()
    return here.parent if here.name == "lessons" else here


class Journal:
    """The answers of one learner.

    Attributes:
        path: the file that new answers go to (it may not exist yet).
        learner: the learner code.
        notes: plain sentences to show the learner about files that could not be read in full.

    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._guard = threading.RLock()
        self._pending: list[Record | str] = []  # given, but not in the file yet
        self._identity: tuple[int, int] | None = None  # of the file read, None when there is none
        self.learner = random_code()
        self._scan()

    @classmethod
    def open(cls, folder: Path | None = None) -> Journal:
        """Read the answers in `folder` (see `work_folder`); makes nothing on the disk."""
        return cls(work_folder() if folder is None else Path(folder))

    def begin(self) -> None:
        """Write the learner code down, so that the next notebook and a restart know it too.

        A folder that cannot be written to is told in `notes`, before the first answer is given.
        """
        with self._guard:
            self._refresh()
            if self._headed:
                return
            try:
                self._append([])
            except JournalError:
                self.notes.append(
                    "Answers cannot be saved on this computer at the moment. Tell your teacher "
                    "before you start. You can go on without."
                )

    def record(self, lesson: int, activity: str, item: str, answer: Answer | None) -> None:
        """Keep one answer (None takes it back), on the disk when this returns.

        Args:
            lesson: number of the lesson, 0 to 99.
            activity: id of the activity.
            item: id of the item.
            answer: a small dict of JSON values (at most 20,000 bytes as JSON), or None.

        Raises:
            ValueError: a place or an answer that no activity of the course may give.
            JournalError: it could not be written. It is kept in memory, is in `answers` and
                `latest`, and goes to the disk with the next answer that can be written.

        """
        if problem := place_problem(lesson, activity, item):
            raise ValueError(problem)
        kept = None if answer is None else clean_answer(answer)
        today = date.today().isoformat()  # the day only: times would show how long a person took
        self._append([Record(today, lesson, activity, item, kept)])

    def answers(self, lesson: int, activity: str) -> dict[str, Answer]:
        """Give the latest answer to each item of an activity, those of other open notebooks too."""
        return {
            key[2]: record.answer
            for key, record in self._current().items()
            if key[:2] == (lesson, activity) and record.answer is not None
        }

    def new_code(self) -> str:
        """Pick a new learner code at random, keep it and give it back.

        Raises:
            JournalError: it could not be written; it holds in memory as in `record`.

        """
        code = random_code()
        self._append([code])
        return code

    def latest(self) -> list[Record]:
        """Give the latest answer to each item, for "Save my work"."""
        return list(self._current().values())

    def load(self, text: str) -> LoadReport:
        """Bring back a file of format 1, which holds lines like the journal's own.

        Its answers win over those here, its code is taken on, and answers that only stand here
        stay. Nothing is changed when the text is refused.

        Raises:
            JournalError: too large, not such a file, from a newer version, damaged (with the line),
                or, after a good load, the disk refused it (then it is kept as in `record`).

        """
        read = read_saved(text)
        new: dict[Key, Record] = {}
        for entry in read.entries:
            _apply(new, entry)
        codes = [entry for entry in read.entries if isinstance(entry, str)]
        return self.take([read.learner or self.learner, *codes][-1], list(new.values()))

    def take(self, learner: str, records: list[Record]) -> LoadReport:
        """Take over answers from a file, one for each item, and the learner code with them.

        They win over those here; answers that only stand here stay.

        Raises:
            JournalError: the disk refused it. It is kept as in `record`.

        """
        with self._guard:
            here = self._current()
            added = [one for one in records if one.key not in here]
            changed = [
                one for one in records if one.key in here and here[one.key].answer != one.answer
            ]
            entries: list[Record | str] = [*added, *changed]
            if learner != self.learner:
                entries.append(learner)
            if entries:
                self._append(entries)
        count = len(records)
        word = "answer" if count == 1 else "answers"
        sentence = f"Your work is back: {count} {word}." if count else "That file has no answers."
        return LoadReport(count, len(added), len(changed), learner, sentence)

    # --- reading -------------------------------------------------------------------------------

    def _current(self) -> dict[Key, Record]:
        with self._guard:
            self._refresh()
            state = dict(self._saved)
            for entry in self._pending:
                _apply(state, entry)
            return state

    def _scan(self) -> None:
        """Read every answers file of the folder afresh and settle which one to write to."""
        self.notes: list[str] = []
        self._saved: dict[Key, Record] = {}
        last, usable = 0, False
        for number, path in _files(self._folder):
            last, self.path = number, path
            self._n = self._seen = 0
            self._headed = False
            usable = self._read_file(path)
        if not usable:
            self._n = self._seen = 0
            self._headed = False
            self._identity = None
            name = f"answers-{last + 1}.jsonl" if last else "answers.jsonl"
            self.path = self._folder / name
        self._keep_code()

    def _read_file(self, path: Path) -> bool:
        """Take in one file; False if nothing may be appended to it."""
        name = path.name
        try:
            self._identity = identity(path)
            about = path.stat()
            if not stat.S_ISREG(about.st_mode) or about.st_size > _MAX_FILE:
                raise OSError
            read = read_lines(path.read_bytes())
        except OSError:
            self.notes.append(f"{name} could not be read. It was left as it is.")
            return False
        if read.newer is not None:
            self.notes.append(
                f"{name} comes from a newer version of this course. It was left as it is. "
                "Update the course to see those answers."
            )
            return False
        self._take(read)
        bad = len(read.bad)
        if read.tail and not is_torn(read.tail):
            bad += 1
        if bad:
            lines = "1 line" if bad == 1 else f"{bad} lines"
            self.notes.append(
                f"{lines} of {name} could not be read. The file was left as it is, your other "
                "answers are here, and new ones go to a new file."
            )
            return False
        if read.tail and self._headed:
            self.notes.append(
                "Your last answer was cut off while it was being saved. Please give it again."
            )
        return True

    def _take(self, read: Lines) -> None:
        if read.learner and not self._headed:
            self.learner, self._headed = read.learner, True
        for entry in read.entries:
            if isinstance(entry, str):
                self.learner = entry
            _apply(self._saved, entry)
        self._n = max(self._n, read.last_n)
        self._seen += read.used
        self._keep_code()

    def _keep_code(self) -> None:
        """Let a new code that could not be written yet win over the one in the file."""
        for entry in self._pending:
            if isinstance(entry, str):
                self.learner = entry

    def _refresh(self) -> None:
        """Read what was appended since; start over if the file is another one or was cut."""
        try:
            about = self.path.stat()
            if self._identity == identity(self.path) and about.st_size >= self._seen:
                if about.st_size > self._seen:
                    with self.path.open("rb") as file:
                        file.seek(self._seen)
                        self._catch_up(file.read())
                return
        except OSError:
            if self._identity is None:
                return
        self._scan()

    def _catch_up(self, data: bytes) -> Lines | None:
        """Take in bytes that follow those seen; None if they are damaged and all was read anew."""
        read = read_lines(data, start=self._seen == 0)
        if read.bad or read.newer is not None or (read.tail and not is_torn(read.tail)):
            self._scan()
            return None
        self._take(read)
        return read

    # --- writing -------------------------------------------------------------------------------

    def _append(self, entries: list[Record | str]) -> None:
        with self._guard:
            self._pending += entries
            self._keep_code()
            try:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._refresh()
                for _ in range(4):  # more than once only if a file turns out damaged meanwhile
                    if self._write():
                        return
                raise OSError(errno.EBUSY, "the file keeps changing")
            except OSError as error:
                reason = _REASONS.get(error.errno or 0, "the computer refused to write the file")
                raise JournalError(
                    f"Your answer is on screen, but it could not be saved: {reason}. "
                    "Tell your teacher, or press Save my work."
                ) from error

    def _write(self) -> bool:
        """Append all pending lines with one write; False if another file must be used."""
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
        flags |= getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        handle = os.open(self.path, flags, 0o666)
        try:
            with locked(handle):
                size = os.fstat(handle).st_size
                if size < self._seen:
                    self._scan()
                    return False
                read = self._catch_up(read_from(handle, self._seen))
                if read is None:
                    return False
                self._identity = identity(self.path)
                lead = b""
                if size and not read_from(handle, size - 1).endswith(b"\n"):
                    lead += b"\n"
                if read.tail:
                    lead += write_torn()
                if not self._headed:
                    lead += write_header(self.learner)
                self._put(handle, lead)
                self._catch_up(read_from(handle, self._seen))
                return True
        finally:
            os.close(handle)

    def _put(self, handle: int, lead: bytes) -> None:
        lines = [write_line(entry, self._n + i) for i, entry in enumerate(self._pending, start=1)]
        data, written = lead + b"".join(lines), 0
        try:
            # One call is one whole append; a second one happens only when the disk runs full.
            while written < len(data):
                written += os.write(handle, data[written:])
            sync(handle)
        except OSError:
            if written < len(data):
                whole = data[:written].count(b"\n") - lead.count(b"\n")
                del self._pending[: max(0, whole)]
            raise
        self._pending.clear()
        in_browser.keep(data)


def _apply(state: dict[Key, Record], entry: Record | str) -> None:
    if isinstance(entry, Record):
        state.pop(entry.key, None)  # so that the order is that of the latest answers
        if entry.answer is not None:
            state[entry.key] = entry


def _files(folder: Path) -> list[tuple[int, Path]]:
    try:
        found = [(_NAME.fullmatch(path.name), path) for path in folder.iterdir()]
    except OSError:
        return []
    return sorted((int(match[1] or 1), path) for match, path in found if match)
