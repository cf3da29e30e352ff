"""From a folder of hand-ins to one file: the report, or the columns of a gradebook.

Only the output path is written. The text goes to a temporary file beside it first and takes its
place in one step, so that nobody ever finds half a report.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from secondlook.checks import DataError
from secondlook.classroom import gradebook
from secondlook.classroom.analysis import Analysis, analyse
from secondlook.classroom.collect import CollectError, collect
from secondlook.classroom.district import summary_from_store
from secondlook.classroom.findings import findings
from secondlook.classroom.groups import SMALLEST
from secondlook.classroom.page import MARK, render
from secondlook.classroom.reteach import Reteach, from_lessons, reteach
from secondlook.classroom.store import StoreError, is_store
from secondlook.classroom.summary import Summary, summarise
from secondlook.classroom.view import build

REPORT = "report.html"
GRADEBOOKS: dict[str, Callable[..., str]] = {
    "canvas": gradebook.canvas,
    "moodle": gradebook.moodle,
}


class ReportError(ValueError):
    """The report cannot be written. The message is one plain sentence."""


def page_of(summary: Summary) -> str:
    """The class report as the text of one HTML file."""
    analysis = analyse(summary)
    again = to_reteach(summary, analysis)
    return render(build(summary, analysis, found=findings(analysis), again=again))


def to_reteach(summary: Summary, analysis: Analysis) -> list[Reteach]:
    """What was hardest after the course; until there is a test after it, of the lessons so far."""
    if analysis.counted["after"] < SMALLEST:
        return from_lessons(summary)  # the weeks before the second test have Mondays too
    return reteach(analysis)


def run(
    folder: Path,
    codes: Path | None = None,
    output: Path | None = None,
    marks: str | None = None,
    *,
    scores: bool = False,
) -> str:
    """The command ``secondlook report``: read a folder, write one file, say so in one line.

    Args:
        folder: with the files that learners handed in; looked into, never written.
        codes: a text file of answer codes, or None.
        output: where to write; ``report.html`` or ``<marks>.csv`` here when left out.
        marks: a key of `GRADEBOOKS` for its CSV in place of the report.
        scores: right answers in that CSV too.

    Raises:
        ReportError: nothing can be read or written there, or the course's data are damaged.
    """
    if scores and not marks:
        raise ReportError("--scores goes with --gradebook canvas or --gradebook moodle.")
    target = output or Path(f"{marks}.csv" if marks else REPORT)
    check(target)
    try:
        summary = summary_of(folder, codes, leave_out=(target,))
        if marks:
            text, told = GRADEBOOKS[marks](summary, scores=scores), f"Columns for {marks}"
        else:
            text, told = page_of(summary), "Class report"
    except DataError as problem:  # the course's own data
        raise ReportError(str(problem)) from problem
    write(text, target)
    used, left = len(summary.kept), len(summary.refused)
    return f"{told} written to {target}: {used} used, {left} not used."


def summary_of(folder: Path, codes: Path | None = None, leave_out: Iterable[Path] = ()) -> Summary:
    """What stands in a folder of hand-ins and a list of answer codes, or in a store, as tables.

    Args:
        folder: with the files that learners handed in; or a store of many classes (see `store`).
        codes: a text or CSV file of answer codes, or None.
        leave_out: files in the folder that nobody handed in, such as an older report.

    Raises:
        ReportError: there is no such folder or list, or the store cannot be read.
    """
    if is_store(folder) and not folder.is_dir():
        if codes is not None:
            raise ReportError("A store takes no list of answer codes: leave out --codes.")
        try:
            return summary_from_store(folder)
        except StoreError as problem:
            raise ReportError(str(problem)) from problem
    try:
        collected = collect(folder, codes, leave_out=leave_out)
    except CollectError as problem:
        raise ReportError(str(problem)) from problem
    return summarise(collected.kept, collected.refused, invented=collected.invented)


def write(text: str, output: Path) -> None:
    """Write a report or a gradebook file, also over an older one of ours.

    Args:
        text: as `page_of` or one of `GRADEBOOKS` gives it.
        output: a file in a folder that is there.

    Raises:
        ReportError: something else stands there, or nothing can be written there.
    """
    check(output)
    data = text.encode("utf-8", "replace")
    try:
        handle, name = tempfile.mkstemp(prefix=".secondlook-", dir=output.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).replace(output)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as problem:
        raise ReportError(
            f"The report could not be written to {output}: {problem.strerror or problem}. Choose a "
            "folder you may write to."
        ) from problem


def check(output: Path) -> None:
    """Look at the place before the work begins.

    Raises:
        ReportError: a folder, or something that is not ours, stands there.
    """
    if output.is_dir():
        raise ReportError(f"{output} is a folder: name a file in it, such as {output / REPORT}.")
    if output.exists() and not _is_ours(output):
        raise ReportError(
            f"{output} is there already and is no report of Second Look: choose another name with "
            "--output."
        )


def _is_ours(output: Path) -> bool:
    if not output.is_file():
        return False  # a device or a pipe
    try:
        with output.open("rb") as file:
            opening = file.read(2000).decode("utf-8", "replace")
    except OSError:
        return False
    first = opening.partition("\n")[0]
    return opening.startswith(MARK) or (
        first.startswith(("Student,", "ID number,")) and gradebook.LESSONS in first
    )
