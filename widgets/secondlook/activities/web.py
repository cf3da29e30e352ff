"""web: a small invented web, without a network; what counts is where the learner goes.

A task opens one or more tabs and offers a few searches. The learner reads on, follows links, opens
tabs, goes back, and says what was found. The feedback speaks to the finding and to the moves.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from secondlook.activities import on_paper, web_pages
from secondlook.activities.base import Activity, Keeper, Record, has_fields, one_of, source_line
from secondlook.activities.choose import Choose
from secondlook.activities.expected import Expected, of_options
from secondlook.checks import Problem, unknown
from secondlook.markup import STATIC, escape, listed

MOST_MOVES = 80  # the browser stops counting there
MOST_TABS = 8
PAPER_MOVES = 12  # boxes for the cards opened; the longest good way takes half of them
#: What a rule about moves looks for, in the words of paper; a card has no second screen.
ON_PAPER = {
    ("none", True): "no card opened",
    ("left", True): "left the site of the start",
    ("left", False): "stayed on the site of the start",
    ("read_on", True): "read the start to its end",
    ("read_on", False): "left the start early",
}
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
        self.numbers = web_pages.numbered(web)
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

    def _places(self) -> list[str]:
        """The places in reach, by the number of their card."""
        return sorted(_places(self.web, self.record), key=self.numbers.__getitem__)

    def _doors(self, item: Record) -> list[str]:
        """Where a task starts, and what may be searched for, by card."""
        numbers = self.numbers
        return [
            *(f"Start: card {numbers[one]}, {web_pages.name_of(self.web, one)}"
              for one in item["start"]),
            *(f"You may search for “{self.web['searches'][one]['query']}”: card {numbers[one]}"
              for one in item["searches"]),
        ]  # fmt: skip

    def paper_lead(self) -> str:
        return (
            "<p>Each page is a card with a number. Words with “card” behind them are a link. Open "
            "one card at a time and write down its number when you open it. Every page is "
            "invented. A study is real where the card says so.</p>"
        )

    def paper_item(self, item: Record) -> str:
        item = on_paper.worded(item)
        return (
            f"<p><b>{escape(item['task'])}</b></p>{listed(self._doors(item))}"
            f"<p>The cards I opened, in order:</p>{on_paper.boxes([''] * PAPER_MOVES)}"
            f"<p><b>{escape(item['question'])}</b></p>"
            + on_paper.tick_list(one["text"] for one in item["options"])
        )

    def glance(self, item: Record) -> str:
        return on_paper.right_letters(one["correct"] for one in item["options"])

    def key_lead(self) -> str:
        rows = "".join(
            f"<li>{self.numbers[place]} {escape(web_pages.name_of(self.web, place))}</li>"
            for place in self._places()
        )
        return (
            super().key_lead()
            + "<p>Put one set of cards up round the room, or give each group a set face down. Who "
            f'has opened a card may read it to the others.</p><ul class="sl-numbers">{rows}</ul>'
        )

    def _seen(self, when: Record) -> str:
        """Which moves a rule of the feedback speaks to, in numbers of cards."""
        said = [words for (name, want), words in ON_PAPER.items() if when.get(name) == want]
        for field, lead, link in (("first", "first ", " or "), ("opened", "", " or "),
                                  ("all", "", " and ")):  # fmt: skip
            if field in when:
                said.append(lead + link.join(str(self.numbers[one]) for one in when[field]))
        return "; ".join(said) or "anything else"

    def key_item(self, item: Record) -> str:
        item = on_paper.worded(item)
        right = on_paper.options_key(
            (one["text"], one["correct"], one["feedback"]) for one in item["options"]
        )
        moves = "".join(
            f'<tr><th scope="row">{escape(self._seen(rule["when"]))}</th>'
            f"<td>{'checked' if rule['checked'] else ''}</td>"
            f"<td>{escape(rule['feedback'])}</td></tr>"
            for rule in item["moves"]
        )
        return (
            f"<p>{escape(item['question'])}</p>{right}"
            f"<p><b>A good way:</b> {escape(item['way'])}</p>"
            "<table><caption>What to say about the cards opened: the first row that fits</caption>"
            f"<tbody>{moves}</tbody></table>{on_paper.source(source_line(item))}"
        )

    def text_item(self, item: Record) -> str:
        options = [f"( ) {one['text']}" for one in item["options"]]
        return "\n   ".join([item["task"], *self._doors(item), item["question"], *options])

    def cards(self) -> list[str]:
        return [web_pages.card(self.web, place, self.numbers) for place in self._places()]

    def text(self) -> str:
        pages = [
            "\n".join([f"Card {self.numbers[place]}. {web_pages.name_of(self.web, place)}",
                       *web_pages.lines(self.web, place, self.numbers)])
            for place in self._places()
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
