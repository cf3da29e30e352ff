"""The rules that the questions of the three forms keep, as functions, so that a bad one can be shown.

Each takes all forms, by letter, and yields what is wrong, in words. The sums are in question_sums.py.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from secondlook import content, forms, safety
from test_lessons import grade

Record = dict[str, Any]
Forms = dict[str, Record]

GRADE = 8
LONGEST, SHORTEST = 6, 7  # of 20: how often the right option may stand out by its length
LONG_ENOUGH = 12  # words: in a shorter text one long word decides the grade
LENGTH_RATIO = 1.1  # the longest form has at most a tenth more words than the shortest
# Words that give a wrong option away, and so may stand in none.
CUES = re.compile(r"\b(?:always|never|definitely|completely|guaranteed|100 per ?cent)\b", re.I)
# Numbers about bodies and food, and questions about whoever reads them.
EATING = re.compile(
    r"\b(?:weight|weigh\w* \d+|calorie\w*|kcal|bmi|kilos?|kg|pounds?|lbs|diets?|eating)\b", re.I
)
LEARNER = re.compile(
    r"\b(?:(?:do|did|are|were|have|has|had|can|how often|how much|how many times) you"
    r" (?:ever |often |sometimes )?(?:feel|felt|sleep|slept|been|worry|worried|sad|anxious|low|"
    r"suffered|cried|cry|had|have)|your (?:own )?(?:mood|sleep|health|diagnosis|symptoms|feelings))\b",
    re.I,
)
HELP = re.compile(r"\b(?:counsellor|nurse|mum|dad|gran|line|someone at school|ask someone)\b", re.I)


def said(value: Any) -> list[str]:
    """What a learner reads, and what the teacher does."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for one in value for text in said(one)]
    if isinstance(value, dict):
        return [text for key, one in value.items() if key not in ("id", "part", "refs", "form")
                for text in said(one)]  # fmt: skip
    return []


def right(question: Record) -> Record:
    return next(one for one in question["options"] if one["correct"])


def questions(all_forms: Forms) -> Iterator[Record]:
    for one in all_forms.values():
        yield from one["questions"]


def shape(all_forms: Forms) -> Iterator[str]:
    shapes = content.record_shapes("tests")
    for letter, one in all_forms.items():
        yield from map(str, shapes.problems("form", one, f"tests/{letter}.json", letter))
        if one.get("form") != letter:
            yield f"{letter}: the file says that it is form {one.get('form')}"


def parts(all_forms: Forms) -> Iterator[str]:
    wanted = [(part, k) for part in forms.PARTS for k in range(1, forms.PER_PART + 1)]
    for letter, one in all_forms.items():
        names = [f"{letter.lower()}-{part}-{k}" for part, k in wanted]
        if [question["id"] for question in one["questions"]] != names:
            yield f"{letter}: ids are not in order: {names}"
        if [question["part"] for question in one["questions"]] != [part for part, _ in wanted]:
            yield f"{letter}: parts are not in order"


def one_right(all_forms: Forms) -> Iterator[str]:
    for question in questions(all_forms):
        count = sum(option["correct"] for option in question["options"])
        if count != 1:
            yield f"{question['id']}: {count} options are right"
        if [option["id"] for option in question["options"]] != list("abcd"):
            yield f"{question['id']}: options are not a to d"


def different(all_forms: Forms) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for question in questions(all_forms):
        for field in ("text", "feedback"):
            if len({option[field] for option in question["options"]}) != 4:
                yield f"{question['id']}: two options have the same {field}"
        seen[question["id"]] += 1
        # Some questions only differ by what they quote.
        seen[question["question"] + question.get("quote", "")] += 1
        seen.update(option["text"] for option in question["options"] if not _number(option))
    yield from (f"twice: {text}" for text, count in seen.items() if count > 1)


def _number(option: Record) -> bool:
    return option["text"].isdigit()


def places(all_forms: Forms) -> Iterator[str]:
    for letter, one in all_forms.items():
        found = Counter(
            option["id"] for q in one["questions"] for option in q["options"] if option["correct"]
        )
        if set(found.values()) != {len(one["questions"]) // 4} or len(found) != 4:
            yield f"{letter}: right options stand at {dict(found)}"
    for index in range(len(forms.PARTS) * forms.PER_PART):
        if len({right(one["questions"][index])["id"] for one in all_forms.values()}) == 1:
            yield f"question {index + 1}: right at the same place in all forms"


def lengths(all_forms: Forms) -> Iterator[str]:
    for letter, one in all_forms.items():
        stands_out: Counter[str] = Counter()
        for question in one["questions"]:
            sizes = [len(option["text"]) for option in question["options"]]
            mine = len(right(question)["text"])
            # Numbers stand out by their value, not by their length.
            if not _number(right(question)):
                stands_out.update(longest=mine == max(sizes), shortest=mine == min(sizes))
        if stands_out["longest"] > LONGEST:
            yield f"{letter}: the right option is the longest {stands_out['longest']} times"
        if stands_out["shortest"] > SHORTEST:
            yield f"{letter}: the right option is the shortest {stands_out['shortest']} times"
    words = {key: len(" ".join(said(one["questions"])).split()) for key, one in all_forms.items()}
    if max(words.values()) > LENGTH_RATIO * min(words.values()):
        yield f"the forms are not equally long: {words}"


def cues(all_forms: Forms) -> Iterator[str]:
    for question in questions(all_forms):
        for option in question["options"]:
            if found := CUES.search(option["text"]):
                yield f"{question['id']}: {found[0]!r} tells that an option is wrong"


def parallel(all_forms: Forms) -> Iterator[str]:
    """The same question of each form offers the same mistakes, and a quote or none."""
    for index in range(len(forms.PARTS) * forms.PER_PART):
        row = [one["questions"][index] for one in all_forms.values()]
        beliefs = [sorted(option.get("misconception", "") for option in q["options"]) for q in row]
        if any(one != beliefs[0] for one in beliefs):
            yield f"question {index + 1}: other mistakes in another form: {beliefs}"
        if len({"quote" in question for question in row}) > 1:
            yield f"question {index + 1}: a quote in one form and none in another"


def sources(all_forms: Forms) -> Iterator[str]:
    known = content.records("references")
    for question in questions(all_forms):
        for key in question["refs"]:
            if key not in known:
                yield f"{question['id']}: no reference is called {key}"
        named = re.findall(r"\{fact:([a-z0-9-]+)\}", json.dumps(question))
        for fact in named:
            if content.read_json("facts.json")[fact]["ref"] not in question["refs"]:
                yield f"{question['id']}: the source of the fact {fact} is not among its references"


def safe(all_forms: Forms) -> Iterator[str]:
    for question in questions(all_forms):
        for text in said(question):
            for finding in safety.check_text(text):
                yield f"{question['id']}: {finding.matched!r} ({finding.rule})"
            if safety.mentions_crisis(text):
                yield f"{question['id']}: a crisis is named where no help block stands: {text}"
            if found := EATING.search(text):
                yield f"{question['id']}: {found[0]!r} is about bodies or food"
            if found := LEARNER.search(text):
                yield f"{question['id']}: {found[0]!r} asks about the learner"
            if "!" in text:
                yield f"{question['id']}: an exclamation mark: {text}"
        if question["part"] == "safe-reply" and not HELP.search(right(question)["text"]):
            yield f"{question['id']}: the right reply leads to nobody who can help"


def readable(all_forms: Forms) -> Iterator[str]:
    for letter, one in all_forms.items():
        if (found := grade(said(one["questions"]))) > GRADE:
            yield f"{letter}: reading grade {found:.1f}"
    for question in questions(all_forms):
        for text in said(question):
            if len(text.split()) >= LONG_ENOUGH and (found := grade([text])) > GRADE:
                yield f"{question['id']}: reading grade {found:.1f}: {text}"
