"""web: a small invented web, without a network; what counts is where the learner goes.

A task opens one or more tabs and offers a few searches. The learner reads on, follows links, opens
tabs, goes back, and says what was found. The feedback speaks to the finding and to the moves.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from secondlook.activities import web_pages
from secondlook.activities.base import Activity, Keeper, Record, has_fields, one_of, source_line
from secondlook.activities.choose import Choose
from secondlook.activities.expected import Expected, of_options
from secondlook.checks import Problem, unknown
from secondlook.markup import STATIC, escape, listed

MOST_MOVES = 80  # the browser stops counting there
MOST_TABS = 8
MOVE = re.compile(r"(open|new|switch|close|back|more) ([a-z0-9-]+)")


class Web(Activity):
    """Tasks on the invented pages of ``data/web.json``.

    An answer is ``{"moves": ["new s-who", ...], "tabs": int, "finding": option id, "first": option
    id}``. A move is a verb and a place: ``open`` (a link, in the same tab), ``new`` (in a new tab),
    ``switch`` and ``close`` (a tab that shows the place), ``back`` (to it), ``more`` (its next
    screen). ``tabs`` says how many were open at the end; ``first`` is the finding before feedback.
    """

    kind: ClassVar[str] = "web"
    fields: ClassVar[dict[str, str]] = {
        "moves": "the invented pages opened, in order, and how",
        "tabs": "how many tabs were open at the end",
        "finding": "the finding picked last",
        "first": "the finding picked before any feedback",
    }

    def __init__(self, lesson: int, record: Record, journal: Keeper):
        web = web_pages.small_web()
        self.web = web_pages.part_of(web, _places(web, record))
        super().__init__(lesson, record, journal)
        self._css += (STATIC / "web.css").read_text(encoding="utf-8")

    def shown(self) -> Record:
        return {**self.record, "web": self.web}

    def accepts(self, item: Record, answer: Any) -> bool:
        if not has_fields(answer, "moves", "tabs", "finding", "first"):
            return False
        moves, tabs = answer["moves"], answer["tabs"]
        if not isinstance(moves, list) or len(moves) > MOST_MOVES:
            return False
        if type(tabs) is not int or not 1 <= tabs <= MOST_TABS:
            return False
        for move in moves:
            found = MOVE.fullmatch(move) if isinstance(move, str) else None
            if not found or not (found[2] in self.web["pages"] or found[2] in self.web["searches"]):
                return False
        known = [one["id"] for one in item["options"]]
        return one_of(answer["finding"], known) and one_of(answer["first"], known)

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        if found := web_pages.problems():
            return found
        web = web_pages.small_web()
        known = {**web["pages"], **web["searches"]}
        found = Choose.problems(record, file)
        for item in record["items"]:
            where = f"{record['id']}/{item['id']}"
            wrong = unknown(file, where, "start", item["start"], known, web_pages.FILE)
            wrong += unknown(file, where, "searches", item["searches"], web["searches"],
                             web_pages.FILE)  # fmt: skip
            found += wrong or _of_moves(web, item, where, file)
        return found

    # --- paper and plain text --------------------------------------------------------------

    def _cards(self) -> dict[str, int]:
        """Each place with the number of its card."""
        return {place: at for at, place in enumerate(_places(self.web, self.record), start=1)}

    def _given(self, item: Record) -> list[str]:
        cards = self._cards()
        opened = " and ".join(
            f"{web_pages.name_of(self.web, place)} (card {cards[place]})" for place in item["start"]
        )
        return [
            f"You start on: {opened}.",
            *(
                f"You may search for: {self.web['searches'][one]['query']} (card {cards[one]})"
                for one in item["searches"]
            ),
        ]

    def paper_item(self, item: Record) -> str:
        given = listed(self._given(item))
        options = "".join(f"<li>☐ {escape(one['text'])}</li>" for one in item["options"])
        return (
            f"<p>{escape(item['task'])}</p>{given}<p>My moves, by card number: "
            f"{'____ ' * 6}</p><p>{escape(item['question'])}</p><ul>{options}</ul>"
        )

    def key_item(self, item: Record) -> str:
        options = "".join(
            f"<li>{'☑' if one['correct'] else '☐'} {escape(one['text'])}: "
            f"{escape(one['feedback'])}</li>"
            for one in item["options"]
        )
        moves = listed(one["feedback"] for one in item["moves"])
        return (
            f"<p>{escape(item['question'])}</p><ul>{options}</ul><p>What to say about the moves"
            f"</p>{moves}<p>{escape(item['way'])}</p><p>{escape(source_line(item))}</p>"
        )

    def text_item(self, item: Record) -> str:
        options = [f"( ) {one['text']}" for one in item["options"]]
        return "\n   ".join([item["task"], *self._given(item), item["question"], *options])

    def paper(self) -> str:
        numbered = self._cards()
        cards = "".join(web_pages.card(self.web, place, numbered) for place in numbered)
        return (
            f'{super().paper()}<section class="paper"><h3>The small web, as cards</h3><p>Every '
            "page is invented. Cut the cards out and fold them so that only number and address "
            f"show. Open one for each move.</p>{cards}</section>"
        )

    def text(self) -> str:
        numbered = self._cards()
        pages = [
            "\n".join([f"Card {number}. {web_pages.name_of(self.web, place)}",
                       *web_pages.lines(self.web, place, numbered)])
            for place, number in numbered.items()
        ]  # fmt: skip
        return "\n\n".join([super().text(), "The small web. Every page is invented.", *pages])

    def expected(self, item: Record) -> list[Expected]:
        asked, right, wrong = of_options(item["question"], item["options"])
        return [
            Expected(
                f"{item['task']} {asked}", f"{right.rstrip('.')}. One way: {item['way']}", wrong
            )
        ]


def _places(web: Record, record: Record) -> list[str]:
    """Every place that the tasks of an activity can lead to."""
    doors = [place for item in record["items"] for place in [*item["start"], *item["searches"]]]
    return web_pages.reachable(web, doors)


def _of_moves(web: Record, item: Record, where: str, file: str) -> list[Problem]:
    """What is wrong with the rules that speak to the moves, and with the sources of the pages."""
    near = web_pages.reachable(web, [*item["start"], *item["searches"]])
    found = []
    for rule in item["moves"]:
        named = [one for field in ("opened", "all", "first") for one in rule["when"].get(field, [])]
        found += unknown(file, where, "moves.when", named, dict.fromkeys(near), "reach of the task")
    ends = [not rule["when"] for rule in item["moves"]]
    if ends.index(True) != len(ends) - 1 if True in ends else True:
        found.append(Problem(file, where, "moves.when", "no last word for all other moves",
                             "an empty `when` in the last rule, and only there"))  # fmt: skip
    if not any(rule["checked"] for rule in item["moves"]):
        found.append(Problem(file, where, "moves.checked", "never true", "true somewhere"))
    shown = {ref for place in near for ref in web["pages"].get(place, {}).get("refs", [])}
    if left := sorted(shown - set(item.get("refs", []))):
        found.append(Problem(file, where, "refs", f"without {', '.join(left)}",
                             "also the sources of the pages it can reach"))  # fmt: skip
    return found


KIND = Web
