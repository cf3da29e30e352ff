"""The questions of the three forms: sound, parallel, and without a hint at which option is right."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from question_rules import (
    Forms,
    cues,
    different,
    lengths,
    one_right,
    parallel,
    parts,
    places,
    questions,
    readable,
    right,
    safe,
    said,
    shape,
    sources,
)
from question_sums import arithmetic
from secondlook import content, forms, wording

RULES: list[Callable[[Forms], Iterator[str]]] = [
    shape, parts, one_right, different, places, lengths, cues, parallel, sources, safe, readable,
    arithmetic,
]  # fmt: skip


def course() -> Forms:
    return {letter: copy.deepcopy(content.read_json(f"tests/{letter}.json"))
            for letter in forms.LETTERS}  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_three_forms_keep_the_rules(rule):
    assert list(rule(course())) == []


def test_every_text_of_a_test_is_scanned_for_its_wording():
    scanned = {one.text for one in wording.course_texts() if one.file.startswith("tests/")}
    assert scanned >= {text for one in course().values() for text in said(one["questions"])}


def test_nobody_in_a_test_is_in_the_lessons():
    names = {one["name"] for one in content.records("creators").values() if " " in one["name"]}
    told = "\n".join(text for question in questions(course()) for text in said(question))
    assert [name for name in names if name.removeprefix("Dr ") in told] == []


def change(letter: str, index: int, **fields: Any) -> Callable[[Forms], None]:
    return lambda all_forms: all_forms[letter]["questions"][index].update(fields)


def option(letter: str, index: int, key: str, **fields: Any) -> Callable[[Forms], None]:
    """`key` is the id of the option, or "right" or "wrong" for the first such one."""

    def spoil(all_forms: Forms) -> None:
        for one in all_forms[letter]["questions"][index]["options"]:
            if key in (one["id"], "right" if one["correct"] else "wrong"):
                one.update(fields)
                return

    return spoil


def replaced(letter: str, index: int, old: str, new: str) -> Callable[[Forms], None]:
    def spoil(all_forms: Forms) -> None:
        listed = all_forms[letter]["questions"]
        text = json.dumps(listed[index], ensure_ascii=False)
        assert old in text, old
        listed[index] = json.loads(text.replace(old, new))

    return spoil


def every_right(**fields: Any) -> Callable[[Forms], None]:
    def spoil(all_forms: Forms) -> None:
        for question in all_forms["B"]["questions"]:
            right(question).update(fields)

    return spoil


def swap_places(all_forms: Forms) -> None:
    options = all_forms["C"]["questions"][3]["options"]
    here = next(i for i, one in enumerate(options) if one["correct"])
    there = (here + 1) % 4
    options[here], options[there] = options[there], options[here]
    options[here]["id"], options[there]["id"] = options[there]["id"], options[here]["id"]


def at_one_place(all_forms: Forms) -> None:
    """Each form stays balanced; question 1 is right at the same place in all."""
    for one in all_forms.values():
        first = one["questions"][0]
        old = right(first)["id"]
        other = next(q for q in one["questions"][1:] if right(q)["id"] == "a")
        for question, frm, to in ((first, old, "a"), (other, "a", old)):
            by_id = {o["id"]: o for o in question["options"]}
            by_id[frm]["id"], by_id[to]["id"] = to, frm
            question["options"].sort(key=lambda o: o["id"])


def longer(all_forms: Forms) -> None:
    for question in all_forms["A"]["questions"]:
        for one in question["options"]:
            one["feedback"] += " And some words more, to make this form longer than the others."


def swap_questions(all_forms: Forms) -> None:
    listed = all_forms["A"]["questions"]
    listed[0], listed[4] = listed[4], listed[0]


SENTENCE = (
    "Contemporary psychological misinformation necessitates sophisticated epistemological "
    "evaluation of heterogeneous professional communication across algorithmic environments."
)
BAD: dict[str, tuple[Callable[[Forms], Iterator[str]], Callable[[Forms], None], str]] = {
    "an unknown field": (shape, change("A", 0, hint="x"), "hint"),
    "another letter": (shape, lambda f: f["B"].update(form="A"), "form A"),
    "19 questions": (shape, lambda f: f["A"]["questions"].pop(), "20"),
    "three options": (shape, lambda f: f["A"]["questions"][0]["options"].pop(), "options"),
    "no feedback": (shape, option("C", 5, "wrong", feedback=" "), "feedback"),
    "no source": (shape, change("C", 5, refs=[]), "refs"),
    "a misconception in the right option": (shape, option("A", 2, "right", misconception="x"), "options"),
    "a part out of place": (parts, swap_questions, "A: parts"),
    "an id out of order": (parts, change("B", 7, id="b-claim-type-3"), "B: ids"),
    "two right options": (one_right, option("A", 0, "wrong", correct=True), "2 options are right"),
    "no right option": (one_right, option("A", 0, "right", correct=False), "0 options are right"),
    "an option's letter twice": (one_right, option("A", 1, "b", id="a"), "not a to d"),
    "the same feedback twice": (
        different, lambda f: [o.update(feedback="No.") for o in f["A"]["questions"][0]["options"]],
        "same feedback"),
    "an id twice": (different, change("B", 0, id="a-credentials-1"), "twice: a-credentials-1"),
    "a question twice": (
        different, lambda f: f["B"]["questions"].__setitem__(1, f["A"]["questions"][1]), "twice"),
    "places out of balance": (places, swap_places, "C: right options stand at"),
    "one place in all forms": (places, at_one_place, "question 1"),
    "long right options": (lengths, every_right(text="x" * 300), "the longest 20 times"),
    "short right options": (lengths, every_right(text="Hm."), "the shortest 19 times"),
    "a longer form": (lengths, longer, "not equally long"),
    "a word that gives it away": (cues, option("A", 0, "wrong", text="She is never wrong."), "never"),
    "another mistake in one form": (parallel, option("B", 0, "wrong", misconception="x"), "question 1"),
    "a quote in one form": (parallel, change("C", 1, quote="Hm."), "question 2"),
    "an unknown reference": (sources, change("A", 0, refs=["nobody2020"]), "nobody2020"),
    "a fact without its source": (sources, change("A", 3, refs=["ftb-ocd"]), "ocd-lived-accurate"),
    "a wording that blocks": (safe, option("A", 0, "wrong", text="He committed suicide."), "S01"),
    "a wording that warns": (safe, change("A", 0, quote="A toxic friend."), "M13"),
    "a crisis without help": (safe, change("A", 0, quote="A talk about self-harm."), "a crisis"),
    "a number about food": (safe, change("A", 0, quote="Only 900 calories."), "about bodies or food"),
    "a question about the learner": (safe, change("A", 0, question="How often do you feel low?"), "learner"),
    "another about the learner": (safe, change("A", 0, question="How is your own mood today?"), "learner"),
    "an exclamation mark": (safe, option("B", 3, "right", feedback="Yes!"), "exclamation"),
    "a reply without help": (safe, option("A", 16, "right", text="“Want to talk?”"), "leads to nobody"),
    "a lecture": (readable, lambda f: [o.update(feedback=SENTENCE) for q in f["B"]["questions"] for o in q["options"]],
        "B: reading grade"),
    "a lecture in one question": (readable, change("A", 0, question=SENTENCE), "a-credentials-1"),
    "a wrong sum": (arithmetic, replaced("A", 8, '"20"', '"25"'), "says 25"),
    "a wrong wrong answer": (arithmetic, replaced("A", 8, '"15"', '"12"'), "says 12"),
    "a wrong number of those who fit": (arithmetic, replaced("B", 8, "45 and 135 make", "45 and 125 make"), "does not say"),
    "more people than there are": (arithmetic, replaced("B", 8, "and 135 of the others", "and 995 of the others"), "do not go together"),
    "options too close together": (
        arithmetic, replaced("C", 8, "and 56 of the others", "and 136 of the others"), "too close"),
    "no numbers for two crowds": (arithmetic, replaced("B", 9, "20 of 1,000", "some of 1,000"), "b-base-rate-2: no numbers"),
    "no numbers in a quote": (arithmetic, replaced("A", 10, "800 of 1,000 people with", "Most people with"), "a-base-rate-3: no numbers"),
    "no numbers for two teams": (arithmetic, replaced("C", 11, "rated 10 clips", "rated few clips"), "c-base-rate-4: no numbers"),
    "no numbers": (arithmetic, replaced("C", 8, "Of 1,000 people", "Of all people"), "no numbers"),
    "a crowd that does not come out": (arithmetic, replaced("B", 9, "20 of 1,000", "30 of 1,000"), "does not say"),
    "half a person": (arithmetic, replaced("B", 9, "20 of 1,000", "23 of 1,000"), "whole number"),
    "a crowd that tells no more": (arithmetic, replaced("C", 9, "500 of 1,000", "10 of 1,000"), "no more"),
    "a number out of no sum": (arithmetic, replaced("A", 9, "99 of the 108", "98 of the 108"), "98"),
    "others that do not add up": (arithmetic, replaced("A", 10, "other 200", "other 300"), "300"),
    "shares that differ": (arithmetic, replaced("C", 11, "180 were", "190 were"), "differ"),
    "a step too large": (arithmetic, replaced("C", 11, "by 10 in 100", "by 20 in 100"), "moves the share"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_form_is_refused(name):
    rule, spoil, seen = BAD[name]
    spoiled = course()
    spoil(spoiled)
    assert seen in "\n".join(rule(spoiled))


def test_each_rule_has_a_bad_form():
    assert {rule for rule, _, _ in BAD.values()} == set(RULES)
