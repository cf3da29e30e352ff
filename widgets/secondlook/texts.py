"""Finds the texts in JSON, Python, notebooks and JavaScript, so that they can be checked."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any


def strings_of_json(value: Any, path: str = "$") -> Iterator[tuple[str, str]]:
    """Give every text of a JSON value, keys too, with its path (`$.items[2].text`)."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, list):
        for position, one in enumerate(value):
            yield from strings_of_json(one, f"{path}[{position}]")
    elif isinstance(value, dict):
        for key, one in value.items():
            yield f"{path}.{key} (the key)", key
            yield from strings_of_json(one, f"{path}.{key}")


def strings_of_python(source: str) -> Iterator[tuple[str, str]]:
    """Give a piece of Python as it stands, and every string in it that is spelt otherwise there."""
    yield "source", source
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):  # a line magic, say; the source itself was given
        return
    for node in ast.walk(tree):
        text = None
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
        elif isinstance(node, ast.JoinedStr):
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
            )
        if text and text not in source:
            yield f"line {getattr(node, 'lineno', 1)}", text


def strings_of_notebook(notebook: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give every text of a notebook (nbformat 4 as a dict): cells, outputs and metadata."""
    yield from strings_of_json(notebook.get("metadata", {}), "metadata")
    for position, cell in enumerate(notebook.get("cells", []), start=1):
        where = f"cell {position}"
        source = _joined(cell.get("source", ""))
        if cell.get("cell_type") == "code":
            for place, text in strings_of_python(source):
                yield f"{where}, {place}", text
        else:
            yield where, source
        yield from strings_of_json(cell.get("metadata", {}), f"{where}, metadata")
        yield from strings_of_json(list(cell.get("attachments", {})), f"{where}, attachments")
        for number, output in enumerate(cell.get("outputs", []), start=1):
            shown = {
                kind: _joined(part)
                for kind, part in [("text", output.get("text")), *output.get("data", {}).items()]
            }
            yield from strings_of_json(shown, f"{where}, output {number}")


def _joined(value: Any) -> Any:
    """Give a multi-line text of a notebook in one piece, other values as they are."""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "".join(value)
    return value


# A regular expression may only stand where a value may begin: at the start or after one of these.
_VALUE_MAY_FOLLOW = re.compile(
    r"(?:^|[(\[{,;=:?!&|+\-*%<>~^}]|\b(?:return|typeof|case|in|of))\s*\Z"
)
_JS = re.compile(
    r"(?P<comment>//[^\n]*|/\*.*?\*/)"
    r"|(?P<string>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')"
    r"|(?P<regex>/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*)"
    r"|(?P<template>`)|(?P<open>\{)|(?P<close>\})|(?P<plus>\+)|(?P<space>\s+)"
    r"|(?P<other>[\w$.]+|.)",
    re.DOTALL,
)
_JS_ESCAPE = re.compile(
    r"\\(?:u\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(\r\n|.))", re.DOTALL
)
_JS_LETTER = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}


def strings_of_javascript(source: str) -> Iterator[str]:
    """Give the text of every string and template in JavaScript, escapes resolved.

    Strings joined with + come as one text; what a template fills in stands as `{}` in its text, and
    strings inside such a part come on their own. Comments and regular expressions are left out.
    """
    yield from _js_texts(source, 0, [])


def _js_texts(source: str, start: int, stop: list[int], in_template: bool = False) -> Iterator[str]:
    """Give the texts from `start`; in a template's `${`, end at its `}` and note that place."""
    position, depth = start, 0
    said: list[str] = []  # strings seen so far with only + between them
    joined = False
    while position < len(source):
        match = _JS.match(source, position)
        assert match is not None  # the last alternative takes any character
        kind = match.lastgroup
        if kind == "regex" and not _VALUE_MAY_FOLLOW.search(
            source[max(0, position - 60) : position]
        ):
            kind, end = "other", position + 1  # a division
        else:
            end = match.end()
        if kind in ("string", "template"):
            inner: list[str] = []
            if kind == "template":
                text, end, inner = _js_template(source, end)
            else:
                text = _js_unescape(match[0][1:-1])
            if said and not joined:
                yield "".join(said)
                said = []
            said.append(text)
            joined = False
            yield from inner
        elif kind == "plus":
            joined = bool(said)
        elif kind not in ("space", "comment"):
            if said:
                yield "".join(said)
            said, joined = [], False
            depth += (kind == "open") - (kind == "close")
            if in_template and depth < 0:
                stop.append(end)
                return
        position = end
    if said:
        yield "".join(said)
    stop.append(position)


def _js_template(source: str, position: int) -> tuple[str, int, list[str]]:
    """(text, place after the closing backtick, texts inside its `${...}`) of a template."""
    pieces: list[str] = []
    inner: list[str] = []
    while position < len(source) and source[position] != "`":
        if source.startswith("${", position):
            stop: list[int] = []
            inner += _js_texts(source, position + 2, stop, in_template=True)
            pieces.append("{}")
            position = stop[0]
        else:
            length = 2 if source[position] == "\\" else 1
            pieces.append(source[position : position + length])
            position += length
    return _js_unescape("".join(pieces)), position + 1, inner


def _js_unescape(text: str) -> str:
    def plain(match: re.Match[str]) -> str:
        code = match[1] or match[2] or match[3]
        if code:
            return chr(min(int(code, 16), 0x10FFFF))
        return _JS_LETTER.get(match[4], "" if match[4] == "\r\n" else match[4])

    return _JS_ESCAPE.sub(plain, text)
