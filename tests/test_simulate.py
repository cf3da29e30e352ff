"""Invented classes: what they hold, how often an interval holds the truth, what a report says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from scipy import integrate, stats

from a_class import Kept, plain_forms  # noqa: F401  (a fixture)
from secondlook import forms, measures
from secondlook.classroom import analysis, findings, simulate, tally, trials
from secondlook.classroom.simulate import CLASSES, Model
from secondlook.classroom.summary import summarise
from secondlook.learner_code import is_code

pytestmark = pytest.mark.usefixtures("plain_forms")

SEED = 20260901
CLASSES_TRIED = 1000


def kept(sheets):
    return [Kept(f"{one.learner} {one.occasion}", one) for one in sheets]


# --- what a class holds --------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_class_and_another_another():
    model = simulate.named("discerning")
    first = simulate.class_sheets(model, 3)
    assert first == simulate.class_sheets(model, 3)
    assert first != simulate.class_sheets(model, 4)


@pytest.mark.parametrize("name", CLASSES)
def test_every_answer_is_one_that_its_item_takes(name):
    model = replace(simulate.named(name), later=True)
    sheets = simulate.class_sheets(model, 5)
    assert len(sheets) == 75
    for one in sheets:
        assert is_code(one.learner) and one.finished and one.edition == 1
        form = forms.form(one.form)
        assert all(forms.accepts(form.item(key), answer) for key, answer in one.answers.items())
        assert one.form == forms.form_for(one.occasion, one.learner, {})
    assert len({one.learner for one in sheets}) == 25
    assert len({one.form for one in sheets if one.occasion == "before"}) == 2


def test_who_is_absent_and_what_is_missing_is_left_out():
    model = Model(learners=2000, absent=0.2, missing=0.25, later=True)
    sheets = simulate.class_sheets(model, 6)
    assert len(sheets) / 6000 == pytest.approx(0.8, abs=0.02)
    assert np.mean([len(one.answers) for one in sheets]) / 40 == pytest.approx(0.75, abs=0.01)


def test_a_careless_class_answers_at_random():
    model = Model(learners=2000, careless=1, missing=0, known_before=1, gain=5)
    tests = tally.tables(simulate.many_marks(model, [""], 7))["tests"]
    assert tests[["trusted_sound", "trusted_unsound"]].to_numpy().mean() == pytest.approx(
        5, abs=0.1
    )
    assert tests["d_prime"].mean() == pytest.approx(0, abs=0.05)
    assert tests["auc"].mean() == pytest.approx(0.5, abs=0.01)
    assert tests["right"].mean() == pytest.approx(10 + 5, abs=0.2)


def test_who_knows_everything_gets_it_right_and_sureness_follows_the_distance():
    sharp = Model(learners=200, d_before=8, d_spread=0, c_before=0, c_spread=0, careless=0,
                  missing=0, known_before=1, known_after=1, gain_spread=0, shift_spread=0)  # fmt: skip
    tests = tally.tables(simulate.many_marks(sharp, [""], 8))["tests"]
    assert (tests["right"] == 40).mean() > 0.99
    assert tests["brier"].max() < 0.02


def test_with_sureness_equal_to_discernment_the_class_is_calibrated():
    model = Model(learners=5000, d_before=1.5, d_spread=0, c_before=0, c_spread=0, careless=0,
                  missing=0, gain_spread=0, shift_spread=0, sureness=1.5)  # fmt: skip
    sure = (
        tally.tables(simulate.many_marks(model, [""], 9))["sureness"]
        .groupby("sure")[["n", "n_right"]]
        .sum()
    )
    share = sure["n_right"] / sure["n"]
    assert np.allclose(share, share.index.to_numpy() / 100, atol=0.035)


BAD = {
    "no learners": {"learners": 0},
    "too many": {"learners": 10_001},
    "half a learner": {"learners": 2.5},
    "a share above 1": {"careless": 1.2},
    "a negative share": {"absent": -0.1},
    "most of it missing": {"missing": 0.6},
    "no number": {"gain": float("nan")},
    "a negative spread": {"c_spread": -1.0},
    "a negative sureness": {"sureness": -1.0},
}


@pytest.mark.parametrize("given", BAD.values(), ids=BAD)
def test_a_class_that_cannot_be_is_refused(given):
    with pytest.raises(ValueError, match="must"):
        Model(**given)


def test_a_name_that_no_class_has_is_refused():
    with pytest.raises(ValueError, match="there is no class 'perfect'; there are discerning"):
        simulate.named("perfect")


# --- the expected change -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "model",
    [*CLASSES.values(), Model(gain=0.5, shift=0.3, missing=0.15, careless=0.2, learners=10)],
    ids=[*CLASSES, "with much left out"],
)
def test_the_expected_change_is_what_many_classes_have_on_average(model):
    truth = trials.expected_change(model)
    found = trials.changes(replace(model, learners=100), 400, 12)
    for name, change in found.items():
        error = change.std() / np.sqrt(change.size)
        assert abs(change.mean() - truth[name]) < 4 * error, name


def test_the_expected_change_agrees_with_an_integration_by_scipy(monkeypatch):
    monkeypatch.setattr(simulate, "PUSH", 0.0)  # then a count is binomial
    model = Model(gain=0.7, shift=0.4, careless=0.1, missing=0.0)

    def z(middle, spread):
        counts = np.arange(11)
        corrected = stats.norm.ppf((counts + 0.5) / 11)

        def at(u):
            chance = stats.binom.pmf(counts, 10, stats.norm.cdf(u))
            return chance @ corrected * stats.norm.pdf(u, middle, spread)

        mean = integrate.quad(at, middle - 9 * spread, middle + 9 * spread, epsabs=1e-12)[0]
        return 0.9 * mean  # a careless learner's expected z is 0, by symmetry

    first = np.hypot(model.d_spread / 2, model.c_spread)
    second = np.sqrt(first**2 + model.gain_spread**2 / 4 + model.shift_spread**2)
    d0, c0, d1, c1 = 0.8, -0.2, 1.5, 0.2
    before = z(d0 / 2 - c0, first) - z(-d0 / 2 - c0, first)
    after = z(d1 / 2 - c1, second) - z(-d1 / 2 - c1, second)
    assert trials.expected_change(model)["d_prime"] == pytest.approx(after - before, abs=1e-9)


# --- intervals -----------------------------------------------------------------------------------


def test_many_intervals_at_once_are_those_of_one_class_at_a_time():
    change = trials.changes(CLASSES["discerning"], 20, 13)["d_prime"]
    many = trials.t_intervals(change), trials.bootstrap_intervals(change)
    for place, one in enumerate(change):
        zeros = [0.0] * len(one)
        single = measures.paired_difference(zeros, one), measures.bootstrap_difference(zeros, one)
        for all_of_them, alone in zip(many, single, strict=True):
            found = [all_of_them.estimate[place], all_of_them.low[place], all_of_them.high[place]]
            assert found == pytest.approx([alone.estimate, alone.low, alone.high], abs=1e-9)


@pytest.mark.parametrize("name", CLASSES)
def test_95_percent_intervals_hold_the_truth_95_times_in_100(name):
    """Over 1,000 classes of 25; a share of 0.95 has a standard error of 0.007."""
    found = trials.coverage(CLASSES[name], CLASSES_TRIED, SEED)
    assert set(found) == set(trials.MEASURES)
    shares = {
        (measure, kind): share for measure, both in found.items() for kind, share in both.items()
    }
    assert {key: share for key, share in shares.items() if not 0.93 <= share <= 0.97} == {}


def test_plain_percentiles_would_not(monkeypatch):
    monkeypatch.setattr(measures, "bootstrap_tail", lambda confidence, n: (1 - confidence) / 2)
    found = trials.coverage(CLASSES["discerning"], CLASSES_TRIED, SEED)
    assert found["d_prime"]["bootstrap"] < 0.937
    assert found["d_prime"]["bootstrap"] < found["d_prime"]["t"]


# --- what the report says ------------------------------------------------------------------------


SAID = {  # which words are right for a class, and how often they must come, of 100 classes
    "discerning": ({"discerning", "both", "trusting"}, 97),
    "cynical": ({"cynical"}, 93),
    "credulous": ({"credulous"}, 93),
    "unchanged": ({"no-change"}, 85),  # two intervals of 95% are both right 90 times in 100
}


@pytest.mark.parametrize("name", SAID)
def test_the_report_calls_a_class_what_it_is(name):
    right, least = SAID[name]
    told: Counter[str] = Counter()
    for marks in by_class(simulate.named(name), 100):
        one = analysis.analyse(summarised(marks), resamples=100)
        told[findings.findings(one)[0].id] += 1
    assert sum(told[one] for one in right) >= least, told


def by_class(model, classes):
    """The tests of each of so many classes, drawn one after the other."""
    for seed in range(SEED, SEED + classes):
        yield list(simulate.many_marks(model, [""], seed))


def summarised(marks):
    empty = summarise([])
    return replace(empty, **tally.tables(marks))


def test_a_class_by_sheets_is_the_class_by_arrays():
    model = simulate.named("cynical")
    one = summarise(kept(simulate.class_sheets(model, 21)))
    other = tally.tables(simulate.many_marks(model, [""], 21))
    for name, table in other.items():
        keys = [
            key for key in ("form", "learner", "occasion", "item", "option", "sure") if key in table
        ]
        left, right = (
            frame.sort_values(keys).reset_index(drop=True)[list(table.columns)]
            for frame in (getattr(one, name), table)
        )
        assert left.equals(right), name
