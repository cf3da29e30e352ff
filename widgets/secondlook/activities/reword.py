"""reword: a dial from the strongest wording to the softest, and the evidence each would need."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, ClassVar

from secondlook.activities import on_paper
from secondlook.activities.base import Activity, Record, has_fields, one_of, source_line
from secondlook.activities.expected import Expected, of_options
from secondlook.checks import Problem, repeated
from secondlook.markup import escape


class Reword(Activity):
    """One statement in several strengths; some of them fit what is known.

    An answer is ``{"step": step id, "first": step id}``; ``first`` is the wording that was picked
    before any feedback was seen.
    """

    kind: ClassVar[str] = "reword"
    fields: ClassVar[dict[str, str]] = {
        "step": "the wording picked last",
        "first": "the wording picked before any feedback",
    }

    def accepts(self, item: Record, answer: Any) -> bool:
        if not has_fields(answer, "step", "first"):
            return False
        known = [one["id"] for one in item["steps"]]
        return one_of(answer["step"], known) and one_of(answer["first"], known)

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        found = []
        for item in record["items"]:
            where = f"{record['id']}/{item['id']}"
            found += repeated(file, f"{where}/steps", [one["id"] for one in item["steps"]])
            strengths = [one["strength"] for one in item["steps"]]
            if any(strong <= soft for strong, soft in pairwise(strengths)):
                found.append(Problem(file, where, "steps.strength", str(strengths),
                                     "from strong to soft, each less than the last"))  # fmt: skip
            fits = [one["fits"] for one in item["steps"]]
            if not any(fits):
                found.append(Problem(file, where, "steps.fits", "none fits", "at least one"))
            if all(fits):
                found.append(
                    Problem(file, where, "steps.fits", "all fit", "at least one that does not")
                )
        return found

    def paper_item(self, item: Record) -> str:
        rows = "".join(
            f'<tr><td class="sl-ring">{place}</td><td>{escape(one["text"])}</td>'
            f"<td>{escape(one['evidence'])}</td></tr>"
            for place, one in enumerate(item["steps"], start=1)
        )
        ring = "Ring the number of the wording that you would post."
        return (
            f'<p class="sl-asked">{escape(item["question"])}</p>'
            f'<table class="sl-steps"><caption>{ring}</caption>'
            '<thead><tr><th scope="col">↓</th><th scope="col">From strong to soft</th>'
            f'<th scope="col">It would need</th></tr></thead><tbody>{rows}</tbody></table>'
        )

    def glance(self, item: Record) -> str:
        return " or ".join(
            str(place) for place, one in enumerate(item["steps"], start=1) if one["fits"]
        )

    def key_item(self, item: Record) -> str:
        steps = [
            (f"{place}: {one['text']}", one) for place, one in enumerate(item["steps"], start=1)
        ]
        right = "".join(
            on_paper.answer(text, one["feedback"]) for text, one in steps if one["fits"]
        )
        wrong = on_paper.others((text, one["feedback"]) for text, one in steps if not one["fits"])
        return (
            f'<p class="sl-asked">{escape(item["question"])}</p>{right}'
            f"<p>What is known: {escape(item['known'])}</p>{wrong}"
            f"{on_paper.source(source_line(item))}"
        )

    def text_item(self, item: Record) -> str:
        steps = [f"( ) {one['text']} (needs: {one['evidence']})" for one in item["steps"]]
        return "\n   ".join([item["question"], *steps])

    def expected(self, item: Record) -> list[Expected]:
        return [of_options(item["question"], item["steps"], right="fits")]


KIND = Reword
