"""A class made by hand, on forms made by hand, so that no test here leans on an item's wording."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest

from secondlook import forms
from secondlook.classroom import tally
from secondlook.classroom.summary import Summary, summarise
from secondlook.forms import TestForm, TestItem, TestSheet

CODES = [
    f"{plant}-{animal}-{number}"
    for number in range(10, 40)
    for plant in ("fern", "moss", "sage", "reed")
    for animal in ("otter", "heron", "wren", "vole", "lynx")
]
IDEA = "thinks that a badge is a licence"


def _post(letter: str, n: int) -> TestItem:
    label = "sound" if n % 3 == 0 or n in (1, 4, 7) else "unsound"
    tactics = ["false-authority"] if label == "unsound" else []
    record = {"id": f"p-{letter.lower()}{n}", "label": label, "caption": f"caption {letter}{n}",
              "tactics": tactics}  # fmt: skip
    return TestItem(record["id"], "post", record, forms.RIGHT_CALL[label])


def _question(letter: str, part: str, n: int) -> TestItem:
    options = [{"id": key, "text": f"option {key}", "correct": key == "b"} for key in "abcd"]
    options[2]["misconception"] = IDEA
    record = {"id": f"{letter.lower()}-{part}-{n}", "part": part, "question": f"{part} {n}?",
              "options": options}  # fmt: skip
    return TestItem(record["id"], part, record, "b")


def _form(letter: str) -> TestForm:
    posts = [_post(letter, n) for n in range(20)]
    questions = [_question(letter, part, n) for part in forms.PARTS for n in range(4)]
    return TestForm(letter, 1, (*posts, *questions))


@pytest.fixture
def plain_forms(monkeypatch):
    """Forms A, B and C of 10 sound posts, 10 unsound ones and 20 questions whose answer is b."""
    made = {letter: _form(letter) for letter in forms.LETTERS}
    assert all(sum(i.right == "trust" for i in one.items) == 10 for one in made.values())
    monkeypatch.setattr(forms, "form", made.__getitem__)
    by_id = {letter: {i.id: i for i in one.items} for letter, one in made.items()}
    monkeypatch.setattr(forms, "_by_id", by_id.__getitem__)
    tally._key.cache_clear()
    yield made
    tally._key.cache_clear()


def sheet(learner: str, occasion: str, letter: str, sound: int = 7, unsound: int = 3, *,
          questions: int = 10, sure: int = 70, wrong: str = "c", finished: bool = True,
          skip: Iterable[str] = ()) -> TestSheet:  # fmt: skip
    """The first so many sound and unsound posts are trusted, the first so many questions right."""
    answers: dict[str, Any] = {}
    left = {"trust": sound, "question": unsound}
    for item in forms.form(letter).items:
        if item.part == "post":
            left[item.right] -= 1
            call = "trust" if left[item.right] >= 0 else "question"
            answers[item.id] = {"call": call, "sure": sure}
        else:
            questions -= 1
            answers[item.id] = {"pick": item.right if questions >= 0 else wrong}
    kept = {key: one for key, one in answers.items() if key not in set(skip)}
    return TestSheet(learner, occasion, letter, 1, kept, finished)


@dataclass(frozen=True)
class Kept:
    name: str
    sheet: TestSheet | None = None
    hand_in: Any = None
    class_name: str = ""


def class_of(before: list[tuple[int, int]], after: list[tuple[int, int]],
             n: int = 20, class_name: str = "", first: int = 0, **more: Any) -> list[Kept]:  # fmt: skip
    """``n`` learners; each trusts so many sound and unsound posts, by turns from the lists."""
    kept = []
    for place in range(n):
        code = CODES[first + place]
        letters = ("A", "B") if place % 2 else ("B", "A")
        for occasion, letter, counts in zip(
            ("before", "after"), letters, (before, after), strict=True
        ):
            given = sheet(code, occasion, letter, *counts[(place // 2) % len(counts)], **more)
            kept.append(Kept(f"{class_name}{code}-{occasion}", given, None, class_name))
    return kept


def summary_of(kept: list[Kept]) -> Summary:
    return summarise(kept)
