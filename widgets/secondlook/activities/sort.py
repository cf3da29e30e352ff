"""sort: each card goes into one of a few bins, which may be the four corners of a map."""

from __future__ import annotations

from typing import Any, ClassVar

from secondlook.activities.base import Activity, Record, has_fields, one_of, source_line
from secondlook.activities.expected import Expected, of_labels, quote
from secondlook.checks import Problem, repeated, show_value, unknown
from secondlook.markup import escape


class Sort(Activity):
    """Cards to put into bins; every bin answers for itself.

    With ``map`` the bins are the corners of a square, row by row. A card may say who posts it
    (``who``), what it is judged for (``goal``) and where it stood before (``before``). ``others``
    are invented people; each card says where they put it and why, and the learner sees that once
    the card is placed.

    An answer is ``{"bin": bin id, "first": bin id}``; ``first`` is what was picked before any
    feedback was seen.
    """

    kind: ClassVar[str] = "sort"
    fields: ClassVar[dict[str, str]] = {
        "bin": "where the card was put last",
        "first": "where it was put before any feedback",
    }

    def accepts(self, item: Record, answer: Any) -> bool:
        if not has_fields(answer, "bin", "first"):
            return False
        known = [one["id"] for one in self.record["bins"]]
        return one_of(answer["bin"], known) and one_of(answer["first"], known)

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        bins = [one["id"] for one in record["bins"]]
        found = repeated(file, f"{record['id']}/bins", bins)
        if "map" in record and len(bins) != 4:
            found.append(Problem(file, record["id"], "bins", f"{len(bins)} bins",
                                 "4 with a map, one for each corner"))  # fmt: skip
        for item in record["items"]:
            where = f"{record['id']}/{item['id']}"

            def in_bins(field: str, keys: list[str], where: str = where) -> list[Problem]:
                return unknown(file, where, field, keys, bins, "this activity's bins")

            found += in_bins("answer", [item["answer"]])
            found += in_bins("feedback", list(item["feedback"]))
            found += in_bins("before", [item["before"]] if "before" in item else [])
            for missing in bins:
                if missing not in item["feedback"]:
                    found.append(Problem(file, where, f"feedback.{missing}", show_value(None),
                                         "feedback for every bin"))  # fmt: skip
            found += cls._others(record, item, file, where)
            for who, said in item.get("others", {}).items():
                found += in_bins(f"others.{who}.bin", [said["bin"]])
        return found

    @staticmethod
    def _others(record: Record, item: Record, file: str, where: str) -> list[Problem]:
        """Everybody of ``others`` has placed every card, and nobody else has."""
        asked = [one["id"] for one in record.get("others", [])]
        placed = item.get("others", {})
        found = unknown(file, where, "others", list(placed), asked, "this activity's others")
        for who in asked:
            if who not in placed:
                found.append(Problem(file, where, f"others.{who}", show_value(None),
                                     "a place and a reason from each of the others"))  # fmt: skip
        return found

    def _labels(self) -> dict[str, str]:
        return {one["id"]: one["label"] for one in self.record["bins"]}

    def _lead(self, item: Record) -> list[str]:
        """What stands above a card: the goal, where it stood before, who posts it."""
        before = self._labels().get(item.get("before", ""))
        return [
            *([f"Goal: {item['goal']}"] if "goal" in item else []),
            *([f"Before: {before}"] if before else []),
            *([item["who"]] if "who" in item else []),
        ]

    def paper_item(self, item: Record) -> str:
        lead = "".join(f"<p>{escape(one)}</p>" for one in self._lead(item))
        boxes = " ".join(f"☐ {escape(one)}" for one in self._labels().values())
        return f"{lead}<blockquote>{escape(item['text'])}</blockquote><p>{boxes}</p>"

    def key_item(self, item: Record) -> str:
        labels = self._labels()
        told = "".join(
            f"<li>{'☑' if key == item['answer'] else '☐'} {escape(label)}: "
            f"{escape(item['feedback'][key])}</li>"
            for key, label in labels.items()
        )
        others = "".join(
            f"<li>{escape(one['name'])}: {escape(labels[said['bin']])}. {escape(said['why'])}</li>"
            for one in self.record.get("others", [])
            for said in [item["others"][one["id"]]]
        )
        lead = "".join(f"<p>{escape(one)}</p>" for one in self._lead(item))
        text = f"{lead}<blockquote>{escape(item['text'])}</blockquote><ul>{told}</ul>"
        return f"{text}{f'<ul>{others}</ul>' if others else ''}<p>{escape(source_line(item))}</p>"

    def text_item(self, item: Record) -> str:
        options = [
            f"( ) {one['label']}" + (f": {one['hint']}" if "hint" in one else "")
            for one in self.record["bins"]
        ]
        return "\n   ".join([*self._lead(item), f"“{item['text']}”", *options])

    def expected(self, item: Record) -> list[Expected]:
        goal = f"{item['goal']}: " if "goal" in item else ""
        asked = f"{goal}{quote(item['text'])}"
        return [of_labels(asked, item["answer"], self._labels(), item["feedback"])]


KIND = Sort
