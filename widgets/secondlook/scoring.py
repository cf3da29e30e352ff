"""Arithmetic for judging how well sound posts are told from unsound ones.

Pure functions on counts; nothing here reads a file or knows a learner. In signal-detection terms
the "signal" is a *sound* post and "yes" means the learner trusted it, so a hit is a trusted sound
post and a false alarm is a trusted unsound one. A high criterion then means distrust of everything
(cynicism) and a low one means trust in everything, which is why accuracy alone is never reported.

One learner is shown counts (`two_sided`) and a calibration table; d' is for a class, because on ten
posts of each sort one person's d' is mostly noise.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist
from typing import NamedTuple, SupportsIndex

_NORMAL = NormalDist()
#: Lower edges, in percent, of the calibration bins; the last one includes 100.
_BIN_EDGES = (50, 60, 70, 80, 90)


class Rates(NamedTuple):
    """Corrected shares of posts trusted: `hit` of the sound ones, `false_alarm` of the unsound."""

    hit: float
    false_alarm: float


class Interval(NamedTuple):
    """A confidence interval for a share (0 to 1) or a difference of shares (-1 to 1)."""

    low: float
    high: float


class Difference(NamedTuple):
    """First share minus second share, with its confidence interval (all between -1 and 1)."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True)
class TwoSided:
    """What one learner is shown: both sides of the count, in numbers and in one sentence."""

    trusted_sound: int
    n_sound: int
    questioned_unsound: int
    n_unsound: int
    sentence: str


@dataclass(frozen=True)
class CalibrationBin:
    """One row of a calibration table: answers given with `low` to `high` percent confidence.

    `share` (right answers, 0 to 1) and `mean_confidence` (0.5 to 1) are None in an empty bin.
    """

    low: int
    high: int
    n: int
    right: int
    share: float | None
    mean_confidence: float | None


def _count(value: SupportsIndex, name: str) -> int:
    try:
        number = operator.index(value)
    except TypeError:
        raise ValueError(f"{name} must be a whole number, found {value!r}") from None
    if isinstance(value, bool) or number < 0:
        raise ValueError(f"{name} must be a whole number of 0 or more, found {value!r}")
    return number


def _part(k: SupportsIndex, n: SupportsIndex, k_name: str, n_name: str) -> tuple[int, int]:
    part, whole = _count(k, k_name), _count(n, n_name)
    if part > whole:
        raise ValueError(f"{k_name} ({part}) cannot be larger than {n_name} ({whole})")
    return part, whole


def _some(k: SupportsIndex, n: SupportsIndex, k_name: str, n_name: str) -> tuple[int, int]:
    part, whole = _part(k, n, k_name, n_name)
    if whole == 0:
        raise ValueError(f"{n_name} must be at least 1, found 0")
    return part, whole


def rates(
    trusted_sound: SupportsIndex,
    n_sound: SupportsIndex,
    trusted_unsound: SupportsIndex,
    n_unsound: SupportsIndex,
) -> Rates:
    """Hit and false-alarm rate with the log-linear correction, H = (k + 0.5) / (n + 1).

    The correction is applied always, not only to 0 and 1, and keeps z() finite. Source: Hautus
    1995, Behavior Research Methods, Instruments, & Computers 27:46-51, doi 10.3758/BF03203619; also
    Stanislaw & Todorov 1999, same journal 31:137-149, doi 10.3758/BF03207704.

    Args:
        trusted_sound: sound posts that were trusted (a count, at most `n_sound`).
        n_sound: sound posts judged (at least 1).
        trusted_unsound: unsound posts that were trusted (a count, at most `n_unsound`).
        n_unsound: unsound posts judged (at least 1).

    Raises:
        ValueError: a count is not a whole number, is negative, exceeds its total, or a total is 0.

    """
    hits, sound = _some(trusted_sound, n_sound, "trusted_sound", "n_sound")
    alarms, unsound = _some(trusted_unsound, n_unsound, "trusted_unsound", "n_unsound")
    return Rates((hits + 0.5) / (sound + 1), (alarms + 0.5) / (unsound + 1))


def d_prime(
    trusted_sound: SupportsIndex,
    n_sound: SupportsIndex,
    trusted_unsound: SupportsIndex,
    n_unsound: SupportsIndex,
) -> float:
    """Discernment, d' = z(H) - z(F): how far apart sound and unsound posts are kept.

    0 is guessing, higher is better. Source: Stanislaw & Todorov 1999, doi 10.3758/BF03207704.
    Arguments and errors as in `rates`.
    """
    hit, false_alarm = rates(trusted_sound, n_sound, trusted_unsound, n_unsound)
    return _NORMAL.inv_cdf(hit) - _NORMAL.inv_cdf(false_alarm)


def criterion(
    trusted_sound: SupportsIndex,
    n_sound: SupportsIndex,
    trusted_unsound: SupportsIndex,
    n_unsound: SupportsIndex,
) -> float:
    """Bias, c = -[z(H) + z(F)] / 2: above 0 leans to distrust, below 0 leans to trust.

    Source: Stanislaw & Todorov 1999, doi 10.3758/BF03207704. Arguments and errors as in `rates`.
    """
    hit, false_alarm = rates(trusted_sound, n_sound, trusted_unsound, n_unsound)
    return -(_NORMAL.inv_cdf(hit) + _NORMAL.inv_cdf(false_alarm)) / 2


def _clause(past: str, base: str, k: int, n: int, kind: str, noun: str) -> str:
    """'trusted 7 of 8 sound posts', with the small numbers said as a person would."""
    if n == 1:
        verb = past if k else f"did not {base}"
        return f"{verb} the one {kind} post"
    if k == 0:
        return f"{past} none of the {n} {kind} {noun}"
    if k == n:
        return f"{past} all {n} {kind} {noun}"
    return f"{past} {k} of {n} {kind} {noun}"


def two_sided(
    trusted_sound: SupportsIndex,
    n_sound: SupportsIndex,
    trusted_unsound: SupportsIndex,
    n_unsound: SupportsIndex,
) -> TwoSided:
    """Tell a learner both sides of the result, so that distrusting everything never looks good.

    Takes the same four counts as `rates`, but a total may be 0 (nothing judged on that side yet);
    the sentence then speaks of the other side only.

    Raises:
        ValueError: a count is not a whole number, is negative, or exceeds its total.

    """
    hits, sound = _part(trusted_sound, n_sound, "trusted_sound", "n_sound")
    alarms, unsound = _part(trusted_unsound, n_unsound, "trusted_unsound", "n_unsound")
    questioned = unsound - alarms
    clauses = []
    if sound:
        clauses.append(_clause("trusted", "trust", hits, sound, "sound", "posts"))
    if unsound:
        noun = "ones" if sound else "posts"
        clauses.append(_clause("questioned", "question", questioned, unsound, "unsound", noun))
    sentence = f"You {' and '.join(clauses)}." if clauses else "You have not judged a post yet."
    return TwoSided(hits, sound, questioned, unsound, sentence)


def judged(pairs: Iterable[tuple[float, bool]]) -> list[tuple[float, bool]]:
    """The pairs of confidence and outcome, each checked.

    Raises:
        ValueError: a confidence outside 0.5 to 1 or NaN; an outcome that is no truth value.
    """
    checked = []
    for place, (confidence, right) in enumerate(pairs, start=1):
        number = isinstance(confidence, (int, float)) and not isinstance(confidence, bool)
        # NaN fails this comparison, so it is refused with the rest.
        if not number or not 0.5 <= confidence <= 1:
            raise ValueError(
                f"pair {place}: confidence must be a share from 0.5 to 1 (80% is 0.8), "
                f"found {confidence!r}"
            )
        if right not in (True, False):
            raise ValueError(f"pair {place}: right must be True or False, found {right!r}")
        checked.append((float(confidence), bool(right)))
    return checked


def calibration(pairs: Iterable[tuple[float, bool]]) -> list[CalibrationBin]:
    """How often answers were right, by how sure the learner was.

    Five bins: 50-59, 60-69, 70-79, 80-89 and 90-100 percent. Well calibrated means that `share` is
    near `mean_confidence`. Source of the idea: Brier 1950 (see `brier`).

    Args:
        pairs: (confidence from 0.5 to 1, was the answer right?). May be empty.

    Raises:
        ValueError: a confidence outside 0.5 to 1 or NaN; `right` is not a truth value.

    """
    groups: list[list[tuple[float, bool]]] = [[] for _ in _BIN_EDGES]
    for confidence, right in judged(pairs):
        place = int(confidence * 100 - _BIN_EDGES[0]) // 10
        groups[min(place, len(_BIN_EDGES) - 1)].append((confidence, right))
    bins = []
    for low, group in zip(_BIN_EDGES, groups, strict=True):
        n = len(group)
        hits = sum(right for _, right in group)
        mean = math.fsum(confidence for confidence, _ in group) / n if n else None
        high = 100 if low == _BIN_EDGES[-1] else low + 9
        bins.append(CalibrationBin(low, high, n, hits, hits / n if n else None, mean))
    return bins


def brier(pairs: Iterable[tuple[float, bool]]) -> float:
    """Mean squared gap between confidence and outcome: 0 is perfect, 0.25 is saying 50% each time.

    The mean of (confidence - outcome)^2 with outcome 1 for right and 0 for wrong; this is half of
    the original two-category score. Source: Brier 1950, Monthly Weather Review 78:1-3,
    doi 10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2.

    Args:
        pairs: (confidence from 0.5 to 1, was the answer right?), at least one.

    Raises:
        ValueError: no pairs, or a pair that `calibration` would refuse.

    """
    checked = judged(pairs)
    if not checked:
        raise ValueError("brier needs at least one answer, found none")
    return math.fsum((confidence - right) ** 2 for confidence, right in checked) / len(checked)


def wilson_interval(k: SupportsIndex, n: SupportsIndex, confidence: float = 0.95) -> Interval:
    """Wilson's score interval for a share k / n; unlike p +- 1.96 SE it stays inside 0 to 1.

    (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n). Source: Wilson 1927, Journal of the
    American Statistical Association 22:209-212, doi 10.1080/01621459.1927.10502953.

    Args:
        k: how many of the n (0 to n).
        n: how many in all (at least 1).
        confidence: level of the interval, between 0 and 1 (0.95 for 95%).

    Raises:
        ValueError: k or n is not a whole number or is negative; k > n; n = 0; the level is not
            between 0 and 1.

    """
    part, whole = _some(k, n, "k", "n")
    if not isinstance(confidence, (int, float)) or not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, found {confidence!r}")
    z = _NORMAL.inv_cdf((1 + confidence) / 2)
    p = part / whole
    middle = p + z * z / (2 * whole)
    reach = z * math.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    # At the ends the formula gives exactly 0 or 1; floating point misses them by 1e-17.
    low = 0.0 if part == 0 else (middle - reach) / scale
    high = 1.0 if part == whole else (middle + reach) / scale
    return Interval(low, high)


def two_proportion_difference(
    k1: SupportsIndex,
    n1: SupportsIndex,
    k2: SupportsIndex,
    n2: SupportsIndex,
    confidence: float = 0.95,
) -> Difference:
    """First share minus second, with Newcombe's hybrid score interval for two separate groups.

    With Wilson limits l1, u1, l2, u2 the limits are d - sqrt((p1-l1)^2 + (u2-p2)^2) and
    d + sqrt((u1-p1)^2 + (p2-l2)^2). Source: method 10 in Newcombe 1998, Statistics in Medicine
    17:873-890, doi 10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.

    Args:
        k1: how many of the first group's n1.
        n1: size of the first group (at least 1).
        k2: how many of the second group's n2.
        n2: size of the second group (at least 1).
        confidence: level of the interval, between 0 and 1.

    Raises:
        ValueError: as in `wilson_interval`, for either group.

    """
    low1, high1 = wilson_interval(k1, n1, confidence)
    low2, high2 = wilson_interval(k2, n2, confidence)
    p1 = operator.index(k1) / operator.index(n1)
    p2 = operator.index(k2) / operator.index(n2)
    return Difference(
        p1 - p2,
        p1 - p2 - math.hypot(p1 - low1, high2 - p2),
        p1 - p2 + math.hypot(high1 - p1, p2 - low2),
    )
