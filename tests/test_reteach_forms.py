"""Every item of the shipped forms has its words in the report, and a lesson to go back to."""

from __future__ import annotations

import pytest

from secondlook import content, forms
from secondlook.classroom.item_analysis import text_of, wrong_words
from secondlook.classroom.reteach import lesson_for


@pytest.mark.parametrize("letter", forms.LETTERS)
def test_each_item_has_its_words_and_a_lesson(letter):
    lessons = content.syllabus()
    for item in forms.form(letter).items:
        assert text_of(item).strip()
        assert lesson_for(item) in lessons
        for option in item.options:
            text, idea = wrong_words(item, option)
            if option == item.right and item.part != "post":
                assert text and not idea, f"{item.id}/{option}: a right option has no misconception"
            elif option != item.right:
                assert idea, f"{item.id}/{option}: no misconception"
                assert bool(text) == (item.part != "post")
        assert wrong_words(item, "no such option") == ("", "")
