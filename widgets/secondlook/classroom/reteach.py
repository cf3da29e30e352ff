"""What to reteach on Monday: what was hardest after the course, and the lesson to go back to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from secondlook import content, forms
from secondlook.classroom.analysis import BY_ID, Analysis
from secondlook.classroom.groups import SMALLEST
from secondlook.classroom.item_analysis import WRONG_CALL
from secondlook.classroom.summary import Summary

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
        part: ``post``, one of ``forms.PARTS``, or ``lesson`` for a question of a lesson.
        form: letter of the form, "" for a whole part and for what a lesson asked.
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


def from_lessons(summary: Summary) -> list[Reteach]:
    """The same from the lessons, for the weeks before the second test: first answers only.

    Questions with one right option and posts, of which fewer than `GOOD` were right at the first
    try. Up to five, hardest first.

    Arguments:
        summary: of the class.
    """
    picked: dict[tuple[int, str, str], dict[str, int]] = {}
    for row in summary.activity_options.to_dict("records"):
        key = (int(row["lesson"]), str(row["activity"]), str(row["item"]))
        picked.setdefault(key, {})[str(row["option"])] = int(row["n"])
    found = []
    for (lesson, activity, item), counts in picked.items():
        asked = _asked(lesson, activity, item)
        n = sum(counts.values())
        if asked is None or n < SMALLEST:
            continue
        text, right, wrong = asked
        share = counts.get(right, 0) / n
        if share < GOOD and wrong:
            most = max(wrong, key=lambda one: (counts.get(one, 0), -list(wrong).index(one)))
            said, why = wrong[most]
            part = "post" if why in WRONG_CALL.values() else "lesson"
            found.append(Reteach(item, part, "", text, share, n, said, counts.get(most, 0), why,
                                 lesson, _title(lesson)))  # fmt: skip
    return sorted(found, key=lambda one: (one.share, one.lesson, one.item))[:MOST]


def _asked(
    lesson: int, activity: str, key: str
) -> tuple[str, str, dict[str, tuple[str, str]]] | None:
    """The text of an item, its right option, and the text and misconception of each wrong one."""
    record = content.activities(lesson).get(activity) if lesson in content.syllabus() else None
    items: list[dict[str, Any]] = record["items"] if record else []
    item = next((one for one in items if one["id"] == key), None)
    if record is None or item is None:
        return None
    if record["kind"] == "judge":
        post = content.record("posts", item["post"])
        right = forms.RIGHT_CALL[post["label"]]
        return post["caption"], right, {k: ("", v) for k, v in WRONG_CALL.items() if k != right}
    options = item.get("options", [])
    rights = [one["id"] for one in options if one["correct"]]
    if record["kind"] != "choose" or len(rights) != 1:
        return None
    wrong = {one["id"]: (one["text"], one.get("misconception", "")) for one in options}
    del wrong[rights[0]]
    return item["question"], rights[0], wrong


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
