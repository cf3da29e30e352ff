"""feed: an invented user plays a toy recommender; habits are tried, compared and undone.

The model is ``secondlook.recommender``; its twin in ``static/recommender.js`` plays in the browser.
What comes back is the row of moves, and Python plays it again before it is kept.

Each item is one feed, by its field ``view``:

* ``play``: a new hat and so many cards; with ``topic``, a guess at the last ten comes first;
* ``twins``: one habit, two seeds, and a question about what came of it;
* ``widen``: a hat that a habit has narrowed, to be made as mixed as ``goal`` topics.
"""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

from secondlook import content, recommender
from secondlook.activities import feed_sheets as sheets
from secondlook.activities.base import Activity, Keeper, Record, has_fields, one_of
from secondlook.activities.expected import Expected
from secondlook.checks import Problem, repeated, unknown
from secondlook.markup import STATIC, stylesheet

#: How a move is written in an answer.
CODES = {"end": "e", "half": "h", "swipe": "s", "like": "l", "less": "n", "find": "f"}
_NAMES = {code: move for move, code in CODES.items()}
LAST = 10  # cards at the end of a feed that are counted


@cache
def _styles() -> str:
    return stylesheet() + (STATIC / "feed.css").read_text(encoding="utf-8")


class Feed(Activity):
    """A toy feed, played as an invented user.

    Answers: ``{"moves": codes}``, with ``"guess": int`` where one was asked for (play);
    ``{"choice": [option id], "first": [option id]}`` (twins); ``{"moves": codes}`` that end where
    the goal is reached or the cards run out (widen). ``CODES`` has a letter for each move.
    """

    kind: ClassVar[str] = "feed"
    fields: ClassVar[dict[str, str]] = {
        "moves": "one letter for each thing done with a card of the toy feed",
        "guess": "how many cards of one topic were guessed",
        "choice": "the option picked last",
        "first": "the option picked before any feedback",
    }

    def __init__(self, lesson: int, record: Record, journal: Keeper):
        super().__init__(lesson, prepared(record), journal)
        self._css = _styles()

    def accepts(self, item: Record, answer: Any) -> bool:
        if item["view"] == "twins":
            known = [one["id"] for one in item["options"]]
            return has_fields(answer, "choice", "first") and all(
                isinstance(one, list) and len(one) == 1 and one_of(one[0], known)
                for one in answer.values()
            )
        if not has_fields(answer, "moves", *(["guess"] if "topic" in item else [])):
            return False
        if "topic" in item and not _count(answer["guess"]):
            return False
        moves = _moves(item, answer["moves"])
        if item["view"] == "play":
            return len(moves) == int(item["cards"])
        return 0 < len(moves) <= int(item["most"]) and _ends(item, moves)

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        found = repeated(file, f"{record['id']}/topics", [one["id"] for one in record["topics"]])
        letters = [one["label"][0] for one in record["topics"]]  # on their badges
        if len(set(letters)) < len(letters):
            found.append(Problem(file, record["id"], "topics.label", "".join(letters),
                                 "labels that each begin with another letter"))  # fmt: skip
        for item in record["items"]:
            where = f"{record['id']}/{item['id']}"
            shape = content.shapes().problems(f"feed-{item['view']}", item, file, where)
            found += shape or _inside(record, item, file, where)
        return found

    def paper_lead(self) -> str:
        return sheets.rules(self.record)

    def paper_item(self, item: Record) -> str:
        return sheets.paper(item, self.record)

    def glance(self, item: Record) -> str:
        return sheets.glance(item, self.record)

    def key_item(self, item: Record) -> str:
        return sheets.key(item, self.record)

    def cards(self) -> list[str]:
        return sheets.slips(self.record)

    def text_item(self, item: Record) -> str:
        return sheets.text(item, self.record)

    def expected(self, item: Record) -> list[Expected]:
        if "options" in item:
            return super().expected(item)
        return sheets.expected(item, self.record)


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LAST


def _moves(item: Record, codes: Any) -> list[str]:
    """The moves of an answer; none if there is one that the item does not offer."""
    allowed = {CODES[move] for move in item["actions"]}
    if not isinstance(codes, str) or not allowed.issuperset(codes):
        return []
    return [_NAMES[code] for code in codes]


def _ends(item: Record, moves: list[str]) -> bool:
    """Whether a row of moves stops where the browser stops: at the goal, or with the last card."""
    feeds = list(recommender.play(item["seed"], moves, slips=item["hat"]))
    met = [recommender.mixed_as(one.slips) >= item["goal"] for one in feeds]
    return met.index(True) == len(moves) if any(met) else len(moves) == int(item["most"])


# --- from the data to what is shown --------------------------------------------------------------


def habit_of(topics: list[Record], habit: dict[str, str]) -> list[str]:
    """What a habit does with a card of each topic; ``else`` says it for those not named."""
    return [habit.get(one["id"], habit["else"]) for one in topics]


def prepared(record: Record) -> Record:
    """The activity with habits in the topics' order, narrowed hats, and the best way out."""
    return {**record, "items": [_prepared(item, record["topics"]) for item in record["items"]]}


def _prepared(item: Record, topics: list[Record]) -> Record:
    ready = dict(item)
    if "habit" in item:
        ready["habit"] = habit_of(topics, item["habit"])
    if item["view"] == "widen":
        before = item["from"]
        habit = habit_of(topics, before["habit"])
        feed, _ = recommender.follow(before["seed"], habit, before["cards"])
        ready["hat"] = list(feed.slips)
        best = recommender.quickest(
            item["seed"], feed.slips, item["actions"], item["goal"], item["most"]
        )
        ready["best"] = len(best) if best is not None else None
    return ready


# --- what a schema cannot say --------------------------------------------------------------------


def _inside(record: Record, item: Record, file: str, where: str) -> list[Problem]:
    topics = [one["id"] for one in record["topics"]]
    found: list[Problem] = []
    for habit in [one["habit"] for one in (item, item.get("from", {})) if "habit" in one]:
        found += unknown(file, where, "habit", set(habit) - {"else"}, topics, "topics")
    if item["view"] == "play":
        found += unknown(file, where, "topic", [item["topic"]] if "topic" in item else [], topics,
                         "topics")  # fmt: skip
        for one in ("question", "near", "feedback"):
            if "topic" in item and one not in item:
                found.append(Problem(file, where, one, "nothing", "it, where a topic is guessed"))
            elif "topic" not in item and one in item:
                found.append(Problem(file, where, one, "there", "nothing without a topic"))
    if item["view"] == "twins":
        right = sum(one["correct"] for one in item["options"])
        if right != 1:
            found.append(Problem(file, where, "options.correct", f"{right} right", "exactly 1"))
        found += repeated(file, f"{where}/options", [one["id"] for one in item["options"]])
        found += repeated(file, f"{where}/seeds", map(str, item["seeds"]))
    if item["view"] == "widen" and not found:
        best = _prepared(item, record["topics"])["best"]
        if not best:
            told = "out of reach" if best is None else "met at the start"
            found.append(Problem(file, where, "goal", f"{item['goal']} topics, {told}",
                                 "a goal that some moves reach"))  # fmt: skip
    return found


KIND = Feed
