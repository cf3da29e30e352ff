"""sort: each line goes into one of a few bins."""

from __future__ import annotations

from typing import Any, ClassVar

from secondlook.activities.base import Activity, Record, has_fields, one_of, source_line
from secondlook.checks import Problem, repeated, show_value, unknown
from secondlook.markup import escape


class Sort(Activity):
    """Lines to put into bins; every bin answers for itself.

    An answer is ``{"bin": bin id, "first": bin id}``; ``first`` is what was picked before any
    feedback was seen.
    """

    kind: ClassVar[str] = "sort"

    def accepts(self, item: Record, answer: Any) -> bool:
        if not has_fields(answer, "bin", "first"):
            return False
        known = [one["id"] for one in self.record["bins"]]
        return one_of(answer["bin"], known) and one_of(answer["first"], known)

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        bins = [one["id"] for one in record["bins"]]
        found = repeated(file, f"{record['id']}/bins", bins)
        for item in record["items"]:
            where = f"{record['id']}/{item['id']}"
            found += unknown(file, where, "answer", [item["answer"]], bins, "this activity's bins")
            found += unknown(
                file, where, "feedback", item["feedback"], bins, "this activity's bins"
            )
            for missing in bins:
                if missing not in item["feedback"]:
                    found.append(Problem(file, where, f"feedback.{missing}", show_value(None),
                                         "feedback for every bin"))  # fmt: skip
        return found

    def _labels(self) -> dict[str, str]:
        return {one["id"]: one["label"] for one in self.record["bins"]}

    def paper_item(self, item: Record) -> str:
        boxes = " ".join(f"☐ {escape(one)}" for one in self._labels().values())
        return f"<blockquote>{escape(item['text'])}</blockquote><p>{boxes}</p>"

    def key_item(self, item: Record) -> str:
        told = "".join(
            f"<li>{'☑' if key == item['answer'] else '☐'} {escape(label)}: "
            f"{escape(item['feedback'][key])}</li>"
            for key, label in self._labels().items()
        )
        text = escape(item["text"])
        return f"<blockquote>{text}</blockquote><ul>{told}</ul><p>{escape(source_line(item))}</p>"

    def text_item(self, item: Record) -> str:
        options = [
            f"( ) {one['label']}" + (f": {one['hint']}" if "hint" in one else "")
            for one in self.record["bins"]
        ]
        return "\n   ".join([f"“{item['text']}”", *options])


KIND = Sort
