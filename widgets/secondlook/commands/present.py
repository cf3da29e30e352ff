"""A lesson for a class with one projector: ``present``."""

from __future__ import annotations

import argparse
import tempfile
import webbrowser
from pathlib import Path

from secondlook.commands import Commands, Refused, add


def add_to(commands: Commands) -> None:
    """Add the command of this file."""
    present = add(commands, "present", present_command)
    present.add_argument("lesson", type=int, metavar="LESSON", help="its number, 0 to 12")
    present.add_argument(
        "--output", type=Path, metavar="FILE", help="write the slides there, and do not open them"
    )


def present_command(options: argparse.Namespace) -> int:
    """Open a lesson for a class with one projector."""
    from secondlook import content
    from secondlook.checks import DataError
    from secondlook.present.page import write

    known = content.syllabus()
    if options.lesson not in known:
        raise Refused(
            f"There is no lesson {options.lesson}: name one from {min(known)} to {max(known)}."
        )
    path = options.output or _in_temp(options.lesson)
    try:
        write(options.lesson, path)
    except DataError as error:
        raise Refused(str(error)) from error
    except OSError as problem:
        raise Refused(
            f"The slides could not be written to {path}: {problem.strerror or problem}. "
            "Choose a folder you may write to."
        ) from problem
    if options.output:
        print(f"Written to {path}. It needs no network: open it in any browser.")
        return 0
    opened = webbrowser.open(path.as_uri())
    print(f"{'Opened' if opened else 'Open this in your browser'}: {path}")
    print("Keys: → or a clicker shows the answer and goes on, ? lists the others.")
    return 0


def _in_temp(lesson: int) -> Path:
    return Path(tempfile.mkdtemp(prefix="secondlook-")) / f"lesson_{lesson:02}.html"
