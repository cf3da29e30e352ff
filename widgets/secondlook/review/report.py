"""How far two raters agree with each other and with the course, and where they do not."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from secondlook.agreement import cohen_kappa, percent_agreement
from secondlook.review.sheets import Answer, Item, table

# Seven verdicts are neighbours of each other; three say what a learner has to do with a claim.
FOLDED = {
    "supported": "holds",
    "mostly-supported": "holds",
    "overgeneralised": "does not hold",
    "misleading": "does not hold",
    "false": "does not hold",
    "no-good-evidence": "does not hold",
    "not-checkable": "cannot be checked",
}
PAIRS = ("rater 1 and rater 2", "rater 1 and the course", "rater 2 and the course")
AGREEMENT, DISPUTED, TEXT = "agreement.csv", "disputed.csv", "report.txt"
Answers = Mapping[str, Answer]


@dataclass(frozen=True)
class Line:
    """The agreement of a pair: ``kappa`` is None where it cannot be told, ``percent`` too."""

    what: str
    pair: str
    items: int
    percent: float | None
    kappa: float | None


@dataclass(frozen=True)
class Dispute:
    """An item on which not all three say the same."""

    item: Item
    first: Answer | None
    second: Answer | None


def lines(items: Mapping[str, Item], first: Answers, second: Answers) -> list[Line]:
    """Agreement on posts, on claims in seven words, and on claims in three."""
    found = []
    for what, kind, folded in (
        ("posts", "post", False),
        ("claims, seven words", "claim", False),
        ("claims, three words", "claim", True),
    ):
        codes = [code for code, one in items.items() if one.kind == kind]
        said = [
            {code: one[code].verdict for code in codes if code in one} for one in (first, second)
        ]
        said.append({code: items[code].ours for code in codes})
        if folded:
            said = [{code: FOLDED[word] for code, word in one.items()} for one in said]
        for pair, (a, b) in zip(PAIRS, ((0, 1), (0, 2), (1, 2)), strict=True):
            both = [
                (said[a][code], said[b][code])
                for code in codes
                if code in said[a].keys() & said[b].keys()
            ]
            found.append(
                Line(what, pair, len(both), percent_agreement(both), cohen_kappa(both))
                if both
                else Line(what, pair, 0, None, None)
            )
    return found


def left_out(items: Mapping[str, Item], first: Answers, second: Answers) -> dict[str, list[int]]:
    """By kind: how many there are, and how many rater 1, rater 2 and both have not rated."""
    found = {}
    for kind in ("post", "claim"):
        codes = [code for code, one in items.items() if one.kind == kind]
        gaps = [{code for code in codes if code not in one} for one in (first, second)]
        found[f"{kind}s"] = [len(codes), *map(len, gaps), len(gaps[0] & gaps[1])]
    return found


def disputes(items: Mapping[str, Item], first: Answers, second: Answers) -> list[Dispute]:
    """Items on which somebody differs: first where both raters say other than the course."""
    found = []
    for code, item in items.items():
        one = Dispute(item, first.get(code), second.get(code))
        said = [each.verdict for each in (one.first, one.second) if each]
        if len({*said, item.ours}) > 1 and said:
            found.append(one)
    return sorted(found, key=lambda one: (_ours_alone(one), one.item.kind != "post", one.item.id))


def _ours_alone(one: Dispute) -> int:
    """0 where two raters stand against the course, 1 where one does, 2 for the rest."""
    against = [each for each in (one.first, one.second) if each and each.verdict != one.item.ours]
    return 2 - len(against)


def text(items: Mapping[str, Item], first: Answers, second: Answers) -> str:
    """The report to read."""
    said = ["Agreement of two raters who did not see the course's verdicts", ""]
    for kind, (count, one, two, both) in left_out(items, first, second).items():
        rated = count - one - two + both
        said.append(
            f"{kind}: {count}, of which both raters gave {rated} a verdict. Left out: {one} "
            f"without one by rater 1, {two} by rater 2 ({both} of these by both)."
        )
    said += ["", f"{'':<22}{'':<26}{'items':>6}{'agree':>9}{'kappa':>8}"]
    for line in lines(items, first, second):
        percent = "-" if line.percent is None else f"{line.percent:.1f}%"
        kappa = "-" if line.kappa is None else f"{line.kappa:.2f}"
        said.append(f"{line.what:<22}{line.pair:<26}{line.items:>6}{percent:>9}{kappa:>8}")
    said += [
        "",
        "Kappa is agreement beyond chance: 1 is full, 0 is what chance gives. A dash: nothing was",
        "rated, or both gave one and the same verdict to everything, which says nothing.",
        "",
    ]
    found = disputes(items, first, second)
    said.append(f"In dispute: {len(found)}, first those where both raters differ from the course.")
    for each in found:
        said += [
            "",
            f"{each.item.kind} {each.item.id}: course {each.item.ours}; "
            f"rater 1 {_told(each.first)}; rater 2 {_told(each.second)}",
            f"    {each.item.text}",
        ]
    return "\n".join(said) + "\n"


def _told(answer: Answer | None) -> str:
    if answer is None:
        return "nothing"
    sure = f" (sure: {answer.sure})" if answer.sure else ""
    note = f", “{answer.note}”" if answer.note else ""
    return f"{answer.verdict}{sure}{note}"


def write(folder: Path, items: Mapping[str, Item], first: Answers, second: Answers) -> list[str]:
    """Write the report as text, and its two tables for a spreadsheet.

    Raises:
        OSError: the folder cannot be written.
    """
    counted = [["what", "who", "items", "percent", "kappa"]]
    for line in lines(items, first, second):
        figures = [line.percent, line.kappa]
        shown = ["" if one is None else f"{one:.4f}" for one in figures]
        counted.append([line.what, line.pair, str(line.items), *shown])
    found = [
        [
            "kind",
            "id",
            "course",
            "rater_1",
            "rater_2",
            "sure_1",
            "sure_2",
            "note_1",
            "note_2",
            "text",
        ]
    ]
    for one in disputes(items, first, second):
        both = [each or Answer("", "", "") for each in (one.first, one.second)]
        told = [each.verdict for each in both] + [each.sure for each in both]
        told += [each.note for each in both]
        found.append([one.item.kind, one.item.id, one.item.ours, *told, one.item.text])
    (folder / TEXT).write_bytes(text(items, first, second).encode("utf-8-sig"))
    (folder / AGREEMENT).write_bytes(table(counted).encode("utf-8-sig"))
    (folder / DISPUTED).write_bytes(table(found).encode("utf-8-sig"))
    return [TEXT, AGREEMENT, DISPUTED]


def entry(answers: Sequence[Answers], items: Mapping[str, Item], today: datetime.date) -> str:
    """What a rater may add to ``data/reviews.json``, with the places that a person fills in."""
    kinds = sorted({items[code].kind + "s" for one in answers for code in one})
    return json.dumps({"role": "…", "profession": "…", "country": "…", "date": today.isoformat(),
                       "what": kinds}, ensure_ascii=False)  # fmt: skip
