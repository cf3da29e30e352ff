"""The answer sheet of a test on paper, and the same sheet filled in, to mark by."""

from __future__ import annotations

from secondlook import forms
from secondlook.activities import on_paper
from secondlook.activities.base import Record
from secondlook.activities.judge import CALLS
from secondlook.markup import escape


def offered(item: Record) -> list[str]:
    """What can be answered to an item, as a sheet calls it: two calls, or letters of options."""
    if "post" in item:
        return list(CALLS)
    return [on_paper.letter(place, "a") for place in range(len(item["options"]))]


def answers(record: Record, right: dict[str, str]) -> str:
    """A page with a row for each item, in the order of the form and so of the answer code.

    Arguments:
        record: a test, as ``assessment.as_record`` gives it.
        right: what is right, by item, for the key; {} for a sheet to fill in.
    """
    posts, questions = "", ""
    for number, item in enumerate(record["items"], start=1):
        known = right.get(item["id"], "")
        boxes = "".join(
            f"<td>{on_paper.TICKED if one == known else on_paper.BOX} {one}</td>"
            for one in offered(item)
        )
        row = f'<tr><th scope="row">{number}</th>{boxes}'
        if "post" in item:
            posts += row + ("" if right else _SURE) + "</tr>"
        else:
            questions += row + "</tr>"
    sure = "" if right else _head("ring how sure, in %", len(forms.SURE))
    most = max(len(offered(one)) for one in record["items"])
    title = "Answers" if right else "Answer sheet"
    code = "" if right else "<p>My code: ______________________________</p>"
    return (
        f'<div class="sl-responses"><h2>{title}, form {escape(record["form"])}, edition '
        f'{record["edition"]}</h2>{code}<div class="sl-two">'
        + _table("post", _head("I would", len(CALLS)) + sure, posts)
        + _table("question", _head("my answer", most), questions)
        + "</div></div>"
    )


_SURE = "".join(f"<td>{one}</td>" for one in forms.SURE)


def _head(text: str, wide: int) -> str:
    return f'<th scope="colgroup" colspan="{wide}">{text}</th>'


def _table(first: str, more: str, rows: str) -> str:
    head = f'<thead><tr><th scope="col">{first}</th>{more}</tr></thead>'
    return f"<table>{head}<tbody>{rows}</tbody></table>"
