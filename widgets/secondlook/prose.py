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
