"""A booklet as one HTML file: black on white, nothing from elsewhere, no script."""

from __future__ import annotations

import re
from importlib import resources

from markupsafe import Markup

from secondlook import __version__
from secondlook.paper.booklet import LETTER, Booklet
from secondlook.templates import environment

PACKAGE = "secondlook.paper"
#: Names of CSS for the sizes that a PDF comes in.
SIZES = {"a4": "A4", "letter": "letter"}
SHARED, SHEETS, LETTERS = "paper.css", "sheets.css", "handouts.css"


def html(booklet: Booklet, size: str | None = None) -> str:
    """The booklet as the text of one HTML file.

    Arguments:
        booklet: what to draw.
        size: a key of `SIZES`; None leaves the paper to whoever prints the file by hand.
    """
    folder = resources.files(PACKAGE).joinpath("templates")
    styles = (SHARED, LETTERS if booklet.kind == LETTER else SHEETS)
    style = "\n".join(folder.joinpath(one).read_text(encoding="utf-8") for one in styles)
    template = environment(PACKAGE).get_template(f"{booklet.kind}.html")
    return template.render(
        booklet=booklet,
        style=Markup(style),
        page_rules=Markup(_page_rules(booklet, size)),
        version=__version__,
    )


def _page_rules(booklet: Booklet, size: str | None) -> str:
    """The rules that differ from booklet to booklet: the paper and the foot of each page."""
    paper = f"size: {SIZES[size]}; " if size else ""
    told = ("Second Look", booklet.kicker, booklet.title)
    foot = _css_string(" · ".join(one for one in told if one))
    return f"@page {{ {paper}@bottom-left {{ content: {foot}; }} }}"


def _css_string(text: str) -> str:
    """``text`` as a string of CSS that can close neither itself nor the element around it."""
    return '"' + re.sub(r'["\\<>&\x00-\x1f]', lambda one: f"\\{ord(one[0]):x} ", text) + '"'
