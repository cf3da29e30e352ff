"""The course on paper: every lesson composes, in order, from the notebook and the data alone."""

from __future__ import annotations

import pytest

from secondlook import content, forms
from secondlook.paper import booklet, page


@pytest.mark.parametrize("number", content.syllabus())
def test_every_lesson_has_a_sheet_and_a_key(number):
    sheet, key, *cards = booklet.lesson(number)
    assert [one.name for one in (sheet, key)] == [
        f"lesson_{number:02}_sheet",
        f"lesson_{number:02}_key",
    ]
    assert len(cards) <= 1
    text, told = page.html(sheet), page.html(key)
    for one in content.activities(number).values():
        assert one["title"] in text.replace("&#x27;", "'") and one["title"] in told.replace(
            "&#x27;", "'"
        )


@pytest.mark.parametrize("letter", forms.LETTERS)
def test_every_form_of_the_test_has_a_sheet_and_a_key(letter):
    sheet, key = map(page.html, booklet.test(letter))
    assert sheet.count('class="post"') == forms.POSTS and "☑" in key and "☑" not in sheet
