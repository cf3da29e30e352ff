"""The sums in the questions on base rates and on two groups, done again from what the question says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from question_rules import Forms, Record, right

GAP = 5  # of 100: the least step between two options, where the question says "about"

LIST = re.compile(
    r"Of 1,000 people, (\d+) have \w+\. A list of signs fits (\d+) of those (\d+), and (\d+) of the"
    r" others\. .* Out of 100 people who fit, about how many have"
)
CROWDS = re.compile(
    r"fits (\d+) in 10 people who have it and (\d+) in 10 who do not\. In a [\w ]+, (\d+) of 1,000"
    r" have \w+\. In a \w+ clinic, (\d+) of 1,000"
)
SHARE = re.compile(r"^([\d,]+) of 1,000 people with")
TEAMS = re.compile(r"Team One rated (\d+) .*: (\d+) were accurate\..* rated (\d+): (\d+) were")


def numbers(pattern: re.Pattern[str], text: str) -> list[int]:
    found = pattern.search(text)
    return [int(one.replace(",", "")) for one in found.groups()] if found else []


def fits(have: int, hit: int, same: int, others: int) -> dict[str, str]:
    """What each option says, by the mistake in it.

    Arguments:
        have: how many of 1,000 people have it.
        hit: how many of those the list fits.
        same: ``have`` as the question says it the second time.
        others: how many of the rest the list fits.

    Raises:
        ValueError: the numbers do not go together, or a share is not a whole number of 100.
    """
    if have != same or hit > have or others > 1000 - have:
        raise ValueError("more people than there are")
    every = hit + others
    sums = {
        "": 100 * hit / every,
        "only how common it is counts": 100 * have / 1000,
        "counting who fits, not who of them has it": 100 * every / 1000,
        "who fits the list has it": 100 * hit / have,
    }
    if any(value != int(value) for value in sums.values()):
        raise ValueError(f"not a whole number of people: {sums}")
    return {key: str(int(value)) for key, value in sums.items()}


def arithmetic(all_forms: Forms) -> Iterator[str]:
    for one in all_forms.values():
        first, crowds, share, teams = one["questions"][8:12]
        yield from _list(first)
        yield from _crowds(crowds)
        yield from _share(share)
        yield from _teams(teams)


def _list(question: Record) -> Iterator[str]:
    given = numbers(LIST, question["question"])
    if not given:
        yield f"{question['id']}: no numbers to work with"
        return
    try:
        wanted = fits(*given)
    except ValueError:
        yield f"{question['id']}: the numbers do not go together: {given}"
        return
    for option in question["options"]:
        if option["text"] != wanted[option.get("misconception", "")]:
            yield f"{question['id']}: option {option['id']} says {option['text']}"
    _, hit, _, others = given
    yield from _told(question, right(question), [hit, others, hit + others, int(wanted[""])])
    steps = sorted(map(int, wanted.values()))
    if min(b - a for a, b in pairwise(steps)) < GAP:
        yield f"{question['id']}: the options lie too close together"


def _crowds(question: Record) -> Iterator[str]:
    given = numbers(CROWDS, question["question"])
    if not given:
        yield f"{question['id']}: no numbers to work with"
        return
    hit, false, rare, common = given
    fit, have = [], []
    for size in (rare, common):
        have.append(size * hit // 10)
        fit.append(have[-1] + (1000 - size) * false // 10)
        if size * hit % 10 or (1000 - size) * false % 10:
            yield f"{question['id']}: not a whole number of people"
    if have[0] * fit[1] >= have[1] * fit[0]:
        yield f"{question['id']}: fitting tells no more in the clinic"
    yield from _told(question, right(question), [fit[0], have[0], fit[1], have[1]])
    for option in question["options"]:
        allowed = {*fit, *have, fit[0] - have[0]}
        for number in map(int, re.findall(r"\d+", option["feedback"])):
            if number not in allowed:
                yield f"{question['id']}: {number} comes out of no sum"


def _share(question: Record) -> Iterator[str]:
    given = numbers(SHARE, question["quote"])
    if not given:
        yield f"{question['id']}: no numbers to work with"
        return
    wanted = {given[0], 1000 - given[0], 1000}
    for option in question["options"]:
        text = (option["text"] + option["feedback"]).replace(",", "")
        for number in map(int, re.findall(r"\d{2,}", text)):
            if number not in wanted:
                yield f"{question['id']}: {number} comes out of no sum"


def _teams(question: Record) -> Iterator[str]:
    given = numbers(TEAMS, question["question"])
    if not given:
        yield f"{question['id']}: no numbers to work with"
        return
    few, few_right, many, many_right = given
    if few_right * many != many_right * few or few * 10 > many:
        yield f"{question['id']}: the shares differ, or the sizes do not"
    yield from _told(question, right(question), [100 * few_right // few, few, many])
    step = 100 / few
    (size,) = (
        o for o in question["options"] if o.get("misconception") == "sample size does not matter"
    )
    said_step = int(re.findall(r"by (?:more than )?(\d+) in 100", size["feedback"])[0])
    if said_step > step or ("more than" not in size["feedback"] and said_step != step):
        yield f"{question['id']}: one clip moves the share by {step:g} in 100"


def _told(question: Record, option: Record, wanted: list[int]) -> Iterator[str]:
    found = [int(one) for one in re.findall(r"\d+", option["feedback"])]
    for number in wanted:
        if number not in found:
            yield f"{question['id']}: the feedback of {option['id']} does not say {number}"
