"""web: pages that hang together, rules that speak to every trail, sheets without their key."""

from __future__ import annotations

import html
import json
import re

import pytest

from secondlook import content, safety
from secondlook.activities import web_pages
from secondlook.activities.web import Web


@pytest.fixture
def spoilt(small_course):
    """Spoils the small course's web with ``change(web)`` and gives what the check says."""

    def said(change):
        file = small_course / "web.json"
        web = json.loads(file.read_text(encoding="utf-8"))
        assert web_pages.problems() == []
        change(web)
        file.write_text(json.dumps(web), encoding="utf-8")
        return "\n".join(map(str, web_pages.problems()))

    return said


def block(web, page=0):
    return web["pages"][page]["screens"][0][0]


# --- the pages -----------------------------------------------------------------------------------


def test_a_link_leads_to_a_page(spoilt):
    said = spoilt(lambda web: block(web).update(text="See [it](nowhere)."))
    assert "item tower-home: field link: found 'nowhere'" in said


def test_a_result_is_a_page(spoilt):
    said = spoilt(lambda web: web["searches"][0]["screens"][0][0].update(page="nowhere"))
    assert "item s-who: field page: found 'nowhere'" in said


def test_a_page_belongs_to_a_site(spoilt):
    assert "field site: found 'x'" in spoilt(lambda web: web["pages"][0].update(site="x"))


def test_an_address_is_of_a_kind_that_nobody_can_own(spoilt):
    said = spoilt(lambda web: web["sites"][0].update(address="tower.com"))
    assert "web.json" in said and "tower.com" in said


def test_an_id_and_an_address_stand_once(spoilt):
    def twice(web):
        web["pages"].append({**web["pages"][0]})

    said = spoilt(twice)
    assert "field id: found 'tower-home'" in said
    assert "field address: found 'tower/'" in said


def test_searches_have_one_engine(spoilt):
    said = spoilt(lambda web: web["sites"][-1].update(look="plain"))
    assert "field look: found 0 search engines; allowed: exactly 1" in said


def test_a_block_says_something(spoilt):
    said = spoilt(lambda web: block(web).pop("text"))
    assert "field screens.text.text: found nothing" in said


def test_a_figure_and_a_source_are_known(spoilt):
    def unknown(web):
        block(web)["text"] = "In {fact:nothing} of 100."
        web["pages"][0]["refs"] = ["nobody1900"]

    said = spoilt(unknown)
    assert "field fact: found 'nothing'" in said
    assert "field refs: found 'nobody1900'" in said


@pytest.mark.parametrize(
    "words",
    ["Write to ida@tower.com", "As seen on YouTube", "See www.tower.com", "<b>Look</b>",
     "A sad picture of tik tok fame"],
)  # fmt: skip
def test_a_page_does_not_lead_out_of_the_invented_web(words, spoilt):
    assert "item tower-home: field text" in spoilt(lambda web: block(web).update(text=words))


def test_a_page_may_name_what_the_lesson_is_about(spoilt):
    assert spoilt(lambda web: block(web).update(text="TherapyTok is a tag.")) == ""


def test_people_in_a_forum_have_invented_handles(spoilt):
    said = spoilt(lambda web: web["pages"][4]["screens"][0][0].update(who="Bo Kay"))
    assert "field who: found 'Bo Kay'" in said


def test_a_missing_file_is_told(spoilt, small_course):
    (small_course / "web.json").unlink()
    assert "web.json" in str(web_pages.problems()[0])


# --- the tasks -----------------------------------------------------------------------------------


def task(record):
    return record["items"][0]


def test_a_task_starts_and_searches_in_the_web(refused):
    said = refused("look-it-up", lambda record: task(record).update(start=["x"], searches=["y"]))
    assert "field start: found 'x'" in said and "field searches: found 'y'" in said


def test_exactly_one_finding_is_right(refused):
    said = refused("look-it-up", lambda record: task(record)["options"][0].update(correct=True))
    assert "found 2 right; allowed: exactly 1" in said


def test_a_rule_names_only_what_can_be_reached(refused):
    def no_way(record):
        task(record).update(searches=[])

    assert "field moves.when: found 'shelf-tower'" in refused("look-it-up", no_way)


def test_the_last_rule_and_only_it_fits_all_moves(refused):
    last = "an empty `when` in the last rule, and only there"
    assert last in refused("look-it-up", lambda record: task(record)["moves"].pop())
    assert last in refused("look-it-up", lambda record: task(record)["moves"].reverse())


def test_some_way_of_moving_counts_as_checking(refused):
    def never(record):
        for rule in task(record)["moves"]:
            rule["checked"] = False

    assert "field moves.checked" in refused("look-it-up", never)


def test_a_page_in_reach_lends_its_source_to_the_task(refused):
    assert "without doe2020" in refused("look-it-up", lambda record: task(record).pop("refs"))


# --- what the browser and the printer get --------------------------------------------------------


def test_the_browser_gets_the_pages_in_reach_with_their_figures(make, record):
    spec = make("look-it-up").spec
    assert set(spec["web"]["pages"]) == {"tower-home", "tower-about", "shelf-tower", "index-study",
                                         "chat-tower"}  # fmt: skip
    assert "{fact:" not in json.dumps(spec)
    assert {one["id"] for one in spec["web"]["sites"].values()} >= {"nose", "tower"}


def test_what_no_task_can_reach_is_not_sent(record, notes):
    one = record("look-it-up")
    one["items"] = [{**one["items"][1], "start": ["chat-tower"]}]
    web = Web(3, one, notes()).spec["web"]
    assert set(web["pages"]) == {"chat-tower", "shelf-tower", "index-study"}
    assert web["searches"] == {} and "nose" not in web["sites"]


def test_each_page_is_a_numbered_card_and_none_is_on_the_sheet(make):
    widget = make("look-it-up")
    cards, numbers = [html.unescape(one) for one in widget.cards()], widget.numbers
    assert len(cards) == 6 == len(set(numbers.values()) & set(range(1, 7)))
    text = "\n".join(cards)
    for said in (
        "tower.example/about",
        f"[Ad] Tower: calm now (tower.example/, card {numbers['tower-home']})",
        "Kind: A firm",
        f"bo.k: It is a firm, look at Shelf (card {numbers['shelf-tower']}).",
    ):
        assert said in text and said in widget.text()
        assert said not in html.unescape(widget.paper())
    for place, number in numbers.items():
        assert f"Card {number}. {web_pages.name_of(widget.web, place)}" in widget.text()
    assert "](" not in text + widget.text() + widget.paper()


def test_what_stands_over_other_lines_is_bold_on_its_card(record, notes, spoilt):
    def head(web):
        web["pages"][0]["screens"][0].insert(0, {"as": "head", "text": "From our board"})

    assert spoilt(head) == ""
    cards = "".join(Web(10, record("look-it-up"), notes()).cards())
    assert "<p><b>From our board</b></p>" in cards


def test_the_sheet_says_where_to_start_and_has_room_for_the_moves(make):
    widget = make("look-it-up")
    paper, numbers = html.unescape(widget.paper()), widget.numbers
    for item in widget.record["items"]:
        assert all(f"Start: card {numbers[one]}," in paper for one in item["start"])
        assert all(f"”: card {numbers[one]}" in paper for one in item["searches"])
        assert item["way"] not in paper
    assert paper.count("<small>12</small>") == len(widget.record["items"])


def test_the_key_names_the_finding_the_way_and_the_cards(make):
    widget = make("look-it-up")
    key = html.unescape(widget.key())
    assert "Search, then open Shelf." in key and "☑" in key
    rules = [rule for item in widget.record["items"] for rule in item["moves"]]
    for rule in rules:
        for place in rule["when"].get("opened", []):
            assert re.search(rf'scope="row">[^<]*\b{widget.numbers[place]}\b', key)
        assert rule["feedback"] in key
    for said in ("no card opened", "left the start early", "left the site", "anything else"):
        assert said in key


def test_words_for_paper_stand_on_paper_alone(record, notes):
    one = record("look-it-up")
    one["items"][0]["paper"] = {"task": "Turn over a card.", "way": "turn it over."}
    widget = Web(10, one, notes())
    assert "Turn over a card." in widget.paper() and "turn it over." in widget.key()
    assert "Turn over a card." not in widget.text()
    assert one["items"][0]["task"] not in html.unescape(widget.paper())


# --- the web of the course -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped():
    return web_pages.small_web()


def tasks():
    return [item for one in content.activities(10).values() if one["kind"] == "web"
            for item in one["items"]]  # fmt: skip


def test_there_are_six_tasks_and_each_has_its_ways(shipped):
    assert len(tasks()) == 6
    for task in tasks():
        assert sum(rule["checked"] for rule in task["moves"]) >= 1
        assert {"none": True} in [rule["when"] for rule in task["moves"]]


def test_every_page_and_search_can_be_met(shipped):
    doors = [place for task in tasks() for place in [*task["start"], *task["searches"]]]
    met = set(web_pages.reachable(shipped, doors))
    assert met == set(shipped["pages"]) | set(shipped["searches"])


def test_the_pages_are_easy_to_read(shipped):
    from test_lessons import grade

    cards = dict.fromkeys(shipped["pages"], 1)
    said = [line for page in cards for line in web_pages.lines(shipped, page, cards)
            if not line.startswith("Real study")]  # fmt: skip
    assert grade(said) <= 8


def test_the_pages_are_safely_worded():
    for where, text in safety.strings_of_json(content.read_json("web.json")):
        assert [one for one in safety.check_text(text, where=where) if one.level == "block"] == []


def test_no_figure_of_a_study_is_typed_into_a_page():
    raw = json.dumps(content.read_json("web.json"), ensure_ascii=False)
    assert re.findall(r"\d+(?:\.\d+)?\s*(?:%|percent|in 100|of 100)", raw) == []


def test_the_right_finding_is_neither_always_the_longest_nor_always_in_one_place():
    longest = sum(max(task["options"], key=lambda one: len(one["text"]))["correct"]
                  for task in tasks())  # fmt: skip
    places = {[one["correct"] for one in task["options"]].index(True) for task in tasks()}
    assert longest <= 2 and len(places) >= 3
