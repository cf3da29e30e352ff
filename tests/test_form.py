"""form: only the invented person's fields are an answer, and the map says where each could go."""

from __future__ import annotations

import html

import pytest


@pytest.mark.parametrize("kept", [[], ["nap"], ["nap", "mail", "hat"]])
def test_any_part_of_the_fields_is_an_answer(kept, make):
    widget = make("adas-forms")
    assert widget.accepts(widget.items["f1"], {"kept": kept, "first": ["mail"]})


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {"kept": ["nap"]},
        {"kept": ["nap"], "first": None},
        {"kept": ["nap", "nap"], "first": []},
        {"kept": ["ask"], "first": []},
        {"kept": [["nap"]], "first": []},
        {"kept": {"nap": "noon"}, "first": []},
        {"kept": "nap", "first": []},
        {"kept": ["nap"], "first": [], "mail": "me@mail.example"},
    ],
)
def test_anything_else_is_refused(answer, make):
    widget = make("adas-forms")
    assert not widget.accepts(widget.items["f1"], answer)


def test_a_place_that_is_not_on_the_map_is_refused(refused):
    def lost(record):
        record["items"][0]["fields"][1]["goes"] = ["moon"]

    assert "f1/mail: field goes" in refused("adas-forms", lost)


def test_what_always_travels_needs_a_place_too(refused):
    def lost(record):
        record["items"][0]["always"][0]["goes"] = ["moon"]

    assert "f1/always: field goes" in refused("adas-forms", lost)


def test_a_place_named_twice_is_refused(refused):
    def twice(record):
        record["items"][0]["fields"][1]["goes"] = ["shop", "shop"]

    assert "f1/mail/goes" in refused("adas-forms", twice)


@pytest.mark.parametrize("what", ["places", "fields"])
def test_one_id_for_two_is_refused(what, refused):
    def same(record):
        listed = record["places"] if what == "places" else record["items"][0]["fields"]
        listed[-1]["id"] = listed[0]["id"]

    assert f"/{what}" in refused("adas-forms", same)


@pytest.mark.parametrize("needed", [True, False])
def test_a_form_without_a_choice_is_refused(needed, refused):
    def all_alike(record):
        for one in record["items"][1]["fields"]:
            one["needed"] = needed

    assert "allowed: some, and not all" in refused("adas-forms", all_alike)


def test_the_sheet_has_the_map_and_no_key(make):
    widget = make("adas-forms")
    paper = html.unescape(widget.paper())
    assert "☐ E-mail: ada@mail.example" in paper and '<th scope="col">The maker</th>' in paper
    assert "That this phone came by" in paper and "We may share this." in paper
    assert "☑" not in paper
    assert "mail-kept" not in paper and "f1-fewest" not in paper


def test_the_key_says_what_is_needed_and_why(make):
    key = html.unescape(make("adas-forms").key())
    assert "☑ Keep 1 of 3: Best nap" in key
    assert "nap-kept" in key and "mail-blank" in key and "f1-missing" in key


def dots(widget, label):
    """In which columns of the sheet a line has its dot."""
    (row,) = [one for one in widget.paper().split("<tr>") if label in one]
    return [cell.startswith("●") for cell in row.split('<td class="sl-dot">')[1:]]


def test_each_line_has_a_dot_for_each_place_that_could_read_it(make):
    widget = make("adas-forms")
    places = [one["id"] for one in widget.record["places"]]
    for item in widget.record["items"]:
        for one in [*item["fields"], *item.get("always", [])]:
            assert dots(widget, one["label"]) == [place in one["goes"] for place in places]


def test_the_key_counts_what_is_left_to_read(make):
    widget = make("adas-forms")
    item = widget.items["f1"]
    sent = [one for one in item["fields"] if one["needed"]] + item["always"]
    left = [
        f"{place['label']} {sum(place['id'] in one['goes'] for one in sent)}"
        for place in widget.record["places"]
    ]
    assert f"Lines that can be read then: {', '.join(left)}." in html.unescape(widget.key())


def test_plain_text_says_where_each_field_could_go(make):
    text = make("adas-forms").text()
    assert "[ ] Hat size: small (could go to: A shop)" in text
    assert "always: That this phone came by (goes to: An ad network)" in text
