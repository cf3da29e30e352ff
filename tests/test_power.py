"""The table of what a class can show: what the model gives, and as the guide draws it."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from secondlook.classroom import trials

ROOT = Path(__file__).resolve().parents[1]


def stored():
    return json.loads((ROOT / "data" / "power.json").read_text(encoding="utf-8"))


def test_the_stored_table_is_what_the_model_gives():
    """Other classes, fewer of them: a share of 400 classes has a standard error of 0.025 at most."""
    rows = {(one["learners"], one["gain"]): one for one in stored()["rows"]}
    assert len(rows) == 24
    for one in trials.power([25], [0.0, 0.4, 0.8], 400, 77):
        known = rows[one["learners"], one["gain"]]
        assert known["measured"] == pytest.approx(one["measured"], abs=6e-4)
        assert known["share"] == pytest.approx(one["share"], abs=0.09)


def test_the_stored_table_makes_sense():
    rows = {(one["learners"], one["gain"]): one["share"] for one in stored()["rows"]}
    sizes, gains = (sorted({key[at] for key in rows}) for at in (0, 1))
    for size in sizes:
        assert 0.01 <= rows[size, 0.0] <= 0.04  # false alarms on one side of a 95% interval
        assert [rows[size, gain] for gain in gains] == sorted(rows[size, gain] for gain in gains)
    for gain in gains[1:]:
        shares = [rows[size, gain] for size in sizes]
        assert shares == sorted(shares)


def draw():
    spec = importlib.util.spec_from_file_location("draw", ROOT / "tools" / "draw.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_guides_table_is_drawn_from_it():
    text = (ROOT / "instructor_guide.md").read_text(encoding="utf-8")
    module = draw()
    assert module.with_power(text) == text
    assert "| 1.0 |" in text
    old = text.replace("| 1.0 |", "| 1.1 |")
    assert module.with_power(old) != old
