"""An activity on its way to slides: its data, its sources, and what all its slides share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from secondlook.activities.base import Record
from secondlook.present.slides import Block, Option, Slide, pack, said, told_block

#: Kinds that are played with cards on paper, and on slides as on a learner's screen.
_PLAYED = ("feed", "thread", "web")


@dataclass(frozen=True)
class Scene:
    """An activity as its kind's function gets it.

    Attributes:
        spec: all that the activity puts on a learner's screen (``activities.seen``).
    """

    spec: Record
    extra: str = field(default="", kw_only=True)

    @property
    def items(self) -> list[Record]:
        """What the activity asks, in order."""
        listed: list[Record] = self.spec["items"]
        return listed

    def slide(
        self,
        title: str,
        look: str = "say",
        told: Mapping[str, str] | None = None,
        mark: bool = False,
    ) -> Slide:
        """A slide of this activity that belongs to none of its items."""
        return Slide(title, kicker=self.spec["title"], look=look, told=told or {}, mark=mark)

    def item(self, at: int, title: str, part: str = "") -> Slide:
        """A slide that asks the class about an item.

        Arguments:
            at: place of the item, from 0.
            title: the question.
            part: of the item, where it is asked about in parts.
        """
        many = len(self.items)
        where = f" · {at + 1} of {many}" if many > 1 else ""
        name = "/".join(filter(None, [self.spec["id"], self.items[at]["id"], part]))
        return Slide(title, kicker=f"{self.spec['title']}{where}{self.extra}", vote=name, mark=True)

    def names(self, refs: Iterable[str]) -> list[str]:
        """The short citations of these references."""
        return [self.spec["references"][one]["short"] for one in refs]

    def opening(self) -> list[Slide]:
        """The activity's title and what it asks, in the words of paper where a screen is meant.

        Of the small web's tabs there are none on a projector.
        """
        ask = self.spec.get("ask", "")
        if self.spec["kind"] not in _PLAYED:
            ask = self.spec.get("paper", ask)
        ask = " ".join(one for one in re.split(r"(?<=\.) ", ask) if " tab" not in one)
        slide = Slide(self.spec["title"], look="activity", mark=True)
        return [replace(slide, blocks=[said(ask, 1.4)] if ask else [])]

    def ending(self) -> list[Slide]:
        """What the activity says when all of it is done; no slide where it says nothing."""
        after = self.spec.get("after", "")
        return pack(self.slide("To take along"), [said(after)]) if after else []

    def legend(self, title: str, entries: Iterable[Record]) -> list[Slide]:
        """What the answers mean that every item offers: label and hint of each."""
        blocks: list[Block] = [
            told_block("", Option(one["label"], feedback=one["hint"]))
            for one in entries
            if "hint" in one
        ]
        return pack(self.slide(title, look="legend"), blocks) if blocks else []
