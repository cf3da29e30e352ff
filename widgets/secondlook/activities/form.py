"""form: an invented person's form; what is kept of it could travel, and the map says where to."""

from __future__ import annotations

from typing import Any, ClassVar

from secondlook.activities import on_paper
from secondlook.activities.base import Activity, Record, has_fields, source_line
from secondlook.activities.expected import Expected, of_labels
from secondlook.checks import Problem, repeated, unknown
from secondlook.markup import escape, listed


class Form(Activity):
    """Forms that somebody invented has filled in; the learner blanks what the form can do without.

    An item holds ``fields`` with an invented ``value``, whether the result needs it (``needed``)
    and the ``goes``, the ids of the places where it could end up. ``always`` is what travels
    with the form whatever is left blank. Nobody types anything, so nothing about a learner can
    get in.

    An answer is ``{"kept": [field id], "first": [field id]}``; ``first`` is what was sent before
    any feedback was seen.
    """

    kind: ClassVar[str] = "form"
    fields: ClassVar[dict[str, str]] = {
        "kept": "which boxes of an invented form were left filled in",
        "first": "the same, before any feedback",
    }

    def accepts(self, item: Record, answer: Any) -> bool:
        if not has_fields(answer, "kept", "first"):
            return False
        known = [one["id"] for one in item["fields"]]
        for sent in (answer["kept"], answer["first"]):
            if not isinstance(sent, list) or not all(isinstance(one, str) for one in sent):
                return False
            if not set(sent) <= set(known) or len(set(sent)) < len(sent):
                return False
        return True

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        places = [one["id"] for one in record["places"]]
        found = repeated(file, f"{record['id']}/places", places)
        for item in record["items"]:
            where = f"{record['id']}/{item['id']}"
            found += repeated(file, f"{where}/fields", [one["id"] for one in item["fields"]])
            needed = sum(one["needed"] for one in item["fields"])
            if not 0 < needed < len(item["fields"]):
                told = f"{needed} of {len(item['fields'])} needed"
                found.append(Problem(file, where, "fields.needed", told, "some, and not all"))
            for one in [*item["fields"], *item.get("always", [])]:
                at = f"{where}/{one.get('id', 'always')}"
                found += unknown(file, at, "goes", one["goes"], places, "this activity's places")
                found += repeated(file, f"{at}/goes", one["goes"])
        return found

    def _goes(self, one: Record) -> str:
        labels = {place["id"]: place["label"] for place in self.record["places"]}
        return ", ".join(labels[place] for place in one["goes"])

    def paper_lead(self) -> str:
        return (
            "<p>Strike through each line that can stay blank. Then count the dots that are "
            "left.</p>"
            "<p><b>Who could read a line:</b></p>"
            + listed(f"{one['label']}: {one['hint']}" for one in self.record["places"])
        )

    def _row(self, first: str, one: Record) -> str:
        dots = "".join(
            f'<td class="sl-dot">{"●" if place["id"] in one["goes"] else ""}</td>'
            for place in self.record["places"]
        )
        return f'<tr><th scope="row">{first}</th>{dots}</tr>'

    def paper_item(self, item: Record) -> str:
        head = "".join(f'<th scope="col">{escape(p["label"])}</th>' for p in self.record["places"])
        rows = "".join(
            self._row(f"{on_paper.BOX} {escape(one['label'])}: {escape(one['value'])}", one)
            for one in item["fields"]
        )
        always = "".join(
            self._row(f"{escape(one['label'])} (always goes along)", one)
            for one in item.get("always", [])
        )
        before = "".join(
            f'<td class="sl-dot">{one}</td>' for one in self._read(item, item["fields"])
        )
        after = '<td class="sl-blank"></td>' * len(self.record["places"])
        return (
            f"<p>{escape(item['scene'])}</p><p><b>{escape(item['wants'])}</b></p>"
            f'<table class="sl-form"><caption>{escape(item["name"])}</caption>'
            f'<thead><tr><th scope="col">{on_paper.BOX} tick what is needed</th>{head}</tr></thead>'
            f"<tbody>{rows}{always}</tbody><tfoot>"
            f'<tr><th scope="row">Lines it could read, all filled in</th>{before}</tr>'
            f'<tr><th scope="row">Lines it can read now</th>{after}</tr></tfoot></table>'
            f'<p class="sl-small">{escape(item["print"])}</p>'
        )

    def _read(self, item: Record, kept: list[Record]) -> list[int]:
        """How many lines each place could read, if these fields are kept."""
        sent = [*kept, *item.get("always", [])]
        return [sum(place["id"] in one["goes"] for one in sent) for place in self.record["places"]]

    def glance(self, item: Record) -> str:
        return ", ".join(one["label"] for one in item["fields"] if one["needed"])

    def key_item(self, item: Record) -> str:
        needed = [one for one in item["fields"] if one["needed"]]
        left = ", ".join(
            f"{place['label']} {count}"
            for place, count in zip(self.record["places"], self._read(item, needed), strict=True)
        )
        told = "".join(
            f'<tr><th scope="row">{escape(one["label"])}</th>'
            f"<td><b>{'keep' if one['needed'] else 'blank'}</b></td>"
            f"<td>{escape(one['feedback']['kept'])}</td>"
            f"<td>{escape(one['feedback']['blank'])}</td></tr>"
            for one in item["fields"]
        )
        names = {"fewest": "Only what is needed", "more": "More than that",
                 "missing": "Something needed is missing"}  # fmt: skip
        ends = listed(f"{names[key]}: {text}" for key, text in item["feedback"].items())
        keep = f"Keep {len(needed)} of {len(item['fields'])}: {self.glance(item)}"
        return (
            on_paper.answer(keep, f"Lines that can be read then: {left}.")
            + '<table><thead><tr><td></td><th scope="col">best</th><th scope="col">to who keeps it'
            f'</th><th scope="col">to who leaves it blank</th></tr></thead><tbody>{told}</tbody>'
            f"</table>{ends}{on_paper.source(source_line(item))}"
        )

    def text_item(self, item: Record) -> str:
        fields = [
            f"[ ] {one['label']}: {one['value']} (could go to: {self._goes(one)})"
            for one in item["fields"]
        ]
        always = [
            f"always: {one['label']} (goes to: {self._goes(one)})" for one in item.get("always", [])
        ]
        small = f"Small print: {item['print']}"
        return "\n   ".join([item["scene"], item["wants"], item["name"], *fields, *always, small])

    def expected(self, item: Record) -> list[Expected]:
        labels = {"kept": "fill in", "blank": "leave blank"}
        return [
            of_labels(one["label"], "kept" if one["needed"] else "blank", labels, one["feedback"])
            for one in item["fields"]
        ]


KIND = Form
