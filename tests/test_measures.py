"""The arithmetic for a class, against SciPy, scikit-learn, statsmodels and sums done by hand."""

from __future__ import annotations

import math
import random
import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.metrics import brier_score_loss, cohen_kappa_score, roc_auc_score
from statsmodels.stats import proportion

from secondlook import measures as m
from secondlook.agreement import cohen_kappa
from secondlook.scoring import brier, calibration, two_proportion_difference, wilson_interval

NEAR = pytest.approx
TOL = {"rel": 1e-9, "abs": 1e-9}
SURE = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
NAN = math.nan
ratings = st.lists(st.sampled_from([*SURE, 0.0, 0.1, 0.2, 0.3, 0.4]), min_size=1, max_size=40)
pairs = st.lists(st.tuples(st.sampled_from(SURE), st.booleans()), min_size=1, max_size=60)
scores = st.lists(st.integers(0, 20), min_size=2, max_size=40)


@settings(deadline=None)
@given(ratings, ratings)
def test_area_is_that_of_scikit_learn(sound, unsound):
    known = roc_auc_score([1] * len(sound) + [0] * len(unsound), [*sound, *unsound])
    assert m.area_under_roc(sound, unsound) == NEAR(known, **TOL)


def test_area_by_hand():
    assert m.area_under_roc([0.9, 0.8], [0.1, 0.8]) == (1 + 1 + 1 + 0.5) / 4
    assert m.area_under_roc([0.1], [0.9]) == 0


@settings(deadline=None)
@given(pairs)
def test_brier_and_its_parts(given_pairs):
    parts = m.brier_parts(given_pairs)
    sure, right = zip(*given_pairs, strict=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a set with one outcome only
        known = brier_score_loss(right, sure, pos_label=True) if len(set(right)) > 1 else None
    assert parts.score == NEAR(brier(given_pairs), **TOL)
    assert known is None or parts.score == NEAR(known, **TOL)
    assert parts.score == NEAR(parts.reliability - parts.resolution + parts.uncertainty, **TOL)


def test_brier_parts_by_hand():
    # Sure of 0.9 and right twice of four; sure of 0.6 and right both times.
    parts = m.brier_parts([(0.9, True), (0.9, True), (0.9, False), (0.9, False),
                           (0.6, True), (0.6, True)])  # fmt: skip
    assert parts.reliability == NEAR((4 * 0.4**2 + 2 * 0.4**2) / 6, **TOL)
    assert parts.resolution == NEAR((4 * (1 / 6) ** 2 + 2 * (1 / 3) ** 2) / 6, **TOL)
    assert parts.uncertainty == NEAR(2 / 3 * 1 / 3, **TOL)


@settings(deadline=None)
@given(pairs)
def test_calibration_error_by_numpy(given_pairs):
    bins = [one for one in calibration(given_pairs) if one.n]
    n = np.array([one.n for one in bins])
    gap = np.abs([one.share - one.mean_confidence for one in bins])
    assert m.expected_calibration_error(given_pairs) == NEAR(np.average(gap, weights=n), **TOL)


@pytest.mark.parametrize("df", [1, 2, 3, 9, 24, 99, 1000, 99_999])
def test_student_is_scipys(df):
    for level in (0.5, 0.8, 0.9, 0.95, 0.99, 0.999):
        known = stats.t.ppf((1 + level) / 2, df)
        assert m.t_quantile(level, df) == NEAR(known, **TOL)
    for t in (0, 0.01, 0.7, 2, 9, 40):
        assert m.t_tail(t, df) == NEAR(stats.t.sf(t, df), rel=1e-9, abs=1e-15)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=2, max_size=40))
def test_paired_difference_is_scipys(both):
    before, after = zip(*both, strict=True)
    change = np.subtract(after, before)
    found = m.paired_difference(before, after)
    assert found.estimate == NEAR(change.mean(), **TOL)
    if change.std() > 0:
        low, high = stats.ttest_rel(after, before).confidence_interval(0.95)
        assert (found.low, found.high) == (NEAR(low, **TOL), NEAR(high, **TOL))
    else:
        assert found.low == found.high == found.estimate


@pytest.mark.parametrize(("n", "resamples"), [(5, 500), (30, 4000), (3000, 1000)])
def test_bootstrap_is_scipys_with_the_same_draws(n, resamples):
    chance = random.Random(n)
    before = [chance.randint(0, 20) for _ in range(n)]
    after = [chance.randint(3, 20) for _ in range(n)]
    known = stats.bootstrap(
        (np.subtract(after, before),), np.mean, method="percentile", n_resamples=resamples,
        confidence_level=1 - 2 * stats.norm.cdf(stats.t.ppf(0.025, n - 1) * math.sqrt(n / (n - 1))),
        rng=np.random.default_rng(7),
        batch=m._BOOTSTRAP_CELLS // n,
    ).confidence_interval  # fmt: skip
    found = m.bootstrap_difference(before, after, resamples=resamples, seed=7)
    assert (found.low, found.high) == (NEAR(known.low, **TOL), NEAR(known.high, **TOL))
    assert found == m.bootstrap_difference(before, after, resamples=resamples, seed=7)


def test_gain_of_class_means():
    assert m.normalised_gain(0.4, 0.7) == NEAR(0.5, **TOL)
    assert m.normalised_gain(8, 5, most=20) == NEAR(-0.25, **TOL)
    assert m.normalised_gain(1, 1) is None


def test_kr20_is_cronbachs_alpha_of_right_and_wrong():
    chance = np.random.default_rng(3)
    able = chance.normal(size=(80, 1))
    answers = (able + chance.normal(size=(80, 20))) > 0.2
    k = answers.shape[1]
    alpha = k / (k - 1) * (1 - answers.var(0, ddof=1).sum() / answers.sum(1).var(ddof=1))
    assert m.kr20(answers.tolist()) == NEAR(alpha, **TOL)
    assert m.kr20([[True, False], [True, False]]) is None


@settings(deadline=None)
@given(st.data(), scores)
def test_point_biserial_is_scipys(data, values):
    right = data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values)))
    found = m.point_biserial(right, values)
    if len(set(right)) == 1 or len(set(values)) == 1:
        assert found is None
    else:
        assert found == NEAR(stats.pointbiserialr(right, values).statistic, **TOL)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1))
def test_kappa_is_scikit_learns(rated):
    first, second = zip(*rated, strict=True)
    found = cohen_kappa(rated)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one word only: 0 / 0
        known = cohen_kappa_score(first, second)
    assert found is None if math.isnan(known) else found == NEAR(known, **TOL)


@settings(deadline=None)
@given(st.integers(1, 60), st.data())
def test_intervals_of_shares_are_those_of_statsmodels(n, data):
    k, j = data.draw(st.integers(0, n)), data.draw(st.integers(0, n))
    known = proportion.proportion_confint(k, n, method="wilson")
    assert tuple(wilson_interval(k, n)) == NEAR(known, **TOL)
    ends = proportion.confint_proportions_2indep(k, n, j, n, method="newcomb", compare="diff")
    assert tuple(two_proportion_difference(k, n, j, n))[1:] == NEAR(ends, **TOL)


BAD = [
    (m.area_under_roc, ([], [0.5])),
    (m.area_under_roc, ([0.5], [])),
    (m.area_under_roc, ([NAN], [0.5])),
    (m.area_under_roc, ([0.5], ["0.5"])),
    (m.area_under_roc, ([True], [0.5])),
    (m.brier_parts, ([],)),
    (m.brier_parts, ([(0.4, True)],)),
    (m.brier_parts, ([(0.7, 2)],)),
    (m.expected_calibration_error, ([],)),
    (m.expected_calibration_error, ([(NAN, True)],)),
    (m.normalised_gain, (-0.1, 0.5)),
    (m.normalised_gain, (0.1, 1.5)),
    (m.normalised_gain, (0.0, 0.0, 0.0)),
    (m.normalised_gain, (NAN, 0.5)),
    (m.paired_difference, ([1], [2])),
    (m.paired_difference, ([1, 2], [2])),
    (m.paired_difference, ([1, NAN], [2, 3])),
    (m.paired_difference, ([1, 2], [2, 3], 1.0)),
    (m.bootstrap_difference, ([1, 2], [2, 3], 0)),
    (m.bootstrap_difference, ([1, math.inf], [2, 3])),
    (m.kr20, ([],)),
    (m.kr20, ([[True, False]],)),
    (m.kr20, ([[True], [False]],)),
    (m.kr20, ([[True, False], [True]],)),
    (m.kr20, ([[True, 2], [True, False]],)),
    (m.point_biserial, ([True], [1])),
    (m.point_biserial, ([True, False], [1])),
    (m.point_biserial, ([True, 3], [1, 2])),
    (m.point_biserial, ([True, False], [1, NAN])),
]


@pytest.mark.parametrize(("function", "arguments"), BAD)
def test_what_cannot_be_reckoned_is_refused(function, arguments):
    with pytest.raises(ValueError, match=r"must|needs|has|outside"):
        function(*arguments)


def test_too_few_resamples_are_refused():
    with pytest.raises(ValueError, match="at least 100"):
        m.bootstrap_difference([1, 2], [2, 3], resamples=99)
