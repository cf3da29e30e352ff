"""Markdown as HTML, for what is printed or projected: a lesson's prose, letters, cards."""

from __future__ import annotations

from functools import cache

import mistune


@cache
def _writer() -> mistune.Markdown:
    return mistune.create_markdown(escape=True, plugins=["table"])


def to_html(markdown: str) -> str:
    """``markdown`` as an HTML fragment; any HTML in it is shown as text, never obeyed."""
    return str(_writer()(markdown))


def document(markdown: str) -> str:
    """A document of the course itself as HTML, in which HTML stays HTML.

    Arguments:
        markdown: never a learner's or a teacher's text.
    """
    return str(mistune.create_markdown(escape=False, plugins=["table"])(markdown))
