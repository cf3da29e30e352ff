"""assessment: who gets which form, what is an answer, and that "done" is the end."""

from __future__ import annotations

import html
import itertools
import json
import re
from collections import Counter

import pytest

import small_forms
from secondlook import content, forms, lesson, sitting
from secondlook.activities import assessment, unanswered
from secondlook.checks import DataError
from secondlook.classroom import codes
from secondlook.journal import Journal
from secondlook.learner_code import ANIMALS, PLANTS

DONE_A = {"form": "A", "edition": 1}


def forget():
    forms.form.cache_clear()
    forms._by_id.cache_clear()


@pytest.fixture(autouse=True)
def small(small_course):
    small_forms.write(small_course)
    forget()
    yield small_course
    forget()


@pytest.fixture
def journal(tmp_path, monkeypatch):
    """A real journal in an empty folder, of a learner who begins with form A."""
    opened = Journal.open(tmp_path / "work")
    opened.learner = code_for("A")
    opened.begin()
    monkeypatch.setattr(sitting, "journal", lambda: opened)
    monkeypatch.setattr(lesson, "journal", lambda: opened)
    return opened


def code_for(letter: str) -> str:
    codes = (f"fern-otter-{n}" for n in range(10, 100))
    return next(code for code in codes if forms.order_for(code)[0] == letter)


def sit(journal, occasion="before"):
    return assessment.Assessment(
        forms.PLACES[occasion][0], assessment.build(occasion, journal), journal
    )


def give(widget, **items):
    """Answers as the page sends them: all that it holds, with a new count."""
    rev = widget.state["rev"] + 1
    told = {**widget.state["items"], **{key.replace("_", "-"): one for key, one in items.items()}}
    widget.set_state({"state": {"rev": rev, "items": told}})


def all_right(letter="A"):
    return {one.id: small_forms.answer(one) for one in forms.form(letter).items}


# --- which form ----------------------------------------------------------------------------------


def test_every_code_there_is_splits_near_the_middle_and_no_word_decides():
    codes = list(itertools.product(PLANTS, ANIMALS, range(10, 100)))
    assert len(codes) == 92_160
    first = {code: forms.order_for("{}-{}-{}".format(*code))[0] for code in codes}
    share = Counter(first.values())["A"] / len(codes)
    assert abs(share - 0.5) < 0.005
    for place in range(3):  # neither a plant nor an animal nor a number leans to one form
        by_word = Counter(code[place] for code in codes if first[code] == "A")
        sizes = Counter(code[place] for code in codes)
        assert all(abs(by_word[word] / n - 0.5) < 0.07 for word, n in sizes.items())


@pytest.mark.parametrize("letter", ["A", "B"])
def test_after_is_the_form_that_was_not_taken_before(letter, journal):
    journal.learner = code_for(letter)
    other = {"A": "B", "B": "A"}[letter]
    assert assessment.letter("before", journal) == letter
    assert assessment.letter("after", journal) == other
    assert assessment.letter("later", journal) == "C"


def test_a_new_code_changes_no_form_that_was_begun(journal):
    item = forms.form("A").items[0]
    journal.record(1, "test-before", item.id, small_forms.answer(item))
    journal.learner = code_for("B")
    assert assessment.letter("before", journal) == "A"
    assert assessment.letter("after", journal) == "B"


def test_a_form_is_kept_after_a_reload(journal, tmp_path):
    widget = sit(journal)
    item = forms.form("A").items[3]
    give(widget, **{item.id: small_forms.answer(item)})
    again = Journal.open(tmp_path / "work")
    again.learner = code_for("B")
    back = sit(again)
    assert (back.record["form"], back.state["items"]) == ("A", {item.id: small_forms.answer(item)})


def test_loading_work_with_the_other_form_draws_that_form(journal, tmp_path):
    widget = sit(journal)
    assert widget.spec["form"] == "A"
    elsewhere = Journal.open(tmp_path / "elsewhere")
    item = forms.form("B").items[0]
    elsewhere.record(1, "test-before", item.id, small_forms.answer(item))
    journal.take(elsewhere.learner, elsewhere.latest())
    widget.refresh()
    assert widget.spec["form"] == "B" and item.id in widget.spec["posts"]
    assert widget.state["items"] == {item.id: small_forms.answer(item)}
    other = forms.form("B").items[1]
    give(widget, **{other.id: small_forms.answer(other)})
    assert set(journal.answers(1, "test-before")) == {item.id, other.id}


def test_there_is_no_other_occasion(journal):
    with pytest.raises(ValueError, match="before, after, later"):
        sitting.Test("now")
    with pytest.raises(ValueError, match="no test 'now'"):
        assessment.letter("now", journal)


# --- answers -------------------------------------------------------------------------------------

POST, ASKED = {"call": "trust", "sure": 70}, {"pick": "a"}


@pytest.mark.parametrize(
    "answer",
    [None, [], "trust", {"call": "trust"}, {"sure": 70}, {"call": "maybe", "sure": 70},
     {"call": ["trust"], "sure": 70}, {"call": "trust", "sure": 71}, {"call": "trust", "sure": 40},
     {"call": "trust", "sure": True}, {"call": "trust", "sure": 70.0}, {**POST, "why": "me"},
     {"pick": "trust"}, DONE_A],
)  # fmt: skip
def test_what_is_no_call_is_refused(answer, journal):
    widget = sit(journal)
    item = widget.items[forms.form("A").items[0].id]
    assert widget.accepts(item, POST)
    assert not widget.accepts(item, answer)


@pytest.mark.parametrize(
    "answer", [None, [], "a", {"pick": "e"}, {"pick": ["a"]}, {"pick": None}, {**ASKED, "sure": 50}, POST]
)  # fmt: skip
def test_what_is_no_option_is_refused(answer, journal):
    widget = sit(journal)
    item = widget.items[forms.form("A").items[-1].id]
    assert widget.accepts(item, ASKED)
    assert not widget.accepts(item, answer)


@pytest.mark.parametrize(
    "answer", [None, True, {"form": "B", "edition": 1}, {"form": "A"}, {"form": "A", "edition": "1"},
               {"form": "A", "edition": 8}, {**DONE_A, "name": "me"}]
)  # fmt: skip
def test_what_is_no_end_is_refused(answer, journal):
    widget = sit(journal)
    assert widget.accepts(widget.items["finished"], DONE_A)
    assert not widget.accepts(widget.items["finished"], answer)
    give(widget, finished=answer)
    assert journal.answers(1, "test-before") == {}


def test_answers_reach_the_journal_and_may_change_until_the_end(journal):
    widget = sit(journal)
    key = forms.form("A").items[0].id
    for sure in (50, 90):
        give(widget, **{key: {"call": "trust", "sure": sure}})
    give(widget, **{key: {"call": "trust", "sure": 55}, "p-b00-s": POST})
    assert journal.answers(1, "test-before") == {key: {"call": "trust", "sure": 90}}
    assert not widget.finished


@pytest.mark.parametrize("late", [{"call": "question", "sure": 50}, None])
def test_after_done_nothing_changes_and_the_page_shows_what_counts(late, journal):
    widget = sit(journal)
    first, second = (one.id for one in forms.form("A").items[:2])
    give(widget, **{first: POST})
    give(widget, finished=DONE_A)
    assert widget.finished
    give(widget, **{first: late, second: POST})
    give(widget, finished=None)
    assert journal.answers(1, "test-before") == {first: POST, "finished": DONE_A}
    assert widget.state["items"] == {first: POST, "finished": DONE_A}


def test_done_in_another_window_counts_in_this_one(journal):
    one, other = sit(journal), sit(journal)
    first = forms.form("A").items[0].id
    give(one, finished=DONE_A)
    give(other, **{first: POST})
    assert journal.answers(1, "test-before") == {"finished": DONE_A}
    assert other.state["items"] == {"finished": DONE_A}


def test_what_waited_for_a_dead_kernel_is_kept_with_done_wherever_it_stands(journal):
    """The page sends all that waited at once, and "done" may stand in front of an answer."""
    widget = sit(journal)
    first = forms.form("A").items[0].id
    told = {"finished": DONE_A, first: POST}
    widget.set_state({"state": {"rev": 1, "items": told}})
    assert journal.answers(1, "test-before") == told
    kept = (journal.path).read_text(encoding="ascii").splitlines()
    assert json.loads(kept[-1])["item"] == "finished"


def test_the_page_says_what_was_refused_by_the_disk(journal, monkeypatch):
    from secondlook.journal import JournalError

    def full(*_):
        raise JournalError("The disk is full.")

    widget = sit(journal)
    monkeypatch.setattr(journal, "record", full)
    give(widget, **{forms.form("A").items[0].id: POST})
    assert widget.saved["problem"] == "The disk is full."


# --- the result ----------------------------------------------------------------------------------


def test_the_result_waits_for_done(journal):
    test = sitting.Test("before")
    assert "once you have pressed Done" in str(test.result())
    for key, one in all_right().items():
        journal.record(1, "test-before", key, one)
    assert "once you have pressed Done" in str(test.result())
    journal.record(1, "test-before", "finished", DONE_A)
    said = str(test.result())
    assert "trusted all 10 sound posts and questioned all 10 unsound ones" in said
    assert "Who is talking: 4 of 4" in said


def test_the_result_counts_both_sides_and_every_part(journal):
    trusted = {"s": 7, "u": 3}  # 7 of 10 sound and 3 of 10 unsound
    for one in forms.form("A").items:
        if one.part == "post":
            n, side = int(one.id[3:5]), one.id[-1]
            call = "trust" if n < trusted[side] else "question"
            answer = {"call": call, "sure": 80}
        elif one.part == "safe-reply":
            continue  # left open
        else:
            answer = small_forms.answer(one, right=one.id.endswith(("1", "2", "3")))
        journal.record(1, "test-before", one.id, answer)
    journal.record(1, "test-before", "finished", DONE_A)
    told = sitting.tally(sitting.Test("before").sheet())
    assert told["calls"] == {
        "trusted_sound": 7,
        "n_sound": 10,
        "trusted_unsound": 3,
        "n_unsound": 10,
    }
    assert told["parts"] == {
        "post": (14, 20), "credentials": (3, 4), "claim-type": (3, 4), "base-rate": (3, 4),
        "next-move": (3, 4), "safe-reply": (0, 4)}  # fmt: skip
    said = str(sitting.Test("before").result())
    assert "You trusted 7 of 10 sound posts and questioned 7 of 10 unsound ones." in said
    assert "d'" not in said and "d′" not in said


# --- the answer code -----------------------------------------------------------------------------


def slip_of(occasion="before"):
    sitting.Test(occasion).hand_in()
    return sitting._slips[occasion]


def test_there_is_no_code_before_done_and_the_right_one_at_once_after(journal):
    widget = sitting.Test("before").show()
    slip = slip_of()
    give(widget, **all_right())
    assert (slip.code, slip.qr) == ("", "") and "pressed Done" in slip.said
    give(widget, finished=DONE_A)
    groups = slip.code.split(" ")
    assert {len(one) for one in groups} == {4}
    read = codes.read_code(slip.code)
    assert (read.learner, read.occasion, read.form) == (journal.learner, "before", "A")
    assert dict(read.answers) == all_right()
    assert slip.qr.startswith("<svg ") and "<script" not in slip.qr


def test_the_code_follows_a_new_learner_code(journal):
    give(sitting.Test("before").show(), finished=DONE_A)
    keep = sitting.Test("before").hand_in()
    keep.learner = journal.new_code()
    assert codes.read_code(sitting._slips["before"].code).learner == journal.learner


def test_work_that_is_loaded_brings_its_code(journal, tmp_path):
    elsewhere = Journal.open(tmp_path / "elsewhere")
    elsewhere.record(1, "test-before", "finished", DONE_A)
    keep = sitting.Test("before").hand_in()
    journal.take(elsewhere.learner, elsewhere.latest())
    keep.refresh()
    assert codes.read_code(sitting._slips["before"].code).learner == elsewhere.learner


def test_a_form_of_another_edition_has_no_code_and_says_so(journal):
    journal.record(1, "test-before", "finished", {"form": "A", "edition": 2})
    slip = slip_of()
    assert slip.code == "" and "Hand in the file" in slip.said


# --- what is shown -------------------------------------------------------------------------------


def test_the_opening_says_what_a_learner_must_know(journal):
    for occasion in forms.OCCASIONS:
        page = sitting.Test(occasion).open()
        shown = html.unescape(page.markup)
        for words in ("20 minutes", "no grade", "20 posts", "20 questions", "at the end",
                      "press Done", "You can pass on any post", "Help is here"):  # fmt: skip
            assert words in shown, words
        assert "You can pass" in page.text and "findahelpline" in page.text


def test_the_test_is_forty_items_with_posts_first(journal):
    widget = sitting.Test("before").show()
    parts = [one["part"] for one in widget.spec["items"]]
    assert parts == ["post"] * 20 + [part for part in forms.PARTS for _ in range(4)]
    assert set(widget.spec["parts"]) == set(parts)
    assert "doe2020" in widget.spec["references"]


def test_a_form_that_cannot_be_used_is_told_in_words(journal, small):
    journal.record(1, "test-before", forms.form("A").items[0].id, POST)
    (small / "tests" / "A.json").write_text("{", encoding="utf-8")
    forget()
    page = sitting.Test("before").show()
    assert "cannot be shown. Tell your teacher" in str(page)
    assert "cannot be shown" in str(sitting.Test("before").result())
    with pytest.raises(DataError):
        sitting.Test("before").sheet()


def test_sheet_and_key(journal):
    widget = sit(journal)
    sheet, key = html.unescape(widget.paper()), html.unescape(widget.key())
    assert sheet.count("<li>") >= 40 and "☐" not in sheet.partition("Answer sheet")[0]
    assert "☑" not in sheet and "fb-" not in sheet and "holds up" not in sheet
    assert key.count("This one holds up") == 10 and key.count("☑") == 80
    assert "fb-a-credentials-1-b" in key and "Doe et al., 2020" in key
    text = str(widget)
    assert "40. " in text and "fb-" not in text


def rows(markup):
    """The rows of an answer sheet: its number, then its cells."""
    part = markup[markup.index("sl-responses") :]
    return {int(one[1]): re.findall(r"<td>(.*?)</td>", one[2])
            for one in re.finditer(r'<th scope="row">(\d+)</th>(.*?)</tr>', part)}  # fmt: skip


@pytest.mark.parametrize("letter", forms.LETTERS)
def test_the_answer_sheet_goes_in_the_order_of_the_answer_code(letter):
    record = assessment.as_record("before", letter)
    with unanswered(0, record) as made:
        sheet, key = rows(made.paper()), rows(made.key())
    form = forms.form(letter)
    assert list(sheet) == list(key) == list(range(1, 41))
    for number, item in enumerate(form.items, start=1):
        marks = [one for one in sheet[number] if one.startswith("☐ ")]
        assert len(marks) == len(item.options)  # in the order in which a code counts them
        (right,) = [at for at, one in enumerate(key[number]) if one.startswith("☑ ")]
        assert item.options[right] == item.right
        if item.part == "post":
            assert marks == [f"☐ {one}" for one in item.options]
            assert sheet[number][2:] == [str(one) for one in forms.SURE]


def test_the_key_counts_both_sides_and_gives_no_sum(journal):
    widget = sit(journal)
    key = widget.key()
    for label in forms.RIGHT_CALL:
        numbers = [str(at) for at, one in enumerate(widget.record["items"], start=1)
                   if "post" in one and content.record("posts", one["post"])["label"] == label]  # fmt: skip
        assert f"({', '.join(numbers)})" in key
    assert "never one sum" in key


def test_pytest_does_not_take_it_for_a_test():
    assert sitting.Test.__test__ is False
