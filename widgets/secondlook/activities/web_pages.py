"""The invented pages of the small web, ``data/web.json``: reading, checking and printing them.

A *place* is what a tab can show: a page, or the results of a search. Both are known by their id. In
a page's text ``[words](page-id)`` is a link.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from secondlook import content, guards
from secondlook.activities import on_paper
from secondlook.checks import DataError, Problem, repeated, show_value, unknown
from secondlook.markup import escape

Record = dict[str, Any]
FILE = "web.json"
SUBJECT = re.compile(r"\bTherapyTok\b")  # what the news in it is about; no other platform is named
LINK = re.compile(r"\[([^\]]+)\]\(([a-z0-9-]+)\)")
# What a block of each form needs besides its form.
NEEDS = {"text": ["text"], "head": ["text"], "list": ["items"], "box": ["text"],
         "quote": ["text"], "rows": ["rows"], "post": ["who", "text"]}  # fmt: skip


def small_web() -> Record:
    """The sites, pages and searches by id, facts filled in.

    Raises:
        DataError: the file cannot be read, or names a fact that does not exist.
    """
    raw = content.fill(content.read_json(FILE))
    return {part: {one["id"]: one for one in raw[part]} for part in ("sites", "pages", "searches")}


def texts_of(block: Record) -> list[str]:
    """Everything that a block says, link marks and all."""
    said: list[str] = [block[name] for name in ("who", "text") if name in block]
    said += block.get("items", [])
    return said + [cell for row in block.get("rows", []) for cell in row]


def links(page: Record) -> list[str]:
    """The ids that a page links to, in order."""
    blocks = [block for screen in page["screens"] for block in screen]
    return [to for block in blocks for text in texts_of(block) for _, to in LINK.findall(text)]


def onward(web: Record, place: str) -> list[str]:
    """Where one can go from a place with one press."""
    if place in web["searches"]:
        screens = web["searches"][place]["screens"]
        return [result["page"] for screen in screens for result in screen]
    return links(web["pages"][place])


def reachable(web: Record, places: Iterable[str]) -> list[str]:
    """The places that can be reached from ``places``, these included, nearest first."""
    found = list(dict.fromkeys(places))
    for place in found:  # grows while it is walked
        found += [one for one in dict.fromkeys(onward(web, place)) if one not in found]
    return found


def part_of(web: Record, places: Iterable[str]) -> Record:
    """The small web with only these places and the sites they belong to."""
    wanted = set(places)
    pages = {key: page for key, page in web["pages"].items() if key in wanted}
    searches = {key: one for key, one in web["searches"].items() if key in wanted}
    sites = {page["site"] for page in pages.values()}
    return {
        "sites": {key: site for key, site in web["sites"].items()
                  if key in sites or (searches and site["look"] == "search")},
        "pages": pages,
        "searches": searches,
    }  # fmt: skip


# --- what is wrong with the file -----------------------------------------------------------------


def problems() -> list[Problem]:
    """Everything wrong with ``data/web.json``."""
    try:
        raw = content.read_json(FILE)
    except DataError as error:
        return error.problems
    found = content.shapes().problems("web-file", raw, FILE, "the file")
    return found or list(_inner(raw))


def _inner(raw: Record) -> Iterator[Problem]:
    places = [one["id"] for part in ("pages", "searches") for one in raw[part]]
    yield from repeated(FILE, "id", places)
    yield from repeated(FILE, "sites.id", [one["id"] for one in raw["sites"]])
    engines = [one for one in raw["sites"] if one["look"] == "search"]
    if raw["searches"] and len(engines) != 1:
        yield Problem(FILE, "sites", "look", f"{len(engines)} search engines", "exactly 1")
    sites = {one["id"]: one for one in raw["sites"]}
    pages = {one["id"]: one for one in raw["pages"]}
    yield from repeated(FILE, "address", [f"{one['site']}{one['path']}" for one in raw["pages"]])
    for page in raw["pages"]:
        name = page["id"]
        yield from unknown(FILE, name, "site", [page["site"]], sites, FILE)
        yield from unknown(FILE, name, "link", links(page), pages, FILE)
        yield from unknown(FILE, name, "refs", page.get("refs", []),
                           content.records("references"), "references.json")  # fmt: skip
        yield from _wording(page)
        for block in (block for screen in page["screens"] for block in screen):
            if block["as"] == "post" and not guards.INVENTED.fullmatch(block.get("who", "")):
                yield Problem(FILE, name, "who", show_value(block.get("who")),
                              "a handle that is plainly invented, such as tamsin.o")  # fmt: skip
            for field in NEEDS[block["as"]]:
                if field not in block:
                    yield Problem(FILE, name, f"screens.{block['as']}.{field}", "nothing",
                                  "this field is required")  # fmt: skip
    for search in raw["searches"]:
        results = [result["page"] for screen in search["screens"] for result in screen]
        yield from unknown(FILE, search["id"], "page", results, pages, FILE)
    facts = content.facts()
    named = content.FACT.findall(json.dumps(raw))
    yield from unknown(FILE, "the file", "fact", named, facts, "facts.json")


def _wording(page: Record) -> Iterator[Problem]:
    """What leads out of the invented world, or is no plain text."""
    said = [page["title"], page["snippet"], page.get("byline", "")]
    said += [text for screen in page["screens"] for block in screen for text in texts_of(block)]
    for text in (SUBJECT.sub("it", one) for one in said):
        for guard in (*guards.EVERYWHERE, *guards.IN_THE_FEED):
            if match := guard.pattern.search(text):
                yield Problem(FILE, page["id"], "text", show_value(match[0]), guard.allowed)


# --- print and plain text ------------------------------------------------------------------------


def plain(text: str, cards: Mapping[str, int]) -> str:
    """``text`` without its link marks; after the words of a link the number of its card."""
    return LINK.sub(lambda found: f"{found[1]} (card {cards[found[2]]})", text)


def name_of(web: Record, place: str) -> str:
    """What a place is called in a list of moves."""
    if place in web["searches"]:
        return f"Results for “{web['searches'][place]['query']}”"
    page = web["pages"][place]
    return f"{web['sites'][page['site']]['name']}: {page['title']}"


def address_of(web: Record, place: str) -> str:
    """The address of a place, as the bar shows it."""
    if place in web["searches"]:
        engine = next(one for one in web["sites"].values() if one["look"] == "search")
        return f"{engine['address']}/results"
    page = web["pages"][place]
    return f"{web['sites'][page['site']]['address']}{page['path']}"


def lines(web: Record, place: str, cards: Mapping[str, int]) -> list[str]:
    """What stands on a place, one text a line; ``cards`` gives each place its number."""
    if place in web["searches"]:
        said = []
        for result in (one for screen in web["searches"][place]["screens"] for one in screen):
            page = web["pages"][result["page"]]
            paid = "[Ad] " if result.get("paid") else ""
            said.append(f"{paid}{result.get('title', page['title'])} "
                        f"({address_of(web, page['id'])}, card {cards[page['id']]}): "
                        f"{result.get('snippet', page['snippet'])}")  # fmt: skip
        return said
    page = web["pages"][place]
    said = [page["byline"]] if "byline" in page else []
    for block in (block for screen in page["screens"] for block in screen):
        if block["as"] == "rows":
            said += [f"{label}: {plain(value, cards)}" for label, value in block["rows"]]
        elif block["as"] in ("post", "quote") and "who" in block:
            said.append(f"{block['who']}: {plain(block['text'], cards)}")
        else:
            said += [plain(text, cards) for text in texts_of(block)]
    return said + [f"Real study: {one['short']}, {one['url']}"
                   for one in content.cited(page.get("refs", []))]  # fmt: skip


def numbered(web: Record) -> dict[str, int]:
    """The number of each place's card, over the whole small web.

    They are shuffled by a hash, so that a page does not stand next to the one that it leads to.
    """
    places = sorted([*web["pages"], *web["searches"]],
                    key=lambda one: hashlib.sha256(one.encode()).digest())  # fmt: skip
    return {place: at for at, place in enumerate(places, start=1)}


def card(web: Record, place: str, cards: Mapping[str, int]) -> str:
    """A place as a card to cut out, with the numbers that the moves are written in."""
    search = place in web["searches"]
    heads = [] if search else _heads(web["pages"][place], cards)
    body = [
        f"<p><b>{escape(line)}</b></p>" if line in heads else f"<p>{escape(line)}</p>"
        for line in lines(web, place, cards)
    ]
    name = escape(name_of(web, place))
    return on_paper.card(
        f'<p class="sl-address">{escape(address_of(web, place))}</p><p><b>{name}</b></p>'
        + (_ordered(body) if search else "".join(body)),
        str(cards[place]),
    )


def _heads(page: Record, cards: Mapping[str, int]) -> list[str]:
    """The lines of a page that stand over others."""
    blocks = [block for screen in page["screens"] for block in screen]
    return [plain(block["text"], cards) for block in blocks if block["as"] == "head"]


def _ordered(rows: Iterable[str]) -> str:
    """An ordered list of HTML fragments."""
    return f"<ol>{''.join(f'<li>{one}</li>' for one in rows)}</ol>"
