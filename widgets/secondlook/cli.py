"""The command ``secondlook``: its words, and the exit code of what they ask for.

Exit codes: 0 done, 1 something to mend (one plain sentence on stderr), 2 words it does not know.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from secondlook import __version__
from secondlook.commands import Refused, check, course, paper, present, report, review, site

GROUPS = course, check, review, report, paper, present, site


def build_parser() -> argparse.ArgumentParser:
    """Build the command line from what each group adds to it."""
    parser = argparse.ArgumentParser(
        prog="secondlook",
        description="Lessons that teach teenagers to judge mental-health posts.",
    )
    parser.add_argument("--version", action="version", version=f"secondlook {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for group in GROUPS:
        group.add_to(commands)
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
