"""repair: every line can be mended, and not every line needs it."""

from __future__ import annotations

import html

import pytest

from secondlook.activities import repair


def line(record, at=0):
    return record["items"][0]["lines"][at]


def test_what_can_be_done_with_a_line(make):
    one = line(make("mend-the-clip").record, 1)
    assert [choice["id"] for choice in repair.choices(one)] == ["keep", "some", "useless", "cut"]


@pytest.mark.parametrize("fits", [True, False])
def test_a_line_with_one_verdict_for_everything_is_refused(fits, refused):
    def same(record):
        one = line(record)
        for choice in (one["keep"], one["cut"], *one["swaps"]):
            choice["fits"] = fits

    said = refused("mend-the-clip", same)
    told = "all fit" if fits else "none fits"
    assert f"mend-the-clip/r1/opening: field fits: found {told}" in said


def test_a_clip_with_nothing_to_mend_is_refused(refused):
    def sound(record):
        line(record, 1)["keep"]["fits"] = True

    assert "field lines.keep.fits: found every line is sound" in refused("mend-the-clip", sound)


def test_a_clip_with_nothing_to_keep_is_refused(refused):
    def unsound(record):
        line(record)["keep"]["fits"] = False
        line(record)["cut"]["fits"] = True

    assert "field lines.keep.fits: found no line is sound" in refused("mend-the-clip", unsound)


@pytest.mark.parametrize("name", ["keep", "cut", "some"])
def test_a_choice_stands_once(name, refused):
    def twice(record):
        line(record, 1)["swaps"][1]["id"] = name

    assert "an id used only once" in refused("mend-the-clip", twice)


def test_a_line_stands_once(refused):
    said = refused("mend-the-clip", lambda record: line(record, 1).update(id="opening"))
    assert "an id used only once" in said


def test_part_of_a_clip_may_be_kept_in_the_journal(make):
    widget = make("mend-the-clip")
    half = {"lines": {"middle": "cut"}, "first": {"middle": "keep"}}
    assert widget.accepts(widget.items["r1"], half)
    assert not widget.accepts(widget.items["r1"], {**half, "first": {"opening": "keep"}})


def test_the_sheet_offers_every_wording_and_the_key_says_which_fit(make):
    widget = make("mend-the-clip")
    paper, key = html.unescape(widget.paper()), html.unescape(widget.key())
    assert "☐ Swap it: “Naps do nothing.”" in paper and "☑" not in paper
    assert "☑ Swap it: “Naps helped some people in small studies.”</b>" in key
    assert key.index("fb-some") < key.index("☐ Swap it: “Naps do nothing.” fb-useless")
    assert "What is known: Naps were tried" in key and "What is known" not in paper


def test_there_is_a_line_to_write_on_for_each_line_and_the_key_is_short(make):
    widget = make("mend-the-clip")
    paper, key = widget.paper(), widget.key()
    assert paper.count("sl-lines") == 2
    assert paper.count("<span></span>") == sum(len(one["lines"]) for one in widget.record["items"])
    assert "<b>1</b> 1: keep (a), 2: swap (b) or cut (d)" in key
    assert "swap (b)" not in paper
