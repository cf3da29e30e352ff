"""assessment: the test before, after or some weeks after the course.

Twenty posts to trust or to question, twenty questions. Nothing is told before the learner says
"done"; from then on the answers stay as they are, and each item gives its reason and its source.
The items are those of a form (``secondlook.forms``), so no activity file lists them.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import Any, ClassVar

from secondlook import content, forms
from secondlook.activities import assessment_sheets as sheets
from secondlook.activities import calibration, choose, judge, on_paper
from secondlook.activities.base import Activity, Keeper, Record, post_paper, post_text
from secondlook.markup import escape, listed

TITLES = {
    "before": "The test before the course",
    "after": "The test after the course",
    "later": "The test some weeks later",
}
ASK = (
    "Your call on each post, your pick for each question. Nothing is right or wrong before you "
    "press Done at the end, and until then you can change any answer."
)
#: The same on paper, where nobody hears what was right.
ASK_PAPER = (
    "20 posts and 20 questions. Write nothing in this booklet: your answers go on the last page. "
    "A post: would you trust it or question it, and how sure are you? A question: pick one letter. "
    "You may change an answer, and you may leave one out. It is no grade."
)
#: The parts of a test, in the words a learner reads.
PARTS = {
    "post": "Posts you trusted or questioned",
    "credentials": "Who is talking",
    "claim-type": "What kind of sentence",
    "base-rate": "Compared with what",
    "next-move": "The next move",
    "safe-reply": "A safe reply",
}
DONE = "Handed in. Your answers stay as they are. The result is on screen."


def letter(occasion: str, journal: Keeper) -> str:
    """The form of this learner's test: the one already begun, else the one the code gives.

    Arguments:
        occasion: one of ``forms.OCCASIONS``.
        journal: the learner's answers.

    Raises:
        ValueError: there is no such occasion.
    """
    before = journal.answers(*forms.PLACES["before"])
    fitting = forms.form_for(occasion, journal.learner, before)
    return forms.letter_of(journal.answers(*forms.PLACES[occasion])) or fitting


def build(occasion: str, journal: Keeper) -> Record:
    """A learner's test as a record, in the shape of an activity's.

    Raises:
        DataError: the form's data cannot be used.
    """
    return as_record(occasion, letter(occasion, journal))


def as_record(occasion: str, letter: str) -> Record:
    """One form as a record, in the shape of an activity's.

    Arguments:
        occasion: one of ``forms.OCCASIONS``.
        letter: one of ``forms.LETTERS``.

    Raises:
        DataError: the form's data cannot be used.
    """
    form = forms.form(letter)
    return {
        "id": forms.PLACES[occasion][1],
        "kind": "assessment",
        "title": TITLES[occasion],
        "ask": ASK,
        "occasion": occasion,
        "form": form.letter,
        "edition": form.edition,
        "items": [_item(one) for one in form.items],
    }


def _item(one: forms.TestItem) -> Record:
    shown = {"id": one.id, "part": one.part, "right": one.right}
    return shown | ({"post": one.id} if one.part == "post" else one.record)


class Assessment(Activity):
    """One test of one learner.

    The answers are those of ``forms.accepts``, and under ``forms.FINISHED`` which form and edition
    was handed in. After that no answer is taken, from no window.
    """

    kind: ClassVar[str] = "assessment"
    fields: ClassVar[dict[str, str]] = {
        "call": "trust or question, for a post of a test",
        "sure": "how sure the learner was of the call, 50 to 100",
        "pick": "the option picked, for a question of a test",
        "form": "which of the forms A, B and C was finished",
        "edition": "which edition of that form",
    }

    def answerable(self) -> list[Record]:
        return [*super().answerable(), {"id": forms.FINISHED}]

    def accepts(self, item: Record, answer: Any) -> bool:
        form = self.record["form"]
        if item["id"] == forms.FINISHED:
            return forms.is_finish(answer, form)
        known = forms.form(form).item(item["id"])
        return known is not None and forms.accepts(known, answer)

    @property
    def finished(self) -> bool:
        """Whether the learner has said "done"; another open notebook counts too."""
        return forms.FINISHED in self._kept()

    def _answered(self, change: Any) -> None:
        """Takes answers until the test is handed in. Handing in comes last, whatever its place."""
        told = change["new"]
        given = told.get("items")
        given = dict(given) if isinstance(given, dict) else {}
        late = self.finished and given != self._known
        end = given.pop(forms.FINISHED, None)
        if self.finished:
            given = {}
        elif end is not None:
            given[forms.FINISHED] = end
        super()._answered({"new": {**told, "items": given}})
        if late:
            self.refresh()  # the page shows what counts, not what came too late

    def refresh(self) -> None:
        """Shows what the journal has now; a file that was loaded may hold the other form."""
        record = build(self.record["occasion"], self.journal)
        with self.hold_sync():
            if record["form"] != self.record["form"]:
                self.record = record
                self.items = {item["id"]: item for item in self.answerable()}
                self.spec = self._spec()
            super().refresh()

    def shown(self) -> Record:
        """The test with what the browser needs to count its result."""
        return {
            **self.record,
            "parts": PARTS,
            "tactics": judge.TACTICS,
            "fewest": calibration.FEWEST,
            "z": NormalDist().inv_cdf(0.975),
            "said": {"done": DONE},
        }

    # --- paper: a booklet that can be used again, and one sheet for the answers -----------------

    def _numbered(self) -> list[tuple[int, Record]]:
        """Every item with its number: the order of the form, which is that of the answer code."""
        return list(enumerate(self.record["items"], start=1))

    def paper_ask(self) -> str:
        return ASK_PAPER

    def paper_item(self, item: Record) -> str:
        if "post" in item:
            return post_paper(item["post"])
        quote = f"<blockquote>{escape(item['quote'])}</blockquote>" if "quote" in item else ""
        options = "".join(
            f"<li><b>{on_paper.letter(place, 'a')}</b> {escape(one['text'])}</li>"
            for place, one in enumerate(item["options"])
        )
        return (
            f'{quote}<p><b>{escape(item["question"])}</b></p><ul class="sl-letters">{options}</ul>'
        )

    def paper_tail(self) -> str:
        return sheets.answers(self.record, {})

    def glance(self, item: Record) -> str:
        """The right answer as the answer sheet has it: a call, or the letter of an option."""
        if "post" in item:
            return str(item["right"])
        return on_paper.right_letters(one["correct"] for one in item["options"])

    def key_lead(self) -> str:
        right = {one["id"]: self.glance(one) for one in self.record["items"]}
        labels = {number: content.record("posts", one["post"])["label"]
                  for number, one in self._numbered() if "post" in one}  # fmt: skip
        both = {label: ", ".join(str(at) for at, one in labels.items() if one == label)
                for label in forms.RIGHT_CALL}  # fmt: skip
        parts = [
            f"{PARTS[part]}: "
            + ", ".join(str(at) for at, one in self._numbered() if one["part"] == part)
            for part in forms.PARTS
        ]
        return sheets.answers(self.record, right) + (
            "<p>Copy the answer sheet for each learner; the booklets can be used again. Lay the "
            "key beside an answer sheet. Count three things, and never one sum: how many of the "
            f"sound posts were trusted ({both['sound']}), how many of the unsound ones were "
            f"questioned ({both['unsound']}), and how many questions are right. Doubting "
            "everything does well on the second and badly on the first. It is no grade.</p>"
            f"{listed(parts)}"
        )

    def key_item(self, item: Record) -> str:
        return judge.post_key(item["post"]) if "post" in item else choose.question_key(item)

    def text_item(self, item: Record) -> str:
        if "post" in item:
            return "\n   ".join([post_text(item["post"]), *judge.call_text()])
        return choose.question_text(item)


KIND = Assessment
