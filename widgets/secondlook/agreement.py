"""How far two raters agree, beyond what chance alone would give.

Pure functions on pairs of verdicts; nothing here reads a file or knows what was rated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable

Pair = tuple[Hashable, Hashable]


def percent_agreement(pairs: Iterable[Pair]) -> float:
    """Share of items to which both raters gave the same verdict.

    Args:
        pairs: one pair per item: the first rater's verdict and the second's.

    Returns:
        Percent, from 0 to 100. It does not allow for chance; `cohen_kappa` does.

    Raises:
        ValueError: no pairs, or a pair in which a verdict is missing (None).
    """
    rated = _rated(pairs)
    return 100 * sum(first == second for first, second in rated) / len(rated)


def cohen_kappa(pairs: Iterable[Pair]) -> float | None:
    """Agreement of two raters on unordered categories, corrected for chance.

    kappa = (p_o - p_e) / (1 - p_e), where p_o is the share of items with equal verdicts and
    p_e = sum over categories k of (share of k by rater 1) x (share of k by rater 2), the share
    expected of two raters who keep their habits but do not look at the items. 1 is full agreement,
    0 what chance gives, below 0 less than chance. It is worked out on whole counts, so that only
    the last division rounds.

    Source: Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and
    Psychological Measurement, 20, 37-46. https://doi.org/10.1177/001316446002000104

    Args:
        pairs: one pair per item: the first rater's verdict and the second's.

    Returns:
        Kappa, from -1 to 1; or None when both gave every item one and the same verdict. Then p_e
        is 1 and kappa is 0/0: the items have told nothing about agreement, and neither "perfect"
        nor "no better than chance" would be true.

    Raises:
        ValueError: no pairs, or a pair in which a verdict is missing (None).
    """
    rated = _rated(pairs)
    first = Counter(one for one, _ in rated)
    second = Counter(two for _, two in rated)
    everything = len(rated) ** 2
    by_chance = sum(count * second[verdict] for verdict, count in first.items())
    if by_chance == everything:
        return None
    agreed = len(rated) * sum(one == two for one, two in rated)
    return (agreed - by_chance) / (everything - by_chance)


def _rated(pairs: Iterable[Pair]) -> list[Pair]:
    rated = list(pairs)
    if not rated:
        raise ValueError("agreement needs at least one item that both have rated")
    if any(one is None or two is None for one, two in rated):
        raise ValueError("leave out the items that one of the two has not rated")
    return rated
