"""What the class report says: numbers of an `Analysis` turned into pictures, tables and notes.

The words of the findings come from ``findings``; here stands only what goes with a picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
from markupsafe import Markup

from secondlook import forms
from secondlook.classroom import change_tables, charts
from secondlook.classroom.analysis import Analysis
from secondlook.classroom.charts import Spot, Sure, percent
from secondlook.classroom.findings import LIMITS, Finding
from secondlook.classroom.groups import SMALLEST
from secondlook.classroom.item_tables import hardest, part_rows, quoted, whole_forms
from secondlook.classroom.page import LISTED, NOTHING, Card, Cell, Table, View
from secondlook.classroom.reteach import Reteach
from secondlook.classroom.summary import Summary

SHARES = ("trusted_sound", "trusted_unsound", *forms.PARTS)
NUMBERS = ("d_prime", "criterion", "auc", "brier", "questions")
OCCASION = {"before": "Before", "after": "After", "later": "Later"}

MORE_LIMITS = (
    "A test says “look twice” before anyone has looked. What they do in their own feed it cannot "
    "show.",
    "An interval that reaches both sides of 0 is no proof that nothing changed. The class may be "
    "too small to tell.",
    "Those who did not hand in are missing here, and they may be the ones you would most like to "
    "hear from.",
    "No question was about a learner’s own health, and nothing here says how anybody is.",
)
CHANGE_NOTE = (
    "Under each change stands its 95% interval, by Student’s t and by bootstrap. If it reaches "
    "both sides of 0, chance alone could have done it. The gain is that of the class: how much of "
    "what was missing before was won."
)
INVENTED = (
    "Nobody gave these answers. A computer made them up, so that you can see a report before you "
    "have one. They say nothing about any class."
)
#: From here on a verdict gives figures, which stand beside the picture instead.
FIGURES = " Discernment (d')"
MOODS = {"discerning": "good", "cynical": "warm", "credulous": "warm", "worse": "warm"}


def build(
    summary: Summary,
    analysis: Analysis,
    found: Sequence[Finding],
    again: Sequence[Reteach],
    today: date | None = None,
) -> View:
    """Lay out the report.

    Args:
        summary: what was handed in.
        analysis: of the same.
        found: the findings, the verdict on the posts first.
        again: what to reteach, the hardest first.
        today: for the line at the end; the day of today when left out.
    """
    day = today or date.today()
    verdict, further = found[0], found[1:]
    plane, plane_table, plane_note = _plane(analysis)
    n = analysis.changes["questions"].n
    shares = [analysis.changes[one] for one in SHARES]
    compared = all(one.reason is None for one in shares)
    sure, sure_table = _sure(analysis)
    items = part_rows(analysis.items)
    learners = _learner_count(summary)
    return View(
        title=_title(summary, learners),
        note=INVENTED if summary.invented else "",
        made=f"Made on {day.day} {day:%B %Y}.",
        mood=MOODS.get(verdict.id, "note"),
        story=_story(verdict, further),
        monday=monday_cards(again),
        monday_none=no_monday(analysis),
        plane=plane,
        plane_table=plane_table,
        plane_note=f"{plane_note}{''.join(verdict.sentence.partition(FIGURES)[1:])}",
        change=Markup(change_tables.picture(shares, analysis.pairs)) if compared else Markup(""),
        change_lead=(
            f"The {n} learners who finished both tests. Bars are 95% intervals of the mean."
        ),
        change_table=change_tables.shares_table(
            shares, "In percent, and percentage points of change"
        ),
        measures_table=change_tables.measures_table([analysis.changes[one] for one in NUMBERS]),
        change_note=CHANGE_NOTE,
        change_told=[one for one in further if not one.id.startswith("sure")],
        change_none=(
            f"Fewer than {SMALLEST} learners have finished both tests, so there is no change to "
            "show yet. With so few, a mean would point at single learners."
        ),
        classes_table=change_tables.classes_table(analysis.classes),
        sure=sure,
        sure_table=sure_table,
        sure_told=[one for one in further if one.id.startswith("sure")],
        sure_none=f"Fewer than {SMALLEST} learners have finished a test, so this is not shown.",
        items=Markup(charts.difficulty(items)) if items else Markup(""),
        items_lead=(
            "Each dot is an item. On the left are those that few got right. An item that fewer "
            f"than {SMALLEST} learners answered is left out."
        ),
        parts_table=_parts_table(analysis.items, items),
        items_none=f"No item has been answered by {SMALLEST} learners yet.",
        hard_table=hardest(analysis.items),
        form_tables=whole_forms(analysis.items),
        handed=Markup(charts.handed_in(_handed(analysis), learners)),
        handed_table=_handed_table(analysis),
        learners_table=_learners(summary) if learners <= LISTED else None,
        learners_none=(
            f"The list of codes is left out: with more than {LISTED} it would only be long."
        ),
        refused_table=_refused(summary),
        refused_more=(
            f"And {len(summary.refused) - LISTED} more." if len(summary.refused) > LISTED else ""
        ),
        limits=(*LIMITS, *MORE_LIMITS),
    )


def _story(verdict: Finding, further: Sequence[Finding]) -> list[str]:
    """Three paragraphs: the verdict, what it rests on, and the headings of what else is told."""
    rest = [one.heading for one in further if not one.id.startswith("forms")]
    also = [f"Also: {'. '.join(rest)}."] if rest else []
    return [f"{verdict.heading}.", verdict.sentence.partition(FIGURES)[0], *also]


def monday_cards(again: Sequence[Reteach]) -> list[Card]:
    """A card a lesson, in the order in which the lessons come up first."""
    cards: dict[str, list[str]] = {}
    for one in again:
        what = quoted(one.text) if one.item else one.text
        line = f"{what}: {percent(one.share)} of {one.n} right."
        if one.wrong_n and one.part == "post":
            line += f" {one.wrong_n} {one.misconception}."
        elif one.wrong_n:
            line += f" {one.wrong_n} picked {quoted(one.wrong)}"
            line += f" (the idea behind it: {one.misconception})." if one.misconception else "."
        cards.setdefault(f"Lesson {one.lesson}: {one.title}", []).append(line)
    return [Card(heading, lines) for heading, lines in cards.items()]


def no_monday(analysis: Analysis) -> str:
    """What stands in the place of the cards when there is none."""
    if analysis.counted["after"] < SMALLEST:
        return (
            f"Nothing yet. What at least {SMALLEST} learners answered and fewer than seven in ten "
            "got right stands here: first from the lessons, then from the test after the course."
        )
    return "Nothing. At least seven in ten got each item right, so go on."


def _title(summary: Summary, learners: int) -> str:
    names: Sequence[str] = summary.tests["class_name"].unique().tolist()
    who = "1 learner" if learners == 1 else f"{learners} learners"
    if summary.invented:
        return f"A rehearsal: {who.replace(' ', ' invented ')}"
    if len(names) > 1:
        return f"{who} in {len(names)} classes"
    return f"{names[0]}: {who}" if names and names[0] else f"Your class: {who}"


def _learner_count(summary: Summary) -> int:
    key = ["class_name", "learner"]
    both = [table[key] for table in (summary.tests, summary.learners) if len(table)]
    return len(pd.concat(both).drop_duplicates()) if both else 0


# --- discernment and bias ------------------------------------------------------------------------


def _plane(analysis: Analysis) -> tuple[Markup, Table, str]:
    sound, unsound = (analysis.changes[f"trusted_{one}"] for one in ("sound", "unsound"))
    spots: dict[str, Spot | None] = {"before": None, "after": None}
    dots: dict[str, list[Spot]] = {"before": [], "after": []}
    ns = dict.fromkeys(spots, 0)
    if sound.reason is None and unsound.reason is None:
        note = (
            f"Large dots are the class, small ones the {sound.n} learners who finished both tests."
        )
        spots = {
            "before": Spot(unsound.before or 0.0, sound.before or 0.0),
            "after": Spot(unsound.after or 0.0, sound.after or 0.0),
        }
        dots = {when: _dots(analysis.pairs, f"_{when}") for when in spots}
        ns = dict.fromkeys(spots, sound.n)
    else:
        tests = analysis.tests[analysis.tests["finished"]]
        for when in spots:
            here = _dots(tests[tests["occasion"] == when])
            ns[when] = len(here)
            if len(here) >= SMALLEST:
                dots[when] = here
                spots[when] = Spot(
                    sum(one.unsound for one in here) / len(here),
                    sum(one.sound for one in here) / len(here),
                )
        note = (
            f"Fewer than {SMALLEST} learners finished both tests, so there is no arrow: what "
            "stands here are different groups of learners."
        )

    def cells(which: str) -> list[str]:
        return [percent(getattr(spot, which)) if spot else NOTHING for spot in spots.values()]

    table = Table(
        "Class means",
        ("Share", "Before", "After"),
        [
            ["Sound posts trusted", *cells("sound")],
            ["Unsound posts trusted", *cells("unsound")],
            ["Learners", *(str(n) if n == 0 or n >= SMALLEST else f"under {SMALLEST}"
                           for n in ns.values())],
        ],
        numbers=(1, 2),
    )  # fmt: skip
    drawn = charts.plane(spots["before"], spots["after"], dots["before"], dots["after"])
    return Markup(drawn), table, note


def _dots(tests: pd.DataFrame, ending: str = "") -> list[Spot]:
    across, up = f"trusted_unsound{ending}", f"trusted_sound{ending}"
    there = tests.dropna(subset=[across, up])
    pairs = zip(there[across].tolist(), there[up].tolist(), strict=True)
    return [Spot(float(x), float(y)) for x, y in pairs]


# --- how sure, items -----------------------------------------------------------------------------


def _sure(analysis: Analysis) -> tuple[Markup, Table | None]:
    groups: dict[str, dict[int, Sure]] = {"before": {}, "after": {}}
    for one in analysis.calibration.to_dict("records"):
        if one["occasion"] in groups and not one["reason"]:
            sure = Sure(one["sure"] / 100, one["share"], int(one["n"]))
            groups[one["occasion"]][int(one["sure"])] = sure
    if not any(groups.values()):
        return Markup(""), None

    def cell(sure: Sure | None) -> str:
        return NOTHING if sure is None else f"{percent(sure.right)} of {sure.n}"

    rows = [
        [f"{level}%", *(cell(group.get(level)) for group in groups.values())]
        for level in forms.SURE
    ]
    drawn = charts.calibration(*(list(group.values()) for group in groups.values()))
    head = ("How sure", "Right before", "Right after")
    return Markup(drawn), Table("Calls on posts", head, rows, numbers=(1, 2))


def _parts_table(
    items: pd.DataFrame, parts: Sequence[tuple[str, list[float], list[float]]]
) -> Table | None:
    def mean(shares: Sequence[float]) -> str:
        return percent(sum(shares) / len(shares)) if shares else NOTHING

    rows = [[name, mean(before), mean(after)] for name, before, after in parts]
    head = ("Part", "Before", "After")
    return Table("Right, mean of the items", head, rows, numbers=(1, 2)) if rows else None


# --- who handed in what --------------------------------------------------------------------------


def _handed(analysis: Analysis) -> list[tuple[str, int]]:
    rows = [
        (f"Test {when}, finished", analysis.counted[when])
        for when in forms.OCCASIONS
        if when != "later" or analysis.counted[when] or analysis.unfinished[when]
    ]
    return [*rows, ("Both, on different forms", len(analysis.pairs))]


def _handed_table(analysis: Analysis) -> Table:
    rows = [
        [OCCASION[when], str(analysis.counted[when]), str(analysis.unfinished[when])]
        for when in forms.OCCASIONS
    ]
    return Table("Tests", ("Test", "Finished", "Begun only"), rows, numbers=(1, 2))


def _learners(summary: Summary) -> Table | None:
    several = len(summary.tests["class_name"].unique()) > 1 if len(summary.tests) else False
    found: dict[tuple[str, str], dict[str, str]] = {}
    for one in summary.learners.to_dict("records"):
        row = found.setdefault((str(one["class_name"]), str(one["learner"])), {})
        row["lessons"] = str(int(one["lessons"]))
    for one in summary.tests.to_dict("records"):
        row = found.setdefault((str(one["class_name"]), str(one["learner"])), {})
        done = "form {form}" if one["finished"] else "form {form}, {answered} of 40, not finished"
        row[str(one["occasion"])] = done.format(form=one["form"], answered=one["answered"])
    if not found:
        return None
    columns = [("Before", "before"), ("After", "after")]
    if (summary.tests["occasion"] == "later").any():
        columns.append(("Later", "later"))
    columns.append(("Lessons", "lessons"))
    rows: list[list[str | Cell]] = [
        [
            Cell(key[1], [key[0]] if several else []),
            *(row.get(name, NOTHING) for _, name in columns),
        ]
        for key, row in sorted(found.items())
    ]
    head = ["Code", *(name for name, _ in columns)]
    return Table("By learner code", head, rows, numbers=(len(head) - 1,), codes=True)


def _refused(summary: Summary) -> Table | None:
    rows = [[name, reason] for name, reason in summary.refused[:LISTED]]
    return Table("Not used", ("File or code", "Why"), rows, codes=True) if rows else None
