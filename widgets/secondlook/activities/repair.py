"""repair: a clip of several lines; each is kept, swapped for another wording, or cut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from secondlook.activities.base import Activity, Record, has_fields, one_of, source_line
from secondlook.activities.expected import Expected, of_options
from secondlook.checks import Problem, repeated
from secondlook.markup import escape

KEEP, CUT = "keep", "cut"  # what can be done with every line, besides its own swaps


class Repair(Activity):
    """A clip to mend, line by line; the repaired clip is read back at the end.

    An answer is ``{"lines": {line id: "keep", "cut" or the id of a swap}, "first": {...}}``. A line
    that is not there is still to be done; ``first`` holds what was picked before any feedback.
    """

    kind: ClassVar[str] = "repair"
    fields: ClassVar[dict[str, str]] = {
        "lines": "for each line of a clip: keep, cut, or the new wording that was picked",
        "first": "the same, before any feedback",
    }

    def accepts(self, item: Record, answer: Any) -> bool:
        if not has_fields(answer, "lines", "first"):
            return False
        known = {line["id"]: [one["id"] for one in choices(line)] for line in item["lines"]}
        for given in (answer["lines"], answer["first"]):
            if not isinstance(given, dict) or not set(given) <= set(known):
                return False
            if not all(one_of(choice, known[line]) for line, choice in given.items()):
                return False
        return bool(answer["lines"]) and set(answer["lines"]) == set(answer["first"])

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        found = []
        for item in record["items"]:
            where = f"{record['id']}/{item['id']}"
            found += repeated(file, f"{where}/lines", [line["id"] for line in item["lines"]])
            for line in item["lines"]:
                at = f"{where}/{line['id']}"
                found += repeated(file, at, [one["id"] for one in choices(line)])
                fits = [one["fits"] for one in choices(line)]
                if all(fits) or not any(fits):
                    told = "all fit" if all(fits) else "none fits"
                    allowed = "at least one that fits and one that does not"
                    found.append(Problem(file, at, "fits", told, allowed))
            sound = [line["keep"]["fits"] for line in item["lines"]]
            if all(sound) or not any(sound):
                told = "every line is sound" if all(sound) else "no line is sound"
                allowed = "some lines to keep and some to mend"
                found.append(Problem(file, where, "lines.keep.fits", told, allowed))
        return found

    def paper_item(self, item: Record) -> str:
        lines = "".join(
            f"<li>{escape(line['text'])}<ul>"
            + "".join(f"<li>☐ {escape(one['label'])}</li>" for one in choices(line))
            + "</ul></li>"
            for line in item["lines"]
        )
        return (
            f"<p>{escape(item['question'])}</p><ol>{lines}</ol>"
            "<p>Read your clip to somebody as it stands now.</p>"
        )

    def key_item(self, item: Record) -> str:
        lines = "".join(
            f"<li>{escape(line['text'])}<ul>"
            + "".join(
                f"<li>{'☑' if one['fits'] else '☐'} {escape(one['label'])} "
                f"{escape(one['feedback'])}</li>"
                for one in choices(line)
            )
            + "</ul></li>"
            for line in item["lines"]
        )
        return (
            f"<p>{escape(item['question'])}</p><ol>{lines}</ol>"
            f"<p>What is known: {escape(item['known'])}</p><p>{escape(source_line(item))}</p>"
        )

    def text_item(self, item: Record) -> str:
        lines = [
            text
            for line in item["lines"]
            for text in (line["text"], *(f"   ( ) {one['label']}" for one in choices(line)))
        ]
        return "\n   ".join([item["question"], *lines])

    def expected(self, item: Record) -> list[Expected]:
        return [
            of_options(f"“{line['text']}”", list(choices(line)), right="fits", text="label")
            for line in item["lines"]
        ]


def choices(line: Record) -> Iterator[Record]:
    """All that can be done with a line: keep it, swap it for each of its swaps, cut it."""
    yield {**line["keep"], "id": KEEP, "label": "Keep it."}
    for one in line["swaps"]:
        yield {**one, "label": f"Swap it: “{one['text']}”"}
    yield {**line["cut"], "id": CUT, "label": "Cut it."}


KIND = Repair
