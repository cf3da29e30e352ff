"""A class of invented learners, to rehearse the class report with and to test it on.

The model is the equal-variance Gaussian one of signal detection. A post leaves an impression
x ~ N(d'/2, 1) if it is sound and N(-d'/2, 1) if it is not; who finds x above their criterion c
trusts it. So P(trust | sound) = Phi(d'/2 - c) and P(trust | unsound) = Phi(-d'/2 - c). Sources:
Green & Swets 1966, Signal Detection Theory and Psychophysics (Wiley); Stanislaw & Todorov 1999,
Behavior Research Methods, Instruments, & Computers 31:137-149, doi 10.3758/BF03207704.

Each post adds a small push of its own to every impression (some are easier to trust), the same in
every class. A sureness grows with the distance from the criterion by the logistic of the
likelihood ratio (Green & Swets): p = 1 / (1 + exp(-sureness x |x - c|)), in tens of
percent. With ``sureness`` equal to d' and c = 0 that is exactly calibrated; above it, too sure. A
question is known with a chance that grows with a learner's discernment, and else guessed among
its options. A careless learner answers at random, both times.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from secondlook import forms
from secondlook.classroom import tally
from secondlook.learner_code import ANIMALS, PLANTS

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

PUSH = 0.2  # standard deviation of what a post adds to every impression, in units of d'
ABILITY = 0.5  # how far knowing the questions goes with discernment
CODES = len(PLANTS) * len(ANIMALS) * 90  # two learners of one class never share a code
_NORMAL = NormalDist()


@dataclass(frozen=True)
class Model:
    """What the invented learners of a class are like. Units of ``d_*`` and ``c_*`` are d' and c.

    Attributes:
        learners: how many there are, 1 to 10,000.
        d_before: mean d' before the course.
        d_spread: standard deviation of that over learners.
        gain: mean change of d' from before to after.
        gain_spread: standard deviation of the change.
        c_before: mean criterion before; above 0 leans to distrust.
        c_spread: standard deviation of that.
        shift: mean change of the criterion.
        shift_spread: standard deviation of the change.
        careless: share of learners who answer at random.
        sureness: how fast sureness grows with the distance from the criterion.
        known_before: share of the 20 questions known before.
        known_after: the same after.
        missing: share of answers left out, at most 0.5.
        absent: share of learners who miss a test, of each test by itself.
        later: whether there is a later test (form C), answered as the one after.
    """

    learners: int = 25
    d_before: float = 0.8
    d_spread: float = 0.4
    gain: float = 0.0
    gain_spread: float = 0.3
    c_before: float = -0.2
    c_spread: float = 0.3
    shift: float = 0.0
    shift_spread: float = 0.2
    careless: float = 0.04
    sureness: float = 1.6
    known_before: float = 0.4
    known_after: float = 0.4
    missing: float = 0.01
    absent: float = 0.0
    later: bool = False

    def __post_init__(self) -> None:
        if isinstance(self.learners, bool) or not isinstance(self.learners, int):
            raise ValueError(f"learners must be a whole number, found {self.learners!r}")
        if not 1 <= self.learners <= 10_000:
            raise ValueError(f"learners must lie between 1 and 10,000, found {self.learners}")
        for name, value in vars(self).items():
            if name not in ("learners", "later") and not np.isfinite(value):
                raise ValueError(f"{name} must be a finite number, found {value!r}")
            if name.endswith("spread") and value < 0:
                raise ValueError(f"{name} must not be negative, found {value}")
        if self.sureness < 0:
            raise ValueError(f"sureness must not be negative, found {self.sureness}")
        for name in ("known_before", "known_after", "careless", "missing", "absent"):
            most = 0.5 if name == "missing" else 1
            if not 0 <= getattr(self, name) <= most:
                raise ValueError(f"{name} must lie between 0 and {most}, found {vars(self)[name]}")


#: Classes to rehearse with, by what became of them.
CLASSES = {
    "discerning": Model(gain=1.0, known_after=0.7),
    "cynical": Model(shift=0.8, known_after=0.5),
    "credulous": Model(shift=-0.8, known_after=0.5),
    "unchanged": Model(),
}


def named(name: str, learners: int = 25) -> Model:
    """One of `CLASSES`, with so many learners.

    Raises:
        ValueError: there is no such class, or such a number of learners.
    """
    if name not in CLASSES:
        raise ValueError(f"there is no class {name!r}; there are {', '.join(CLASSES)}")
    return replace(CLASSES[name], learners=learners)


def pushes(letter: str) -> Floats:
    """What each of the 20 posts of a form adds to an impression, in the form's order.

    Drawn once for all from N(0, `PUSH`) by a hash of the form and of the post's place on its side,
    and made to sum to 0 on either side, so that the forms are equally hard. It says nothing of the
    real post at that place.
    """
    added = np.zeros(forms.POSTS)
    for side in forms.RIGHT_CALL.values():
        posts = [one.right == side for one in forms.form(letter).items[: forms.POSTS]]
        drawn = np.array([
            _NORMAL.inv_cdf(_share(f"{letter} {side} {place}")) for place in range(sum(posts))
        ])  # fmt: skip
        added[posts] = PUSH * (drawn - drawn.mean())
    return added


def _share(text: str) -> float:
    """A number between 0 and 1, never either, that looks random and is always the same."""
    number = int.from_bytes(hashlib.sha256(text.encode()).digest()[:6])
    return (number + 0.5) / 2**48


def codes(learners: int, chance: np.random.Generator) -> list[str]:
    """Learner codes that look like any other, no two alike."""
    made = []
    for number in chance.choice(CODES, learners, replace=False):
        pair, digits = divmod(int(number), 90)
        plant, animal = divmod(pair, len(ANIMALS))
        made.append(f"{PLANTS[plant]}-{ANIMALS[animal]}-{digits + 10}")
    return made


@dataclass(frozen=True)
class Cohort:
    """Invented learners, a row each. ``d`` and ``c`` are of each occasion; units of d' and c."""

    model: Model
    d: Floats  # learners x occasions
    c: Floats
    standing: Floats  # d' before, in standard deviations from the mean
    careless: NDArray[np.bool_]

    def known(self, at: int) -> Floats:
        """The chance that each knows a question at an occasion, by the learner's standing.

        Averaged over learners it is ``known_before`` or ``known_after`` exactly: the mean of
        Phi(a sqrt(1 + s^2) + s z) over a standard normal z is Phi(a).
        """
        share = self.model.known_after if at else self.model.known_before
        if share in (0, 1):
            return np.full(len(self.standing), float(share))
        middle = _NORMAL.inv_cdf(share) * np.hypot(1, ABILITY)
        return normal_share(middle + ABILITY * self.standing)


def cohort(model: Model, learners: int, chance: np.random.Generator) -> Cohort:
    """So many learners of this kind; ``model.learners`` is not looked at."""
    m = model
    standing = chance.standard_normal(learners)
    gain = m.gain + m.gain_spread * chance.standard_normal(learners)
    bias = m.c_before + m.c_spread * chance.standard_normal(learners)
    shift = m.shift + m.shift_spread * chance.standard_normal(learners)
    first = m.d_before + m.d_spread * standing
    return Cohort(
        model=m,
        d=np.stack([first, first + gain, first + gain], axis=1),
        c=np.stack([bias, bias + shift, bias + shift], axis=1),
        standing=standing,
        careless=chance.random(learners) < m.careless,
    )


def answers(
    group: Cohort, rows: Ints, letter: str, at: int, chance: np.random.Generator
) -> tuple[Ints, Ints]:
    """What some learners of a cohort pick on one form, and how sure they are.

    Arguments:
        group: the cohort.
        rows: which of its learners.
        letter: of the form.
        at: which of `forms.OCCASIONS`.
        chance: where the random numbers come from.

    Returns:
        ``picked`` and ``sure`` as in `tally.Marks`.
    """
    items = forms.form(letter).items
    posts, questions = items[: forms.POSTS], items[forms.POSTS :]
    side = np.array([0.5 if one.right == "trust" else -0.5 for one in posts])
    d, c, careless = group.d[rows, at, None], group.c[rows, at, None], group.careless[rows, None]
    size = (len(rows), len(posts))
    away = chance.standard_normal(size) + d * side + pushes(letter) - c
    level = 10 * np.rint(10 / (1 + np.exp(-group.model.sureness * np.abs(away))))
    trusts = np.where(careless, chance.random(size) < 0.5, away > 0)
    sure = np.where(careless, 50 + 10 * chance.integers(0, len(forms.SURE), size), level)
    picked = [np.where(trusts, tally.TRUST, tally.QUESTION)]
    known = np.where(careless[:, 0], 0.0, group.known(at)[rows])
    for question in questions:
        right = question.options.index(question.right)
        knows = chance.random(len(rows)) < known
        guess = chance.integers(0, len(question.options), len(rows))
        tempted = ~careless[:, 0] & (chance.random(len(rows)) < 0.5) & (guess != right)
        guess[tempted] = _tempting(question, right)
        picked.append(np.where(knows, right, guess)[:, None])
    everything = np.concatenate(picked, axis=1)
    everything[chance.random(everything.shape) < group.model.missing] = tally.LEFT_OUT
    return everything.astype(np.int64), sure.astype(np.int64)


def _tempting(question: forms.TestItem, right: int) -> int:
    """The wrong option that more learners fall for than for the others."""
    wrong = [place for place in range(len(question.options)) if place != right]
    return wrong[int(_share(question.id) * len(wrong))]


def normal_share(z: Floats) -> Floats:
    """The standard normal distribution function of each number."""
    flat = [math.erfc(-one / math.sqrt(2)) / 2 for one in z.ravel().tolist()]
    return np.array(flat).reshape(z.shape)


def many_marks(
    model: Model,
    class_names: Sequence[str],
    seed: int,
    days: Sequence[str] = ("", "", ""),
) -> Iterator[tally.Marks]:
    """Whole classes, as arrays: the answers of the class at each occasion on each form.

    Arguments:
        model: what every class is like.
        class_names: one for each class, which has ``model.learners`` learners.
        seed: of the random numbers; the same seed gives the same answers.
        days: saved, as YYYY-MM-DD, of each occasion.
    """
    chance = np.random.default_rng(seed)
    names = [name for name in class_names for _ in range(model.learners)]
    learners = [code for _ in class_names for code in codes(model.learners, chance)]
    group = cohort(model, len(names), chance)
    begins_with_b = np.array([forms.order_for(one)[0] == "B" for one in learners])
    for at, occasion in enumerate(forms.OCCASIONS[: 3 if model.later else 2]):
        there = chance.random(len(names)) >= model.absent
        for letter in ("C",) if occasion == "later" else ("A", "B"):
            takes = (
                there if letter == "C" else there & ((letter == "B") == begins_with_b ^ bool(at))
            )
            rows = np.flatnonzero(takes)
            if not len(rows):
                continue
            picked, sure = answers(group, rows, letter, at, chance)
            yield tally.Marks(
                form=letter,
                class_name=[names[row] for row in rows],
                learner=[learners[row] for row in rows],
                occasion=[occasion] * len(rows),
                saved=[days[at]] * len(rows),
                finished=[True] * len(rows),
                picked=picked,
                sure=sure,
            )


def sheets(marks: tally.Marks) -> Iterator[tuple[str, str, forms.TestSheet]]:
    """Arrays as sheets: class name, day saved, and what one learner answered."""
    form = forms.form(marks.form)
    for row, learner in enumerate(marks.learner):
        given: dict[str, forms.Record] = {}
        for column, item in enumerate(form.items):
            place = int(marks.picked[row, column])
            if place == tally.LEFT_OUT:
                continue
            option = item.options[place]
            if item.part == "post":
                given[item.id] = {"call": option, "sure": int(marks.sure[row, column])}
            else:
                given[item.id] = {"pick": option}
        yield (
            marks.class_name[row],
            marks.saved[row],
            forms.TestSheet(
                learner, marks.occasion[row], marks.form, form.edition, given, marks.finished[row]
            ),
        )


def class_sheets(model: Model, seed: int) -> list[forms.TestSheet]:
    """The tests of one invented class, by learner and then by occasion."""
    made = [sheet for marks in many_marks(model, [""], seed) for _, _, sheet in sheets(marks)]
    return sorted(made, key=lambda one: (one.learner, forms.OCCASIONS.index(one.occasion)))
