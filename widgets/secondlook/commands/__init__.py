"""What ``secondlook`` can do, a file for each group of commands.

A command is a function that takes the parsed options and returns the exit code: 0 done, 1
something to mend. Its docstring is its help. The file's ``add_to`` names its words, and
``cli.GROUPS`` names the file. What a command needs is imported inside it, so that
``secondlook --version`` stays quick.
"""

from __future__ import annotations

import argparse
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


class Refused(Exception):
    """A command that cannot do what was asked. The message is one plain sentence."""


def add(
    commands: Commands, name: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    """Add a command to the command line.

    Args:
        commands: what it is added to.
        name: the word that calls it.
        run: does it; its docstring is one sentence.

    Returns:
        its parser, to be given the command's own words.
    """
    summary = (run.__doc__ or "").strip()
    command = commands.add_parser(name, help=summary, description=summary)
    command.set_defaults(run=run)
    return command


def count(files: list[str]) -> str:
    """Say how many files."""
    return f"{len(files)} file{'' if len(files) == 1 else 's'}"


def show_page(page: Path) -> None:
    """Open a page that was written in the person's browser, or say that there is none to open it.

    Args:
        page: an HTML file.
    """
    if not webbrowser.open(page.resolve().as_uri()):
        print("No browser could be started from here: open that file in one.")
