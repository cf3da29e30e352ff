"""sort: each card goes into one of a few bins, which may be the four corners of a map."""

from __future__ import annotations

from typing import Any, ClassVar

from secondlook.activities import on_paper
from secondlook.activities.base import Activity, Record, has_fields, one_of, source_line
from secondlook.activities.expected import Expected, of_labels, quote
from secondlook.checks import Problem, repeated, show_value, unknown
from secondlook.markup import escape, table


class Sort(Activity):
    """Cards to put into bins; every bin answers for itself.

    With ``map`` the bins are the corners of a square, row by row. A card may say who posts it
    (``who``), what it is judged for (``goal``) and where it stood before (``before``). ``others``
    are invented people; each card says where they put it and why, and the learner sees that once
    the card is placed.

    An answer is ``{"bin": bin id, "first": bin id}``; ``first`` is what was picked before any
    feedback was seen.
    """

    kind: ClassVar[str] = "sort"
    first_mark: ClassVar[str] = "A"
    fields: ClassVar[dict[str, str]] = {
        "bin": "where the card was put last",
        "first": "where it was put before any feedback",
    }

    def accepts(self, item: Record, answer: Any) -> bool:
        if not has_fields(answer, "bin", "first"):
            return False
        known = [one["id"] for one in self.record["bins"]]
        return one_of(answer["bin"], known) and one_of(answer["first"], known)

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        bins = [one["id"] for one in record["bins"]]
        found = repeated(file, f"{record['id']}/bins", bins)
        if "map" in record and len(bins) != 4:
            found.append(Problem(file, record["id"], "bins", f"{len(bins)} bins",
                                 "4 with a map, one for each corner"))  # fmt: skip
        for item in record["items"]:
            where = f"{record['id']}/{item['id']}"

            def in_bins(field: str, keys: list[str], where: str = where) -> list[Problem]:
                return unknown(file, where, field, keys, bins, "this activity's bins")

            found += in_bins("answer", [item["answer"]])
            found += in_bins("feedback", list(item["feedback"]))
            found += in_bins("before", [item["before"]] if "before" in item else [])
            for missing in bins:
                if missing not in item["feedback"]:
                    found.append(Problem(file, where, f"feedback.{missing}", show_value(None),
                                         "feedback for every bin"))  # fmt: skip
            found += cls._others(record, item, file, where)
            for who, said in item.get("others", {}).items():
                found += in_bins(f"others.{who}.bin", [said["bin"]])
        return found

    @staticmethod
    def _others(record: Record, item: Record, file: str, where: str) -> list[Problem]:
        """Everybody of ``others`` has placed every card, and nobody else has."""
        asked = [one["id"] for one in record.get("others", [])]
        placed = item.get("others", {})
        found = unknown(file, where, "others", list(placed), asked, "this activity's others")
        for who in asked:
            if who not in placed:
                found.append(Problem(file, where, f"others.{who}", show_value(None),
                                     "a place and a reason from each of the others"))  # fmt: skip
        return found

    def _labels(self) -> dict[str, str]:
        return {one["id"]: one["label"] for one in self.record["bins"]}

    def _lead(self, item: Record, goal: bool = True) -> list[str]:
        """What stands above a card: the goal, where it stood before, who posts it."""
        before = self._labels().get(item.get("before", ""))
        return [
            *([f"Goal: {item['goal']}"] if goal and "goal" in item else []),
            *([f"Before: {before}"] if before else []),
            *([item["who"]] if "who" in item else []),
        ]

    def _goals(self) -> list[str]:
        """The goals that cards are judged for, each once."""
        return list(dict.fromkeys(one["goal"] for one in self.record["items"] if "goal" in one))

    def paper_lead(self) -> str:
        goals = self._goals()
        goal = f"<p><b>Goal of all cards:</b> {escape(goals[0])}</p>" if len(goals) == 1 else ""
        where = "corner" if "map" in self.record else "box"
        others = [one["name"] for one in self.record.get("others", [])]
        named = " and ".join(filter(None, [", ".join(others[:-1]), *others[-1:]]))
        heard = f" Your teacher knows where {named} put them." if others else ""
        return (
            f"{goal}<p>Write the letter of each card into one {where}.{escape(heard)}</p>"
            f"{self._map() if 'map' in self.record else self._piles()}"
        )

    def _piles(self) -> str:
        rows = "".join(f"<li>{_named(one)}</li>" for one in self.record["bins"])
        return f'<ul class="sl-piles">{rows}</ul>'

    def _map(self) -> str:
        """The bins as the four corners that they are."""
        sides, bins = self.record["map"], list(map(_named, self.record["bins"]))
        top = "".join(f'<th scope="col">{escape(one)}</th>' for one in sides["columns"])
        rows = "".join(
            f'<tr><th scope="row">{escape(side)}</th><td>{left}</td><td>{right}</td></tr>'
            for side, left, right in zip(sides["rows"], bins[::2], bins[1::2], strict=True)
        )
        head = f"<thead><tr><td></td>{top}</tr></thead>"
        return f'<table class="sl-map">{head}<tbody>{rows}</tbody></table>'

    def _face(self, item: Record) -> str:
        """What stands on a card: never where it stood, for that answers an activity before."""
        goal = f"<p><b>Goal:</b> {escape(item['goal'])}</p>" if len(self._goals()) > 1 else ""
        who = f'<p class="sl-by">{escape(item["who"])}</p>' if "who" in item else ""
        return f"{who}<blockquote>{escape(item['text'])}</blockquote>{goal}"

    def paper_item(self, item: Record) -> str:
        before = f"<p>It stood in: {on_paper.gap()}</p>" if "before" in item else ""
        return self._face(item) + before

    def cards(self) -> list[str]:
        return [
            on_paper.card(self._face(item), on_paper.letter(place))
            for place, item in enumerate(self.record["items"])
        ]

    def key_lead(self) -> str:
        """Which cards lie in each bin, and where the others put each."""
        labels = self._labels()
        items = [(on_paper.letter(at), one) for at, one in enumerate(self.record["items"])]
        piles = "".join(
            f"<li><b>{escape(label)}:</b> "
            f"{', '.join(mark for mark, one in items if one['answer'] == key) or 'no card'}</li>"
            for key, label in labels.items()
        )
        lead = f'<ul class="sl-glance">{piles}</ul>'
        others = self.record.get("others", [])
        if not others:
            return lead
        rows = [
            {"Card": mark, "We": labels[item["answer"]]}
            | {one["name"]: labels[item["others"][one["id"]]["bin"]] for one in others}
            for mark, item in items
        ]
        after = f"<p>{escape(self.record['after'])}</p>" if "after" in self.record else ""
        return lead + table(rows, "Where each card was put").markup + after

    def key_item(self, item: Record) -> str:
        labels, right = self._labels(), item["answer"]
        told = on_paper.answer(labels[right], item["feedback"][right]) + on_paper.others(
            (label, item["feedback"][key]) for key, label in labels.items() if key != right
        )
        others = "".join(
            f"<li>{escape(one['name'])}, {escape(labels[said['bin']])}: {escape(said['why'])}</li>"
            for one in self.record.get("others", [])
            for said in [item["others"][one["id"]]]
        )
        lead = "".join(
            f"<p>{escape(one)}</p>" for one in self._lead(item, goal=len(self._goals()) > 1)
        )
        said = f'<ul class="sl-others">{others}</ul>' if others else ""
        return (
            f"{lead}<blockquote>{escape(item.get('title', item['text']))}</blockquote>{told}{said}"
            f"{on_paper.source(source_line(item))}"
        )

    def text_item(self, item: Record) -> str:
        options = [
            f"( ) {one['label']}" + (f": {one['hint']}" if "hint" in one else "")
            for one in self.record["bins"]
        ]
        return "\n   ".join([*self._lead(item), f"“{item['text']}”", *options])

    def expected(self, item: Record) -> list[Expected]:
        goal = f"{item['goal']}: " if "goal" in item else ""
        asked = f"{goal}{quote(item['text'])}"
        return [of_labels(asked, item["answer"], self._labels(), item["feedback"])]


def _named(one: Record) -> str:
    """A bin by its name and what belongs there."""
    hint = f" <span>{escape(one['hint'])}</span>" if "hint" in one else ""
    return f"<b>{escape(one['label'])}</b>{hint}"


KIND = Sort
