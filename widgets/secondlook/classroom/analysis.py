"""The arithmetic of a class report: change from before to after, for a class and for many.

Whatever rests on fewer than `SMALLEST` learners is not worked out; it comes as None or NaN with a
reason, so that no report can show it. How items behave stands in ``item_analysis``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from secondlook import forms
from secondlook.classroom.classes import by_class
from secondlook.classroom.groups import SMALLEST, TOO_FEW, Floats, half, t_difference
from secondlook.classroom.item_analysis import calibration, item_table, reliability
from secondlook.classroom.summary import RIGHT_PARTS, Summary
from secondlook.measures import bootstrap_difference, normalised_gain
from secondlook.scoring import Difference

ENOUGH_POSTS = 5  # of each sort judged, for a learner's share to say something
BOOTSTRAP_UP_TO = 5000  # learners; above, the two intervals are the same to three figures


@dataclass(frozen=True)
class Measure:
    """What is compared. ``better`` is 1 if more is better, -1 if less, 0 if it depends."""

    id: str
    label: str
    better: int
    share: bool = False  # a share, 0 to 1, with a normalised gain


MEASURES = (
    Measure("d_prime", "Discernment (d')", 1),
    Measure("criterion", "Leaning (c): above 0 to doubt, below 0 to trust", 0),
    Measure("trusted_sound", "Sound posts trusted", 1, share=True),
    Measure("trusted_unsound", "Unsound posts trusted", -1, share=True),
    Measure("auc", "Area under the ROC curve", 1),
    Measure("brier", "Brier score of how sure they were", -1),
    Measure("questions", "Questions right", 1, share=True),
    Measure("credentials", "Questions on credentials", 1, share=True),
    Measure("claim-type", "Questions on kinds of claim", 1, share=True),
    Measure("base-rate", "Questions on base rates", 1, share=True),
    Measure("next-move", "Questions on the next move", 1, share=True),
    Measure("safe-reply", "Questions on a safe reply", 1, share=True),
)
BY_ID: Mapping[str, Measure] = {one.id: one for one in MEASURES}


@dataclass(frozen=True)
class Change:
    """One measure on two occasions, over the learners who took both tests.

    Attributes:
        measure: id of the `Measure`.
        n: learners with a value on both occasions.
        before: class mean on the first occasion; None with ``reason``.
        after: class mean on the second.
        difference: mean change with Student's t interval (95%).
        bootstrap: the same with a bootstrap interval; None above `BOOTSTRAP_UP_TO` learners.
        gain: normalised gain of the class means, for shares; of "unsound posts trusted" the gain
            of those questioned. None at the ceiling.
        reason: why there are no numbers, or None.
    """

    measure: str
    n: int
    before: float | None = None
    after: float | None = None
    difference: Difference | None = None
    bootstrap: Difference | None = None
    gain: float | None = None
    reason: str | None = None


@dataclass(frozen=True)
class FormBalance:
    """Who took which form first, and whether one form is the easier one.

    Attributes:
        a_first: learners who took A before.
        b_first: learners who took B before.
        points: right answers of 40, form A minus form B, with its interval, from the learners who
            took both; the gain cancels out, for half of them took A first.
        d_prime: the same of d'.
        adjusted: change of d' with each order counted half, so that uneven halves do not bend it.
        reason: why there are no differences, or None.
    """

    a_first: int
    b_first: int
    points: Difference | None = None
    d_prime: Difference | None = None
    adjusted: Difference | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Analysis:
    """Everything that a report says in numbers.

    Attributes:
        tests: a row a test, as `values`.
        pairs: a row a learner with both tests, as `paired`, without those of one form.
        counted: finished tests by occasion.
        unfinished: tests with answers but without "done", by occasion.
        same_form: learners whose two tests were the same form; they are left out of every change.
        changes: by measure id, before to after.
        later: by measure id, before to the delayed test.
        levels: one row per occasion and measure: ``n``, ``mean``, ``sd`` (NaN below `SMALLEST`)
            over all finished tests, whether or not there is a second one.
        balance: of the forms.
        items: as ``item_analysis.item_table``.
        reliability: as ``item_analysis.reliability``.
        calibration: as ``item_analysis.calibration``.
        classes: one row per class where there are several, else empty: ``class_name``, ``n`` with
            both tests, ``reason`` or "", and ``<measure>_before``, ``_after``, ``_change``,
            ``_low``, ``_high`` of ``d_prime``, ``criterion``, ``trusted_sound``,
            ``trusted_unsound`` and ``questions``.
    """

    tests: pd.DataFrame
    pairs: pd.DataFrame
    counted: Mapping[str, int]
    unfinished: Mapping[str, int]
    same_form: int
    changes: Mapping[str, Change]
    later: Mapping[str, Change]
    levels: pd.DataFrame
    balance: FormBalance
    items: pd.DataFrame
    reliability: pd.DataFrame
    calibration: pd.DataFrame
    classes: pd.DataFrame


def analyse(summary: Summary, *, resamples: int = 4000) -> Analysis:
    """Work out what a report says.

    Arguments:
        summary: of a class or of many.
        resamples: of each bootstrap; 0 leaves the bootstrap out.
    """
    # In a fixed order, so that the order of the files changes no digit.
    tests = values(summary.tests.sort_values(["class_name", "learner", "occasion"]))
    counted, open_ = tests[tests["finished"]], tests[~tests["finished"]]
    both = paired(counted, "before", "after")
    same = both["form_before"] == both["form_after"]
    pairs = both[~same]
    later = paired(counted, "before", "later")
    return Analysis(
        tests=tests,
        pairs=pairs,
        counted=_by_occasion(counted),
        unfinished=_by_occasion(open_),
        same_form=int(same.sum()),
        changes={one.id: change(one, pairs, "before", "after", resamples) for one in MEASURES},
        later={one.id: change(one, later, "before", "later", resamples) for one in MEASURES},
        levels=_levels(counted),
        balance=_balance(counted, pairs),
        items=item_table(summary),
        reliability=reliability(summary),
        calibration=calibration(summary),
        classes=by_class(pairs),
    )


def values(tests: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``Summary.tests`` with a column of floats for each measure.

    Measures of posts are NaN where fewer than `ENOUGH_POSTS` of a sort were judged.
    """
    numbers = {
        name: tests[name].to_numpy(dtype=float)
        for name in ("trusted_sound", "n_sound", "trusted_unsound", "n_unsound", "d_prime",
                     "criterion", "auc", "brier", "right", *RIGHT_PARTS)
    }  # fmt: skip
    few = np.minimum(numbers["n_sound"], numbers["n_unsound"]) < ENOUGH_POSTS
    found = tests[["class_name", "learner", "occasion", "form"]].copy()
    found["finished"] = tests["finished"].to_numpy(dtype=bool)
    found["right"] = numbers["right"]
    for name in ("d_prime", "criterion", "auc", "brier"):
        found[name] = np.where(few, np.nan, numbers[name])
    for name in ("sound", "unsound"):
        whole = np.where(few, np.nan, numbers[f"n_{name}"])
        found[f"trusted_{name}"] = numbers[f"trusted_{name}"] / whole
    for part, column in zip(forms.PARTS, RIGHT_PARTS, strict=True):
        found[part] = numbers[column] / forms.PER_PART
    found["questions"] = found[list(forms.PARTS)].mean(axis=1)
    return found


def paired(counted: pd.DataFrame, first: str, second: str) -> pd.DataFrame:
    """One row a learner with a finished test on both occasions; columns end in the occasion."""
    key = ["class_name", "learner"]
    one, two = (
        counted[counted["occasion"] == which].drop(columns=["occasion", "finished"])
        for which in (first, second)
    )
    return one.merge(two, on=key, suffixes=(f"_{first}", f"_{second}"))


def change(
    measure: Measure, pairs: pd.DataFrame, first: str, second: str, resamples: int = 4000
) -> Change:
    """One measure from ``first`` to ``second``, over the rows of `paired`."""
    before = pairs[f"{measure.id}_{first}"].to_numpy(dtype=float)
    after = pairs[f"{measure.id}_{second}"].to_numpy(dtype=float)
    there = ~(np.isnan(before) | np.isnan(after))
    before, after = before[there], after[there]
    n = len(before)
    if n < SMALLEST:
        return Change(measure.id, n, reason=TOO_FEW)
    means = float(before.mean()), float(after.mean())
    moved = after - before
    drawn = None
    if resamples and n <= BOOTSTRAP_UP_TO:
        drawn = bootstrap_difference([0.0] * n, moved.tolist(), resamples=resamples)
    gain = None
    if measure.share:
        shares = means if measure.better > 0 else (1 - means[0], 1 - means[1])
        gain = normalised_gain(*(min(max(one, 0.0), 1.0) for one in shares))
    return Change(measure.id, n, *means, t_difference(moved), drawn, gain)


def _by_occasion(tests: pd.DataFrame) -> dict[str, int]:
    return {one: int((tests["occasion"] == one).sum()) for one in forms.OCCASIONS}


def _levels(counted: pd.DataFrame) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for occasion in forms.OCCASIONS:
        there = counted[counted["occasion"] == occasion]
        for measure in MEASURES:
            numbers = there[measure.id].to_numpy(dtype=float)
            numbers = numbers[~np.isnan(numbers)]
            enough = len(numbers) >= SMALLEST
            rows.append({
                "occasion": occasion,
                "measure": measure.id,
                "n": len(numbers),
                "mean": float(numbers.mean()) if enough else math.nan,
                "sd": float(numbers.std(ddof=1)) if enough else math.nan,
            })  # fmt: skip
    return pd.DataFrame(rows)


def _balance(counted: pd.DataFrame, pairs: pd.DataFrame) -> FormBalance:
    first = counted.loc[counted["occasion"] == "before", "form"]
    sizes = int((first == "A").sum()), int((first == "B").sum())
    points, d_prime = _orders(pairs, "right"), _orders(pairs, "d_prime")
    if points is None or d_prime is None:
        return FormBalance(*sizes, reason=f"one of the two orders has {TOO_FEW}")
    return FormBalance(*sizes, half(points[1], -points[0]), half(d_prime[1], -d_prime[0]),
                       half(d_prime[0], d_prime[1]))  # fmt: skip


def _orders(pairs: pd.DataFrame, name: str) -> tuple[Floats, Floats] | None:
    """The changes of those who took A then B, and B then A."""
    found = []
    for letters in (("A", "B"), ("B", "A")):
        rows = pairs[(pairs["form_before"] == letters[0]) & (pairs["form_after"] == letters[1])]
        moved = (rows[f"{name}_after"] - rows[f"{name}_before"]).to_numpy(dtype=float)
        found.append(moved[~np.isnan(moved)])
    return None if min(map(len, found)) < SMALLEST else (found[0], found[1])
