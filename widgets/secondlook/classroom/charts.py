"""The pictures of the class report: plain inline SVG, no script.

Before is always hollow and after always filled, so that a black and white copy says the same. The
numbers of each picture stand in a table beside it, which the page draws.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from secondlook.classroom.groups import SMALLEST
from secondlook.svg import Picture

WIDTH = 360.0


@dataclass(frozen=True)
class Interval:
    """A mean with the ends of its 95% interval, or None where there is none."""

    mean: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Track:
    """A measure before and after, as shares from 0 to 1; None where nobody was asked."""

    label: str
    before: Interval | None
    after: Interval | None


@dataclass(frozen=True)
class Spot:
    """Shares trusted, from 0 to 1: of the unsound posts (across) and of the sound ones (up)."""

    unsound: float
    sound: float


@dataclass(frozen=True)
class Sure:
    """Of ``n`` calls made with confidence ``sure`` (0.5 to 1), the share that was right."""

    sure: float
    right: float
    n: int


def percent(share: float) -> str:
    """A share from 0 to 1 in whole percent."""
    return f"{100 * share:.0f}%"


def plane(
    before: Spot | None,
    after: Spot | None,
    learners_before: Sequence[Spot] = (),
    learners_after: Sequence[Spot] = (),
) -> str:
    """Discernment against bias: where the class stood, and where it went.

    Args:
        before: class mean before.
        after: class mean after.
        learners_before: one spot a learner; not drawn if fewer than 5.
        learners_after: the same, after.
    """
    left, top, side = 50.0, 12.0, 296.0
    picture = Picture(
        "plane", WIDTH, 366, "Sound and unsound posts trusted, before and after",
        f"Up: share of the sound posts trusted. Across: share of the unsound posts trusted. "
        f"{_told('The class before', before)} {_told('The class after', after)} "
        "Top left tells them apart; top right trusts everything; bottom left questions everything; "
        "on the rising diagonal it is guessing.",
    )  # fmt: skip

    def at(spot: Spot) -> tuple[float, float]:
        return left + spot.unsound * side, top + (1 - spot.sound) * side

    half = side / 2
    picture.box("region good", left, top, half, half)
    picture.box("region warm", left + half, top, half, half)
    picture.box("region note", left, top + half, half, half)
    picture.box("region", left + half, top + half, half, half)
    for step in range(0, 101, 25):
        x, y = left + side * step / 100, top + side * (1 - step / 100)
        picture.line("grid", left, y, left + side, y)
        picture.line("grid", x, top, x, top + side)
        picture.text("tick end", left - 6, y + 4, f"{step}%")
        picture.text("tick middle", x, top + side + 16, f"{step}%")
    picture.line("diagonal", left, top + side, left + side, top)
    picture.text("place middle", left + half / 2, top + 20, "tells them apart")
    picture.text("place middle", left + half * 1.5, top + 20, "trusts everything")
    for x, words in ((0.5, ("questions", "everything")), (1.5, ("the wrong", "way round"))):
        for lines, word in zip((26, 11), words, strict=True):
            picture.text("place middle", left + half * x, top + side - lines, word)
    picture.text("place quiet", left + side * 0.27, top + side * 0.7, "guessing", turn=-45)
    picture.text("axis middle", left + half, top + side + 38, "unsound posts trusted →")
    picture.text("axis middle", 12, top + half, "sound posts trusted →", turn=-90)
    for style, learners, aside in (
        ("before", learners_before, -2.5),
        ("after", learners_after, 2.5),
    ):
        if len(learners) < SMALLEST:  # one dot could be told from the others
            continue
        for spot, count in sorted(Counter(learners).items(), key=lambda one: -one[1]):
            x, y = at(spot)
            picture.dot(f"{style} one", x + aside, y, min(2.2 * count**0.5, 9))
    if before and after:
        picture.arrow("way", *at(before), *at(after), gap=10)
    for style, mean in (("before", before), ("after", after)):
        if mean:
            picture.dot(f"{style} mean", *at(mean), 8.5)
    return picture.markup()


def _told(who: str, spot: Spot | None) -> str:
    if spot is None:
        return f"{who}: nothing handed in."
    sound, unsound = percent(spot.sound), percent(spot.unsound)
    return f"{who} trusted {sound} of the sound and {unsound} of the unsound posts."


def tracks(key: str, title: str, rows: Sequence[Track]) -> str:
    """Before against after, one line a measure, with 95% intervals.

    Args:
        key: part of the ids, unique on its page.
        title: what the measures are.
        rows: at least one.
    """
    left, right, row, top = 16.0, 344.0, 50.0, 6.0
    height = top + row * len(rows) + 22
    said = "; ".join(
        f"{one.label}: {_mean(one.before)} before, {_mean(one.after)} after" for one in rows
    )
    picture = Picture(key, WIDTH, height, title, f"{said}.")

    def at(share: float) -> float:
        return left + (right - left) * share

    for step in range(0, 101, 25):
        picture.line("grid", at(step / 100), top + 22, at(step / 100), height - 20)
        picture.text("tick middle", at(step / 100), height - 6, f"{step}%")
    for number, one in enumerate(rows):
        y = top + row * number
        picture.text("label", left, y + 14, one.label)
        low, high = y + 27, y + 37
        for style, place, mean in (("before", low, one.before), ("after", high, one.after)):
            if mean and mean.low is not None and mean.high is not None:
                ends = (at(max(mean.low, 0)), at(min(mean.high, 1)))
                picture.line(f"spread {style}", ends[0], place, ends[1], place)
                for end in ends:
                    picture.line(f"spread {style}", end, place - 3.5, end, place + 3.5)
        for style, place, mean in (("before", low, one.before), ("after", high, one.after)):
            if mean:
                picture.dot(f"{style} mean", at(mean.mean), place, 5.5)
    return picture.markup()


def _mean(one: Interval | None) -> str:
    return "nothing" if one is None else percent(one.mean)


def calibration(before: Sequence[Sure], after: Sequence[Sure]) -> str:
    """How often right (up) against how sure (across); a larger dot stands for more answers."""
    left, top, wide, high, floor = 50.0, 12.0, 290.0, 240.0, 0.2
    said = "; ".join(
        f"{when}, {percent(one.sure)} sure: {percent(one.right)} right of {one.n}"
        for when, group in (("before", before), ("after", after))
        for one in group
    )
    picture = Picture("sure", WIDTH, 310, "How sure, and how often right", f"{said or 'Nothing'}.")

    def at(sure: float, share: float) -> tuple[float, float]:
        across = left + 14 + (wide - 28) * (sure - 0.5) / 0.5
        return across, top + high * (1 - (max(share, floor) - floor) / (1 - floor))

    for step in (20, 40, 60, 80, 100):
        y = at(0.5, step / 100)[1]
        picture.line("grid", left, y, left + wide, y)
        picture.text("tick end", left - 6, y + 4, f"{step}%")
    for step in (50, 60, 70, 80, 90, 100):
        picture.text("tick middle", at(step / 100, 1)[0], top + high + 16, f"{step}%")
    picture.line("diagonal", *at(0.5, 0.5), *at(1, 1))
    picture.text("place quiet", *at(0.52, 0.92), "more right than sure")
    picture.text("place quiet end", *at(1.01, 0.28), "more sure than right")
    picture.text("axis middle", left + wide / 2, top + high + 40, "how sure they were →")
    picture.text("axis middle", 12, top + high / 2, "how often right →", turn=-90)
    most = max((one.n for one in (*before, *after)), default=1)
    for style, group, aside in (("before", before, -4.0), ("after", after, 4.0)):
        places = [(at(one.sure, one.right), one.n) for one in group if one.n]
        for ((x1, y1), _), ((x2, y2), _) in pairwise(places):
            picture.line(f"link {style}", x1 + aside, y1, x2 + aside, y2)
        for (x, y), n in places:
            picture.dot(f"{style} mean", x + aside, y, 3.5 + 6 * (n / most) ** 0.5)
    return picture.markup()


def difficulty(parts: Sequence[tuple[str, Sequence[float], Sequence[float]]]) -> str:
    """Every item as a dot on the line of its part, by the share who got it right.

    Args:
        parts: name of the part, its items' shares before, and after.
    """
    left, right, row, top = 16.0, 344.0, 52.0, 6.0
    height = top + row * len(parts) + 22
    said = "; ".join(
        f"{name}: {_range('before', before)}, {_range('after', after)}"
        for name, before, after in parts
    )
    picture = Picture("items", WIDTH, height, "How many got each item right", f"{said}.")
    for step in range(0, 101, 25):
        x = left + (right - left) * step / 100
        picture.line("grid", x, top + 22, x, height - 20)
        picture.text("tick middle", x, height - 6, f"{step}%")
    for number, (name, before, after) in enumerate(parts):
        y = top + row * number
        picture.text("label", left, y + 14, name)
        for style, place, shares in (("before", y + 27, before), ("after", y + 39, after)):
            picture.line("grid", left, place, right, place)
            for share in shares:
                picture.dot(f"{style} item", left + (right - left) * share, place, 4.5)
    return picture.markup()


def _range(when: str, shares: Sequence[float]) -> str:
    if not shares:
        return f"nothing {when}"
    return f"{percent(min(shares))} to {percent(max(shares))} right {when}"


def handed_in(rows: Sequence[tuple[str, int]], of: int) -> str:
    """How many of ``of`` learners handed in each test, as bars.

    Args:
        rows: name and number of learners.
        of: how many learners there are.
    """
    left, right, row = 16.0, 344.0, 46.0
    said = "; ".join(f"{name}: {count} of {of}" for name, count in rows)
    picture = Picture("handed", WIDTH, row * len(rows) + 6, "Who handed in what", f"{said}.")
    for number, (name, count) in enumerate(rows):
        y = row * number
        picture.text("label", left, y + 16, name)
        picture.text("label end", right, y + 16, f"{count} of {of}")
        picture.box("bar empty", left, y + 24, right - left, 11, 5.5)
        if count:
            picture.box("bar", left, y + 24, max((right - left) * count / max(of, 1), 11), 11, 5.5)
    return picture.markup()
