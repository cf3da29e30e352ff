"""form: an invented person's form; what is kept of it could travel, and the map says where to."""

from __future__ import annotations

from typing import Any, ClassVar

from secondlook.activities.base import Activity, Record, has_fields, source_line
from secondlook.activities.expected import Expected, of_labels
from secondlook.checks import Problem, repeated, unknown
from secondlook.markup import escape


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

    def paper_item(self, item: Record) -> str:
        rows = "".join(
            f"<tr><td>{escape(one['label'])}: {escape(one['value'])}</td>"
            f"<td>{escape(self._goes(one))}</td><td>☐ keep ☐ blank</td></tr>"
            for one in item["fields"]
        )
        always = "".join(
            f"<tr><td>{escape(one['label'])}</td><td>{escape(self._goes(one))}</td>"
            "<td>always goes along</td></tr>"
            for one in item.get("always", [])
        )
        return (
            f"<p>{escape(item['scene'])}</p><p>{escape(item['wants'])}</p>"
            f"<table><caption>{escape(item['name'])}</caption><tr><th>Field</th>"
            f"<th>Could go to</th><th>Yours</th></tr>{rows}{always}</table>"
            f"<p>Small print: {escape(item['print'])}</p>"
        )

    def key_item(self, item: Record) -> str:
        told = "".join(
            f"<li>{'☑ keep' if one['needed'] else '☐ blank'} {escape(one['label'])}."
            f" Kept: {escape(one['feedback']['kept'])}"
            f" Blank: {escape(one['feedback']['blank'])}</li>"
            for one in item["fields"]
        )
        ends = "".join(f"<p>{escape(text)}</p>" for text in item["feedback"].values())
        return (
            f"<p>{escape(item['scene'])}</p><ul>{told}</ul>{ends}<p>{escape(source_line(item))}</p>"
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
