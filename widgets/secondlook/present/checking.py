"""Longer work, as a class does it: an audit, the small web, a post to make, how sure one was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from secondlook.activities import web_pages
from secondlook.activities.base import Record
from secondlook.activities.calibration import LEANS
from secondlook.present.kinds import leading, lines, quote
from secondlook.present.posts import VERDICTS, whole_post
from secondlook.present.scene import Scene
from secondlook.present.slides import (
    Block,
    Option,
    Slide,
    after,
    answers,
    ask,
    options_block,
    pack,
    rows_block,
    said,
    source,
    tall,
    told_block,
)

_TRUST = [(low, low + 19 if low < 80 else 100) for low in range(0, 100, 20)]


def audit(scene: Scene) -> list[Slide]:
    """A post and the rows of Post Check: hands for each mark, then how far to trust it."""
    made: list[Slide] = []
    rows = {one["id"]: one for one in scene.spec["rows"]}
    for at, item in enumerate(scene.items):
        post = scene.spec["posts"][item["post"]]
        first = after(scene.item(at, "Read it first"), "look", mark=True)
        made += whole_post(first, post)
        for key, row in rows.items():
            found = item.get("found", {}).get(key)
            lead = [said(f"What you find: {found}", 1.1)] if found else []
            title = f"{row['label']}: {row['question']}"
            if given := item.get("given", {}).get(key):
                level = row["levels"][given["score"]]
                done = told_block(
                    str(given["score"]), Option(level, True, given["why"], "Done for you")
                )
                made += pack(after(scene.item(at, title), "told", mark=True), [*lead, done])
                continue
            ours = item["ours"][key]
            options = [
                Option(
                    f"{score}: {words}",
                    score == ours["score"],
                    ours["feedback"] if score == ours["score"] else "",
                    "Our mark" if score == ours["score"] else "",
                )
                for score, words in enumerate(row["levels"])
            ]
            made += ask(scene.item(at, title, key), options, lead=lead)
        trust = item["trust"]
        options = [
            Option(
                f"{low} to {high}",
                fits := trust["low"] <= high and low <= trust["high"],
                mark="In our range" if fits else "",
            )
            for low, high in _TRUST
        ]
        made += ask(scene.item(at, "How far would you trust it, from 0 to 100?", "trust"), options)
        ours_is = f"We say {trust['low']} to {trust['high']}. {trust['feedback']}"
        end = after(scene.item(at, VERDICTS[post["label"]]))
        made += pack(
            end,
            [
                said(ours_is, 1.2),
                said(post["reason"], 1.2),
                *source(scene.names(item.get("refs", []))),
            ],
        )
    return made


# --- the small web ---


def web(scene: Scene) -> list[Slide]:
    """Pages one by one: most hands say where to go next, and when it is enough."""
    made: list[Slide] = []
    small = scene.spec["web"]
    for at, item in enumerate(scene.items):
        task = after(scene.item(at, item["task"]), "task", mark=True)
        starts = [web_pages.name_of(small, place) for place in item["start"]]
        made += pack(task, [said(f"Open: {'; '.join(starts)}", 1.2)])
        places = web_pages.reachable(small, [*item["start"], *item["searches"]])
        for number, place in enumerate(places):
            made += _place(scene, at, item, place, number > 0)
        options = answers(item["options"])
        found = replace(scene.item(at, item["question"]), mark=False)
        made += ask(
            found,
            options,
            then=[said(f"A short way: {item['way']}", 1.1)],
            sources=scene.names(item.get("refs", [])),
        )
    return made


def _place(scene: Scene, at: int, item: Record, place: str, side: bool) -> list[Slide]:
    """The screens of a place, then where one can go from there."""
    small = scene.spec["web"]
    name = f"{scene.spec['id']}/{item['id']}/{place}"
    slide = replace(scene.item(at, _title(small, place), place), group=name, side=side, mark=False)
    frame = replace(after(slide, "web"), kicker=web_pages.address_of(small, place))
    made: list[Slide] = []
    for screen in _screens(scene, place):
        made += pack(frame, screen)
    ways = dict.fromkeys([*web_pages.onward(small, place), *item["searches"], *item["start"]])
    ways.pop(place, None)
    options = [
        Option(text, goes=name.removesuffix(place) + way) for way, text in _ways(small, ways)
    ]
    options.append(Option("We have seen enough: answer"))
    asked = ask(replace(slide, title="Where next?"), options)
    return leading([*made, *asked], slide.vote, options)


def _title(small: Record, place: str) -> str:
    known, name = ("searches", "query") if place in small["searches"] else ("pages", "title")
    return str(small[known][place][name])


def _ways(small: Record, places: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What each place is called as a move: a search by its words, a page by its site."""
    sites = {one: small["pages"][one]["site"] for one in places if one in small["pages"]}
    for place in places:
        if place not in sites:
            yield place, f"Search: {small['searches'][place]['query']}"
        elif list(sites.values()).count(sites[place]) > 1:
            yield place, web_pages.address_of(small, place)
        else:
            yield place, small["sites"][sites[place]]["name"]


def _screens(scene: Scene, place: str) -> list[list[Block]]:
    """What stands on each screen of a place."""
    small = scene.spec["web"]
    if place in small["searches"]:
        return [
            [_result(small, one) for one in screen]
            for screen in small["searches"][place]["screens"]
        ]
    page = small["pages"][place]
    screens = [[_on_page(block) for block in screen] for screen in page["screens"]]
    if "byline" in page:
        screens[0].insert(0, said(page["byline"], 1))
    if page.get("refs"):
        screens[-1].append(said(f"Real study: {'; '.join(scene.names(page['refs']))}", 1))
    return screens


def _result(small: Record, one: Record) -> Block:
    page = small["pages"][one["page"]]
    title = ("Ad: " if one.get("paid") else "") + one.get("title", page["title"])
    text = one.get("snippet", page["snippet"])
    address = web_pages.address_of(small, one["page"])
    height = tall(title, 1.15) + tall(address) + tall(text) + 0.8
    return Block("result", height, {"title": title, "address": address, "text": text})


def _on_page(block: Record) -> Block:
    texts = [web_pages.LINK.sub(r"\1", one) for one in web_pages.texts_of(block)]
    if block["as"] == "rows":
        rows = [[web_pages.LINK.sub(r"\1", cell) for cell in row] for row in block["rows"]]
        return rows_block(rows)
    if block["as"] in ("post", "quote") and "who" in block:
        return quote(texts[1], texts[0])
    size = 1.3 if block["as"] == "head" else 1.1
    return Block(
        "page",
        sum(tall(one, size) + 0.5 for one in texts) + 0.4,
        {"as": block["as"], "texts": texts, "size": size},
    )


# --- a post to make, and oneself ---


def studio(scene: Scene) -> list[Slide]:
    """Each brief: what is known, who posts, a weak post to mend, which source, and one of ours."""
    made: list[Slide] = []
    for at, item in enumerate(scene.items):
        for brief in item["briefs"]:
            start = after(scene.item(at, brief["title"]), "say", mark=True)
            claim = scene.spec["claims"][brief["claim"]]
            made += pack(
                start,
                [
                    said(f"The claim: {claim['claim']}", 1.3),
                    said(f"It is: {claim['verdict']}.", 1.2),
                ],
            )
            made += pack(after(start, "say", "What is known"), lines(brief["known"]))
            people = [scene.spec["people"][key] for key in brief["people"]]
            told = [
                " · ".join(filter(None, [f"{one['name']}, {one['role']}", one["ties"]]))
                for one in people
            ]
            made += pack(after(start, "say", "Write it as one of them"), lines(told))
            weak = brief["weak"]
            made += pack(
                after(start, "look", "Or mend this one"),
                [*lines(weak["beats"], ordered=True), quote(weak["caption"])],
            )
            options = answers(brief["sources"], "good", "A good one")
            made += ask(
                replace(scene.item(at, "Which source would you name?", brief["id"]), mark=False),
                options,
            )
            ours = brief["ours"]
            made += pack(
                after(start, "look", "One way to do it"),
                [
                    *lines(ours["beats"], ordered=True),
                    quote(ours["caption"]),
                    said(ours["why"], 1.1),
                ],
            )
        made += pack(
            after(scene.item(at, "Sources"), "say"), source(scene.names(item.get("refs", [])))
        )
    return made


def calibration(scene: Scene) -> list[Slide]:
    """How sure one was and how right: everybody for themselves, so no hands are asked for."""
    made: list[Slide] = []
    for at, item in enumerate(scene.items):
        options = [Option(one["text"]) for one in item["options"]]
        slide = after(scene.item(at, item["question"]), "ask", mark=True)
        note = said(
            "No hands here. Everybody for themselves: note a, b or c, then look at your own count.",
            1.1,
        )
        made += pack(slide, [options_block(options, hands=False), note])
        texts = {one["id"]: one["text"] for one in item["options"]}
        told = [told_block("", Option(texts[key], feedback=item["feedback"][key])) for key in LEANS]
        told.append(
            told_block("", Option("Too few answers to tell", feedback=item["feedback"]["few"]))
        )
        made += pack(after(slide), told)
    return made
