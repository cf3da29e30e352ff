"""repair: a clip of several lines; each is kept, swapped for another wording, or cut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from secondlook.activities import on_paper
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
            f'<tr><th scope="row">{place}</th><td>{escape(line["text"])}</td>'
            f"<td>{on_paper.tick_list(one['label'] for one in choices(line))}</td></tr>"
            for place, line in enumerate(item["lines"], start=1)
        )
        head = '<th scope="col">The draft</th><th scope="col">Tick one for each line</th>'
        return (
            f'<p class="sl-asked">{escape(item["question"])}</p><table class="sl-repair">'
            f"<thead><tr><td></td>{head}</tr></thead><tbody>{lines}</tbody></table>"
            "<p>Write your clip down as it stands now, in your own words if you like, and read it "
            f"to somebody.</p>{on_paper.lines(len(item['lines']))}"
        )

    def glance(self, item: Record) -> str:
        return ", ".join(
            f"{place}: {' or '.join(_short(line))}"
            for place, line in enumerate(item["lines"], start=1)
        )

    def key_item(self, item: Record) -> str:
        lines = ""
        for line in item["lines"]:
            told = on_paper.options_key(
                (one["label"], one["fits"], one["feedback"]) for one in choices(line)
            )
            lines += f"<li><i>{escape(line['text'])}</i>{told}</li>"
        return (
            f'<p class="sl-asked">{escape(item["question"])}</p>'
            f"<p>What is known: {escape(item['known'])}</p>"
            f'<ol class="sl-parts">{lines}</ol>{on_paper.source(source_line(item))}'
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


def _short(line: Record) -> list[str]:
    """What fits a line, in a word and the letter of the sheet: "keep (a)", "swap (c)"."""
    return [
        f"{one['id'] if one['id'] in (KEEP, CUT) else 'swap'} ({on_paper.letter(place, 'a')})"
        for place, one in enumerate(choices(line))
        if one["fits"]
    ]


KIND = Repair
