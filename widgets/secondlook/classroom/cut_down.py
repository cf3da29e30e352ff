"""Cut a hand-in down to what the report counts, so that ten thousand fit into memory.

Of a test everything stays, of a lesson only which items were answered and what was picked first.
Learners who answered the same share one record.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from secondlook import forms
from secondlook.answer_lines import Record
from secondlook.classroom.codes import mismatch
from secondlook.classroom.hand_in import HandIn

_LONGEST = 200  # characters of what was picked; ids are far shorter


class Unfit(ValueError):
    """An answer that no learner can have given. The message is one sentence."""


class Cutter:
    """Cuts hand-ins down, and knows the records that it has made so far."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, str, str, str], Record] = {}

    def cut(self, read: HandIn) -> tuple[HandIn, list[tuple[str, str]]]:
        """A smaller hand-in, without days, and the tests left out: occasion and reason.

        Arguments:
            read: the hand-in as its file has it.

        Raises:
            Unfit: a number below 0, or an answer to an item of a test that the item does not take.
        """
        tests: dict[str, dict[str, Any]] = {}
        kept, left_out = [], []
        for one in read.answers:
            if one.answer is None:  # a reset
                continue
            if _negative(one.answer):
                where = f"{one.activity} in lesson {one.lesson}"
                raise Unfit(f"An answer to {where} has a number below 0.")
            if occasion := forms.OCCASION_AT.get((one.lesson, one.activity)):
                tests.setdefault(occasion, {})[one.item] = one.answer
            else:
                kept.append(self._share(one.lesson, one.activity, one.item, _picked(one.answer)))
        for occasion, answers in tests.items():
            records, problem = self._test(read.learner, occasion, answers)
            kept += records
            if problem:
                left_out.append((occasion, problem))
        return replace(read, answers=kept), left_out

    def _test(
        self, learner: str, occasion: str, answers: dict[str, Any]
    ) -> tuple[list[Record], str]:
        letter = forms.letter_of(answers)
        for item in forms.form(letter).items if letter else ():
            if item.id in answers and not forms.accepts(item, answers[item.id]):
                raise Unfit(f"The answer to {item.id} in the test {occasion} is none of its own.")
        sheet = forms.sheet(learner, occasion, answers)
        if sheet is None:
            return [], "None of these answers belongs to a form."
        if problem := mismatch(occasion, sheet.form, sheet.edition):
            return [], problem
        told = dict(sheet.answers)
        if sheet.finished:
            told[forms.FINISHED] = answers[forms.FINISHED]
        lesson, activity = forms.PLACES[occasion]
        return [self._share(lesson, activity, item, one) for item, one in told.items()], ""

    def _share(self, lesson: int, activity: str, item: str, answer: dict[str, Any]) -> Record:
        key = (lesson, activity, item, json.dumps(answer, sort_keys=True))
        return self._made.setdefault(key, Record("", lesson, activity, item, answer))


def _negative(value: Any) -> bool:
    """Whether there is a number below 0 in it; nothing in the course is counted below 0."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return any(map(_negative, value))
    return isinstance(value, (int, float)) and value < 0


def _picked(answer: dict[str, Any]) -> dict[str, Any]:
    """What was picked before any feedback, which is all that is counted of a lesson."""
    for name in ("first", "call"):
        if name in answer:
            value = answer[name]
            given = value if isinstance(value, list) else [value]
            sound = all(isinstance(one, (str, int)) for one in given)
            return {name: value} if sound and len(str(value)) <= _LONGEST else {name: None}
    return {}
