"""The command ``secondlook``: write the course out, open it, check its data.

Every command returns its exit code: 0 done, 1 something to mend (one plain sentence on stderr).
A command is a function and a line in :func:`build_parser`; what it needs is imported inside it, so
that ``secondlook --version`` stays quick.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from secondlook import __version__
from secondlook.server import DEFAULT_PORT, FIRST_LESSON, LESSONS


class Refused(Exception):
    """A command that cannot do what was asked. The message is one plain sentence."""


def find_course(folder: Path) -> Path:
    """Find the folder that holds ``lessons/``: this one, the one around it, or one just inside.

    Args:
        folder: where the person is, or the folder named on the command line.

    Raises:
        Refused: there is no such folder, no course in it, or more than one.
    """
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}: check the name, or leave it out.")
    if _has_course(folder):
        return folder.resolve()
    if folder.resolve().name == LESSONS and _has_course(folder.resolve().parent):
        return folder.resolve().parent  # a person who is inside lessons/ means the course around it
    found = sorted(inner for inner in folder.iterdir() if inner.is_dir() and _has_course(inner))
    if not found:
        raise Refused(
            f"No course was found in {folder.resolve()}: write one there with "
            "“secondlook lessons my_course”, or name the folder it is in."
        )
    if len(found) > 1:
        names = ", ".join(inner.name for inner in found)
        raise Refused(f"There is more than one course here ({names}): name the one you want.")
    return found[0].resolve()


def _has_course(folder: Path) -> bool:
    return (folder / LESSONS / FIRST_LESSON).is_file()


def write_lessons(folder: Path, shipped: Path) -> tuple[list[str], list[str]]:
    """Write the lessons into ``folder/lessons``; keep every file that is there and differs.

    Args:
        folder: the new course's folder, made if needed.
        shipped: where the lessons stand in this installation.

    Returns:
        Names of the files written, and names of the files kept because somebody had edited them.

    Raises:
        Refused: the folder cannot be made or written.
    """
    target = folder / LESSONS
    written: list[str] = []
    kept: list[str] = []
    try:
        target.mkdir(parents=True, exist_ok=True)
        for source in sorted([*shipped.glob("*.ipynb"), *shipped.glob("syllabus.toml")]):
            copy = target / source.name
            content = source.read_bytes()
            if not copy.exists():
                copy.write_bytes(content)
                written.append(source.name)
            elif copy.read_bytes() != content:
                kept.append(source.name)
    except OSError as problem:
        raise Refused(
            f"The lessons could not be written to {target}: {problem.strerror or problem}. "
            "Choose a folder you may write to."
        ) from problem
    return written, kept


def lessons_command(options: argparse.Namespace) -> int:
    """Write the course's notebooks into a folder."""
    from secondlook.content import lessons_dir

    shipped = lessons_dir()
    if not (shipped / FIRST_LESSON).is_file():
        raise Refused("This installation carries no lessons: install secondlook again.")
    written, kept = write_lessons(options.folder, shipped)
    print(f"{_count(written)} written to {options.folder / LESSONS}.")
    if kept:
        print(f"Kept as they are, because they were changed here: {', '.join(kept)}.")
    print(f"Open the course with: secondlook lab {options.folder}")
    return 0


def _count(files: list[str]) -> str:
    return f"{len(files)} file{'' if len(files) == 1 else 's'}"


def lab_command(options: argparse.Namespace) -> int:
    """Open the course in JupyterLab."""
    from secondlook.server import PortError, serve

    course = find_course(options.folder)
    try:
        serve(course, options.port, open_browser=options.browser)
    except PortError as problem:
        raise Refused(str(problem)) from problem
    except ImportError as problem:
        raise Refused(
            f"Part of JupyterLab is missing here ({problem}): delete the folder .venv, if the "
            "course has one, and start again; or install secondlook again."
        ) from problem
    return 0


def check_command(options: argparse.Namespace) -> int:
    """Check the course's data, or a teacher's own posts, and name every problem found."""
    if options.template:
        return write_template(options.template)
    if options.folder:
        return check_own_posts(options.folder)
    from secondlook.activities import check_all
    from secondlook.content import data_dir, review_state

    if options.data:
        os.environ["SECONDLOOK_DATA"] = str(options.data)
    folder = data_dir()
    if not folder.is_dir():
        raise Refused(f"There is no data folder {folder}: check the name after --data.")
    tell_problems(check_all(), folder)
    print(f"Nothing wrong found in {folder}.\n{review_state()}")
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
    print(f"{_count(written)} written to {folder}. Read {template.HOW_TO} there first.")
    if kept:
        print(f"Kept as they are, because they were changed here: {', '.join(kept)}.")
    print(f"When your posts are in: secondlook check {folder}")
    return 0


def review_write_command(options: argparse.Namespace) -> int:
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
        f"secondlook review read {options.folder}"
    )
    return 0


def review_read_command(options: argparse.Namespace) -> int:
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


def port_number(text: str) -> int:
    """Read a TCP port from the command line.

    Raises:
        argparse.ArgumentTypeError: not a whole number from 1 to 65535.
    """
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: use a number from 1 to 65535")
    return int(text)


def build_parser() -> argparse.ArgumentParser:
    """Build the command line. A later command is one more function and one more block here."""
    parser = argparse.ArgumentParser(
        prog="secondlook",
        description="Lessons that teach teenagers to judge mental-health posts.",
    )
    parser.add_argument("--version", action="version", version=f"secondlook {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def add(
        name: str, run: Callable[[argparse.Namespace], int], where: Any = commands
    ) -> argparse.ArgumentParser:
        summary = (run.__doc__ or "").strip()
        command: argparse.ArgumentParser
        command = where.add_parser(name, help=summary, description=summary)
        command.set_defaults(run=run)
        return command

    lessons = add("lessons", lessons_command)
    lessons.add_argument("folder", type=Path, metavar="FOLDER", help="made if it is not there")

    lab = add("lab", lab_command)
    lab.add_argument("folder", type=Path, nargs="?", default=Path(), metavar="FOLDER")
    lab.add_argument(
        "--port", type=port_number, help=f"default: {DEFAULT_PORT}, or the next free one"
    )
    lab.add_argument("--no-browser", dest="browser", action="store_false")

    check = add("check", check_command)
    what = check.add_mutually_exclusive_group()
    what.add_argument(
        "folder", type=Path, nargs="?", metavar="FOLDER", help="a teacher's own posts"
    )
    what.add_argument("--data", type=Path, metavar="FOLDER", help="default: the course's own")
    what.add_argument(
        "--template", type=Path, metavar="FOLDER", help="write files to begin one's own posts with"
    )

    about = "Compare our verdicts with those of two people who have not seen them."
    review = commands.add_parser("review", help=about, description=about)
    steps = review.add_subparsers(title="steps", metavar="STEP", required=True)
    write = add("write", review_write_command, steps)
    write.add_argument("folder", type=Path, metavar="FOLDER", help="made if it is not there")
    write.add_argument(
        "--seed", type=int, default=0, help="another number gives another order of the items"
    )
    read = add("read", review_read_command, steps)
    read.add_argument("folder", type=Path, metavar="FOLDER", help="with the two filled-in sheets")

    report = add("report", report_command)
    report.add_argument(
        "folder",
        type=Path,
        metavar="FOLDER",
        help="with the files handed in; or a store",
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

    simulate = add("simulate", simulate_command)
    simulate.add_argument("folder", type=Path, metavar="FOLDER", help="new, or empty")
    simulate.add_argument(
        "--class", dest="kind", metavar="CLASS", default="discerning",
        help="discerning (default), cynical, credulous or unchanged",
    )  # fmt: skip
    simulate.add_argument("--learners", type=int, default=25, metavar="N", help="default: 25")
    simulate.add_argument(
        "--seed", type=int, default=1, metavar="N", help="another number gives another class"
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: words after ``secondlook``; None for those of the command line.
    """
    options = build_parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except Refused as refusal:
        print(f"secondlook: {refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130  # what a shell expects after Ctrl-C
