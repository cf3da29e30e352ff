"""Three invented test forms for the small course, and the answers of an invented learner."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from secondlook import forms

SOUND, UNSOUND = "p-panic", "p-pens"  # posts of the small course that a form's are copies of


def write(data: Path) -> None:
    """Adds the posts and questions of forms A, B and C to the data of the small course."""
    path = data / "posts.json"
    posts = json.loads(path.read_text(encoding="utf-8"))
    by_id = {one["id"]: one for one in posts}
    (data / "tests").mkdir()
    for letter in forms.LETTERS:
        for n in range(forms.POSTS // 2):
            for made_from, end in ((SOUND, "s"), (UNSOUND, "u")):
                key = f"p-{letter.lower()}{n:02}-{end}"
                posts.append({**by_id[made_from], "id": key, "set": letter.lower()})
        questions = [
            question(letter, part, n) for part in forms.PARTS for n in range(forms.PER_PART)
        ]
        whole = {"form": letter, "edition": 1, "questions": questions}
        (data / "tests" / f"{letter}.json").write_text(json.dumps(whole), encoding="utf-8")
    path.write_text(json.dumps(posts), encoding="utf-8")


def question(letter: str, part: str, n: int) -> dict[str, Any]:
    """A question of which the second option is right."""
    key = f"{letter.lower()}-{part}-{n + 1}"
    options = [
        {
            "id": name,
            "text": f"Option {name} of a question about {part}",
            "correct": name == "b",
            "feedback": f"fb-{key}-{name}",
        }
        for name in "abcd"
    ]
    return {
        "id": key,
        "part": part,
        "question": f"Which of these four would you pick here ({key})?",
        "quote": "This works for everyone.",
        "options": options,
        "refs": ["doe2020"],
    }


def answer(item: forms.TestItem, right: bool = True) -> dict[str, Any]:
    """An answer to an item; how sure goes up and down with the item's id."""
    if item.part != "post":
        return {"pick": "b" if right else "c"}
    other = {"trust": "question", "question": "trust"}[item.right]
    sure = forms.SURE[sum(map(ord, item.id)) % len(forms.SURE)]
    return {"call": item.right if right else other, "sure": sure}
