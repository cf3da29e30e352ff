"""Puts what was made into a folder, and harms nothing that somebody else put or changed there.

Each file ends with a seal: a comment with the hash of what stands before it. A file whose seal fits
is ours and may be replaced; any other is left alone, ours with a teacher's changes in it too.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

SEALS = {".html": "<!-- secondlook paper {} -->\n", ".pdf": "% secondlook paper {}\n"}
_SEAL = re.compile(rb"(?:<!--|%) secondlook paper ([0-9a-f]{64})(?: -->)?\n\Z")


def sealed(data: bytes, ending: str) -> bytes:
    """``data`` with the seal of its kind at its end.

    Arguments:
        data: a whole file.
        ending: a key of `SEALS`. Readers of either kind skip the comment.
    """
    body = data if data.endswith(b"\n") else data + b"\n"
    return body + SEALS[ending].format(hashlib.sha256(body).hexdigest()).encode()


def is_ours(path: Path) -> bool:
    """Whether a plain file stands there just as we wrote it."""
    if path.is_symlink() or not path.is_file():
        return False
    data = path.read_bytes()
    found = _SEAL.search(data)
    if not found:
        return False
    return hashlib.sha256(data[: found.start()]).hexdigest().encode() == found[1]


def may_write(path: Path) -> bool:
    """Whether nothing stands there, or what we wrote ourselves."""
    return not os.path.lexists(path) or is_ours(path)


def write(path: Path, data: bytes) -> None:
    """Write a whole file in one step, sealed; nobody ever finds half of one.

    Arguments:
        path: with one of the endings of `SEALS`, where `may_write` says so.
        data: what is to stand in it.

    Raises:
        OSError: it cannot be written.
    """
    handle, name = tempfile.mkstemp(prefix=".secondlook-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(sealed(data, path.suffix))
        Path(name).chmod(0o644)  # a teacher's colleagues may read it
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
