"""The drawn parts of README.md, PRIVACY.md and CHANGELOG.md, marked as in `tools/guide.py`."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from guide import DRAWN

from secondlook import activities, content
from secondlook.classroom.hand_in import HEADER, PLACE

ROOT = Path(__file__).resolve().parents[1]
#: Where the repository is published: the one place that has to be filled in.
CITATION = ROOT / "CITATION.cff"
GITHUB = re.compile(
    r'^repository-code: "?https://github\.com/([\w.-]+/[\w.-]+?)/?"?$', re.MULTILINE
)
VERSION = re.compile(r"^version: (\S+)$", re.MULTILINE)
FIRST_PAGE = "doc/tree/lessons/00_start_here.ipynb"


def draw(text: str) -> str:
    """A document with every drawn part drawn anew.

    Raises:
        KeyError: a part has a name that nothing is drawn for.
    """
    return DRAWN.sub(
        lambda found: "\n".join([f"{found[1]}{PARTS[found[2]]()}", found[3]]),
        text,
    )


def binder(citation: str = "", root: Path = ROOT) -> str:
    """The Binder badge, or, as long as it would lead nowhere, the sentence that there is none.

    Args:
        citation: the text of CITATION.cff; the course's own when left out.
        root: the repository, which needs a folder ``binder`` to be built from.
    """
    citation = citation or CITATION.read_text(encoding="utf-8")
    where, version = GITHUB.search(citation), VERSION.search(citation)
    if not (where and version and (root / "binder").is_dir()):
        return "There is no Binder link to try it by yet: the course has not been published."
    picture = "[![Open in Binder](https://mybinder.org/badge_logo.svg)]"
    return f"{picture}(https://mybinder.org/v2/gh/{where[1]}/v{version[1]}?urlpath={FIRST_PAGE})"


def kinds() -> dict[str, type[activities.base.Activity]]:
    """Every kind of activity by its name."""
    found = {}
    for one in pkgutil.iter_modules(activities.__path__, "secondlook.activities."):
        kind = getattr(import_module(one.name), "KIND", None)
        if kind is not None:
            found[kind.kind] = kind
    return dict(sorted(found.items()))


def fields() -> str:
    """What stands in a learner's file around and beside the answers, and what only if ticked."""
    lines = ["| where | field | what it holds |", "|---|---|---|"]
    for where, told in (("the file", HEADER), ("each answer", PLACE)):
        lines += [f"| {where} | `{name}` | {what} |" for name, what in told.items()]
    lines += [
        f"| only if the box is ticked | `{name}` | {kind.fields[name]} ({of}) |"
        for of, kind in kinds().items()
        for name in kind.fields
        if name in kind.texts
    ]
    return "\n".join(lines).replace("see the next table", "see there")


def counts() -> str:
    """What the changelog counts: kinds of activity, and the corpus."""
    posts, claims, creators = (len(content.records(f)) for f in ("posts", "claims", "creators"))
    *others, last = kinds()
    return "\n".join(
        [
            f"- {len(others) + 1} kinds of activity: {', '.join(others)} and {last}.",
            "  Each has a screen, a record, a sheet with its key, and plain text.",
            f"- The corpus: {posts} invented posts (three test forms among them), {claims} claims",
            f"  with verdicts and references, {creators} invented creators, mock registers for",
            "  four countries, and a check that no shortcut scores.",
        ]
    )


PARTS: dict[str, Callable[[], str]] = {"binder": binder, "fields": fields, "counts": counts}
