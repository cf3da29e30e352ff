"""calibration: how sure a learner was, beside how often that was right, over all lessons so far.

The numbers come from the journal: every call on a post and every exit ticket with a confidence. A
learner sees counts, a small plot, and both sides of the calls; never a d', and never a grade.
Python counts; when it is gone, the browser shows what was counted when the lesson was opened.
"""

from __future__ import annotations

import math
from typing import Any, ClassVar

import traitlets

from secondlook import content, scoring
from secondlook.activities import calibration_sheets as sheets
from secondlook.activities import judge, kind_class
from secondlook.activities.base import Activity, Keeper, Record, has_fields, one_of
from secondlook.activities.expected import Expected
from secondlook.checks import DataError, Problem

#: Fewer answers than this and no curve is drawn: it would be mostly chance.
FEWEST = 10
LEANS = ("over", "match", "under")
#: Kinds that may ask how sure one is; the others need not be loaded to count.
ASKING = ("judge", "choose")


def collect(journal: Keeper) -> tuple[list[tuple[float, bool]], dict[str, int]]:
    """Every answer with a confidence, and both sides of the calls on posts, over all lessons."""
    pairs: list[tuple[float, bool]] = []
    calls: list[tuple[str, Record]] = []
    for number in content.syllabus():
        try:
            for one in content.read_json(f"activities/{number:02}.json")["activities"]:
                if one.get("kind") not in ASKING:
                    continue  # a file may be damaged: its own lesson says so
                if not (answers := journal.answers(number, one["id"])):
                    continue
                kind, record = kind_class(one["kind"]), content.activities(number)[one["id"]]
                pairs += kind.sureness(record, answers)
                if issubclass(kind, judge.Judge):
                    calls += kind.judged(record, answers)
        except DataError:
            continue  # a lesson that cannot be used has no answers to count
    return pairs, judge.count(calls)


def curve(pairs: list[tuple[float, bool]], calls: dict[str, int]) -> Record:
    """What is shown: bins, counts, both sides in a sentence, and which way it leans.

    It leans only if chance does not explain the gap: when the mean confidence lies outside
    Wilson's 95% interval around the share of right answers.
    """
    n, right = len(pairs), sum(correct for _, correct in pairs)
    shown: Record = {
        "n": n,
        "right": right,
        "fewest": FEWEST,
        "lean": "few",
        "mean": None,
        "bins": [
            {"low": one.low, "high": one.high, "n": one.n, "right": one.right,
             "mean": None if one.mean_confidence is None else round(100 * one.mean_confidence)}
            for one in scoring.calibration(pairs)
        ],
        "sides": scoring.two_sided(**calls).sentence,
    }  # fmt: skip
    if n:
        mean = math.fsum(sure for sure, _ in pairs) / n
        shown["mean"] = round(100 * mean)
        if n >= FEWEST:
            low, high = scoring.wilson_interval(right, n)
            shown["lean"] = "over" if mean > high else "under" if mean < low else "match"
    return shown


class Calibration(Activity):
    """A guess about oneself as a judge of posts, and then the counts.

    An answer is ``{"guess": "over" | "match" | "under"}``. It is neither right nor wrong.

    Traits (synced, besides those of every activity): ``curve`` is what :func:`curve` gives, counted
    anew with each message from the browser.
    """

    kind: ClassVar[str] = "calibration"
    fields: ClassVar[dict[str, str]] = {
        "guess": "which way the learner leans: too sure, about right, not sure enough",
    }
    curve = traitlets.Dict().tag(sync=True)

    def __init__(self, lesson: int, record: Record, journal: Keeper):
        self.journal = journal
        super().__init__(lesson, record, journal)
        self.curve = self.spec["curve"]

    def accepts(self, item: Record, answer: Any) -> bool:
        return has_fields(answer, "guess") and one_of(answer["guess"], LEANS)

    def shown(self) -> Record:
        """The activity with what there is to count when the lesson is opened."""
        return {**self.record, "curve": curve(*collect(self.journal))}

    def _answered(self, change: Any) -> None:
        super()._answered(change)
        self.curve = curve(*collect(self.journal))

    def refresh(self) -> None:
        super().refresh()
        self.curve = curve(*collect(self.journal))

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        found = []
        for item in record["items"]:
            ids = [one["id"] for one in item["options"]]
            if ids != list(LEANS):
                where = f"{record['id']}/{item['id']}"
                found.append(Problem(file, where, "options.id", ", ".join(ids), ", ".join(LEANS)))
        return found

    def paper_item(self, item: Record) -> str:
        return sheets.paper(item, self.lesson)

    def key_item(self, item: Record) -> str:
        return sheets.key(item, FEWEST)

    def text_item(self, item: Record) -> str:
        return "\n   ".join([item["question"], *(f"( ) {one['text']}" for one in item["options"])])

    def expected(self, item: Record) -> list[Expected]:
        """Nothing is right or wrong here."""
        return []


KIND = Calibration
