"""What each kind of activity tells the guide: what is asked, what is right, what is said instead."""

from __future__ import annotations

import pytest

from secondlook import content
from secondlook.activities import EMPTY, kind_class
from secondlook.activities.expected import brief, of_guess, of_labels, of_options, quote

# Activities in which nothing is right or wrong: a feed to play with, a look at oneself.
OPEN = {(8, "first-hat"), (12, "how-sure-how-right")}
ALL = [
    (number, one) for number in content.syllabus() for one in content.activities(number).values()
]


def rows(number, record):
    """What is expected in all items of an activity."""
    one = kind_class(record["kind"])(number, record, EMPTY)
    return [row for item in one.record["items"] for row in one.expected(item)]


def named(number, name):
    return rows(number, content.activities(number)[name])


@pytest.mark.parametrize(
    ("number", "record"), ALL, ids=lambda one: one["id"] if isinstance(one, dict) else ""
)
def test_every_activity_says_what_is_expected(number, record):
    told = rows(number, record)
    assert bool(told) != ((number, record["id"]) in OPEN)
    for asked, right, wrong in told:
        assert asked and right
        assert right not in [answer for answer, _ in wrong]
        assert all(answer and said for answer, said in wrong)


def test_a_right_answer_is_the_one_that_the_data_says_is_right():
    item = content.activities(1)["exit-goal"]["items"][0]
    (row,) = [one for one in named(1, "exit-goal") if one.asked == item["question"]]
    assert [row.right] == [one["text"] for one in item["options"] if one["correct"]]
    assert row.wrong == [
        (one["text"], one["feedback"]) for one in item["options"] if not one["correct"]
    ]


def test_a_post_is_sound_or_not_as_its_record_says():
    for item, row in zip(
        content.activities(2)["round-two"]["items"], named(2, "round-two"), strict=True
    ):
        post = content.record("posts", item["post"])
        assert row.right.startswith(post["label"].capitalize() + ". ")
        assert (
            row.wrong[0][1] == post["feedback"]["question" if post["label"] == "sound" else "trust"]
        )


def test_a_first_look_is_not_asked_for_a_second_time():
    looks = content.activities(5)["cover-the-counts"]["items"]
    assert len(named(5, "cover-the-counts")) == len(looks) / 2


def test_numbers_are_those_that_the_screen_shows():
    assert [row.right for row in named(7, "glim")][:2] == ["14 in 100", "250 of 1,000"]
    assert named(4, "data-bench")[3].right == "100 videos"
    assert named(8, "robins-feed")[-1].right == "3 cards are the fewest"


def test_several_right_answers_stand_side_by_side():
    options = [{"text": text, "correct": text != "b", "feedback": text} for text in "abc"]
    assert of_options("q", options) == ("q", "a / c", [("b", "b")])


def test_a_label_is_wrong_with_every_other_label():
    told = of_labels("q", "y", {"x": "X", "y": "Y", "z": "Z"}, {"x": "1", "y": "2", "z": "3"})
    assert told == ("q", "Y", [("X", "1"), ("Z", "3")])


@pytest.mark.parametrize(("truth", "first"), [(80, "too low"), (20, "too high")])
def test_a_guess_is_more_likely_wrong_on_the_side_with_more_room(truth, first):
    item = {"feedback": {"low": "l", "high": "h"}}
    assert of_guess("q", truth, "shown", (0, 100), item).wrong[0][0] == first


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("One. Two! Three?", "One. Two!"),
        ('It says "no." Then it ends. And more.', 'It says "no." Then it ends.'),
        ("About 3.5 of 4. Yes. No.", "About 3.5 of 4. Yes."),
        ("Only one", "Only one"),
    ],
)
def test_the_first_two_sentences(text, short):
    assert brief(text) == short


def test_a_text_with_quotation_marks_gets_no_more_of_them():
    assert [quote("so"), quote("0:01: “so”")] == ["“so”", "0:01: “so”"]
