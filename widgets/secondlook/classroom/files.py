"""Read files from strangers: never a link, a device or a pipe, never more than asked, never names
that could harm a screen.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from dataclasses import dataclass
from pathlib import Path

SHOWN = 80  # characters of a name; longer ones keep their two ends
# Controls, formatting (text that runs backwards), halves of a character, private signs, line ends.
_HIDDEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_NOFOLLOW", 0)  # a link that was put there since we looked
    | getattr(os, "O_NONBLOCK", 0)  # a pipe that nobody writes to
)


class Unreadable(Exception):
    """A file that is not read. The message is one sentence that says why."""


@dataclass(frozen=True)
class Found:
    """What stands in a folder: its name made safe, where it is, and its class ("" at the top)."""

    name: str
    path: Path
    class_name: str


def shown(text: str, most: int = SHOWN) -> str:
    """A name or a sentence as it may be shown: no hidden characters, not too long.

    Arguments:
        text: anything, a file name with undecodable bytes too.
        most: characters to keep.
    """
    cut = text if len(text) <= most else f"{text[: most - 21]}…{text[-20:]}"
    return "".join("\ufffd" if unicodedata.category(one) in _HIDDEN else one for one in cut)


def read_plain(path: Path, most: int) -> bytes:
    """The bytes of a plain file.

    Arguments:
        path: of the file.
        most: the largest size in bytes; nothing of a larger file is read.

    Raises:
        Unreadable: a link, a folder, a device or a pipe, too large, or it cannot be opened.
    """
    try:
        _check(path.lstat(), most)
        handle = os.open(path, _FLAGS)
        with os.fdopen(handle, "rb") as file:
            _check(os.fstat(file.fileno()), most)
            data = file.read(most + 1)
    except OSError as problem:
        why = shown(problem.strerror or type(problem).__name__)
        raise Unreadable(f"This file cannot be opened ({why}).") from None
    if len(data) > most:  # it grew while it was read
        raise Unreadable(_too_large(len(data), most))
    return data


def _check(found: os.stat_result, most: int) -> None:
    mode = found.st_mode
    if stat.S_ISLNK(mode):
        raise Unreadable("This is a link to another place, and links are not followed.")
    if stat.S_ISDIR(mode):
        raise Unreadable("This is a folder and no file.")
    if not stat.S_ISREG(mode):
        raise Unreadable("This is a device or a pipe and no file.")
    if found.st_size > most:
        raise Unreadable(_too_large(found.st_size, most))


def _too_large(size: int, most: int) -> str:
    return f"This file has {size:,} bytes, and none of ours has more than {most:,}."
