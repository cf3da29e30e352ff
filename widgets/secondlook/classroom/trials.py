"""Many invented classes at once: how often an interval holds the truth, and what it can show.

What an interval should hold is the expected change of the *measured* statistic, not the change of
the d' behind it: the log-linear correction with 10 + 10 posts pulls every d' towards 0.
`expected_change` works it out without any random number, by enumeration and integration.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np

from secondlook import forms, measures
from secondlook.classroom import tally
from secondlook.classroom.simulate import Floats, Model, many_marks, normal_share, pushes

MEASURES = ("d_prime", "criterion", "trusted_sound", "trusted_unsound", "right")
_NODES = 80  # of the integration over learners; twice as many change nothing below 1e-12
_NORMAL = NormalDist()


@dataclass(frozen=True)
class Intervals:
    """Mean change with its interval, one number a class."""

    estimate: Floats
    low: Floats
    high: Floats

    def cover(self, truth: float) -> float:
        """The share of classes whose interval holds ``truth``."""
        return float(((self.low <= truth) & (truth <= self.high)).mean())

    @property
    def above(self) -> float:
        """The share of classes whose interval lies above 0."""
        return float((self.low > 0).mean())


def expected_change(model: Model) -> Mapping[str, float]:
    """The expected change of each of `MEASURES` from before to after, without simulating.

    For a learner with d' and c a post of one side is trusted with Phi(u + its push), where
    u = +-d'/2 - c. How many of a side's ten posts are trusted, and how many judged, is enumerated
    (a convolution post by post, for their chances differ), which gives the expectations of the
    count and of z of the corrected rate. Over learners u is normal, so a Gauss-Hermite sum
    integrates these; careless learners come in with 1/2 for every post. A and B are averaged, for
    each learner is as likely to begin with either.

    Arguments:
        model: what the class is like; ``absent`` and ``later`` are not looked at.
    """
    before, after = _expected(model, 0), _expected(model, 1)
    return {name: after[name] - before[name] for name in MEASURES}


def _expected(m: Model, at: int) -> dict[str, float]:
    d, d_var = m.d_before + at * m.gain, m.d_spread**2 + at * m.gain_spread**2
    c, c_var = m.c_before + at * m.shift, m.c_spread**2 + at * m.shift_spread**2
    spread = math.sqrt(d_var / 4 + c_var)
    count, z = {}, {}
    for label, sign in (("trust", 1), ("question", -1)):
        first, second = (_side(m, letter, label, sign * d / 2 - c, spread) for letter in "AB")
        count[label], z[label] = (first[0] + second[0]) / 2, (first[1] + second[1]) / 2
    known = m.known_after if at else m.known_before
    guessed = 1 / 4  # every question has four options
    hit = (1 - m.careless) * (known + (1 - known) * guessed) + m.careless * guessed
    asked = (1 - m.missing) * (len(forms.form("A").items) - forms.POSTS)
    judged = (1 - m.missing) * forms.POSTS / 2
    return {
        "d_prime": z["trust"] - z["question"],
        "criterion": -(z["trust"] + z["question"]) / 2,
        "trusted_sound": count["trust"],
        "trusted_unsound": count["question"],
        "right": count["trust"] + judged - count["question"] + asked * hit,
    }


def _side(m: Model, letter: str, label: str, middle: float, spread: float) -> tuple[float, float]:
    """Expected count trusted, and expected z of the corrected rate, of one side of a form."""
    posts = forms.form(letter).items[: forms.POSTS]
    push = pushes(letter)[[one.right == label for one in posts]]
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    chances = normal_share((middle + spread * nodes)[:, None] + push)
    chances = np.vstack([chances, np.full(len(push), 0.5)])
    weights = np.append((1 - m.careless) * weights / weights.sum(), m.careless)
    ways = np.zeros((len(weights), len(push) + 1, len(push) + 1))  # learners x judged x trusted
    ways[:, 0, 0] = 1
    for post in chances.T:
        trusted, questioned = post[:, None, None], 1 - post[:, None, None]
        more = m.missing * ways
        more[:, 1:, 1:] += (1 - m.missing) * trusted * ways[:, :-1, :-1]
        more[:, 1:, :] += (1 - m.missing) * questioned * ways[:, :-1, :]
        ways = more
    chance: Floats = np.tensordot(weights, ways, 1)
    z = counted = total = 0.0
    for (judged, count), one in np.ndenumerate(chance):
        counted += one * count
        if judged > 0 and count <= judged:  # without a judged post there is no rate
            z += one * _NORMAL.inv_cdf((count + 0.5) / (judged + 1))
            total += one
    return float(counted), float(z / total)


def changes(model: Model, classes: int, seed: int) -> Mapping[str, Floats]:
    """Every learner's change in each of `MEASURES`, classes by learners.

    The invented answers are counted by the code that counts a real class (``tally``). Nobody is
    absent, so that every class has the same size.
    """
    model = replace(model, absent=0.0, later=False)
    names = [f"{number:06d}" for number in range(classes)]
    tests = tally.tables(many_marks(model, names, seed))["tests"]
    tests = tests.sort_values(["class_name", "learner"], kind="stable")
    before, after = (tests[tests["occasion"] == one] for one in ("before", "after"))
    if before["learner"].tolist() != after["learner"].tolist():
        raise RuntimeError("a learner lacks a test")
    return {
        name: (after[name].to_numpy(float) - before[name].to_numpy(float)).reshape(classes, -1)
        for name in MEASURES
    }


def t_intervals(change: Floats, confidence: float = 0.95) -> Intervals:
    """``measures.paired_difference`` of many classes at once.

    Arguments:
        change: classes by learners.
        confidence: level, between 0 and 1.
    """
    n = change.shape[1]
    mean = change.mean(1)
    reach = measures.t_quantile(confidence, n - 1) * change.std(1, ddof=1) / np.sqrt(n)
    return Intervals(mean, mean - reach, mean + reach)


def bootstrap_intervals(
    change: Floats, confidence: float = 0.95, *, resamples: int = 4000, seed: int = 1
) -> Intervals:
    """``measures.bootstrap_difference`` of many classes at once, with the same draws.

    That function begins every class with the same seed, so which learners are drawn depends on the
    size of the class only: a table of how often each is drawn, times the changes, gives all means.

    Arguments:
        change: classes by learners.
        confidence: level, between 0 and 1.
        resamples: how often each class is drawn.
        seed: of the random numbers.
    """
    n = change.shape[1]
    drawn = np.random.default_rng(seed).integers(0, n, (resamples, n))
    often = np.stack([(drawn == one).sum(1) for one in range(n)], axis=1) / n
    tail = measures.bootstrap_tail(confidence, n)
    low, high = np.quantile(often @ change.T, [tail, 1 - tail], axis=0)
    return Intervals(change.mean(1), low, high)


def coverage(model: Model, classes: int, seed: int) -> dict[str, dict[str, float]]:
    """How often the 95% intervals hold the expected change: by measure, ``t`` and ``bootstrap``."""
    truth = expected_change(model)
    return {
        name: {
            "t": t_intervals(change).cover(truth[name]),
            "bootstrap": bootstrap_intervals(change).cover(truth[name]),
        }
        for name, change in changes(model, classes, seed).items()
    }


def power(
    learners: Sequence[int], gains: Sequence[float], classes: int, seed: int
) -> list[dict[str, float]]:
    """The share of classes whose 95% t interval of the change in d' lies above 0.

    Arguments:
        learners: sizes of a class.
        gains: mean gains of the d' behind the answers, everything else as in `Model`.
        classes: how many of each.
        seed: of the first; each cell of the table has its own.

    Returns:
        one record for each size and gain: ``learners``, ``gain``, ``measured`` (the change to
        expect in the measured d') and ``share``.
    """
    rows: list[dict[str, float]] = []
    for size in learners:
        for gain in gains:
            model = Model(learners=size, gain=gain)
            change = changes(model, classes, seed + len(rows))["d_prime"]
            rows.append({
                "learners": size,
                "gain": gain,
                "measured": expected_change(model)["d_prime"],
                "share": t_intervals(change).above,
            })  # fmt: skip
    return rows
