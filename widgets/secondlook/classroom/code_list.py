"""A list of answer codes that a teacher typed: one a line, with the class beside it if wanted."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

from secondlook.answer_code import CodeError
from secondlook.classroom.codes import read_code
from secondlook.classroom.files import shown
from secondlook.forms import TestSheet

MAX_LIST = 5_000_000  # bytes; 100,000 codes with their classes
_HEADINGS = ("code", "codes", "answer code", "answer codes")
_COMMENT = re.compile(r"(?:^|\s)#.*")


@dataclass(frozen=True)
class Line:
    """One line with a code: its number from 1, and what was read or why it was not."""

    number: int
    class_name: str
    sheet: TestSheet | None = None
    reason: str = ""


class ListError(ValueError):
    """The whole list cannot be read. The message is one sentence."""


def read_list(data: bytes) -> Iterator[Line]:
    """Read the codes of a text file or of a spreadsheet saved as CSV.

    A line is ``code``, or ``code,class`` with a comma, a semicolon or a tab between them. Empty
    lines, a heading, and what stands behind a ``#`` are passed over.

    Arguments:
        data: the whole file, in UTF-8.

    Raises:
        ListError: it is no text in UTF-8.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise ListError("This list is no text in UTF-8: save it again as “CSV UTF-8” or as text.")
    return _lines(text)


def _lines(text: str) -> Iterator[Line]:
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        code, class_name, more = _cells(_COMMENT.sub("", line))
        if not (code or class_name or more) or (number == 1 and code.casefold() in _HEADINGS):
            continue
        safe_class = shown(class_name)
        if more:
            reason = "This line has more than a code and a class."
            yield Line(number, safe_class, reason=reason)
            continue
        try:
            yield Line(number, safe_class, read_code(code))
        except CodeError as error:
            yield Line(number, safe_class, reason=shown(str(error), 300))


def _cells(line: str) -> tuple[str, str, bool]:
    """The code, the class, and whether there is more."""
    between = next((one for one in line if one in ",;\t"), ",")
    try:
        row = next(csv.reader([line], delimiter=between, skipinitialspace=True), [])
    except csv.Error:  # a cell longer than any
        return line, "", False
    cells = [one.strip() for one in row]
    return (*[*cells, "", ""][:2], any(cells[2:]))  # type: ignore[return-value]
