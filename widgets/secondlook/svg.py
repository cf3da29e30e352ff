"""A small inline SVG: built as a tree, so that no text can turn into markup."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from secondlook.markup import clean


class Picture:
    """A picture with a title and a description for who cannot see it.

    Colours come from the classes of the page's stylesheet, so that one picture serves light, dark
    and paper. Lengths are in units of the view box, one of which is a pixel on a phone.

    Args:
        key: part of the ids, unique on its page.
        width: of the view box.
        height: of the view box.
        title: one line, what it is.
        desc: what it shows, in sentences.
    """

    def __init__(self, key: str, width: float, height: float, title: str, desc: str) -> None:
        self.root = ET.Element(
            "svg",
            {
                "class": "chart",
                "viewBox": f"0 0 {width:g} {height:g}",
                "role": "img",
                "aria-labelledby": f"{key}-title {key}-desc",
            },
        )
        ET.SubElement(self.root, "title", id=f"{key}-title").text = clean(title)
        ET.SubElement(self.root, "desc", id=f"{key}-desc").text = clean(desc)

    def add(self, tag: str, style: str, **numbers: float | str) -> ET.Element:
        """One shape: its tag, its classes and its attributes (``_`` stands for ``-``)."""
        one = ET.SubElement(self.root, tag, {"class": style} if style else {})
        for name, value in numbers.items():
            text = value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
            one.set(name.replace("_", "-"), text)
        return one

    def line(self, style: str, x1: float, y1: float, x2: float, y2: float) -> None:
        """A straight line."""
        self.add("line", style, x1=x1, y1=y1, x2=x2, y2=y2)

    def dot(self, style: str, x: float, y: float, r: float) -> None:
        """A circle of radius ``r``."""
        self.add("circle", style, cx=x, cy=y, r=r)

    def box(
        self, style: str, x: float, y: float, width: float, height: float, rx: float = 0
    ) -> None:
        """A rectangle, its corners rounded by ``rx``."""
        self.add("rect", style, x=x, y=y, width=max(width, 0), height=height, rx=rx)

    def text(self, style: str, x: float, y: float, said: str, turn: float = 0) -> None:
        """A line of text at its baseline, turned by ``turn`` degrees about its place."""
        one = self.add("text", style, x=x, y=y)
        if turn:
            one.set("transform", f"rotate({turn:.1f} {x:.1f} {y:.1f})")
        one.text = clean(said)

    def arrow(self, style: str, x1: float, y1: float, x2: float, y2: float, gap: float) -> None:
        """A line with a head, kept ``gap`` away from both of its ends; nothing if too short."""
        length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        if length <= 2 * gap + 7:
            return
        ux, uy = (x2 - x1) / length, (y2 - y1) / length
        tip_x, tip_y = x2 - ux * gap, y2 - uy * gap
        neck_x, neck_y = tip_x - ux * 8, tip_y - uy * 8
        self.line(style, x1 + ux * gap, y1 + uy * gap, neck_x, neck_y)
        corners = (
            (tip_x, tip_y),
            (neck_x - uy * 4.5, neck_y + ux * 4.5),
            (neck_x + uy * 4.5, neck_y - ux * 4.5),
        )
        self.add(
            "polygon", f"{style} head", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
        )

    def markup(self) -> str:
        """The picture as text, for a place in HTML."""
        return ET.tostring(self.root, encoding="unicode")
