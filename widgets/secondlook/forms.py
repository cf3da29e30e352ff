"""The tests before and after the course: three parallel forms, who gets which, what was answered.

A form is 20 posts (those of ``data/posts.json`` whose ``set`` is its letter in lower case, half of
them sound) and 20 questions (``data/tests/<letter>.json``): 40 scored answers. Nothing here asks
about a learner.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from secondlook import content
from secondlook.checks import DataError, Problem

Record = dict[str, Any]

LETTERS = ("A", "B", "C")
OCCASIONS = ("before", "after", "later")
PARTS = ("credentials", "claim-type", "base-rate", "next-move", "safe-reply")  # in order of asking
POSTS, PER_PART = 20, 4
EDITIONS = 8  # an answer code has room for 0 to 7
SURE = (50, 60, 70, 80, 90, 100)  # percent
RIGHT_CALL = {"sound": "trust", "unsound": "question"}

#: Lesson and activity under which the journal keeps the answers of each occasion.
PLACES = {
    "before": (1, "test-before"),
    "after": (12, "test-after"),
    "later": (12, "test-later"),
}
#: The occasion whose answers stand under a lesson and an activity.
OCCASION_AT = {place: occasion for occasion, place in PLACES.items()}
FINISHED = "finished"  # the item that is written when a learner says "done"


@dataclass(frozen=True)
class TestItem:
    """One scored item.

    Attributes:
        id: of the post or of the question.
        part: ``post``, or one of `PARTS`.
        record: the post or question as it stands in the data, facts filled in.
        right: ``trust`` or ``question`` for a post, the id of the right option for a question.
    """

    __test__ = False  # the name begins like a test's; pytest must not collect it

    id: str
    part: str
    record: Record
    right: str

    @property
    def options(self) -> tuple[str, ...]:
        """What may be picked: the two calls, or the options' ids."""
        if self.part == "post":
            return tuple(RIGHT_CALL.values())
        return tuple(one["id"] for one in self.record["options"])


@dataclass(frozen=True)
class TestForm:
    """One form: its letter, its edition (raised whenever an item changes) and its 40 items."""

    __test__ = False

    letter: str
    edition: int
    items: tuple[TestItem, ...]

    def item(self, key: str) -> TestItem | None:
        """The item with this id, or None."""
        return _by_id(self.letter).get(key)


@dataclass(frozen=True)
class TestSheet:
    """What one learner answered in one test.

    Attributes:
        learner: the learner code.
        occasion: one of `OCCASIONS`.
        form: one of `LETTERS`.
        edition: of the form that was answered.
        answers: by item id; what was left out is missing.
        finished: whether the learner said "done", after which nothing changes any more.
    """

    __test__ = False

    learner: str
    occasion: str
    form: str
    edition: int
    answers: Mapping[str, Record]
    finished: bool


@cache
def form(letter: str) -> TestForm:
    """One form with its items in the order in which they are asked: posts first.

    The order of the posts is shuffled by a hash of their ids, so that it is the same everywhere,
    sound and unsound do not take turns, and a new post does not move the others.

    Raises:
        KeyError: there is no such form.
        DataError: its posts or questions are not 10 + 10 and 4 for each part.
    """
    if letter not in LETTERS:
        raise KeyError(f"there is no form {letter!r}; there are {', '.join(LETTERS)}")
    file = f"tests/{letter}.json"
    raw = content.read_json(file)
    shapes = content.record_shapes("tests")
    if problems := shapes.problems("form", raw, file, letter):
        raise DataError(problems)
    posts = [one for one in content.records("posts").values() if one.get("set") == letter.lower()]
    if problems := [*_uneven(letter, posts, raw["questions"], file), *_unclear(raw, file)]:
        raise DataError(problems)
    posts.sort(key=lambda one: hashlib.sha256(one["id"].encode()).digest())
    items = [TestItem(one["id"], "post", one, RIGHT_CALL[one["label"]]) for one in posts]
    for question in content.fill(raw["questions"]):
        right = next(one["id"] for one in question["options"] if one["correct"])
        items.append(TestItem(question["id"], question["part"], question, right))
    return TestForm(letter, raw["edition"], tuple(items))


def _uneven(
    letter: str, posts: list[Record], questions: list[Record], file: str
) -> Iterable[Problem]:
    for label in RIGHT_CALL:
        count = sum(one["label"] == label for one in posts)
        if count != POSTS // 2:
            wanted = f"{POSTS // 2} of set {letter.lower()}"
            yield Problem("posts.json", letter, f"{label} posts", str(count), wanted)
    found = [one["part"] for one in questions]
    wanted_parts = [part for part in PARTS for _ in range(PER_PART)]
    if found != wanted_parts:
        yield Problem(file, letter, "part", ", ".join(found), ", ".join(wanted_parts))


def _unclear(raw: Record, file: str) -> Iterable[Problem]:
    known = content.records("references")
    for one in raw["questions"]:
        right = sum(option["correct"] for option in one["options"])
        if right != 1:
            yield Problem(file, one["id"], "options.correct", f"{right} right", "exactly 1")
        for key in one["refs"]:
            if key not in known:
                yield Problem(file, one["id"], "refs", key, "a key of references.json")


@cache
def _by_id(letter: str) -> dict[str, TestItem]:
    return {one.id: one for one in form(letter).items}


def order_for(learner: str) -> tuple[str, str]:
    """The forms for before and after, settled by the learner code.

    The code is made at random, so half of a class, give or take chance, begins with each form, and
    a form that happens to be easier cannot pass for progress.

    Arguments:
        learner: the learner code, such as ``fern-otter-42``.
    """
    odd = hashlib.sha256(learner.encode()).digest()[0] & 1
    return ("B", "A") if odd else ("A", "B")


def letter_of(answers: Mapping[str, Record]) -> str | None:
    """The form that these answers belong to, by the items answered; None when there are none.

    Where items of two forms stand together (files joined by hand), the one with more wins.
    """
    counts = {letter: sum(key in _by_id(letter) for key in answers) for letter in LETTERS}
    best = max(LETTERS, key=lambda letter: counts[letter])
    told = answers.get(FINISHED)
    if isinstance(told, dict) and told.get("form") in LETTERS:
        return str(told["form"])
    return best if counts[best] else None


def form_for(occasion: str, learner: str, before: Mapping[str, Record]) -> str:
    """The letter of the form that a learner gets.

    Arguments:
        occasion: one of `OCCASIONS`.
        learner: the learner code.
        before: the answers of the test before, for the one after must be the other form even if
            the learner has picked a new code since.

    Raises:
        ValueError: there is no such occasion.
    """
    if occasion not in OCCASIONS:
        raise ValueError(f"there is no test {occasion!r}; there are {', '.join(OCCASIONS)}")
    if occasion == "later":
        return "C"
    first, second = order_for(learner)
    if occasion == "before":
        return first
    taken = letter_of(before)
    return {"A": "B", "B": "A"}.get(taken or "", second)


def accepts(item: TestItem, answer: Any) -> bool:
    """Whether ``answer`` is an answer to ``item``.

    That is ``{"call": "trust" | "question", "sure": 50 to 100}`` for a post (percent), and
    ``{"pick": option id}`` for a question.
    """
    if not isinstance(answer, dict):
        return False
    if item.part == "post":
        return (
            set(answer) == {"call", "sure"}
            and isinstance(answer["call"], str)
            and answer["call"] in item.options
            and type(answer["sure"]) is int
            and answer["sure"] in SURE
        )
    return (
        set(answer) == {"pick"}
        and isinstance(answer["pick"], str)
        and answer["pick"] in item.options
    )


def picked(item: TestItem, answer: Mapping[str, Any]) -> str:
    """What was picked: a call, or the id of an option."""
    return str(answer["call" if item.part == "post" else "pick"])


def is_right(item: TestItem, answer: Mapping[str, Any]) -> bool:
    """Whether an accepted answer is the right one."""
    return picked(item, answer) == item.right


def is_finish(answer: Any, letter: str) -> bool:
    """Whether ``answer`` is what is written when a learner says "done" with form ``letter``."""
    return (
        isinstance(answer, dict)
        and set(answer) == {"form", "edition"}
        and answer["form"] == letter
        and type(answer["edition"]) is int
        and 0 <= answer["edition"] < EDITIONS
    )


def sheet(learner: str, occasion: str, answers: Mapping[str, Record]) -> TestSheet | None:
    """What stands in the journal for one test, without what no item of the form accepts.

    Arguments:
        learner: the learner code.
        occasion: one of `OCCASIONS`.
        answers: by item id, as the journal gives them for the place of the occasion.

    Returns:
        None when there is no answer to any item.
    """
    letter = letter_of(answers)
    if letter is None:
        return None
    known = _by_id(letter)
    kept = {key: one for key, one in answers.items() if key in known and accepts(known[key], one)}
    told = answers.get(FINISHED)
    done = is_finish(told, letter)
    if not kept and not done:
        return None
    edition = told["edition"] if done and told else form(letter).edition
    return TestSheet(learner, occasion, letter, edition, kept, done)
