"""A Python pattern rewritten for a browser: what is kept, what is rewritten, what is refused."""

from __future__ import annotations

import pytest

from secondlook import safety
from secondlook.js_regex import for_javascript


@pytest.mark.parametrize(
    ("pattern", "same"),
    [
        (r"a(?:b|c)+?", r"a(?:b|c)+?"),
        (r"(?<!not )cure(?=d)", r"(?<!not )cure(?=d)"),
        (r"[^.]{0,40}x{2,}", r"[^.]{0,40}x{2,}"),
        (r"\(\[\.\?", r"\(\[\.\?"),
        (r"[!i1*]de", r"[!i1*]de"),
        (r"\u2019\x41\n", r"\u2019\x41\n"),
    ],
)
def test_what_both_languages_share_is_kept(pattern, same):
    assert for_javascript(pattern) == same


def test_words_know_every_alphabet():
    assert for_javascript(r"\w") == r"[\p{L}\p{N}_]"
    assert for_javascript(r"[\w-]") == r"[\p{L}\p{N}_-]"
    assert for_javascript(r"\d\s") == r"\p{Nd}[\s\x1c-\x1f\x85]"
    assert r"(?<=[\p{L}\p{N}_])" in for_javascript(r"\bcat\b")


def test_small_differences_are_rewritten():
    assert for_javascript(r"(?P<one>a)") == "(?<one>a)"
    assert for_javascript(r"a\-b\'c") == "a-b'c"
    assert for_javascript(r"[a\-b]") == r"[a\-b]"
    assert for_javascript("a{b}]") == r"a\{b\}\]"


@pytest.mark.parametrize(
    "pattern",
    [r"\Aa", r"a\Z", r"\Ba", r"(?i)a", r"(?>a)", r"(?(1)a|b)", r"(?#x)a", r"(?P=one)", r"a++",
     r"a{1,2}+", r"[]a]", r"[\b]", r"\1", r"[\W]", r"[\S]"],
)  # fmt: skip
def test_what_has_no_twin_is_refused(pattern):
    with pytest.raises(ValueError, match="at "):
        for_javascript(pattern)


def test_an_escaped_sign_before_a_plus_is_no_possessive():
    assert for_javascript(r"\++") == r"\++"


def test_every_rule_of_the_course_can_travel():
    sent = safety.for_browser()
    assert [one["id"] for one in sent["rules"]] == [one.id for one in safety.rules()]
    assert all(one["say"] and one["level"] in ("block", "warn") for one in sent["rules"])
    assert "prefer" not in sent["rules"][0] and sent["crisis"]
