"""An activity on a bare page: its own module and styles, and a model that answers as Python does.

No JupyterLab and no kernel, so a test of what the learner sees and presses starts in milliseconds.
"""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>An activity</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body { margin: 0; padding: 10px; background: var(--jp-layout-color0, #fff); }
body[data-jp-theme-light="false"] { --jp-layout-color0: #111; }</style>
<body><main><h1>Lesson</h1><h2>Part</h2><div id="here"></div></main></body></html>"""

SHOW = """async ({ esm, css, spec, state, light, silent }) => {
  document.body.dataset.jpThemeLight = String(light);
  document.head.append(Object.assign(document.createElement("style"), { textContent: css }));
  const data = { spec, state, saved: { rev: 0, problem: "" } };
  const hear = {};
  const tell = (name) => (hear[name] ?? []).forEach((run) => run());
  const model = {
    get: (name) => data[name],
    set: (name, value) => (data[name] = value),
    on: (name, run) => (hear[name] ??= []).push(run),
    off: () => undefined,
    save_changes() {
      if (silent) return; // a kernel that is gone
      setTimeout(() => {
        data.saved = { rev: data.state.rev, problem: window.problem ?? "" };
        tell("change:saved");
      }, 5);
    },
  };
  window.answers = () => data.state.items;
  window.later = (name, value) => { data[name] = value; tell(`change:${name}`); };
  const url = URL.createObjectURL(new Blob([esm], { type: "text/javascript" }));
  window.kind = await import(url);
  window.kind.default.render({ model, el: document.getElementById("here") });
}"""


def show(page: Page, widget: Any, *, light: bool = True, silent: bool = False) -> None:
    """Put ``widget`` on an empty page.

    Args:
        page: the page; what it shows is replaced.
        widget: the activity, made in Python.
        light: JupyterLab's light theme, else its dark one.
        silent: nobody answers, as when the kernel is gone.
    """
    page.set_content(PAGE)
    page.evaluate(
        SHOW,
        {
            "esm": widget._esm,
            "css": widget._css,
            "spec": json.loads(json.dumps(widget.spec)),
            "state": widget.state,
            "light": light,
            "silent": silent,
        },
    )
    page.wait_for_selector(".sl")


def focus(page: Page, selector: str, most: int = 80) -> None:
    """Reach a control with Tab alone.

    Raises:
        AssertionError: it was not reached with ``most`` presses.
    """
    for _ in range(most):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {selector}")
