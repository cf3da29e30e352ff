"""thread: a conversation with an invented person; what is answered decides how it goes on."""

from __future__ import annotations

from typing import Any, ClassVar

from secondlook.activities.base import Activity, Record, has_fields, source_line
from secondlook.activities.expected import Expected, of_options
from secondlook.checks import Problem, repeated, show_value
from secondlook.markup import escape

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

    def paper_item(self, item: Record) -> str:
        return f"<p>{escape(item['scene'])}</p>" + "".join(
            self._paper_node(node) for node in item["nodes"]
        )

    def _paper_node(self, node: Record) -> str:
        said = "".join(f"<p><b>{escape(m['who'])}:</b> {escape(m['text'])}</p>"
                       for m in node["says"])  # fmt: skip
        options = "".join(
            f"<li>☐ {escape(one['text'])} (go on at {escape(one['next'])})</li>"
            for one in node.get("options", [])
        )
        return f"<h4>{escape(node['id'])}</h4>{said}" + (f"<ul>{options}</ul>" if options else "")

    def key_item(self, item: Record) -> str:
        told = "".join(
            f"<li>{escape(WORKS[one['works']])}: {escape(one['text'])} {escape(one['reason'])}</li>"
            for node in item["nodes"]
            for one in node.get("options", [])
        )
        ends = "".join(f"<p>{escape(node['end'])}</p>" for node in item["nodes"] if "end" in node)
        return f"<ul>{told}</ul>{ends}<p>{escape(source_line(item))}</p>"

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
