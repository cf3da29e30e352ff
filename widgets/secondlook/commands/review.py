"""Compare the course's verdicts with other people's: ``review write`` and ``review read``."""

from __future__ import annotations

import argparse
from pathlib import Path

from secondlook.called import command
from secondlook.commands import Commands, Refused, add
from secondlook.commands.check import tell_problems


def add_to(commands: Commands) -> None:
    """Add the command of this file and its two steps."""
    about = "Compare our verdicts with those of two people who have not seen them."
    review = commands.add_parser("review", help=about, description=about)
    steps = review.add_subparsers(title="steps", metavar="STEP", required=True)

    write = add(steps, "write", write_command)
    write.add_argument("folder", type=Path, metavar="FOLDER", help="made if it is not there")
    write.add_argument(
        "--seed", type=int, default=0, help="another number gives another order of the items"
    )
    read = add(steps, "read", read_command)
    read.add_argument("folder", type=Path, metavar="FOLDER", help="with the two filled-in sheets")


def write_command(options: argparse.Namespace) -> int:
    """Write a sheet of posts and claims for each of two raters, without our verdicts."""
    from secondlook.checks import DataError
    from secondlook.review import sheets

    try:
        written = sheets.write(options.folder, options.seed)
    except DataError as error:
        raise Refused(str(error)) from error
    except OSError as problem:
        raise Refused(
            f"The sheets could not be written to {options.folder}: "
            f"{problem.strerror or problem}. Choose a folder you may write to."
        ) from problem
    print(
        f"Written to {options.folder}: {', '.join(written)}.\n"
        f"Give each rater one sheet and {sheets.READ_FIRST}. When both are back in the folder: "
        f"{command('review', 'read', options.folder)}"
    )
    return 0


def read_command(options: argparse.Namespace) -> int:
    """Read both sheets back: agreement, kappa, and the items in dispute."""
    from datetime import date

    from secondlook.checks import DataError, Problem
    from secondlook.review import report, sheets

    problems: list[Problem] = []
    try:
        first, second = sheets.read(options.folder)
    except DataError as error:
        problems = error.problems
    tell_problems(problems, options.folder)
    items = sheets.items()
    try:
        written = report.write(options.folder, items, first, second)
    except OSError as problem:
        raise Refused(
            f"The report could not be written to {options.folder}: "
            f"{problem.strerror or problem}. Close it in other programs."
        ) from problem
    print(report.text(items, first, second))
    print(f"Written to {options.folder}: {', '.join(written)}.")
    print("To say in the course who has reviewed it, add one such entry a rater, without a name,")
    print("to data/reviews.json, and run tools/draw.py:")
    print(report.entry((first, second), items, date.today()))
    return 0
