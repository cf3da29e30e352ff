"""Every kind of activity, driven through its traits as a browser does it."""

from __future__ import annotations

import html
import math
from typing import Any

import pytest

from secondlook import content
from secondlook.activities import kind_class, problems
from secondlook.journal import JournalError

GOOD: dict[str, tuple[str, Any]] = {
    "warm-up": ("w1", {"choice": ["b"], "first": ["a"]}),
    "several": ("m1", {"choice": ["a", "c"], "first": ["a", "c"]}),
    "exit": ("e1", {"choice": ["a"], "first": ["a"], "sure": 70}),
    "story-or-proof": ("pens", {"call": "question", "sure": 90}),
    "three-bins": ("s1", {"bin": "experience", "first": "claim"}),
    "four-corners": ("q2", {"bin": "pass", "first": "keep"}),
    "find-the-name": ("mo", {"says": "conditions", "said": "active", "tells": "may", "told": "may",
                             "moves": ["mock-us", "mock-uk",
                                       "mock-uk/mo-adeyinka-clinical-psychologist"]}),
    "tag-the-caption": ("c2", {"marks": {"c2a": None, "c2b": "claim"},
                               "first": {"c2a": "advice", "c2b": "claim"}}),
    "find-the-pull": ("f1", {"marks": {"f1a": "pull"}, "first": {"f1a": "pull"}}),
    "guess-first": ("g1", {"value": 64}),
    "dial-the-wording": ("d1", {"step": "may", "first": "cures"}),
    "look-it-up": ("who", {"moves": ["new s-who", "open shelf-tower", "more tower-home"],
                           "tabs": 2, "finding": "firm", "first": "school"}),
    "post-check": ("drops", {"scores": {"evidence": 0, "compare": 1, "limits": 0, "gains": 2,
                                        "help": 1, "agrees": 2}, "trust": 40, "sure": 70}),
    "a-thousand": ("guess", {"guess": 14}),
    "draw-it-first": ("t1", {"guess": {"few": 0, "some": 55, "many": 100}}),
    "same-post-twice": ("panic-bare", {"call": "trust", "sure": 50}),
    "talk-to-ada": ("t1", {"path": ["listen"], "first": None}),
    "adas-plan": ("p1", {"choice": "cat", "first": "aunt"}),
    "how-sure": ("mine", {"guess": "over"}),
    "write-it": ("post", {"brief": "panic", "person": "mo", "start": "repair", "kept": 1, "beats": 4,
                          "checks": {"whole": True, "wording": True, "sure": True, "private": True,
                                     "source": False, "money": True, "help": True}}),
    "toy-feed": ("six", {"moves": "eshsse"}),
    "clip-timeline": ("k1", {"marks": {"k1b": "hidden"}, "first": {"k1a": None, "k1b": "open"}}),
    "adas-forms": ("f1", {"kept": ["nap"], "first": ["nap", "mail", "hat"]}),
    "mend-the-clip": ("r1", {"lines": {"opening": "keep", "middle": "useless"},
                             "first": {"opening": "proof", "middle": "useless"}}),
}  # fmt: skip
#: Fields of a good answer with what may not stand in them.
BAD: dict[str, dict[str, list[Any]]] = {
    "warm-up": {"choice": [[], ["z"], ["a", "b"], "a", [{}], None], "first": [[], ["z"], [["a"]]]},
    "several": {"choice": [["a", "a"], ["z"], {}, []], "first": [["a", None]]},
    "exit": {"sure": [55, "70", None, True, [70]], "choice": [["a", "b"]]},
    "story-or-proof": {"call": ["like", None, ["trust"], {}], "sure": [0, 101, 55, "90", True]},
    "three-bins": {"bin": ["z", None, ["claim"], {}], "first": ["z", None, 1]},
    "four-corners": {"bin": ["claim", None, ["keep"]], "first": ["z", 0]},
    "find-the-name": {"says": ["z", None, ["active"]], "said": ["gone", None], "tells": ["z", 1, None],
                      "told": ["not", ["may"], None],
                      "moves": [["mo adeyinka"], ["mock-uk/zed-nobody-counsellor"], [None], "mock-uk",
                                [["mock-uk"]], ["mock-us"] * 61, None]},
    "tag-the-caption": {"marks": [{"z": "claim"}, {"c2a": "z"}, {"c2a": ["claim"]}, [], "c2a",
                                  {"c2c": "advice"}],
                        "first": [{}, {"c2a": 1}, None]},
    "find-the-pull": {"marks": [{"f1a": "claim"}, {"f1a": True}], "first": [{}]},
    "guess-first": {"value": [-1, 101, 64.5, True, "64", None, [64], math.nan, math.inf, 10**400]},
    "dial-the-wording": {"step": ["z", None, ["may"], 4], "first": ["z", {}]},
    "look-it-up": {"moves": ["new s-who", None, ["fly s-who"], ["new z"], [["new", "s-who"]], [1],
                             ["new s-who "], ["open shelf-tower"] * 81],
                   "tabs": [0, 9, True, "2", None, 2.0], "finding": ["z", None, ["firm"]],
                   "first": ["z", {}]},
    "post-check": {"scores": [{}, {"evidence": 0}, [0] * 6, None, "evidence"],
                   "trust": [-5, 101, 40.0, True, "40", None, [40]],
                   "sure": [55, "70", None, True, [70]]},
    "a-thousand": {"guess": [-1, 101, 14.5, True, "14", None, [14], math.nan]},
    "draw-it-first": {"guess": [{"few": 1, "some": 2}, {"few": 1, "some": 2, "many": 101},
                                {"few": 1, "some": 2, "many": -1}, {"few": 1, "some": 2, "many": 3.5},
                                {"few": 1, "some": 2, "many": True}, [1, 2, 3], None,
                                {"few": 1, "some": 2, "many": 3, "z": 4}]},
    "same-post-twice": {"call": ["like", None], "sure": [0, "90"]},
    "talk-to-ada": {"path": [[], ["sorry"], "listen", None], "first": [[], ["z"], "skip"]},
    "adas-plan": {"choice": ["now", None, ["aunt"]], "first": ["z", None, {}]},
    "how-sure": {"guess": ["z", None, ["over"], {}, True]},
    "write-it": {"brief": ["z", None, ["panic"], {}], "person": ["ada", None, ["mo"]],
                 "start": ["again", True, None], "kept": [-1, 100, "1", True, None, 1.0],
                 "beats": [2, 7, "4", None, True],
                 "checks": [{}, {"whole": True}, dict.fromkeys(range(7), True), "all", None,
                            {"whole": "my own words", "wording": True, "sure": True,
                             "private": True, "source": True, "money": True, "help": True}]},
    "toy-feed": {"moves": ["eshss", "eshssee", "eshssl", "ESHSSE", "", None, ["e"] * 6, 6, {}]},
    "clip-timeline": {"marks": [{"z": "open"}, {"k1a": "z"}, "k1a"], "first": [{}, None]},
    "adas-forms": {"kept": [["ask"], ["nap", "nap"], [["nap"]], "nap", {"nap": "noon"}, None],
                   "first": [["z"], [None], "nap", None, {}]},
    "mend-the-clip": {"lines": [{}, {"opening": "some", "middle": "cut"}, {"z": "keep"}, ["keep"], None,
                                {"opening": ["keep"], "middle": "cut"}, {"opening": "keep"}],
                      "first": [{"opening": "keep"}, {"opening": None, "middle": "cut"}, "keep"]},
}  # fmt: skip
EACH = pytest.mark.parametrize("name", GOOD)


def sends(widget: Any, items: Any, rev: int = 1) -> None:
    """What a message of the browser does to the widget."""
    widget.set_state({"state": {"rev": rev, "items": items}})


def feedbacks(value: Any) -> list[str]:
    """Every feedback in an activity, at any depth."""
    if isinstance(value, list):
        return [text for one in value for text in feedbacks(one)]
    if not isinstance(value, dict):
        return []
    own = value.get("feedback", [])
    own = list(own.values()) if isinstance(own, dict) else [own] if own else []
    return own + [
        text for key, one in value.items() if key != "feedback" for text in feedbacks(one)
    ]


def told(widget: Any) -> list[str]:
    """All that an activity says after an answer: feedback, reasons, reveals."""
    texts = feedbacks(widget.record)
    for item in widget.record["items"]:
        texts += [item[key] for key in ("reveal", "known") if key in item]
        for node in item.get("nodes", []):
            texts += [one["reason"] for one in node.get("options", [])]
        if widget.kind == "studio":
            texts += [one["ours"]["why"] for one in item["briefs"]]
        if widget.kind == "audit":
            texts += [item["trust"]["feedback"], content.records("posts")[item["post"]]["reason"]]
        if widget.kind == "judge":
            post = content.records("posts")[item["post"]]
            texts += [*post["feedback"].values(), post["reason"]]
    return texts


def options(widget: Any) -> list[str]:
    """All that an activity offers to pick from."""
    record = widget.record
    texts = [one["label"] for one in [*record.get("bins", []), *record.get("labels", [])]]
    for item in record["items"]:
        for key in ("options", "parts", "steps", "lines"):
            texts += [one["text"] for one in item.get(key, [])]
        texts += [f"{one['label']}: {one['value']}" for one in item.get("fields", [])]
        texts += [one["text"] for line in item.get("lines", []) for one in line["swaps"]]
    return texts + (["I'd trust it", "I'd question it"] if widget.kind == "judge" else [])


def test_the_small_course_is_sound(small_course):
    assert list(map(str, problems(3))) == []


def test_every_kind_of_the_schema_but_the_bench_is_tried_here(record):
    tried = {record(name)["kind"] for name in GOOD}
    assert tried == set(content.shapes().schema["kinds"]) - {"bench"}


@EACH
def test_a_good_answer_goes_to_the_journal(name, make, notes):
    item, answer = GOOD[name]
    journal = notes()
    widget = make(name, journal)
    sends(widget, {item: answer}, rev=4)
    assert journal.lines == [(item, answer)]
    assert widget.saved == {"rev": 4, "problem": ""}


@EACH
def test_an_answer_is_written_once_and_again_when_it_changes(name, make, notes):
    item, answer = GOOD[name]
    journal = notes()
    widget = make(name, journal)
    sends(widget, {item: answer}, rev=1)
    sends(widget, {item: answer}, rev=2)
    sends(widget, {item: None}, rev=3)
    sends(widget, {item: None}, rev=4)
    assert journal.lines == [(item, answer), (item, None)]
    assert widget.saved["rev"] == 4


BAD_CASES = [
    pytest.param(name, field, wrong, id=f"{name}-{field}-{place}")
    for name, fields in BAD.items()
    for field, values in fields.items()
    for place, wrong in enumerate(values)
]


@pytest.mark.parametrize(("name", "field", "wrong"), BAD_CASES)
def test_a_bad_answer_is_not_journalled(name, field, wrong, make, notes):
    item, answer = GOOD[name]
    journal = notes()
    widget = make(name, journal)
    sends(widget, {item: {**answer, field: wrong}})
    assert journal.lines == []
    assert widget.saved == {"rev": 1, "problem": ""}


@EACH
@pytest.mark.parametrize("wrong", ["text", 3, True, [], {}, {"extra": 1}])
def test_what_is_no_answer_at_all_is_not_journalled(name, wrong, make, notes):
    item, answer = GOOD[name]
    journal = notes()
    widget = make(name, journal)
    sends(widget, {item: wrong})
    sends(widget, {item: {**answer, "note": "more than was asked"}}, rev=2)
    sends(widget, {item: dict(list(answer.items())[:-1])}, rev=3)
    sends(widget, {"no-such-item": answer}, rev=4)
    sends(widget, [answer], rev=5)
    assert journal.lines == []


@EACH
def test_a_journal_that_cannot_write_is_told_and_the_answer_stays(name, make, notes):
    item, answer = GOOD[name]
    journal = notes()
    journal.error = JournalError("Your answer is on screen, but it could not be saved.")
    widget = make(name, journal)
    sends(widget, {item: answer}, rev=2)
    assert widget.saved == {
        "rev": 2, "problem": "Your answer is on screen, but it could not be saved."
    }  # fmt: skip
    assert widget.state["items"] == {item: answer}


@EACH
def test_an_error_of_our_own_is_not_swallowed(name, make, notes):
    item, answer = GOOD[name]
    journal = notes()
    journal.error = ZeroDivisionError("a bug")
    with pytest.raises(ZeroDivisionError):
        sends(make(name, journal), {item: answer})


@EACH
def test_answers_come_back(name, make, notes):
    item, answer = GOOD[name]
    kept = {item: answer, "gone": answer}
    assert make(name, notes(kept)).state == {"rev": 0, "items": {item: answer}}


@EACH
def test_a_kept_answer_that_no_longer_fits_is_left_out(name, make, notes):
    item, answer = GOOD[name]
    field, values = next(iter(BAD[name].items()))
    kept = {item: {**answer, field: values[0]}}
    assert make(name, notes(kept)).state["items"] == {}


@EACH
def test_refresh_shows_what_the_journal_has_now(name, make, notes):
    item, answer = GOOD[name]
    journal = notes()
    widget = make(name, journal)
    journal.kept = {item: answer}
    widget.refresh()
    assert widget.state == {"rev": 1, "items": {item: answer}}
    assert journal.lines == []


@EACH
def test_the_paper_sheet_keeps_the_key_to_itself(name, make):
    widget = make(name)
    paper, key = (html.unescape(text) for text in (widget.paper(), widget.key()))
    said = told(widget)
    assert len(said) >= len(widget.record["items"])
    assert [text for text in said if text in paper] == []
    assert [text for text in said if text not in key] == []


@EACH
def test_paper_and_plain_text_offer_everything(name, make):
    widget = make(name)
    paper = html.unescape(widget.paper())
    for text in options(widget):
        assert text in paper
        assert text in widget.text()
    assert [text for text in told(widget) if text in widget.text()] == []


@EACH
def test_a_sheet_may_ask_in_its_own_words(name, record, notes):
    one = {**record(name), "ask": "Press the button.", "paper": "Tick a box."}
    widget = kind_class(one["kind"])(3, one, notes())
    assert "Tick a box." in widget.paper()
    assert "Press the button." not in widget.paper()
    assert "Press the button." in widget.text()


@EACH
def test_a_card_keeps_the_key_to_itself(name, make):
    widget = make(name)
    cards = [html.unescape(one) for one in widget.cards()]
    assert [text for text in told(widget) for one in cards if text in one] == []
    assert all("☑" not in one for one in cards)


@EACH
def test_a_screen_without_widgets_gets_the_plain_text(name, make):
    widget = make(name)
    bundle = widget._repr_mimebundle_()[0]
    assert bundle["text/plain"] == widget.text() == str(widget)
    assert name in repr(widget)


@EACH
def test_text_from_the_data_cannot_become_markup(name, record):
    one = record(name)
    one["title"] = "<script>alert(1)</script>"
    widget = kind_class(one["kind"])(3, one, type("None_", (), {
        "learner": "x", "answers": lambda self, lesson, activity: {}})())  # fmt: skip
    assert "<script" not in widget.paper() + widget.key()


@EACH
def test_the_browser_gets_the_sources_it_names(name, make):
    spec = make(name).spec
    named = [key for item in spec["items"] for key in item.get("refs", [])]
    named += [key for post in spec["posts"].values() for key in post["refs"]]
    assert set(named) == set(spec["references"])
    assert all(one["url"].startswith("https://") for one in spec["references"].values())
