"""The post studio on a bare page: the check that reads along, and where the words go."""

from __future__ import annotations

import json
from typing import Any

import pytest

from demo import focus, show
from secondlook.activities import studio

HERE = "http://localhost:9/"  # an origin of its own, so that the browser's storage is there
SECRET = "tangerine umbrella seven"


@pytest.fixture
def own(page: Any) -> Any:
    """A page whose storage works."""
    page.route(f"{HERE}**", lambda route: route.fulfill(body="<!doctype html><title>x</title>",
                                                        content_type="text/html"))  # fmt: skip
    page.goto(HERE)
    return page


def begin(page: Any, start: str = "fresh", job: str = "panic") -> None:
    page.locator(f'[data-option="{job}"]').click()
    page.locator(f'[data-option="{start}"]').click()


def write(page: Any, *beats: str, caption: str = "", tags: str = "") -> None:
    for at, text in enumerate(beats):
        page.locator(f'[data-focus="text-{at}"]').fill(text)
    page.locator("[data-focus=caption]").fill(caption)
    page.locator("[data-focus=tags]").fill(tags)
    page.wait_for_timeout(400)  # the check waits until the typing rests


def state(page: Any) -> dict[str, bool]:
    rows = page.locator(".sl-check")
    return {str(rows.nth(at).get_attribute("data-check")): "is-ok" in str(rows.nth(at).get_attribute("class"))
            for at in range(rows.count())}  # fmt: skip


FAIR = ("I sell a course.", "It passes, for most.", "Ask somebody.")


def fair(page: Any, **more: str) -> None:
    begin(page)
    write(page, *FAIR, caption=more.pop("caption", "The agency says the same."), **more)
    page.locator('input[value="agency"]').check()
    page.wait_for_timeout(400)


# --- the check reads along ------------------------------------------------------------------------


def test_each_check_opens_and_closes(make, page):
    show(page, make("write-it"), silent=True)
    begin(page)
    assert state(page) == dict(
        zip(studio.CHECKS, [False, True, True, True, False, False, True], strict=True)
    )
    write(page, *FAIR, caption="The agency says the same.")
    assert state(page)["whole"] and state(page)["money"]
    page.locator('input[value="cousin"]').check()
    page.wait_for_timeout(400)
    assert "fb-cousin" in page.locator('[data-check="source"]').inner_text()
    assert not state(page)["source"]
    page.locator('input[value="agency"]').check()
    page.wait_for_timeout(400)
    assert all(state(page).values())
    assert page.locator(".sl-passed").inner_text() == "7 of 7 checks passed"


def test_unsafe_wording_shows_what_to_say_instead_and_cannot_be_kept(make, page):
    show(page, make("write-it"))
    fair(page, caption="What a psycho. The agency says so.")
    flag = page.locator(".sl-flags li")
    assert (
        "psycho" in flag.inner_text() and "Say what happened, in plain words." in flag.inner_text()
    )
    assert flag.locator("button").count() == 0
    page.locator("[data-focus=check]").click()
    assert page.evaluate("window.answers()") == {}
    assert "words that do no harm" in page.locator(".sl-told").inner_text()


def test_a_loud_word_can_be_kept_on_purpose_and_the_count_is_kept(make, page):
    show(page, make("write-it"))
    fair(page, caption="Always ask somebody. The agency says so.")
    assert not state(page)["sure"]
    keep = page.get_by_role("button", name="Keep “Always”")
    keep.focus()
    page.keyboard.press("Enter")
    assert state(page)["sure"]
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    page.locator("[data-focus=check]").click()
    given = page.evaluate("window.answers().post")
    assert given["kept"] == 1 and given["checks"]["sure"]
    assert "You kept 1 of the words" in page.locator(".sl-fb").inner_text()


def test_a_kept_word_that_is_gone_does_not_count(make, page):
    show(page, make("write-it"))
    fair(page, caption="Always ask somebody.")
    page.get_by_role("button", name="Keep “Always”").click()
    page.locator("[data-focus=caption]").fill("Ask somebody.")
    page.locator("[data-focus=check]").click()
    assert page.evaluate("window.answers().post.kept") == 0


def test_a_tie_has_to_be_said_early(make, page):
    show(page, make("write-it"))
    begin(page)
    money = page.locator('[data-check="money"]')
    write(page, "a", "b", "c", caption="x" * 90 + " I sell a course")
    assert "It is there, but late" in money.inner_text()
    write(page, "a", "b", "c", caption="x")
    assert "Kit sells an online course. Say so in beat 1" in money.inner_text()
    page.locator('input[value="mo"]').check()
    page.wait_for_timeout(400)
    assert "Mo has nothing to sell" in money.inner_text() and state(page)["money"]


def test_a_crisis_asks_for_the_help_line_and_names_a_person_at_once(make, page):
    show(page, make("write-it"))
    fair(page, caption="Some people who self-harm hide it. The agency says so.")
    assert not state(page)["help"]
    note = page.locator(".sl-live .sl-notice")
    assert "tell an adult you trust today" in note.inner_text()
    assert note.locator("a").get_attribute("href").startswith("https://")
    page.locator('input[data-option="help"]').check()
    page.wait_for_timeout(400)
    assert state(page)["help"]
    assert "Need a person?" in page.locator(".sl-cap").inner_text()


def test_a_job_can_call_for_help_by_itself(make, page):
    show(page, make("write-it"))
    begin(page, job="pens")
    assert not state(page)["help"]


def test_the_repair_starts_from_the_weak_post(make, page):
    show(page, make("write-it"))
    begin(page, "repair")
    assert page.locator('[data-focus="text-1"]').input_value() == "This trick always works."
    loud = page.locator(".sl-flags q").all_inner_texts()
    assert {"always", "Everyone", "cured", "secret", "resets", "in seconds"} <= set(loud)


def test_beats_can_be_added_and_taken_out(make, page):
    show(page, make("write-it"))
    begin(page)
    fewer = page.locator("[data-focus=fewer-beats]")
    more = page.locator("[data-focus=more-beats]")
    assert fewer.is_disabled()
    for _ in range(3):
        more.click()
    assert page.locator(".sl-beats input").count() == 6 and more.is_disabled()
    fewer.click()
    assert page.locator(".sl-beats input").count() == 5


def test_open_checks_are_told_and_the_learner_may_leave_them_open(make, page):
    show(page, make("write-it"))
    begin(page)
    write(page, "One", "Two", "Three", caption="Four")
    page.locator("[data-focus=check]").click()
    said = page.locator(".sl-fb").inner_text()
    assert "5 of 7 checks passed" in said and "a source, who pays, said first" in said
    given = page.evaluate("window.answers().post.checks")
    assert given["source"] is False and given["whole"] is True


def test_browser_and_python_stop_at_the_same_words(make, page):
    widget = make("write-it")
    show(page, widget)
    import test_studio as examples

    texts = [
        text for each in (*examples.LOUD.values(), *examples.PRIVATE.values()) for text in each
    ]
    texts += [*examples.QUIET, "a suicide epidemic", "She\u2019s bipolar.", "It **cures** it."]
    told = page.evaluate(
        """([spec, texts]) => texts.map((text) => window.kind.review(spec, spec.items[0].briefs[0], {
          beats: ["", "", ""], caption: text, tags: "", person: "mo", kept: [], help: false })
          .flatMap((check) => check.found.map((one) => one.key)).sort())""",
        [json.loads(json.dumps(widget.spec)), texts],
    )
    for text, keys in zip(texts, told, strict=True):
        here = sorted(f"{check}:{rule}:{words}" for check, rule, words in studio.look(text))
        assert keys == here, text
    early = page.evaluate(
        """([spec, texts]) => texts.map((text) => window.kind.review(spec, spec.items[0].briefs[0], {
          beats: [text, "", ""], caption: "", tags: "", person: "kit", kept: [], help: false })
          .find((one) => one.id === "money").ok)""",
        [
            json.loads(json.dumps(widget.spec)),
            ["I sell a course.", "An addict", "#ad x", "paid", ""],
        ],
    )
    assert early == [True, False, True, True, False]


# --- typed text is only text ----------------------------------------------------------------------


def test_typed_text_is_never_markup(make, page):
    show(page, make("write-it"))
    begin(page)
    nasty = '<img src=x onerror="window.hit=1"><b>bold</b>'
    write(page, nasty, nasty, nasty, caption=nasty, tags="<script>window.hit=1</script>")
    page.locator("[data-focus=check]").click()
    assert page.locator(".sl img, .sl script, .sl-post b b, .sl-cap b").count() == 0
    assert nasty in page.locator(".sl-cap").inner_text()
    assert page.evaluate("window.hit") is None


# --- where the words are --------------------------------------------------------------------------


def test_the_words_stay_in_the_browser_and_out_of_the_answer(make, own):
    show(own, make("write-it"))
    fair(own, caption=f"{SECRET}. The agency says so.", tags=SECRET)
    own.locator("[data-focus=check]").click()
    own.locator(".sl-fb").wait_for()
    sent = own.evaluate("JSON.stringify([window.answers(), {...sessionStorage}])")
    assert SECRET not in sent and "I sell" not in sent
    kept = own.evaluate("JSON.stringify({...localStorage})")
    assert SECRET in kept
    assert "stay in this browser, on this computer" in own.locator(".sl").inner_text()
    (given,) = json.loads(sent)[0].values()
    assert sorted(given) == ["beats", "brief", "checks", "kept", "person", "start"]


def test_a_draft_is_there_again_after_the_page_is_gone(make, own):
    show(own, make("write-it"))
    fair(own, caption=SECRET)
    own.goto(HERE)
    show(own, make("write-it"))
    assert own.locator("[data-focus=caption]").input_value() == SECRET
    assert own.locator('input[value="agency"]').is_checked()
    assert own.evaluate("window.answers()") == {}


def test_each_job_keeps_its_own_draft(make, own):
    show(own, make("write-it"))
    begin(own)
    write(own, "first job", "", "", caption="one")
    own.locator('[data-option="pens"]').click()
    assert own.locator("[data-focus=caption]").input_value() == ""
    own.locator('[data-option="panic"]').click()
    assert own.locator("[data-focus=caption]").input_value() == "one"


def test_clear_takes_the_draft_out_of_the_browser(make, own):
    show(own, make("write-it"))
    fair(own, caption=SECRET)
    focus(own, "[data-focus=clear]")
    own.keyboard.press("Enter")
    assert own.locator("[data-focus=caption]").input_value() == ""
    assert SECRET not in own.evaluate("JSON.stringify({...localStorage})")
    assert own.evaluate("document.activeElement.dataset.focus") == "clear"


SPOILT = [
    "not json", "[]", "null", '{"posts": 3}', '{"posts": {"panic fresh": {"beats": "x"}}}',
    '{"brief": "panic", "start": "fresh", "posts": {"panic fresh": {"beats": [1, null],'
    ' "person": "kit", "caption": {}, "kept": [{}]}}}',
    '{"brief": "gone", "start": 4, "posts": {"gone fresh": {"beats": [], "person": "kit"}}}',
    '{"brief": "panic", "start": "fresh", "posts": {"panic fresh": {"beats": [],'
    ' "person": "toString"}}}',
]  # fmt: skip


def test_a_spoilt_draft_is_no_end_of_the_world(make, own):
    for raw in SPOILT:
        own.evaluate(
            "raw => localStorage.setItem('secondlook-studio:fern-otter-42:3:write-it', raw)", raw
        )
        show(own, make("write-it"))
        begin(own)
        assert own.locator(".sl-beats input").count() == 3, raw
        write(own, *FAIR, caption="x")
        assert state(own)["whole"], raw


def test_without_storage_it_works_and_says_so(make, page):
    show(page, make("write-it"))  # about:blank has no storage
    fair(page)
    assert "This browser keeps nothing" in page.locator(".sl").inner_text()
    page.locator("[data-focus=check]").click()
    assert "All 7 checks passed" in page.locator(".sl-fb").inner_text()


def test_a_post_that_was_finished_elsewhere_says_where_its_words_are(make, notes, page):
    answer = {"brief": "panic", "person": "mo", "start": "fresh", "kept": 0, "beats": 3,
              "checks": dict.fromkeys(studio.CHECKS, True)}  # fmt: skip
    show(page, make("write-it", notes({"post": answer})))
    assert "Its words are not here" in page.locator(".sl-notice").inner_text()
    assert page.locator(".sl-fb").count() == 1


def test_copy_gives_plain_text_that_names_an_invented_author(make, own):
    own.context.grant_permissions(["clipboard-read", "clipboard-write"])
    show(own, make("write-it"))
    fair(own, tags="panic #calm")
    own.locator("[data-focus=copy]").click()
    own.locator(".sl-told", has_text="Copied").wait_for()
    text = own.evaluate("navigator.clipboard.readText()").replace("\r", "")
    assert text == (
        "I sell a course.\nIt passes, for most.\nAsk somebody.\n\nThe agency says the same.\n"
        "#panic #calm\nSource: The agency, 2021\n"
        "(Written in a lesson, as @calm.with.kit, who is invented.)"
    )


def test_where_copying_is_not_allowed_the_text_can_be_marked(make, own):
    show(own, make("write-it"))
    fair(own)
    own.evaluate(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject() } })"
    )
    own.locator("[data-focus=copy]").click()
    box = own.get_by_role("textbox", name="My post as text")
    box.wait_for()
    assert "who is invented" in box.input_value()
