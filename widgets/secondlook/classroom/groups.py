"""How small a group may be, and intervals of means that are arrays already."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
from numpy.typing import NDArray

from secondlook.measures import t_quantile
from secondlook.scoring import Difference

Floats = NDArray[np.float64]

SMALLEST = 5  # learners in a group that is broken down
TOO_FEW = f"fewer than {SMALLEST} learners, so it is not broken down"


@cache
def t_95(df: float) -> float:
    """Student's t for a 95% interval."""
    return t_quantile(0.95, df)


def t_difference(moved: Floats) -> Difference:
    """``measures.paired_difference`` of changes that are an array already.

    Arguments:
        moved: after minus before, a number a learner, at least two.
    """
    mean, n = float(moved.mean()), len(moved)
    reach = t_95(n - 1) * float(moved.std(ddof=1)) / math.sqrt(n)
    return Difference(mean, mean - reach, mean + reach)


def half(one: Floats, two: Floats) -> Difference:
    """Half the sum of two groups' means, with the interval of Welch's t.

    (mean1 + mean2) / 2 +- t x sqrt(s1^2/n1 + s2^2/n2) / 2 with Welch and Satterthwaite's degrees
    of freedom. Source: Welch 1947, Biometrika 34:28-35, doi 10.1093/biomet/34.1-2.28; of a crossed
    design: Senn 2002, Cross-over Trials in Clinical Research, chapter 3, doi 10.1002/0470854596.

    Arguments:
        one: a number a learner of the first group, at least two.
        two: the same of the second group.
    """
    parts = [float(group.var(ddof=1)) / len(group) for group in (one, two)]
    middle = float(one.mean() + two.mean()) / 2
    if not sum(parts):
        return Difference(middle, middle, middle)
    steps = zip(parts, (one, two), strict=True)
    df = sum(parts) ** 2 / sum(part**2 / (len(group) - 1) for part, group in steps)
    reach = t_95(df) * math.sqrt(sum(parts)) / 2
    return Difference(middle, middle - reach, middle + reach)
