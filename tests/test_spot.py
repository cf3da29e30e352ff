"""spot: what its data must be like, and "none of these"."""

from __future__ import annotations


def part(record, item=0, place=0):
    return record["items"][item]["parts"][place]


def test_an_answer_must_be_a_label(refused):
    said = refused("tag-the-caption", lambda record: part(record).update(answer="clam"))
    assert "item tag-the-caption/c1/c1a: field answer: found 'clam'" in said
    assert "one of advice, claim, experience, opinion" in said


def test_every_label_needs_feedback(refused):
    said = refused("tag-the-caption", lambda record: part(record)["feedback"].pop("opinion"))
    assert "item tag-the-caption/c1/c1a: field feedback.opinion: found nothing" in said


def test_none_needs_feedback_where_a_part_has_no_label(refused):
    said = refused("tag-the-caption", lambda record: part(record, 1, 1)["feedback"].pop("none"))
    assert "item tag-the-caption/c2/c2b: field feedback.none: found nothing" in said


def test_feedback_for_none_is_refused_where_none_is_not_offered(refused):
    said = refused("tag-the-caption", lambda record: part(record)["feedback"].update(none="x"))
    assert "field feedback: found 'none'" in said


def test_something_must_be_there_to_mark(refused):
    def empty(record):
        for one in record["items"][0]["parts"]:
            one["answer"] = None

    assert "found nothing to mark" in refused("find-the-pull", empty)


def test_none_is_no_name_for_a_label(refused):
    said = refused("find-the-pull", lambda record: record["labels"][0].update(id="none"))
    assert "field labels: found none" in said


def test_a_part_stands_once(refused):
    said = refused("tag-the-caption", lambda record: part(record, 0, 1).update(id="c1a"))
    assert "an id used only once" in said


def test_none_is_an_answer_only_where_it_is_offered(make):
    widget = make("tag-the-caption")
    nothing = {"marks": {"c1a": None}, "first": {"c1a": None}}
    assert not widget.accepts(widget.items["c1"], nothing)
    nothing = {"marks": {"c2a": None}, "first": {"c2a": None}}
    assert widget.accepts(widget.items["c2"], nothing)


def test_a_part_that_is_not_there_cannot_be_marked(make):
    widget = make("find-the-pull")
    assert not widget.accepts(widget.items["f1"], {"marks": {}, "first": {"z": "pull"}})
    marks = {"z": "pull", "f1a": "pull"}
    assert not widget.accepts(widget.items["f1"], {"marks": marks, "first": marks})


def test_nothing_pressed_is_no_answer(make):
    widget = make("find-the-pull")
    assert not widget.accepts(widget.items["f1"], {"marks": {}, "first": {}})


def test_a_mark_taken_away_keeps_its_first(make):
    widget = make("find-the-pull")
    assert widget.accepts(widget.items["f1"], {"marks": {}, "first": {"f1a": "pull"}})


def test_paper_says_how_to_mark(make):
    paper = make("tag-the-caption").paper()
    for mark, label in (("C", "Claim"), ("E", "Experience"), ("–", "none of these")):
        assert f'<b class="sl-slot">{mark}</b> <b>{label}</b>' in paper
    assert "Underline each: words that allow no exception." in make("find-the-pull").paper()


def test_a_moment_stands_before_its_words(make):
    widget = make("clip-timeline")
    assert "0:00: Look at this drawer." in widget.paper()
    assert "0:00: Look at this drawer." in widget.key()
    assert "[ ] 0:00: Look at this drawer." in widget.text()


def test_a_timeline_with_a_hole_is_refused(refused):
    def hole(record):
        del record["items"][0]["parts"][1]["when"]

    assert "allowed: all parts or none" in refused("clip-timeline", hole)
