"""feed on paper (a real hat and real slips), in the key and in plain text."""

from __future__ import annotations

import math

from secondlook import recommender
from secondlook.activities.base import Record, source_line
from secondlook.activities.expected import Expected, of_guess
from secondlook.markup import escape

#: What a move is called, and what it does to the slips of the card's topic.
MOVES = {
    "end": ("watch to the end", f"put in {recommender.GAINS['end']} more"),
    "half": ("watch half", f"put in {recommender.GAINS['half']} more"),
    "swipe": ("swipe on", "take 1 out, but leave the last one"),
    "like": ("watch and like", f"put in {recommender.GAINS['like']} more"),
    "less": ("not interested", "take half of them out"),
    "find": ("search for something else",
             f"take 1 out, and put in {recommender.FOUND} of the rarest topic"),
}  # fmt: skip


def mixed(slips: list[int] | tuple[int, ...]) -> int:
    """How mixed a hat is, in whole topics, as it stands on screen."""
    return math.floor(recommender.mixed_as(slips) + 1e-9)


def _head(item: Record) -> str:
    asked = f"<p>{escape(item['question'])}</p>" if "question" in item else ""
    return f"<h4>{escape(item['name'])}</h4><p>{escape(item['intro'])}</p>{asked}"


def _rules(item: Record, record: Record) -> str:
    slips = item.get("hat", [recommender.SLIPS] * len(record["topics"]))
    filled = ", ".join(
        f"{count} {one['label']}" for count, one in zip(slips, record["topics"], strict=True)
    )
    moves = item.get("actions", sorted(set(item["habit"])) if "habit" in item else [])
    rules = "".join(f"<li>{escape(MOVES[one][0])}: {escape(MOVES[one][1])}</li>" for one in moves)
    return (
        f"<p>Write slips of paper and put them in a hat: {escape(filled)}. Draw one: that is the "
        f"card. Put it back, and then:</p><ul>{rules}</ul>"
        f"<p>Every {recommender.EXPLORE}th card the feed tries something: name any topic without "
        f"looking.</p>"
    )


def _options(item: Record, key: bool) -> str:
    return "<ul>" + "".join(
        f"<li>{'☑' if key and one['correct'] else '☐'} {escape(one['text'])}"
        + (f" {escape(one['feedback'])}" if key else "") + "</li>"
        for one in item["options"]
    ) + "</ul>"  # fmt: skip


def paper(item: Record, record: Record) -> str:
    """The feed as a game with a hat."""
    guess = "<p>Your guess: ____ of the last ten cards</p>" if "topic" in item else ""
    options = _options(item, key=False) if "options" in item else ""
    if item["view"] == "widen":
        end = f"<p>Cards until it is as mixed as {item['goal']} topics: ____</p>"
    else:
        end = "<p>Cards in the order they came: ________________</p>"
    return _head(item) + guess + _rules(item, record) + end + options


def _ending(name: str, feed: recommender.Feed, record: Record) -> str:
    top = feed.slips.index(max(feed.slips))
    count = feed.shown[:-1][-10:].count(top)
    return (
        f"<p>{escape(name)}: as mixed as {mixed(feed.slips)} of {len(feed.slips)} topics at the "
        f"end; most slips {escape(record['topics'][top]['label'])}, {count} of the last ten "
        f"cards.</p>"
    )


def key(item: Record, record: Record) -> str:
    """What comes of it, and all that is said about it."""
    said = "".join(f"<li>{escape(one)}</li>" for one in item.get("feedback", {}).values())
    told = f"<ul>{said}</ul>" if said else ""
    if item["view"] == "widen":
        end = f"<p>Fewest cards we know of: {item['best']}</p>"
    elif item["view"] == "twins":
        end = "".join(
            _ending(name, recommender.follow(seed, item["habit"], item["cards"])[0], record)
            for name, seed in zip(item["names"], item["seeds"], strict=True)
        ) + _options(item, key=True)
    elif "habit" in item:
        feed, _ = recommender.follow(item["seed"], item["habit"], item["cards"])
        end = _ending("With this habit", feed, record)
    else:
        end = ""
    after = f"<p>{escape(item['after'])}</p>" if "after" in item else ""
    return f"{_head(item)}{end}{told}{after}<p>{escape(source_line(item))}</p>"


def text(item: Record, record: Record) -> str:
    """The feed in words."""
    lines = [f"{item['name']}: {item['intro']}"]
    lines += [item["question"]] if "question" in item else []
    lines += [f"Topics: {', '.join(one['label'] for one in record['topics'])}"]
    lines += [f"( ) {one['text']}" for one in item.get("options", [])]
    return "\n   ".join(lines)


def expected(item: Record, record: Record) -> list[Expected]:
    """What a teacher expects of a guess, or of a way out; nothing where a feed is only played."""
    if item["view"] == "widen":
        wrong = [("It takes long", item["feedback"]["slow"]), ("Never", item["feedback"]["never"])]
        return [Expected(item["question"], f"{item['best']} cards are the fewest", wrong)]
    if "topic" not in item:
        return []
    topic = [one["id"] for one in record["topics"]].index(item["topic"])
    feed, _ = recommender.follow(item["seed"], item["habit"], item["cards"])
    count = feed.shown[:-1][-10:].count(topic)
    return [of_guess(f"{item['name']}: {item['question']}", count, str(count), (0, 10), item)]
