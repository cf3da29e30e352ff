"""look-up: a key that the registers bear out, and sheets that hold the lists and not the key."""

from __future__ import annotations

import html

from secondlook.activities import look_up


def item(record, place=0):
    return record["items"][place]


def register(record, place=0):
    return item(record, place)["register"]


def test_the_creator_is_there(refused):
    said = refused("find-the-name", lambda record: item(record).update(creator="nobody"))
    assert "item find-the-name/mo: field creator: found 'nobody'" in said


def test_an_entry_is_in_a_register(refused):
    said = refused("find-the-name", lambda record: register(record).update(entry="mock-uk/x"))
    assert "field register.entry: found 'mock-uk/x'" in said
    assert "field register.entry" in refused(
        "find-the-name", lambda record: register(record).pop("entry")
    )


def test_an_entry_bears_the_name_of_the_creator(refused):
    other = "mock-us/kit-calloway-diving-doctor"
    said = refused("find-the-name", lambda record: register(record).update(entry=other))
    assert "allowed: an entry of Mo Adeyinka" in said


def test_the_answer_is_what_the_entry_says(refused):
    said = refused("find-the-name", lambda record: register(record).update(answer="active"))
    assert "field register.answer: found 'active'; allowed: conditions" in said


def test_nobody_is_missing_whose_name_is_on_a_list(refused):
    said = refused("find-the-name", lambda record: register(record, 1).update(answer="none"))
    assert "allowed: other if a register has that name, else none" in said


def test_somebody_else_has_no_entry_here(refused):
    entry = "mock-us/kit-calloway-diving-doctor"
    said = refused("find-the-name", lambda record: register(record, 1).update(entry=entry))
    assert "no entry, if nobody on the lists is this person" in said


def test_everything_a_register_can_say_has_feedback(refused):
    said = refused("find-the-name", lambda record: register(record)["feedback"].pop("lapsed"))
    assert "field register.feedback.lapsed: found nothing" in said


def test_one_option_is_right(refused):
    said = refused("find-the-name", lambda record: item(record)["options"].pop())
    assert "field options.correct: found 0 right" in said


def test_an_entry_without_a_status_is_on_no_list(small_course):
    names = [entry["name"] for one in look_up.registers() for entry in one["entries"]]
    assert "Kit Calloway" in names
    assert "Zed Nobody" not in names


def test_half_an_answer_is_an_answer(make):
    widget = make("find-the-name")
    half = {"says": "lapsed", "said": "lapsed", "tells": None, "told": None, "moves": []}
    assert widget.accepts(widget.items["mo"], half)
    assert not widget.accepts(widget.items["mo"], {**half, "tells": "may"})


def test_role_and_licence_do_not_reach_the_screen(make):
    shown = make("find-the-name").spec["profiles"]["kit"]
    assert set(shown) == {"handle", "name", "bio", "place"}


def test_sheet_and_text_bring_the_lists_along(make):
    widget = make("find-the-name")
    entry = "Mo Adeyinka; Clinical psychologist; Leeds; Active, with conditions; 2015; Works with"
    row = entry.replace("; ", "</td><td>")
    assert row in html.unescape(widget.paper()) and row not in html.unescape(widget.key())
    assert entry in widget.text()
    assert entry not in html.unescape(widget.key())
    assert "☑ Active, with conditions" in widget.key()


# --- on paper ------------------------------------------------------------------------------------


def test_a_sheet_has_profile_answers_and_every_entry(make):
    widget = make("find-the-name")
    paper = html.unescape(widget.paper())
    for item in widget.record["items"]:
        one = look_up.profile(item["creator"])
        assert all(one[what] in paper for what in ("name", "handle", "bio", "place"))
    for says in look_up.SAYS.values():
        assert paper.count(f"☐ {says['label']}</span>") == 2 and says["hint"] in paper
    for listed in widget.registers:
        assert listed["name"] in paper and listed["note"] in paper
        for entry in listed["entries"]:
            row = [entry["name"], entry["profession"], entry["place"],
                   look_up.SAYS[entry["status"]]["label"], look_up.dates(entry)]  # fmt: skip
            assert "</td><td>".join(row) in paper
    assert "<b>1</b> Active, with conditions; b" in widget.key()


def test_a_card_is_a_profile_without_what_is_to_be_found_out(make):
    first, second = make("find-the-name").cards()
    assert "Mo Adeyinka" in first and "Active" not in first and "sl-mark" in second


def test_a_lesson_prints_its_registers_once(make, record, notes, monkeypatch):
    one = record("find-the-name")
    earlier = {**record("find-the-name"), "id": "earlier", "title": "Two first"}
    both = {"earlier": earlier, "find-the-name": one}
    with monkeypatch.context() as patch:
        patch.setattr(look_up.content, "activities", lambda lesson: both)
        sheet = look_up.LookUp(3, one, notes()).paper()
        assert "Mo Adeyinka</td>" not in sheet and "stand under “Two first”" in sheet
        sheet = look_up.LookUp(3, earlier, notes()).paper()
    assert "Mo Adeyinka</td>" in sheet and "behind these profiles" in sheet
