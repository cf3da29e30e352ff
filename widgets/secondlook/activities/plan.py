"""plan: a plan made step by step for an invented person, read back as a card at the end."""

from __future__ import annotations

from typing import Any, ClassVar

from secondlook import content
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
        options = "".join(f"<li>☐ {escape(one['text'])}</li>" for one in item["options"])
        find = "<p>Use the help card of your country.</p>" if item.get("finder") else ""
        return f"<p>{escape(item['question'])}</p>{find}<ul>{options}</ul>"

    def key_item(self, item: Record) -> str:
        told = "".join(
            f"<li>{'☑' if one['works'] else '☐'} {escape(one['text'])}: "
            f"{escape(one['feedback'])}</li>"
            for one in item["options"]
        )
        return f"<p>{escape(item['question'])}</p><ul>{told}</ul>"

    def text_item(self, item: Record) -> str:
        options = [f"( ) {one['text']}" for one in item["options"]]
        return "\n   ".join([item["question"], *options])

    def expected(self, item: Record) -> list[Expected]:
        return [of_options(item["question"], item["options"], right="works")]


KIND = Plan
