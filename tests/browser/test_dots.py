"""The dots on screen are the dots that Python counted, at every place of the dials."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from demo import show
from secondlook import base_rate

GROUPS = ("caught", "alarms", "missed", "cleared")
# What the picture shows, dot by dot, and what its sentence and its table say.
SEEN = """() => ({
  dots: Object.fromEntries(["caught", "alarms", "missed", "cleared"].map((group) =>
    [group, document.querySelectorAll(`.sl-dots .is-${group}`).length])),
  table: [...document.querySelectorAll(".sl-four td span")].map((cell) => cell.textContent),
  says: document.querySelector(".sl-dotsays").textContent,
  label: document.querySelector(".sl-dots").getAttribute("aria-label") })"""
TURN = """([name, value]) => {
  const field = document.querySelector(`[data-focus="${name}-typed"]`);
  field.value = value; field.dispatchEvent(new Event("change")); }"""


def go_to(page: Any, item: str, widget: Any) -> None:
    for _ in range(list(widget.items).index(item)):
        page.locator("[data-nav=next]").click()


def test_every_place_of_the_dials_shows_what_python_counts(make, page):
    widget = make("a-thousand")
    dials = widget.items["play"]["dials"]
    show(page, widget, silent=True)  # no kernel answers
    go_to(page, "play", widget)
    for setting in itertools.product(*(one["values"] for one in dials.values())):
        for name, value in zip(dials, setting, strict=True):
            page.evaluate(TURN, [name, value])
        seen, counted = page.evaluate(SEEN), base_rate.counts(*setting)
        assert seen["dots"] == {group: getattr(counted, group) for group in GROUPS}, setting
        wanted = [counted.caught, counted.alarms, counted.fit, counted.missed, counted.cleared,
                  counted.unfit]  # fmt: skip
        assert seen["table"] == [f"{one:,}" for one in wanted]
        said = f"{counted.caught:,} of {counted.fit:,} who fit the list have Blip. " \
               f"That is {counted.percent} in 100."  # fmt: skip
        assert seen["says"] == said
        assert seen["label"].endswith(said)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_before_the_run_the_dots_keep_the_answer_to_themselves(motion, make, page):
    page.emulate_media(reduced_motion=motion)
    show(page, make("a-thousand"))
    before = page.evaluate(SEEN)
    assert before["dots"] == {"caught": 0, "alarms": 0, "missed": 50, "cleared": 950}
    assert "330" not in before["says"] + before["label"] and before["table"] == []
    # Counted by the browser itself: how long the dots move is over before a slow test looks.
    page.evaluate("addEventListener('transitionrun', () => { window.moved = true; })")
    page.locator('[data-focus="run"]').click()
    page.wait_for_function("document.querySelector('.sl-dots .is-caught')")
    assert page.evaluate(SEEN)["dots"] == {"caught": 45, "alarms": 285, "missed": 5, "cleared": 665}
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    moves = "document.querySelector('.sl-dots').getAnimations({subtree: true}).length"
    if motion == "reduce":
        assert page.evaluate(f"[window.moved ?? false, {moves}]") == [False, 0]
    else:
        page.wait_for_function("window.moved")


def test_those_who_fit_stand_in_the_frame_and_nobody_else(make, page):
    widget = make("a-thousand")
    show(page, widget)
    go_to(page, "common", widget)
    for value in (10, 50, 300):
        page.evaluate(TURN, ["have", value])
        outside = page.evaluate(
            """() => { const frame = document.querySelector(".sl-fitframe").getBoundingClientRect();
              const inside = (dot) => { const box = dot.getBoundingClientRect();
                const middle = box.left + box.width / 2;
                return middle > frame.left && middle < frame.right; };
              return [...document.querySelectorAll(".sl-dots path")].filter((dot) =>
                inside(dot) !== /caught|alarms/.test(dot.getAttribute("class"))).length; }"""
        )
        assert outside == 0


def test_two_settings_change_places(make, page):
    widget = make("a-thousand")
    show(page, widget)
    go_to(page, "places", widget)
    assert page.evaluate(SEEN)["dots"]["alarms"] == 5  # 0.5% of 950 is 4.75
    page.locator('[data-option="set-clinic"]').click()
    assert page.evaluate(SEEN)["dots"]["alarms"] == 276
    assert page.locator('[data-option="set-clinic"]').get_attribute("aria-pressed") == "true"
    assert page.locator(".sl-fb").count() == 0
