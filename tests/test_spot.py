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


# --- on paper ------------------------------------------------------------------------------------


def test_every_part_has_a_box_and_the_key_fills_it(make):
    widget = make("tag-the-caption")
    paper, key = widget.paper(), widget.key()
    parts = [part for one in widget.record["items"] for part in one["parts"]]
    assert paper.count('<span class="sl-slot"></span>') == len(parts)
    assert "<b>1</b> a E, b O, c C, d A" in key and "a E, b O" not in paper


def test_labels_that_begin_alike_get_numbers(record, notes):
    from secondlook.activities.spot import Spot

    one = record("tag-the-caption")
    one["labels"][1]["label"] = "Chat"
    widget = Spot(3, one, notes())
    assert '<b class="sl-slot">2</b> <b>Chat</b>' in widget.paper()
    assert "<b>1</b> a 2, b 3, c 1, d 4" in widget.key()


def test_with_one_label_the_key_names_what_is_underlined(make):
    assert "<b>1</b> a, c" in make("find-the-pull").key()
    assert "sl-slot" not in make("find-the-pull").paper()


def test_a_caption_that_is_cut_up_stands_once(record, notes, small_course):
    from secondlook import content
    from secondlook.activities.spot import Spot

    one = record("tag-the-caption")
    whole = content.record("posts", "p-panic")["caption"]
    one["items"] = [{**one["items"][0], "post": "p-panic"}]
    one["items"][0]["parts"][0]["text"] = "A sentence that the post does not have."
    assert whole in Spot(3, one, notes()).paper()
    for part in one["items"][0]["parts"]:
        part["text"] = whole
    assert '<p class="sl-caption">' not in Spot(3, one, notes()).paper()
