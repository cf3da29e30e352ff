"""What a slide is made of, and how long material is shared out over several.

Lengths are in rem. At 1280 by 720 one rem is 28 px, the smallest type there is on a slide; the page
grows and shrinks as a whole, so that what fits there fits everywhere. Heights are worked out from
the number of letters, for the widest of the usual system fonts: what does not fit goes on the next
slide, and nothing is set smaller for it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from secondlook import prose
from secondlook.markup import escape

Record = dict[str, Any]

WIDE = 41.0  # the column of text
ROOM = 19.6  # its height, between the top edge and the footer
GLYPH = 0.525  # mean width of a letter, as a part of its size
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
        look: class of the stylesheet; it also says in tests which kind of slide this is.
        vote: name under which the hands are kept; "" if nobody is asked.
        group: name of the slides that begin here, for those that lead to them.
        side: whether it is met only when another slide leads there.
        leads: whether the slide after this one is picked by the class: the vote's options say.
        told: what the page's script needs of it, as data attributes.
        mark: whether the keys "down" and "up" stop here.
        part, minutes: the part of the lesson, as the footer names it.
    """

    title: str
    blocks: Sequence[Block] = ()
    kicker: str = ""
    look: str = "say"
    vote: str = ""
    group: str = ""
    side: bool = False
    leads: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    mark: bool = False
    part: str = ""
    minutes: int = 0


def tall(
    text: str, size: float = 1.0, wide: float = WIDE, line: float = LINE, glyph: float = GLYPH
) -> float:
    """The height of a text in rem: its lines, with a word lost at the end of each.

    Arguments:
        text: plain text; a line break begins a new line.
        size: of the type, in rem.
        wide: of the column, in rem.
        line: distance of two lines, as a part of the type size.
        glyph: mean width of a letter, as a part of the type size.
    """
    letters = max(1.0, wide / (glyph * size) - 3)
    return sum(max(1, math.ceil(len(one) / letters)) for one in text.split("\n")) * size * line


def title_size(title: str) -> float:
    """The type size of a heading, in rem: a short one may be large."""
    return 1.75 if len(title) < 48 else 1.45 if len(title) < 110 else 1.2


def head(slide: Slide) -> float:
    """The height of a slide's heading and of the line above it."""
    return (
        (1.5 if slide.kicker else 0)
        + tall(slide.title, title_size(slide.title), WIDE, 1.2, BOLD)
        + 0.7
    )


def pack(slide: Slide, blocks: Iterable[Block]) -> list[Slide]:
    """As many copies of ``slide`` as the blocks need, each as full as it can be.

    The first block of a further slide may be higher than the room; then the page scrolls, and shows
    that it does.
    """
    room = ROOM - head(slide)
    pages: list[list[Block]] = [[]]
    left = room
    for block in blocks:
        if pages[-1] and block.height > left:
            pages.append([])
            left = room
        pages[-1].append(block)
        left -= block.height
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
    return replace(slide, vote="", told={}, look=look, title=title or slide.title, mark=mark)


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

_TEXT_WIDE = 32.0  # of an option, beside its letter and its hands


def options_block(options: Sequence[Option], *, hands: bool = True) -> Block:
    """The options of a question, with a box for the hands of each.

    Arguments:
        options: in the order in which they stand.
        hands: whether the class is asked; False shows them only.
    """
    height = sum(
        tall(one.text, 1.1, _TEXT_WIDE, LINE, BOLD)
        + (tall(one.hint, 1, _TEXT_WIDE) if one.hint else 0)
        + 1.05
        for one in options
    )
    rows = [{"letter": LETTERS[at], "option": one} for at, one in enumerate(options)]
    return Block("options", height, {"rows": rows, "hands": hands})


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
    height = max(heading, 1.8) + tall(option.feedback, 1.05, WIDE - 2.2) + 2
    return Block("told", height, {"letter": letter, "option": option})


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
    """A question, then what is said about each answer.

    Arguments:
        slide: the question's: its ``title`` is the question, its ``vote`` names the hands.
        options: the answers.
        lead: what the question is about; on a slide of its own if both do not fit on one.
        then: what is said once the answer is known, before the answers one by one.
        sources: short citations.
    """
    block = options_block(options)
    made: list[Slide] = []
    together = [*lead, block]
    if lead and sum(one.height for one in together) > ROOM - head(slide):
        first = replace(slide, title="Look at this first", vote="", look="look")
        made += pack(first, lead)
        together = [block]
        slide = replace(slide, mark=False)
    made.append(replace(slide, blocks=together, look="ask"))
    told = [told_block(LETTERS[at], one) for at, one in enumerate(options) if one.feedback]
    reasons = after(slide, title="Answer by answer")
    if rest := [*then, *told, *source(sources)]:
        made += pack(reasons, rest)
    return made
