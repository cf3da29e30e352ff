"""How the items of a test behave: difficulty, discrimination, the wrong option most picked.

All of it from the counts and sums of a `Summary`, so that a hundred thousand learners cost no more
than ten.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from secondlook import forms
from secondlook.classroom.groups import SMALLEST, TOO_FEW
from secondlook.classroom.summary import Summary

#: What a learner who gets a post wrong did with it.
WRONG_CALL = {"trust": "trusted an unsound post", "question": "questioned a sound post"}


def item_table(summary: Summary) -> pd.DataFrame:
    """One row per occasion, form and item, in the form's order.

    Columns: ``occasion``, ``form``, ``item``, ``part`` (``post`` or one of ``forms.PARTS``),
    ``text``, ``n`` who answered, ``difficulty`` (share of them who were right), ``discrimination``
    (point-biserial with the score on the other 39 items), and of the wrong option most picked:
    ``wrong`` (id), ``wrong_text``, ``misconception``, ``wrong_n``; ``reason`` or "". Numbers are
    NaN and ``wrong`` is "" where they cannot be given or nobody was wrong.

    Arguments:
        summary: of a class or of many.
    """
    table = _known(summary.items)
    if table.empty:
        return pd.DataFrame({name: pd.Series(dtype=object) for name in (
            "occasion", "form", "item", "part", "text", "n", "difficulty", "discrimination",
            "wrong", "wrong_text", "misconception", "wrong_n", "reason")})  # fmt: skip
    n, right = (table[name].to_numpy(dtype=float) for name in ("n", "n_right"))
    enough = n >= SMALLEST
    found = table[["occasion", "form", "item"]].reset_index(drop=True)
    keys = [tuple(map(str, key)) for key in found.itertuples(index=False, name=None)]
    items = [_item(letter, item) for _, letter, item in keys]
    found["part"] = [one.part for one in items]
    found["text"] = [text_of(one) for one in items]
    found["n"] = n.astype(int)
    found["difficulty"] = np.divide(right, n, out=np.full(len(n), math.nan), where=enough)
    found["discrimination"] = np.where(enough, _discrimination(table), math.nan)
    picked = _most_wrong(summary.options)
    wrong = [
        picked.get(key, ("", 0)) if good else ("", math.nan)
        for key, good in zip(keys, enough, strict=True)
    ]
    found["wrong"] = [one for one, _ in wrong]
    told = [wrong_words(item, one) for item, (one, _) in zip(items, wrong, strict=True)]
    found["wrong_text"] = [text for text, _ in told]
    found["misconception"] = [idea for _, idea in told]
    found["wrong_n"] = [count for _, count in wrong]
    found["reason"] = np.where(enough, "", TOO_FEW)
    return found


def text_of(item: forms.TestItem) -> str:
    """What the learner read: the caption of a post, or the question."""
    return str(item.record["caption" if item.part == "post" else "question"])


def wrong_words(item: forms.TestItem, option: str) -> tuple[str, str]:
    """The text of a wrong option and the misconception behind it; both may be ""."""
    if item.part == "post":
        return ("", WRONG_CALL.get(option, ""))
    for one in item.record["options"]:
        if one["id"] == option:
            return (str(one["text"]), str(one.get("misconception", "")))
    return ("", "")


def _item(letter: str, key: str) -> forms.TestItem:
    found = forms.form(letter).item(key)
    assert found is not None  # `_known` left only items of the form
    return found


def _known(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of items that the forms have, in a fixed order."""
    order = {
        (letter, item.id): place
        for letter in forms.LETTERS
        for place, item in enumerate(forms.form(letter).items)
    }
    places = [order.get(pair, -1) for pair in zip(table["form"], table["item"], strict=True)]
    occasions = [
        forms.OCCASIONS.index(one) if one in forms.OCCASIONS else -1 for one in table["occasion"]
    ]
    kept = table.assign(_place=places, _occasion=occasions)
    kept = kept[(kept["_place"] >= 0) & (kept["_occasion"] >= 0)]
    return kept.sort_values(["_occasion", "form", "_place"], kind="stable")


def _discrimination(table: pd.DataFrame) -> Any:
    """Point-biserial of an item with the rest of the test, from sums.

    With total T, right r (0 or 1) and rest T - r: cov and variances follow from the sums of T, T^2
    and T over those who were right. Formula and source as ``measures.point_biserial``.
    """
    n, right, total, square, shared = (
        table[name].to_numpy(dtype=float)
        for name in ("n", "n_right", "sum_total", "sum_total_sq", "sum_total_right")
    )
    rest, rest_right = total - right, shared - right
    rest_square = square - 2 * shared + right
    spread = (n * right - right**2) * (n * rest_square - rest**2)
    covered = n * rest_right - rest * right
    root = np.sqrt(np.maximum(spread, 0))
    return np.divide(covered, root, out=np.full(len(n), math.nan), where=root > 0)


def _most_wrong(options: pd.DataFrame) -> dict[tuple[str, ...], tuple[str, int]]:
    """The wrong option picked most, and by how many; of two alike the one that stands first."""
    best: dict[tuple[str, ...], tuple[str, int]] = {}
    rank: dict[tuple[str, ...], tuple[int, int]] = {}
    for one in options.itertuples():
        letter, count = str(one.form), int(one.n)  # type: ignore[arg-type]
        item = forms.form(letter).item(str(one.item)) if letter in forms.LETTERS else None
        if item is None or one.option == item.right or one.option not in item.options or not count:
            continue
        key, place = (str(one.occasion), letter, item.id), item.options.index(str(one.option))
        if (count, -place) > rank.get(key, (0, 0)):
            rank[key], best[key] = (count, -place), (str(one.option), count)
    return best


def reliability(summary: Summary) -> pd.DataFrame:
    """KR-20 of each form on each occasion, what was left out counted as not right.

    Columns: ``occasion``, ``form``, ``n`` finished tests, ``kr20`` or NaN, ``reason`` or "".
    Formula and source as ``measures.kr20``.
    """
    rows: list[tuple[str, str, int, float, str]] = []
    counted = summary.counted
    for occasion in forms.OCCASIONS:
        for letter in forms.LETTERS:
            there = (counted["occasion"] == occasion) & (counted["form"] == letter)
            total = counted.loc[there, "right"].to_numpy(dtype=float)
            n = len(total)
            if not n:
                continue
            if n < SMALLEST:
                rows.append((occasion, letter, n, math.nan, TOO_FEW))
                continue
            here = (summary.items["occasion"] == occasion) & (summary.items["form"] == letter)
            share = summary.items.loc[here, "n_right"].to_numpy(dtype=float) / n
            variance = float(total.var())
            if variance == 0:
                rows.append((occasion, letter, n, math.nan, "all scores are the same"))
                continue
            k = len(forms.form(letter).items)
            kr20 = k / (k - 1) * (1 - float((share * (1 - share)).sum()) / variance)
            rows.append((occasion, letter, n, kr20, ""))
    return pd.DataFrame(rows, columns=["occasion", "form", "n", "kr20", "reason"])


def calibration(summary: Summary) -> pd.DataFrame:
    """How often calls were right, by how sure the learners were.

    Columns: ``occasion``, ``sure`` (percent), ``n`` calls, ``share`` right, or NaN where there are
    fewer than `SMALLEST` calls or finished tests, and ``reason`` or "".
    """
    rows: list[tuple[str, int, int, float, str]] = []
    for occasion in forms.OCCASIONS:
        learners = int((summary.counted["occasion"] == occasion).sum())
        here = summary.sureness[summary.sureness["occasion"] == occasion]
        for sure in forms.SURE:
            level = here[here["sure"] == sure]
            n, right = int(level["n"].sum()), int(level["n_right"].sum())
            if learners < SMALLEST:
                rows.append((occasion, sure, n, math.nan, TOO_FEW))
            elif n < SMALLEST:
                rows.append((occasion, sure, n, math.nan, f"fewer than {SMALLEST} calls"))
            else:
                rows.append((occasion, sure, n, right / n, ""))
    return pd.DataFrame(rows, columns=["occasion", "sure", "n", "share", "reason"])
