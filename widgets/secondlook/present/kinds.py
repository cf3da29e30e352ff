"""Questions to the class: one function a kind, from what a learner sees to slides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from secondlook.activities import look_up, repair, spot, thread
from secondlook.activities.base import Record
from secondlook.present.posts import chat_block, whole_post
from secondlook.present.scene import Scene
from secondlook.present.slides import (
    BOLD,
    WIDE,
    Block,
    Option,
    Slide,
    after,
    answers,
    ask,
    pack,
    said,
    source,
    tall,
    told_block,
)


def quote(text: str, who: str = "") -> Block:
    """Words that a question is about."""
    size = 1.35 if len(text) < 90 else 1.15
    high = tall(text, size, WIDE - 3, 1.3, BOLD) + (1.5 if who else 0) + 1.7
    return Block("quote", high, {"text": text, "who": who, "size": size})


def lines(texts: Iterable[str], ordered: bool = False) -> list[Block]:
    """A list, an entry a block, so that it can be shared out."""
    return [
        Block(
            "line",
            max(tall(one, 1.2, WIDE - 3), 2.1 if ordered else 0) + 1.2,
            {"text": one, "n": at if ordered else 0},
        )
        for at, one in enumerate(texts, start=1)
    ]


def choose(scene: Scene) -> list[Slide]:
    """A question and its options."""
    extra = ""
    if scene.spec.get("confidence"):
        extra = " · write down how sure you are: 50 to 100%"
    elif scene.spec.get("multi"):
        extra = " · more than one is right"
    scene = Scene(scene.spec, extra=extra)
    made: list[Slide] = []
    for at, item in enumerate(scene.items):
        if "post" in item:
            first = after(scene.item(at, "Read it first"), "look", mark=True)
            made += whole_post(first, scene.spec["posts"][item["post"]])
        lead = [quote(item["quote"])] if "quote" in item else []
        options = answers(item["options"])
        made += ask(
            scene.item(at, item["question"]),
            options,
            lead=lead,
            sources=scene.names(item.get("refs", [])),
        )
    return made


def sort(scene: Scene) -> list[Slide]:
    """A card and the bins it may go into; then where invented people put it."""
    bins = scene.spec["bins"]
    labels = {one["id"]: one["label"] for one in bins}
    made = scene.legend("The places", bins)
    for at, item in enumerate(scene.items):
        facts = [f"Goal: {item['goal']}"] if "goal" in item else []
        facts += [f"Before: {labels[item['before']]}"] if "before" in item else []
        lead = [said(" · ".join(facts), 1.1)] if facts else []
        lead.append(quote(item["text"], item.get("who", "")))
        options = [
            Option(
                label,
                key == item["answer"],
                item["feedback"][key],
                "Our answer" if key == item["answer"] else "",
            )
            for key, label in labels.items()
        ]
        made += ask(
            scene.item(at, "Where does it go?"),
            options,
            lead=lead,
            sources=scene.names(item.get("refs", [])),
        )
        others = [
            told_block("", Option(f"{one['name']}: {labels[place['bin']]}", feedback=place["why"]))
            for one in scene.spec.get("others", [])
            for place in [item["others"][one["id"]]]
        ]
        if others:
            made += pack(after(scene.item(at, "Where they put it")), others)
    return made


def spot_parts(scene: Scene) -> list[Slide]:
    """A text, and then each part of it with the labels it may get."""
    labels = {one["id"]: one["label"] for one in scene.spec["labels"]}
    made = scene.legend("The labels", scene.spec["labels"])
    for at, item in enumerate(scene.items):
        first = after(scene.item(at, "The whole text first"), "look", mark=True)
        if "post" in item:
            made += whole_post(first, scene.spec["posts"][item["post"]])
        made += pack(first, [said(item["intro"], 1.2), *map(quote, map(spot.timed, item["parts"]))])
        known = {**labels, **({spot.NONE: "None of these"} if spot.has_none(item) else {})}
        for part in item["parts"]:
            answer = part["answer"] or spot.NONE
            options = [
                Option(
                    label,
                    key == answer,
                    part["feedback"][key],
                    "Our answer" if key == answer else "",
                )
                for key, label in known.items()
            ]
            made += ask(
                scene.item(at, "Which label fits?", part["id"]),
                options,
                lead=[quote(spot.timed(part))],
                sources=scene.names(item.get("refs", [])),
            )
    return made


def reword(scene: Scene) -> list[Slide]:
    """One statement from strong to soft; some wordings fit what is known."""
    made: list[Slide] = []
    for at, item in enumerate(scene.items):
        options = [
            Option(
                one["text"],
                one["fits"],
                f"It would need: {one['evidence']} {one['feedback']}",
                "Fits" if one["fits"] else "",
            )
            for one in item["steps"]
        ]
        made += ask(
            scene.item(at, item["question"]),
            options,
            then=[_known(item)],
            sources=scene.names(item.get("refs", [])),
        )
    return made


def _known(item: Record) -> Block:
    return said(f"What is known: {item['known']}", 1.1)


def repair_lines(scene: Scene) -> list[Slide]:
    """A draft, and then each line of it: keep, swap or cut."""
    made: list[Slide] = []
    for at, item in enumerate(scene.items):
        first = after(scene.item(at, item["question"]), "look", mark=True)
        made += pack(first, lines((one["text"] for one in item["lines"]), ordered=True))
        for line in item["lines"]:
            options = [
                Option(one["label"], one["fits"], one["feedback"], "Fits" if one["fits"] else "")
                for one in repair.choices(line)
            ]
            made += ask(
                scene.item(at, "Keep it, swap it or cut it?", line["id"]),
                options,
                lead=[quote(line["text"])],
            )
        made += pack(
            after(scene.item(at, "The draft again"), "say"),
            [_known(item), *source(scene.names(item.get("refs", [])))],
        )
    return made


def plan(scene: Scene) -> list[Slide]:
    """The steps of a plan for somebody invented; more than one way is good."""
    made: list[Slide] = []
    good: list[str] = []
    for at, item in enumerate(scene.items):
        lead = (
            [said("H shows the help lines, country by country.", 1.1)] if item.get("finder") else []
        )
        options = answers(item["options"], "works", "Works")
        good += [f"{item['name']}: {one['says']}" for one in item["options"] if one["works"]]
        made += ask(scene.item(at, item["question"]), options, lead=lead)
    return [*made, *pack(scene.slide(scene.spec["card"]), lines(good))]


def form(scene: Scene) -> list[Slide]:
    """The fields of somebody's form: which of them does the result need?"""
    places = {one["id"]: one["label"] for one in scene.spec["places"]}
    made = scene.legend("Where it could go", scene.spec["places"])
    for at, item in enumerate(scene.items):
        start = after(scene.item(at, item["name"]), "say", mark=True)
        made += pack(
            start, [said(item["scene"], 1.3), said(item["wants"], 1.3), said(item["print"], 1.1)]
        )
        for one in item["fields"]:
            goes = ", ".join(places[place] for place in one["goes"])
            options = [
                Option(
                    "Keep it",
                    one["needed"],
                    one["feedback"]["kept"],
                    "Needed" if one["needed"] else "",
                ),
                Option(
                    "Leave it blank",
                    not one["needed"],
                    one["feedback"]["blank"],
                    "" if one["needed"] else "Not needed",
                ),
            ]
            lead = [quote(f"{one['label']}: {one['value']}"), said(f"Could go to: {goes}", 1.1)]
            made += ask(scene.item(at, "Keep it or leave it blank?", one["id"]), options, lead=lead)
        always = [
            f"{one['label']}: {', '.join(places[place] for place in one['goes'])}"
            for one in item.get("always", [])
        ]
        told = [
            told_block("", Option(_ENDS[key], feedback=text))
            for key, text in item["feedback"].items()
        ]
        if always:
            told.append(said(f"Always goes along: {'; '.join(always)}", 1.05))
        made += pack(
            after(scene.item(at, "What comes of it")),
            [*told, *source(scene.names(item.get("refs", [])))],
        )
    return made


_ENDS = {
    "fewest": "With the fewest fields",
    "more": "With more than that",
    "missing": "With too few",
}


def look_up_people(scene: Scene) -> list[Slide]:
    """A profile, what the lists hold under that name, and what it tells."""
    says = scene.spec["says"]
    made = scene.legend("What a list can say", says)
    for at, item in enumerate(scene.items):
        person = scene.spec["profiles"][item["creator"]]
        card = [quote(person["bio"], f"{person['name']}, @{person['handle']}, {person['place']}")]
        found = list(_hits(person["name"], scene.spec["registers"]))
        found = found or ["Nothing under this name, or one close to it, in any of the lists."]
        made += pack(after(scene.item(at, "A profile"), "look", mark=True), card)
        made += pack(after(scene.item(at, "Searched in all the lists"), "look"), lines(found))
        said_of = item["register"]
        options = [
            Option(
                one["label"],
                one["id"] == said_of["answer"],
                said_of["feedback"][one["id"]],
                "So it is" if one["id"] == said_of["answer"] else "",
            )
            for one in says
        ]
        made += ask(
            replace(
                scene.item(at, f"{person['name']}: what do the lists say?", "register"), mark=False
            ),
            options,
        )
        tells = answers(item["options"])
        made += ask(
            replace(scene.item(at, item["question"]), mark=False),
            tells,
            sources=scene.names(item.get("refs", [])),
        )
    return made


def _hits(name: str, registers: list[Record]) -> Iterable[str]:
    """The entries that a search for the first letters of a family name would find."""
    start = name.split()[-1][:4].lower()
    for register in registers:
        for entry in register["entries"]:
            if any(word.lower().startswith(start) for word in entry["name"].split()):
                yield f"{register['name']}: {look_up.line(entry)}"


def talk_thread(scene: Scene) -> list[Slide]:
    """A conversation: hands for the reply, and most hands decide how it goes on."""
    made: list[Slide] = []
    for at, item in enumerate(scene.items):
        made += pack(after(scene.item(at, "Where we are"), "say", mark=True), [said(item["scene"])])
        for place, node in enumerate(item["nodes"]):
            name = f"{scene.spec['id']}/{item['id']}/{node['id']}"
            slide = replace(
                scene.item(at, node.get("ask", "What would you answer?"), node["id"]), mark=False
            )
            slide = replace(slide, group=name, side=place > 0)
            chat = [chat_block(one["who"], one["text"]) for one in node["says"]]
            first = node["says"][0]
            if len(node["says"]) == 1 and "options" in node and len(first["text"]) < 80:
                # One short message stands in the question, beside the answers to it.
                slide = replace(slide, title=f"{first['who']}: “{first['text']}” {slide.title}")
                chat = []
            if "end" in node:
                end = after(slide, "chat", "And that is how it ends")
                made += pack(
                    end, [*chat, said(node["end"], 1.2), *source(scene.names(item.get("refs", [])))]
                )
                continue
            options = [
                Option(
                    one["text"],
                    one["works"] == "yes",
                    one["reason"],
                    thread.WORKS[one["works"]],
                    goes=name.removesuffix(node["id"]) + one["next"],
                )
                for one in node["options"]
            ]
            made += leading(ask(slide, options, lead=chat), slide.vote, options)
    return made


def leading(made: list[Slide], vote: str, options: list[Option]) -> list[Slide]:
    """The same slides; after the last of them most hands decide what comes."""
    default = next((one.goes for one in options if one.right), "")
    leads = {"vote": vote, "to": " ".join(one.goes for one in options), "else": default}
    return [*made[:-1], replace(made[-1], leads=leads)]
