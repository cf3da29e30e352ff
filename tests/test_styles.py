"""The stylesheets: what one kind of activity draws, another kind's rules leave alone."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

from secondlook.markup import STATIC

SECTION = re.compile(r"/\* ([\w-]+) \*/\n(.*?)/\* end \1 \*/", re.DOTALL)
# Drawn by one kind and borrowed by another on purpose: a sentence, a question, a slider's parts.
BORROWED = {"sl-line", "sl-question", "sl-guess", "sl-scale", "sl-pin", "sl-dialrow"}


def classes(css: str) -> set[str]:
    return set(re.findall(r"\.(sl-[\w-]+)", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)))


def shared(sheets: dict[str, str]) -> dict[str, set[str]]:
    """Class names that the rules of more than one kind speak of, without those of the shell."""
    kinds = {name.removesuffix(".css"): text for name, text in sheets.items() if name != "sl.css"}
    kinds |= dict(SECTION.findall(sheets["sl.css"]))
    shell = classes(SECTION.sub("", sheets["sl.css"]))
    owners = defaultdict(set)
    for kind, text in kinds.items():
        for name in classes(text) - shell - BORROWED:
            owners[name].add(kind)
    return {name: kinds for name, kinds in owners.items() if len(kinds) > 1}


def test_no_two_kinds_style_the_same_class():
    sheets = {path.name: path.read_text(encoding="utf-8") for path in STATIC.glob("*.css")}
    assert len(sheets) > 1 and SECTION.search(sheets["sl.css"])
    assert shared(sheets) == {}


@pytest.mark.parametrize(
    "sheets",
    [
        {
            "sl.css": "/* a */\n.sl-x { top: 0 }\n/* end a */\n/* b */\n.sl .sl-x { top: 1px }\n/* end b */"
        },
        {"sl.css": "/* a */\n.sl-x { top: 0 }\n/* end a */", "b.css": ".sl-x i { top: 0 }"},
    ],
)
def test_a_class_with_two_owners_is_refused(sheets):
    assert set(shared(sheets)) == {"sl-x"}


def test_what_the_shell_styles_any_kind_may_place():
    css = ".sl-x { top: 0 }\n/* a */\n.sl-x i { top: 0 }\n/* end a */\n/* b */\n.sl-x b { top: 0 }\n/* end b */"
    assert shared({"sl.css": css}) == {}
