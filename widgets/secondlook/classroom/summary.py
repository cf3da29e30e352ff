"""What a class handed in, as tables: the line between collecting and reporting.

A folder of hand-ins (``summarise``) and a district's store give the same `Summary`, so that both
get the same report. It holds counts and sums; nobody's text, and no name but the learner code.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

PARTS = ("credentials", "claim-type", "base-rate", "next-move", "safe-reply")
RIGHT_PARTS = tuple(f"right_{part}" for part in PARTS)
SURE = (50, 60, 70, 80, 90, 100)

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

    def __post_init__(self) -> None:
        for name, columns in COLUMNS.items():
            missing = [one for one in columns if one not in getattr(self, name).columns]
            if missing:
                raise ValueError(f"the table {name} lacks {', '.join(missing)}")

    @property
    def counted(self) -> pd.DataFrame:
        """The rows of ``tests`` that count: the finished ones."""
        return self.tests[self.tests["finished"].astype(bool)]
