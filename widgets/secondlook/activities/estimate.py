"""estimate: a guess at a published figure, then the figure."""

from __future__ import annotations

import math
from typing import Any, ClassVar

from secondlook import content
from secondlook.activities import on_paper
from secondlook.activities.base import Activity, Record, has_fields, source_line
from secondlook.activities.expected import Expected, of_guess
from secondlook.checks import Problem
from secondlook.markup import escape


class Estimate(Activity):
    """A number to guess before it is shown.

    An answer is ``{"value": number}`` in the item's own unit, within its range and on its steps.
    It is final: a guess after the figure is not a guess.
    """

    kind: ClassVar[str] = "estimate"
    fields: ClassVar[dict[str, str]] = {
        "value": "the number guessed",
    }

    def accepts(self, item: Record, answer: Any) -> bool:
        if not has_fields(answer, "value"):
            return False
        value = answer["value"]
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return False
        # NaN and infinity fail the first comparison, so no remainder is asked of them.
        return item["min"] <= value <= item["max"] and _on_step(value, item)

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        found = []
        for item in record["items"]:
            low, high, where = item["min"], item["max"], f"{record['id']}/{item['id']}"
            if low >= high:
                found.append(Problem(file, where, "max", f"{high:g}", f"more than min ({low:g})"))
                continue
            if not _on_step(high, item):
                found.append(Problem(file, where, "step", f"{item['step']:g}",
                                     "steps that lead from min to max"))  # fmt: skip
            if item["near"] >= high - low:
                found.append(Problem(file, where, "near", f"{item['near']:g}",
                                     f"less than the whole range ({high - low:g})"))  # fmt: skip
            figure = truth(item)
            if not low <= figure <= high:
                found.append(Problem(file, where, "answer", f"{figure:g}",
                                     f"a number from {low:g} to {high:g}"))  # fmt: skip
        return found

    def shown(self) -> Record:
        """The activity with each item's figure as ``truth``, looked up where it is a fact."""
        items = [{**item, "truth": truth(item)} for item in self.record["items"]]
        return {**self.record, "items": items}

    def _range(self, item: Record) -> str:
        return f"from {with_unit(item['min'], item)} to {with_unit(item['max'], item)}"

    def paper_lead(self) -> str:
        return f"<p>{on_paper.GUESS_FIRST}</p>"

    def paper_item(self, item: Record) -> str:
        from secondlook.activities import paper_charts  # no learner on a screen needs it

        key = f"line-{self.lesson}-{self.record['id']}-{item['id']}"
        line = paper_charts.number_line(
            key, item["min"], item["max"], item["unit"], item["question"]
        )
        unit = f" {item['unit']}"
        return (
            f'<p class="sl-asked">{escape(item["question"])}</p>'
            f"<p>Put a cross where you think it is ({escape(self._range(item))}).</p>{line}"
            f'<p class="sl-fill"><span>My guess: {on_paper.gap(unit)}</span> '
            f"<span>The figure, once you hear it: {on_paper.gap(unit)}</span></p>"
        )

    def glance(self, item: Record) -> str:
        return with_unit(truth(item), item)

    def key_item(self, item: Record) -> str:
        near = f"{with_unit(item['near'], item)} or less away counts as close"
        said = "".join(
            f"<li>{name}: {escape(item['feedback'][key])}</li>"
            for key, name in (("near", "Close"), ("low", "Too low"), ("high", "Too high"))
        )
        return (
            f'<p class="sl-asked">{escape(item["question"])}</p>'
            f"{on_paper.answer(f'{with_unit(truth(item), item)} ({near})', item['reveal'])}"
            f'<ul class="sl-others">{said}</ul>{on_paper.source(source_line(item))}'
        )

    def text_item(self, item: Record) -> str:
        return f"{item['question']}\n   Your guess: ____ {item['unit']} ({self._range(item)})"

    def expected(self, item: Record) -> list[Expected]:
        figure, span = truth(item), (item["min"], item["max"])
        return [of_guess(item["question"], figure, with_unit(figure, item), span, item)]


def truth(item: Record) -> float:
    """The figure to guess, in the item's unit.

    Raises:
        DataError: the answer names a fact that is not there.
    """
    answer = item["answer"]
    return content.fact_value(answer["fact"]) if isinstance(answer, dict) else float(answer)


def with_unit(value: float, item: Record) -> str:
    """A number as it is printed: "82.1%", "1,200 videos"."""
    number = f"{value:,.1f}".removesuffix(".0")
    unit = item["unit"]
    return f"{number}{unit}" if len(unit) < 2 else f"{number} {unit}"


def _on_step(value: float, item: Record) -> bool:
    steps = (value - item["min"]) / item["step"]
    return math.isclose(steps, round(steps), abs_tol=1e-6)


KIND = Estimate
