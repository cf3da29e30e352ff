"""Agreement of two raters: cases worked by hand, another library, and what is refused."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from secondlook.agreement import cohen_kappa, percent_agreement


def pairs_of(table):
    """One pair per item from a square table of counts: rows rater 1, columns rater 2."""
    return [(row, column) for row, counts in enumerate(table)
            for column, count in enumerate(counts) for _ in range(count)]  # fmt: skip


# Worked by hand: p_o from the diagonal, p_e from the margins.
WORKED = [
    # p_o = 35/50 = .70; p_e = .5 x .6 + .5 x .4 = .50; kappa = .20 / .50
    ([[20, 5], [10, 15]], 70, 0.4),
    # the same p_o = .60 with unlike margins: p_e = .6 x .7 + .4 x .3 = .54; kappa = .06 / .46
    ([[45, 15], [25, 15]], 60, 3 / 23),
    # p_e = .6 x .3 + .4 x .7 = .46; kappa = .14 / .54
    ([[25, 35], [5, 35]], 60, 7 / 27),
    # three categories: p_o = .70; p_e = .6 x .5 + .3 x .3 + .1 x .2 = .41; kappa = .29 / .59
    ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], 70, 29 / 59),
    # never the same, both halves alike: p_e = .50; kappa = -.50 / .50
    ([[0, 5], [5, 0]], 0, -1.0),
    # no better than chance: p_o = p_e = .50
    ([[25, 25], [25, 25]], 50, 0.0),
    ([[3, 0, 0], [0, 4, 0], [0, 0, 5]], 100, 1.0),
]


@pytest.mark.parametrize(("table", "percent", "kappa"), WORKED)
def test_cases_worked_by_hand(table, percent, kappa):
    assert percent_agreement(pairs_of(table)) == pytest.approx(percent, abs=1e-12)
    assert cohen_kappa(pairs_of(table)) == pytest.approx(kappa, abs=1e-12)


VERDICT = st.sampled_from(["sound", "unsound", "false", "misleading"])


@given(st.lists(st.tuples(VERDICT, VERDICT), min_size=2, max_size=60))
def test_another_library_says_the_same(pairs):
    ours = cohen_kappa(pairs)
    if len({verdict for pair in pairs for verdict in pair}) == 1:
        assert ours is None
        return
    theirs = cohen_kappa_score(*zip(*pairs, strict=True))
    assert ours == pytest.approx(theirs, abs=1e-9)
    assert ours == cohen_kappa([(two, one) for one, two in pairs])  # neither rater comes first


def test_a_thousand_coins_agree_by_chance_only():
    dice = random.Random(7)
    coins = [(dice.random() < 0.5, dice.random() < 0.5) for _ in range(5000)]
    assert abs(cohen_kappa(coins)) < 0.05


def test_one_who_always_says_the_same_earns_nothing():
    assert cohen_kappa([("sound", "sound"), ("sound", "unsound")]) == 0


def test_one_category_for_everything_has_no_kappa():
    same = [("sound", "sound")] * 12
    assert percent_agreement(same) == 100
    assert cohen_kappa(same) is None


@pytest.mark.parametrize("count", [percent_agreement, cohen_kappa])
def test_nothing_rated_and_half_rated_are_refused(count):
    with pytest.raises(ValueError, match="at least one item"):
        count([])
    with pytest.raises(ValueError, match="has not rated"):
        count([("sound", "sound"), ("sound", None)])
