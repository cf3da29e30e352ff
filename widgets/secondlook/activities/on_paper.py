"""What sheets and keys are made of: boxes to tick, lines to write on, answers seen at a glance.

Print is black and white and may be a photocopy: nothing here relies on a colour.
"""

from __future__ import annotations

from collections.abc import Iterable

from secondlook.forms import SURE
from secondlook.markup import escape

BOX, TICKED = "☐", "☑"


def scale(question: str, marks: Iterable[str]) -> str:
    """A question with a row of boxes, one of which gets a tick.

    Arguments:
        question: what stands in front of the row; "" for none.
        marks: what stands beside each box.
    """
    boxes = "".join(f"<span>{BOX} {escape(one)}</span>" for one in marks)
    lead = f"<b>{escape(question)}</b>" if question else ""
    return f'<p class="sl-scale">{lead}{boxes}</p>'


def sure_scale() -> str:
    """How sure, as a row of boxes."""
    return scale("How sure?", (f"{one}%" for one in SURE))


def tick_list(texts: Iterable[str]) -> str:
    """Options under one another, each with a box."""
    return f'<ul class="sl-ticks">{"".join(f"<li>{BOX} {escape(one)}</li>" for one in texts)}</ul>'


def lines(count: int, lead: str = "") -> str:
    """Empty lines to write on.

    Arguments:
        count: how many.
        lead: how the first one begins, such as "because".
    """
    first = f"<span>{escape(lead)}</span>" if lead else "<span></span>"
    return f'<div class="sl-lines">{first}{"<span></span>" * (count - 1)}</div>'


def answer(text: str, why: str = "") -> str:
    """The right answer of a key, in bold behind a ticked box, and why under it."""
    because = f'<p class="sl-why">{escape(why)}</p>' if why else ""
    return f'<p class="sl-answer">{TICKED} <b>{escape(text)}</b></p>{because}'


def others(told: Iterable[tuple[str, str]]) -> str:
    """The other answers of a key and what each of them hears; "" if there are none."""
    rows = "".join(f"<li>{BOX} {escape(text)}: {escape(feedback)}</li>" for text, feedback in told)
    return f'<ul class="sl-others">{rows}</ul>' if rows else ""


def options_key(options: Iterable[tuple[str, bool, str]]) -> str:
    """The key of a question: what is right and why, then what each other answer hears.

    Arguments:
        options: text, whether it is right, and its feedback.
    """
    every = list(options)
    right = "".join(answer(text, said) for text, correct, said in every if correct)
    return right + others((text, said) for text, correct, said in every if not correct)


def source(line: str) -> str:
    """The sources of an item under its key; "" if it names none."""
    return f'<p class="sl-source">Source: {escape(line)}</p>' if line else ""


def card(markup: str, mark: str = "") -> str:
    """One card to cut out.

    Arguments:
        markup: HTML of what stands on it.
        mark: the letter or number that the sheet calls it by.
    """
    corner = f'<b class="sl-mark">{escape(mark)}</b>' if mark else ""
    return f'<div class="sl-card">{corner}{markup}</div>'


def letter(place: int) -> str:
    """The letter of a card: 0 is A. A sheet has fewer than 26 cards."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[place]
