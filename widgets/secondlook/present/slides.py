"""What a slide is made of, and how long material is shared out over several.

Lengths are in rem. At 1280 by 720 one rem is 28 px, the smallest type there is on a slide; the page
grows and shrinks as a whole, so that what fits there fits everywhere. Heights are worked out from
the number of letters, for the widest of the usual system fonts: what does not fit goes on the next
slide, and nothing is set smaller for it.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from secondlook import prose
from secondlook.markup import escape

Record = dict[str, Any]

WIDE = 41.0  # the column of text
ROOM = 21.7  # its height, between the top edge and the footer
GLYPH = 0.52  # mean width of a letter, as a part of its size
BOLD = 0.6  # the same in bold type
LINE = 1.36  # distance of two lines, as a part of the type size
LETTERS = "ABCDEFGHIJKLMNOP"


@dataclass(frozen=True)
class Block:
    """A part of a slide.

    Attributes:
        form: the macro of ``templates/blocks.html`` that draws it.
        height: in rem, the distance to the next block included.
        data: what the macro gets.
    """

    form: str
    height: float
    data: Any = None


@dataclass(frozen=True)
class Option:
    """An answer that a class can give.

    Attributes:
        text: what it says.
        right: whether it is (one of) ours.
        feedback: what is said about it once the answer is shown.
        mark: the word beside it then; "" leaves it without one.
        hint: in small, under the text.
        goes: the group of slides that follows if most hands are for it.
    """

    text: str
    right: bool = False
    feedback: str = ""
    mark: str = ""
    hint: str = ""
    goes: str = ""


@dataclass(frozen=True)
class Slide:
    """One slide.

    Attributes:
        title: its heading.
        blocks: under the heading, from top to bottom.
        kicker: a line above the heading: which activity, which item of it.
        source: the sources of what it says, where they fit beside the kicker.
        look: class of the stylesheet; it also says in tests which kind of slide this is.
        vote: name under which the hands are kept; "" if nobody is asked.
        group: name of the slides that begin here, for those that lead to them.
        side: whether it is met only when another slide leads there.
        leads: whether the slide after this one is picked by the class: the vote's options say.
        answer: the heading that takes its place once the answer is shown; "" where none does.
        told: what the page's script needs of it, as data attributes.
        mark: whether the keys "down" and "up" stop here.
        part, minutes: the part of the lesson, as the footer names it.
    """

    title: str
    blocks: Sequence[Block] = ()
    kicker: str = ""
    source: str = ""
    look: str = "say"
    vote: str = ""
    group: str = ""
    side: bool = False
    leads: Mapping[str, str] = field(default_factory=dict)
    answer: str = ""
    told: Mapping[str, str] = field(default_factory=dict)
    mark: bool = False
    part: str = ""
    minutes: int = 0


def tall(
    text: str, size: float = 1.0, wide: float = WIDE, line: float = LINE, glyph: float = GLYPH
) -> float:
    """The height of a text in rem.

    Arguments:
        text: plain text; a line break begins a new line.
        size: of the type, in rem.
        wide: of the column, in rem.
        line: distance of two lines, as a part of the type size.
        glyph: mean width of a letter, as a part of the type size.
    """
    letters = max(8, int(wide / (glyph * size)))
    return sum(max(1, len(textwrap.wrap(one, letters))) for one in text.split("\n")) * size * line


#: Slides whose heading only says what stands there: it may be small.
QUIET = ["legend", "told", "look", "comments", "prose", "dots", "post", "web", "sources", "feed"]
QUIET += ["ask-small", "guess-small"]


def title_size(slide: Slide) -> float:
    """The type size of a slide's heading, in rem: a short one may be large."""
    if slide.look in QUIET:
        return 1.2
    if slide.look == "talk":
        return 1.95 if len(slide.title) < 90 else 1.7
    return 1.75 if len(slide.title) < 48 else 1.45 if len(slide.title) < 110 else 1.2


def head(slide: Slide) -> float:
    """The height of a slide's heading and of the line above it, or beside it for a post."""
    kicker = 1.6 if slide.kicker and slide.look != "post" else 0
    return kicker + tall(slide.title, title_size(slide), WIDE, 1.2, BOLD) + 0.7


def pack(slide: Slide, blocks: Iterable[Block]) -> list[Slide]:
    """As many copies of ``slide`` as the blocks need, each as full as it can be.

    The first block of a further slide may be higher than the room; then the page scrolls, and shows
    that it does.
    """
    blocks = list(blocks)
    if blocks and blocks[-1].form == "source" and slide.kicker:
        named = f"Source: {blocks[-1].data}"
        if len(slide.kicker) * BOLD + len(named) * GLYPH < WIDE - 2:
            slide, blocks = replace(slide, source=named), blocks[:-1]
    room = ROOM - head(slide)
    pages: list[list[Block]] = [[]]
    left = room
    for block in blocks:
        if pages[-1] and block.height > left:
            pages.append([])
            left = room
        pages[-1].append(block)
        left -= block.height
    if len(pages) > 1 and len(pages[-2]) > 1 and pages[-1][0].form == "source":
        pages[-1].insert(0, pages[-2].pop())  # a source does not stand alone
    made = [replace(slide, blocks=page) for page in pages]
    return [made[0], *(replace(one, mark=False) for one in made[1:])]


def after(slide: Slide, look: str = "told", title: str = "", *, mark: bool = False) -> Slide:
    """A slide that belongs to a question and asks nothing itself.

    Arguments:
        slide: the question's.
        look: of the new one.
        title: of the new one; the question's where it is left out.
        mark: whether the keys "down" and "up" stop at it.
    """
    return replace(
        slide, vote="", told={}, answer="", look=look, title=title or slide.title, mark=mark
    )


# --- texts ---

#: Up to how many letters a text is set in which size: the fewer words, the larger.
_SIZES = ((110, 1.9), (200, 1.55), (330, 1.3))
_SMALL = 1.15
_MOST = 330  # letters of prose on one slide


def said(text: str, size: float = 0, wide: float = WIDE) -> Block:
    """A plain text as a paragraph, as large as its length allows."""
    size = size or _size(len(text))
    return Block(
        "say", tall(text, size, wide) + 0.6, {"html": f"<p>{escape(text)}</p>", "size": size}
    )


def _size(letters: int) -> float:
    return next((size for most, size in _SIZES if letters <= most), _SMALL)


_ITEM = re.compile(r"(?:[-*]|\d+\.) ")
_SIGNS = re.compile(r"\]\([^)]*\)|[*_`\[]")


def written(markdown: str, slide: Slide) -> list[Slide]:
    """Markdown of a lesson as slides: paragraphs and list items stay whole.

    Arguments:
        markdown: a cell of the notebook.
        slide: what each of them looks like, without blocks.
    """
    pages: list[list[str]] = [[]]
    for chunk in _chunks(markdown):
        if pages[-1] and sum(map(_letters, pages[-1])) + _letters(chunk) > _MOST:
            pages.append([])
        pages[-1].append(chunk)
    made = []
    for page in pages:
        size = _size(sum(map(_letters, page)))
        text = "".join(page)
        height = sum(tall(_SIGNS.sub("", one), size) + 0.6 for one in page)
        made.append(
            replace(
                slide, blocks=[Block("say", height, {"html": prose.to_html(text), "size": size})]
            )
        )
    return made


def _letters(chunk: str) -> int:
    return len(_SIGNS.sub("", chunk))


def _chunks(markdown: str) -> list[str]:
    """Paragraphs and list items, each with the line breaks that keep it apart from the next."""
    found: list[str] = []
    for paragraph in markdown.split("\n\n"):
        lines = paragraph.strip().split("\n")
        for at, line in enumerate(lines):
            if at and not _ITEM.match(line):
                found[-1] = f"{found[-1].rstrip()}\n{line}\n"
            else:
                found.append(f"{line}\n")
        found[-1] += "\n"
    return found


# --- a question to the class ---

_COUNT = 5.6  # the width of "12 hands"


def options_block(options: Sequence[Option], *, hands: bool = True, columns: int = 0) -> Block:
    """The options of a question, with a box for the hands of each.

    Arguments:
        options: in the order in which they stand.
        hands: whether the class is asked; False shows them only.
        columns: 1 or 2; 0 takes two where there are more than five.
    """
    columns = columns or (2 if len(options) > 5 else 1)
    heights = [_option_high(one, columns) for one in options]
    # In two columns the higher of two neighbours makes the row.
    high = sum(max(heights[at : at + columns]) for at in range(0, len(heights), columns))
    rows = [{"letter": LETTERS[at], "option": one} for at, one in enumerate(options)]
    return Block("options", high, {"rows": rows, "hands": hands, "columns": columns})


def _option_high(option: Option, columns: int) -> float:
    """The height of an option once its mark and its hands stand beside it."""
    wide = (WIDE - 0.5 * (columns - 1)) / columns - 1.6 - 2.6 - _COUNT
    mark = len(option.mark) * BOLD + 2.4 if option.mark else 0
    if columns == 1:
        wide -= min(mark, 13.8)
    under = 1.5 if mark and columns == 2 else 0  # there it stands on a line of its own
    hint = tall(option.hint, 1, wide) if option.hint else 0
    return max(1.9, tall(option.text, 1.1, wide, 1.3, BOLD) + hint) + under + 1.2


def answers(listed: Iterable[Record], key: str = "correct", mark: str = "Right") -> list[Option]:
    """Options as the activities' data has them, with their own feedback.

    Arguments:
        listed: each with ``text``, ``feedback`` and ``key``.
        key: the field that says whether an option is ours.
        mark: the word beside ours.
    """
    return [
        Option(one["text"], one[key], one["feedback"], mark if one[key] else "") for one in listed
    ]


def told_block(letter: str, option: Option) -> Block:
    """What is said about one option."""
    heading = tall(option.text, 1, WIDE - (9 if option.mark else 5), LINE, BOLD)
    heading = max(heading, 1.45) if letter else heading
    height = heading + tall(option.feedback, 1.05, WIDE - 2.2) + 1.5
    return Block("told", height, {"letter": letter, "option": option})


def rows_block(cells: Sequence[Sequence[str]]) -> Block:
    """Names and what they say, a pair a row."""
    high = sum(
        max(tall(name, 1.05, 10.5), tall(text, 1.05, WIDE - 12.5)) + 1.0 for name, text in cells
    )
    return Block("rows", high, cells)


def source(names: Iterable[str]) -> list[Block]:
    """The line that names the sources; no line where there is none."""
    line = "; ".join(names)
    return [Block("source", tall(f"Source: {line}") + 0.4, line)] if line else []


def ask(
    slide: Slide,
    options: Sequence[Option],
    *,
    lead: Sequence[Block] = (),
    then: Sequence[Block] = (),
    sources: Iterable[str] = (),
) -> list[Slide]:
    """A question, then what is said about each answer: ours first, for a class short of time.

    Arguments:
        slide: the question's: its ``title`` is the question, its ``vote`` names the hands.
        options: the answers.
        lead: what the question is about; on a slide of its own if both do not fit on one.
        then: what is said once the answer is known, before the answers one by one.
        sources: short citations.
    """
    made: list[Slide] = []
    asked = replace(slide, look="ask")
    small = replace(slide, look="ask-small")
    ways = [
        (one, options_block(options, columns=columns))
        for one in (asked, small)
        for columns in (1, 2)
    ]
    fitting = [
        replace(one, blocks=[*lead, block])
        for one, block in ways
        if sum(each.height for each in [*lead, block]) <= ROOM - head(one)
    ]
    if not fitting:
        before, _, last = slide.title.rpartition(". ")
        whole = before.count("“") == before.count("”")  # no quotation is cut in two
        if (
            before and whole and not lead
        ):  # the question is its last sentence; the others lead up to it
            shorter = replace(slide, title=last)
            return ask(shorter, options, lead=[said(f"{before}.", 1.3)], then=then, sources=sources)
        if lead:
            made += pack(after(slide, "look", "Look at this first", mark=slide.mark), lead)
            slide = replace(slide, mark=False)
        one, block = min(ways, key=lambda way: head(way[0]) + way[1].height)
        if head(asked) + ways[0][1].height <= ROOM:
            one, block = ways[0]
        fitting = [replace(one, blocks=[block], mark=slide.mark)]
    made.append(fitting[0])
    told = [
        told_block(LETTERS[at], one)
        for at, one in sorted(enumerate(options), key=lambda pair: not pair[1].right)
        if one.feedback
    ]
    reasons = after(slide, title="Answer by answer")
    if rest := [*then, *told, *source(sources)]:
        made += pack(reasons, rest)
    return made
