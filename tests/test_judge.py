"""judge: half sound and half unsound, and counts of both sides."""

from __future__ import annotations

import html
import re

from secondlook import content
from secondlook.activities import judge
from secondlook.scoring import calibration, two_sided

ANSWERS = {
    "panic": {"call": "trust", "sure": 80},
    "pens": {"call": "question", "sure": 100},
    "walk": {"call": "question", "sure": 60},
    "drops": {"call": "trust", "sure": 50},
}


def test_more_of_one_side_is_refused(refused):
    said = refused("story-or-proof", lambda record: record["items"].pop())
    assert said == (
        "f.json: item story-or-proof: field items: found 2 sound and 1 unsound; "
        "allowed: as many sound as unsound"
    )


def test_a_tactic_without_plain_words_is_refused(refused, small_course):
    content.records("posts")["p-pens"]["tactics"] = ["absolut-language"]
    record = content.activities(3)["story-or-proof"]
    (problem,) = judge.Judge.problems(record, "f.json")
    assert problem.item == "story-or-proof/pens"
    assert "did you mean absolute-language?" in problem.allowed


def test_the_counts_are_those_that_scoring_takes(make, notes):
    widget = make("story-or-proof", notes(ANSWERS))
    assert widget.result() == {
        "trusted_sound": 1, "n_sound": 2, "trusted_unsound": 1, "n_unsound": 2
    }  # fmt: skip
    assert two_sided(**widget.result()).sentence == (
        "You trusted 1 of 2 sound posts and questioned 1 of 2 unsound ones."
    )


def test_nothing_judged_counts_as_nothing(make):
    widget = make("story-or-proof")
    assert set(widget.result().values()) == {0}
    assert widget.confidences() == []


def test_confidences_go_with_whether_the_call_was_right(make, notes):
    pairs = make("story-or-proof", notes(ANSWERS)).confidences()
    assert pairs == [(0.8, True), (1.0, True), (0.6, False), (0.5, False)]
    assert sum(one.right for one in calibration(pairs)) == 2


def test_tactics_reach_the_browser_in_plain_words(make):
    assert (
        make("story-or-proof").spec["tactics"]["sells-something"] == "something for sale at the end"
    )


def test_the_key_says_what_holds_up_and_why(make):
    key = make("story-or-proof").key()
    assert key.count("This one holds up") == key.count("This one needs a second look") == 2
    assert "What would make it fair: " in key
    assert "https://doi.org/10.1000/1" in key


# --- the same post twice: without its counts, then with them -------------------------------------

LOOKS = {
    "panic-bare": {"call": "question", "sure": 60},
    "panic-again": {"call": "trust", "sure": 90},
    "pens-bare": {"call": "question", "sure": 70},
}


def test_only_the_second_look_is_counted(make, notes):
    widget = make("same-post-twice", notes(LOOKS))
    assert widget.result() == {
        "trusted_sound": 1, "n_sound": 1, "trusted_unsound": 0, "n_unsound": 0
    }  # fmt: skip
    assert widget.confidences() == [(0.9, True)]


def test_a_first_look_without_a_second_is_refused(refused):
    def first_only(record):
        record["items"] = record["items"][:2] + record["items"][3:] + record["items"][:1]
        record["items"][-1] = {**record["items"][-1], "id": "later", "counts": True}
        record["items"][1]["post"] = "p-walk"

    said = refused("same-post-twice", first_only)
    assert "same-post-twice/pens-bare: field counts: found a first look without a second" in said


def test_a_second_look_that_comes_first_is_refused(refused):
    said = refused("same-post-twice", lambda record: record["items"].reverse())
    assert said.count("a first look without a second one") == 2


def test_only_second_looks_have_to_balance(refused):
    said = refused("same-post-twice", lambda record: record["items"].pop())
    assert "found 1 sound and 0 unsound" in said


def places(widget):
    """Where on the sheet the first looks stand, in the order in which their posts come again."""
    items = widget.record["items"]
    first = [one["post"] if one.get("counts") is False else None for one in items]
    again = [one["post"] for one in items if one.get("counts") is not False]
    return [first.index(one) + 1 for one in again if one in first]


def test_a_sheet_prints_a_post_once_and_its_counts_the_second_time(make):
    widget = make("same-post-twice")
    paper, text = widget.paper(), widget.text()
    assert paper.count('<article class="post">') == 2
    for sheet in (paper, text):
        assert sheet.count("again, now with its counts: 41,200 likes, 618 comments") == 2
        assert [int(one) for one in re.findall(r"Post (\d) by @", sheet)] == places(widget)
    assert widget.key().count("a first look, judged below (see ") == 2
    assert widget.key().count("This one holds up") == 1


# --- on paper ------------------------------------------------------------------------------------


def test_a_sheet_has_the_whole_post_and_room_for_the_call(make):
    paper = html.unescape(make("story-or-proof").paper())
    for post in content.records("posts").values():
        if post["id"] in make("story-or-proof").posts():
            creator = content.record("creators", post["creator"])
            told = [f"@{creator['handle']}", creator["role"], *post["beats"], post["caption"],
                    *(f"#{tag}" for tag in post["hashtags"]), f"{post['counts']['likes']:,} likes",
                    *(one["text"] for one in post["comments"]), post["disclosure"] or ""]  # fmt: skip
            assert [one for one in told if one not in paper] == []
    assert paper.count("☐ I'd trust it") == paper.count("☐ 90%") == paper.count("because") == 4
    assert "of 2 sound posts" in paper and "of 2 unsound ones" in paper


def test_a_first_look_has_no_counts_on_sheet_or_card(make):
    widget = make("same-post-twice")
    first = widget.paper().partition("again, now with")[0]
    assert "41,200 likes" not in first + "".join(widget.cards())


def test_a_second_look_asks_what_the_counts_changed(make, record, notes):
    one = record("story-or-proof")
    looks = [{**item, "id": f"{item['id']}-bare", "counts": False} for item in one["items"]]
    one["items"] = looks + one["items"]
    assert "of 4 calls" in judge.Judge(3, one, notes()).paper()
    assert "of 4 calls" not in make("story-or-proof").paper()


def test_a_single_pair_is_not_worth_a_count(make):
    assert "sl-tally" not in make("same-post-twice").paper()


def test_each_post_is_one_card_with_its_number(make):
    cards = make("story-or-proof").cards()
    assert [one.partition("</b>")[0] for one in cards] == [
        f'<b class="sl-mark">{place}' for place in (1, 2, 3, 4)
    ]


def test_the_key_can_be_marked_by_in_one_line(make):
    key = make("same-post-twice").key()
    assert "<b>1</b> see 3" in key and "<b>3</b> sound: trust it" in key
    assert "<b>4</b> unsound: question it" in key


def test_posts_that_do_not_balance_are_not_counted_for_a_learner(record, notes):
    one = record("story-or-proof")
    one["items"].pop()
    assert "sl-tally" not in judge.Judge(3, one, notes()).paper()
