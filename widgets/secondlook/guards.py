"""What no text of a post, claim, creator or reference may hold, whoever wrote it.

The schemas say which fields a record has; here each text in them is looked at: characters that
deceive the eye, code, ways to reach a real person or platform, and unsafe wording (`safety`).
No computer can tell whether a name belongs to somebody. What it can do is to keep invented names
in a form of their own (two or more small words joined by dots) and to refuse what leads out of the
invented world: a mention of somebody who is not in it, an address, a platform.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from secondlook import content, safety
from secondlook.checks import Problem, show_value

Record = dict[str, Any]
Known = Mapping[str, Mapping[str, Record]]


class Guard(NamedTuple):
    """A pattern that a text must not hold; ``found`` may name the character as ``{code}``."""

    pattern: re.Pattern[str]
    found: str
    allowed: str
    suggestion: str


EVERYWHERE = (
    Guard(re.compile("[\n\r\t\v\f\u0085\u2028\u2029]"), "a line break or a tab",
          "one line of text", "write it in one line; a new thought can be a new beat"),
    Guard(re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufff9-\uffff]"),
          "the control character U+{code}", "letters, digits, signs and emoji",
          "delete it and type the text again"),
    Guard(re.compile("[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"),
          "the invisible character U+{code}", "text that reads as it is written",
          "it can turn or hide words: delete the text and type it by hand"),
    Guard(re.compile(r"<[/!?a-z]|&(?:#\w+|[a-z]\w*);|\bjavascript:", re.IGNORECASE),
          "HTML or script", "plain text, shown as it is typed",
          "leave the tag out; “<3” and a lone “<” are fine"),
    Guard(re.compile("Ã[\u0080-\u00bf\u2018-\u2122ƒŒœŠšŽž]|â€|Â[\u00a0-\u00bf]"), "garbled letters",
          "letters as they were typed",
          "the file was read in one encoding and saved in another: type them again"),
)  # fmt: skip

IN_THE_FEED = (
    Guard(re.compile(r"\b(?:(?:tik|book|therapy|psych|health)[ -]?tok\w*|insta(?:gram\w*)?"
                     r"|you[ -]?tub\w*|snap[ -]?chat\w*|(?:sub)?reddit\w*|facebook|twitter"
                     r"|whats[ -]?app|tumblr|pinterest|bluesky|onlyfans|wattpad|linkedin"
                     r"|be ?real app)\b",
                     re.IGNORECASE),
          "the name of a real platform", "a feed without a name",
          "say “the app”, “my feed” or “online”"),
    Guard(re.compile(r"[\w.+-]+@[\w-]+\.\w|(?<![\w.])\+?\d(?:[ ()-]{0,2}\d){8,}(?!\w)"),
          "an e-mail address or a phone number", "nothing that reaches a real person",
          "leave it out; help lines stand in the help block"),
    Guard(re.compile(r"https?:|\bwww\.|(?<![@\w.])[\w-]+(?:\.[\w-]+)*"
                     r"\.(?:com|org|net|io|tv|gg|edu|gov|app|link|info|(?:co|org|ac)\.uk)\b",
                     re.IGNORECASE),
          "a web address", "posts without addresses",
          "say “link in bio”; a source belongs to the claim"),
)  # fmt: skip
# Fields in which the invented people speak or are spoken of; the rest speaks to the learner.
FEED = {
    "posts": {"caption", "beats", "hashtags", "disclosure", "comments"},
    "creators": {"name", "role", "bio", "place", "ties"},
}
INVENTED = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)+")
_MENTION = re.compile(r"(?<![\w.])@([\w.]*\w)")
# Titles and names of papers are quoted as they are.
QUOTED = {"references"}


def text_problems(name: str, one: Record, known: Known, file: str) -> Iterator[Problem]:
    """What must not stand in the texts of a record whose shape is right.

    Arguments:
        name: posts, claims, creators or references.
        one: the record.
        known: where mentioned people are looked up, by file name and id.
        file: the name that the problems give.
    """
    # A creator's own record may be spoilt, and is told of by itself.
    people = {str(each.get("handle")) for each in known.get("creators", {}).values()}
    people |= {each["who"] for each in one.get("comments", [])}
    for field, text in _texts(one):
        for guard in EVERYWHERE:
            yield from _guarded(guard, text, file, one["id"], field)
        if field in ("handle", "who") or field.endswith(".who"):
            yield from _invented(text, file, one["id"], field)
        elif field.partition(".")[0] in FEED.get(name, ()):
            for guard in IN_THE_FEED:
                yield from _guarded(guard, text, file, one["id"], field)
            yield from _mentioned(text, people, file, one["id"], field)
        if name == "posts" and content.FACT.search(text):
            yield from _facts(text, file, one["id"], field)
        for finding in safety.check_text(text, quoted=name in QUOTED):
            if finding.level == "block":
                yield Problem(file, one["id"], field, show_value(finding.matched),
                              f"safe wording: {finding.prefer}",
                              f"{finding.why} (rule {finding.rule})")  # fmt: skip


def _texts(value: Any, field: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a record with its field, such as ``comments.0.text``."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, list):
        for position, each in enumerate(value):
            yield from _texts(each, f"{field}.{position}")
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _texts(each, f"{field}.{key}" if field else key)


def _guarded(guard: Guard, text: str, file: str, item: str, field: str) -> Iterator[Problem]:
    if match := guard.pattern.search(text):
        found = guard.found.format(code=f"{ord(match[0][0]):04X}")
        around = text[max(0, match.start() - 15) : match.end() + 15]
        yield Problem(file, item, field, f"{found} in {show_value(around)}", guard.allowed,
                      guard.suggestion)  # fmt: skip


def _facts(text: str, file: str, item: str, field: str) -> Iterator[Problem]:
    facts = content.facts()
    for key in content.FACT.findall(text):
        if key not in facts:
            near = difflib.get_close_matches(key, facts, n=1)
            hint = f"did you mean {near[0]}?" if near else "write it without the braces"
            yield Problem(file, item, field, show_value(f"{{fact:{key}}}"),
                          "a figure that facts.json has", hint)  # fmt: skip


def _invented(text: str, file: str, item: str, field: str) -> Iterator[Problem]:
    if not INVENTED.fullmatch(text):
        yield Problem(file, item, field, show_value(text),
                      "a handle that is plainly invented: two or more small words joined by dots",
                      "it may be somebody's: write one such as rosa.feeds.crows")  # fmt: skip


def _mentioned(text: str, people: set[str], file: str, item: str, field: str) -> Iterator[Problem]:
    for name in _MENTION.findall(text):
        if name not in people:
            yield Problem(file, item, field, show_value(f"@{name}"),
                          "a mention of a creator, or of somebody who comments on this post",
                          "it may be a real person's handle: leave it out")  # fmt: skip
