"""A lesson on a projector, turned with a keyboard and a clicker in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from secondlook import content
from secondlook.present.deck import deck
from secondlook.present.page import page as page_of
from tools import Opened, axe

LESSONS = list(content.syllabus())
PROJECTOR = {"width": 1280, "height": 720}
html_of = cache(lambda number: page_of(number, deck(number)))

#: Shows every slide for a moment, as it stands before and after its answer, and tells what is
#: smaller than 28 px, lies outside the window, or has to be scrolled to.
MEASURE = """() => {
    const slides = [...document.querySelectorAll('.slide')];
    const found = [];
    const words = root => {
        const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        const seen = [];
        for (let node = walk.nextNode(); node; node = walk.nextNode()) {
            const of = node.parentElement;
            if (node.textContent.trim() && !of.closest('.only, title, desc, script, style') && of.checkVisibility()) seen.push(of);
        }
        return seen; };
    const small = at => {
        for (const one of words(document.body)) {
            const size = parseFloat(getComputedStyle(one).fontSize);
            if (size < 27.99) found.push(`slide ${at}: ${size} px: ${one.textContent.trim().slice(0, 40)}`);
        } };
    slides.forEach((slide, at) => {
        for (const one of slides) one.hidden = one !== slide;
        for (const shown of [false, true]) {
            slide.classList.toggle('revealed', shown);
            for (const one of slide.querySelectorAll('[data-step]')) one.toggleAttribute('hidden', !shown);
            for (const one of slide.querySelectorAll('[data-until]')) one.toggleAttribute('hidden', shown);
            for (const one of slide.querySelectorAll('.hands')) one.hidden = shown;
            for (const one of slide.querySelectorAll('.count')) [one.hidden, one.textContent] = [!shown, '12 hands'];
            const down = slide.scrollHeight - slide.clientHeight;
            const wide = Math.max(document.documentElement.scrollWidth, slide.getBoundingClientRect().right) - innerWidth;
            if (down > 0 || wide > 0) found.push(`slide ${at} ${slide.className}: ${down} px too high, ${wide} px too wide`);
            if (shown) small(at);
        } });
    return found; }"""


@pytest.fixture
def present(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens a lesson as a teacher's browser does; at the end nothing may have gone wrong."""
    made: list[tuple[Opened, bool]] = []

    def open_lesson(
        number: int, *, scheme: str = "dark", init: str = "", slides=None, change=str, refuses=False
    ) -> Page:
        path = tmp_path / f"{len(made)}.html"
        text = page_of(number, slides) if slides else html_of(number)
        path.write_text(change(text), encoding="utf-8")
        context = browser.new_context(
            viewport=PROJECTOR, color_scheme=scheme, reduced_motion="reduce"
        )
        if init:
            context.add_init_script(init)
        made.append((Opened(context, path), refuses))
        return made[-1][0].page

    yield open_lesson
    for one, refuses in made:
        one.page.context.close()
        if not refuses:
            assert set(one.asked) == {one.path.as_uri()}
            assert one.wrong == []


def at(page: Page) -> int:
    return int(page.locator(".slide:not([hidden])").get_attribute("data-at"))


def look(page: Page) -> str:
    return page.locator(".slide:not([hidden])").get_attribute("class").split()[1]


def turn_to(page: Page, selector: str) -> None:
    """Press Right until a slide matches."""
    for _ in range(400):
        if page.locator(f".slide:not([hidden]){selector}").count():
            return
        page.keyboard.press("ArrowRight")
    raise AssertionError(f"no slide {selector}")


@pytest.mark.parametrize("number", LESSONS)
def test_all_of_a_lesson_can_be_read_from_the_back_row(present, number):
    page = present(number)
    assert page.evaluate(MEASURE) == []


def test_small_text_and_a_slide_that_is_too_full_are_seen(present):
    page = present(1)
    page.evaluate("document.querySelector('.kicker').style.fontSize = '20px'")
    page.evaluate(
        "document.querySelectorAll('.slide')[3].append(...Array.from({length: 30}, () => document.createElement('hr')))"
    )
    found = page.evaluate(MEASURE)
    assert any("20 px" in one for one in found) and any("too high" in one for one in found)


#: Writes down in the page which slide is shown after each press, so that a walk asks only once.
LOG = """() => { globalThis.met = [];
    addEventListener('keyup', () => met.push([
        Number(document.querySelector('.slide:not([hidden])').dataset.at),
        document.querySelector('.slide.revealed:not([hidden])') !== null])); }"""


def way_without_hands(number: int) -> list[int]:
    """The slides that are met where no hand is raised: ours leads on, and the rest is passed by."""
    slides = deck(number)
    where = {slide.group: place for place, slide in reversed(list(enumerate(slides)))}
    met = [0]
    while met[-1] + 1 < len(slides):
        here, after = slides[met[-1]], slides[met[-1] + 1]
        if here.group and here.group == after.group:
            met.append(met[-1] + 1)
        elif here.leads.get("else"):
            met.append(where[here.leads["else"]])
        else:
            met.append(next(at for at in range(met[-1] + 1, len(slides)) if not slides[at].side))
    return met


@pytest.mark.parametrize("number", [4, 11])
def test_a_whole_lesson_by_keyboard_alone(present, number):
    """Every slide of the way is met, and each answer takes a press of its own; then back again."""
    page = present(number)
    page.evaluate(LOG)
    asking = page.evaluate(
        "[...document.querySelectorAll('.slide:has([data-vote])')].map(one => Number(one.dataset.at))"
    )
    for _ in range(page.locator(".slide").count() + len(asking)):
        page.keyboard.press("PageDown")
    met = [tuple(one) for one in page.evaluate("met")]
    way = list(dict.fromkeys([0, *(where for where, _ in met)]))
    assert way == way_without_hands(number)
    for one in set(way) & set(asking):
        assert met.index((one, False)) < met.index((one, True)), one
    assert page.evaluate("document.activeElement.matches('.slide:not([hidden])')")
    page.evaluate("met.length = 0")
    for _ in range(len(met) + 1):
        page.keyboard.press("PageUp")
    back = list(dict.fromkeys(one for one, _ in page.evaluate("met")))
    assert back[-1] == 0 and {*back, way[-1]} == set(way)


def test_pages_that_nobody_votes_for_are_passed_by(present):
    slides = [one for one in deck(10) if one.part == "One done together"]
    page = present(10, slides=slides)
    page.evaluate(LOG)
    for _ in range(2 * len(slides)):
        page.keyboard.press("PageDown")
    met = {where for where, _ in page.evaluate("met")}
    beside = {place for place, one in enumerate(slides) if one.side}
    assert beside and not met & beside and len(slides) - 1 in met


def test_hands_are_typed_and_drawn_beside_the_answer(present):
    page = present(1)
    turn_to(page, ".is-ask")
    here = at(page)
    slide = page.locator(".slide:not([hidden])")
    assert slide.locator(".mark").first.is_hidden() and slide.locator(".count").first.is_hidden()
    page.keyboard.type("12")  # the first digit finds the first box
    assert slide.locator("input").first.input_value() == "12"
    page.keyboard.press("ArrowLeft")  # moves the caret
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    page.keyboard.type("4")
    assert at(page) == here and slide.locator(".mark").first.is_hidden()
    # Nobody sees the first count while the last hands go up.
    assert slide.locator(".count:visible, .fill:not([hidden])").count() == 0
    page.keyboard.press("Enter")  # from the last box: the answer
    assert at(page) == here and slide.locator(".mark").first.is_visible()
    assert slide.locator(".count").all_inner_texts() == ["12 hands", "4 hands", "4 hands"]
    widths = slide.locator(".fill rect").evaluate_all(
        "all => all.map(one => one.getAttribute('width'))"
    )
    assert widths == ["60", "20", "20"]
    heard = page.locator("[data-status]").inner_text()
    assert "B, 4 hands, Right" in heard
    page.keyboard.press("PageUp")  # hides it again, with the hands still there
    assert slide.locator("input").first.input_value() == "12"


def test_what_is_hidden_is_not_told_to_a_screen_reader(present):
    page = present(1)
    turn_to(page, ".is-ask")
    (right,) = [
        one for one in page.locator(".slide:not([hidden]) .mark").all_text_contents() if one
    ]
    before = page.locator("body").aria_snapshot()
    assert f"✓ {right}" not in before and "Answer by answer" not in before
    page.keyboard.press("PageDown")
    assert f"✓ {right}" in page.locator("body").aria_snapshot()


def test_the_pages_own_policy_stops_another_script(present):
    """Should a text ever get through unescaped, the policy still stands before it."""
    bad = "<script>document.title = 'ran'</script><img src=x onerror=\"document.title='ran'\">"
    one = present(0, change=lambda text: text.replace("<main>", f"<main>{bad}"), refuses=True)
    assert one.title() != "ran"
    free = present(0, change=lambda text: text.replace("<main>", f"<main>{bad}").replace("Content-Security-Policy", "x"), refuses=True)  # fmt: skip
    assert free.title() == "ran"  # it does run without the policy, so this test can see it run


def test_a_clicker_goes_on_from_a_number_box(present):
    page = present(1)
    turn_to(page, ".is-ask")
    here = at(page)
    page.keyboard.type("7")
    page.keyboard.press("PageDown")
    assert page.locator(".slide.revealed:not([hidden])").count() == 1 and at(page) == here
    page.keyboard.press("PageUp")
    page.locator(".slide:not([hidden]) input").nth(1).focus()
    page.keyboard.press(".")  # what some clickers send for a black screen
    assert page.locator("dialog[data-dialog=dark]").is_visible()
    page.keyboard.press("PageDown")  # brings the slide back, and does not move
    assert page.locator("dialog[data-dialog=dark]").is_hidden() and at(page) == here
    page.keyboard.press("End")
    last = page.locator(".slide").count() - 1
    assert at(page) == here  # the box has the focus: End is its own
    page.keyboard.press("Escape")
    page.keyboard.press("End")
    assert at(page) == last
    page.keyboard.press("Home")
    assert at(page) == 0
    page.keyboard.press("Shift+ArrowDown")
    assert look(page) == "is-part"


def test_the_class_sees_both_sides_of_its_calls(present):
    page = present(0)
    for hands in (["3", "9"], ["8", "8"]):
        turn_to(page, ".is-post:not(.revealed)")
        for many in hands:
            page.keyboard.type(many)
            page.keyboard.press("Enter")
        page.keyboard.press("PageDown")
    turn_to(page, ".is-count")
    # As many hands for one as for the other is no call of the class.
    assert page.locator(".slide:not([hidden]) .total").inner_text() == (
        "The class trusted 0 of 1 sound post and questioned 1 of 1 unsound one."
    )


def test_most_hands_decide_how_a_conversation_goes_on(present):
    page = present(11)
    turn_to(page, "[data-group='sam-writes/under-the-video/comment']:has([data-vote])")
    for many in ("1", "2", "20"):
        page.keyboard.type(many)
        page.keyboard.press("Enter")
    for _ in range(6):
        page.keyboard.press("PageDown")
        group = page.locator(".slide:not([hidden])").get_attribute("data-group")
        if not group.endswith("/comment"):
            break
    assert group == "sam-writes/under-the-video/doctor"
    page.keyboard.press("PageUp")
    assert page.locator(".slide:not([hidden])").get_attribute("data-group").endswith("/comment")


def test_a_figure_comes_beside_the_guess_of_the_class(present):
    page = present(4)
    turn_to(page, ":is(.is-guess, .is-guess-small)")
    slide = page.locator(".slide:not([hidden])")
    for many in ("90", "50", "20"):
        page.keyboard.type(many)
        page.keyboard.press("Enter")
    assert slide.locator(".published").first.is_visible()
    marks = slide.locator("rect.guess").evaluate_all(
        "all => all.map(one => [one.getAttribute('x'), one.hasAttribute('hidden')])"
    )
    assert marks == [["89.6", False], ["49.6", False], ["19.6", False]]


def test_a_reload_keeps_the_place_and_the_hands(present):
    page = present(1)
    turn_to(page, ".is-ask")
    page.keyboard.type("5")
    here = at(page)
    page.reload()
    assert at(page) == here
    assert page.locator(".slide:not([hidden]) input").first.input_value() == "5"


def test_a_browser_that_keeps_nothing_for_a_file_shows_the_slides_all_the_same(present):
    page = present(0, init="Object.defineProperty(globalThis, 'sessionStorage', {get() { throw new DOMException('no', 'SecurityError'); }});")  # fmt: skip
    page.keyboard.press("PageDown")
    assert at(page) == 1


def test_the_clock_runs_and_stands_still(present):
    page = present(1, slides=[one for one in deck(1) if one.look == "talk"])
    clock = page.locator(".slide:not([hidden]) [data-clock]")
    assert clock.inner_text() == "2:00"
    page.keyboard.press("t")
    expect(clock).to_have_text("1:59")
    page.keyboard.press("t")
    stands = clock.inner_text()
    page.wait_for_timeout(1100)
    assert clock.inner_text() == stands


def test_help_keys_and_light(present):
    page = present(1, scheme="light")
    page.keyboard.press("h")
    box = page.locator("dialog[data-dialog=help]")
    assert box.is_visible() and "findahelpline.com" in box.inner_text()
    page.keyboard.press("Escape")
    assert box.is_hidden()
    page.keyboard.press("?")
    keys = page.locator("dialog[data-dialog=keys]")
    assert keys.is_visible() and keys.evaluate("one => one.scrollHeight - one.clientHeight") <= 0
    page.keyboard.press("ArrowRight")
    assert page.locator("dialog[data-dialog=keys]").is_hidden() and at(page) == 0
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.keyboard.press("l")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_a_feed_is_played_in_the_page(present):
    page = present(8)
    turn_to(page, ".is-feed")
    slide = page.locator(".slide:not([hidden])")
    assert "Card 1 of 6" in slide.locator(".state").inner_text()
    slide.get_by_role("button", name="Watch to the end").focus()
    for _ in range(6):
        page.keyboard.press("Enter")
    assert "Done after 6 cards" in slide.locator(".state").inner_text()


def test_axe_finds_nothing_on_any_kind_of_slide(present):
    """Each look of a slide once, wherever in the course it is met first, light and dark."""
    picked = {}
    for number in (1, 4, 7, 8, 9, 10, 11, 12):
        for slide in deck(number):
            picked.setdefault(slide.look, slide)
    assert {"ask", "post", "told", "dots", "feed", "web", "guess", "chart", "talk"} <= set(picked)
    page = present(1, slides=list(picked.values()), scheme="light")
    found = []
    for name in picked:
        turn_to(page, f".is-{name}")
        found += [(name, "light", one) for one in axe(page, "html")]
        page.keyboard.press("l")
        found += [(name, "dark", one) for one in axe(page, "html")]
        if page.locator(".slide:not([hidden]) [data-vote]").count():
            page.keyboard.press("3")
            page.keyboard.press("PageDown")
            found += [(name, "answer", one) for one in axe(page, "html")]
        page.keyboard.press("l")
    for key in ("h", "?"):
        page.keyboard.press(key)
        found += [(key, one) for one in axe(page, "html")]
        page.keyboard.press("Escape")
    assert found == []
