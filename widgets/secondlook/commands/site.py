"""The course without a server: ``site``."""

from __future__ import annotations

import argparse
from pathlib import Path

from secondlook.commands import Commands, Refused, add

OUTPUT = "second_look_site"


def add_to(commands: Commands) -> None:
    """Add the command of this file."""
    site = add(commands, "site", site_command)
    site.add_argument(
        "--output", type=Path, default=Path(OUTPUT), metavar="FOLDER", help=f"default: {OUTPUT}"
    )
    site.add_argument(
        "--parts", type=Path, metavar="FOLDER",
        help="where what is downloaded is kept for the next time; default: ~/.cache/second-look",
    )  # fmt: skip
    site.add_argument(
        "--pyodide", metavar="RELEASE",
        help="Pyodide's own release, a folder or an https address; default: the package registries",
    )  # fmt: skip


def site_command(options: argparse.Namespace) -> int:
    """Build the course as plain files for any web server, Python included."""
    from secondlook.content import lessons_dir
    from secondlook.site import SiteError

    root = lessons_dir().parent
    cache = options.parts or Path.home() / ".cache" / "second-look"
    try:
        from secondlook.site import build

        made = build.build(root, options.output, cache, options.pyodide)
    except ImportError as problem:
        raise Refused(
            f"The site needs a part that is not installed ({problem.name}): use “python3 start.py "
            "site” in a copy of the repository, which brings it."
        ) from problem
    except SiteError as problem:
        raise Refused(str(problem)) from problem
    for part, size in made.items():
        print(f"{size / 1e6:6.1f} MB  {part}")
    print(
        f"{sum(made.values()) / 1e6:6.1f} MB  in {options.output}. Copy the folder to any web "
        f"server. To look at it here: python3 -m http.server --directory {options.output}"
    )
    return 0
