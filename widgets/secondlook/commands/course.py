"""Write the course out and open it: ``lessons`` and ``lab``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from secondlook.called import command
from secondlook.commands import Commands, Refused, add, count
from secondlook.server import DEFAULT_PORT, FIRST_LESSON, LESSONS


def add_to(commands: Commands) -> None:
    """Add the commands of this file."""
    lessons = add(commands, "lessons", lessons_command)
    lessons.add_argument("folder", type=Path, metavar="FOLDER", help="made if it is not there")

    lab = add(commands, "lab", lab_command)
    lab.add_argument("folder", type=Path, nargs="?", default=Path(), metavar="FOLDER")
    lab.add_argument(
        "--port", type=port_number, help=f"default: {DEFAULT_PORT}, or the next free one"
    )
    lab.add_argument("--no-browser", dest="browser", action="store_false")


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


def write_course(folder: Path, shipped: Mapping[str, Path]) -> tuple[list[str], list[str]]:
    """Write the course into a folder; keep every file that is there and differs.

    Args:
        folder: the new course's folder, made if needed.
        shipped: where each file stands in this installation, by its place in the folder.

    Returns:
        Names of the files written, and names of the files kept because somebody had edited them.

    Raises:
        Refused: the folder cannot be made or written.
    """
    written: list[str] = []
    kept: list[str] = []
    try:
        for place, source in sorted(shipped.items()):
            copy = folder / place
            copy.parent.mkdir(parents=True, exist_ok=True)
            content = source.read_bytes()
            if not copy.exists():
                copy.write_bytes(content)
                written.append(place)
            elif copy.read_bytes() != content:
                kept.append(place)
    except OSError as problem:
        raise Refused(
            f"The course could not be written to {folder}: {problem.strerror or problem}. "
            "Choose a folder you may write to."
        ) from problem
    return written, kept


def lessons_command(options: argparse.Namespace) -> int:
    """Write the course's notebooks, and its letters and cards, into a folder."""
    from secondlook.content import handouts_dir, lessons_dir

    lessons, handouts = lessons_dir(), handouts_dir(shipped=True)
    if not (lessons / FIRST_LESSON).is_file():
        raise Refused("This installation carries no lessons: install secondlook again.")
    notebooks = [*lessons.glob("*.ipynb"), *lessons.glob("syllabus.toml")]
    shipped = {f"{LESSONS}/{one.name}": one for one in notebooks}
    for one in handouts.glob("*/*.md"):
        shipped[f"handouts/{one.relative_to(handouts).as_posix()}"] = one
    written, kept = write_course(options.folder, shipped)
    print(f"{count(written)} written to {options.folder}.")
    if kept:
        print(f"Kept as they are, because they were changed here: {', '.join(kept)}.")
    print(f"Open the course with: {command('lab', options.folder)}")
    return 0


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


def port_number(text: str) -> int:
    """Read a TCP port from the command line.

    Raises:
        argparse.ArgumentTypeError: not a whole number from 1 to 65535.
    """
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: use a number from 1 to 65535")
    return int(text)
