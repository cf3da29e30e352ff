"""The class report and invented learners to try it with: ``report``, ``simulate``, ``rehearse``."""

from __future__ import annotations

import argparse
from pathlib import Path

from secondlook.commands import Commands, Refused, add, show_page


def add_to(commands: Commands) -> None:
    """Add the commands of this file."""
    report = add(commands, "report", report_command)
    report.add_argument(
        "folder", type=Path, metavar="FOLDER", help="with the files handed in; or a store"
    )
    report.add_argument("--codes", type=Path, metavar="FILE", help="answer codes, one a line")
    report.add_argument(
        "--output",
        type=Path,
        metavar="FILE",
        help="default: report.html, or canvas.csv, moodle.csv",
    )
    report.add_argument(
        "--gradebook", choices=("canvas", "moodle"), help="write a CSV to import, not the report"
    )
    report.add_argument(
        "--scores", action="store_true", help="right answers in that CSV, not only what is done"
    )

    simulate = add(commands, "simulate", simulate_command)
    simulate.add_argument("folder", type=Path, metavar="FOLDER", help="new, or empty")
    _say_which_class(simulate)

    rehearse = add(commands, "rehearse", rehearse_command)
    rehearse.add_argument(
        "folder",
        type=Path,
        nargs="?",
        metavar="FOLDER",
        help="for the report and the class; a temporary one when left out",
    )
    _say_which_class(rehearse)
    rehearse.add_argument("--no-browser", dest="browser", action="store_false")


def _say_which_class(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--class", dest="kind", metavar="CLASS", default="discerning",
        help="discerning (default), cynical, credulous or unchanged",
    )  # fmt: skip
    command.add_argument("--learners", type=int, default=25, metavar="N", help="default: 25")
    command.add_argument(
        "--seed", type=int, default=1, metavar="N", help="another number gives another class"
    )


def report_command(options: argparse.Namespace) -> int:
    """Draw the class report from a folder of files that learners handed in."""
    from secondlook.classroom.report import ReportError, run

    try:
        done = run(
            options.folder, options.codes, options.output, options.gradebook, scores=options.scores
        )
    except ReportError as error:
        raise Refused(str(error)) from error
    print(done)
    return 0


def simulate_command(options: argparse.Namespace) -> int:
    """Write a class of invented learners, to rehearse the class report with."""
    from secondlook.classroom.rehearse import RehearsalError, write_class

    try:
        print(write_class(options.folder, options.kind, options.learners, options.seed))
    except RehearsalError as problem:
        raise Refused(str(problem)) from problem
    return 0


def rehearse_command(options: argparse.Namespace) -> int:
    """Open the class report of a class of invented learners, to see it before there is a class."""
    from secondlook.classroom.rehearse import RehearsalError, rehearse
    from secondlook.classroom.report import ReportError

    try:
        page = rehearse(options.folder, options.kind, options.learners, options.seed)
    except (RehearsalError, ReportError) as problem:
        raise Refused(str(problem)) from problem
    print(f"The report of a class of invented learners is in {page}.")
    if options.browser:
        show_page(page)
    return 0
