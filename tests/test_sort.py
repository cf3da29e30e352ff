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


def test_a_map_has_four_corners(refused):
    said = refused("four-corners", lambda record: record["bins"].pop())
    assert "item four-corners: field bins: found 3 bins" in said


def test_each_of_the_others_has_placed_each_card(refused):
    said = refused("four-corners", lambda record: item(record)["others"].pop("vik"))
    assert "item four-corners/q1: field others.vik: found nothing" in said


def test_nobody_else_has_placed_a_card(refused):
    def add(record):
        item(record)["others"]["wes"] = {"bin": "keep", "why": "x"}

    assert "field others: found 'wes'" in refused("four-corners", add)


def test_the_others_and_before_name_a_bin(refused):
    said = refused("four-corners", lambda one: item(one)["others"]["vik"].update(bin="kep"))
    assert "field others.vik.bin: found 'kep'" in said
    said = refused("four-corners", lambda one: item(one).update(before="kep"))
    assert "field before: found 'kep'" in said


def test_the_sheet_shows_goal_and_creator_and_only_the_key_shows_the_others(make):
    widget = make("four-corners")
    for text in (widget.key(), widget.text()):
        assert "Goal: find help" in text and "@plain.pia, nurse" in text
        assert "Before: Worth having" in text
    for text in (widget.paper(), "".join(widget.cards())):
        assert "<b>Goal:</b> find help" in text and "@plain.pia, nurse" in text
    assert "Who asked her?" in widget.key()
    assert "Who asked her?" not in widget.paper() + widget.text()


# --- on paper ------------------------------------------------------------------------------------


def test_a_sheet_has_every_card_and_every_pile(make):
    widget = make("three-bins")
    paper, cards = widget.paper(), widget.cards()
    for one in widget.record["bins"]:
        assert f"<b>{one['label']}</b> <span>{one['hint']}</span>" in paper
    for letter, one, card in zip("ABC", widget.record["items"], cards, strict=True):
        assert one["text"] in paper and one["text"] in card
        assert f'<b class="sl-mark">{letter}</b>' in card
    assert '<ol class="sl-items" type="A">' in paper


def test_a_map_has_its_sides_and_a_corner_for_each_bin(make):
    paper = make("four-corners").paper()
    assert "into one corner. Your teacher knows where Ulla and Vik put them." in paper
    assert (
        paper.index("Risks little") < paper.index("Gives a lot</th>") < paper.index("Gives little")
    )
    assert paper.index("Worth having") < paper.index("Use with care") < paper.index("Just passing")


def test_where_a_card_stood_before_is_the_learners_to_write(make):
    # Printed, it would be the key of the activity before.
    widget = make("four-corners")
    assert "It stood in:" in widget.paper()
    assert "Before:" not in widget.paper() + "".join(widget.cards())


def test_the_key_says_which_cards_lie_where_and_what_the_others_did(make):
    key = make("three-bins").key()
    assert "<b>Claim:</b> C</li>" in key and "<b>Experience:</b> A</li>" in key
    key = make("four-corners").key()
    assert "<b>Use with care:</b> no card</li>" in key
    assert "<td>A</td><td>Worth having</td><td>Leave it</td><td>Worth having</td>" in key
    assert "Ulla saw risk in all of them." in key


def test_a_goal_that_all_cards_share_is_said_once(record, notes):
    from secondlook.activities.sort import Sort

    one = record("four-corners")
    for card in one["items"]:
        card["goal"] = "find help"
    widget = Sort(1, one, notes())
    assert widget.paper().count("find help") == 1
    assert "find help" not in "".join(widget.cards())
