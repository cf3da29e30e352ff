"""What a teacher wants to know at a glance: what is asked, what is right, what is said instead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

Record = dict[str, Any]
_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"”]))\s+(?=[A-Z“\"])")


class Expected(NamedTuple):
    """One question of an activity with its answer.

    Attributes:
        asked: the question, the card or the line, as the learner has it.
        right: what is expected.
        wrong: what else can be answered, as (answer, what a learner hears of it), in the order of
            the screen; for a guess, the side with more room to be wrong comes first.
    """

    asked: str
    right: str
    wrong: list[tuple[str, str]]


def of_options(
    asked: str, options: Iterable[Record], right: str = "correct", text: str = "text"
) -> Expected:
    """A question with options, of which those are right that say so.

    Arguments:
        asked: the question.
        options: records with ``text``, ``feedback`` and a truth value under ``right``.
        right: what the field is called that says so.
        text: what the field is called that the learner reads.
    """
    good = [one[text] for one in options if one[right]]
    wrong = [(one[text], one["feedback"]) for one in options if not one[right]]
    return Expected(asked, " / ".join(good), wrong)


def of_labels(asked: str, answer: str, labels: dict[str, str], feedback: Record) -> Expected:
    """Something that gets one of a few labels, each with its own feedback.

    Arguments:
        asked: what gets the label.
        answer: the id of the right label.
        labels: what each label is called, by id.
        feedback: what a learner hears of each label, by id.
    """
    wrong = [(labels[key], said) for key, said in feedback.items() if key != answer]
    return Expected(asked, labels[answer], wrong)


def of_guess(
    asked: str, truth: float, shown: str, span: tuple[float, float], item: Record
) -> Expected:
    """A number to guess.

    Arguments:
        asked: the question.
        truth: the number.
        shown: the number as it is printed.
        span: the lowest and the highest guess, in the unit of ``truth``.
        item: holds ``feedback`` for ``low`` and ``high``.
    """
    sides = [("too low", item["feedback"]["low"]), ("too high", item["feedback"]["high"])]
    low, high = span
    return Expected(asked, shown, sides if truth - low > high - truth else sides[::-1])


def quote(text: str) -> str:
    """A text in quotation marks, unless it has some of its own."""
    return text if "“" in text else f"“{text}”"


def brief(text: str, sentences: int = 2) -> str:
    """The first sentences of a text."""
    return " ".join(_END.split(text)[:sentences])
