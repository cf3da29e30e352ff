"""audit: Post Check itself, its rows in an activity, and a band of trust that fits the post."""

from __future__ import annotations

import json

import pytest
import textstat

from secondlook import content, safety
from secondlook.activities import audit, problems
from secondlook.checks import DataError


@pytest.fixture
def fresh_rows():
    audit.rows.cache_clear()
    yield
    audit.rows.cache_clear()


def item(record):
    return record["items"][0]


# --- the rubric -----------------------------------------------------------------------------------


def test_post_check_has_eight_rows_with_three_levels_in_words():
    rows = audit.rows()
    assert len(rows) == 8
    words = [text for row in rows.values() for text in row["levels"]]
    assert len(words) == len(set(words)) == 24


def test_post_check_is_easy_to_read_and_safely_worded():
    texts = [text for row in audit.rows().values() for text in (row["question"], *row["levels"])]
    assert float(textstat.flesch_kincaid_grade(" ".join(texts))) <= 8
    assert [one for text in texts for one in safety.check_text(text) if one.level == "block"] == []


def test_the_best_level_is_not_the_longest_by_rule():
    longest = [max(range(3), key=lambda at, row=row: len(row["levels"][at]))
               for row in audit.rows().values()]  # fmt: skip
    assert set(longest) == {0, 1, 2}


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda raw: raw["rows"][0]["levels"].pop(), "levels"),
        (lambda raw: raw["rows"][0].update(id="kind"), "an id used only once"),
        (lambda raw: raw["rows"][0].pop("question"), "question"),
        (lambda raw: raw.update(total=16), "total"),
    ],
)
def test_a_broken_rubric_is_refused(spoil, said, small_course, fresh_rows, record):
    path = small_course / audit.FILE
    raw = json.loads(path.read_text(encoding="utf-8"))
    spoil(raw)
    path.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(DataError, match=said):
        audit.rows()
    assert said in "\n".join(map(str, audit.KIND.problems(record("post-check"), "f.json")))


# --- an activity ----------------------------------------------------------------------------------


def test_the_fixture_is_sound(small_course):
    assert list(map(str, problems(12))) == []


def test_each_row_is_scored_once(refused):
    assert "found none for help; allowed: a score for every row" in refused(
        "post-check", lambda record: item(record)["ours"].pop("help")
    )
    assert "an id used only once" in refused(
        "post-check",
        lambda record: item(record)["given"].update(help={"score": 1, "why": "w"}),
    )


@pytest.mark.parametrize("field", ["given", "ours", "found"])
def test_an_unknown_row_is_named(field, refused):
    said = refused("post-check", lambda record: item(record)[field].update(
        looks={"score": 1, "why": "w", "feedback": "f"} if field != "found" else "x"))  # fmt: skip
    assert "field rows: found 'looks'" in said


@pytest.mark.parametrize(
    ("post", "band", "said"),
    [
        ("p-drops", {"low": 30, "high": 30}, "low below high"),
        ("p-drops", {"low": 30, "high": 55}, "50 or less, since the post is unsound"),
        ("p-panic", {"low": 45, "high": 80}, "50 or more, since the post is sound"),
    ],
)
def test_a_band_of_trust_stands_on_the_side_of_the_label(post, band, said, refused):
    def change(record):
        item(record).update(post=post)
        item(record)["trust"].update(band)

    assert said in refused("post-check", change)


def test_a_score_is_a_number_and_no_truth_value(make):
    widget = make("post-check")
    (entry,) = widget.record["items"]
    good = {"scores": dict.fromkeys(entry["ours"], 1), "trust": 0, "sure": 50}
    assert widget.accepts(entry, good)
    for wrong in (True, 1.0, 3, -1, "1", None):
        scores = {**good["scores"], "help": wrong}
        assert not widget.accepts(entry, {**good, "scores": scores}), wrong
    assert not widget.accepts(entry, {**good, "scores": {**good["scores"], "who": 1}})


def test_the_sheet_has_every_level_and_marks_what_is_given(make):
    paper = make("post-check").paper()
    assert "☑" not in paper
    for row in audit.rows().values():
        for words in row["levels"]:
            assert words.replace("'", "&#x27;") in paper
    assert paper.count("sl-ring") == 2 and "why-who" in paper and "found-agrees" in paper
    assert paper.count('class="sl-score') == 3 * len(audit.rows())
    assert paper.count(">because<") == len(audit.rows()) - 2


def test_the_key_says_score_words_and_reason(make):
    key = make("post-check").key()
    assert "<b>2</b></td><td>It is said out loud" in key and "fb-gains" in key
    assert "Trust: 5 to 30.</b> Not far: fb-trust." in key
    assert "☑ This one needs a second look." in key
    assert "why-who" not in key  # the sheet has it


def test_no_learner_is_shown_a_total(make):
    spec = json.dumps(make("post-check").spec)
    assert '"total"' not in spec
    assert "total" not in make("post-check").text().lower()


def test_the_shipped_audits_can_be_used():
    for number in content.syllabus():
        for one in content.activities(number).values():
            if one["kind"] == "audit":
                assert audit.KIND.problems(one, "f.json") == []


def test_what_is_found_may_be_said_otherwise_on_paper(record, notes):
    one = record("post-check")
    one["items"][0]["paper"] = {"found": {"agrees": "Elsewhere: found-on-paper."}}
    widget = audit.KIND(12, one, notes())
    assert "found-on-paper" in widget.paper() and "found-agrees" not in widget.paper()
    assert "found-agrees" in widget.text()


def test_what_is_found_on_paper_needs_its_row(refused):
    def change(record):
        item(record)["paper"] = {"found": {"nope": "Elsewhere."}}

    assert "found 'nope'" in refused("post-check", change)
