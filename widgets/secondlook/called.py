"""How the person called ``secondlook``, so that what a hint says to type can be typed as it stands.

In a clone that is ``python3 start.py``, which says so to what it starts in the environment.
"""

from __future__ import annotations

import os
import shlex
import subprocess

CALLED = "SECONDLOOK_CALLED"


def command(*words: object) -> str:
    """A command as this person types it.

    Args:
        words: after ``secondlook``, such as ``"report", folder``; quoted where a shell needs it.
    """
    quoted = [str(word) for word in words]
    told = subprocess.list2cmdline(quoted) if os.name == "nt" else shlex.join(quoted)
    return f"{os.environ.get(CALLED) or 'secondlook'} {told}"
