"""From a folder of hand-ins to one file: the report, or the columns of a gradebook.

Only the output path is written. The text goes to a temporary file beside it first and takes its
place in one step, so that nobody ever finds half a report.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from secondlook.classroom import gradebook
from secondlook.classroom.analysis import analyse
from secondlook.classroom.findings import Finding, findings
from secondlook.classroom.groups import SMALLEST
from secondlook.classroom.page import MARK, render
from secondlook.classroom.reteach import from_lessons, reteach
from secondlook.classroom.summary import Summary
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
    again = reteach(analysis)
    if analysis.counted["after"] < SMALLEST:
        again = from_lessons(summary)  # the weeks before the second test have Mondays too
    return render(build(summary, analysis, found=findings(analysis), again=again))


def headings_of(summary: Summary) -> list[Finding]:
    """The findings alone, for a notebook."""
    return findings(analyse(summary))


def write(text: str, output: Path) -> None:
    """Write a report or a gradebook file, also over an older one of ours.

    Args:
        text: as `page_of` or one of `GRADEBOOKS` gives it.
        output: a file in a folder that is there.

    Raises:
        ReportError: something else stands there, or nothing can be written there.
    """
    if output.is_dir():
        raise ReportError(f"{output} is a folder: name a file in it, such as {output / REPORT}.")
    if output.exists() and not _is_ours(output):
        raise ReportError(
            f"{output} is there already and is no report of Second Look: choose another name with "
            "--output."
        )
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
