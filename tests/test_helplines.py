"""The help lines: every one can be reached, and comes from somewhere that may be shown."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest

from secondlook import content, pages, safety

FIELDS = {"name", "phone", "text", "web", "hours", "who_for", "source", "confidence"}
# Lists of other people's lines, mirrors, document hosts and news: they lag behind the operator.
NOT_AN_OPERATOR = re.compile(
    r"(?:^|\.)(?:findahelpline|throughlinecare|befrienders|wikipedia|opencounseling|progress|"
    r"docslib|scribd|docplayer|readkong|globalgiving|pressreader|bardy|pastebin|github|"
    r"blogspot|facebook|instagram|internationalmentalhealth|contactlistens)\.|"
    r"(?:news|times|herald|newspaper|echo)[a-z-]*\."
)
PHONE = re.compile(r"\+?[0-9][0-9 -]{1,14}[0-9]")
TEXT = re.compile(r"(?:[A-Z]{2,10} to )?\+?[0-9][0-9 ]{2,14}")
EMERGENCY = re.compile(
    r"[0-9]{3,5}(?:(?: or |, or )[0-9]{3}(?: from a mobile)?)?(?: \(ambulance\))?"
)
# Found stale or in conflict when the list was made.
WRONG = ["8009312237", "0909991", "0800221234", "08008002000", "09179898727", "07860039967"]


def problems(known: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the file, in words."""
    for field in ("checked", "how", "directory", "countries"):
        if not known.get(field):
            yield f"no {field}"
            return
    if list(known).index("directory") > list(known).index("countries"):
        yield "the directory does not come first"
    if date.fromisoformat(known["checked"]) > date.today():
        yield "checked in the future"
    if not known["directory"]["web"].startswith("https://"):
        yield "the directory has no address"
    codes = [country["code"] for country in known["countries"]]
    if len(set(codes)) != len(codes):
        yield "a country stands twice"
    for country in known["countries"]:
        if not re.fullmatch("[A-Z]{2}", country["code"]) or not country["country"]:
            yield f"country {country['code']!r}"
        emergency = country["emergency"]
        if emergency is not None and not EMERGENCY.fullmatch(emergency):
            yield f"{country['code']}: emergency {emergency!r}"
        if not country["lines"]:
            yield f"{country['code']}: no lines"
        for line in country["lines"]:
            for wrong in line_problems(line):
                yield f"{country['code']} {line.get('name')}: {wrong}"


def line_problems(line: dict[str, Any]) -> Iterator[str]:
    if line.keys() != FIELDS:
        yield f"fields {sorted(line.keys() ^ FIELDS)}"
        return
    if not line["name"] or not line["who_for"]:
        yield "no name or nobody it is for"
    if not (line["phone"] or line["text"] or line["web"]):
        yield "no way to reach it"
    if line["confidence"] not in ("high", "medium"):
        yield f"confidence {line['confidence']!r}"
    if line["phone"] is not None:
        for part in re.split(r" or | then option [0-9]$", line["phone"]):
            if part and not PHONE.fullmatch(part):
                yield f"phone {line['phone']!r}"
    if line["text"] is not None and not TEXT.fullmatch(line["text"]):
        yield f"text {line['text']!r}"
    for field in ("web", "source"):
        address = line[field]
        if address is None:
            continue
        parts = urlsplit(address)
        if parts.scheme != "https" or not parts.netloc or " " in address:
            yield f"{field} {address!r}"
        if NOT_AN_OPERATOR.search(parts.netloc):
            yield f"{field} is not the operator's page: {address}"
    digits = re.sub("[^0-9]", "", f"{line['phone']}{line['text']}")
    if any(wrong in digits for wrong in WRONG):
        yield "a number known to be wrong"


def shipped() -> dict[str, Any]:
    return copy.deepcopy(content.read_json("helplines.json"))


def test_every_line_can_be_reached():
    assert list(problems(shipped())) == []


def test_the_countries_of_the_course_are_there():
    known = shipped()
    assert {country["code"] for country in known["countries"]} >= {
        "US", "CA", "GB", "IE", "AU", "NZ", "IN", "ZA",
    }  # fmt: skip
    assert known["directory"]["web"] == "https://findahelpline.com"
    assert sum(len(country["lines"]) for country in known["countries"]) >= 30


def test_the_wording_is_safe():
    for where, text in safety.strings_of_json(shipped()):
        assert [one for one in safety.check_text(text, where) if one.level == "block"] == []


def test_the_directory_is_shown_before_any_country_and_so_is_the_day():
    block = pages.help_block()
    known = shipped()
    assert block.index(known["directory"]["web"]) < block.index(known["countries"][0]["country"])
    assert known["checked"] in block
    assert known["directory"]["web"] in pages.help_text()
    assert known["checked"] in pages.help_text()


@pytest.mark.parametrize("confidence", ["low", "", None, "sure"])
def test_a_line_of_low_confidence_does_not_fit_the_schema(confidence):
    shapes = content.record_shapes("helplines")
    line = _first(shipped())
    assert not shapes.problems("line", line, "helplines.json", "x")
    line.update(confidence=confidence)
    assert shapes.problems("line", line, "helplines.json", "x")


def _first(known):
    return known["countries"][0]["lines"][0]


BAD = {
    "no way": lambda known: _first(known).update(phone=None, text=None, web=None),
    "phone is words": lambda known: _first(known).update(phone="call us any time"),
    "phone with a stray word": lambda known: _first(known).update(phone="13 11 14 (old)"),
    "phone too short": lambda known: _first(known).update(phone="1"),
    "keywords left in": lambda known: _first(known).update(text="741741 (keywords seen: MHA)"),
    "a remark in web": lambda known: _first(known).update(web="https://example.org (page seen)"),
    "not https": lambda known: _first(known).update(web="http://example.org"),
    "a list of lines": lambda known: _first(known).update(web="https://findahelpline.com/AU"),
    "a mirror": lambda known: _first(known).update(source="https://x1.p.bardy.io/help"),
    "a newspaper": lambda known: _first(known).update(source="https://www.hopetimes.com/help"),
    "a number of the past": lambda known: _first(known).update(phone="800-931-2237"),
    "no field": lambda known: _first(known).pop("hours"),
    "an extra field": lambda known: _first(known).update(note="x"),
    "nobody": lambda known: _first(known).update(who_for=""),
    "no day": lambda known: known.update(checked=""),
    "a day to come": lambda known: known.update(checked="2999-01-01"),
    "no directory": lambda known: known.pop("directory"),
    "the directory last": lambda known: known.update(directory=known.pop("directory")),
    "low confidence": lambda known: _first(known).update(confidence="low"),
    "no confidence": lambda known: _first(known).pop("confidence"),
    "a country twice": lambda known: known["countries"].append(known["countries"][0]),
    "an empty country": lambda known: known["countries"][0].update(lines=[]),
    "emergency is words": lambda known: known["countries"][0].update(emergency="the police"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_list_is_refused(name):
    known = shipped()
    BAD[name](known)
    assert list(problems(known))
