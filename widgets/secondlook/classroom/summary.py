"""What a class handed in, as tables: the line between collecting and reporting.

A folder of hand-ins (``summarise``) and a district's store give the same `Summary`, so that both
get the same report. It holds counts and sums; nobody's text, and no name but the learner code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

import pandas as pd

from secondlook import content, forms
from secondlook.answer_lines import Record
from secondlook.classroom import tally

RIGHT_PARTS = tuple(f"right_{part}" for part in forms.PARTS)

#: The columns that each table must have. Further ones do no harm.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "tests": (
        "class_name", "learner", "occasion", "form", "saved", "finished", "answered",
        "trusted_sound", "n_sound", "trusted_unsound", "n_unsound",
        "d_prime", "criterion", "auc", "brier", "right", *RIGHT_PARTS,
    ),
    "items": (
        "occasion", "form", "item", "n", "n_right", "sum_total", "sum_total_sq", "sum_total_right",
    ),
    "options": ("occasion", "form", "item", "option", "n"),
    "sureness": ("occasion", "sure", "n", "n_right"),
    "activities": ("lesson", "activity", "learners"),
    "activity_options": ("lesson", "activity", "item", "option", "n"),
    "learners": ("class_name", "learner", "saved", "lessons", "answers"),
}  # fmt: skip


def no_rows(name: str) -> pd.DataFrame:
    """An empty table with the columns of ``name``."""
    return pd.DataFrame({column: pd.Series(dtype=object) for column in COLUMNS[name]})


@dataclass(frozen=True)
class Summary:
    """What a class (or many) handed in.

    A test *counts* when it is finished (the learner said "done"); tests that are not stand in
    ``tests`` and ``learners`` only. Learner codes are unique within a ``class_name``.

    Attributes:
        tests: one row per class, learner and occasion, also of tests that are not finished.

            - ``class_name`` text, "" where there is only one class; ``learner`` the learner code
            - ``occasion`` before, after or later; ``form`` A, B or C
            - ``saved`` day as YYYY-MM-DD, "" for a test that came as an answer code
            - ``finished`` bool; ``answered`` items with an answer, 0 to 40
            - ``trusted_sound`` of ``n_sound`` sound posts judged, ``trusted_unsound`` of
              ``n_unsound``: counts, 0 to 10
            - ``d_prime``, ``criterion`` by ``scoring``, with the log-linear correction; NaN if no
              post was judged on one side
            - ``auc`` area under the ROC curve from the ratings, 0 to 1; NaN as above
            - ``brier`` mean squared gap between how sure and how right the calls were, 0 to 1;
              NaN if no post was judged
            - ``right`` right answers of all 40, what was left out counted as not right
            - ``right_credentials``, ``right_claim-type``, ``right_base-rate``,
              ``right_next-move``, ``right_safe-reply``: right answers of 4 each
        items: of tests that count, one row per occasion, form and item.

            - ``n`` learners who answered it; ``n_right`` of them who were right
            - ``sum_total`` and ``sum_total_sq``: sum of ``right`` (of 40, the item included), and
              of its square, over those ``n``
            - ``sum_total_right``: sum of ``right`` over those ``n_right``
        options: of tests that count, one row per occasion, form, item and option with ``n``
            learners who picked it; a post's options are ``trust`` and ``question``. An option that
            nobody picked may be left out.
        sureness: of tests that count, one row per occasion and ``sure`` (50 to 100 percent, in
            tens): ``n`` calls on posts made with it and ``n_right`` of them.
        activities: of the lessons, one row per ``lesson`` and ``activity``: ``learners`` who gave
            any answer. Empty if only tests were collected.
        activity_options: of activities with options, one row per ``lesson``, ``activity``,
            ``item`` and ``option``: ``n`` learners who picked it. May be empty.
        learners: one row per class and learner: ``saved`` day of the newest file or "",
            ``lessons`` number of lessons with an answer and ``answers`` number of answers (0 where
            only an answer code came).
        kept: names of the files and codes that were read.
        refused: name and reason of each that was not.
        invented: whether a note beside the files says that nobody gave these answers.
    """

    tests: pd.DataFrame
    items: pd.DataFrame
    options: pd.DataFrame
    sureness: pd.DataFrame
    activities: pd.DataFrame = field(default_factory=lambda: no_rows("activities"))
    activity_options: pd.DataFrame = field(default_factory=lambda: no_rows("activity_options"))
    learners: pd.DataFrame = field(default_factory=lambda: no_rows("learners"))
    kept: list[str] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    invented: bool = False

    def __post_init__(self) -> None:
        for name, columns in COLUMNS.items():
            missing = [one for one in columns if one not in getattr(self, name).columns]
            if missing:
                raise ValueError(f"the table {name} lacks {', '.join(missing)}")

    @property
    def counted(self) -> pd.DataFrame:
        """The rows of ``tests`` that count: the finished ones."""
        return self.tests[self.tests["finished"].astype(bool)]


class HandedIn(Protocol):
    """What a hand-in file holds (``hand_in.HandIn``)."""

    @property
    def learner(self) -> str: ...  # noqa: D102
    @property
    def saved(self) -> str: ...  # noqa: D102
    @property
    def answers(self) -> Iterable[Record]: ...  # noqa: D102


class Kept(Protocol):
    """One file or code that was read (``collect.Kept``): a hand-in, or the sheet of a code."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def hand_in(self) -> HandedIn | None: ...  # noqa: D102
    @property
    def sheet(self) -> forms.TestSheet | None: ...  # noqa: D102
    @property
    def class_name(self) -> str: ...  # noqa: D102


class Refused(Protocol):
    """One that was not (``collect.Refused``)."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def reason(self) -> str: ...  # noqa: D102


def summarise(
    kept: Iterable[Kept], refused: Iterable[Refused] = (), *, invented: bool = False
) -> Summary:
    """Count what was collected.

    Where a learner's test came twice (a file and a code), a finished one goes before one that is
    not, then the newer, then the one with more answers.

    Arguments:
        kept: what was read; ``collect`` has left one file a learner.
        refused: what was not.
        invented: whether a note beside the files says that the learners are invented.
    """
    tests: dict[tuple[str, str, str], tuple[str, str, forms.TestSheet]] = {}
    learners: dict[tuple[str, str], list[Any]] = {}
    done: Counter[tuple[int, str]] = Counter()
    options: Counter[tuple[int, str, str, str]] = Counter()
    names = []
    for one in kept:
        names.append(one.name)
        saved, sheets = "", [one.sheet]
        if one.hand_in is not None:
            saved, places = one.hand_in.saved, _by_place(one.hand_in.answers)
            sheets = [
                forms.sheet(one.hand_in.learner, occasion, places.pop(place, {}))
                for place, occasion in forms.OCCASION_AT.items()
            ]
            _count_activities(places, done, options)
            lessons = len({lesson for lesson, _ in places})
            row = [saved, lessons, sum(map(len, places.values()))]
            learners[one.class_name, one.hand_in.learner] = row
        for sheet in sheets:
            if sheet is not None:
                key = (one.class_name, sheet.learner, sheet.occasion)
                tests[key] = max(tests.get(key, (one.class_name, "", sheet)),
                                 (one.class_name, saved, sheet), key=_rank)  # fmt: skip
                learners.setdefault(key[:2], ["", 0, 0])
    return Summary(
        **{name: no_rows(name) for name in ("tests", "items", "options", "sureness")}
        | tally.tables(tally.marks(tests[key] for key in sorted(tests))),
        activities=_table("activities", [(*key, n) for key, n in sorted(done.items())]),
        activity_options=_table(
            "activity_options", [(*key, n) for key, n in sorted(options.items())]
        ),
        learners=_table("learners", [(*key, *row) for key, row in sorted(learners.items())]),
        kept=names,
        refused=[(one.name, one.reason) for one in refused],
        invented=invented,
    )


def _rank(test: tuple[str, str, forms.TestSheet]) -> tuple[bool, str, int]:
    return (test[2].finished, test[1], len(test[2].answers))


def _table(name: str, rows: list[Any]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(COLUMNS[name])) if rows else no_rows(name)


def _by_place(answers: Iterable[Record]) -> dict[tuple[int, str], dict[str, dict[str, Any]]]:
    places: dict[tuple[int, str], dict[str, dict[str, Any]]] = {}
    for one in answers:
        if one.answer is None:  # a reset
            places.get((one.lesson, one.activity), {}).pop(one.item, None)
        else:
            places.setdefault((one.lesson, one.activity), {})[one.item] = one.answer
    return {place: items for place, items in places.items() if items}


@cache
def _known(lesson: int) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """The activities of a lesson, their items, and the options of each; nothing else is counted."""
    if lesson not in content.syllabus():
        return {}
    return {
        key: {item["id"]: frozenset(_option_ids(one, item)) for item in one["items"]}
        for key, one in content.activities(lesson).items()
    }


def _option_ids(activity: dict[str, Any], item: dict[str, Any]) -> list[str]:
    if activity["kind"] == "judge":
        return list(forms.RIGHT_CALL.values())
    return [one["id"] for one in item["options"]] if activity["kind"] == "choose" else []


def _count_activities(
    places: Mapping[tuple[int, str], Mapping[str, dict[str, Any]]],
    done: Counter[tuple[int, str]],
    options: Counter[tuple[int, str, str, str]],
) -> None:
    for (lesson, activity), items in places.items():
        known = _known(lesson).get(activity, {})
        if any(item in known for item in items):
            done[lesson, activity] += 1
        for item, answer in items.items():
            picked = answer.get("first", answer.get("call"))  # what was picked before any feedback
            given = picked if isinstance(picked, list) else [picked]
            for option in known.get(item, frozenset()):
                options[lesson, activity, item, option] += option in given
