"""Check the course's data or a teacher's own posts: ``check``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from secondlook.called import command
from secondlook.commands import Commands, Refused, add, count


def add_to(commands: Commands) -> None:
    """Add the command of this file."""
    check = add(commands, "check", check_command)
    what = check.add_mutually_exclusive_group()
    what.add_argument(
        "folder", type=Path, nargs="?", metavar="FOLDER", help="a teacher's own posts"
    )
    what.add_argument("--data", type=Path, metavar="FOLDER", help="default: the course's own")
    what.add_argument(
        "--template", type=Path, metavar="FOLDER", help="write files to begin one's own posts with"
    )


def check_command(options: argparse.Namespace) -> int:
    """Check the course's data, or a teacher's own posts, and name every problem found."""
    if options.template:
        return write_template(options.template)
    if options.folder:
        return check_own_posts(options.folder)
    from secondlook import handouts
    from secondlook.activities import check_all
    from secondlook.content import data_dir, review_state

    if options.data:
        os.environ["SECONDLOOK_DATA"] = str(options.data)
    folder = data_dir()
    if not folder.is_dir():
        raise Refused(f"There is no data folder {folder}: check the name after --data.")
    # What is wrong with the data would be told once more for each letter that draws it.
    tell_problems(check_all() or handouts.problems(), folder)
    print(f"Nothing wrong found in {folder}.\n{review_state()}")
    return 0


def check_own_posts(folder: Path) -> int:
    """Check a teacher's own folder of posts."""
    from secondlook.checks import DataError
    from secondlook.own_posts import read

    try:
        own = read(folder)
    except DataError as error:  # the course's own data; a teacher's are in own.problems
        raise Refused(str(error)) from error
    tell_problems(own.problems, folder)
    for note in own.notes:
        print(f"Worth a look: {note}")
    print(
        f"Nothing wrong found in {folder}: {len(own.records['posts'])} posts, half of them sound.\n"
        f'In a lesson\'s cell: from secondlook import Lesson; Lesson(3).my_posts("{folder.name}")'
    )
    return 0


def write_template(folder: Path) -> int:
    """Write the files that a teacher's own posts begin with."""
    from secondlook.checks import DataError
    from secondlook.own_posts import template

    try:
        written, kept = template.write(folder)
    except DataError as error:
        raise Refused(str(error)) from error
    except OSError as problem:
        raise Refused(
            f"The template could not be written to {folder}: {problem.strerror or problem}. "
            "Choose a folder you may write to."
        ) from problem
    print(f"{count(written)} written to {folder}. Read {template.HOW_TO} there first.")
    if kept:
        print(f"Kept as they are, because they were changed here: {', '.join(kept)}.")
    print(f"When your posts are in: {command('check', folder)}")
    return 0


def tell_problems(problems: Sequence[object], folder: Path) -> None:
    """Print each problem on a line.

    Raises:
        Refused: there was one.
    """
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        plural = "" if len(problems) == 1 else "s"
        raise Refused(f"{len(problems)} problem{plural} found in {folder}.")
