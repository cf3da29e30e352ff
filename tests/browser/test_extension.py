"""The lab extension, on small throw-away notebooks in a real JupyterLab."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from conftest import Pages
from harness import EXTENSION, Lab, Watch, notebook
from tools import (
    START,
    open_lesson,
    open_notebook,
    overflow,
    restart_kernel,
    runs,
    wait_idle,
    wait_ready,
    wait_rerun,
)

CONTROLS = (
    'from IPython.display import HTML, display; display(HTML(\'<section class="sl" '
    'data-activity="demo"><button id="raw">raw</button><a href="#" id="link">link</a>'
    '<span tabindex="-1" id="moved">moved</span>'
    '<fieldset><legend>Pick</legend><label><input type="radio" name="q" id="one" checked>one'
    '</label><label><input type="radio" name="q" id="two">two</label></fieldset>'
    '<label>Text <input id="text"></label><details><summary id="more">More</summary>yes</details>'
    "</section>'))"
)
LAZY = (
    "import ipywidgets; b = ipywidgets.Button(description='Grow'); box = ipywidgets.VBox([b]); "
    "b.on_click(lambda _: setattr(box, 'children', (b, ipywidgets.Text(description='Late')))); box"
)
KEYS = [
    *(
        "x",
        "a",
        "b",
        "m",
        "y",
        "r",
        "z",
        "c",
        "v",
        "d",
        "d",
        "1",
        "Shift+m",
        "Shift+a",
        "Backspace",
    ),
    *("ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Escape", "Enter", "Space", "Shift+Enter"),
    *("Alt+Enter", "Control+Enter", "Control+Shift+ArrowDown", "Control+Backspace"),
]


def marker(path: Path) -> str:
    """Code that leaves a file behind, so that a test sees that it ran."""
    return f"from pathlib import Path; Path({str(path)!r}).touch()"


def cells(page: Page) -> list[str]:
    """Kind and text of each cell as the notebook's model has it: order and loss both show."""
    return page.evaluate(
        """() => [...document.querySelectorAll('.jp-Notebook .jp-Cell')].map(cell =>
            (cell.className.match(/jp-\\w+Cell\\b/) || [''])[0] + ' ' +
            (cell.querySelector('.jp-OutputArea')?.textContent || cell.textContent))"""
    )


@pytest.fixture(autouse=True)
def _fresh_kernels(lab: Lab) -> Iterator[None]:
    yield
    lab.shut_down_kernels()


def test_a_shipped_lesson_starts_by_itself(page: Page, page_requests: Watch, lab: Lab) -> None:
    lab.add("lessons/own.ipynb", notebook([CONTROLS, LAZY]), ship=True)
    assert open_lesson(page, lab, "own.ipynb") == "ok"
    assert page.locator("#raw").is_visible()
    assert page.get_by_role("button", name="Grow").is_visible()
    assert not page.get_by_role("button", name=START).is_visible()
    assert page.locator(".jp-NotebookPanel .jp-InputArea-editor:visible").count() == 0
    assert page.locator(".jp-InputPlaceholder:visible, .jp-InputPrompt:visible").count() == 0
    # News and update pop-ups: the extension switches that part of JupyterLab off.
    page.wait_for_timeout(1500)
    assert page.locator(".Toastify__toast").count() == 0
    assert page_requests.errors == []


def test_a_failing_cell_is_reported_and_stops_no_other(page: Page, lab: Lab) -> None:
    lab.add("lessons/fails.ipynb", notebook(["1 / 0", CONTROLS]), ship=True)
    assert open_lesson(page, lab, "fails.ipynb") == "error"
    assert page.locator("#raw").is_visible()
    assert page.get_by_role("button", name=START).is_visible()


@pytest.mark.parametrize(
    ("case", "path", "ship_as"),
    [
        ("edited", "lessons/edited.ipynb", "1 + 1"),
        ("added cell", "lessons/longer.ipynb", None),
        ("elsewhere", "inbox/{name}.ipynb", None),
        ("deeper", "lessons/extra/{name}.ipynb", None),
        ("unknown name", "lessons/unknown.ipynb", None),
    ],
)
def test_any_other_notebook_waits_for_the_button(
    page: Page, lab: Lab, tmp_path: Path, case: str, path: str, ship_as: str | None
) -> None:
    """A file that calls itself a lesson, or a changed lesson, runs nothing until it is asked to."""
    ran = tmp_path / "ran"
    hostile = notebook([marker(ran)])
    name = case.replace(" ", "-")
    path = path.format(name=name)
    if case == "edited":
        lab.add(path, notebook([ship_as or ""]), ship=True)
    elif case == "added cell":
        lab.add(path, notebook([]), ship=True)
    elif case in ("elsewhere", "deeper"):
        lab.add(f"lessons/{name}.ipynb", hostile, ship=True)  # same name, same code, other folder
    lab.add(path, hostile)
    open_notebook(page, lab, path)
    start = page.get_by_role("button", name=START)
    start.wait_for()
    page.wait_for_timeout(1500)
    assert not ran.exists()
    assert "Nothing has run yet" in page.locator(".sl-bar-reason").inner_text()
    start.focus()
    page.keyboard.press("Enter")
    assert wait_ready(page) == "ok"
    assert ran.exists()
    assert not start.is_visible()


def test_a_notebook_that_is_no_lesson_is_left_alone(page: Page, lab: Lab, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    lab.add("lessons/plain.ipynb", notebook([marker(ran)], lesson=None), ship=True)
    open_notebook(page, lab, "lessons/plain.ipynb")
    page.wait_for_timeout(2000)
    assert not ran.exists()
    assert page.locator(".sl-bar, .sl-lesson").count() == 0
    page.locator(".jp-Notebook .jp-Cell").first.focus()
    page.keyboard.press("b")  # JupyterLab's own keys still work there
    page.wait_for_function("document.querySelectorAll('.jp-Notebook .jp-Cell').length === 3")


def test_keys_belong_to_the_activity(page: Page, lab: Lab) -> None:
    lab.add("lessons/keys.ipynb", notebook([CONTROLS, LAZY]), ship=True)
    assert open_lesson(page, lab, "keys.ipynb") == "ok"
    page.get_by_role("button", name="Grow").click()
    page.get_by_label("Late").wait_for()
    before = cells(page)
    late = ".jp-OutputArea input[type=text] >> nth=-1"  # drawn after the lesson was ready
    for control in ("#raw", "#moved", "#link", "#more", "#two", late):
        for key in KEYS:
            page.locator(control).focus()
            page.keyboard.press(key)
    assert cells(page) == before
    # Kept from JupyterLab is not enough: the control's own code must hear the key.
    page.evaluate(
        "() => { document.querySelector('#raw').onkeydown = e => { globalThis.heard = e.key; }; }"
    )
    page.locator("#raw").focus()
    page.keyboard.press("x")
    assert page.evaluate("globalThis.heard") == "x"
    page.locator("#one").focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    assert page.locator("#two").is_checked()
    page.locator("#text").fill("")
    page.locator("#text").type("xaby dd")
    assert page.locator("#text").input_value() == "xaby dd"


def test_keys_on_the_page_itself_take_nothing_apart(page: Page, lab: Lab) -> None:
    """Focus on a cell (after a click on prose): JupyterLab's command keys do nothing here."""
    lab.add("lessons/page.ipynb", notebook([CONTROLS, LAZY]), ship=True)
    assert open_lesson(page, lab, "page.ipynb") == "ok"
    before = cells(page)
    for number in range(3):
        for key in KEYS:
            page.locator(".jp-Notebook .jp-Cell").nth(number).focus()
            page.keyboard.press(key)
    page.locator(".jp-RenderedMarkdown h1").dblclick()
    page.keyboard.press("Enter")
    assert cells(page) == before
    assert page.locator(".jp-RenderedMarkdown h1").is_visible()


def test_without_the_extension_a_key_takes_the_lesson_apart(
    browser: Browser, tmp_path: Path
) -> None:
    """What the two tests above guard against is real: otherwise they would prove nothing."""
    bare = Lab(tmp_path / "bare", extension=False)
    opened = Pages(browser)
    try:
        bare.start()
        bare.add("lessons/keys.ipynb", notebook([CONTROLS]))
        page, _ = opened.new()
        open_notebook(page, bare, "lessons/keys.ipynb")
        page.locator("#jp-main-statusbar", has_text="Idle").wait_for()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        page.locator("#raw").wait_for()
        page.locator("#raw").focus()
        page.keyboard.press("b")
        page.wait_for_function("document.querySelectorAll('.jp-Notebook .jp-Cell').length === 3")
    finally:
        opened.close()
        bare.stop()


def test_show_the_code_is_a_look_not_a_change(page: Page, lab: Lab) -> None:
    lab.add("lessons/code.ipynb", notebook(["40 + 2"]), ship=True)
    assert open_lesson(page, lab, "code.ipynb") == "ok"
    page.get_by_role("button", name="Show the code").click()
    page.locator(".jp-CodeCell .cm-content", has_text="40 + 2").wait_for()
    page.get_by_role("button", name="Hide the code").click()
    page.locator(".jp-CodeCell .cm-content", has_text="40 + 2").wait_for(state="hidden")


def test_code_under_the_hood_stays_in_sight_and_waits_for_its_button(page: Page, lab: Lab) -> None:
    shown = notebook(["1", "'look under ' + 'the hood'"])
    shown["cells"][2]["metadata"] = {"tags": ["under-the-hood"]}
    lab.add("lessons/hood.ipynb", shown, ship=True)
    assert open_lesson(page, lab, "hood.ipynb") == "ok"
    assert page.locator(".jp-CodeCell .cm-content:visible").all_inner_texts() == [
        "'look under ' + 'the hood'"
    ]
    told = page.locator(".jp-OutputArea-output", has_text="look under the hood")
    assert told.count() == 0
    button = page.get_by_role("button", name="Run the code")
    button.focus()
    page.keyboard.press("Enter")
    told.wait_for()
    assert button.evaluate("one => document.activeElement === one")


@pytest.mark.parametrize("how", ["menu", "kill", "another window"])
def test_a_restarted_kernel_brings_the_lesson_back(page: Page, lab: Lab, how: str) -> None:
    prose = "# Tall\n\n" + "A line.\n\n" * 40
    name = how.replace(" ", "-")
    path = lab.add(f"lessons/{name}.ipynb", notebook([LAZY, CONTROLS], prose=prose), ship=True)
    assert open_lesson(page, lab, f"{name}.ipynb") == "ok"
    page.locator("#two").focus()
    wait_idle(page)
    done = runs(page)
    place = "document.querySelector('#two').getBoundingClientRect().top"
    seen_at = page.evaluate(place)
    assert page.evaluate("document.querySelector('.jp-WindowedPanel-outer').scrollTop") > 100
    if how == "menu":
        restart_kernel(page)
    elif how == "kill":
        lab.kill_kernel(path)
    else:
        lab.restart_kernel(path)
        for _ in range(6):  # a word that falls into the gap is lost; the next one is not
            page.get_by_role("button", name="Grow").click()
            page.locator("#two").focus()
            seen_at = page.evaluate(place)
            page.wait_for_timeout(2000)
            if runs(page) > done:
                break
    assert wait_rerun(page, done) == "ok"
    assert page.locator(".jp-Dialog").count() == 0
    page.wait_for_timeout(800)
    assert abs(page.evaluate(place) - seen_at) < 5
    if how != "menu":  # the menu and its dialog took the focus themselves
        assert page.evaluate("document.activeElement.id") == "two"
    page.get_by_role("button", name="Grow").click()  # Python answers again
    page.get_by_label("Late").wait_for()


def test_a_kernel_that_keeps_dying_is_not_started_for_ever(page: Page, lab: Lab) -> None:
    path = lab.add("lessons/dying.ipynb", notebook(["1"]), ship=True)
    assert open_lesson(page, lab, "dying.ipynb") == "ok"
    for done in range(1, 4):
        lab.kill_kernel(path)
        assert wait_rerun(page, done) == "ok"
    lab.kill_kernel(path)
    start = page.get_by_role("button", name=START)
    start.wait_for()
    page.wait_for_timeout(1000)
    assert runs(page) == 4
    start.click()
    assert wait_rerun(page, 4) == "ok"
    assert not start.is_visible()


def test_a_kernel_that_was_shut_down_is_started_anew(page: Page, lab: Lab) -> None:
    lab.add("lessons/gone.ipynb", notebook([LAZY]), ship=True)
    assert open_lesson(page, lab, "gone.ipynb") == "ok"
    lab.shut_down_kernels()
    start = page.get_by_role("button", name=START)
    start.click()  # JupyterLab asks the server every few seconds
    assert wait_rerun(page, 1) == "ok"
    assert not start.is_visible()
    page.get_by_role("button", name="Grow").click()
    page.get_by_label("Late").wait_for()


def test_a_request_beyond_this_machine_is_refused_and_counted(browser: Browser) -> None:
    """Guards the harness: were the count blind, every test of it would pass."""
    opened = Pages(browser)
    page, watch = opened.new()
    page.goto("about:blank")
    answer = "fetch('https://example.org/').then(() => 'reached', () => 'refused')"
    assert page.evaluate(answer) == "refused"
    assert watch.outside == ["https://example.org/"]
    with pytest.raises(AssertionError, match=r"example\.org"):
        opened.close()


def test_the_page_fits_a_phone(pages: Pages, lab: Lab) -> None:
    lab.add("lessons/phone.ipynb", notebook([CONTROLS]), ship=True)
    page, _ = pages.new("phone")
    assert open_lesson(page, lab, "phone.ipynb") == "ok"
    page.wait_for_function(
        "document.querySelector('.jp-Notebook .jp-OutputArea').getBoundingClientRect().width > 350"
    )
    assert overflow(page) == []
    assert page.get_by_role("menuitem", name="File").is_visible()  # a way to save and to leave


def test_the_extension_is_the_one_of_this_checkout(lab: Lab) -> None:
    """Guards the harness: an installed older copy must not be what is tested."""
    served = (lab.static / "remoteEntry.js").read_text("utf-8")
    shipped = Path(__file__).parents[2] / "labextension" / "static" / "remoteEntry.js"
    assert served == shipped.read_text("utf-8")
    assert EXTENSION in lab.static.parts
