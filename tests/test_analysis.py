"""The arithmetic of a class report: against SciPy, the functions for one class, and sums by hand."""

from __future__ import annotations

import dataclasses
import math
import random

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from a_class import CODES, Kept, class_of, plain_forms, sheet, summary_of  # noqa: F401
from secondlook import forms, measures
from secondlook.classroom import classes, groups
from secondlook.classroom.analysis import MEASURES, analyse, paired, values
from secondlook.classroom.groups import TOO_FEW
from secondlook.classroom.summary import no_rows

pytestmark = pytest.mark.usefixtures("plain_forms")
NEAR = pytest.approx
TOL = {"rel": 1e-9, "abs": 1e-9}


def mixed(n: int = 30, seed: int = 1, **more) -> list[Kept]:
    draw = random.Random(seed)
    kept = []
    for place in range(n):
        one = (
            [(draw.randint(4, 8), draw.randint(2, 7))],
            [(draw.randint(5, 10), draw.randint(0, 5))],
        )
        kept += class_of(
            *one,
            n=1,
            first=place,
            questions=draw.randint(4, 18),
            sure=draw.choice(forms.SURE),
            **more,
        )
        letters = ("A", "B") if place % 2 else ("B", "A")
        for back, letter in zip((2, 1), letters, strict=True):
            kept[-back] = dataclasses.replace(kept[-back], sheet=dataclasses.replace(
                kept[-back].sheet, form=letter, answers=sheet(
                    CODES[place], "before", letter, *one[2 - back][0],
                    questions=draw.randint(4, 18), sure=draw.choice(forms.SURE)).answers))  # fmt: skip
    return kept


def test_change_is_that_of_scipy_and_of_measures():
    summary = summary_of(mixed())
    tests = values(summary.tests.sort_values(["class_name", "learner", "occasion"]))
    pairs = paired(tests, "before", "after")
    found = analyse(summary).changes
    assert list(found) == [one.id for one in MEASURES]
    for name, one in found.items():
        before, after = pairs[f"{name}_before"].tolist(), pairs[f"{name}_after"].tolist()
        known = measures.paired_difference(before, after)
        assert tuple(one.difference) == NEAR(tuple(known), **TOL)
        test = stats.ttest_rel(after, before)
        assert tuple(one.difference[1:]) == NEAR(tuple(test.confidence_interval(0.95)), **TOL)
        assert tuple(one.bootstrap) == NEAR(
            tuple(measures.bootstrap_difference(before, after)), **TOL
        )
        assert (one.n, one.before, one.after) == (30, NEAR(np.mean(before)), NEAR(np.mean(after)))


def test_gain_is_of_class_means_and_of_shares_only():
    found = analyse(summary_of(class_of([(6, 4)], [(8, 1)])), resamples=0).changes
    assert found["trusted_sound"].gain == NEAR(0.5)
    assert found["trusted_unsound"].gain == NEAR(0.75)  # questioned 6 of 10, then 9
    assert found["d_prime"].gain is None
    assert found["d_prime"].bootstrap is None
    assert found["questions"].gain == NEAR(0)
    top = analyse(summary_of(class_of([(10, 0)], [(10, 0)])), resamples=0).changes
    assert top["trusted_sound"].gain is None and top["trusted_unsound"].gain is None


def test_questions_count_what_was_left_out_as_not_right():
    left = [
        item.id
        for letter in "AB"
        for item in forms.form(letter).items
        if item.part == "credentials"
    ][:4]
    kept = [Kept(f"{n}{o}", sheet(CODES[n], o, "A" if o == "before" else "B", questions=8, skip=left))
            for n in range(6) for o in ("before", "after")]  # fmt: skip
    found = analyse(summary_of(kept), resamples=0).changes
    assert (found["questions"].before, found["questions"].after) == (NEAR(0.2), NEAR(0.4))
    assert (found["credentials"].before, found["credentials"].after) == (0, 1)


def test_only_learners_with_both_tests():
    kept = class_of([(6, 4)], [(8, 2)], n=8)
    kept += [Kept("more", sheet(CODES[50], "before", "A", 0, 10)), Kept("open", sheet(CODES[51], "before", "A")),
             Kept("open2", sheet(CODES[51], "after", "B", finished=False))]  # fmt: skip
    found = analyse(summary_of(kept), resamples=0)
    assert {one.n for one in found.changes.values()} == {8}
    assert found.counted == {"before": 10, "after": 8, "later": 0}
    assert found.unfinished == {"before": 0, "after": 1, "later": 0}
    assert found.changes["trusted_sound"].before == NEAR(0.6)


def test_a_learner_with_few_posts_is_left_out_of_the_posts_and_not_of_the_questions():
    kept = class_of([(6, 4)], [(8, 2)], n=8)
    sound = [item.id for item in forms.form("A").items if item.right == "trust"][:6]
    kept += [
        Kept("b", sheet(CODES[50], "before", "A", skip=sound)),
        Kept("a", sheet(CODES[50], "after", "B")),
    ]
    found = analyse(summary_of(kept), resamples=0).changes
    assert (found["d_prime"].n, found["auc"].n, found["questions"].n) == (8, 8, 9)


def test_the_same_form_twice_is_no_change():
    kept = class_of([(6, 4)], [(8, 2)], n=8)
    kept += [Kept("b", sheet(CODES[50], "before", "A")), Kept("a", sheet(CODES[50], "after", "A"))]
    found = analyse(summary_of(kept), resamples=0)
    assert (found.same_form, found.changes["d_prime"].n) == (1, 8)


@pytest.mark.parametrize("n", [0, 1, 4])
def test_fewer_than_five_are_not_broken_down(n):
    found = analyse(summary_of(class_of([(6, 4), (7, 3)], [(8, 2)], n=n)))
    for one in found.changes.values():
        assert (one.n, one.reason) == (n, TOO_FEW)
        assert [one.before, one.after, one.difference, one.bootstrap, one.gain] == [None] * 5
    assert found.levels[["mean", "sd"]].isna().all(axis=None)
    assert found.items[["difficulty", "discrimination", "wrong_n"]].isna().all(axis=None)
    assert set(found.items["wrong"]) <= {""}
    assert found.reliability["kr20"].isna().all() and found.calibration["share"].isna().all()
    assert (found.balance.points, found.balance.d_prime, found.balance.adjusted) == (
        None,
        None,
        None,
    )


def test_five_are():
    found = analyse(summary_of(class_of([(6, 4), (7, 3)], [(8, 2)], n=5)))
    assert all(one.difference is not None for one in found.changes.values())
    levels = found.levels.set_index(["occasion", "measure"])
    assert levels.loc[("before", "trusted_sound"), "mean"] == NEAR(np.mean([6, 6, 7, 7, 6]) / 10)
    # Three took form A before and two took B: no form has five.
    assert found.items["difficulty"].isna().all()
    assert set(found.items["reason"]) == {TOO_FEW}


def test_a_class_that_answers_alike_has_intervals_of_no_width():
    found = analyse(summary_of(class_of([(6, 4)], [(8, 2)], n=12)))
    for one in found.changes.values():
        assert one.difference.low == NEAR(one.difference.high) and one.difference.low == NEAR(
            one.bootstrap.low
        )
    assert set(found.reliability["reason"]) == {"all scores are the same"}
    assert found.items["discrimination"].isna().all()
    assert found.items["difficulty"].notna().all()


def test_above_five_thousand_there_is_no_bootstrap(monkeypatch):
    monkeypatch.setattr("secondlook.classroom.analysis.BOOTSTRAP_UP_TO", 7)
    assert analyse(summary_of(class_of([(6, 4)], [(8, 2)], n=7))).changes["d_prime"].bootstrap
    found = analyse(summary_of(class_of([(6, 4)], [(8, 2)], n=8))).changes["d_prime"]
    assert found.bootstrap is None and found.difference is not None


def test_items_are_those_of_measures():
    kept = mixed(40, 5)
    summary = summary_of(kept)
    table = analyse(summary, resamples=0).items.set_index(["occasion", "form", "item"])
    sheets = [one.sheet for one in kept if (one.sheet.occasion, one.sheet.form) == ("before", "A")]
    rows = [[forms.is_right(i, one.answers[i.id]) for i in forms.form("A").items] for one in sheets]
    for column, item in enumerate(forms.form("A").items):
        row = table.loc[("before", "A", item.id)]
        right = [one[column] for one in rows]
        known = measures.point_biserial(right, [sum(one) - one[column] for one in rows])
        assert row.difficulty == NEAR(sum(right) / len(right), **TOL)
        if known is None:
            assert math.isnan(row.discrimination)
        else:
            assert row.discrimination == NEAR(known, **TOL)
            other = stats.pointbiserialr(right, [sum(one) - one[column] for one in rows]).statistic
            assert row.discrimination == NEAR(other, **TOL)
    found = analyse(summary, resamples=0).reliability.set_index(["occasion", "form"])
    assert found.loc[("before", "A"), "kr20"] == NEAR(measures.kr20(rows), **TOL)
    assert found.loc[("before", "A"), "n"] == len(rows)


def test_the_wrong_option_most_picked():
    kept = [Kept(str(n), sheet(CODES[n], "before", "A", 10, 4, questions=n % 3, wrong="d" if n < 4 else "c"))
            for n in range(10)]  # fmt: skip
    table = analyse(summary_of(kept), resamples=0).items.set_index("item")
    row = table.loc["a-safe-reply-3"]
    assert (row.wrong, row.wrong_n, row.wrong_text) == ("c", 6, "option c")
    assert row.misconception == "thinks that a badge is a licence"
    assert (row.part, row.text, row.n, row.difficulty) == ("safe-reply", "safe-reply 3?", 10, 0)
    unsound = [item.id for item in forms.form("A").items if item.right == "question"]
    assert table.loc[unsound[0], "misconception"] == "trusted an unsound post"
    assert (table.loc[unsound[9], "wrong"], table.loc[unsound[9], "wrong_n"]) == ("", 0)


def test_of_two_options_alike_the_first_is_named():
    kept = [
        Kept(str(n), sheet(CODES[n], "before", "A", questions=0, wrong="cd"[n % 2]))
        for n in range(10)
    ]
    summary = summary_of(kept)
    turned = dataclasses.replace(summary, options=summary.options[::-1])
    for one in (summary, turned):
        assert set(
            analyse(one, resamples=0).items.set_index("item").loc[["a-base-rate-0"], "wrong"]
        ) == {"c"}


def test_rows_of_no_item_are_left_out():
    summary = summary_of(class_of([(6, 4)], [(8, 2)], n=12))
    row = summary.items.iloc[[0]]
    foreign = pd.concat(
        [summary.items, row.assign(item="<script>"), row.assign(form="Z"), row.assign(occasion="x")]
    )
    strange = pd.concat([summary.options, summary.options.iloc[[0]].assign(form="Z", n=99)])
    one = analyse(dataclasses.replace(summary, items=foreign, options=strange), resamples=0)
    pd.testing.assert_frame_equal(one.items, analyse(summary, resamples=0).items)


def test_calibration_by_level():
    kept = [
        Kept(str(n), sheet(CODES[n], "after", "A", 10, 4, sure=50 + 10 * (n % 2))) for n in range(5)
    ]
    odd = dict(kept[0].sheet.answers)
    odd["p-a0"] = {"call": "trust", "sure": 100}
    kept[0] = Kept("0", dataclasses.replace(kept[0].sheet, answers=odd))
    table = analyse(summary_of(kept), resamples=0).calibration.set_index(["occasion", "sure"])
    assert table.loc[("after", 60)].tolist() == [40, NEAR(0.8), ""]
    assert table.loc[("after", 50), "n"] == 59
    assert table.loc[("after", 100)].tolist() == [
        1,
        NEAR(math.nan, nan_ok=True),
        "fewer than 5 calls",
    ]
    assert set(table.loc["before"]["reason"]) == {TOO_FEW}


def test_the_forms_are_compared_within_learners():
    # Everybody gains 2 sound posts; form B is 1 sound post easier. Fourteen begin with A, six with B.
    kept = []
    for n in range(20):
        letters = ("A", "B") if n < 14 else ("B", "A")
        for occasion, letter, gain in zip(("before", "after"), letters, (0, 2), strict=True):
            sound = 5 + gain + (letter == "B") + n % 3 - (n % 2 and gain > 0)
            kept.append(Kept(f"{n}{occasion}", sheet(CODES[n], occasion, letter, sound, 3)))
    found = analyse(summary_of(kept), resamples=0).balance
    assert (found.a_first, found.b_first, found.reason) == (14, 6, None)
    moved = {}
    for order, places in (("A", range(14)), ("B", range(14, 20))):
        moved[order] = [2 + (1 if order == "A" else -1) - n % 2 for n in places]
    welch = stats.ttest_ind(moved["A"], [-one for one in moved["B"]], equal_var=False)
    low, high = welch.confidence_interval(0.95)
    middle = (np.mean(moved["A"]) + np.mean(moved["B"])) / 2  # what is left is the gain
    assert tuple(groups.half(np.array(moved["A"], float), np.array(moved["B"], float))) == NEAR(
        (middle, low / 2, high / 2), **TOL)  # fmt: skip
    assert found.points.estimate == NEAR((np.mean(moved["B"]) - np.mean(moved["A"])) / 2)


def test_one_order_alone_compares_no_forms():
    kept = [Kept(f"{n}{o}", sheet(CODES[n], o, letter)) for n in range(12)
            for o, letter in (("before", "A"), ("after", "B"))]  # fmt: skip
    found = analyse(summary_of(kept), resamples=0).balance
    assert (found.a_first, found.b_first, found.points) == (12, 0, None)
    assert found.reason.startswith("one of the two orders has fewer than 5")


def two_classes(*sizes: int) -> list[Kept]:
    kept, first = [], 0
    for place, size in enumerate(sizes):
        after = [(8, 2), (9, 3), (7, 1)] if place % 2 else [(6, 5), (5, 4)]
        kept += class_of([(6, 4), (5, 5)], after, n=size, class_name=f"class {place}", first=first)
        first += size
    return kept


def test_classes_are_those_of_their_own_reports():
    kept = two_classes(12, 7, 9)
    table = analyse(summary_of(kept), resamples=0).classes.set_index("class_name")
    assert list(table.n) == [12, 7, 9] and set(table.reason) == {""}
    for name in table.index:
        alone = analyse(summary_of([one for one in kept if one.class_name == name]), resamples=0)
        assert alone.classes.empty
        for measure in classes.MEASURES:
            one, row = alone.changes[measure], table.loc[name]
            assert [row[f"{measure}_{ending}"] for ending in classes.ENDINGS] == NEAR(
                [one.before, one.after, *one.difference], **TOL)  # fmt: skip


def numbers_of(table: pd.DataFrame, name: str) -> pd.Series:
    return table.set_index("class_name").loc[name].drop(["n", "reason"]).astype(float)


def test_a_small_class_is_not_broken_down_and_cannot_be_worked_out():
    table = analyse(summary_of(two_classes(12, 3, 9)), resamples=0).classes
    assert numbers_of(table, "class 1").isna().all() and numbers_of(table, "class 2").isna().all()
    assert numbers_of(table, "class 0").notna().all()
    assert list(table.reason) == ["", TOO_FEW, classes.COVER]
    # Two small ones that are five together give nobody away.
    table = analyse(summary_of(two_classes(12, 3, 2, 9)), resamples=0).classes
    assert list(table.reason) == ["", TOO_FEW, TOO_FEW, ""]
    assert set(analyse(summary_of(two_classes(3, 4)), resamples=0).classes.reason) == {TOO_FEW}


def test_the_order_of_the_rows_changes_no_digit():
    summary = summary_of(mixed(25, 9))
    draw = np.random.default_rng(2)
    turned = {name: table.iloc[draw.permutation(len(table))] for name in ("tests", "items", "options", "sureness")
              for table in [getattr(summary, name)]}  # fmt: skip
    one, two = analyse(summary), analyse(dataclasses.replace(summary, **turned))
    assert one.changes == two.changes and one.balance == two.balance
    for name in ("levels", "items", "reliability", "calibration", "classes"):
        pd.testing.assert_frame_equal(getattr(one, name), getattr(two, name))


def test_nothing_at_all():
    found = analyse(summary_of([]))
    assert found.items.empty and found.reliability.empty and found.classes.empty
    assert found.counted == {"before": 0, "after": 0, "later": 0}
    assert no_rows("tests").empty


def test_the_delayed_test_is_compared_with_the_first():
    kept = class_of([(6, 4)], [(9, 1)], n=10)
    kept += [Kept(f"l{n}", sheet(CODES[n], "later", "C", 8, 2)) for n in range(10)]
    found = analyse(summary_of(kept), resamples=0).later["trusted_sound"]
    assert (found.n, found.before, found.after) == (10, NEAR(0.6), NEAR(0.8))
