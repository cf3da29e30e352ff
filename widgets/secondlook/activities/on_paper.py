"""What sheets and keys are made of: boxes to tick, lines to write on, answers seen at a glance.

Print is black and white and may be a photocopy: nothing here relies on a colour. A box stands right
before what it is for, and a letter before the box, so that "2 b" can be called out in a classroom.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from secondlook.forms import SURE
from secondlook.markup import escape

BOX, TICKED = "☐", "☑"
_STOPS = (".", "!", "?")
#: Figures to guess may stand on a later page, as something to read.
GUESS_FIRST = "Guess first, with a pen, before you turn the page."


def worded(item: dict[str, Any]) -> dict[str, Any]:
    """An item in the words of paper: its ``paper`` replaces the fields that speak of a screen."""
    return {**item, **item.get("paper", {})}


def letter(place: int, first: str = "A") -> str:
    """The letter of a card or, from ``"a"``, of an option. No sheet has more than 26 of either."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[
        place + (26 if first == "a" else 0)
    ]


def scale(question: str, marks: Iterable[str]) -> str:
    """A question with a row of boxes, one of which gets a tick.

    Arguments:
        question: what stands in front of the row; "" for none.
        marks: what stands beside each box.
    """
    boxes = " ".join(f"<span>{BOX} {escape(one)}</span>" for one in marks)
    lead = f"<b>{escape(question)}</b> " if question else ""
    return f'<p class="sl-scale">{lead}{boxes}</p>'


def sure_scale() -> str:
    """How sure, as a row of boxes."""
    return scale("How sure?", (f"{one}%" for one in SURE))


def tick_list(texts: Iterable[str]) -> str:
    """Options under one another, each with a letter and a box."""
    rows = "".join(
        f"<li><b>{letter(place, 'a')}</b> {BOX} {escape(one)}</li>"
        for place, one in enumerate(texts)
    )
    return f'<ul class="sl-ticks">{rows}</ul>'


def lines(count: int, lead: str = "") -> str:
    """Empty lines to write on.

    Arguments:
        count: how many.
        lead: how the first one begins, such as "because".
    """
    return f'<div class="sl-lines"><span>{escape(lead)}</span>{"<span></span>" * (count - 1)}</div>'


def boxes(marks: Sequence[str], start: int = 1) -> str:
    """A row of numbered boxes.

    Arguments:
        marks: what stands in each; "" is one to write in.
        start: the number of the first.
    """
    row = "".join(
        f"<span><small>{number}</small>{escape(mark) or '&#160;'}</span>"
        for number, mark in enumerate(marks, start=start)
    )
    return f'<div class="sl-log">{row}</div>'


def gap(unit: str = "") -> str:
    """Room for a number or a word, with what stands behind it."""
    return f'<span class="sl-gap"></span>{escape(unit)}'


def answer(text: str, why: str = "") -> str:
    """The right answer of a key, in bold with a ticked box, and why under it."""
    because = f'<p class="sl-why">{escape(why)}</p>' if why else ""
    return f'<p class="sl-answer"><b>{TICKED} {escape(text)}</b></p>{because}'


def others(told: Iterable[tuple[str, str]]) -> str:
    """The other answers of a key and what each of them hears; "" if there are none."""
    rows = "".join(f"<li>{BOX} {_heard(text, feedback)}</li>" for text, feedback in told)
    return f'<ul class="sl-others">{rows}</ul>' if rows else ""


def _heard(text: str, feedback: str) -> str:
    """An answer and what it hears, with a colon between them unless the answer has its own stop."""
    colon = "" if text.rstrip('"”').endswith(_STOPS) else ":"
    return f"{escape(text)}{colon} {escape(feedback)}"


def options_key(options: Iterable[tuple[str, bool, str]]) -> str:
    """The key of a question: what is right and why, then what each other answer hears.

    Arguments:
        options: text, whether it is right, and its feedback, in the order of the sheet.
    """
    right, wrong = "", ""
    for place, (text, correct, said) in enumerate(options):
        mark = letter(place, "a")
        if correct:
            right += (
                f'<p class="sl-answer"><b>{mark} {TICKED} {escape(text)}</b></p>'
                f'<p class="sl-why">{escape(said)}</p>'
            )
        else:
            wrong += f"<li><b>{mark}</b> {BOX} {_heard(text, said)}</li>"
    return right + (f'<ul class="sl-others">{wrong}</ul>' if wrong else "")


def right_letters(correct: Iterable[bool]) -> str:
    """Which options are right, by their letters: "a + c"."""
    return " + ".join(letter(place, "a") for place, one in enumerate(correct) if one)


def glance(answers: Sequence[str], first: str = "1") -> str:
    """The answers of a whole activity in one line, to mark by; "" if an item has none.

    Arguments:
        answers: one for each item.
        first: what the sheet calls its first item, "1" or "A".
    """
    if not answers or not all(answers):
        return ""
    marks = [str(place + 1) if first == "1" else letter(place) for place in range(len(answers))]
    rows = "".join(
        f"<li><b>{mark}</b> {escape(one)}</li>" for mark, one in zip(marks, answers, strict=True)
    )
    return f'<ul class="sl-glance">{rows}</ul>'


def source(line: str) -> str:
    """The sources of an item under its key; "" if it names none."""
    return f'<p class="sl-source">Source: {escape(line)}</p>' if line else ""


def card(markup: str, mark: str = "") -> str:
    """What stands on one card to cut out; the booklet draws the edge.

    Arguments:
        markup: HTML of what stands on it.
        mark: the letter or number that the sheet calls it by.
    """
    return (f'<b class="sl-mark">{escape(mark)}</b>' if mark else "") + markup
