"""Letters and cards for families, learners and teachers, from the Markdown in ``handouts/``.

A teacher edits the Markdown and prints it as it stands. What the course knows already is not typed
there: ``{{help_lines}}`` and its like are filled in from the data, in every language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from secondlook import content, safety
from secondlook.activities import audit
from secondlook.checks import DataError, Problem
from secondlook.markup import escape
from secondlook.pages import SEPARATOR, reach
from secondlook.prose import to_html
from secondlook.reading import decode

Record = dict[str, Any]
Say = Callable[[str], str]

ENGLISH = "en"  # what every other language is translated from
WORDS = "translations.json"
CARDS = ("disclosure_card", "post_check", "help_card")
COPIES = 4  # of a card, which is cut from its sheet
NAMES = ("letter_home", "opt_out", "ground_rules", *CARDS)

# With the paragraph around it, if it stands alone in one.
_MARK = re.compile(r"(<p>)?\{\{\s*(.*?)\s*\}\}(</p>)?")
_BONES = re.compile(r"^(?:#+|-|\d+\.|☐)(?= )|\{\{.*?\}\}", re.MULTILINE)
_BLANK = re.compile(r"\[([^\[\]]*)\]")
_TAG = re.compile(r"(<[^>]*>)")
# What must be the same in every language: numbers, and words to be texted to a help line.
_FIXED = re.compile(r"\d+|[A-Z]{4,}")


class HandoutError(ValueError):
    """A handout cannot be made. The message is one plain sentence."""


def names() -> list[str]:
    """The handouts, in the order in which a teacher needs them."""
    return list(NAMES)


def languages() -> list[str]:
    """The languages that there is a folder for; English comes first."""
    found = sorted(one.name for one in content.handouts_dir().glob("*") if any(one.glob("*.md")))
    return sorted(found, key=lambda one: one != ENGLISH)


def page(name: str, language: str = ENGLISH, country: str | None = None) -> str:
    """A handout, ready to be put on paper.

    Arguments:
        name: one of :func:`names`.
        language: one of :func:`languages`.
        country: whose help lines it shows, two letters. Without it a letter shows where to find
            those of any country, and the help card comes once for each country.

    Returns:
        HTML: an ``article`` which holds the text, or a ``section`` of the class ``sl-card`` for
        each card. Blanks to be filled in are ``span``s of the class ``sl-blank``.

    Raises:
        HandoutError: there is no such handout, language or country, the file is gone or cannot be
            read, or something in it cannot be filled in.
        DataError: the course's own data cannot be used.
    """
    source, place = _source(name, language), f"{language}/{name}.md"
    known = _Known(_translator(language), _help())
    if country is not None:
        known = replace(known, country=_country(country, known.help))
    if name == "help_card" and country is None:
        every = known.help["countries"]
        body = [_draw(source, place, replace(known, country=one)) for one in every]
    else:
        body = [_draw(source, place, known)] * (COPIES if name in CARDS else 1)
    kind = "sl-sheet"
    if name in CARDS:
        kind = "cards"
        body = [f'<section class="sl-card">{one}</section>' for one in body]
    return (
        f'<article class="sl-handout {kind} sl-{name.replace("_", "-")}" lang="{language}">'
        f"{''.join(body)}</article>"
    )


# --- the file -------------------------------------------------------------------------------------


def _source(name: str, language: str) -> str:
    """The Markdown of a handout."""
    if name not in NAMES:
        raise HandoutError(f"There is no handout “{name}”: choose from {', '.join(NAMES)}.")
    if language not in languages():
        known = ", ".join(languages()) or "none, the folder is empty"
        raise HandoutError(f"There are no handouts in “{language}”; there are: {known}.")
    path = content.handouts_dir() / language / f"{name}.md"
    try:
        return decode(path.read_bytes(), f"{language}/{path.name}", mark=True)
    except FileNotFoundError:
        raise HandoutError(
            f"{path} is gone: put it back, or take a new one from the course as it was shipped."
        ) from None
    except OSError as error:
        raise HandoutError(f"{path} cannot be read: {error.strerror}.") from None
    except DataError as error:
        raise HandoutError(f"{path} cannot be read: {error}.") from None


def _draw(source: str, place: str, known: _Known) -> str:
    """The Markdown of ``place`` as HTML, filled in."""
    markup = to_html(source)
    if "<img" in markup:
        raise HandoutError(f"{place} holds a picture: take it out, handouts are text only.")
    if "{{" in (rest := _MARK.sub("", markup)) or "}}" in rest:
        raise HandoutError(f"{place} holds “{{{{” or “}}}}” without its other half.")
    parts = _TAG.split(markup)  # every second one is a tag, in which nothing is a blank
    parts[::2] = [_BLANK.sub(r'<span class="sl-blank">\1</span>', one) for one in parts[::2]]

    def filled(found: re.Match[str]) -> str:
        before, mark, after = found.groups(default="")
        if mark == "country" and known.country is None:
            raise HandoutError(f"{place} asks for {{{{country}}}}: say which country it is for.")
        if mark in _INLINE:
            return before + escape(_INLINE[mark](known)) + after
        if mark not in _BLOCKS:
            there = ", ".join(f"{{{{{one}}}}}" for one in [*_INLINE, *_BLOCKS])
            raise HandoutError(f"{place}: nothing is known for {{{{{mark}}}}}; there are {there}.")
        if not (before and after):
            raise HandoutError(f"{place}: put an empty line above and below {{{{{mark}}}}}.")
        return _BLOCKS[mark](known)

    return _MARK.sub(filled, "".join(parts))


# --- what is filled in ----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Known:
    """What the data say: texts in the handout's language, the help lines, and the country's own."""

    say: Say
    help: Record
    country: Record | None = None


def _help() -> Record:
    return dict(content.read_json("helplines.json"))


def _country(code: str, helps: Record) -> Record:
    for one in helps["countries"]:
        if one["code"] == code.upper():
            return dict(one)
    there = ", ".join(one["code"] for one in helps["countries"])
    raise HandoutError(f"No help lines are known for “{code}”; there are some for {there}.")


def _lessons() -> list[Record]:
    """The lessons of the course, without the ten minutes of lesson 0."""
    return [one for number, one in content.syllabus().items() if number]


def _minutes(known: _Known) -> str:
    every = {sum(one["minutes"].values()) for one in _lessons()}
    return "-".join(map(str, sorted({min(every), max(every)})))


def _emergency(known: _Known) -> str:
    return known.say((known.country or {}).get("emergency") or "your local emergency number")


def _help_lines(known: _Known) -> str:
    """The directory first, for it is newer than any list; then the country's own lines."""
    lines = [known.help["directory"], *(known.country["lines"] if known.country else [])]
    return f'<ul class="sl-help-lines">{"".join(_help_line(one, known.say) for one in lines)}</ul>'


def _help_line(line: Record, say: Say) -> str:
    """Its name, how to reach it, for whom and when; numbers stand out, for they are copied."""
    first, *more = reach(line, say).split(SEPARATOR)
    name = "" if line["name"] in first else f"<b>{escape(line['name'])}</b> "
    ways = "".join(
        f" · {escape(one)}" if one == line["web"] else f" · <strong>{escape(one)}</strong>"
        for one in more
    )
    about = "; ".join(say(one) for one in (line["who_for"], line.get("hours")) if one)
    return f"<li>{name}<strong>{escape(first)}</strong>{ways} <span>{escape(about)}</span></li>"


def _post_check(known: _Known) -> str:
    rows = "".join(
        f"<li><b>{escape(known.say(row['label']))}</b> {escape(known.say(row['question']))}</li>"
        for row in audit.rows().values()
    )
    return f'<ol class="sl-post-check">{rows}</ol>'


def _lesson_list(known: _Known) -> str:
    rows = "".join(
        f"<li>☐ {one['number']}. {escape(known.say(one['title']))} "
        '<span class="sl-blank"></span></li>'
        for one in _lessons()
    )
    return f'<ul class="sl-ticks">{rows}</ul>'


_INLINE: dict[str, Callable[[_Known], str]] = {
    "checked": lambda known: str(known.help["checked"]),
    "country": lambda known: known.say(known.country["country"]) if known.country else "",
    "emergency": _emergency,
    "lessons": lambda known: str(len(_lessons())),
    "minutes": _minutes,
    "review": lambda known: known.say(content.review_state()),
}
# These stand in a paragraph of their own.
_BLOCKS: dict[str, Callable[[_Known], str]] = {
    "help_lines": _help_lines,
    "lesson_list": _lesson_list,
    "post_check": _post_check,
}


# --- other languages ------------------------------------------------------------------------------


def _translator(language: str) -> Say:
    """What puts a text of the data into a language."""
    if language == ENGLISH:
        return str
    words = _words(language)

    def say(text: str) -> str:
        if text == text.upper():  # a number, an address, a short name
            return text
        if text not in words:
            raise HandoutError(
                f"data/{WORDS} has nothing for “{text}” in “{language}”: add it there."
            )
        if _FIXED.findall(words[text]) != _FIXED.findall(text):
            raise HandoutError(
                f"data/{WORDS}: “{words[text]}” does not hold the same numbers as “{text}”: "
                "mend it there."
            )
        return words[text]

    return say


def _words(language: str) -> dict[str, str]:
    known = content.read_json(WORDS)
    if found := content.record_shapes("translations").problems("file", known, WORDS, "the file"):
        raise DataError(found)
    return dict(known.get(language, {}))


def _texts() -> set[str]:
    """Every text of the data that a handout may draw, in English."""
    seen: set[str] = set()

    def say(text: str) -> str:
        seen.add(text)
        return text

    helps = _help()
    for country in [None, *helps["countries"]]:
        for draw in [*_INLINE.values(), *_BLOCKS.values()]:
            draw(_Known(say, helps, country))
    return seen


# --- what is wrong with them ----------------------------------------------------------------------


def problems() -> list[Problem]:
    """Everything to mend in the handouts of all languages, and in what the data gives them."""
    try:
        found = [*_words_problems()]
        for language in languages():
            for name in NAMES:
                found += _page_problems(name, language)
    except DataError as error:
        return error.problems
    return found


def _words_problems() -> Iterator[Problem]:
    """Texts that a language has no words for, and words for a text that is not there any more."""
    texts = _texts()
    for language in languages():
        say = _translator(language)
        for text in sorted(texts):
            try:
                say(text)
            except HandoutError as error:
                yield Problem(WORDS, language, text, "no translation", str(error))
        for text in _words(language).keys() - texts:
            yield Problem(WORDS, language, text, "a text that no handout draws",
                          "a text as it stands in its own file", "take it out")  # fmt: skip


def _page_problems(name: str, language: str) -> Iterator[Problem]:
    file, wrong = f"handouts/{language}/{name}.md", partial(Problem, item="the file", field="-")
    try:
        source, english = _source(name, language), _source(name, ENGLISH)
        for country in (None, _help()["countries"][0]["code"]):
            page(name, language, country)
    except HandoutError as error:
        yield wrong(file, found=str(error), allowed="a handout that can be printed")
        return
    if (here := _bones(source)) != (there := _bones(english)):
        yield wrong(file, found=" ".join(here), allowed=f"as in English: {' '.join(there)}")
    if safety.mentions_crisis(source) and "{{help_lines}}" not in here:
        yield wrong(file, found="a mention of a crisis", allowed="help lines beside it",
                    suggestion="put {{help_lines}} on a line of its own")  # fmt: skip


def _bones(source: str) -> list[str]:
    """What a translation keeps, in order: headings, list items, boxes, placeholders."""
    return [re.sub(r"\s", "", one) for one in _BONES.findall(source)]
