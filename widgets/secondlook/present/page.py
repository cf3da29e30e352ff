"""A lesson's slides as one HTML file that needs no network and no server.

The file holds its style and its script, and its own content security policy lets nothing else run:
both are named by their hash, and nothing may be asked of anywhere.
"""

from __future__ import annotations

import base64
import hashlib
from importlib import resources
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from secondlook import content, pages
from secondlook.markup import module_text
from secondlook.present.deck import deck
from secondlook.present.slides import Slide, title_size
from secondlook.templates import environment

#: What the page's script listens to, as its list of keys says it.
KEYS = (
    ("→ PageDown Space Enter", "show what is hidden, then go on"),
    ("← PageUp", "back"),
    ("↓ ↑", "next or last question or post; with Shift: part"),
    ("0 to 9", "type hands; Enter goes to the next box"),
    ("T", "clock: start, stop"),
    ("H", "help lines"),
    ("B or .", "black screen"),
    ("L, F", "light or dark; full screen"),
    ("Home End", "first slide, last slide"),
)


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _environment() -> Environment:
    made = environment("secondlook.present").overlay()
    made.filters["trusted"] = Markup  # HTML that our own functions have escaped
    made.filters["grouped"] = lambda text: (
        f"{int(text):,}" if text.isdecimal() and len(text) > 4 else text
    )
    return made


def page(number: int, slides: list[Slide]) -> str:
    """The slides of a lesson as the text of one HTML file.

    Arguments:
        number: of the lesson.
        slides: those of ``deck.deck(number)``.
    """
    sheet = resources.files("secondlook.present").joinpath("templates/present.css")
    # Styles in attributes are what the policy forbids, so each size of type has a class.
    sizes = "".join(f".s{size}{{font-size:{size / 100:g}rem}}" for size in range(100, 200, 5))
    style = sizes + sheet.read_text(encoding="utf-8")
    script = module_text("present")
    lesson = content.syllabus()[number]
    return (
        _environment()
        .get_template("present.html")
        .render(
            title=lesson["title"],
            deck=f"secondlook {number} {len(slides)}",
            slides=slides,
            size_of=title_size,
            keys=KEYS,
            parts=pages.PARTS,
            help_inside=pages.help_inside(),
            style=Markup(style),
            style_hash=_hash(style),
            script=Markup(script),
            script_hash=_hash(script),
        )
    )


def write(number: int, path: Path) -> None:
    """Writes the slides of a lesson to a file.

    Arguments:
        number: of the lesson.
        path: of the file; one that is there is written over.

    Raises:
        OSError: it cannot be written.
        DataError: the lesson's data cannot be used.
    """
    path.write_text(page(number, deck(number)), encoding="utf-8", newline="\n")
