"""A thousand people: the counts add up, agree with Bayes' rule, and luck averages out to them."""

from __future__ import annotations

import statistics
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.base_rate import PEOPLE, Counts, counts, draw, exact, nearest

have_some = st.integers(0, PEOPLE)
percents = st.decimals(0, 100, places=1).map(float)


def test_glim_to_the_person():
    glim = counts(50, 90, 30)
    assert glim == Counts(caught=45, missed=5, alarms=285, cleared=665)
    assert (glim.fit, glim.percent) == (330, 14)
    assert (glim.unfit, glim.missed_percent) == (670, 1)


@given(have_some, percents, percents)
def test_the_four_groups_are_everybody_and_nobody_twice(have, catches, wrongly):
    one = counts(have, catches, wrongly)
    assert min(one.caught, one.missed, one.alarms, one.cleared) >= 0
    assert one.people == PEOPLE
    assert (one.have, one.without) == (have, PEOPLE - have)
    assert one.fit + one.unfit == PEOPLE


@given(have_some, percents, percents)
def test_each_group_is_within_half_a_person_of_its_rate(have, catches, wrongly):
    one = counts(have, catches, wrongly)
    half = Fraction(1, 2)
    assert abs(one.caught - have * exact(catches) / 100) <= half
    assert abs(one.alarms - (PEOPLE - have) * exact(wrongly) / 100) <= half


@given(st.integers(1, 999), st.integers(1, 100), st.integers(1, 100))
def test_the_share_is_bayes_rule(have, catches, wrongly):
    # 100,000 times as many people, so that no person has to be rounded
    one = counts(have * 100, catches, wrongly, people=PEOPLE * 100)
    prior = Fraction(have, PEOPLE)
    fits = prior * catches / 100 + (1 - prior) * wrongly / 100
    assert one.share == prior * catches / 100 / fits


@given(have_some, percents, percents)
def test_a_list_that_fits_everyone_alike_tells_nothing(have, catches, wrongly):
    same = counts(have * 1000, catches, catches, people=PEOPLE * 1000)
    if same.fit:
        assert same.share == Fraction(have, PEOPLE)


@given(st.integers(1, 500), st.integers(1, 99), st.integers(2, 100))
def test_the_share_falls_as_more_fit_wrongly_and_rises_with_how_common_it_is(
    have, catches, wrongly
):
    one = counts(have, catches, wrongly, people=100 * PEOPLE)
    fewer = counts(have, catches, wrongly - 1, people=100 * PEOPLE)
    commoner = counts(2 * have, catches, wrongly, people=100 * PEOPLE)
    if one.caught:
        assert fewer.share >= one.share
        assert commoner.share >= one.share


def test_nobody_fits():
    none = counts(0, 50, 0)
    assert none.share is None and none.percent is None
    assert counts(1000, 100, 0).missed_percent is None


def test_a_half_goes_up_and_a_written_number_is_taken_as_written():
    assert [nearest(Fraction(one, 2)) for one in (25, 27)] == [13, 14]
    assert exact(0.1) == Fraction(1, 10)
    assert counts(2, 100, 6).alarms == 60  # 59.88


@pytest.mark.parametrize(
    ("have", "catches", "wrongly", "said"),
    [
        (1001, 90, 30, "have is 1001"),
        (-1, 90, 30, "have is -1"),
        (50, 101, 30, "catches is 101"),
        (50, 90, -0.5, "wrongly is -0.5"),
    ],
)
def test_what_cannot_be_is_refused(have, catches, wrongly, said):
    with pytest.raises(ValueError, match=said):
        counts(have, catches, wrongly)


def test_a_seed_draws_the_same_people_again_and_another_draws_others():
    assert draw(50, 90, 30, seed=4) == draw(50, 90, 30, seed=4)
    assert draw(50, 90, 30, seed=4) != draw(50, 90, 30, seed=5)
    assert draw(50, 90, 30, seed=4)["people"] == PEOPLE


def test_many_draws_average_out_to_the_counts():
    runs = [draw(50, 90, 30, seed=seed) for seed in range(200)]
    for name, expected in counts(50, 90, 30).row().items():
        if not name.endswith("percent"):
            middle = statistics.mean(one[name] for one in runs)
            spread = statistics.pstdev([one[name] for one in runs])
            assert abs(middle - expected) <= 4 * spread / len(runs) ** 0.5 + 1e-9, name
    assert {one["people"] for one in runs} == {PEOPLE}
