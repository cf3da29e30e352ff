"""What a sheet must not hold: the key, and words that only make sense on a screen.

Functions, so that a test can show each of them a sheet that breaks the rule.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

# The fields of activities and posts that only speak after an answer.
SECRETS = {"feedback", "reveal", "after", "reason", "fix", "way", "moves"}
# What only a key is made of; see activities/on_paper.py and judge.post_key.
MARKS = ("sl-answer", "sl-why", "sl-others", "sl-glance", "(key)",
         "This one holds up", "This one needs a second look", "It leans on:")  # fmt: skip
_POST = re.compile(r"<article class=\"post\">.*?</article>|<blockquote>.*?</blockquote>", re.S)
_LINE = re.compile(r"</(?:p|li|h\d|td|th|caption|section|div|ol|ul|figcaption)>|<br>")

#: Words that tell a learner to do something that paper cannot.
SCREEN = re.compile(
    r"\b(?:press(?:es|ed|ing)?(?! line| release)|click\w*|tap(?:s|ped)? (?!water)|drag\w*|slider|"
    r"untick\w*|dials?|buttons?|scroll (?:up|down|back)|(?:save|load) my work|downloads?|"
    r"(?:this|the) browser|this computer|on (?:the |your )?screen|swap screens|new tab|in (?:a|each) tab|"
    r"finger still|type (?:it|them|in|a few|nothing)|under the hood|the cell)\b",
    re.I,
)


def plain(markup: str) -> str:
    """The text of HTML on one line, as a reader sees it."""
    without = re.sub(r"<style>.*?</style>", " ", markup, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", without)).split())


def secrets(value: Any, inside: bool = False) -> Iterator[str]:
    """Every text that stands at any depth under one of `SECRETS`."""
    if isinstance(value, str):
        if inside and len(value) > 15:
            yield value
    elif isinstance(value, list):
        for one in value:
            yield from secrets(one, inside)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from secrets(one, inside or key in SECRETS)


def leaks(sheet: str, told: list[dict[str, Any]]) -> list[str]:
    """What of a key stands on a sheet or a card.

    Arguments:
        sheet: its HTML.
        told: a list of the records that it shows: activities, posts.
    """
    text = plain(sheet)
    # Rows that are scored for the learner, to show how it is done, are ticked.
    given = sum(len(item.get("given", {})) for one in told for item in one.get("items", []))
    ticked = ["☑"] if text.count("☑") > given else []
    return (
        ticked
        + [one for one in MARKS if one in sheet.partition("</style>")[2]]
        + [one for one in secrets(told) if " ".join(one.split()) in text]
    )


def screen_words(sheet: str) -> Iterator[str]:
    """Each line of a sheet that speaks of a screen; what posts and quotes say is theirs."""
    body = _POST.sub(" ", sheet.partition("</style>")[2])
    for line in _LINE.split(body):
        if SCREEN.search(text := plain(line)):
            yield text
