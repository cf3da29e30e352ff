"""One file that several processes append to: locking, reading on, and pushing to the disk.

Works without locks too (a browser's Python has none); see `locked`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

_LOCK_WAIT = 2.0  # seconds; a stopped notebook must not hang the others
_NOTHING_TO_SYNC = {getattr(errno, name, None) for name in ("EINVAL", "ENOSYS", "ENOTSUP")}
_FAR = 1 << 30  # where Windows locks a byte: behind the text, so that readers are not shut out


def identity(path: Path) -> tuple[int, int]:
    """Tell this file from another one that takes its name later."""
    about = path.stat()
    return (about.st_dev, about.st_ino)


def read_from(handle: int, offset: int) -> bytes:
    """Read everything from `offset` (bytes) to the end."""
    os.lseek(handle, offset, os.SEEK_SET)
    pieces = []
    while piece := os.read(handle, 1 << 20):
        pieces.append(piece)
    return b"".join(pieces)


def sync(handle: int) -> None:
    """Wait until what was written is on the disk.

    Raises:
        OSError: the disk refused it after all.

    """
    try:
        os.fsync(handle)
    except OSError as error:
        # Some file systems, a browser's among them, have nothing to sync; that is no failure.
        if error.errno not in _NOTHING_TO_SYNC:
            raise


@contextlib.contextmanager
def locked(handle: int) -> Iterator[None]:
    """Hold the file alone, if this system knows locks and nobody sits on the lock for long.

    Without a lock an append is still one write at the end of the file, so nothing is overwritten.
    """
    until = time.monotonic() + _LOCK_WAIT
    while not (held := _lock(handle)) and time.monotonic() < until:
        time.sleep(0.004)
    try:
        yield
    finally:
        if held:
            _unlock(handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(handle: int) -> None:
        os.lseek(handle, _FAR, os.SEEK_SET)
        with contextlib.suppress(OSError):
            msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    _flock: Callable[[int, int], None] | None
    try:
        import fcntl

        _flock = getattr(fcntl, "flock", None)  # the browser's Python has the module alone
    except ImportError:
        _flock = None

    def _lock(handle: int) -> bool:
        if _flock is None:
            return True
        try:
            _flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            # Taken: try again. Anything else: this file system has no locks, go on without.
            return error.errno not in (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)
        return True

    def _unlock(handle: int) -> None:
        if _flock is not None:
            with contextlib.suppress(OSError):
                _flock(handle, fcntl.LOCK_UN)
