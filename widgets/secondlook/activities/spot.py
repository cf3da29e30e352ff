"""spot: a text cut into parts; each part gets a label, or is left alone."""

from __future__ import annotations

from typing import Any, ClassVar

from secondlook.activities import on_paper
from secondlook.activities.base import (
    Activity,
    Record,
    has_fields,
    one_of,
    post_card,
    post_paper,
    post_text,
    source_line,
)
from secondlook.activities.expected import Expected, of_labels, quote
from secondlook.checks import Problem, repeated, show_value, unknown
from secondlook.markup import escape

NONE = "none"  # the key of the feedback for "none of these"


class Spot(Activity):
    """Parts of a text to mark with labels.

    Parts that say ``when`` they come stand under one another, as the timeline of a clip.

    An answer is ``{"marks": {part id: label id or None}, "first": {...}}``. None is "none of
    these", a part that is not there is not marked yet. ``first`` holds each part's first mark.
    """

    kind: ClassVar[str] = "spot"
    fields: ClassVar[dict[str, str]] = {
        "marks": "the label put on each part of a text",
        "first": "the label put on it first",
    }

    def accepts(self, item: Record, answer: Any) -> bool:
        if not has_fields(answer, "marks", "first"):
            return False
        parts = [one["id"] for one in item["parts"]]
        labels = [one["id"] for one in self.record["labels"]]
        for given in (answer["marks"], answer["first"]):
            if not isinstance(given, dict):
                return False
            for part, label in given.items():
                if part not in parts:
                    return False
                if not (has_none(item) if label is None else one_of(label, labels)):
                    return False
        return bool(answer["first"]) and set(answer["marks"]) <= set(answer["first"])

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        labels = [one["id"] for one in record["labels"]]
        found = repeated(file, f"{record['id']}/labels", labels)
        if NONE in labels:
            found.append(Problem(file, record["id"], "labels", NONE, "any other id"))
        for item in record["items"]:
            where = f"{record['id']}/{item['id']}"
            found += repeated(file, f"{where}/parts", [part["id"] for part in item["parts"]])
            wanted = [*labels, NONE] if has_none(item) else labels
            for part in item["parts"]:
                at = f"{where}/{part['id']}"
                known = "this activity's labels"
                if part["answer"] is not None:
                    found += unknown(file, at, "answer", [part["answer"]], labels, known)
                found += unknown(file, at, "feedback", part["feedback"], wanted, known)
                for missing in wanted:
                    if missing not in part["feedback"]:
                        found.append(Problem(file, at, f"feedback.{missing}", show_value(None),
                                             "feedback for every label, and for none where a "
                                             "part of the item has no label"))  # fmt: skip
            if len({"when" in part for part in item["parts"]}) > 1:
                found.append(Problem(file, where, "parts.when", "some parts have it",
                                     "all parts or none"))  # fmt: skip
            if all(part["answer"] is None for part in item["parts"]):
                found.append(Problem(file, where, "parts.answer", "nothing to mark",
                                     "at least one part with a label"))  # fmt: skip
        return found

    def _labels(self) -> dict[str, str]:
        return {one["id"]: one["label"] for one in self.record["labels"]}

    def _marks(self) -> dict[str, str]:
        """What is written for each label: its first letter, or a number where two begin alike."""
        labels = self._labels()
        firsts = [name[0].upper() for name in labels.values()]
        if len(set(firsts)) < len(firsts):
            firsts = [str(place) for place in range(1, len(firsts) + 1)]
        return {**dict(zip(labels, firsts, strict=True)), NONE: "–"}

    def paper_lead(self) -> str:
        labels = self.record["labels"]
        if len(labels) == 1:
            return f"<p>Underline each: {escape(labels[0]['label'])}.</p>"
        marks = self._marks()
        rows = "".join(
            f'<li><b class="sl-slot">{marks[one["id"]]}</b> <b>{escape(one["label"])}</b> '
            f"{escape(one.get('hint', ''))}</li>"
            for one in labels
        )
        if any(map(has_none, self.record["items"])):
            rows += f'<li><b class="sl-slot">{marks[NONE]}</b> <b>none of these</b></li>'
        return f'<p>Write one letter into each box.</p><ul class="sl-legend">{rows}</ul>'

    def paper_item(self, item: Record) -> str:
        post = ""
        if "post" in item:
            whole = post_card(item["post"])["caption"]
            # The parts are the caption once more: one of the two is enough, and room for a pencil.
            cut = all(one["text"] in whole for one in item["parts"])
            post = post_paper(item["post"], caption=not cut)
        slot = '<span class="sl-slot"></span> ' if len(self.record["labels"]) > 1 else ""
        parts = "".join(
            f"<li>{slot}<span>{escape(timed(one))}</span></li>" for one in item["parts"]
        )
        return f"{post}{_asked(item)}{_parts(parts)}"

    def glance(self, item: Record) -> str:
        if len(self.record["labels"]) == 1:
            return ", ".join(
                on_paper.letter(place, "a")
                for place, one in enumerate(item["parts"])
                if one["answer"] is not None
            )
        marks = self._marks()
        return ", ".join(
            f"{on_paper.letter(place, 'a')} {marks[one['answer'] or NONE]}"
            for place, one in enumerate(item["parts"])
        )

    def key_item(self, item: Record) -> str:
        labels = {**self._labels(), NONE: "none of these"}
        parts = ""
        for part in item["parts"]:
            right = part["answer"] or NONE
            told = on_paper.answer(labels[right], part["feedback"][right]) + on_paper.others(
                (labels[key], text) for key, text in part["feedback"].items() if key != right
            )
            parts += f"<li><div><i>{escape(timed(part))}</i>{told}</div></li>"
        return f"{_asked(item)}{_parts(parts)}{on_paper.source(source_line(item))}"

    def text_item(self, item: Record) -> str:
        post = [post_text(item["post"])] if "post" in item else []
        labels = [f"{one['label']}: {one['hint']}" if "hint" in one else one["label"]
                  for one in self.record["labels"]]  # fmt: skip
        labels += ["none of these"] if has_none(item) else []
        parts = [f"[ ] {timed(one)}" for one in item["parts"]]
        return "\n   ".join([*post, item["intro"], *parts, "Labels:", *labels])

    def expected(self, item: Record) -> list[Expected]:
        labels = {**self._labels(), NONE: "none of these"}
        return [
            of_labels(quote(timed(one)), one["answer"] or NONE, labels, one["feedback"])
            for one in item["parts"]
        ]


def _asked(item: Record) -> str:
    return f'<p class="sl-asked">{escape(item["intro"])}</p>'


def _parts(rows: str) -> str:
    return f'<ol type="a" class="sl-parts">{rows}</ol>'


def timed(part: Record) -> str:
    """The words of a part, behind the moment at which they come, where it has one."""
    return f"{part['when']}: {part['text']}" if "when" in part else str(part["text"])


def has_none(item: Record) -> bool:
    """Whether "none of these" is offered: some part of the item has no label."""
    return any(part["answer"] is None for part in item["parts"])


KIND = Spot
