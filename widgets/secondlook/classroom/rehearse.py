"""Write a class of invented learners as a teacher would receive it: hand-ins and answer codes.

The files look like any learner's and say nowhere that nobody made them, so the folder says it: its
name should, and its READ_ME.txt does, which a report of it reads and says in its title.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from secondlook import forms
from secondlook.answer_lines import Record
from secondlook.called import command
from secondlook.classroom import codes, hand_in, report
from secondlook.classroom.collect import NOTE, NOTE_OPENING
from secondlook.classroom.simulate import class_sheets, named

HAND_INS = "hand_ins"
CODES = "codes.txt"
BY_CODE = 5  # every fifth learner's file "could not travel"
WEEKS = 12  # from the first test to the second


class RehearsalError(Exception):
    """A class that cannot be written. The message is one plain sentence."""


def write_class(folder: Path, kind: str, learners: int, seed: int, day: date | None = None) -> str:
    """Write a class of invented learners into an empty folder.

    Most learners hand in a file of their answers to both tests; every fifth hands in answer codes,
    which stand in ``codes.txt``, one a line.

    Arguments:
        folder: made if needed; must be empty.
        kind: one of ``simulate.CLASSES``.
        learners: how many, 1 to 10,000.
        seed: of the random numbers; the same seed gives the same class.
        day: of the test after the course; today when left out.

    Returns:
        what was written and how to go on, for whoever asked for it.

    Raises:
        RehearsalError: the folder is not empty or cannot be written, or there is no such class.
    """
    try:
        sheets = class_sheets(named(kind, learners), seed)
    except ValueError as problem:
        raise RehearsalError(f"No class was written: {problem}.") from problem
    after = day or date.today()
    days = {"before": after - timedelta(weeks=WEEKS), "after": after, "later": after}
    by_learner: dict[str, list[forms.TestSheet]] = {}
    for sheet in sheets:
        by_learner.setdefault(sheet.learner, []).append(sheet)
    texts = {NOTE: _readme(kind, learners, seed)}
    lines: list[str] = []
    for number, (learner, own) in enumerate(by_learner.items(), start=1):
        if number % BY_CODE == 0:
            lines += [codes.write_code(sheet) for sheet in own]
            continue
        records = [one for sheet in own for one in _records(sheet, days[sheet.occasion])]
        file = hand_in.gather(learner, records, day=max(one.day for one in records))
        texts[f"second-look-{learner}.json"] = hand_in.write_hand_in(file)
    if lines:
        texts[CODES] = "\n".join([*lines, ""])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise RehearsalError(
                f"There are files in {folder} already, and invented learners must not mix with "
                "real ones: name a new folder."
            )
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as problem:
        raise RehearsalError(
            f"The class could not be written to {folder}: {problem.strerror or problem}. "
            "Choose a folder you may write to."
        ) from problem
    of_codes = ("--codes", folder / CODES) if lines else ()
    return (
        f"{len(texts)} files of invented learners written to {folder}.\n"
        f"See what a report makes of them: {command('report', folder, *of_codes)}"
    )


def rehearse(folder: Path | None, kind: str, learners: int, seed: int) -> Path:
    """Write a class of invented learners and its report, as a teacher's folder would stand.

    Arguments:
        folder: the report is written into it, and the class into its ``hand_ins``, which must be
            empty; a new temporary one when left out.
        kind: as in `write_class`, like the others.
        learners: how many.
        seed: of the random numbers.

    Returns:
        the report's file.

    Raises:
        RehearsalError: the folder cannot be used, or there is no such class.
        ReportError: the report cannot be written.
    """
    place = folder or Path(tempfile.mkdtemp(prefix="second_look_rehearsal_"))
    try:
        write_class(place / HAND_INS, kind, learners, seed)
        codes = place / HAND_INS / CODES
        report.run(place / HAND_INS, codes if codes.is_file() else None, place / report.REPORT)
    except BaseException:
        if folder is None:
            shutil.rmtree(place, ignore_errors=True)
        raise
    return place / report.REPORT


def _records(sheet: forms.TestSheet, day: date) -> Iterable[Record]:
    """A sheet as the journal keeps it."""
    lesson, activity = forms.PLACES[sheet.occasion]
    for item, answer in sheet.answers.items():
        yield Record(day.isoformat(), lesson, activity, item, dict(answer))
    if sheet.finished:
        done = {"form": sheet.form, "edition": sheet.edition}
        yield Record(day.isoformat(), lesson, activity, forms.FINISHED, done)


def _readme(kind: str, learners: int, seed: int) -> str:
    became = {
        "discerning": "they learn to tell sound posts from unsound ones",
        "cynical": "they only learn to doubt everything",
        "credulous": "they only learn to trust everything",
        "unchanged": "they learn nothing",
    }[kind]
    words = "--class", kind, "--learners", learners, "--seed", seed
    made_by = command("simulate", "FOLDER", *words)
    return (
        f"{NOTE_OPENING}\n\n"
        "Nobody gave these answers. A computer made them up, so that you can try the class report\n"
        "before there is a class. Keep this folder apart from real hand-ins: its files look like\n"
        "real ones.\n\n"
        f"The class: {learners} learners, and {became}.\n"
        f"Made by: {made_by}\n"
        f"Codes:   those who “could not send a file” have their answer codes in {CODES}.\n"
    )
