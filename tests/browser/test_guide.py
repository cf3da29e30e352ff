"""The instructor guide in a real JupyterLab, where a teacher meets it."""

from __future__ import annotations

import shutil

from playwright.sync_api import Page, expect

from harness import REPO, Lab

GUIDE = "instructor_guide.md"
READY_MS = 60_000


def test_the_guide_is_a_page_with_links_and_folded_keys(page: Page, lab: Lab) -> None:
    shutil.copy(REPO / GUIDE, lab.course)
    page.goto(lab.address(GUIDE))
    body = page.locator(".jp-RenderedMarkdown")  # and not the Markdown behind it
    heading = body.get_by_role("heading", name="Lesson 5: Viral is not the same as true")
    expect(heading).to_be_attached(timeout=READY_MS)
    expect(heading).not_to_be_in_viewport()
    body.get_by_role("link", name="5. Viral is not the same as true").first.click()
    expect(heading).to_be_in_viewport()
    asked = body.get_by_role("cell", name="Nine clips have 100 views each.")
    expect(asked).not_to_be_visible()
    fold = body.get_by_text("Key to lesson 5", exact=True)
    fold.focus()
    page.keyboard.press("Enter")
    expect(asked).to_be_visible()
