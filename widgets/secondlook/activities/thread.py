"""thread: a conversation with an invented person; what is answered decides how it goes on."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar

from secondlook import content
from secondlook.activities import on_paper
from secondlook.activities.base import Activity, Record, has_fields, source_line
from secondlook.activities.expected import Expected, of_options
from secondlook.checks import Problem, repeated, show_value
from secondlook.markup import escape

PAPER_MOVES = 8  # replies that the log of a sheet has room for
PAPER_CELL = '<td class="sl-blank"></td>'
WORKS = {"yes": "This helps", "partly": "Kind, with a catch", "no": "This costs something"}


class Thread(Activity):
    """Conversations that branch: choose a reply, see its effect and the reason.

    An item holds ``nodes``; a node has what is said (``says``) and either ``options``, each with
    the ``next`` node, or ``end``, the last word. An answer is ``{"path": [option id], "first":
    [option id] or None}``: the replies so far, and those of the first conversation that was ended.
    """

    kind: ClassVar[str] = "thread"
    fields: ClassVar[dict[str, str]] = {
        "path": "the replies picked, in order",
        "first": "the replies of the first conversation that was ended",
    }

    def accepts(self, item: Record, answer: Any) -> bool:
        if not has_fields(answer, "path", "first"):
            return False
        walked = _walk(item, answer["path"])
        if walked is None or not answer["path"]:
            return False
        first = answer["first"]
        if first is None:
            return "end" not in walked
        ended = _walk(item, first)
        return ended is not None and "end" in ended

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        found: list[Problem] = []
        for item in record["items"]:
            where = f"{record['id']}/{item['id']}"
            nodes = _nodes(item)
            options = [one for node in item["nodes"] for one in node.get("options", [])]
            found += repeated(file, f"{where}/nodes.id", [one["id"] for one in item["nodes"]])
            found += repeated(file, f"{where}/options.id", [one["id"] for one in options])
            for node in item["nodes"]:
                if ("end" in node) == ("options" in node):
                    told = "both" if "end" in node else "neither"
                    found.append(Problem(file, where, f"nodes.{node['id']}", told,
                                         "either options or an end"))  # fmt: skip
                elif "options" in node and "yes" not in [one["works"] for one in node["options"]]:
                    found.append(Problem(file, where, f"nodes.{node['id']}.options", "no reply "
                                         "that works", "at least one that works: yes"))  # fmt: skip
            for one in options:
                if one["next"] not in nodes:
                    found.append(Problem(file, where, f"options.{one['id']}.next",
                                         show_value(one["next"]), "one of the nodes"))  # fmt: skip
            if not found:
                found += _shape(item, file, where)
        return found

    def shown(self) -> Record:
        """The activity with what the feedback is headed by."""
        return {**self.record, "works": WORKS}

    # --- paper: a story whose boxes are cards --------------------------------------------------

    def _numbers(self) -> dict[tuple[str, str], int]:
        """The number of each node's card, by item and node; shuffled, to give nothing away.

        What is read aloud comes last, so that the cards, which leave it out, have no gaps.
        """
        every = [
            (bool(item.get("aloud")), item["id"], node["id"])
            for item in self.record["items"]
            for node in item["nodes"]
        ]
        every.sort(key=lambda one: (one[0], hashlib.sha256("/".join(one[1:]).encode()).digest()))
        return {one[1:]: at for at, one in enumerate(every, start=1)}

    def paper_lead(self) -> str:
        return (
            "<p>Read a card, pick a reply, and go to the card that it names. Pairs: one reads the "
            f"cards aloud, the other replies; then change places.</p>{_help()}"
        )

    def paper_item(self, item: Record) -> str:
        if item.get("aloud"):
            return (
                f"<p>{escape(item['scene'])}</p><p><b>Nobody plays this one. It is read aloud.</b> "
                "A reply you would give, and whom you would tell:</p>" + on_paper.lines(3)
            )
        start = self._numbers()[item["id"], item["nodes"][0]["id"]]
        row = PAPER_CELL * PAPER_MOVES
        return (
            f"<p>{escape(item['scene'])}</p><p><b>Start at card {start}.</b></p>"
            f'<table class="sl-walk"><tbody><tr><th scope="row">card</th><td>{start}</td>'
            f'{PAPER_CELL * (PAPER_MOVES - 1)}</tr><tr><th scope="row">my reply</th>{row}</tr>'
            "</tbody></table>"
            "<p>A reply I would take back or change, and why:</p>" + on_paper.lines(2)
        )

    def glance(self, item: Record) -> str:
        """A way through on which each reply helps: "4b, 9a, 2c"."""
        numbers, nodes = self._numbers(), _nodes(item)
        node, way = item["nodes"][0], []
        while "options" in node:
            place, one = next((at, one) for at, one in enumerate(node["options"])
                              if one["works"] == "yes")  # fmt: skip
            way.append(f"{numbers[item['id'], node['id']]}{on_paper.letter(place, 'a')}")
            node = nodes[one["next"]]
        return ", ".join(way)

    def key_item(self, item: Record) -> str:
        numbers = self._numbers()
        card = "Line" if item.get("aloud") else "Card"
        told = f"<p><b>Read aloud.</b> {escape(item['scene'])}</p>" if item.get("aloud") else ""
        for node in item["nodes"]:
            said = " / ".join(one["text"] for one in node["says"])
            name = (
                f"<b>{card} {numbers[item['id'], node['id']]}</b>, "
                f"{escape(node['says'][-1]['who'])}"
            )
            told += f"<p>{name}: “{escape(said)}” {escape(node.get('ask', ''))}</p>"
            rows = "".join(
                f"<li><b>{on_paper.letter(place, 'a')}</b> "
                f"<b>{'☑ ' if one['works'] == 'yes' else ''}{escape(WORKS[one['works']])}.</b> "
                f"{escape(one['text'].rstrip('.'))}: {escape(one['reason'])} "
                f"<b>→&#160;{card.lower()}&#160;{numbers[item['id'], one['next']]}</b></li>"
                for place, one in enumerate(node.get("options", []))
            )
            told += (
                f'<ul class="sl-others">{rows}</ul>' if rows else f"<p>{escape(node['end'])}</p>"
            )
        return told + on_paper.source(source_line(item))

    def key_lead(self) -> str:
        after = f"<p>{escape(self.record['after'])}</p>" if "after" in self.record else ""
        return f"{super().key_lead()}<p>A way that helps all through, by card and reply.</p>{after}"

    def cards(self) -> list[str]:
        """The conversations that learners play; one to be read aloud stands in the key alone."""
        numbers = self._numbers()
        found = {
            numbers[item["id"], node["id"]]: self._card(item, node, numbers)
            for item in self.record["items"]
            if not item.get("aloud")
            for node in item["nodes"]
        }
        return [found[number] for number in sorted(found)]

    def _card(self, item: Record, node: Record, numbers: dict[tuple[str, str], int]) -> str:
        said = "".join(f"<p><b>{escape(one['who'])}:</b> {escape(one['text'])}</p>"
                       for one in node["says"])  # fmt: skip
        asked = f"<p>{escape(node['ask'])}</p>" if "ask" in node else ""
        rows = "".join(
            f"<li><b>{on_paper.letter(place, 'a')}</b> {escape(one['text'])} "
            f"<b>→&#160;card&#160;{numbers[item['id'], one['next']]}</b></li>"
            for place, one in enumerate(node.get("options", []))
        )
        more = f"<ul>{rows}</ul>{_where()}" if rows else f"<p>{escape(node['end'])}</p>{_help()}"
        return on_paper.card(said + asked + more, str(numbers[item["id"], node["id"]]))

    def text_item(self, item: Record) -> str:
        lines = [item["scene"]]
        for node in item["nodes"]:
            lines.append(f"[{node['id']}]")
            lines += [f"{one['who']}: {one['text']}" for one in node["says"]]
            lines += [f"( ) {one['text']} -> {one['next']}" for one in node.get("options", [])]
        return "\n   ".join(lines)

    def expected(self, item: Record) -> list[Expected]:
        return [
            of_options(
                f"{node['says'][-1]['who']}: “{node['says'][-1]['text']}”",
                [{**one, "correct": one["works"] == "yes", "feedback": one["reason"]}
                 for one in node["options"]],
            )
            for node in item["nodes"]
            if "options" in node
        ]  # fmt: skip


def _help() -> str:
    """Where to find a person; it stands on the sheet and wherever a conversation ends."""
    directory = content.read_json("helplines.json")["directory"]
    return (
        '<p class="sl-helpline">If somebody real comes to your mind: tell an adult you trust. '
        f"{escape(directory['web'])} lists free lines near you. In danger now: call your local "
        "emergency number.</p>"
    )


def _where() -> str:
    """The same in a few words, for a card that is read on its own."""
    directory = content.read_json("helplines.json")["directory"]
    return f'<p class="sl-small">A person to talk to: {escape(directory["web"])}</p>'


def _nodes(item: Record) -> dict[str, Record]:
    return {node["id"]: node for node in item["nodes"]}


def _walk(item: Record, path: Any) -> Record | None:
    """The node that a path of replies leads to; None if it is no path through the item."""
    if not isinstance(path, list):
        return None
    nodes = _nodes(item)
    node: Record = item["nodes"][0]
    for step in path:
        chosen = [one for one in node.get("options", []) if one["id"] == step]
        if not chosen:
            return None
        node = nodes[chosen[0]["next"]]
    return node


def _shape(item: Record, file: str, where: str) -> list[Problem]:
    """Every node is reached, and no reply leads back: a conversation comes to an end."""
    nodes = _nodes(item)
    order = list(nodes)
    reached = {order[0]}
    found = []
    for node in item["nodes"]:
        for one in node.get("options", []):
            reached.add(one["next"])
            if order.index(one["next"]) <= order.index(node["id"]):
                found.append(Problem(file, where, f"options.{one['id']}.next", one["next"],
                                     "a node further down"))  # fmt: skip
    return found + [
        Problem(file, where, f"nodes.{name}", "no reply leads to it", "a node that is reached")
        for name in order
        if name not in reached
    ]


KIND = Thread
