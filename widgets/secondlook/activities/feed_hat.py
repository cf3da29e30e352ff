"""The toy feed with a real hat: smaller numbers than on screen, so that the slips fit into it.

The rule is that of ``secondlook.recommender`` with half of its slips: half as many at the start and
half as many put in. A swipe takes out one in both, for half a slip cannot be cut. Every so many
cards the feed explores; here that is each eighth card, and no matter of chance.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from secondlook import recommender

START = recommender.SLIPS // 2  # slips of each topic in a new hat
CARDS = 20  # of one feed; about four minutes with two people and a hat
LAST = 10  # cards at the end that are counted
EACH = 12  # slips of a topic that are printed; more are written by hand
MOST = 200  # moves after which a way out is no way out
_GAMES = 400  # hats that are played for the key


def put_in(move: str) -> int:
    """How many slips a move puts in; below 0 takes out.

    Raises:
        KeyError: the move does not put in or take out a number of slips.
    """
    gain = recommender.GAINS[move]
    return gain // 2 if gain > 0 else gain


def said(move: str) -> tuple[str, str]:
    """What a move is called on paper, and what it does to the slips of its card's topic."""
    names = {
        "end": "watch to the end",
        "half": "watch half",
        "swipe": "swipe on",
        "like": "watch and like",
        "less": "not interested",
        "find": "search for something else",
    }
    if move == "less":
        return names[move], "take half of them out"
    if move == "find":
        return names[move], f"take 1 out, and put in {recommender.FOUND} of the rarest topic"
    many = put_in(move)
    return names[move], f"put in {many} more" if many > 0 else "take 1 out, but leave the last one"


@dataclass(frozen=True)
class Middle:
    """The middle half of many games: so many of the last cards were of one topic."""

    low: int
    high: int


def middle(habit: Sequence[str], topic: int, cards: int = CARDS) -> Middle:
    """What comes of a habit with the paper hat, played many times under one seed.

    Arguments:
        habit: what is done with a card of each topic.
        topic: whose cards are counted, as its place in ``habit``.
        cards: of one game.
    """
    chance = random.Random(20)
    counts = sorted(_last_ten(habit, topic, cards, chance) for _ in range(_GAMES))
    return Middle(counts[_GAMES // 4], counts[3 * _GAMES // 4])


def _last_ten(habit: Sequence[str], topic: int, cards: int, chance: random.Random) -> int:
    hat, shown = [START] * len(habit), []
    for number in range(1, cards + 1):
        if number % recommender.EXPLORE == 0:
            card = chance.randrange(len(hat))
        else:
            (card,) = chance.choices(range(len(hat)), hat)
        shown.append(card)
        hat[card] = max(1, hat[card] + put_in(habit[card]))
    return shown[-LAST:].count(topic)


def ways_out(slips: Sequence[int], moves: Sequence[str]) -> dict[str, int]:
    """How many cards of the largest topic each move takes until that topic is half of the hat.

    Arguments:
        slips: the narrow hat.
        moves: what may be done with a card; one that never gets there is left out.
    """
    top = max(range(len(slips)), key=slips.__getitem__)
    found = {}
    for move in moves:
        hat, many = tuple(slips), 0
        while 2 * hat[top] > sum(hat) and many < MOST:
            hat, many = recommender.changed(hat, top, move), many + 1
        if many < MOST:
            found[move] = many
    return found
