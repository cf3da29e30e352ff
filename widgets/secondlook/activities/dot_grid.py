"""A thousand people on paper: small marks in strips of ten, so that one stroke shades ten.

The shapes are those of the screen: a diamond has it, a circle does not, and who fits is filled. So
the picture survives a photocopier, and the words about it hold in both places.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

CELL, ROW, GAP = 10.0, 13.0, 9.0  # units of the view box: a mark, a line of strips, between strips
STRIP, STRIPS = 10, 5  # marks in a strip, strips in a line
_MARGIN = 46.0  # where the running count stands
_LINE = STRIP * STRIPS


def _runs(start: int, end: int) -> Iterator[tuple[float, float, int]]:
    """The marks from ``start`` to below ``end``, strip by strip: place of the first, how many."""
    while start < end:
        many = min(end, (start // STRIP + 1) * STRIP) - start
        strip = start % _LINE // STRIP
        across = start % _LINE * CELL + strip * GAP + CELL / 2
        yield across, start // _LINE * ROW + ROW / 2, many
        start += many


def _circles(start: int, end: int) -> str:
    """One path for many circles: each strip is a line of dashes without length and round ends."""
    return "".join(f"M{x:g} {y:g}h{(many - 1) * CELL + 1:g}" for x, y, many in _runs(start, end))


def _diamonds(start: int, end: int) -> str:
    return "".join(
        f"M{x + at * CELL - 4.4:g} {y:g}l4.4-4.4 4.4 4.4-4.4 4.4z"
        for x, y, many in _runs(start, end)
        for at in range(many)
    )


def grid(
    key: str, row: Mapping[str, int], title: str, desc: str, *, filled: bool, counted: bool = True
) -> str:
    """The marks as a picture: first those who have it, then those who do not.

    Arguments:
        key: part of the picture's ids, unique on its page.
        row: the counts of a setting, by the names of ``Counts.row``.
        title: what it is, for who cannot see it.
        desc: what it shows.
        filled: whether those who fit are filled; on a sheet to shade nobody is.
        counted: whether every second line says how many marks there are so far.
    """
    from secondlook.svg import Picture  # with it comes Jinja2, which no learner needs

    have, people = row["have"], row["people"]
    caught = row["caught"] if filled else 0
    alarms = row["alarms"] if filled else 0
    lines = -(-people // _LINE)
    wide = _LINE * CELL + (STRIPS - 1) * GAP
    picture = Picture(key, wide + _MARGIN * counted, lines * ROW, title, desc)
    picture.root.set("class", "sl-grid")
    for start, end, fill in ((0, caught, "#000"), (caught, have, "#fff")):
        if start < end:
            picture.add("path", "", d=_diamonds(start, end), fill=fill, stroke="#000",
                        stroke_width=1.0)  # fmt: skip
    rings = [(have, people, 7.4, "#000"), (have + alarms, people, 5.8, "#fff")]
    for start, end, width, ink in rings:
        if start < end:
            picture.add("path", "", d=_circles(start, end), fill="none", stroke=ink,
                        stroke_width=width, stroke_linecap="round",
                        stroke_dasharray=f"0 {CELL:g}")  # fmt: skip
    for line in range(1, lines, 2) if counted else ():
        picture.text("sl-count", wide + 6, line * ROW + ROW / 2 + 3, f"{(line + 1) * _LINE:,}")
    return picture.markup()
