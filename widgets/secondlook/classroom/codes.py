"""The answers to one test as a code of 32 signs, for where a file cannot travel.

The code holds, in this order: edition (0 to 7), occasion, form, learner code (plant, animal,
number) and the 40 answers, each with one more value for "left out". `answer_code` writes the signs
and finds every slip of a hand. The places for words have room beyond the lists of today, so that a
word may be added at the end of a list and a code keeps its length and its meaning.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from secondlook import answer_code, forms
from secondlook.answer_code import CodeError
from secondlook.learner_code import ANIMALS, PLANTS, is_code

NUMBERS = range(10, 100)  # the last part of a learner code
CALLS = tuple(forms.RIGHT_CALL.values())
OPTIONS = 4  # of a question
_HEAD = (
    forms.EDITIONS,
    4,
    4,
    64,
    64,
    len(NUMBERS),
)  # edition, occasion, form, plant, animal, number
_QUESTIONS = len(forms.PARTS) * forms.PER_PART
SIZES = (
    *_HEAD,
    *[1 + len(CALLS) * len(forms.SURE)] * forms.POSTS,
    *[1 + OPTIONS] * _QUESTIONS,
)


def write_code(sheet: forms.TestSheet) -> str:
    """Write what a learner answered in one test, in groups of four signs.

    Arguments:
        sheet: the test; its answers must be those of its form and edition.

    Raises:
        ValueError: no such learner code, occasion, form or edition, or an answer that the form does
            not take.
    """
    if not is_code(sheet.learner):
        raise ValueError(f"{sheet.learner!r} is no learner code")
    if problem := mismatch(sheet.occasion, sheet.form, sheet.edition):
        raise ValueError(problem)
    known = {item.id: item for item in forms.form(sheet.form).items}
    for key, answer in sheet.answers.items():
        if key not in known or not forms.accepts(known[key], answer):
            raise ValueError(f"form {sheet.form} does not take {answer!r} as an answer to {key!r}")
    plant, animal, number = sheet.learner.split("-")
    head = (
        sheet.edition,
        forms.OCCASIONS.index(sheet.occasion),
        forms.LETTERS.index(sheet.form),
        PLANTS.index(plant),
        ANIMALS.index(animal),
        NUMBERS.index(int(number)),
    )
    given = [
        1 + _values(item).index(_flat(item, sheet.answers[item.id]))
        if item.id in sheet.answers
        else 0
        for item in known.values()
    ]
    return answer_code.encode([*head, *given], SIZES)


def read_code(text: str) -> forms.TestSheet:
    """Read a code back, however it was typed.

    Arguments:
        text: as a person wrote it; spaces, hyphens and small letters do not matter.

    Returns:
        The test. It counts as finished, because the code is shown only after "Done".

    Raises:
        CodeError: a slip of the hand, or an edition, occasion, form or learner code that this copy
            of the course does not know. The message is one sentence.
    """
    values = answer_code.decode(text, SIZES)
    edition, occasion, letter, plant, animal, number = values[: len(_HEAD)]
    if occasion >= len(forms.OCCASIONS) or letter >= len(forms.LETTERS):
        raise CodeError("That code is of a test that this copy of the course does not have.")
    if plant >= len(PLANTS) or animal >= len(ANIMALS):
        raise CodeError("That code names a learner code that this copy of the course cannot make.")
    when, form = forms.OCCASIONS[occasion], forms.LETTERS[letter]
    if problem := mismatch(when, form, edition):
        raise CodeError(problem)
    given = zip(forms.form(form).items, values[len(_HEAD) :], strict=True)
    answers = {item.id: _deep(item, _values(item)[one - 1]) for item, one in given if one}
    learner = f"{PLANTS[plant]}-{ANIMALS[animal]}-{NUMBERS[number]}"
    return forms.TestSheet(learner, when, form, edition, answers, finished=True)


def mismatch(occasion: str, letter: str, edition: int) -> str:
    """Why this copy of the course has no such test, in one sentence; "" if it has.

    Arguments:
        occasion: one of `forms.OCCASIONS`.
        letter: of the form.
        edition: of the form that was answered.
    """
    if occasion not in forms.OCCASIONS or letter not in forms.LETTERS:
        return f"There is no test “{occasion}” with form {letter}."
    if (occasion == "later") != (letter == "C"):
        return f"The test “{occasion}” never has form {letter}."
    mine = forms.form(letter).edition
    if not 0 <= mine < forms.EDITIONS:
        return f"A code has no room for edition {mine} of form {letter}."
    if edition != mine:
        return (
            f"The answers are to edition {edition} of form {letter}, and this copy of the course "
            f"has edition {mine}: read them with the copy that the class used."
        )
    return ""


@cache
def _of_options(options: tuple[str, ...], is_post: bool) -> tuple[Any, ...]:
    return tuple((call, sure) for call in options for sure in forms.SURE) if is_post else options


def _values(item: forms.TestItem) -> tuple[Any, ...]:
    """Every answer there can be, in the order of their numbers, which starts at 1."""
    return _of_options(item.options, item.part == "post")


def _flat(item: forms.TestItem, answer: Any) -> Any:
    return (answer["call"], answer["sure"]) if item.part == "post" else answer["pick"]


def _deep(item: forms.TestItem, value: Any) -> forms.Record:
    if item.part == "post":
        return {"call": value[0], "sure": value[1]}
    return {"pick": value}
