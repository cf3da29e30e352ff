"""The course on paper: ``print``."""

from __future__ import annotations

import argparse
from pathlib import Path

from secondlook.commands import Commands, Refused, add

SIZES, FORMATS = ("a4", "letter"), ("html", "pdf")


def add_to(commands: Commands) -> None:
    """Add the command of this file."""
    paper = add(commands, "print", print_command)
    paper.add_argument(
        "what", nargs="*", metavar="WHAT",
        help="lessons by number, tests, letters; everything when left out",
    )  # fmt: skip
    paper.add_argument("--paper", choices=SIZES, help="size of the PDFs; default: both")
    paper.add_argument("--format", choices=FORMATS, help="default: both")
    paper.add_argument(
        "--output", type=Path, metavar="FOLDER", help="default: second_look_paper; made if needed"
    )
    paper.add_argument("--country", metavar="XX", help="name its help lines, such as US or MX")
    paper.add_argument(
        "--language", default="en", metavar="XX", help="of the letters: en (default) or es"
    )


def print_command(options: argparse.Namespace) -> int:
    """Write sheets, keys, cards, tests and letters to print, as HTML and as PDF."""
    from secondlook.checks import DataError
    from secondlook.handouts import HandoutError
    from secondlook.paper import command

    folder = options.output or Path(command.FOLDER)
    country = options.country.upper() if options.country is not None else None
    try:
        made = command.booklets(options.what, country, options.language)
        done = command.run(
            made,
            folder,
            [options.paper] if options.paper else SIZES,
            [options.format] if options.format else FORMATS,
        )
    except (command.PrintError, HandoutError, DataError) as problem:
        raise Refused(str(problem)) from problem
    if text := command.told(done, folder):
        print(text)
    if done.problem:
        raise Refused(done.problem)
    return 1 if done.kept else 0
