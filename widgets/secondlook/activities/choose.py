"""choose: a question and its options, one or several of them right."""

from __future__ import annotations

from typing import Any, ClassVar

from secondlook import forms
from secondlook.activities import on_paper
from secondlook.activities.base import (
    Activity,
    Record,
    has_fields,
    one_of,
    post_paper,
    post_text,
    source_line,
)
from secondlook.activities.expected import Expected, of_options
from secondlook.checks import Problem
from secondlook.markup import escape

CONFIDENCES = forms.SURE


class Choose(Activity):
    """A question with options, each with its own feedback.

    An answer is ``{"choice": [option id], "first": [option id]}``; ``first`` is what was picked
    before any feedback was seen. With ``confidence`` it also holds ``"sure"``, 50 to 100 percent.
    """

    kind: ClassVar[str] = "choose"
    fields: ClassVar[dict[str, str]] = {
        "choice": "the options picked last",
        "first": "the options picked before any feedback",
        "sure": "how sure the learner was, 50 to 100, where that is asked",
    }

    def accepts(self, item: Record, answer: Any) -> bool:
        asked = ["sure"] if self.record.get("confidence") else []
        if not has_fields(answer, "choice", "first", *asked):
            return False
        known = [one["id"] for one in item["options"]]
        most = len(known) if self.record.get("multi") else 1
        for picked in (answer["choice"], answer["first"]):
            if not isinstance(picked, list) or not 1 <= len(picked) <= most:
                return False
            if not all(one_of(one, known) for one in picked) or len(set(picked)) < len(picked):
                return False
        return not asked or answer["sure"] in CONFIDENCES

    @classmethod
    def sureness(cls, record: Record, answers: dict[str, Any]) -> list[tuple[float, bool]]:
        pairs = []
        for item in record["items"]:
            answer = answers.get(item["id"])
            if not isinstance(answer, dict) or not isinstance(answer.get("first"), list):
                continue
            if answer.get("sure") in CONFIDENCES:
                right = [one["id"] for one in item["options"] if one["correct"]]
                pairs.append((answer["sure"] / 100, sorted(answer["first"]) == sorted(right)))
        return pairs

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        found = []
        for item in record["items"]:
            right = sum(one["correct"] for one in item["options"])
            where = f"{record['id']}/{item['id']}"
            if record.get("multi") and right == 0:
                found.append(Problem(file, where, "options.correct", "0 right", "at least one"))
            if not record.get("multi") and right != 1:
                found.append(Problem(file, where, "options.correct", f"{right} right", "exactly 1"))
        return found

    def paper_ask(self) -> str:
        ask = super().paper_ask()
        return f"{ask} Tick every one that fits.".strip() if self.record.get("multi") else ask

    def paper_item(self, item: Record) -> str:
        return question_paper(item) + (
            on_paper.sure_scale() if self.record.get("confidence") else ""
        )

    def glance(self, item: Record) -> str:
        return on_paper.right_letters(one["correct"] for one in item["options"])

    def key_item(self, item: Record) -> str:
        return question_key(item)

    def text_item(self, item: Record) -> str:
        return question_text(item)

    def expected(self, item: Record) -> list[Expected]:
        quote = f"“{item['quote']}” " if "quote" in item else ""
        return [of_options(quote + item["question"], item["options"])]


def question_paper(item: Record) -> str:
    """A question as boxes to tick, with what it asks about."""
    post = post_paper(item["post"]) if "post" in item else ""
    quote = f"<blockquote>{escape(item['quote'])}</blockquote>" if "quote" in item else ""
    ticks = on_paper.tick_list(one["text"] for one in item["options"])
    return f'{post}{quote}<p class="sl-asked">{escape(item["question"])}</p>{ticks}'


def question_key(item: Record) -> str:
    """What a teacher's sheet says of a question: which is right, and what each option hears."""
    told = on_paper.options_key(
        (one["text"], one["correct"], one["feedback"]) for one in item["options"]
    )
    return (
        f'<p class="sl-asked">{escape(item["question"])}</p>{told}'
        f"{on_paper.source(source_line(item))}"
    )


def question_text(item: Record) -> str:
    """A question as plain text."""
    post = [post_text(item["post"])] if "post" in item else []
    quote = [f"“{item['quote']}”"] if "quote" in item else []
    options = [f"( ) {one['text']}" for one in item["options"]]
    return "\n   ".join([*post, *quote, item["question"], *options])


KIND = Choose
