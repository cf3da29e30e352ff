"""The wording rules in a real browser find what they find in Python, text by text.

Like test_safety.py this file borrows bad examples on purpose; none is ever shown to a learner.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from secondlook import content, safety
from secondlook.markup import STATIC

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import test_safety as examples

LOAD = """async ([source, sent]) => {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  window.wording = await import(url);
  window.rules = window.wording.compiled(sent.rules);
  window.crisis = sent.crisis;
}"""
FIND = """texts => texts.map((text) => [
  window.wording.findings(text, window.rules).map((one) => one.rule.id + " " + one.matched.toLowerCase()).sort(),
  window.wording.finds(text, window.crisis)])"""

HIDDEN = [
    "He committed **suicide**.", "He *committed* _suicide_.", "He committed <b>suicide</b>.",
    "He committed<br>suicide.", "He committed&nbsp;suicide.", "He committed\n    suicide.",
    "He committed\u00a0suicide.", "He com\u00admitted sui\u200bcide.", "HE COMMITTED SUICIDE",
    "<!-- He committed suicide. -->", '<img alt="He committed suicide.">', "She\u2019s bipolar.",
    "self\u2011harmers", "su!c1de and s**cide", "comm&#105;tted suicide", "a &lt;b&gt; of it",
    "caf&eacute; psycho&copy;", "He committed\u202fsuicide", "suicide\x85note", "skip\x1cmeals",
]  # fmt: skip
ALPHABETS = [
    "\u00e9cutters", "cutters\u00e9", "na\u00efvepsycho", "psycho\u00e9", "\u0438psycho", "psycho\u4e2d",
    "_psycho_", "psycho_", "5psycho", "\u0665 kg", "\u0663\u0668 kg", "38\u2009kg", "\U0001f600psycho\U0001f600",
    "psycho\u0301", "PSYCHO", "\u017fo ocd", "so ocd\u0130", "\u00b2psycho", "\u2167psycho", "kys\u200d", "\U0001d552psycho",
]  # fmt: skip


def corpus() -> list[str]:
    """Bad and neutral examples, ways to hide a wording, and every text of the shared records."""
    texts = [text for each in examples.BAD.values() for text in each]
    texts += [*examples.NEUTRAL, *HIDDEN, *ALPHABETS]
    texts += [f"x {text} y" for text in ALPHABETS]
    texts += [rule.prefer for rule in safety.rules()] + [rule.say for rule in safety.rules()]
    for name in ("posts", "claims", "creators"):
        texts += [text for _, text in safety.strings_of_json(content.read_json(f"{name}.json"))]
    return list(dict.fromkeys(texts))


@pytest.fixture
def wording(page: Any) -> Any:
    source = (STATIC / "wording.js").read_text(encoding="utf-8")
    page.goto("about:blank")
    page.evaluate(LOAD, [source, safety.for_browser()])
    return page


def test_every_rule_finds_its_bad_examples_in_the_browser(wording):
    for rule, texts in examples.BAD.items():
        for text, (found, _) in zip(texts, wording.evaluate(FIND, texts), strict=True):
            assert rule in [one.split(" ")[0] for one in found], text


def test_browser_and_python_find_the_same(wording):
    texts = corpus()
    assert len(texts) > 1500
    told = wording.evaluate(FIND, texts)
    for text, (found, crisis) in zip(texts, told, strict=True):
        here = sorted({f"{one.rule} {one.matched.lower()}" for one in safety.check_text(text)})
        assert found == here, repr(text)
        assert crisis == safety.mentions_crisis(text), repr(text)
    assert sum(bool(found) for found, _ in told) > 150


def test_a_typed_quotation_mark_waives_nothing(wording):
    text = "<!-- quoted-example -->He committed suicide.<!-- /quoted-example -->"
    assert safety.check_text(text) == []
    ((found, _),) = wording.evaluate(FIND, [text])
    assert found == ["S01 committed suicide"]


def test_a_long_text_is_read_in_no_time(wording):
    """Each key pressed in the studio asks for this; a tenth of a second would be felt."""
    text = "Some people say that it may help a bit, and she was told to ask. " * 12
    took = wording.evaluate(
        """text => { const from = performance.now();
        for (let n = 0; n < 10; n += 1) window.wording.findings(text, window.rules);
        return (performance.now() - from) / 10; }""",
        text,
    )
    assert took < 100
