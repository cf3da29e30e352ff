"""What the report says in words: a cynical class is told so, and every verdict has both sides."""

from __future__ import annotations

import dataclasses
import itertools
import random
import re
from types import SimpleNamespace

import pytest

from a_class import CODES, Kept, class_of, plain_forms, sheet, summary_of  # noqa: F401
from secondlook import content, forms
from secondlook.answer_lines import Record
from secondlook.classroom import findings as f
from secondlook.classroom import reteach as r
from secondlook.classroom.analysis import analyse
from secondlook.scoring import Difference

pytestmark = pytest.mark.usefixtures("plain_forms")

BEFORE = [(6, 4), (7, 5), (5, 4), (8, 5)]


def told(kept: list[Kept]) -> list[f.Finding]:
    return f.findings(analyse(summary_of(kept), resamples=0))


@pytest.mark.parametrize(("kind", "before", "after"), [
    ("discerning", BEFORE, [(8, 2), (9, 3), (7, 2), (9, 2)]),
    ("cynical", BEFORE, [(3, 1), (4, 2), (2, 1), (4, 2)]),
    ("credulous", BEFORE, [(9, 8), (10, 9), (8, 7), (9, 8)]),
    ("both", BEFORE, [(6, 0), (6, 1), (6, 0), (7, 1)]),
    ("trusting", BEFORE, [(10, 4), (10, 6), (10, 5), (10, 5)]),
    ("no-change", BEFORE, [(7, 5), (6, 4), (6, 4), (7, 5)]),
    ("worse", [(8, 2), (9, 3), (7, 2), (9, 1)], [(6, 5), (5, 5), (6, 5), (5, 5)]),
    # Those who trusted all too much and now lean to neither side tell the two apart better.
    ("discerning", [(10, 8), (9, 7)], [(8, 2), (8, 1)]),
])  # fmt: skip
def test_classes_made_by_hand(kind, before, after):
    found = told(class_of(before, after, n=24))
    assert found[0].id == kind
    assert found[0].heading == f.HEADINGS[kind]
    mean = [
        [sum(one[side] for one in counts) / len(counts) for counts in (before, after)]
        for side in (0, 1)
    ]
    if kind in ("cynical", "both"):
        mean = [[10 - one for one in side] for side in mean]
    (sound_b, sound_a), (unsound_b, unsound_a) = mean
    verb = "questioned" if kind in ("cynical", "both") else "trusted"
    assert found[0].sentence.startswith(
        f"Before, a learner {verb} {sound_b:.1f} of 10 sound posts and {unsound_b:.1f} of 10 unsound ones, "
        f"on average; after, {sound_a:.1f} sound and {unsound_a:.1f} unsound.")  # fmt: skip
    assert "for 24 learners" in found[0].sentence


def test_a_cynical_class_is_told_that_it_questions_sound_posts_too():
    said = told(class_of(BEFORE, [(3, 1), (4, 2), (2, 1), (4, 2)], n=24))[0]
    assert said.heading == "The class only became more suspicious"
    assert "they now question sound posts too" in said.sentence
    assert "suspicion and no skill" in said.sentence
    was_trusting = told(class_of([(9, 7), (9, 8)], [(5, 3), (5, 4)], n=24))[0]
    assert was_trusting.id == "cynical"
    assert "They began by trusting too much" in was_trusting.sentence
    worse = told(class_of([(8, 2), (9, 3)], [(3, 2), (3, 2)], n=24))[0]
    assert worse.id == "cynical" and "less well than before" in worse.sentence


def test_the_table_of_verdicts():
    up, same, down = (
        Difference(0.5, 0.1, 0.9),
        Difference(0.1, -0.3, 0.5),
        Difference(-0.5, -0.9, -0.1),
    )
    away, back = (0.0, 0.5), (-0.5, 0.0)
    rules = {
        (up, up, away): "both", (up, up, back): "discerning", (up, same, away): "discerning",
        (up, down, (0.0, -0.5)): "trusting", (up, down, (0.5, 0.0)): "discerning",
        (same, up, away): "cynical", (same, up, back): "cynical", (same, same, away): "no-change",
        (same, down, (0.0, -0.5)): "credulous", (down, up, away): "cynical", (down, same, away): "worse",
        (down, down, (0.0, -0.5)): "credulous",
    }  # fmt: skip
    for (skill, lean, means), kind in rules.items():
        assert f.classify(skill, lean, *means) == kind
    assert {*rules.values()} == {*f.HEADINGS}
    touching = Difference(0.5, 0.0, 1.0)  # an interval that ends at 0 is not above it
    assert f.classify(touching, touching, 0, 1) == "no-change"


def test_a_change_too_small_to_matter_is_none_however_many_learners():
    assert f.direction(Difference(0.09, 0.08, 0.1)) == 0
    assert f.direction(Difference(0.1, 0.09, 0.11)) == 1
    assert f.direction(Difference(-0.1, -0.11, -0.09)) == -1
    assert f.direction(Difference(0.02, 0.01, 0.03), worth=0.01) == 1


def test_too_few_are_given_no_number():
    for n in range(5):
        found = told(class_of(BEFORE, [(8, 2)], n=n))
        assert [one.id for one in found] == ["too-few"]
        assert not re.search(r"\d", found[0].sentence.replace("fewer than 5", ""))


def test_few_who_judged_enough_posts():
    posts = [item.id for letter in "AB" for item in forms.form(letter).items[:20]]
    found = told(class_of([(6, 4)], [(8, 2)], n=12, skip=posts))
    assert found[0].id == "too-few"


def test_ceiling_and_floor():
    top = told(class_of([(10, 0), (9, 1)], [(10, 0)], n=12))
    assert "ceiling" in [one.id for one in top]
    bottom = told(class_of([(5, 5), (6, 6)], [(5, 5), (4, 4)], n=12))
    assert [one.id for one in bottom][1] == "floor"
    assert {"floor", "ceiling"}.isdisjoint(
        one.id for one in told(class_of([(6, 4)], [(8, 2)], n=12))
    )


def with_questions(before: int, after: int, counts) -> list[Kept]:
    kept = []
    for n in range(12):
        for occasion, letter, right, (sound, unsound) in zip(("before", "after"), ("AB", "BA")[n % 2],
                                                             (before, after), counts, strict=True):  # fmt: skip
            kept.append(
                Kept(
                    f"{n}{occasion}",
                    sheet(
                        CODES[n], occasion, letter, sound, unsound - n % 2, questions=right - n % 3
                    ),
                )
            )
    return kept


@pytest.mark.parametrize(("kind", "before", "after", "counts"), [
    ("questions-up", 10, 15, ((6, 4), (9, 2))),
    ("questions-same", 10, 10, ((6, 4), (9, 2))),
    ("questions-down", 15, 10, ((6, 4), (6, 4))),
    ("mixed", 15, 10, ((6, 4), (9, 2))),
    ("mixed", 10, 15, ((6, 4), (6, 4))),
])  # fmt: skip
def test_the_questions(kind, before, after, counts):
    found = told(with_questions(before, after, counts))
    said = next(one for one in found if one.id == kind).sentence
    assert f"{before - 1:.1f} right before and {after - 1:.1f} after" in said
    assert ("of the way" in said) == (after > before)


@pytest.mark.parametrize(
    ("kind", "sure"), [("sure-over", 100), ("sure-fits", 80), ("sure-under", 60)]
)
def test_how_sure(kind, sure):
    found = told(class_of([(6, 4)], [(8, 2)], n=12, sure=sure))
    said = next(one for one in found if one.id == kind).sentence
    assert said == f"After the course they were {sure}% sure of their calls, and right in 80%."


def test_before_the_second_test_the_report_speaks_of_the_first():
    kept = [Kept(str(n), sheet(CODES[n], "before", "AB"[n % 2], 8, 2, sure=80)) for n in range(12)]
    found = told(kept)
    assert [one.id for one in found] == ["too-few", "sure-fits", "forms"]
    assert found[1].sentence.startswith("Before the course")


def test_the_delayed_test():
    kept = class_of([(6, 4), (5, 4)], [(9, 1)], n=12)
    kept += [Kept(f"l{n}", sheet(CODES[n], "later", "C", 8, 2)) for n in range(12)]
    found = next(one for one in told(kept) if one.id == "later-discerning")
    assert found.heading == "Weeks later: the class got better at telling sound from unsound"
    assert "weeks later, 8.0 sound and 2.0 unsound" in found.sentence


def test_the_forms():
    said = told(class_of(BEFORE, [(8, 2), (9, 3)], n=24))[-1]
    assert said.id == "forms" and said.sentence.startswith(
        "12 learners began with form A and 12 with form B."
    )
    kept = class_of([(6, 4)], [(8, 2)], n=10) + [
        Kept(f"x{o}", sheet(CODES[40], o, "A")) for o in ("before", "after")
    ]
    assert "1 took the same form twice" in told(kept)[-1].sentence
    alone = [Kept(f"{n}", sheet(CODES[n], "before", "A")) for n in range(9)]
    assert "too small to say" in told(alone)[-1].sentence


def test_no_code_and_no_learner_is_named():
    for kept in (class_of(BEFORE, [(8, 2)], n=24), class_of(BEFORE, [(8, 2)], n=3)):
        text = " ".join(f"{one.heading} {one.sentence}" for one in told(kept))
        assert not any(code in text for code in CODES)
        assert "!" not in text


def test_the_limits_are_said():
    said = " ".join(f.LIMITS)
    assert "no grade" in said and "practice posts" in said and "no class without the course" in said


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.001, "0.00"), (-0.001, "0.00"), (-0.5, "−0.50"), (0.5, "+0.50"), (None, "")],
)
def test_a_sign_is_a_sign(value, text):
    assert f.signed(value) == text


def test_the_order_of_the_files_changes_no_word():
    kept = class_of(BEFORE, [(8, 2), (9, 3), (7, 1)], n=24)
    shuffled = random.Random(4).sample(kept, len(kept))
    assert told(kept) == told(shuffled)
    one, two = (r.reteach(analyse(summary_of(each), resamples=0)) for each in (kept, shuffled))
    assert one == two


# --- what to reteach ----------------------------------------------------------------------------


def test_the_hardest_after_and_the_lesson_to_go_back_to():
    kept = class_of([(9, 1)], [(9, 1)], n=20, questions=19)
    found = r.reteach(analyse(summary_of(kept), resamples=0))
    by_item = {one.item: one for one in found}
    last = by_item["a-safe-reply-3"]
    assert (last.share, last.n, last.wrong, last.wrong_n) == (0, 10, "option c", 10)
    assert last.misconception == "thinks that a badge is a licence"
    assert (last.lesson, last.title) == (11, content.syllabus()[11]["title"])
    assert len(found) == 5
    trusted = [one for one in found if one.misconception == "trusted an unsound post"]
    assert trusted and {one.lesson for one in trusted} == {r.LESSON_OF_TACTIC["false-authority"]}
    doubted = [one for one in found if one.misconception == "questioned a sound post"]
    assert {one.lesson for one in doubted} <= {r.SOUND_LESSON}
    assert [one.share for one in found] == sorted(one.share for one in found)


def test_what_most_got_right_is_not_reteached():
    assert (
        r.reteach(
            analyse(summary_of(class_of([(6, 4)], [(10, 0)], n=20, questions=20)), resamples=0)
        )
        == []
    )


def test_only_what_was_asked_after():
    kept = class_of([(0, 10)], [(10, 0)], n=20, questions=20)
    assert r.reteach(analyse(summary_of(kept), resamples=0)) == []
    assert len(r.reteach(analyse(summary_of(kept), resamples=0), "before")) == 5


def test_a_small_class_gets_parts_and_a_smaller_one_nothing():
    found = r.reteach(
        analyse(summary_of(class_of([(6, 4)], [(8, 2)], n=8, questions=10)), resamples=0)
    )
    assert [(one.part, one.item, one.share, one.lesson) for one in found] == [
        ("next-move", "", 0, 10), ("safe-reply", "", 0, 11), ("base-rate", "", 0.5, 7)]  # fmt: skip
    assert r.reteach(analyse(summary_of(class_of([(6, 4)], [(8, 2)], n=4)), resamples=0)) == []


def test_every_part_and_tactic_has_a_lesson_that_is_there():
    assert set(r.LESSON_OF_PART) == set(forms.PARTS)
    lessons = content.syllabus()
    assert {*r.LESSON_OF_PART.values(), *r.LESSON_OF_TACTIC.values(), r.SOUND_LESSON} <= set(
        lessons
    )
    posts = [one for one in content.records("posts").values() if one["set"]]
    used = {*itertools.chain.from_iterable(one["tactics"] for one in posts)}
    assert used <= set(r.LESSON_OF_TACTIC)
    assert all(one["tactics"] for one in posts if one["label"] == "unsound")


def in_lesson(n: int, activity: str, item: str, answers: list[dict]) -> list[Kept]:
    files = []
    for place in range(n):
        line = Record("2026-11-23", 1, activity, item, answers[place % len(answers)])
        work = SimpleNamespace(
            learner=CODES[place], saved="2026-11-23", texts=False, answers=[line]
        )
        files.append(Kept(f"{place}.json", hand_in=work))
    return files


def test_before_the_second_test_the_lessons_say_what_was_hard():
    wrong, right = {"choice": ["half"], "first": ["safe"]}, {"choice": ["half"], "first": ["half"]}
    found = r.from_lessons(summary_of(in_lesson(6, "starter-start", "half", [wrong, wrong, right])))
    asked = content.activities(1)["starter-start"]["items"][0]
    assert [(one.item, one.n, one.wrong_n, one.part, one.lesson) for one in found] == [
        ("half", 6, 4, "lesson", 1)
    ]
    assert (found[0].text, found[0].wrong) == (asked["question"], asked["options"][2]["text"])
    assert found[0].share == pytest.approx(1 / 3)
    # What was mended after the feedback does not count, fewer than five say nothing, and seven in ten will do.
    assert r.from_lessons(summary_of(in_lesson(4, "starter-start", "half", [wrong]))) == []
    assert (
        r.from_lessons(
            summary_of(in_lesson(10, "starter-start", "half", [wrong, right, right, right, right]))
        )
        == []
    )
    assert r.from_lessons(summary_of([])) == []


def test_posts_of_the_lessons_too():
    item = content.activities(1)["gain-or-cost"]["items"][0]
    post = content.record("posts", item["post"])
    wrong = {"sound": "question", "unsound": "trust"}[post["label"]]
    found = r.from_lessons(
        summary_of(in_lesson(5, "gain-or-cost", item["id"], [{"call": wrong, "sure": 70}]))
    )
    assert [(one.part, one.share, one.wrong_n, one.text) for one in found] == [
        ("post", 0, 5, post["caption"])
    ]
    assert (
        found[0].misconception
        == {"question": "questioned a sound post", "trust": "trusted an unsound post"}[wrong]
    )


def test_a_finding_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        told([])[0].id = "x"
