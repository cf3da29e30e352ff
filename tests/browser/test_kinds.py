"""Every kind of activity on a bare page: keyboard alone, feedback, looks, and what axe says."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

import keyboard
from demo import focus, show
from secondlook.scoring import two_sided
from test_trend import LINES
from tools import axe

KINDS = [
    "warm-up",
    "several",
    "exit",
    "story-or-proof",
    "three-bins",
    "four-corners",
    "tag-the-caption",
    "find-the-pull",
    "guess-first",
    "dial-the-wording",
    "look-it-up",
    "post-check",
    "a-thousand",
    "draw-it-first",
    "same-post-twice",
    "talk-to-ada",
    "adas-plan",
    "write-it",
    "toy-feed",
    "clip-timeline",
    "adas-forms",
    "how-sure",
    "mend-the-clip",
    "find-the-name",
]
# What is wider than the phone, and what a thumb cannot hit.
MISFITS = """() => [
  ...(document.documentElement.scrollWidth > innerWidth ? ["the page"] : []),
  ...[...document.querySelectorAll(".sl :is(button, summary, label, [role=button])")]
    .filter((one) => one.getClientRects()[0]?.height < 24).map((one) => one.outerHTML)]"""
EACH = pytest.mark.parametrize("name", KINDS)


def press(page: Any, selector: str, key: str = "Enter") -> None:
    focus(page, selector)
    page.keyboard.press(key)


def radio(page: Any, option: str) -> None:
    """Pick a radio button as a keyboard does: Tab to its group, arrows inside it."""
    group = page.locator(f'input[data-option="{option}"]').get_attribute("name")
    focus(page, f'input[name="{group}"]')
    for _ in range(8):
        if page.evaluate("document.activeElement.dataset.option") == option:
            page.keyboard.press("Space")
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows do not reach {option}")


def answer(page: Any, name: str) -> None:
    """Answer the item on screen by keyboard alone."""
    if name == "warm-up":
        press(page, '[data-option="b"]', "Space")
    elif name == "several":
        press(page, '[data-option="a"]', "Space")
        press(page, '[data-focus="check"]')
    elif name == "exit":
        radio(page, "a")
        radio(page, "70")
        press(page, '[data-focus="check"]')
    elif name == "story-or-proof":
        radio(page, "question")
        radio(page, "90")
        press(page, '[data-focus="check"]')
    elif name == "three-bins":
        press(page, '[data-option="advice"]')
    elif name == "tag-the-caption":
        for place in range(page.locator(".sl-part").count()):
            page.keyboard.press(str(place + 1))
            part = page.locator(".sl-part").nth(place).get_attribute("data-focus")
            press(page, f'[data-focus="{part}"]', "Space" if place % 2 else "Enter")
    elif name == "find-the-pull":
        press(page, '[data-focus="part-f1a"]')
        press(page, '[data-focus="check"]')
    elif name == "guess-first":
        focus(page, ".sl-number")
        page.keyboard.type("60")
        page.keyboard.press("Enter")
    elif name == "dial-the-wording":
        radio(page, "may")
        press(page, '[data-focus="check"]')
    else:  # as the walk through the lessons does it
        section = page.locator(".sl")
        keyboard.ANSWER[section.get_attribute("data-kind")](page, section)


@EACH
def test_all_of_it_by_keyboard_with_feedback_for_each(name, make, page):
    widget = make(name)
    show(page, widget)
    for place, _ in enumerate(widget.record["items"]):
        if place:
            press(page, '[data-nav="next"]')
        answer(page, name)
        assert page.locator(".sl-fb").count() == 1
        assert page.locator(".sl-fb h4").inner_text().strip()
        assert page.evaluate("document.activeElement !== document.body"), "the focus was lost"
    given = page.evaluate("window.answers()")
    assert list(given) == [item["id"] for item in widget.record["items"]]
    for item, one in given.items():
        assert widget.accepts(widget.items[item], one), one
    total = len(widget.record["items"])
    assert page.locator(".sl-progress b").first.inner_text() == f"{total} of {total}"
    page.wait_for_function("document.querySelector('.sl-saved').textContent.startsWith('Saved')")


@EACH
def test_what_was_answered_is_on_screen_again(name, make, notes, page):
    first = make(name)
    show(page, first)
    answer(page, name)
    given = page.evaluate("window.answers()")
    page.evaluate("try { sessionStorage.clear() } catch {}")
    show(page, make(name, notes(given)))
    if page.locator('[data-nav="back"]').count():
        page.locator('[data-nav="back"]').click()
    if name in ("tag-the-caption", "clip-timeline"):  # feedback belongs to the part last pressed
        [one] = given.values()
        assert page.locator(".sl-part[data-shape]").count() == len(one["marks"])
    else:
        assert page.locator(".sl-fb").count() == 1


@EACH
def test_feedback_needs_no_kernel(name, make, page):
    show(page, make(name), silent=True)
    answer(page, name)
    assert page.locator(".sl-fb").is_visible()


@EACH
@pytest.mark.parametrize("light", [True, False], ids=["light", "dark"])
def test_axe_finds_nothing_before_and_after(name, light, make, page):
    page.emulate_media(reduced_motion="reduce")  # half-way through a fade the contrast is half
    show(page, make(name), light=light)
    assert axe(page) == []
    answer(page, name)
    assert axe(page) == []


@EACH
def test_a_phone_holds_it(name, make, pages):
    page, _ = pages.new("phone")
    show(page, make(name))
    assert page.evaluate(MISFITS) == []
    answer(page, name)
    assert page.evaluate(MISFITS) == []
    page.set_viewport_size({"width": 320, "height": 640})  # also 1280 at 400% zoom
    assert page.evaluate(MISFITS) == []


def sides(k: int, n: int, j: int, m: int) -> dict[str, dict[str, int]]:
    return {"sound": {"good": k, "all": n}, "unsound": {"good": j, "all": m}}


def test_the_judges_sentence_is_that_of_scoring(make, page):
    show(page, make("story-or-proof"))
    cases = [
        (k, n, j, m)
        for n, m in itertools.product(range(4), repeat=2)
        for k, j in itertools.product(range(n + 1), range(m + 1))
    ]
    told = page.evaluate("all => all.map(one => window.kind.twoSided(one))",
                         [sides(*case) for case in cases])  # fmt: skip
    assert told == [two_sided(k, n, m - j, m).sentence for k, n, j, m in cases]


@pytest.mark.parametrize(
    ("case", "said"),
    [
        ((0, 3, 3, 3), "You questioned every one."),
        ((1, 3, 3, 3), "You questioned almost every one."),
        ((0, 1, 1, 1), "You questioned both."),
        ((3, 3, 0, 3), "You trusted every one."),
        ((3, 3, 1, 3), "You trusted almost every one."),
        ((2, 3, 2, 3), "You did not lean one way."),
        ((3, 3, 3, 3), "You did not lean one way."),
    ],
)
def test_the_judge_says_which_way_the_calls_lean(case, said, make, page):
    show(page, make("story-or-proof"))
    assert page.evaluate("one => window.kind.leaning(one)", sides(*case)).startswith(said)
    assert page.evaluate("one => window.kind.leaning(one) ?? null", sides(2, 2, 0, 0)) is None


def test_a_locked_call_cannot_be_changed(make, page):
    show(page, make("story-or-proof"))
    answer(page, "story-or-proof")
    assert page.locator(".sl-set input:not(:disabled)").count() == 0
    assert page.locator('[data-focus="check"]').count() == 0
    assert "trusted 0 of 1 sound" in page.locator(".sl-progress").inner_text()


def test_check_waits_for_both_and_says_so(make, page):
    show(page, make("story-or-proof"))
    page.locator('[data-focus="check"]').click(force=True)
    assert page.locator(".sl-fb").count() == 0
    page.wait_for_function("document.querySelector('[role=status]').textContent.includes('call')")


def test_the_clip_goes_on_where_it_was(make, page):
    show(page, make("story-or-proof"))
    page.get_by_role("button", name="Next").first.click()
    before = page.locator(".sl-beat").inner_text()
    answer(page, "story-or-proof")
    assert page.locator(".sl-beat").inner_text() == before != ""


def test_a_guess_outside_the_range_cannot_be_locked_in(make, page):
    show(page, make("guess-first"))
    page.locator(".sl-number").fill("140")
    assert page.locator('[data-focus="check"]').get_attribute("aria-disabled") == "true"
    page.locator('[data-focus="check"]').focus()
    assert page.locator(".sl-number").input_value() == "100"


def test_number_slider_and_buttons_are_one_guess(make, page):
    show(page, make("guess-first"))
    page.get_by_role("button", name="One step higher").click()
    assert page.locator(".sl-number").input_value() == "51"
    page.locator(".sl-range").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".sl-number").input_value() == "52"
    page.locator(".sl-number").fill("20")
    assert page.locator(".sl-range").input_value() == "20"
    assert page.locator(".sl-range").get_attribute("aria-valuetext") == "20%"


def test_the_dial_keeps_the_first_wording_and_answers_each(make, page):
    show(page, make("dial-the-wording"))
    page.locator('[data-focus="check"]').click()
    assert "More than the evidence" in page.locator(".sl-fb h4").inner_text()
    for _ in range(3):
        page.get_by_role("button", name="Softer").click()
    assert page.locator(".sl-fb").count() == 0
    assert page.locator(".sl-blocks .is-on").count() == 2
    page.locator('[data-focus="check"]').click()
    assert "fits what is known" in page.locator(".sl-fb h4").inner_text()
    assert page.evaluate("window.answers().d1") == {"step": "may", "first": "cures"}


def test_another_bin_may_be_tried_and_the_first_is_kept(make, page):
    show(page, make("three-bins"))
    for bin_ in ("claim", "experience"):
        page.locator(f'[data-option="{bin_}"]').click()
        assert f"fb-{bin_}" in page.locator(".sl-fb").inner_text()
    assert page.evaluate("window.answers().s1") == {"bin": "experience", "first": "claim"}


def test_what_is_left_blank_leaves_the_map(make, page):
    show(page, make("adas-forms"))
    shop = page.locator('[data-place="shop"]')
    assert [one.strip() for one in shop.locator("li").all_inner_texts()] == ["E-mail", "Hat size"]
    for field in ("mail", "hat"):
        page.locator(f'[data-option="{field}"]').press("Space")
    assert "nothing" in shop.inner_text()
    assert page.locator(".sl-formrow.is-blank").all_inner_texts() == [
        "E-mail\nleft blank", "Hat size\nleft blank"]  # fmt: skip
    assert "always" in page.locator('[data-place="ads"]').inner_text()
    assert page.evaluate("document.activeElement.dataset.option") == "hat"
    assert page.locator(".sl-formrow > span").first.bounding_box()["width"] > 150


@pytest.mark.parametrize(
    ("blank", "end"), [(["mail", "hat"], "fewest"), ([], "more"), (["nap", "hat"], "missing")]
)
def test_a_form_answers_what_was_sent(blank, end, make, page):
    show(page, make("adas-forms"))
    for field in blank:
        page.locator(f'[data-option="{field}"]').uncheck()
    page.locator('[data-focus="check"]').click()
    assert f"f1-{end}" in page.locator(".sl-fb").inner_text()
    told = page.locator(".sl-fields-told").inner_text()
    for field in ("nap", "mail", "hat"):
        assert f"{field}-{'blank' if field in blank else 'kept'}" in told
    agreed = page.locator('.sl-fields-told [data-agreed="true"]').count()
    assert agreed == {"fewest": 3, "more": 1, "missing": 1}[end]


def test_a_form_can_be_sent_again_and_the_first_is_kept(make, page):
    show(page, make("adas-forms"))
    page.locator('[data-focus="check"]').click()
    page.locator('[data-option="hat"]').uncheck()
    assert page.locator(".sl-fb").count() == 0
    page.locator('[data-focus="check"]').click()
    assert page.evaluate("window.answers().f1") == {
        "kept": ["nap", "mail"], "first": ["nap", "mail", "hat"]}  # fmt: skip


def test_a_moment_is_read_out_with_its_time(make, page):
    show(page, make("clip-timeline"))
    assert page.locator(".is-timeline .sl-part").first.get_attribute("aria-label") == (
        "0:00: Look at this drawer. Not marked")  # fmt: skip


def look_up(page, name: str) -> None:
    page.locator(".sl-search").fill(name)
    page.keyboard.press("Enter")


def test_a_register_is_searched_before_anything_is_said(make, page):
    show(page, make("find-the-name"))
    assert page.locator("fieldset").count() == 0
    look_up(page, "adey")
    assert "No entry by that name here" in page.locator(".sl-hits").inner_text()
    page.get_by_role("button", name="UK").click()  # the name stays, the list is searched at once
    assert page.locator(".sl-hits li").count() == 2
    assert "Active, with conditions" in page.locator(".sl-hits li").first.inner_text()
    page.locator(".sl-hits button").first.click()
    assert "Works with a colleague." in page.locator(".sl-entry").inner_text()
    page.locator('[data-option="active"]').click()
    assert "Look again" in page.locator(".sl-fb").inner_text()
    assert page.locator('[data-option="may"]').count() == 0
    page.locator('[data-option="conditions"]').click()
    page.locator('[data-option="may"]').click()
    assert "fb-mo-may" in page.locator(".sl-fb").inner_text()
    assert page.evaluate("window.answers().mo") == {
        "says": "conditions", "said": "active", "tells": "may", "told": "may",
        "moves": ["mock-us", "mock-uk", "mock-uk/mo-adeyinka-clinical-psychologist"]}  # fmt: skip


def test_what_is_typed_into_a_register_is_not_kept(make, page):
    show(page, make("find-the-name"))
    look_up(page, "zebedee")
    page.locator('[data-option="none"]').click()
    assert "zebedee" not in str(page.evaluate("window.answers()"))
    assert page.locator(".sl-search").input_value() == "zebedee"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Mo Adeyinka", 2),
        ("moe", 1),
        ("ADEYINKÁ", 2),
        ("dr mo ad", 2),
        ("yinka", 0),
        ("", None),
        ("m", None),
    ],
)
def test_a_few_letters_of_each_name_are_enough(typed, found, make, page):
    show(page, make("find-the-name"))
    register = make("find-the-name").spec["registers"][1]
    got = page.evaluate(
        "([register, typed]) => window.kind.matches(register, typed)?.length ?? null",
        [register, typed],
    )
    assert got == found


def test_an_entry_opens_and_closes_and_keeps_the_focus(make, page):
    show(page, make("find-the-name"))
    look_up(page, "cal")
    focus(page, "[data-focus^=entry-]")
    page.keyboard.press("Enter")
    assert page.locator(".sl-entry").count() == 1
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    page.keyboard.press("Enter")
    assert page.locator(".sl-entry").count() == 0


def test_a_map_shows_where_others_put_a_card_once_it_is_placed(make, page):
    show(page, make("four-corners"))
    assert page.locator(".sl-tokens, .sl-others").count() == 0
    page.locator('[data-option="leave"]').click()
    said = page.locator(".sl-fb").inner_text()
    assert "Some would. We say: Worth having" in said
    assert "fb-leave one" in said and "Ulla: Leave it. Who asked her?" in said
    assert page.locator('[data-option="leave"] .sl-tokens i').inner_text() == "U"
    assert page.locator('[data-option="keep"] .sl-tokens i').inner_text() == "V"
    assert page.locator('[data-option="pass"] .sl-tokens').count() == 0


def test_a_map_says_where_a_card_stood_and_sums_up_the_others(make, page):
    show(page, make("four-corners"))
    page.locator('[data-option="keep"]').click()
    page.locator('[data-nav="next"]').click()
    assert page.locator(".sl-goal").inner_text() == "Goal: find help"
    assert page.locator('[data-option="keep"] .sl-stood').inner_text() == "it stood here"
    page.locator('[data-option="keep"]').click()
    page.locator('[data-nav="next"]').click()
    said = page.locator(".sl-sum").inner_text()
    assert "agreed on 1 of 2" in said
    assert "Ulla said “gives a lot” for 1 of 2 and “risks a lot” for 2 of 2." in said
    assert "Vik said “gives a lot” for 2 of 2 and “risks a lot” for 1 of 2." in said
    assert "You said “gives a lot” for 2 of 2 and “risks a lot” for 0 of 2." in said
    assert "Ulla saw risk in all of them." in said
    chips = page.locator(".sl-map section").first
    assert "One word" in chips.inner_text() and "We say: Just passing" in chips.inner_text()


def test_start_again_turns_the_dial_back(make, page):
    show(page, make("dial-the-wording"))
    answer(page, "dial-the-wording")
    press(page, '[data-nav="next"]')
    assert "fits what is known" in page.locator(".sl-sum").inner_text()
    press(page, '[data-nav="again"]')
    assert page.locator('input[data-option="cures"]').is_checked()


def test_a_part_says_its_mark_and_unmarks_with_one_label(make, page):
    show(page, make("find-the-pull"))
    part = page.locator('[data-focus="part-f1a"]')
    assert part.get_attribute("aria-label") == "Everyone who feels tired Not marked"
    part.click()
    assert "Marked as words that allow no exception" in part.get_attribute("aria-label")
    part.click()
    assert part.get_attribute("aria-label").endswith("Not marked")
    page.locator('[data-focus="check"]').click()
    assert "You found 0 of 2" in page.locator(".sl-fb h4").inner_text()


def test_start_again_begins_with_an_empty_page(make, page):
    show(page, make("three-bins"))
    for _ in range(3):
        answer(page, "three-bins")
        press(page, '[data-nav="next"]')
    assert "agreed on 1 of 3" in page.locator(".sl-sum").inner_text()
    press(page, '[data-nav="again"]')
    assert set(page.evaluate("window.answers()").values()) == {None}
    assert page.locator('[aria-pressed="true"]').count() == 0


def test_a_problem_with_saving_is_said(make, page):
    show(page, make("three-bins"))
    page.evaluate("window.problem = 'The disk is full.'")
    answer(page, "three-bins")
    page.wait_for_function(
        "document.querySelector('.sl-saved.is-problem')?.textContent === 'The disk is full.'"
    )


def test_the_line_runs_as_python_says(make, page):
    show(page, make("draw-it-first"))
    told = page.evaluate("all => all.map(one => window.kind.shape(one, 10))",
                         [guess for guess, _ in LINES])  # fmt: skip
    assert told == [runs for _, runs in LINES]


def test_a_line_is_locked_in_only_when_every_handle_was_moved(make, page):
    show(page, make("draw-it-first"))
    page.locator('[data-focus="number-few"]').fill("140")
    page.locator('[data-focus="band-some"]').press("ArrowUp")
    page.locator('[data-focus="check"]').click(force=True)
    assert page.locator(".sl-fb").count() == 0
    page.wait_for_function(
        "document.querySelector('[role=status]').textContent.startsWith('1 of 3')"
    )
    page.locator('[data-focus="band-many"]').press("ArrowDown")
    page.locator('[data-focus="check"]').click()
    assert page.evaluate("window.answers().t1") == {"guess": {"few": 100, "some": 51, "many": 49}}
    assert page.locator(".sl-fb h4").inner_text() == "Your line drops"
    assert "60 to 70" in page.locator(".sl-column").first.inner_text()
    assert page.locator(".sl-columns svg .sl-strip").count() == 1


def looks(*pairs: tuple[tuple[str, int], tuple[str, int]]) -> list[dict[str, Any]]:
    """Two answers to each of some posts, before and after the likes."""
    return [
        {
            "before": {"call": before[0], "sure": before[1]},
            "after": {"call": after[0], "sure": after[1]},
        }
        for before, after in pairs
    ]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (looks((("trust", 70), ("trust", 70))),
         "You kept every call. Once you saw the likes, your trust stayed put on 1 post."),
        (looks((("question", 60), ("trust", 90)), (("trust", 70), ("question", 90))),
         "You changed 2 of 2 calls. Once you saw the likes, your trust went up on 1 post and "
         "went down on 1."),
        (looks((("question", 90), ("question", 60)), (("question", 50), ("trust", 60)),
               (("trust", 80), ("trust", 70)), (("trust", 50), ("question", 50))),
         "You changed 2 of 4 calls. Once you saw the likes, your trust went up on 2 posts, "
         "went down on 1 and stayed put on 1."),
    ],
)  # fmt: skip
def test_two_looks_are_told_in_a_sentence(given, said, make, page):
    show(page, make("same-post-twice"))
    assert page.evaluate("all => window.kind.shiftSentence(all)", given) == said


def test_a_first_look_hides_the_counts_and_the_verdict(make, page):
    show(page, make("same-post-twice"))
    assert page.locator(".sl-acts").count() == 0
    answer(page, "same-post-twice")
    assert page.locator(".sl-fb h4").inner_text() == "Noted"
    assert page.locator(".sl-src").count() == 0
    assert "sound" not in page.locator(".sl-progress").inner_text()
    for _ in range(2):
        press(page, '[data-nav="next"]')
        if page.locator(".sl-acts").count() == 0:
            answer(page, "same-post-twice")
    assert page.locator(".sl-acts").count() == 1
    answer(page, "same-post-twice")
    told = page.locator(".sl-fb").inner_text()
    assert "this one holds up" in told.lower()
    assert "Without the counts you said: trust, 50% sure." in told


def test_both_answers_stand_side_by_side_at_the_end(make, notes, page):
    sure = {"call": "trust", "sure": 90}
    kept = {"panic-bare": {"call": "question", "sure": 60}, "panic-again": sure,
            "pens-bare": sure, "pens-again": sure}  # fmt: skip
    show(page, make("same-post-twice", notes(kept)))
    rows = page.locator(".sl-shifts li")
    assert " ".join(rows.first.inner_text().split()).endswith("40 → then 90")
    assert "does not show that the likes did it" in page.locator(".sl-shifts").inner_text()
    assert "trusted the one sound post" in page.locator(".sl-sum").inner_text()


# Lines of a told list that stand beside each other, or stick out of it.
STRAYS = """() => [...document.querySelectorAll(".sl-fb ul.sl-said")].flatMap((list) => {
  const edge = list.getBoundingClientRect().right + 1;
  let under = 0;
  return [...list.children].filter((line) => {
    const { top, bottom, right } = line.getBoundingClientRect();
    const stray = top < under - 1 || right > edge;
    under = bottom;
    return stray;
  }).map((line) => line.textContent);
})"""


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_each_band_is_told_on_a_line_of_its_own(size, make, pages):
    page, _ = pages.new(size)
    show(page, make("draw-it-first"))
    answer(page, "draw-it-first")
    assert page.locator(".sl-fb ul.sl-said li").count() == 3
    assert page.evaluate(STRAYS) == []


def test_a_clip_is_mended_line_by_line_and_read_back(make, page):
    show(page, make("mend-the-clip"))
    page.locator('.sl-mend [data-option="keep"]').click()
    assert page.locator(".sl-fb h4").inner_text() == "Worth keeping"
    assert page.locator(".sl-readback").count() == 0
    press(page, '[data-focus="next-line"]')
    assert page.evaluate("document.activeElement.innerText") == "Line 2 of 2"
    page.locator('.sl-mend [data-option="keep"]').click()
    assert page.locator(".sl-fb h4").inner_text() == "It can't stay like this"
    assert "1 of 2 lines fit" in page.locator(".sl-readback").inner_text()
    page.locator('.sl-mend [data-option="some"]').click()
    told = page.locator(".sl-readback").inner_text()
    assert "Every line now fits" in told and "Naps helped some people in small studies." in told
    assert "Naps heal everyone." not in page.locator(".sl-clip").inner_text()
    assert page.evaluate("window.answers().r1") == {
        "lines": {"opening": "keep", "middle": "some"},
        "first": {"opening": "keep", "middle": "keep"},
    }


def test_a_line_that_was_cut_is_not_read_back(make, notes, page):
    cut = {"opening": "cut", "middle": "cut"}
    show(page, make("mend-the-clip", notes({"r1": {"lines": cut, "first": cut}})))
    page.locator('[data-nav="back"]').click()
    assert page.locator(".sl-clip s").count() == 2
    assert page.locator(".sl-readback blockquote").inner_text() == "Nothing is left of it."
    press(page, '[data-focus="line-middle"]', "Space")
    assert page.locator(".sl-mend .sl-quote").inner_text() == "Naps heal everyone."
    assert page.locator(".sl-fb h4").inner_text() == "A fair cut"
