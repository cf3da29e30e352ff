"""The toy feed for a class: hands for each move, played in the page; endings from the model."""

from __future__ import annotations

import json
from dataclasses import replace

from secondlook import recommender
from secondlook.activities import feed_hat
from secondlook.activities.base import Record
from secondlook.activities.feed_sheets import mixed
from secondlook.present import pictures
from secondlook.present.numbers import guesses
from secondlook.present.scene import Scene
from secondlook.present.slides import (
    Block,
    Option,
    Slide,
    after,
    answers,
    ask,
    pack,
    said,
    source,
    told_block,
)

_SAID = {
    "near": "Close",
    "low": "You guessed low",
    "high": "You guessed high",
    "hit": "A quick way out",
    "slow": "A slow way out",
    "never": "Still in there",
}
_LAST = 10


def feed(scene: Scene) -> list[Slide]:
    """A feed: an introduction, a guess, the feed itself, and what comes of it."""
    made: list[Slide] = []
    topics = [one["label"] for one in scene.spec["topics"]]
    for at, item in enumerate(scene.items):
        slide = scene.item(at, item["name"])
        made += pack(after(slide, "say", mark=True), [said(item["intro"], 1.3)])
        asked = replace(slide, title=item.get("question", ""), mark=False)
        names = scene.names(item.get("refs", []))
        if item["view"] == "twins":
            for name, seed in zip(item["names"], item["seeds"], strict=True):
                made.append(_ending(slide, name, item, seed, topics))
            options = answers(item["options"])
            made += ask(asked, options, sources=names)
            continue
        if "topic" in item:
            made += ask(
                asked, guesses(0, _LAST, _count(scene, item), f"{_count(scene, item)} of {_LAST}")
            )
        made.append(_live(slide, item, scene.spec))
        if "habit" in item:
            made.append(_ending(slide, f"{scene.spec['user']}, alone", item, item["seed"], topics))
        told = [
            told_block("", Option(_SAID[key], feedback=text))
            for key, text in item.get("feedback", {}).items()
        ]
        if item["view"] == "widen":
            told.insert(0, said(f"Fewest cards we know of: {item['best']}", 1.3))
        told += [said(item["after"], 1.15)] if "after" in item else []
        made += pack(after(slide, title="What happened"), [*told, *source(names)])
    return made


def _count(scene: Scene, item: Record) -> int:
    """How many of the last cards are of the topic that is guessed at, with this item's habit."""
    feed, _ = recommender.follow(item["seed"], item["habit"], item["cards"])
    topic = [one["id"] for one in scene.spec["topics"]].index(item["topic"])
    return feed.shown[:-1][-_LAST:].count(topic)


def _ending(slide: Slide, name: str, item: Record, seed: int, topics: list[str]) -> Slide:
    """The hat at the end of a habit, as bars."""
    feed, _ = recommender.follow(seed, item["habit"], item["cards"])
    rows = [
        {"label": label, "value": slips, "told": str(slips), "top": recommender.MOST}
        for label, slips in zip(topics, feed.slips, strict=True)
    ]
    mix = f"as mixed as {mixed(feed.slips)} of {len(topics)} topics"
    title = f"{name}: {mix} after {item['cards']} cards"
    shown = after(slide, "chart", title)
    return replace(shown, blocks=[pictures.hat(rows)])


def _live(slide: Slide, item: Record, spec: Record) -> Slide:
    """The feed to play: the page draws each card with the twin of the recommender."""
    data = {
        "seed": item["seed"],
        "slips": item.get("hat", [recommender.SLIPS] * len(spec["topics"])),
        "cards": item.get("cards", item.get("most")),
        "goal": item.get("goal", 0),
        "habit": item.get("habit", []),
        "user": spec["user"],
        "topics": [{"label": one["label"], "lines": one["lines"]} for one in spec["topics"]],
        "moves": [
            {"id": one, "label": feed_hat.said(one)[0].capitalize()} for one in item["actions"]
        ],
    }
    shown = after(slide, "feed", item["name"])
    return replace(shown, blocks=[Block("feed", 17, json.dumps(data))])
