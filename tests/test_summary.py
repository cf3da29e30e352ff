"""What a class handed in, as tables: against the one-learner functions, and against hostile input."""

from __future__ import annotations

import random
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from a_class import CODES, Kept, class_of, plain_forms, sheet, summary_of  # noqa: F401
from secondlook import forms, measures, scoring
from secondlook.answer_lines import Record
from secondlook.classroom.summary import COLUMNS, Summary, no_rows, summarise
from secondlook.forms import TestSheet

pytestmark = pytest.mark.usefixtures("plain_forms")


def test_a_table_without_its_columns_is_refused():
    tables = {name: no_rows(name) for name in ("tests", "items", "options", "sureness")}
    assert list(Summary(**tables).counted.columns) == list(COLUMNS["tests"])
    tables["items"] = tables["items"].drop(columns="n_right")
    with pytest.raises(ValueError, match="items lacks n_right"):
        Summary(**tables)


@pytest.mark.parametrize(("sound", "unsound", "d_prime", "criterion"), [
    (7, 5, 0.47, -0.24), (3, 1, 0.62, 0.78), (9, 7, 0.62, -0.78), (8, 2, 1.50, 0.00),
])  # fmt: skip
def test_the_worked_cases(sound, unsound, d_prime, criterion):
    one = summary_of([Kept("x", sheet(CODES[0], "before", "A", sound, unsound))]).tests.iloc[0]
    assert (round(one.d_prime, 2), round(one.criterion, 2)) == (
        d_prime,
        pytest.approx(criterion, abs=0.004),
    )
    assert (one.trusted_sound, one.n_sound, one.trusted_unsound, one.n_unsound) == (
        sound,
        10,
        unsound,
        10,
    )
    assert (one.answered, one.right) == (40, sound + 10 - unsound + 10)
    assert [one[f"right_{part}"] for part in forms.PARTS] == [4, 4, 2, 0, 0]


def at_random(seed: int, learner: str, letter: str = "A") -> TestSheet:
    draw = random.Random(seed)
    answers = {}
    for item in forms.form(letter).items:
        if draw.random() < 0.15:
            continue
        pick = draw.choice(item.options)
        answers[item.id] = (
            {"call": pick, "sure": draw.choice(forms.SURE)}
            if item.part == "post"
            else {"pick": pick}
        )
    return TestSheet(learner, "before", letter, 1, answers, True)


@pytest.mark.parametrize("seed", range(30))
def test_a_row_is_what_the_functions_for_one_learner_say(seed):
    given = at_random(seed, CODES[0])
    one = summary_of([Kept("x", given)]).tests.iloc[0]
    sides, pairs = {"trust": [], "question": []}, []
    for item in forms.form("A").items:
        if item.part == "post" and item.id in given.answers:
            call, sure = given.answers[item.id]["call"], given.answers[item.id]["sure"] / 100
            sides[item.right].append(sure if call == "trust" else 1 - sure)
            pairs.append((sure, call == item.right))
    assert one.auc == pytest.approx(
        measures.area_under_roc(sides["trust"], sides["question"]), abs=1e-12
    )
    assert one.brier == pytest.approx(scoring.brier(pairs), abs=1e-12)
    counts = (one.trusted_sound, one.n_sound, one.trusted_unsound, one.n_unsound)
    assert one.d_prime == scoring.d_prime(*counts)
    assert one.criterion == scoring.criterion(*counts)
    assert one.right == sum(
        forms.is_right(i, given.answers[i.id])
        for i in forms.form("A").items
        if i.id in given.answers
    )


def test_sums_of_items():
    sheets = [at_random(seed, CODES[seed]) for seed in range(40)]
    summary = summary_of([Kept(str(n), one) for n, one in enumerate(sheets)])
    items = summary.items.set_index("item")
    totals = [sum(forms.is_right(i, one.answers[i.id]) for i in forms.form("A").items if i.id in one.answers)
              for one in sheets]  # fmt: skip
    for item in forms.form("A").items:
        there = [(t, forms.is_right(item, one.answers[item.id])) for t, one in zip(totals, sheets, strict=True)
                 if item.id in one.answers]  # fmt: skip
        row = items.loc[item.id]
        assert (row.n, row.n_right) == (len(there), sum(r for _, r in there))
        assert row.sum_total == sum(t for t, _ in there)
        assert row.sum_total_sq == sum(t * t for t, _ in there)
        assert row.sum_total_right == sum(t for t, r in there if r)
        picked = summary.options[summary.options["item"] == item.id]
        assert picked.n.sum() == len(there)
        assert picked.loc[picked.option == item.right, "n"].sum() == row.n_right
    assert summary.sureness.n.sum() == sum(
        key.startswith("p-") for one in sheets for key in one.answers
    )


def test_what_was_left_out():
    posts = [item.id for item in forms.form("A").items[:20]]
    nothing = sheet(CODES[0], "before", "A", skip=posts)
    one = summary_of([Kept("x", nothing)]).tests.iloc[0]
    assert np.isnan([one.d_prime, one.criterion, one.auc, one.brier]).all()
    assert (one.answered, one.right, one.n_sound) == (20, 10, 0)
    sound = [item.id for item in forms.form("A").items if item.right == "trust"]
    one = summary_of([Kept("x", sheet(CODES[0], "before", "A", skip=sound))]).tests.iloc[0]
    assert np.isnan(one.d_prime) and not np.isnan(one.brier)


def test_nobody():
    summary = summarise([])
    assert [len(getattr(summary, name)) for name in COLUMNS] == [0] * len(COLUMNS)


def test_an_unfinished_test_is_listed_and_not_counted():
    summary = summary_of([Kept("x", sheet(CODES[0], "before", "A", finished=False))])
    assert len(summary.tests) == 1 and len(summary.counted) == 0
    assert len(summary.items) == len(summary.options) == len(summary.sureness) == 0


def hand_in(learner: str, lines: list[tuple[int, str, str, object]], saved: str = "2026-11-23"):
    return SimpleNamespace(learner=learner, saved=saved, texts=False,
                           answers=[Record("2026-11-23", *line) for line in lines])  # fmt: skip


def lines_of(given: TestSheet) -> list[tuple[int, str, str, object]]:
    place = forms.PLACES[given.occasion]
    lines = [(*place, key, dict(one)) for key, one in given.answers.items()]
    return (
        [*lines, (*place, "finished", {"form": given.form, "edition": 1})]
        if given.finished
        else lines
    )


def test_a_hand_in_gives_the_same_rows_as_its_sheets():
    sheets = [sheet(CODES[0], "before", "A", 7, 5), sheet(CODES[0], "after", "B", 8, 2)]
    file = hand_in(CODES[0], [line for one in sheets for line in lines_of(one)])
    from_file = summary_of([Kept("a.json", hand_in=file)])
    from_codes = summary_of([Kept(str(n), one) for n, one in enumerate(sheets)])
    columns = [name for name in COLUMNS["tests"] if name != "saved"]
    pd.testing.assert_frame_equal(from_file.tests[columns], from_codes.tests[columns])
    pd.testing.assert_frame_equal(from_file.items, from_codes.items)
    assert list(from_file.tests.saved) == ["2026-11-23"] * 2
    assert from_file.kept == ["a.json"]


def test_of_a_test_that_came_twice_the_finished_one_counts():
    code = Kept("code", sheet(CODES[0], "before", "A", 9, 1))
    file = Kept(
        "file",
        hand_in=hand_in(CODES[0], lines_of(sheet(CODES[0], "before", "A", 2, 2, finished=False))),
    )
    for order in ([code, file], [file, code]):
        assert list(summary_of(order).tests.trusted_sound) == [9]
    done = Kept("file", hand_in=hand_in(CODES[0], lines_of(sheet(CODES[0], "before", "A", 2, 2))))
    for order in ([code, done], [done, code]):  # both finished: the one with a day
        assert list(summary_of(order).tests.trusted_sound) == [2]


def test_activities_and_their_options():
    lines = [
        (1, "exit-goal", "unknown-item", {"first": ["x"]}),
        (1, "starter-start", "half", {"choice": ["best"], "first": ["safe"]}),
        (1, "starter-start", "fifty", {"choice": ["bad"], "first": ["bad"]}),
        (1, "starter-start", "fifty", None),  # a reset
        (1, "gain-or-cost", "no-such", {"call": "trust", "sure": 60}),
        (3, "tag-the-caption", "no-such", {"marks": {}, "first": {"a": "b"}}),
        (77, "starter", "half", {"first": ["best"]}),
        (1, "starter-start", "half-2", {"first": [["deep"], {"a": 1}, "best"]}),
    ]
    summary = summary_of(
        [
            Kept("a", hand_in=hand_in(CODES[0], lines)),
            Kept("b", hand_in=hand_in(CODES[1], lines[1:2])),
        ]
    )
    assert summary.activities.values.tolist() == [[1, "starter-start", 2]]
    picked = summary.activity_options[summary.activity_options.n > 0]
    assert picked.values.tolist() == [[1, "starter-start", "half", "safe", 2]]
    assert summary.learners[["learner", "lessons"]].values.tolist() == sorted(
        [[CODES[0], 3], [CODES[1], 1]]
    )


def test_an_answer_that_no_item_accepts_is_left_out():
    given = sheet(CODES[0], "before", "A")
    bad = {**given.answers, "p-a0": {"call": "trust", "sure": float("nan")}, "p-a1": {"call": ["trust"]},
           "a-credentials-0": {"pick": "<script>"}, "zzz": {"pick": "b"}}  # fmt: skip
    one = summary_of([Kept("x", TestSheet(CODES[0], "before", "A", 1, bad, True))]).tests.iloc[0]
    assert one.answered == 37


def test_the_same_code_in_two_classes_is_two_learners():
    kept = [Kept("x", sheet(CODES[0], "before", "A"), class_name=name) for name in ("8a", "8b")]
    assert list(summary_of(kept).tests.class_name) == ["8a", "8b"]


def test_the_order_of_the_files_does_not_matter():
    kept = class_of([(7, 5), (6, 4)], [(8, 2), (9, 3)])
    shuffled = random.Random(3).sample(kept, len(kept))
    one, two = summary_of(kept), summary_of(shuffled)
    for name in COLUMNS:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name))
