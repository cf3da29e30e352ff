"""Turns the bytes of a data file into text and JSON, and says in words what is wrong with them.

The course's own files and a teacher's own folder pass the same gate.
"""

from __future__ import annotations

import json
from typing import Any

from secondlook.answer_lines import too_deep
from secondlook.checks import DataError, Problem

MAX_DEPTH = 20  # nesting; a deeper file could exhaust the stack of a browser kernel


def refusal(file: str, found: str, allowed: str, suggestion: str = "") -> DataError:
    """The error for a file that cannot be used as a whole."""
    return DataError([Problem(file, "the file", "-", found, allowed, suggestion)])


def decode(raw: bytes, file: str, *, mark: bool = False) -> str:
    """The text of a file.

    Arguments:
        raw: its bytes.
        file: as the problem shall call it.
        mark: whether a byte-order mark may stand in front; Excel always writes one into CSV.

    Raises:
        DataError: it is empty, no text, or in another encoding than UTF-8.
    """
    if not raw.strip():
        raise refusal(
            file,
            "an empty file",
            "a file with records in it",
            "is it the right file, and was it saved?",
        )
    if raw.startswith(b"PK\x03\x04"):
        raise refusal(
            file,
            "a zip archive or a workbook",
            "plain text",
            "open it in the spreadsheet program and choose Save as, CSV UTF-8",
        )
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or raw[1:2] == b"\0" or raw[:1] == b"\0":
        raise refusal(
            file,
            "UTF-16 text",
            "text saved as UTF-8",
            "“Unicode text” is UTF-16: choose “CSV UTF-8” or “Unicode (UTF-8)” instead",
        )
    if raw.startswith(b"\xef\xbb\xbf"):
        if not mark:
            raise refusal(
                file,
                "a byte-order mark in front",
                "UTF-8 without a byte-order mark",
                "save it as UTF-8 without BOM (Notepad: Save as, encoding UTF-8)",
            )
        raw = raw[3:]
    if (place := raw.find(b"\0")) >= 0:
        line = raw.count(b"\n", 0, place) + 1
        raise refusal(
            file,
            f"a NUL byte in line {line}",
            "text without NUL bytes",
            "the file is damaged or is no text: take an earlier copy",
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{raw[error.start]:02x} in line {line}, which is not UTF-8"
        hint = "save it again; spreadsheets call it “CSV UTF-8” or “Unicode (UTF-8)”"
        raise refusal(file, found, "text saved as UTF-8", hint) from None


def parse_json(text: str, file: str) -> Any:
    """The value of a JSON text.

    Raises:
        DataError: it is not JSON, nested too deep, has NaN in it or a field twice in one record.
    """
    if too_deep(text.encode("utf-8", "replace"), MAX_DEPTH):
        raise refusal(
            file,
            f"nesting deeper than {MAX_DEPTH}",
            f"at most {MAX_DEPTH} levels",
            "compare the brackets with those of the template",
        )

    def no_number(word: str) -> Any:
        raise refusal(file, word, "numbers written in digits", "write a whole number, such as 1200")

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            raise refusal(
                file,
                f"the field {twice} twice in one record",
                "each field once",
                f"take one of the two out (id: {made.get('id', 'none')})",
            )
        return made

    try:
        return json.loads(text, parse_constant=no_number, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        raise refusal(
            file,
            f"{error.msg} in line {error.lineno}",
            "valid JSON",
            "look for a missing comma, quotation mark or bracket there",
        ) from None
    except ValueError as error:
        if isinstance(error, DataError):
            raise
        found = "a number of thousands of digits"
        raise refusal(file, found, "numbers below a billion", "take digits out") from None
