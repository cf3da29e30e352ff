"""The three test forms: 40 items, half of the posts sound, a class halved by the learner code."""

from __future__ import annotations

import itertools
import json

import pytest

from secondlook import content, forms
from secondlook.checks import DataError
from secondlook.learner_code import ANIMALS, PLANTS


@pytest.fixture(params=forms.LETTERS)
def form(request):
    return forms.form(request.param)


def answer(item, right=True):
    pick = item.right if right else next(one for one in item.options if one != item.right)
    return {"call": pick, "sure": 70} if item.part == "post" else {"pick": pick}


def test_forty_items_posts_first(form):
    assert [one.part for one in form.items] == ["post"] * 20 + [
        part for part in forms.PARTS for _ in range(4)
    ]
    assert sum(one.right == "trust" for one in form.items[:20]) == 10
    assert len({one.id for one in form.items}) == 40


def test_sound_and_unsound_do_not_take_turns(form):
    calls = [one.right for one in form.items[:20]]
    runs = [len(list(group)) for _, group in itertools.groupby(calls)]
    assert 2 <= max(runs) <= 5


def test_no_item_is_in_two_forms():
    ids = [one.id for letter in forms.LETTERS for one in forms.form(letter).items]
    assert len(ids) == len(set(ids)) == 120


def test_the_code_halves_all_classes_there_can_be():
    codes = [f"{p}-{a}-{n}" for p in PLANTS for a in ANIMALS for n in range(10, 100)]
    share = sum(forms.order_for(code) == ("A", "B") for code in codes) / len(codes)
    assert 0.49 < share < 0.51
    # Neither word nor number settles it: those of one table must not all get one form.
    for plant in PLANTS[:5]:
        own = [forms.order_for(code) for code in codes if code.startswith(plant)]
        assert 0.45 < own.count(("A", "B")) / len(own) < 0.55


def test_after_is_the_form_not_yet_seen():
    code = "fern-otter-42"
    first, second = forms.order_for(code)
    assert forms.form_for("before", code, {}) == first
    assert forms.form_for("after", code, {}) == second
    assert forms.form_for("later", code, {}) == "C"
    seen = forms.form(second).items[0]  # under another code the learner had begun the other way
    assert forms.form_for("after", code, {seen.id: answer(seen)}) == first
    with pytest.raises(ValueError, match="there is no test 'tomorrow'"):
        forms.form_for("tomorrow", code, {})


def test_answers_that_fit(form):
    for item in form.items:
        assert forms.accepts(item, answer(item))
        assert forms.is_right(item, answer(item))
        assert not forms.is_right(item, answer(item, right=False))


@pytest.mark.parametrize(
    "bad",
    [
        None,
        [],
        {},
        "trust",
        {"call": "trust"},
        {"call": "maybe", "sure": 70},
        {"call": "trust", "sure": 75},
        {"call": "trust", "sure": 70.0},
        {"call": "trust", "sure": True},
        {"call": "trust", "sure": 70, "name": "x"},
        {"call": ["trust"], "sure": 70},
        {"pick": "zz"},
        {"pick": ["a"]},
        {"pick": "a", "sure": 70},
        {"pick": "a", "note": "hello"},
    ],
)
def test_answers_that_do_not_fit(form, bad):
    assert not any(forms.accepts(item, bad) for item in form.items)


def test_a_question_takes_no_call_and_a_post_no_pick(form):
    assert not forms.accepts(form.items[0], {"pick": "a"})
    assert not forms.accepts(form.items[-1], {"call": "trust", "sure": 50})


def test_a_sheet_keeps_what_belongs_to_its_form():
    a, b = forms.form("A"), forms.form("B")
    answers = {one.id: answer(one) for one in a.items[:5]}
    answers[b.items[0].id] = answer(b.items[0])
    answers[a.items[5].id] = {"call": "maybe", "sure": 70}
    sheet = forms.sheet("fern-otter-42", "before", answers)
    assert sheet is not None and sheet.form == "A" and not sheet.finished
    assert set(sheet.answers) == {one.id for one in a.items[:5]}
    done = forms.sheet(
        "fern-otter-42", "before", answers | {"finished": {"form": "A", "edition": 1}}
    )
    assert done is not None and done.finished and done.edition == 1
    assert forms.sheet("fern-otter-42", "before", {"stranger": {"pick": "a"}}) is None


@pytest.mark.parametrize(
    "bad",
    [
        None,
        {"form": "A"},
        {"form": "A", "edition": "1"},
        {"form": "A", "edition": 8},
        {"form": "A", "edition": True},
        {"form": "Z", "edition": 1},
    ],
)
def test_a_finish_that_is_none(bad):
    item = forms.form("A").items[0]
    sheet = forms.sheet("fern-otter-42", "before", {item.id: answer(item), "finished": bad})
    assert sheet is not None and not sheet.finished


def test_a_learner_who_answered_nothing_and_is_done_has_a_sheet():
    sheet = forms.sheet("fern-otter-42", "later", {"finished": {"form": "C", "edition": 1}})
    assert sheet is not None and sheet.finished and not sheet.answers


def test_there_is_no_form_d():
    with pytest.raises(KeyError, match="no form 'D'"):
        forms.form("D")


def _broken(change):
    raw = json.loads((content.data_dir() / "tests/A.json").read_text(encoding="utf-8"))
    change(raw)
    return raw


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda raw: raw["questions"].pop(), "part"),
        (lambda raw: raw["questions"].reverse(), "part"),
        (lambda raw: raw["questions"][0]["options"][1].update(correct=False), "exactly 1"),
        (lambda raw: raw["questions"][0].update(refs=["nobody2000"]), "references.json"),
        (lambda raw: raw.update(edition="one"), "edition"),
    ],
)
def test_a_form_that_does_not_hold_is_refused(monkeypatch, change, told):
    raw = _broken(change)
    real = content.read_json
    monkeypatch.setattr(
        content, "read_json", lambda name: raw if name == "tests/A.json" else real(name)
    )
    forms.form.cache_clear()
    try:
        with pytest.raises(DataError, match=told):
            forms.form("A")
    finally:
        forms.form.cache_clear()


def test_a_form_with_an_odd_number_of_sound_posts_is_refused(monkeypatch):
    real = content.records
    posts = {k: v | {"label": "sound"} if v["set"] == "a" else v for k, v in real("posts").items()}
    monkeypatch.setattr(content, "records", lambda name: posts if name == "posts" else real(name))
    forms.form.cache_clear()
    try:
        with pytest.raises(DataError, match="10 of set a"):
            forms.form("A")
    finally:
        forms.form.cache_clear()
