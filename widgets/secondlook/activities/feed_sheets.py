"""feed on paper (a real hat and real slips), in the key and in plain text."""

from __future__ import annotations

import math

from secondlook import recommender
from secondlook.activities import feed_hat, on_paper
from secondlook.activities.base import Record, source_line
from secondlook.activities.expected import Expected, of_guess
from secondlook.markup import escape, listed


def mixed(slips: list[int] | tuple[int, ...]) -> int:
    """How mixed a hat is, in whole topics, as it stands on screen."""
    return math.floor(recommender.mixed_as(slips) + 1e-9)


def _head(item: Record) -> str:
    asked = f"<p><b>{escape(item['question'])}</b></p>" if "question" in item else ""
    return f"<h4>{escape(item['name'])}</h4><p>{escape(item['intro'])}</p>{asked}"


# --- the learner's sheet -------------------------------------------------------------------------


def _plays(record: Record) -> list[Record]:
    return [one for one in record["items"] if one["view"] == "play"]


def rules(record: Record) -> str:
    """How to play with a real hat; "" where nothing is played."""
    plays = _plays(record)
    if not plays:
        return ""
    done = {move for one in plays for move in (one["habit"] if "habit" in one else one["actions"])}
    moves = "".join(
        f'<tr><th scope="row">{escape(name)}</th><td>{escape(what)}</td></tr>'
        for name, what in (feed_hat.said(move) for move in recommender.MOVES if move in done)
    )
    steps = [
        f"Put {feed_hat.START} slips of each topic into a hat or a cup. Keep the others beside it. "
        "No slips? Write them: the first letter of a topic is enough.",
        "Draw one without looking. That is the card. Write down its letter. Put the slip back.",
        "Do what Robin does with it, by the table. Then draw again.",
    ]
    if any(_cards(one) >= recommender.EXPLORE for one in plays):
        steps.append(
            f"On each {recommender.EXPLORE}th card the feed tries something. Do not draw: shut "
            "your eyes and put a finger on the list of topics."
        )
    topics = "".join(f"<td>{escape(one['label'])}</td>" for one in record["topics"])
    return (
        f'<div class="sl-rules">{listed(steps, "ol")}<table class="sl-table"><caption>What it does '
        f"to the slips of that topic</caption><tbody>{moves}</tbody></table></div>"
        f'<table class="sl-topics"><caption>The topics</caption><tbody><tr>{topics}</tr></tbody>'
        "</table><p>The numbers are ours, and smaller than on a screen, so that a hat can hold the "
        "slips.</p>"
    )


def _guessed(item: Record) -> bool:
    """Whether a feed is played by a habit, after a guess at one topic."""
    return "habit" in item and "topic" in item


def _cards(item: Record) -> int:
    """How many cards of a feed are drawn by hand."""
    return min(int(item["cards"]), feed_hat.CARDS)


def _by_hand(item: Record, record: Record) -> str:
    """A feed that Robin's habit decides: a log of its cards, and the count at the end."""
    topics = record["topics"]
    liked = [(one, move) for one, move in zip(topics, item["habit"], strict=True)
             if one["id"] == item["topic"]]  # fmt: skip
    label = liked[0][0]["label"]
    cards, last = _cards(item), feed_hat.LAST
    return (
        f"<p>My guess, first: ______ of the last {last} cards</p>"
        + on_paper.boxes([""] * (cards - last))
        + f"<p>The last {last}:</p>"
        + on_paper.boxes([""] * last, start=cards - last + 1)
        + f"<p>{escape(label)} among the last {last}: ______ &#160; "
        f"Slips of {escape(label)} in the hat now: ______</p>"
    )


def _hat_by_hand(item: Record, record: Record) -> str:
    """A few cards, and the whole hat after each of them."""
    numbers = range(1, _cards(item) + 1)
    top = "".join(f'<th scope="col">card {one}</th>' for one in numbers)
    blank = '<td class="sl-blank"></td>' * len(numbers)
    rows = "".join(
        f'<tr><th scope="row">slips: {escape(one["label"])}</th><td>{feed_hat.START}</td>'
        f"{blank}</tr>"
        for one in record["topics"]
    )
    asked = "".join(
        f'<tr><th scope="row">{what}</th><td></td>{blank}</tr>'
        for what in ("the card that came", "what Robin does")
    )
    return (
        '<table class="sl-table sl-hat"><thead><tr><td></td><th scope="col">start</th>'
        f"{top}</tr></thead><tbody>{asked}{rows}</tbody></table>"
    )


def _written_down(item: Record, record: Record) -> str:
    """Two feeds that were played on screen, card by card, to be counted."""
    letters = [one["label"][0] for one in record["topics"]]
    told = ""
    for name, seed in zip(item["names"], item["seeds"], strict=True):
        feed, _ = recommender.follow(seed, item["habit"], item["cards"])
        shown = [letters[card] for card in feed.shown[:-1]]
        rows = "".join(
            on_paper.boxes(shown[at : at + 10], at + 1) for at in range(0, len(shown), 10)
        )
        told += (
            f'<figure class="sl-feed"><figcaption><b>{escape(name)}</b></figcaption>{rows}'
            f"<p>The letter that comes most often in the last {feed_hat.LAST}: ______</p></figure>"
        )
    names = "; ".join(f"{one['label'][0]} {one['label']}" for one in record["topics"])
    return (
        "<p>We have played both for you. Here is each card, by the first letter of its topic.</p>"
        f'<div class="sl-feeds">{told}</div><p>{escape(names)}</p>'
    )


def _plans(item: Record, record: Record) -> str:
    """A narrow hat, and a table to work out which move leads out of it."""
    slips = item["hat"]
    top = slips.index(max(slips))
    label = record["topics"][top]["label"]
    ways = feed_hat.ways_out(slips, item["actions"])
    blank = '<td class="sl-blank"></td>' * 4
    rows = "".join(
        f'<tr><th scope="row">{escape(name)}: {escape(what)}</th>{blank}</tr>'
        for name, what in (feed_hat.said(move) for move in ways)
    )
    filled = ", ".join(
        f"{count} {one['label']}" for count, one in zip(slips, record["topics"], strict=True)
    )
    return (
        f"<p>In the hat: {escape(filled)}. So {slips[top]} {escape(label)}, and "
        f"{sum(slips) - slips[top]} others. Say that each card that comes is of {escape(label)}: "
        "nearly all of them will be. Work out how many are left.</p>"
        '<table class="sl-table"><thead><tr><td></td>'
        f'<th scope="col">{escape(label)} after 1 card</th>'
        '<th scope="col">after 2</th><th scope="col">after 3</th><th scope="col">cards until '
        f"{escape(label)} is half of the hat or less</th></tr></thead><tbody>{rows}</tbody></table>"
    )


def paper(item: Record, record: Record) -> str:
    """The feed as a game with a hat, or as a feed that is written down."""
    item = on_paper.worded(item)
    if item["view"] == "twins":
        ticks = on_paper.tick_list(one["text"] for one in item["options"])
        return _head(item) + _written_down(item, record) + ticks
    if item["view"] == "widen":
        return _head(item) + _plans(item, record)
    if _guessed(item):
        return _head(item) + _by_hand(item, record)
    return _head(item) + _hat_by_hand(item, record)


def slips(record: Record) -> list[str]:
    """The slips of each topic, to cut out; [] where nothing is played."""
    if not _plays(record):
        return []
    return [
        on_paper.card(
            f'<p><b>{escape(one["label"])}</b></p><div class="sl-slips">'
            + "".join(
                f"<span><b>{escape(one['label'][0])}</b> {escape(line)}</span>"
                for line in _in_turn(one["lines"], feed_hat.EACH)
            )
            + "</div>"
        )
        for one in record["topics"]
    ]


def _in_turn(lines: list[str], many: int) -> list[str]:
    return [lines[at % len(lines)] for at in range(many)]


# --- the teacher's key ---------------------------------------------------------------------------


def _ending(name: str, feed: recommender.Feed, record: Record) -> str:
    top = feed.slips.index(max(feed.slips))
    count = feed.shown[:-1][-feed_hat.LAST :].count(top)
    return (
        f"{name}: as mixed as {mixed(feed.slips)} of {len(feed.slips)} topics at the "
        f"end; most slips {record['topics'][top]['label']}, {count} of the last ten cards."
    )


def glance(item: Record, record: Record) -> str:
    """The answer in a few words, to mark by; "" where a feed is only played."""
    if item["view"] == "widen":
        ways = feed_hat.ways_out(item["hat"], item["actions"])
        best = min(ways, key=ways.__getitem__)
        return f"{feed_hat.said(best)[0]}: {ways[best]} cards"
    if item["view"] == "twins":
        return on_paper.right_letters(one["correct"] for one in item["options"])
    if not _guessed(item):
        return ""
    topic = next(at for at, one in enumerate(record["topics"]) if one["id"] == item["topic"])
    often = feed_hat.middle(item["habit"], topic, _cards(item))
    return f"about {often.low} to {often.high} of the last {feed_hat.LAST} cards"


def _worked(item: Record, record: Record) -> str:
    """What comes of a feed, on paper and on screen."""
    if item["view"] == "widen":
        ways = feed_hat.ways_out(item["hat"], item["actions"])
        label = record["topics"][item["hat"].index(max(item["hat"]))]["label"]
        return (
            on_paper.answer(glance(item, record), f"until {label} is half of the hat or less")
            + listed(f"{feed_hat.said(move)[0]}: {many} cards" for move, many in ways.items())
            + f"<p>Fewest cards we know of: {item['best']}, on screen, to a hat as mixed as "
            f"{item['goal']} topics.</p>"
        )
    if item["view"] == "twins":
        ends = [
            _ending(name, recommender.follow(seed, item["habit"], item["cards"])[0], record)
            for name, seed in zip(item["names"], item["seeds"], strict=True)
        ]
        right = on_paper.options_key(
            (one["text"], one["correct"], one["feedback"]) for one in item["options"]
        )
        return right + listed(ends)
    if not _guessed(item):
        return "<p>Every hat is another one. A slip goes in, and its topic comes again.</p>"
    feed, _ = recommender.follow(item["seed"], item["habit"], item["cards"])
    screen = _ending("On screen, with this habit", feed, record)
    luck = (
        "The middle half of many paper hats that a computer played. Chance may give a class more "
        "or less."
    )
    return on_paper.answer(glance(item, record), luck) + f"<p>{escape(screen)}</p>"


def key(item: Record, record: Record) -> str:
    """What comes of it, and all that is said about it."""
    item = on_paper.worded(item)
    names = {"near": "Guessed well", "low": "Guessed too low", "high": "Guessed too high",
             "hit": "Found", "slow": "A slow way", "never": "Not reached"}  # fmt: skip
    told = listed(f"{names[name]}: {text}" for name, text in item.get("feedback", {}).items())
    after = f"<p>{escape(item['after'])}</p>" if "after" in item else ""
    return (
        f"<h4>{escape(item['name'])}</h4>{_worked(item, record)}"
        f"{told if item.get('feedback') else ''}{after}{on_paper.source(source_line(item))}"
    )


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
