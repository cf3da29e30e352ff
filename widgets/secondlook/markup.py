"""What everything on screen is made of: escaped text, pages, tables, the static files."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

STATIC = Path(__file__).resolve().parent / "static"
# What neither HTML nor XML can hold as text; a lone surrogate could not even be saved.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_IMPORT = re.compile(r'^import [^;]*? from "\./([\w-]+\.js)";\n', re.MULTILINE)


@cache
def module_text(kind: str) -> str:
    """``static/<kind>.js`` with the files it imports in front of it, as one module.

    A widget's code travels through the kernel as one text, so nothing can be imported beside
    it. Reading the plain modules and putting them together here saves a build step.
    """
    parts: dict[str, str] = {}

    def add(name: str) -> None:
        if name in parts:
            return
        source = (STATIC / name).read_text(encoding="utf-8")
        for needed in _IMPORT.findall(source):
            add(needed)
        parts[name] = _IMPORT.sub("", source)

    main = f"{kind}.js"
    add(main)
    shared = [
        re.sub(r"^export (?!default)", "", text, flags=re.MULTILINE)
        for name, text in parts.items()
        if name != main
    ]
    return "\n".join([*shared, parts[main]])


@cache
def stylesheet() -> str:
    """The one stylesheet of the course."""
    return (STATIC / "sl.css").read_text(encoding="utf-8")


def escape(text: Any) -> str:
    """``text`` for HTML."""
    return html.escape(str(text))


def clean(text: object) -> str:
    """``text`` without control characters and lone surrogates."""
    return _UNSEEN.sub("\ufffd", str(text))


class Page:
    """Something to read: HTML for a browser, plain text for everything else."""

    def __init__(self, markup: str, text: str):
        self.markup = f'<div class="sl-page">{markup}</div>'
        self.text = text

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, str]:
        # The styles go along, so that a page looks right when its cell runs first or alone.
        return {
            "text/html": f"<style>{stylesheet()}</style>{self.markup}",
            "text/plain": self.text,
        }


def listed(items: Iterable[str], tag: str = "ul") -> str:
    """An HTML list of plain texts."""
    return f"<{tag}>{''.join(f'<li>{escape(one)}</li>' for one in items)}</{tag}>"


def table(rows: Sequence[Mapping[str, Any]], caption: str) -> Page:
    """A captioned table.

    Arguments:
        rows: one mapping a row, all with the same keys; keys are the column heads.
        caption: what the table shows, with its unit.

    Raises:
        ValueError: there is no row.
    """
    if not rows:
        raise ValueError("A table needs at least one row.")
    heads = list(rows[0])
    cells = [[_cell(row[head]) for head in heads] for row in rows]
    names = [head.replace("_", " ") for head in heads]
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in cells
    )
    top = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    widths = [max(map(len, column)) for column in zip(names, *cells, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in [names, *cells]
    ]
    return Page(
        f'<div class="sl-scroll" tabindex="0" role="region" aria-label="{escape(caption)}">'
        f'<table class="sl-table"><caption>{escape(caption)}</caption>'
        f"<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>",
        "\n".join([caption, *lines]),
    )


def _cell(value: Any) -> str:
    if value is None or value != value:  # None or NaN: an empty cell, not a word
        return ""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return f"{int(text):,}" if text.isdecimal() and len(text) > 4 else text
