"""audit: a post, the eight questions of Post Check, and how far to trust it.

Post Check is the rubric of this course, in our own words (``data/post_check.json``): eight rows,
each scored 0, 1 or 2. There is no total on purpose. A post can do well on seven rows and fail on
the one that matters, and a sum would hide that.
"""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

from secondlook import content
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
            named = [*scored, *item.get("found", {})]
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
        given = item.get("given", {})
        lines = []
        for key, row in rows().items():
            found = item.get("found", {}).get(key)
            note = f"<p><i>What you find: {escape(found)}</i></p>" if found else ""
            levels = "".join(
                f"<li>{_box(given, key, score)} {score}: {escape(words)}</li>"
                for score, words in enumerate(row["levels"])
            )
            why = f"<p>Done for you: {escape(given[key]['why'])}</p>" if key in given else ""
            lines.append(
                f"<li><b>{escape(row['label'])}</b> {escape(row['question'])}{note}"
                f"<ul>{levels}</ul>{why}</li>"
            )
        sure = " ".join(f"☐ {one}%" for one in CONFIDENCES)
        return (
            f"{post_paper(item['post'])}<ol>{''.join(lines)}</ol>"
            "<p>How far would you trust it, from 0 (not at all) to 100 (fully)? ______</p>"
            f"<p>How sure are you of that? {sure}</p>"
        )

    def key_item(self, item: Record) -> str:
        post = content.record("posts", item["post"])
        lines = "".join(
            f"<li><b>{escape(rows()[key]['label'])}</b> {one['score']}: "
            f"{escape(rows()[key]['levels'][one['score']])} {escape(one['feedback'])}</li>"
            for key, one in item["ours"].items()
        )
        trust = item["trust"]
        told = "holds up" if post["label"] == "sound" else "needs a second look"
        return (
            f"<ul>{lines}</ul><p>Trust: {trust['low']} to {trust['high']}. "
            f"{escape(trust['feedback'])}</p><p>This one {told}. {escape(post['reason'])}</p>"
            f"<p>{escape(source_line(item))}</p>"
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


def _box(given: Record, key: str, score: int) -> str:
    return "☑" if key in given and given[key]["score"] == score else "☐"


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
