"""audit: a post, the eight questions of Post Check, and how far to trust it.

Post Check is the rubric of this course, in our own words (``data/post_check.json``): eight rows,
each scored 0, 1 or 2. There is no total on purpose. A post can do well on seven rows and fail on
the one that matters, and a sum would hide that.
"""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

from secondlook import content
from secondlook.activities import on_paper
from secondlook.activities.base import (
    Activity,
    Record,
    has_fields,
    post_paper,
    post_text,
    source_line,
)
from secondlook.activities.choose import CONFIDENCES
from secondlook.activities.expected import Expected
from secondlook.checks import DataError, Problem, repeated, show_value, unknown
from secondlook.markup import escape

FILE = "post_check.json"
SCORES = (0, 1, 2)


@cache
def rows() -> dict[str, Record]:
    """The rows of Post Check by id, in order: label, question, and the words of the three levels.

    Raises:
        DataError: the file cannot be used.
    """
    raw = content.read_json(FILE)
    problems = content.record_shapes("post_check").problems("file", raw, FILE, "the file")
    problems = problems or repeated(FILE, "rows.id", [one["id"] for one in raw["rows"]])
    if problems:
        raise DataError(problems)
    return {one["id"]: one for one in raw["rows"]}


class Audit(Activity):
    """Posts to go through with Post Check, each beside our own scores and our reasons.

    An answer is ``{"scores": {row id: 0 to 2}, "trust": 0 to 100, "sure": 50 to 100}``, with a
    score for each row that is not given. It is final, so that it can be set beside ours.
    """

    kind: ClassVar[str] = "audit"
    fields: ClassVar[dict[str, str]] = {
        "scores": "a mark from 0 to 2 for each row of Post Check",
        "trust": "how far the post was trusted, 0 to 100",
        "sure": "how sure the learner was of it, 50 to 100",
    }

    def accepts(self, item: Record, answer: Any) -> bool:
        if not has_fields(answer, "scores", "trust", "sure"):
            return False
        scores, trust, sure = answer["scores"], answer["trust"], answer["sure"]
        return (
            isinstance(scores, dict)
            and scores.keys() == item["ours"].keys()
            and all(_whole(one) and one in SCORES for one in scores.values())
            and _whole(trust)
            and 0 <= trust <= 100
            and _whole(sure)
            and sure in CONFIDENCES
        )

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        try:
            known = rows()
        except DataError as error:
            return error.problems
        found = []
        for item in record["items"]:
            where = f"{record['id']}/{item['id']}"
            given = item.get("given", {})
            scored = [*given, *item["ours"]]
            named = [*scored, *item.get("found", {}), *item.get("paper", {}).get("found", {})]
            found += unknown(file, where, "rows", dict.fromkeys(named), known, FILE)
            found += repeated(file, f"{where}/rows", scored)
            if missing := [one for one in known if one not in scored]:
                allowed = "a score for every row, given or ours"
                found.append(
                    Problem(file, where, "ours", f"none for {', '.join(missing)}", allowed)
                )
            found += _trust_problems(item, file, where)
        return found

    def shown(self) -> Record:
        """The activity with the rows of Post Check."""
        return {**self.record, "rows": list(rows().values())}

    def paper_item(self, item: Record) -> str:
        item = on_paper.worded(item)
        head = "".join(f'<th scope="col">{one}</th>' for one in SCORES)
        lines = "".join(_paper_row(item, key, row) for key, row in rows().items())
        return (
            f'<div class="sl-audited">{post_paper(item["post"], comments=True)}</div>'
            '<table class="sl-check"><thead><tr><th scope="col">Ring one number in each row</th>'
            f"{head}</tr></thead><tbody>{lines}</tbody></table>"
            "<p><b>How far would you trust it?</b> Put a cross on the line. 0 is not at all, 100 "
            f"is fully.</p>{_ruler()}"
            + on_paper.scale("How sure are you of that?", (f"{one}%" for one in CONFIDENCES))
        )

    def key_item(self, item: Record) -> str:
        post = content.record("posts", item["post"])
        lines = "".join(
            f'<tr><th scope="row">{escape(rows()[key]["label"])}</th>'
            f'<td class="sl-mark-cell"><b>{one["score"]}</b></td>'
            f"<td>{escape(rows()[key]['levels'][one['score']])}</td>"
            f"<td>{escape(one['feedback'])}</td></tr>"
            for key, one in item["ours"].items()
        )
        trust = item["trust"]
        told = "holds up" if post["label"] == "sound" else "needs a second look"
        return (
            on_paper.answer(f"This one {told}.", post["reason"])
            + '<table><thead><tr><th scope="col">Row</th><th scope="col">Ours</th>'
            '<th scope="col">Its words</th><th scope="col">Why</th></tr></thead>'
            f"<tbody>{lines}</tbody></table>"
            f"<p><b>Trust: {trust['low']} to {trust['high']}.</b> {escape(trust['feedback'])}</p>"
            f"<p>There is no total, on purpose. A gap of one is a place to argue.</p>"
            f"{on_paper.source(source_line(item))}"
        )

    def text_item(self, item: Record) -> str:
        lines = [post_text(item["post"])]
        given = item.get("given", {})
        for key, row in rows().items():
            lines.append(f"{row['label']} {row['question']}")
            if key in item.get("found", {}):
                lines.append(f"  What you find: {item['found'][key]}")
            if key in given:
                lines.append(f"  Done for you: {given[key]['score']}. {given[key]['why']}")
                continue
            lines += [f"  ( ) {score}: {words}" for score, words in enumerate(row["levels"])]
        lines.append("How far would you trust it, from 0 to 100? How sure are you of that?")
        return "\n   ".join(lines)

    def expected(self, item: Record) -> list[Expected]:
        told = [
            Expected(rows()[key]["label"], f"{one['score']} of {SCORES[-1]}. {one['feedback']}", [])
            for key, one in item["ours"].items()
        ]
        trust = item["trust"]
        band = f"{trust['low']} to {trust['high']}. {trust['feedback']}"
        return [*told, Expected("How far to trust it, 0 to 100", band, [])]


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _paper_row(item: Record, key: str, row: Record) -> str:
    """One row of Post Check to ring a number in; a given row has its ring and its reason."""
    given = item.get("given", {}).get(key)
    found = item.get("found", {}).get(key)
    note = f"<p><i>What you find: {escape(found)}</i></p>" if found else ""
    levels = "".join(
        f"<td>{_number(score, given)} {escape(words)}</td>"
        for score, words in enumerate(row["levels"])
    )
    why = f"Done for you: {escape(given['why'])}" if given else "because"
    return (
        f'<tr><th scope="row">{escape(row["label"])} <span>{escape(row["question"])}</span>{note}'
        f"</th>"
        f'{levels}</tr><tr class="sl-because"><td colspan="{len(SCORES) + 1}">{why}</td></tr>'
    )


def _number(score: int, given: Record | None) -> str:
    ring = " sl-ring" if given and given["score"] == score else ""
    return f'<b class="sl-score{ring}">{score}</b>'


def _ruler() -> str:
    marks = "".join(f"<span>{one}</span>" for one in range(0, 101, 10))
    return f'<div class="sl-ruler">{marks}</div>'


def _trust_problems(item: Record, file: str, where: str) -> list[Problem]:
    """A band of trust that is one, on the side of the middle where the post's label says."""
    low, high = item["trust"]["low"], item["trust"]["high"]
    band = f"{low} to {high}"
    if low >= high:
        return [Problem(file, where, "trust", band, "low below high")]
    label = content.record("posts", item["post"])["label"]
    side, wrong = ("50 or more", low < 50) if label == "sound" else ("50 or less", high > 50)
    return (
        [Problem(file, where, "trust", show_value(band), f"{side}, since the post is {label}")]
        if wrong
        else []
    )


KIND = Audit
