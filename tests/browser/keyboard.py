"""Answers every kind of activity with the keyboard alone, as somebody without a mouse would."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page

MOST_TABS = 80
# Whether all that is looked for stands above what has the focus.
IS_ABOVE = """(root, what) => [...root.querySelectorAll(what)].every((one) =>
  one.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"""


def here(page: Page) -> str:
    """What has the focus, for a message."""
    return str(
        page.evaluate("() => document.activeElement.outerHTML.slice(0, 160).replace(/\\s+/g, ' ')")
    )


def tab_to(page: Page, section: Locator, selector: str) -> None:
    """Press Tab until what has the focus matches ``selector`` inside ``section``.

    Raises:
        AssertionError: it cannot be reached; the message says where the focus ended.
    """
    # The short way first, as a person would: past the end Tab walks round the whole page.
    keys = ("Shift+Tab", "Tab") if section.evaluate(IS_ABOVE, selector) else ("Tab", "Shift+Tab")
    for key in keys:
        for _ in range(MOST_TABS):
            if section.evaluate(
                "(root, what) => root.contains(document.activeElement) "
                "&& document.activeElement.matches(what)",
                selector,
            ):
                return
            page.keyboard.press(key)
    raise AssertionError(f"Tab never reaches {selector}; the focus is on {here(page)}")


def press(page: Page, section: Locator, selector: str, key: str = "Enter") -> None:
    """Go to a control with Tab and press a key on it."""
    tab_to(page, section, selector)
    page.keyboard.press(key)


def feedback(section: Locator) -> str:
    """The words of the feedback that is on screen.

    Raises:
        AssertionError: there is none, or it says nothing.
    """
    box = section.locator(".sl-fb").first
    box.wait_for(state="visible", timeout=20_000)
    text = box.inner_text().strip()
    assert len(text.split()) >= 8, f"feedback that says too little: {text!r}"
    return text


def _radio_then_check(page: Page, section: Locator) -> None:
    # In a group without a choice Tab stops at its first radio; Space takes it.
    groups = section.locator(".sl-body fieldset:has(input[type=radio])")
    for at in range(groups.count()):
        name = groups.nth(at).locator("input").first.get_attribute("name")
        press(page, section, f'input[name="{name}"]', "Space")
    press(page, section, '[data-focus="check"]')


def choose(page: Page, section: Locator) -> None:
    if section.locator(".sl-body input[type=checkbox]").count():
        press(page, section, "input[type=checkbox]", "Space")
        press(page, section, '[data-focus="check"]')
    elif section.locator(".sl-body input[type=radio]").count():
        _radio_then_check(page, section)
    else:
        press(page, section, "button[data-option]")


def sort(page: Page, section: Locator) -> None:
    press(page, section, "button[data-option]")


def look_up(page: Page, section: Locator) -> None:
    """Opens the list of the place, types a name, opens what comes, and says what the list says.

    Always forwards: going back costs a walk around the whole page.
    """
    place = section.locator(".sl-from").inner_text()
    lists = section.locator(".sl-list").all()
    here = next((one for one in lists if one.inner_text() in place), lists[0])
    press(page, section, f'[data-focus="{here.get_attribute("data-focus")}"]')
    tab_to(page, section, ".sl-search")
    page.keyboard.type(section.locator(".sl-bio b").inner_text().split()[-1])
    page.keyboard.press("Enter")
    if section.locator(".sl-hits button").count():
        press(page, section, ".sl-hits button")
    says = section.locator(".sl-options:not(.wide) button[data-option]")
    for at in range(says.count()):
        option = says.nth(at).get_attribute("data-option")
        press(page, section, f'.sl-options:not(.wide) [data-option="{option}"]')
        feedback(section)
        if section.locator(".sl-options.wide").count():
            break
    press(page, section, ".sl-options.wide button[data-option]")


def judge(page: Page, section: Locator) -> None:
    press(page, section, "[data-focus^=play]")
    press(page, section, "[data-focus^=beat]")
    _radio_then_check(page, section)


def spot(page: Page, section: Locator) -> None:
    parts = section.locator(".sl-part")
    for at in range(parts.count()):
        focus = parts.nth(at).get_attribute("data-focus")
        press(page, section, f'[data-focus="{focus}"]')
        if section.locator('[data-focus="check"]').count() == 0:
            feedback(section)
    if section.locator('[data-focus="check"]').count():
        press(page, section, '[data-focus="check"]')


def estimate(page: Page, section: Locator) -> None:
    tab_to(page, section, "[data-focus=number]")
    page.keyboard.type(section.locator("[data-focus=number]").get_attribute("max") or "1")
    press(page, section, "[data-focus=range]", "ArrowLeft")
    press(page, section, '[data-focus="check"]')


def reword(page: Page, section: Locator) -> None:
    press(page, section, "input[type=radio]", "ArrowDown")
    press(page, section, "[data-focus=softer]")
    press(page, section, '[data-focus="check"]')


def bench(page: Page, section: Locator) -> None:
    if section.locator("[data-focus$=-range]:not(:disabled)").count():
        press(page, section, "[data-focus$=-range]", "ArrowRight")
    if section.locator("[data-focus=show]").count():
        press(page, section, "[data-focus=show]")
    elif section.locator("[data-focus=here]").count():
        press(page, section, "[data-focus=here]")
    else:
        press(page, section, ".sl-options.wide button[data-option]")


def web(page: Page, section: Locator) -> None:
    """Reads on, looks the page up in a new tab, comes back through the tabs, and answers."""
    if section.locator("[data-focus=more]").count():
        press(page, section, "[data-focus=more]")
    if section.locator("[data-focus^=search-]").count():
        press(page, section, "[data-focus^=search-]")
        press(page, section, ".sl-web-panel [role=link]")
        press(page, section, "[data-focus=web-back]")
    press(page, section, "[role=tab][aria-selected=true]", "ArrowLeft")
    press(page, section, ".sl-set button[data-option]")


def audit(page: Page, section: Locator) -> None:
    heads = section.locator(".sl-prow:not(.is-given) .sl-rowhead")
    for at in range(heads.count()):
        row = heads.nth(at).get_attribute("data-focus")
        if heads.nth(at).get_attribute("aria-expanded") == "false":
            press(page, section, f'[data-focus="{row}"]')
        press(page, section, f'[data-option="{str(row).removeprefix("row-")}-1"]')
    press(page, section, "[data-focus=higher]")
    press(page, section, "[data-focus=trust]", "ArrowRight")
    _radio_then_check(page, section)


def dots(page: Page, section: Locator) -> None:
    if section.locator("[data-focus$=-range]:not(:disabled)").count():
        press(page, section, "[data-focus$=-range]", "ArrowRight")
    for name in ("run", "here"):
        if section.locator(f"[data-focus={name}]").count():
            press(page, section, f"[data-focus={name}]")
            return
    press(page, section, "fieldset:last-of-type .sl-options.wide button[data-option]")


def trend(page: Page, section: Locator) -> None:
    for at in range(section.locator(".sl-upright").count()):
        focus = section.locator(".sl-upright").nth(at).get_attribute("data-focus")
        press(page, section, f'[data-focus="{focus}"]', "ArrowUp")
    press(page, section, '[data-focus="check"]')


def thread(page: Page, section: Locator) -> None:
    while section.locator(".sl-body button[data-option]").count():
        press(page, section, ".sl-body button[data-option]")
        feedback(section)


def plan(page: Page, section: Locator) -> None:
    if section.locator("[data-focus=country]").count():
        press(page, section, "[data-focus=country]", "ArrowDown")
    press(page, section, "button[data-option]")


def studio(page: Page, section: Locator) -> None:
    """Picks the first job, writes three beats and a caption, names a source, and is done."""
    press(page, section, "button[data-option]", "Space")
    press(page, section, '[data-option="fresh"]', "Space")
    for at, text in enumerate(
        ["I sell a course, so check me.", "It may help some people.", "Ask."]
    ):
        tab_to(page, section, f'[data-focus="text-{at}"]')
        page.keyboard.type(text)
    tab_to(page, section, "[data-focus=caption]")
    page.keyboard.type("A small thing for some, and no cure. My course is another matter.")
    for legend in ("You write as", "Source you name"):
        group = section.locator("fieldset", has_text=legend).last.locator("input").first
        press(page, section, f'input[name="{group.get_attribute("name")}"]', "Space")
    press(page, section, '[data-focus="check"]')


def feed(page: Page, section: Locator) -> None:
    """Guesses where a guess is asked, plays by hand, and lets the user go on where there is one."""
    if section.locator("[data-focus=start]").count():
        if section.locator("[data-focus$=-range]").count():
            press(page, section, "[data-focus$=-range]", "ArrowRight")
        press(page, section, "[data-focus=start]")
    if section.locator("button[data-option]").count():
        press(page, section, "button[data-option]")
        return
    moves = section.locator("[data-focus^=move-]")
    way = "[data-focus=move-less]" if section.locator(".is-goal").count() else "[data-focus^=move-]"
    for _ in range(40):
        if section.locator(".sl-fb").count() or not moves.count():
            return
        press(page, section, way)
        if section.locator("[data-focus=auto]").count():
            press(page, section, "[data-focus=auto]")
            section.locator(".sl-fb").wait_for(timeout=20_000)
            return


def calibration(page: Page, section: Locator) -> None:
    press(page, section, "button[data-option]", "Space")
    press(page, section, "[data-focus=count]")


def form(page: Page, section: Locator) -> None:
    """Leaves the last field blank, sends the form, and hears about each field."""
    focus = section.locator("input[type=checkbox]").last.get_attribute("data-option")
    press(page, section, f'[data-option="{focus}"]', "Space")
    press(page, section, '[data-focus="check"]')


def repair(page: Page, section: Locator) -> None:
    lines = section.locator(".sl-clipline")
    for at in range(lines.count()):
        focus = lines.nth(at).get_attribute("data-focus")
        press(page, section, f'[data-focus="{focus}"]')
        press(page, section, ".sl-mend button[data-option]")
        feedback(section)


ANSWER: dict[str, Callable[[Page, Locator], None]] = {
    "choose": choose,
    "sort": sort,
    "judge": judge,
    "look-up": look_up,
    "spot": spot,
    "estimate": estimate,
    "reword": reword,
    "bench": bench,
    "web": web,
    "audit": audit,
    "dots": dots,
    "trend": trend,
    "thread": thread,
    "plan": plan,
    "studio": studio,
    "feed": feed,
    "calibration": calibration,
    "form": form,
    "repair": repair,
}


def finish(page: Page, section: Locator) -> list[str]:
    """Answers all items of an activity and goes to its last page. Returns the feedback read."""
    section.evaluate("root => root.querySelector('.sl-body').scrollIntoView({block: 'center'})")
    section.locator("button, input, [tabindex='0']").first.focus()
    kind = section.get_attribute("data-kind") or ""
    read = []
    for _ in range(40):
        if section.locator(".sl-sum").count():
            break
        if section.locator(".sl-fb").count() == 0:
            ANSWER[kind](page, section)
            read.append(feedback(section))
        if section.locator("[data-nav=next]").count() == 0:
            break
        press(page, section, "[data-nav=next]")
    done, _, total = section.locator(".sl-progress b").first.inner_text().partition(" of ")
    assert done == total, f"{section.get_attribute('data-activity')}: {done} of {total}"
    return read
