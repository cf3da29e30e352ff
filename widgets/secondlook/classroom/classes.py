"""The change of each class, where there are several: sums over all learners at once."""

from __future__ import annotations

import numpy as np
import pandas as pd

from secondlook.classroom.groups import SMALLEST, TOO_FEW, Floats, t_95

MEASURES = ("d_prime", "criterion", "trusted_sound", "trusted_unsound", "questions")
ENDINGS = ("before", "after", "change", "low", "high")
COVER = "left out so that a smaller class cannot be worked out from the whole"


def by_class(pairs: pd.DataFrame) -> pd.DataFrame:
    """One row a class, in the order of their names; none where there is only one class.

    Columns: ``class_name``, ``n`` learners with both tests, ``reason`` or "", and for each of
    `MEASURES` its mean ``_before`` and ``_after``, and its ``_change`` with the ends ``_low`` and
    ``_high`` of Student's t interval (95%); NaN below `SMALLEST` learners.

    Arguments:
        pairs: one row a learner, as ``analysis.paired`` gives them for before and after.
    """
    code, names = pd.factorize(pairs["class_name"], sort=True)
    columns = {"class_name": names, "n": 0, "reason": ""}
    columns |= {f"{name}_{ending}": np.nan for name in MEASURES for ending in ENDINGS}
    table = pd.DataFrame(columns, index=range(len(names)))
    if len(names) < 2:
        return table.head(0)
    size = np.bincount(code)
    hidden, reason = _hidden(size)
    table["n"], table["reason"] = size, reason
    for name in MEASURES:
        before = pairs[f"{name}_before"].to_numpy(dtype=float)
        after = pairs[f"{name}_after"].to_numpy(dtype=float)
        there = ~np.isnan(after - before)
        sums = _Sums(code[there], len(names))
        moved = (after - before)[there]
        change = sums.mean(moved)
        spread = sums.mean((moved - change[sums.code]) ** 2) * sums.n / (sums.n - 1)
        reach = np.array([t_95(int(n) - 1) for n in sums.n]) * np.sqrt(spread / sums.n)
        given = (sums.mean(before[there]), sums.mean(after[there]), change,
                 change - reach, change + reach)  # fmt: skip
        for ending, numbers in zip(ENDINGS, given, strict=True):
            table[f"{name}_{ending}"] = np.where(hidden | sums.few, np.nan, numbers)
    return table


class _Sums:
    """Means by group; a group that is too small gets numbers too, which are thrown away."""

    def __init__(self, code: np.ndarray, groups: int):
        counts = np.bincount(code, minlength=groups)
        self.code, self.groups, self.few = code, groups, counts < SMALLEST
        self.n = np.where(self.few, SMALLEST, counts)

    def mean(self, numbers: Floats) -> Floats:
        sums = np.bincount(self.code, weights=numbers, minlength=self.groups)
        return np.asarray(sums / self.n, dtype=float)


def _hidden(size: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """Which classes are left out, and why."""
    hidden = size < SMALLEST
    reason = [TOO_FEW if out else "" for out in hidden]
    if 0 < size[hidden].sum() < SMALLEST and not hidden.all():
        # The whole minus the classes shown would give the small one away: one more stays out.
        least = int(np.flatnonzero(~hidden)[np.argmin(size[~hidden])])
        hidden[least], reason[least] = True, COVER
    return hidden, reason
