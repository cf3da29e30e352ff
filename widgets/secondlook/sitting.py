"""What a test's notebook imports: ``Test("before").open()``, ``.show()``, ``.hand_in()``.

A sitting is one learner taking the test on one occasion: before the course, after it, or some
weeks later. Which form is asked, the learner code says (``forms.form_for``).
"""

from __future__ import annotations

from typing import Any

from secondlook import content, forms, pages, scoring
from secondlook.activities import assessment
from secondlook.activities.base import Activity
from secondlook.activities.judge import count
from secondlook.checks import DataError
from secondlook.keep import Keep
from secondlook.lesson import journal, notes, put_on_screen, refresh_all
from secondlook.markup import Page, escape, listed
from secondlook.slip import Slip

Record = dict[str, Any]

MINUTES = {"posts": 12, "questions": 8}
HOOKS = {
    "before": "Twenty minutes to see where you start from.",
    "after": "What moved, and which way? Trusting less is not the goal, and trusting more is not. "
    "Telling them apart is.",
    "later": "What you still do without thinking is what you keep.",
}
KNOW = (
    "It is not an exam and it gets no grade. It is about posts and sentences, never about you.",
    "Posts mention worry, panic, trauma, medicine and grief, briefly. In one question an invented "
    "friend does not feel safe tonight. Skip what you would rather not answer.",
    "Nothing tells you right or wrong on the way. You get all of it at the end: each answer, the "
    "reason, and where it comes from.",
    "You can change any answer until you press Done. From then on it stays.",
    "A guess is fine. “50% sure” says that it is one.",
)


_slips: dict[str, Slip] = {}


class Test:
    """The test of one occasion.

    Arguments:
        occasion: ``before`` the course, ``after`` it, or ``later``.

    Raises:
        ValueError: there is no such occasion.
    """

    __test__ = False  # the name is what a notebook reads best; pytest must not collect it

    def __init__(self, occasion: str):
        if occasion not in forms.OCCASIONS:
            there = ", ".join(forms.OCCASIONS)
            raise ValueError(f"There is no test {occasion!r}. There are {there}.")
        self.occasion = occasion
        self.place = forms.PLACES[occasion]

    def __repr__(self) -> str:
        return f"Test({self.occasion!r})"

    def open(self) -> Page:
        """What it is, how long it takes, no grade, the pass rule and help."""
        total = sum(MINUTES.values())
        asked = {"posts": forms.POSTS, "questions": forms.PER_PART * len(forms.PARTS)}
        plan = "".join(
            f'<li style="flex:{minutes}"><b>{minutes} min</b> {asked[what]} {what}</li>'
            for what, minutes in MINUTES.items()
        )
        warned = "".join(f'<p class="sl-notice">{escape(one)}</p>' for one in notes())
        hook = HOOKS[self.occasion]
        markup = (
            f'<p class="sl-hook">{escape(hook)}</p>{warned}'
            f'<ol class="sl-plan" aria-label="{total} minutes, part by part">{plan}</ol>'
            f'<p class="sl-lead">Before you start</p>{listed(KNOW)}'
            f"<p>{pages.PASS_RULE}</p>{pages.help_block()}"
        )
        text = "\n".join([*notes(), f"{hook} ({total} minutes)", *(f"- {one}" for one in KNOW)])
        return Page(markup, f"{text}\n\n{pages.PASS_RULE}\n\n{pages.help_text()}")

    def show(self) -> Activity | Page:
        """The test itself, with the answers the learner has already given.

        Returns:
            The widget; or, when the form's data cannot be used, a page that says so and why.
        """
        try:
            record = assessment.build(self.occasion, journal())
            made = assessment.Assessment(self.place[0], record, journal())
        except DataError as error:
            return pages.refusal(error)
        made.observe(self._handed_in, "saved")
        return put_on_screen(made)

    def _handed_in(self, _change: Any) -> None:
        """The answer code comes as soon as the test is handed in."""
        if slip := _slips.get(self.occasion):
            slip.refresh()

    def sheet(self) -> forms.TestSheet | None:
        """What the journal holds of this test; None when there is nothing.

        Raises:
            DataError: the form's data cannot be used.
        """
        return forms.sheet(journal().learner, self.occasion, journal().answers(*self.place))

    def result(self) -> Page:
        """Both sides of the calls and what was right in each part, once it is handed in."""
        try:
            sheet = self.sheet()
        except DataError as error:
            return pages.refusal(error)
        if sheet is None or not sheet.finished:
            wait = "The result is here once you have pressed Done in the test."
            return Page(f"<p>{wait}</p>", wait)
        told = tally(sheet)
        said = scoring.two_sided(**told["calls"]).sentence
        rows = [
            f"{assessment.PARTS[part]}: {right} of {n}"
            for part, (right, n) in told["parts"].items()
        ]
        return Page(f"<p>{escape(said)}</p>{listed(rows)}", "\n".join([said, *rows]))

    def hand_in(self) -> Keep:
        """The answer code, once there is one, and below it “Save my work”, which gives the file."""
        from IPython.display import display

        if old := _slips.pop(self.occasion, None):
            old.close()
        slip = _slips[self.occasion] = Slip(self.sheet)
        display(slip)  # type: ignore[no-untyped-call]

        def refresh() -> None:
            refresh_all()
            slip.refresh()

        keep = Keep(journal(), refresh)
        keep.observe(lambda _: slip.refresh(), "learner")  # the code carries who answered
        return keep


def tally(sheet: forms.TestSheet) -> Record:
    """The counts of one sheet.

    Returns:
        ``calls``, what ``scoring.two_sided`` takes, over the posts that were judged; and ``parts``,
        for each part the right answers and the number of its items, answered or not.
    """
    items = forms.form(sheet.form).items
    judged = [
        (content.record("posts", one.id)["label"], dict(sheet.answers[one.id]))
        for one in items
        if one.part == "post" and one.id in sheet.answers
    ]
    parts: dict[str, tuple[int, int]] = {}
    for one in items:
        right, n = parts.get(one.part, (0, 0))
        hit = one.id in sheet.answers and forms.is_right(one, sheet.answers[one.id])
        parts[one.part] = (right + hit, n + 1)
    return {"calls": count(judged), "parts": parts}
