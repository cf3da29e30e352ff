"""How sure, how right, on paper: exit tickets gathered, counted and drawn by hand."""

from __future__ import annotations

import math

from secondlook import content, scoring
from secondlook.activities import on_paper
from secondlook.activities.base import Record
from secondlook.checks import DataError
from secondlook.forms import SURE
from secondlook.markup import escape, listed

#: Numbers of answers for which the key says how far luck alone can move a class or a learner.
_SIZES = (10, 20, 40, 100)
_TYPICAL = 0.75  # how sure learners are on average, for that table
_SIDE, _LEFT, _TOP = 260.0, 34.0, 8.0  # of the plot, in units of its view box


def tickets(until: int) -> list[tuple[int, int]]:
    """The lessons up to one that have an exit ticket, and how many answers with a number it asks.

    Arguments:
        until: number of the last lesson.
    """
    found = []
    for number in content.syllabus():
        try:
            shown = content.activities(number).values() if number <= until else ()
        except DataError:
            continue  # that lesson has no sheet to copy from
        asked = sum(
            len(one["items"]) for one in shown if one["part"] == "exit" and one.get("confidence")
        )
        if asked:
            found.append((number, asked))
    return found


def _gathered(until: int) -> str:
    """A table to copy one's own exit tickets into: how sure, and was it right."""
    rows = tickets(until)
    most = max((asked for _, asked in rows), default=0)
    head = "".join(
        f'<th scope="col">{number}. how sure</th><th scope="col">right?</th>'
        for number in range(1, most + 1)
    )
    body = "".join(
        f'<tr><th scope="row">Lesson {number}</th>'
        + "".join(f'<td class="sl-blank">%</td><td>{on_paper.BOX}</td>' for _ in range(asked))
        + "<td></td><td></td>" * (most - asked)
        + "</tr>"
        for number, asked in rows
    )
    return (
        '<table class="sl-tickets"><caption>From my exit tickets</caption>'
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _counted() -> str:
    rows = "".join(f'<tr><th scope="row">{sure}%</th>{"<td></td>" * 3}</tr>' for sure in SURE)
    return (
        '<table class="sl-count-up"><caption>Counted</caption><thead><tr>'
        '<th scope="col">how sure</th><th scope="col">answers</th><th scope="col">right</th>'
        '<th scope="col">right, in 100</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _plot(key: str) -> str:
    """A grid to put a dot on for each row: how sure across, how often right upwards."""
    from secondlook.svg import Picture  # with it comes Jinja2, which no learner needs

    picture = Picture(
        key, _LEFT + _SIDE + 14, _TOP + _SIDE + 34, "A grid to draw on",
        "Across: how sure, 50 to 100 percent. Upwards: right in 100, from 0 to 100. A broken line "
        "runs where both are the same.",
    )  # fmt: skip
    picture.root.set("class", "sl-plot")

    def across(sure: float) -> float:
        return _LEFT + (sure - SURE[0]) / (SURE[-1] - SURE[0]) * _SIDE

    def up(right: float) -> float:
        return _TOP + (100 - right) / 100 * _SIDE

    for right in range(0, 101, 10):
        picture.add("line", "", x1=across(50), y1=up(right), x2=across(100), y2=up(right),
                    stroke="#000", stroke_width=0.4 if right % 50 else 1.0)  # fmt: skip
        picture.text("sl-tick", 4, up(right) + 3, str(right))
    for sure in SURE:
        picture.add("line", "", x1=across(sure), y1=up(0), x2=across(sure), y2=up(100),
                    stroke="#000", stroke_width=0.4)  # fmt: skip
        picture.text("sl-tick", across(sure) - 8, up(0) + 14, f"{sure}%")
    picture.add("line", "", x1=across(50), y1=up(50), x2=across(100), y2=up(100), stroke="#000",
                stroke_width=1.8, stroke_dasharray="6 4")  # fmt: skip
    picture.text("sl-tick", across(68), up(0) + 29, "how sure I was")
    return f"<figure><figcaption><b>right, in 100</b></figcaption>{picture.markup()}</figure>"


def luck(answers: int) -> int:
    """How wide a gap between sure and right luck alone can make, in whole points.

    Arguments:
        answers: how many there are; three in four of them right.
    """
    right = round(_TYPICAL * answers)
    share = right / answers
    low, high = scoring.wilson_interval(right, answers)
    return math.ceil(100 * max(share - low, high - share))


def paper(item: Record, lesson: int) -> str:
    """A guess, the tickets, the count and the plot."""
    return (
        f"<p><b>{escape(item['question'])}</b></p>"
        + on_paper.tick_list(one["text"] for one in item["options"])
        + "<p>Then look. Copy the numbers from your sheets, count them, and put a dot on the grid "
        "for each row that has answers. On the broken line you are as sure as you are right. Under "
        "it you are surer than that. One answer more or less moves a dot a lot.</p>"
        + _gathered(lesson)
        + '<div class="sl-curve">'
        + _counted()
        + _plot(item["id"] + "-plot")
        + "</div>"
    )


def key(item: Record, fewest: int) -> str:
    """What to say to each way of leaning, and how far luck alone goes.

    Arguments:
        item: of a calibration.
        fewest: how many answers it takes before anything can be said.
    """
    said = {"over": "Most dots under the line", "match": "Dots on both sides, or near it",
            "under": "Most dots above the line", "few": f"Fewer than {fewest} answers"}  # fmt: skip
    far = "; ".join(f"{size} answers: {luck(size)} points" for size in _SIZES)
    return (
        listed(f"{said[key]}: {text}" for key, text in item["feedback"].items())
        + f"<p>How far luck alone can move the whole: {far}. So nobody is graded on this, and no "
        "two learners are compared.</p>"
    )
