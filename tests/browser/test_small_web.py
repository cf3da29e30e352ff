"""The small web on a bare page: its tabs, its moves, and what the feedback says to them."""

from __future__ import annotations

from typing import Any

import pytest

from demo import focus, show
from secondlook import content
from secondlook.activities.web import Web
from secondlook.activities.web_pages import onward

NAME = "look-it-up"


@pytest.fixture
def web(make, page):
    show(page, make(NAME))
    return page


def moves(page: Any) -> list[str]:
    """Answers the task on screen and gives the moves that were sent."""
    page.locator('.sl-set [data-option="firm"]').click()
    return page.evaluate("window.answers().who.moves")


def tabs(page: Any) -> list[str]:
    return page.locator("[role=tab]").all_inner_texts()


def address(page: Any) -> str:
    return page.locator(".sl-web-url").inner_text()


def said(page: Any) -> str:
    return page.locator(".sl-fb").inner_text()


def test_one_screen_is_shown_until_one_reads_on(web):
    assert web.locator("blockquote").count() == 0
    web.locator("[data-focus=more]").click()
    assert web.locator("blockquote").count() == 1
    assert web.locator("[data-focus=more]").count() == 0
    assert web.evaluate("document.activeElement.dataset.screen") == "1"
    assert moves(web) == ["more tower-home"]


def test_a_link_goes_on_in_the_same_tab_and_back_returns(web):
    web.get_by_role("link", name="our story").click()
    assert (address(web), len(tabs(web))) == ("tower.example/about", 1)
    assert web.evaluate("document.activeElement.textContent") == "About us"
    web.locator("[data-focus=web-back]").click()
    assert address(web) == "tower.example/"
    assert web.locator("[data-focus=web-back]").get_attribute("aria-disabled") == "true"
    assert moves(web) == ["open tower-about", "back tower-home"]


@pytest.mark.parametrize("how", ["button", "control", "middle"])
def test_a_link_opens_in_a_new_tab(how, web):
    link = web.get_by_role("link", name="our story")
    if how == "button":
        web.get_by_role("button", name="Open in a new tab: our story").click()
    elif how == "control":
        link.click(modifiers=["Control"])
    else:
        link.click(button="middle")
    assert len(tabs(web)) == 2
    assert address(web) == "tower.example/about"
    assert moves(web) == ["new tower-about"]


def test_a_search_opens_its_results_beside_the_page(web):
    web.get_by_role("button", name="who runs tower institute").click()
    assert tabs(web) == ["Tower Institute", "who runs tower institute"]
    assert address(web) == "nose.example/results"
    assert web.locator(".sl-web-paid").count() == 1
    assert web.get_by_role("link", name="is it a school?").count() == 0
    web.get_by_role("button", name="More results").click()
    web.get_by_role("link", name="is it a school?").click()
    assert moves(web) == ["new s-who", "more s-who", "open chat-tower"]
    assert web.evaluate("window.answers().who.tabs") == 2


def test_tabs_go_by_arrows_and_close_by_key_or_button(web):
    web.get_by_role("button", name="who runs tower institute").click()
    focus(web, "[role=tab][aria-selected=true]")
    web.keyboard.press("ArrowRight")  # round to the first
    assert address(web) == "tower.example/"
    web.keyboard.press("End")
    assert address(web) == "nose.example/results"
    assert web.locator("[role=tab][tabindex='0']").count() == 1
    panel = web.locator("[role=tabpanel]")
    chosen = web.locator("[role=tab][aria-selected=true]")
    assert panel.get_attribute("aria-labelledby") == chosen.get_attribute("id")
    assert chosen.get_attribute("aria-controls") == panel.get_attribute("id")
    web.keyboard.press("Delete")
    assert tabs(web) == ["Tower Institute"]
    assert web.evaluate("document.activeElement.getAttribute('role')") == "tab"
    web.keyboard.press("Delete")
    assert len(tabs(web)) == 1  # the last tab stays
    assert moves(web) == ["new s-who", "switch tower-home", "switch s-who", "close s-who"]


def test_a_ninth_tab_is_refused_in_words(web):
    for _ in range(9):
        web.get_by_role("button", name="who runs tower institute").click()
    assert len(tabs(web)) == 8
    assert "Close one first" in web.locator(".sl-web-full").inner_text()


def test_the_answer_stays_within_what_python_accepts(make, page):
    widget = make(NAME)
    show(page, widget)
    for _ in range(45):
        page.get_by_role("link", name="our story").click()
        page.locator("[data-focus=web-back]").click()
    assert len(moves(page)) == 80
    assert widget.accepts(widget.items["who"], page.evaluate("window.answers().who"))


@pytest.mark.parametrize(
    ("trail", "title", "told"),
    [
        ([], "page's word", "mv-none"),
        (["more tower-home", "open tower-about"], "page's word", "mv-stayed"),
        (["new s-who"], "page's word", "mv-early"),
        (["new s-who", "new shelf-tower"], "Found, and checked", "mv-quick"),
        (["new s-who", "open chat-tower", "more tower-home"], "Found, and checked", "mv-quick"),
        (["more tower-home", "new s-who", "open shelf-tower"], "Found, and checked", "mv-late"),
    ],
)
def test_the_feedback_speaks_to_the_moves(trail, title, told, make, notes, page):
    kept = {"who": {"moves": trail, "tabs": 1, "finding": "firm", "first": "firm"}}
    show(page, make(NAME, notes(kept)))
    page.locator('[data-nav="back"]').click()
    assert title in page.locator(".sl-fb h4").inner_text()
    assert told in said(page) and "fb-firm" in said(page)
    assert page.locator(".sl-web-trail li").count() == 1 + len(trail)


@pytest.mark.parametrize(
    ("trail", "told"),
    [
        (["switch chat-tower"], "mv-both"),
        (["open tower-about"], "mv-about"),
        (["open tower-about", "switch chat-tower"], "mv-both"),
        ([], "mv-one"),
    ],
)
def test_rules_for_two_open_tabs(trail, told, make, notes, page):
    kept = {"two": {"moves": trail, "tabs": 2, "finding": "first", "first": "first"}}
    show(page, make(NAME, notes(kept)))
    page.locator('[data-nav="next"]').click()
    assert told in said(page)
    assert "Look at what you found" in said(page) or "one look away" in said(page)


def test_looking_after_a_wrong_finding_counts(web):
    web.locator('.sl-set [data-option="school"]').click()
    assert "one look away" in said(web)
    web.get_by_role("button", name="who runs tower institute").click()
    web.get_by_role("button", name="More results").click()
    web.get_by_role("link", name="Tower Institute").click()
    web.locator('.sl-set [data-option="firm"]').click()
    assert "Found, and checked" in said(web)
    assert web.evaluate("window.answers().who.first") == "school"


def test_start_again_opens_the_web_anew(web):
    web.get_by_role("button", name="who runs tower institute").click()
    moves(web)
    web.locator('[data-nav="next"]').click()
    web.locator('[data-nav="next"]').click()
    assert "you looked it up somewhere else: 0 of 1" in web.locator(".sl-sum").inner_text()
    web.locator('[data-nav="again"]').click()
    assert tabs(web) == ["Tower Institute"]
    assert "No move yet" in web.locator(".sl-web-movecount").inner_text()


def test_nothing_in_the_web_leads_out_of_it_but_a_source(web):
    web.get_by_role("button", name="who runs tower institute").click()
    web.get_by_role("button", name="More results").click()
    web.get_by_role("link", name="Tower Institute").click()
    assert web.locator(".sl-web-panel a[href]").count() == 0
    web.get_by_role("link", name="the study").click()
    hrefs = web.locator(".sl-web-panel a[href]").evaluate_all("all => all.map(one => one.href)")
    assert hrefs == ["https://doi.org/10.1000/1"]
    assert "This study is real" in web.locator(".sl-web-panel").inner_text()


def ways(web: Any, item: Any, most: int) -> list[list[str]]:
    """Every way through the web of up to ``most`` moves, opening each thing in a new tab."""
    found: list[list[str]] = [[]]
    grown: list[list[str]] = [[]]
    for _ in range(most):
        longer = []
        for trail in grown:
            met = [*item["start"], *(move.split(" ")[1] for move in trail)]
            doors = [*item["searches"], *(to for place in met for to in onward(web, place))]
            steps = [f"more {place}" for place in met[-1:]] + [f"new {to}" for to in doors]
            steps += [f"switch {place}" for place in item["start"][1:]]
            longer += [[*trail, step] for step in dict.fromkeys(steps) if step not in trail]
        found += longer
        grown = longer
    return found


@pytest.mark.parametrize("name", ["first-minute", "small-web"])
def test_every_word_on_the_moves_of_the_course_can_be_earned(name, notes, page):
    record = content.activities(10)[name]
    widget = Web(10, record, notes())
    show(page, widget)
    for item in record["items"]:
        trails = ways(widget.web, item, 3)
        heard = page.evaluate(
            "([item, web, all]) => [...new Set(all.map(moves =>"
            " item.moves.indexOf(window.kind.spoken(item, moves, web))))]",
            [item, widget.web, trails],
        )
        assert sorted(heard) == list(range(len(item["moves"]))), item["id"]
