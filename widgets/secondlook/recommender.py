"""A toy feed: a hat with slips, one topic on each slip, and a user who watches or swipes on.

Each card is drawn from the hat. What the user does with it changes the slips of its topic, so the
next draw leans towards what was watched: a feedback loop, the one that Jiang et al. study in
"Degenerate feedback loops in recommender systems" (2019, doi:10.1145/3306618.3314288). Now and then
the feed explores and draws from a hat in which all topics are equal; Vombatkere et al. (2024,
doi:10.1145/3589334.3645600) tell such cards from those that follow a user's interests. Real feeds
have millions of clips and learn from far more than this. The numbers below are ours, chosen so
that thirty cards are enough to see something.

How mixed a feed is, is measured by the Shannon entropy of the next card's topic, in bits: from
almost 0 (one topic) to log2 of the number of topics (all equal). In words it is two to that power,
"as mixed as so many equal topics".

The browser has a twin of this file, ``static/recommender.js``, because a learner's thirty moves
cannot all be worked out beforehand and the feed must answer when the kernel is gone. This file is
the truth: ``tests/browser/test_feed.py`` plays many seeds and habits in both and compares them slip
by slip, and a finished run is played again here before it is kept. To make them agree for good,
there are only whole numbers in the loop, and chance is mulberry32, a 32-bit generator that is the
same three lines in both languages.

Pure: no file, no clock, and chance only under a seed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

SLIPS = 4  # of each topic in a new hat
MOST = 60  # slips of one topic
EXPLORE = 8  # one card in so many is drawn with all topics equal
#: What a move adds to the slips of the card's topic. The two others are below.
GAINS = {"end": 6, "half": 2, "swipe": -1, "like": 8}
LESS = "less"  # "not interested": half of the slips stay
FIND = "find"  # search for something else: swipes on, and the rarest topic gets FOUND slips
FOUND = 6
MOVES = (*GAINS, LESS, FIND)
_WORD = 0xFFFFFFFF


@dataclass(frozen=True)
class Feed:
    """A feed between two moves.

    Arguments:
        slips: how many of each topic are in the hat.
        card: the topic on screen, as its place in ``slips``.
        chance: state of the random generator.
        shown: the topics of all cards so far, this one too.
    """

    slips: tuple[int, ...]
    card: int
    chance: int
    shown: tuple[int, ...]


def mulberry32(state: int) -> tuple[int, int]:
    """A random 32-bit number and the next state."""
    state = (state + 0x6D2B79F5) & _WORD
    mixed = ((state ^ (state >> 15)) * (state | 1)) & _WORD
    mixed ^= (mixed + ((mixed ^ (mixed >> 7)) * (mixed | 61) & _WORD)) & _WORD
    return mixed ^ (mixed >> 14), state


def _draw(slips: Sequence[int], chance: int) -> tuple[int, int]:
    """The next topic and the next state. Two numbers are drawn, whichever hat is used."""
    first, chance = mulberry32(chance)
    second, chance = mulberry32(chance)
    if first * EXPLORE >> 32 == 0:
        return second * len(slips) >> 32, chance
    at = second * sum(slips) >> 32
    topic = 0
    while at >= slips[topic]:
        at -= slips[topic]
        topic += 1
    return topic, chance


def start(seed: int, topics: int = 8, slips: Iterable[int] | None = None) -> Feed:
    """A feed with its first card.

    Arguments:
        seed: of its chance; the same seed and moves give the same cards.
        topics: how many there are.
        slips: of each topic, where the hat is not a new one.
    """
    hat = tuple(slips) if slips is not None else (SLIPS,) * topics
    card, chance = _draw(hat, seed & _WORD)
    return Feed(hat, card, chance, (card,))


def changed(slips: Sequence[int], card: int, move: str) -> tuple[int, ...]:
    """The slips after a move on a card of topic ``card``.

    Raises:
        ValueError: there is no such move.
    """
    if move not in MOVES:
        raise ValueError(f"There is no move {move!r}. There are {', '.join(MOVES)}.")
    hat = list(slips)
    if move == LESS:
        hat[card] //= 2
    else:
        hat[card] += GAINS["swipe" if move == FIND else move]
    hat[card] = min(MOST, max(1, hat[card]))
    if move == FIND:
        rarest = hat.index(min(hat))
        hat[rarest] = min(MOST, hat[rarest] + FOUND)
    return tuple(hat)


def react(feed: Feed, move: str) -> Feed:
    """The feed after a move, with its next card."""
    slips = changed(feed.slips, feed.card, move)
    card, chance = _draw(slips, feed.chance)
    return replace(feed, slips=slips, card=card, chance=chance, shown=(*feed.shown, card))


def play(
    seed: int, moves: Iterable[str], topics: int = 8, slips: Iterable[int] | None = None
) -> Iterator[Feed]:
    """The feed at the start and after each move."""
    feed = start(seed, topics, slips)
    yield feed
    for move in moves:
        feed = react(feed, move)
        yield feed


def follow(
    seed: int, habit: Sequence[str], cards: int = 30, slips: Iterable[int] | None = None
) -> tuple[Feed, list[str]]:
    """A user with a habit: ``habit`` says for each topic what is done with its cards.

    Returns:
        The feed after ``cards`` moves (its card is the one that would come next), and the moves.
    """
    feed, moves = start(seed, len(habit), slips), []
    for _ in range(cards):
        moves.append(habit[feed.card])
        feed = react(feed, moves[-1])
    return feed, moves


def chances(slips: Sequence[int]) -> list[float]:
    """How likely each topic is for the next card."""
    total, topics = sum(slips), len(slips)
    return [1 / (EXPLORE * topics) + (1 - 1 / EXPLORE) * one / total for one in slips]


def entropy(slips: Sequence[int]) -> float:
    """Shannon entropy of the next card's topic, in bits."""
    return -sum(one * math.log2(one) for one in chances(slips))


def mixed_as(slips: Sequence[int]) -> float:
    """How many equal topics would be as mixed: two to the power of the entropy."""
    return float(2 ** entropy(slips))


def run(habit: Sequence[str], cards: int = 30, *, seed: int) -> dict[str, float]:
    """One user with a habit, in numbers, for a table of many runs.

    Returns:
        ``mixed_as`` at the end, the number of the ``top`` topic (the one with most slips), and how
        many of the last ten cards were of it.
    """
    feed, _ = follow(seed, habit, cards)
    top = feed.slips.index(max(feed.slips))
    last = feed.shown[:-1][-10:]  # the card after the last move has not been seen
    return {"mixed_as": round(mixed_as(feed.slips), 1), "top": top, "last_ten": last.count(top)}


def quickest(
    seed: int, slips: Sequence[int], moves: Sequence[str], goal: float, most: int
) -> list[str] | None:
    """The fewest moves that make a hat as mixed as ``goal`` topics; None if ``most`` do not.

    Looks at every row of moves, shortest first; hats that were met before at the same card are
    left out.
    """
    first = start(seed, len(slips), slips)
    if mixed_as(first.slips) >= goal:
        return []
    edge: list[tuple[Feed, list[str]]] = [(first, [])]
    for _ in range(most):
        met: dict[tuple[int, ...], tuple[Feed, list[str]]] = {}
        for feed, done in edge:
            for move in moves:
                after = react(feed, move)
                if mixed_as(after.slips) >= goal:
                    return [*done, move]
                met.setdefault(after.slips, (after, [*done, move]))
        edge = list(met.values())
    return None
