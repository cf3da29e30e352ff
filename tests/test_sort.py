"""sort: what its data must be like."""

from __future__ import annotations


def item(record):
    return record["items"][0]


def test_an_answer_must_be_a_bin(refused):
    said = refused("three-bins", lambda record: item(record).update(answer="experiense"))
    assert "item three-bins/s1: field answer: found 'experiense'" in said
    assert "one of advice, claim, experience" in said


def test_every_bin_needs_feedback(refused):
    said = refused("three-bins", lambda record: item(record)["feedback"].pop("advice"))
    assert said == (
        "f.json: item three-bins/s1: field feedback.advice: found nothing; "
        "allowed: feedback for every bin"
    )


def test_feedback_for_a_bin_that_is_not_there_is_refused(refused):
    said = refused("three-bins", lambda record: item(record)["feedback"].update(adviec="x"))
    assert "field feedback: found 'adviec'" in said


def test_a_bin_stands_once(refused):
    said = refused("three-bins", lambda record: record["bins"].append(dict(record["bins"][0])))
    assert "an id used only once" in said


def test_the_key_ticks_the_right_bin(make):
    assert make("three-bins").key().count("☑") == 3
