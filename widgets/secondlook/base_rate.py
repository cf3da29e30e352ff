"""A thousand people and a list: who has a condition, who fits the list, and who does both.

This is the one model of the lesson on base rates. It is Bayes' rule in counts of people, the form
in which most of us can follow it (Gigerenzer & Hoffrage, 1995, doi:10.1037/0033-295X.102.4.684).
The browser computes nothing: it gets these counts for every setting of its dials from Python.

Pure: no file, no clock, and chance only under a seed.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction

PEOPLE = 1000


@dataclass(frozen=True)
class Counts:
    """Four groups of people that add up to all of them.

    ``caught`` have the condition and fit the list, ``missed`` have it and do not fit, ``alarms``
    fit without having it, ``cleared`` neither have it nor fit.
    """

    caught: int
    missed: int
    alarms: int
    cleared: int

    @property
    def people(self) -> int:
        """Everybody."""
        return self.have + self.without

    @property
    def have(self) -> int:
        """Those who have the condition."""
        return self.caught + self.missed

    @property
    def without(self) -> int:
        """Those who do not have it."""
        return self.alarms + self.cleared

    @property
    def fit(self) -> int:
        """Those who fit the list."""
        return self.caught + self.alarms

    @property
    def unfit(self) -> int:
        """Those who do not fit it."""
        return self.missed + self.cleared

    @property
    def share(self) -> Fraction | None:
        """Of those who fit, the share who have it (positive predictive value); None if none fit."""
        return Fraction(self.caught, self.fit) if self.fit else None

    @property
    def percent(self) -> int | None:
        """``share`` in whole percent."""
        return None if self.share is None else nearest(100 * self.share)

    @property
    def missed_percent(self) -> int | None:
        """Of those who do not fit, how many in 100 have it all the same."""
        return nearest(Fraction(100 * self.missed, self.unfit)) if self.unfit else None

    def row(self) -> dict[str, int | None]:
        """Every count by name, for a text or for the browser."""
        names = ("people", "have", "without", "caught", "missed", "alarms", "cleared", "fit",
                 "unfit", "percent", "missed_percent")  # fmt: skip
        return {name: getattr(self, name) for name in names}


def nearest(value: Fraction) -> int:
    """The nearest whole number; a half goes up, so that it does the same for 12.5 and 13.5."""
    return int((value + Fraction(1, 2)).__floor__())


def exact(value: float | int | str) -> Fraction:
    """A number as it is written: 0.1 is a tenth, not the binary fraction next to it."""
    return Fraction(str(value))


def counts(have: float, catches: float, wrongly: float, people: int = PEOPLE) -> Counts:
    """The four groups, to the person.

    Arguments:
        have: how many of all the people have the condition (rounded to a whole person).
        catches: of every 100 who have it, how many fit the list (sensitivity in percent).
        wrongly: of every 100 who do not, how many fit it all the same (100 - specificity).
        people: how many there are.

    Raises:
        ValueError: a number is out of its range.
    """
    ill = nearest(exact(have))
    if people < 1 or not 0 <= ill <= people:
        raise ValueError(f"have is {have}; it must be from 0 to {people} people.")
    for name, rate in (("catches", catches), ("wrongly", wrongly)):
        if not 0 <= rate <= 100:
            raise ValueError(f"{name} is {rate}; it must be from 0 to 100.")
    caught = nearest(ill * exact(catches) / 100)
    alarms = nearest((people - ill) * exact(wrongly) / 100)
    return Counts(caught, ill - caught, alarms, people - ill - alarms)


def draw(
    have: float, catches: float, wrongly: float, people: int = PEOPLE, *, seed: int
) -> dict[str, int | None]:
    """The same, with luck: every person is drawn by chance. The same seed draws the same people.

    Returns:
        The counts by name, as :meth:`Counts.row` gives them.
    """
    chance = random.Random(seed)
    tally = {(ill, fits): 0 for ill in (True, False) for fits in (True, False)}
    for _ in range(people):
        ill = chance.random() < have / people
        tally[ill, chance.random() < (catches if ill else wrongly) / 100] += 1
    drawn = Counts(tally[True, True], tally[True, False], tally[False, True], tally[False, False])
    return drawn.row()
