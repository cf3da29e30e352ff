"""The arithmetic of scoring, against worked cases and published examples."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook import scoring
from secondlook.scoring import (
    brier,
    calibration,
    criterion,
    d_prime,
    rates,
    two_proportion_difference,
    two_sided,
    wilson_interval,
)

NAN = float("nan")


@pytest.mark.parametrize(
    ("sound", "unsound", "expected_d", "expected_c"),
    [(7, 5, 0.47, -0.24), (3, 1, 0.62, 0.78), (9, 7, 0.62, -0.78), (8, 2, 1.50, 0.00)],
)
def test_worked_cases_of_ten_and_ten(sound, unsound, expected_d, expected_c):
    assert round(d_prime(sound, 10, unsound, 10), 2) == expected_d
    assert round(criterion(sound, 10, unsound, 10), 2) == expected_c


def test_rates_are_log_linear_and_never_0_or_1():
    assert rates(0, 10, 10, 10) == (0.5 / 11, 10.5 / 11)
    assert math.isfinite(d_prime(10, 10, 0, 10))


def test_d_prime_has_the_right_sign():
    # A learner who trusts only sound posts is good, the reverse is bad.
    assert d_prime(9, 10, 1, 10) > 0 > d_prime(1, 10, 9, 10)
    assert d_prime(5, 10, 5, 10) == 0


def test_criterion_tells_cynic_from_believer():
    assert criterion(1, 10, 0, 10) > 0 > criterion(10, 10, 9, 10)


BAD_COUNTS = [
    (11, 10, 0, 10),
    (0, 10, 11, 10),
    (-1, 10, 0, 10),
    (0, 10, 0, -1),
    (0, 0, 0, 10),
    (0, 10, 0, 0),
    (NAN, 10, 0, 10),
    (5.0, 10, 0, 10),
    (True, 10, 0, 10),
    ("5", 10, 0, 10),
    (None, 10, 0, 10),
]


@pytest.mark.parametrize("counts", BAD_COUNTS)
@pytest.mark.parametrize("function", [rates, d_prime, criterion])
def test_bad_counts_are_refused(function, counts):
    with pytest.raises(ValueError):
        function(*counts)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((7, 8, 2, 8), "You trusted 7 of 8 sound posts and questioned 6 of 8 unsound ones."),
        ((1, 2, 1, 2), "You trusted 1 of 2 sound posts and questioned 1 of 2 unsound ones."),
        ((0, 4, 4, 4), "You trusted none of the 4 sound posts and questioned none of the 4 unsound"
         " ones."),
        ((4, 4, 0, 4), "You trusted all 4 sound posts and questioned all 4 unsound ones."),
        ((1, 1, 0, 1), "You trusted the one sound post and questioned the one unsound post."),
        ((0, 1, 1, 1), "You did not trust the one sound post and did not question the one unsound"
         " post."),
        ((3, 4, 0, 0), "You trusted 3 of 4 sound posts."),
        ((0, 0, 1, 3), "You questioned 2 of 3 unsound posts."),
        ((0, 0, 0, 0), "You have not judged a post yet."),
    ],
)  # fmt: skip
def test_two_sided_says_both_sides(counts, sentence):
    assert two_sided(*counts).sentence == sentence


def test_two_sided_keeps_the_counts():
    result = two_sided(7, 8, 2, 8)
    assert (result.trusted_sound, result.n_sound) == (7, 8)
    assert (result.questioned_unsound, result.n_unsound) == (6, 8)
    with pytest.raises(AttributeError):
        result.n_sound = 9


@pytest.mark.parametrize("counts", [(9, 8, 0, 8), (0, 8, 9, 8), (-1, 8, 0, 8), (NAN, 8, 0, 8)])
def test_two_sided_refuses_bad_counts(counts):
    with pytest.raises(ValueError):
        two_sided(*counts)


def test_calibration_bins():
    table = calibration([(0.5, True), (0.59, False), (0.7, True), (0.9, True), (1, False)])
    assert [(row.low, row.high, row.n, row.right) for row in table] == [
        (50, 59, 2, 1),
        (60, 69, 0, 0),
        (70, 79, 1, 1),
        (80, 89, 0, 0),
        (90, 100, 2, 1),
    ]
    assert table[0].share == 0.5 and table[1].share is None
    assert table[4].mean_confidence == pytest.approx(0.95)
    assert all(row.n == 0 for row in calibration([]))


@pytest.mark.parametrize("percent", range(50, 101))
def test_every_whole_percent_falls_in_its_own_bin(percent):
    (row,) = [row for row in calibration([(percent / 100, True)]) if row.n]
    assert row.low <= percent <= row.high


def test_brier_score():
    assert brier([(1, True)]) == 0
    assert brier([(1, False)]) == 1
    assert brier([(0.5, True), (0.5, False)]) == 0.25
    assert brier([(0.8, True), (0.6, False)]) == pytest.approx((0.04 + 0.36) / 2)


@pytest.mark.parametrize("confidence", [0.49, 1.01, 80, 0, -1, NAN, math.inf, "0.8", None, True])
@pytest.mark.parametrize("function", [calibration, brier])
def test_bad_confidence_is_refused(function, confidence):
    with pytest.raises(ValueError, match=r"0\.5 to 1"):
        function([(0.8, True), (confidence, True)])


@pytest.mark.parametrize("right", [2, None, "yes", NAN])
def test_bad_outcome_is_refused(right):
    with pytest.raises(ValueError, match="True or False"):
        brier([(0.8, right)])


def test_brier_of_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        brier([])


# Score method without continuity correction; Newcombe 1998, Statistics in Medicine 17:857-872.
@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_reproduces_published_intervals(k, n, low, high):
    found = wilson_interval(k, n)
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


def test_wilson_ends_are_exact():
    assert wilson_interval(0, 7).low == 0
    assert wilson_interval(7, 7).high == 1
    assert wilson_interval(3, 10, 0.99).low < wilson_interval(3, 10, 0.8).low


# Method 10 in Newcombe 1998, Statistics in Medicine 17:873-890.
@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [((56, 70, 48, 80), 0.0524, 0.3339), ((9, 10, 3, 10), 0.1705, 0.8090)],
)
def test_newcombe_reproduces_published_intervals(counts, low, high):
    found = two_proportion_difference(*counts)
    k1, n1, k2, n2 = counts
    assert found.estimate == pytest.approx(k1 / n1 - k2 / n2)
    assert found.low == pytest.approx(low, abs=1e-4)
    assert found.high == pytest.approx(high, abs=1e-4)


@pytest.mark.parametrize("bad", [(3, 2), (-1, 2), (0, 0), (NAN, 2), (1.5, 2), ("1", 2), (True, 2)])
def test_intervals_refuse_bad_counts(bad):
    with pytest.raises(ValueError):
        wilson_interval(*bad)
    with pytest.raises(ValueError):
        two_proportion_difference(*bad, 1, 2)
    with pytest.raises(ValueError):
        two_proportion_difference(1, 2, *bad)


@pytest.mark.parametrize("level", [0, 1, 95, -0.5, NAN, "0.95"])
def test_intervals_refuse_bad_levels(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        wilson_interval(1, 2, level)
    with pytest.raises(ValueError, match="between 0 and 1"):
        two_proportion_difference(1, 2, 1, 2, level)


@given(st.integers(1, 5000), st.data())
def test_wilson_holds_the_share_and_narrows(n, data):
    k = data.draw(st.integers(0, n))
    low, high = wilson_interval(k, n)
    assert 0 <= low <= k / n <= high <= 1
    wide = wilson_interval(10 * k, 10 * n)
    assert wide.high - wide.low < high - low


@given(st.integers(1, 300), st.integers(1, 300), st.data())
def test_difference_is_antisymmetric(n1, n2, data):
    k1, k2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    there = two_proportion_difference(k1, n1, k2, n2)
    back = two_proportion_difference(k2, n2, k1, n1)
    assert there.low == pytest.approx(-back.high) and there.high == pytest.approx(-back.low)
    assert -1 <= there.low <= there.estimate <= there.high <= 1


def test_numpy_like_counts_are_accepted():
    class Count:
        def __init__(self, value: int) -> None:
            self.value = value

        def __index__(self) -> int:
            return self.value

    assert scoring.wilson_interval(Count(3), Count(10)) == wilson_interval(3, 10)
