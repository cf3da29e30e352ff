"""Wording rules: what no text of the course may say, and what a person should look at.

The rules are data (`data/safe_messaging.json`); this module applies them to the
texts in data, JavaScript and notebooks (`texts`). A rule sees words, not meaning: implied blame or
a hint made of innocent words passes it, so a trained person still reads every lesson.

A harmful phrase may be quoted where a lesson teaches it, if the text says so
(`<!-- quoted-example -->...<!-- /quoted-example -->`, or `quoted=True`) and the rule allows it.
"""

from __future__ import annotations

import html
import itertools
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from secondlook.checks import DataError, Problem, show_value
from secondlook.content import read_json
from secondlook.js_regex import for_javascript
from secondlook.texts import (
    strings_of_javascript,
    strings_of_json,
    strings_of_notebook,
    strings_of_python,
)

__all__ = [
    "Finding",
    "Rule",
    "check_text",
    "find",
    "for_browser",
    "mentions_crisis",
    "rules",
    "strings_of_javascript",
    "strings_of_json",
    "strings_of_notebook",
    "strings_of_python",
]

RULES_FILE = "safe_messaging.json"
_FIELDS = {"id", "level", "regex", "prefer", "why", "say", "source", "allow_in"}
_QUOTED = "quoted-example"
# Markup that may stand inside a phrase: "commit **this**" is to be seen like "commit this".
_MARKUP = re.compile(
    r"(?P<open><!--\s*quoted-example\s*-->)"
    r"|(?P<close><!--\s*/quoted-example\s*-->)"
    r"|(?P<gone><!--.*?-->|</?(?:a|abbr|b|code|em|i|mark|q|s|small|span|strong|u)\b[^<>]*>"
    r"|[*_`~]+|[\u00ad\u200b-\u200d\u2060\ufeff])"
    r"|(?P<space><[/!]?[A-Za-z][^<>]*>|[\u2010\u2011])"
    r"|(?P<entity>&#?\w+;)",
    re.DOTALL | re.IGNORECASE,
)
_HYPHENS = "\u2010\u2011"
_PLAIN = str.maketrans({"\u2018": "'", "\u2019": "'", "\u00a0": " ", "\u2009": " ", "\u202f": " "})


@dataclass(frozen=True)
class Rule:
    """One wording rule, ready to use; `quotable` says that a marked quotation may break it.

    `prefer` and `why` are for authors; `say` is for a learner who has typed such a wording.
    """

    id: str
    level: str
    pattern: re.Pattern[str]
    prefer: str
    why: str
    say: str
    quotable: bool


@dataclass(frozen=True)
class Finding:
    """A rule broken by a text: `level` is "block" (must not ship) or "warn" (a person decides)."""

    rule: str
    level: str
    matched: str
    prefer: str
    why: str
    where: str

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.rule} ({self.level}): {self.matched!r}; prefer: {self.prefer}"


@cache
def rules() -> tuple[Rule, ...]:
    """Give all rules, read and compiled once.

    Raises:
        DataError: the file cannot be read, or a rule in it cannot be used.

    """
    read, problems = [], []
    for position, raw in enumerate(_data("rules", list), start=1):
        item = str(raw.get("id", position)) if isinstance(raw, dict) else str(position)
        wrong = _rule_problem(raw)
        if wrong:
            problems.append(Problem(RULES_FILE, item, *wrong))
            continue
        pattern = re.compile(raw["regex"], re.IGNORECASE)
        quotable = _QUOTED in raw["allow_in"]
        prefer, why, say = raw["prefer"], raw["why"], raw["say"]
        read.append(Rule(item, raw["level"], pattern, prefer, why, say, quotable))
    if problems:
        raise DataError(problems)
    return tuple(read)


def _data(field: str, kind: type) -> Any:
    data = read_json(RULES_FILE)
    value = data.get(field) if isinstance(data, dict) else None
    if not isinstance(value, kind) or not value:
        raise DataError([Problem(RULES_FILE, "the file", field, show_value(value), kind.__name__)])
    return value


def _rule_problem(raw: Any) -> tuple[str, str, str] | None:
    """(field, found, allowed) of the first thing wrong with a rule, or None."""
    if not isinstance(raw, dict) or raw.keys() != _FIELDS:
        found = ", ".join(sorted(raw)) if isinstance(raw, dict) else show_value(raw)
        return ("the whole item", found, ", ".join(sorted(_FIELDS)))
    if raw["level"] not in ("block", "warn"):
        return ("level", show_value(raw["level"]), "block or warn")
    if raw["allow_in"] not in ([], [_QUOTED]):
        return ("allow_in", show_value(raw["allow_in"]), f"nothing or {_QUOTED}")
    return _regex_problem(raw["regex"])


def _regex_problem(regex: Any) -> tuple[str, str, str] | None:
    try:
        empty = re.compile(regex, re.IGNORECASE).search("")
    except (re.error, TypeError) as error:
        return ("regex", f"{show_value(regex)} ({error})", "a Python regular expression")
    return ("regex", show_value(regex), "a pattern that needs some text") if empty else None


def check_text(text: str, where: str = "", quoted: bool = False) -> list[Finding]:
    """Find every place where a text breaks a rule.

    Args:
        text: plain text, Markdown or HTML.
        where: what to call the place in the findings.
        quoted: True if the whole text is a marked quotation; waives the rules that allow it.

    Raises:
        DataError: the rules cannot be used.

    """
    findings = {}
    # With its markup too: some rules look for characters that markup is made of.
    stripped, whole = _read(text, strip=True), _read(text, strip=False)
    for version, marks in (stripped, whole) if whole[0] != stripped[0] else (stripped,):
        for rule in rules():
            for match in rule.pattern.finditer(version):
                marked = quoted or all(marks[match.start() : match.end()])
                if not (marked and rule.quotable):
                    findings[rule.id, match[0].lower()] = Finding(
                        rule.id, rule.level, match[0], rule.prefer, rule.why, where
                    )
    return list(findings.values())


def _read(text: str, *, strip: bool) -> tuple[str, bytearray]:
    """Give the text and, for each character, whether it stands in a marked quotation.

    `strip` takes the markup out. A quotation that is never closed is no quotation.
    """
    pieces: list[str] = []
    marks = bytearray()
    inside, end = 0, 0
    matches = list(_MARKUP.finditer(text))
    # Whether each marker opens a quotation: only if the next marker closes it.
    markers = [one for one in matches if one["open"] or one["close"]]
    opened = {
        one.start() for one, after in itertools.pairwise(markers) if one["open"] and after["close"]
    }

    def add(piece: str) -> None:
        pieces.append(piece)
        marks.extend(bytes([inside]) * len(piece))

    for match in matches:
        add(text[end : match.start()])
        end = match.end()
        if match["open"]:
            inside = int(match.start() in opened)
        elif match["close"]:
            inside = 0
        elif not strip:
            add(match[0])
        elif match["space"]:
            add("-" if match[0] in _HYPHENS else " ")
        elif match["entity"]:
            add(html.unescape(match[0]))
    add(text[end:])
    return "".join(pieces).translate(_PLAIN), marks


@cache
def _crisis() -> re.Pattern[str]:
    regex = _data("crisis", dict).get("regex")
    if wrong := _regex_problem(regex):
        raise DataError([Problem(RULES_FILE, "crisis", *wrong)])
    return re.compile(regex, re.IGNORECASE)


def for_browser() -> dict[str, Any]:
    """Give the rules as ``static/wording.js`` takes them, so that they hold without a kernel.

    Returns:
        ``rules``, each with id, level, say and a regular expression for JavaScript; and ``crisis``,
        the one that says where help must stand beside a text.

    Raises:
        DataError: the rules cannot be used.
        ValueError: a rule uses what JavaScript has no twin for.

    """
    travelling = [
        {"id": one.id, "level": one.level, "say": one.say,
         "regex": for_javascript(one.pattern.pattern)}
        for one in rules()
    ]  # fmt: skip
    return {"rules": travelling, "crisis": for_javascript(_crisis().pattern)}


def find(text: str, pattern: re.Pattern[str]) -> list[str]:
    """Give what a pattern finds in a text, read as the rules read it: without its markup and with.

    Each wording comes once, in small letters, in the order in which it is met.
    """
    return list(
        dict.fromkeys(
            match[0].lower()
            for strip in (True, False)
            for match in pattern.finditer(_read(text, strip=strip)[0])
        )
    )


def mentions_crisis(text: str) -> bool:
    """Say whether a text mentions suicide, self-harm or an eating disorder.

    Where it does, the lesson must carry the help block.

    Raises:
        DataError: the rules cannot be used.

    """
    return bool(find(text, _crisis()))
