"""Counts over many tests at once: from answers to the tables of a `Summary`.

Each test is a row of an array with a column for each item of its form, so that a class, or a
thousand simulated ones, costs a few sums.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from secondlook import forms, scoring
from secondlook.forms import TestSheet

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
LEFT_OUT = -1  # in ``picked``: no answer
TRUST, QUESTION = 0, 1  # in ``picked``, for a post


@dataclass(frozen=True)
class Marks:
    """Tests on one form, a row each.

    Attributes:
        form: the letter.
        class_name: of each row.
        learner: learner code of each row.
        occasion: of each row.
        saved: day as YYYY-MM-DD of each row, or "".
        finished: whether the learner said "done", of each row.
        picked: whole numbers, rows by 40 items in the form's order: the place of what was picked
            among ``TestItem.options``, or `LEFT_OUT`. For the 20 posts, which come first, `TRUST`
            or `QUESTION`.
        sure: whole numbers, rows by 20 posts: percent, 50 to 100 in tens. Where a post was left
            out, anything.
    """

    form: str
    class_name: Sequence[str]
    learner: Sequence[str]
    occasion: Sequence[str]
    saved: Sequence[str]
    finished: Sequence[bool]
    picked: Ints
    sure: Ints


@dataclass(frozen=True)
class _Key:
    right: Ints  # the place of the right option, a number an item
    sound: NDArray[np.bool_]  # of the posts
    parts: list[str]
    places: Mapping[str, tuple[int, Mapping[str, int]]]  # item id: column, option id: place


@cache
def _key(letter: str) -> _Key:
    items = forms.form(letter).items
    return _Key(
        right=np.array([one.options.index(one.right) for one in items]),
        sound=np.array([one.right == "trust" for one in items[: forms.POSTS]]),
        parts=[one.part for one in items],
        places={
            one.id: (column, {option: place for place, option in enumerate(one.options)})
            for column, one in enumerate(items)
        },
    )


def marks(sheets: Iterable[tuple[str, str, TestSheet]]) -> list[Marks]:
    """Sheets as arrays.

    Arguments:
        sheets: class name, day saved or "", and what was answered. An answer that its item does
            not accept counts as left out.

    Returns:
        one `Marks` for each form that was taken.
    """
    by_form: dict[str, list[tuple[str, str, TestSheet]]] = {}
    for one in sheets:
        by_form.setdefault(one[2].form, []).append(one)
    return [_marks(letter, by_form[letter]) for letter in sorted(by_form)]


def _marks(letter: str, rows: list[tuple[str, str, TestSheet]]) -> Marks:
    places = _key(letter).places
    picked = np.full((len(rows), len(places)), LEFT_OUT)
    sure = np.full((len(rows), forms.POSTS), forms.SURE[0])
    form = forms.form(letter)
    for row, (_, _, sheet) in enumerate(rows):
        for name, answer in sheet.answers.items():
            item = form.item(name)
            if item is None or not forms.accepts(item, answer):
                continue
            column, options = places[name]
            picked[row, column] = options[forms.picked(item, answer)]
            if column < forms.POSTS:
                sure[row, column] = answer["sure"]
    return Marks(
        form=letter,
        class_name=[one[0] for one in rows],
        learner=[one[2].learner for one in rows],
        occasion=[one[2].occasion for one in rows],
        saved=[one[1] for one in rows],
        finished=[one[2].finished for one in rows],
        picked=picked,
        sure=sure,
    )


def tables(given: Iterable[Marks]) -> dict[str, pd.DataFrame]:
    """The tables ``tests``, ``items``, ``options`` and ``sureness`` of a `Summary`.

    Arguments:
        given: the tests, at most one for each class, learner and occasion.
    """
    built: dict[str, list[pd.DataFrame]] = {"tests": [], "items": [], "options": [], "sureness": []}
    for one in given:
        built["tests"].append(_tests(one))
        finished, occasions = np.asarray(one.finished, dtype=bool), np.asarray(one.occasion)
        for occasion in forms.OCCASIONS:
            rows = finished & (occasions == occasion)
            if rows.any():
                label = {"occasion": occasion, "form": one.form}
                items, options = _items(one.form, one.picked[rows])
                built["items"].append(items.assign(**label))
                built["options"].append(options.assign(**label))
                sureness = _sureness(one.form, one.picked[rows], one.sure[rows])
                built["sureness"].append(sureness.assign(occasion=occasion))
    joined = {name: pd.concat(parts, ignore_index=True) for name, parts in built.items() if parts}
    if "sureness" in joined:  # the forms of one occasion
        joined["sureness"] = joined["sureness"].groupby(["occasion", "sure"], as_index=False).sum()
    return joined


def _by_counts(rule: Callable[..., float], counts: Ints) -> Floats:
    """``rule`` on each row of four counts, worked out once for each four that occur."""
    values = np.full(len(counts), np.nan)
    judged = (counts[:, 1] > 0) & (counts[:, 3] > 0)
    if judged.any():
        fours, which = np.unique(counts[judged], axis=0, return_inverse=True)
        values[judged] = np.array([rule(*map(int, four)) for four in fours])[which.ravel()]
    return values


def _tests(one: Marks) -> pd.DataFrame:
    key = _key(one.form)
    answered = one.picked != LEFT_OUT
    right = one.picked == key.right
    calls, judged = one.picked[:, : forms.POSTS], answered[:, : forms.POSTS]
    trusted = calls == TRUST
    counts = np.stack(
        [
            (trusted & key.sound).sum(1),
            (judged & key.sound).sum(1),
            (trusted & ~key.sound).sum(1),
            (judged & ~key.sound).sum(1),
        ],
        axis=1,
    )
    table: dict[str, Any] = {
        "class_name": list(one.class_name),
        "learner": list(one.learner),
        "occasion": list(one.occasion),
        "form": one.form,
        "saved": list(one.saved),
        "finished": np.asarray(one.finished, dtype=bool),
        "answered": answered.sum(1),
        "trusted_sound": counts[:, 0],
        "n_sound": counts[:, 1],
        "trusted_unsound": counts[:, 2],
        "n_unsound": counts[:, 3],
        "d_prime": _by_counts(scoring.d_prime, counts),
        "criterion": _by_counts(scoring.criterion, counts),
        "auc": _areas(trusted, judged, one.sure, key.sound),
        "brier": _brier(right[:, : forms.POSTS], judged, one.sure),
        "right": right.sum(1),
    }
    parts = np.array(key.parts)
    for part in forms.PARTS:
        table[f"right_{part}"] = right[:, parts == part].sum(1)
    return pd.DataFrame(table)


def _areas(
    trusted: NDArray[np.bool_], judged: NDArray[np.bool_], sure: Ints, sound: NDArray[np.bool_]
) -> Floats:
    """``measures.area_under_roc`` for each row, from how often each rating was given.

    A rating is how far the learner trusts a post, in tens of percent: 0 to 10.
    """
    rating = np.where(trusted, sure, 100 - sure) // 10
    given = (rating[:, :, None] == np.arange(11)) & judged[:, :, None]
    high, low = given[:, sound].sum(1), given[:, ~sound].sum(1)
    below = low.cumsum(1) - low
    pairs = high.sum(1) * low.sum(1)
    won = (high * (2 * below + low)).sum(1)
    return _shares(won, 2 * pairs)


def _brier(right: NDArray[np.bool_], judged: NDArray[np.bool_], sure: Ints) -> Floats:
    gaps = ((sure / 100 - right) ** 2 * judged).sum(1)
    return _shares(gaps, judged.sum(1))


def _shares(part: Any, whole: Ints) -> Floats:
    values: Floats = np.full(len(whole), np.nan)
    np.divide(part, whole, out=values, where=whole > 0)
    return values


def _items(letter: str, picked: Ints) -> tuple[pd.DataFrame, pd.DataFrame]:
    key = _key(letter)
    answered = (picked != LEFT_OUT).astype(np.int64)
    right = (picked == key.right).astype(np.int64)
    total = right.sum(1)
    items = pd.DataFrame({
        "item": list(key.places),
        "n": answered.sum(0),
        "n_right": right.sum(0),
        "sum_total": total @ answered,
        "sum_total_sq": total**2 @ answered,
        "sum_total_right": total @ right,
    })  # fmt: skip
    options = [
        (name, option, int((picked[:, column] == place).sum()))
        for name, (column, ids) in key.places.items()
        for option, place in ids.items()
    ]
    return items, pd.DataFrame(options, columns=["item", "option", "n"])


def _sureness(letter: str, picked: Ints, sure: Ints) -> pd.DataFrame:
    key = _key(letter)
    calls = picked[:, : forms.POSTS]
    judged, right = calls != LEFT_OUT, calls == key.right[: forms.POSTS]
    return pd.DataFrame({
        "sure": forms.SURE,
        "n": [int((judged & (sure == level)).sum()) for level in forms.SURE],
        "n_right": [int((right & (sure == level)).sum()) for level in forms.SURE],
    })  # fmt: skip
