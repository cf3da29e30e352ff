"""choose: what its data and answers must be like."""

from __future__ import annotations

import html
import re

from secondlook.activities import on_paper


def test_one_right_option_is_demanded(refused):
    def both(record):
        for one in record["items"][0]["options"]:
            one["correct"] = True

    assert refused("warm-up", both) == (
        "f.json: item warm-up/w1: field options.correct: found 2 right; allowed: exactly 1"
    )


def test_several_need_at_least_one_right(refused):
    def no_one(record):
        for one in record["items"][0]["options"]:
            one["correct"] = False

    assert "found 0 right; allowed: at least one" in refused("several", no_one)


def test_a_confidence_is_only_taken_where_it_was_asked(make):
    exit_ticket, warm_up = make("exit"), make("warm-up")
    sure = {"choice": ["a"], "first": ["a"], "sure": 50}
    assert exit_ticket.accepts(exit_ticket.items["e1"], sure)
    assert not warm_up.accepts(warm_up.items["w1"], sure)


def test_paper_asks_how_sure_where_the_screen_does(make):
    assert "How sure?" in make("exit").paper()
    assert "How sure?" not in make("warm-up").paper()


def test_a_sheet_has_a_letter_and_a_box_for_every_option_and_the_key_answers_by_it(make):
    widget = make("several")
    paper, key = widget.paper(), widget.key()
    for letter, text in (("a", "Who is “us”?"), ("b", "Which font?"), ("c", "Compared with what?")):
        assert f"<b>{letter}</b> ☐ {text}" in paper
    assert "Tick every one that fits." in paper and "It worked for all of us." in paper
    assert "<b>1</b> a + c" in key and "a + c" not in paper
    assert key.index("a ☑ Who") < key.index("c ☑ Compared") < key.index("<b>b</b> ☐ Which font?")


def test_one_answer_is_enough_where_one_is_right(make):
    assert "Tick every one" not in make("warm-up").paper()


def test_the_line_to_mark_by_changes_with_the_key(record, notes):
    from secondlook.activities.choose import Choose

    one = record("warm-up")
    assert "<b>1</b> a" in Choose(3, one, notes()).key()
    for option in one["items"][0]["options"]:
        option["correct"] = not option["correct"]
    assert "<b>1</b> b" in Choose(3, one, notes()).key()


def test_a_colon_stands_only_where_an_answer_has_no_stop_of_its_own():
    told = [("It works", "fb"), ("It works.", "fb"), ("“Why?”", "fb"), ('"fine"', "fb")]
    rows = html.unescape(on_paper.others(told))
    assert re.findall(r"☐ (.+?)</li>", rows) == [
        "It works: fb", "It works. fb", "“Why?” fb", '"fine": fb'
    ]  # fmt: skip
