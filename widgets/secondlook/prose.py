"""Markdown as HTML, for what is printed or projected: a lesson's prose, letters, cards."""

from __future__ import annotations

import re
from functools import cache

import mistune
from mistune.toc import add_toc_hook


@cache
def _writer() -> mistune.Markdown:
    return mistune.create_markdown(escape=True, plugins=["table"])


def to_html(markdown: str) -> str:
    """``markdown`` as an HTML fragment; any HTML in it is shown as text, never obeyed."""
    return str(_writer()(markdown))


def document(markdown: str) -> str:
    """A document of the course itself as HTML: headings get an id, and HTML in it stays HTML.

    Arguments:
        markdown: never a learner's or a teacher's text.
    """
    writer = mistune.create_markdown(escape=False, plugins=["table"])
    add_toc_hook(writer, heading_id=lambda token, _index: anchor(token["text"]))
    return str(writer(markdown))


def anchor(heading: str) -> str:
    """The name by which a link finds a heading, as GitHub and JupyterLab make it.

    Arguments:
        heading: its text, without the signs in front.
    """
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")
