"""What to reteach on Monday: what was hardest after the course, and the lesson to go back to."""

from __future__ import annotations

from dataclasses import dataclass

from secondlook import content, forms
from secondlook.classroom.analysis import BY_ID, Analysis
from secondlook.classroom.groups import SMALLEST

MOST = 5
GOOD = 0.7  # share right from which nothing needs reteaching

#: The lesson that teaches each part of the test.
LESSON_OF_PART = {
    "credentials": 2,
    "claim-type": 3,
    "base-rate": 7,
    "next-move": 10,
    "safe-reply": 11,
}
#: The lesson on each tactic of an unsound post; the first tactic of a post that is listed decides.
LESSON_OF_TACTIC = {
    "diagnosis-by-video": 7,
    "pathologising-normal": 7,
    "vague-symptoms": 7,
    "false-authority": 2,
    "sells-something": 9,
    "fear-appeal": 9,
    "natural-is-better": 9,
    "causal-leap": 6,
    "cherry-picking": 6,
    "missing-context": 6,
    "out-of-date": 10,
    "anecdote-as-data": 3,
    "absolute-language": 3,
}
SOUND_LESSON = 4  # who is right, clinicians or others: sound posts come from both


@dataclass(frozen=True)
class Reteach:
    """One thing to take up again.

    Attributes:
        item: id of the post or question; "" for a whole part.
        part: ``post`` or one of ``forms.PARTS``.
        form: letter of the form, "" for a whole part.
        text: what the learners read, or the name of the part.
        share: share right, 0 to 1.
        n: learners who answered.
        wrong: text of the wrong option most picked, or "".
        wrong_n: learners who picked it.
        misconception: what is behind it in a few words, or "".
        lesson: number of the lesson to go back to.
        title: of that lesson.
    """

    item: str
    part: str
    form: str
    text: str
    share: float
    n: int
    wrong: str
    wrong_n: int
    misconception: str
    lesson: int
    title: str


def reteach(analysis: Analysis, occasion: str = "after") -> list[Reteach]:
    """Up to five items below `GOOD`, hardest first; whole parts where no form has enough tests.

    Arguments:
        analysis: of the class.
        occasion: the test to look at.
    """
    table = analysis.items
    hard = table[(table["occasion"] == occasion) & (table["n"] >= SMALLEST)]
    if hard.empty:
        return _parts(analysis, occasion)
    hard = hard[hard["difficulty"].astype(float) < GOOD]
    hard = hard.sort_values(["difficulty", "form", "item"], kind="stable").head(MOST)
    found = []
    for row in hard.to_dict("records"):
        item = forms.form(row["form"]).item(row["item"])
        lesson = lesson_for(item) if item else SOUND_LESSON
        found.append(
            Reteach(
                item=row["item"],
                part=row["part"],
                form=row["form"],
                text=row["text"],
                share=float(row["difficulty"]),
                n=int(row["n"]),
                wrong=row["wrong_text"],
                wrong_n=int(row["wrong_n"]),
                misconception=row["misconception"],
                lesson=lesson,
                title=_title(lesson),
            )
        )
    return found


def lesson_for(item: forms.TestItem) -> int:
    """The lesson to go back to when many get ``item`` wrong."""
    if item.part != "post":
        return LESSON_OF_PART[item.part]
    tactics = item.record.get("tactics", [])
    return next((LESSON_OF_TACTIC[one] for one in tactics if one in LESSON_OF_TACTIC), SOUND_LESSON)


def _parts(analysis: Analysis, occasion: str) -> list[Reteach]:
    levels = analysis.levels
    here = levels[(levels["occasion"] == occasion) & levels["measure"].isin(forms.PARTS)]
    here = here[(here["n"] >= SMALLEST) & (here["mean"] < GOOD)]
    found = []
    for row in here.sort_values(["mean", "measure"], kind="stable").to_dict("records"):
        part = row["measure"]
        lesson = LESSON_OF_PART[part]
        label = BY_ID[part].label
        found.append(
            Reteach("", part, "", label, float(row["mean"]), int(row["n"]), "", 0, "", lesson,
                    _title(lesson))
        )  # fmt: skip
    return found[:MOST]


def _title(lesson: int) -> str:
    return str(content.syllabus()[lesson]["title"])
