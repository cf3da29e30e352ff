"""trend: the line a learner expects across a few bands, then the published range for each band."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any, ClassVar

from secondlook import content
from secondlook.activities import on_paper
from secondlook.activities.base import Activity, Record, has_fields, source_line
from secondlook.activities.expected import Expected
from secondlook.checks import Problem, repeated, unknown
from secondlook.markup import escape, table

MOST = 100  # every band is a number out of 100
#: How a line can run; each has its own feedback.
SHAPES = {
    "rises": "Your line climbs",
    "falls": "Your line drops",
    "level": "Your line is close to level",
    "bends": "Your line bends",
}


class Trend(Activity):
    """A line to draw before the published one is shown.

    An answer is ``{"guess": {band id: 0 to 100}}`` with a whole number for every band. It is final:
    a line drawn after the figures is not a guess.
    """

    kind: ClassVar[str] = "trend"
    fields: ClassVar[dict[str, str]] = {
        "guess": "the number guessed for each band of the line",
    }

    def accepts(self, item: Record, answer: Any) -> bool:
        if not has_fields(answer, "guess") or not isinstance(answer["guess"], dict):
            return False
        guess = answer["guess"]
        return set(guess) == {one["id"] for one in item["bands"]} and all(
            isinstance(one, int) and not isinstance(one, bool) and 0 <= one <= MOST
            for one in guess.values()
        )

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        found = []
        for item in record["items"]:
            where = f"{record['id']}/{item['id']}"
            found += repeated(file, f"{where}/bands", [one["id"] for one in item["bands"]])
            asked = [one[end]["fact"] for one in item["bands"] for end in ("low", "high")]
            missing = unknown(file, where, "bands.fact", asked, content.facts(),
                              "facts.json")  # fmt: skip
            found += missing
            for one in [] if missing else _looked_up(item)["bands"]:
                if not 0 <= one["from"] <= one["to"] <= MOST:
                    told = f"{one['from']:g} to {one['to']:g}"
                    found.append(Problem(file, f"{where}/{one['id']}", "low, high", told,
                                         f"0 to {MOST}, the lower one first"))  # fmt: skip
        return found

    def shown(self) -> Record:
        """The activity with each band's published range as ``from`` and ``to``, looked up."""
        return {**self.record, "items": [_looked_up(item) for item in self.record["items"]]}

    def paper_lead(self) -> str:
        return f"<p>{on_paper.GUESS_FIRST}</p>"

    def paper_item(self, item: Record) -> str:
        from secondlook.activities import paper_charts  # no learner on a screen needs it

        key = f"axes-{self.lesson}-{self.record['id']}-{item['id']}"
        axes = paper_charts.empty_axes(
            key, [one["label"] for one in item["bands"]], item["axis"], item["caption"]
        )
        rows = [
            {item["across"]: one["label"], "What it covers": one.get("hint", ""),
             f"I expect ({item['axis']})": "", "Published, once you hear it": ""}
            for one in item["bands"]
        ]  # fmt: skip
        return (
            f'<p class="sl-asked">{escape(item["question"])}</p>'
            f"<p>Put a dot over each, and join the dots with a line.</p>{axes}"
            f"{table(rows, item['caption']).markup}"
        )

    def key_item(self, item: Record) -> str:
        told = "".join(
            on_paper.answer(f"{one['label']}: {range_of(one)}") for one in _looked_up(item)["bands"]
        )
        said = "".join(
            f"<li>{escape(name)}: {escape(item['feedback'][shape])}</li>"
            for shape, name in SHAPES.items()
        )
        return (
            f'<p class="sl-asked">{escape(item["question"])}</p>{told}'
            f"<p>{escape(item['reveal'])}</p>"
            f'<ul class="sl-others">{said}</ul>{on_paper.source(source_line(item))}'
        )

    def text_item(self, item: Record) -> str:
        bands = [
            f"{one['label']}" + (f" ({one['hint']})" if "hint" in one else "") + ": ____"
            for one in item["bands"]
        ]
        return "\n   ".join([item["question"], *bands])

    def expected(self, item: Record) -> list[Expected]:
        bands = _looked_up(item)["bands"]
        runs = shape([round((one["from"] + one["to"]) / 2) for one in bands], item["slack"])
        told = "; ".join(f"{one['label']}: {range_of(one)}" for one in bands)
        wrong = [(name, item["feedback"][key]) for key, name in SHAPES.items() if key != runs]
        return [Expected(item["question"], told, wrong)]


def shape(guess: list[int], slack: int) -> str:
    """How a line runs: a key of ``SHAPES``. The browser says the same; a test compares the two.

    Arguments:
        guess: the numbers of the bands in order, two at least.
        slack: how far two numbers may lie apart and still count as level.
    """
    steps = [second - first for first, second in pairwise(guess)]
    change = guess[-1] - guess[0]
    if max(guess) - min(guess) <= slack:
        return "level"
    if change > slack and min(steps) >= -slack:
        return "rises"
    if change < -slack and max(steps) <= slack:
        return "falls"
    return "bends"


def range_of(band: Record) -> str:
    """The published range of a looked-up band in whole numbers: "87 to 94", or one number."""
    low, high = (str(math.floor(band[end] + 0.5)) for end in ("from", "to"))
    return low if low == high else f"{low} to {high}"


def _looked_up(item: Record) -> Record:
    bands = [
        {
            **one,
            "from": content.fact_value(one["low"]["fact"]),
            "to": content.fact_value(one["high"]["fact"]),
        }
        for one in item["bands"]
    ]
    return {**item, "bands": bands}


KIND = Trend
