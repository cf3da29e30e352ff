"""plan: a plan made step by step for an invented person, read back as a card at the end."""

from __future__ import annotations

from typing import Any, ClassVar

from secondlook import content
from secondlook.activities import on_paper
from secondlook.activities.base import Activity, Record, has_fields, one_of
from secondlook.activities.expected import Expected, of_options
from secondlook.checks import Problem
from secondlook.markup import escape


class Plan(Activity):
    """Steps of a plan: several ways are good, each with its own reason.

    An answer is ``{"choice": option id, "first": option id}``; ``first`` was picked before any
    reason was seen. An item with ``finder`` shows the help lines of the country that is chosen;
    which country that is stays on the page and is not kept.
    """

    kind: ClassVar[str] = "plan"
    fields: ClassVar[dict[str, str]] = {
        "choice": "the option picked last",
        "first": "the option picked before any feedback",
    }

    def accepts(self, item: Record, answer: Any) -> bool:
        known = [one["id"] for one in item["options"]]
        return has_fields(answer, "choice", "first") and all(
            one_of(answer[name], known) for name in ("choice", "first")
        )

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        found = []
        for item in record["items"]:
            good = sum(one["works"] for one in item["options"])
            if not 0 < good < len(item["options"]):
                where = f"{record['id']}/{item['id']}"
                told = f"{good} of {len(item['options'])} that work"
                found.append(Problem(file, where, "options.works", told, "some, and not all"))
        return found

    def shown(self) -> Record:
        """The activity with the help lines, where a step asks for them."""
        if not any(item.get("finder") for item in self.record["items"]):
            return self.record
        return {**self.record, "help": content.read_json("helplines.json")}

    def paper_item(self, item: Record) -> str:
        find = "<p>The help card of a country has its lines.</p>" if item.get("finder") else ""
        return f"<p><b>{escape(item['question'])}</b></p>{find}" + on_paper.tick_list(
            one["text"] for one in item["options"]
        )

    def paper_tail(self) -> str:
        return f'<div class="sl-pocket">{self._pocket(1)}</div>'

    def cards(self) -> list[str]:
        return [on_paper.card(self._pocket(2))]

    def _pocket(self, lines: int) -> str:
        """The plan as a card to fill in: so many lines a step, and what to do in danger."""
        rows = "".join(
            f"<div><p><b>{escape(one['name'])}</b></p>{on_paper.lines(lines)}</div>"
            for one in self.record["items"]
        )
        return (
            f"<h4>{escape(self.record['card'])}</h4>{rows}<p><b>In danger now:</b> the emergency "
            f"number here is {on_paper.gap()}</p>"
        )

    def glance(self, item: Record) -> str:
        return on_paper.right_letters(one["works"] for one in item["options"])

    def key_item(self, item: Record) -> str:
        return f"<p>{escape(item['question'])}</p>" + on_paper.options_key(
            (one["text"], one["works"], one["feedback"]) for one in item["options"]
        )

    def key_lead(self) -> str:
        after = f"<p>{escape(self.record['after'])}</p>" if "after" in self.record else ""
        many = "<p>More than one answer is good, each for its own reason.</p>"
        return f"{super().key_lead()}{many}{after}"

    def text_item(self, item: Record) -> str:
        options = [f"( ) {one['text']}" for one in item["options"]]
        return "\n   ".join([item["question"], *options])

    def expected(self, item: Record) -> list[Expected]:
        return [of_options(item["question"], item["options"], right="works")]


KIND = Plan
