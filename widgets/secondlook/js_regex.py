r"""Rewrites a Python regular expression so that a browser finds the same with it.

The two languages differ in what a word is: Python's ``\b`` and ``\w`` know every alphabet, those of
JavaScript know ASCII only, so ``\bcutter`` would match inside "écutter". The result is for
``new RegExp(text, "giu")``. What has no twin is refused, never translated to something near it.
"""

from __future__ import annotations

import re

_WORD = r"\p{L}\p{N}_"
_SPACE = r"\s\x1c-\x1f\x85"
_EDGE = f"(?:(?<=[{_WORD}])(?![{_WORD}])|(?<![{_WORD}])(?=[{_WORD}]))"
_INSIDE = {"w": _WORD, "d": r"\p{Nd}", "s": _SPACE}
_OUTSIDE = {"b": _EDGE, "w": f"[{_WORD}]", "W": f"[^{_WORD}]", "d": r"\p{Nd}", "D": r"\P{Nd}",
            "s": f"[{_SPACE}]", "S": f"[^{_SPACE}]"}  # fmt: skip
_SAME = set("^$\\.*+?()[]{}|/ntrfv")
_GROUP = re.compile(r"\?(?::|=|!|<=|<!)")
_NAMED = re.compile(r"\?P<([A-Za-z_]\w*)>")
_COUNT = re.compile(r"\{\d+(?:,\d*)?\}")
_HEX = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4})")


def for_javascript(pattern: str) -> str:
    """Give the text of a JavaScript regular expression (flags i and u) that finds the same.

    Raises:
        ValueError: the pattern uses something that has no twin there; the message says what.
    """
    out: list[str] = []
    at, inside = 0, False
    while at < len(pattern):
        char = pattern[at]
        if char == "\\":
            text, length = _escape(pattern, at, inside)
        elif inside:
            text, length = char, 1
            inside = char != "]"
        elif char == "[":
            length = 2 if pattern.startswith("[^", at) else 1
            text, inside = pattern[at : at + length], True
            if pattern.startswith("]", at + length):
                raise ValueError(f"a ] at the start of a set, at {at}")
        elif char == "(":
            text, length = _group(pattern, at)
        elif char == "{":
            count = _COUNT.match(pattern, at)
            text = count[0] if count else r"\{"
            length = len(count[0]) if count else 1
        elif char in "]}":
            text, length = f"\\{char}", 1
        elif char == "+" and at and pattern[at - 1] in "*+?}" and pattern[at - 2 : at - 1] != "\\":
            raise ValueError(f"a possessive quantifier, at {at}")
        else:
            text, length = char, 1
        out.append(text)
        at += length
    return "".join(out)


def _escape(pattern: str, at: int, inside: bool) -> tuple[str, int]:
    if code := _HEX.match(pattern, at):
        return code[0], len(code[0])
    letter = pattern[at + 1 : at + 2]
    known = _INSIDE if inside else _OUTSIDE
    if letter in known:
        return known[letter], 2
    if letter in _SAME or (inside and letter == "-"):
        return f"\\{letter}", 2
    if letter and not letter.isalnum():
        return letter, 2  # an escape that Python does not need and JavaScript does not know
    raise ValueError(f"\\{letter}{' in a set' if inside else ''}, at {at}")


def _group(pattern: str, at: int) -> tuple[str, int]:
    rest = at + 1
    if not pattern.startswith("?", rest):
        return "(", 1
    if same := _GROUP.match(pattern, rest):
        return f"({same[0]}", 1 + len(same[0])
    if named := _NAMED.match(pattern, rest):
        return f"(?<{named[1]}>", 1 + len(named[0])
    raise ValueError(f"the group {pattern[at : at + 4]!r}, at {at}")
