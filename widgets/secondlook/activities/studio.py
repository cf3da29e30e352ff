"""studio: write a post as an invented person, with a check that reads along.

What the learner types stays in the browser's own storage: the answer that comes back says which
checks passed, as truth values and counts. A draft passes through Python only into the file of "Save
my work", and only if the learner ticked the box there. So there is no free text in the journal, and
the check works with no kernel. Its rules are data: ``safe_messaging.json`` (also for the course's
own texts) and ``studio_checks.json``, both sent to the browser in the spec.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, ClassVar

from secondlook import content, safety
from secondlook.activities import on_paper
from secondlook.activities import studio_sheets as sheets
from secondlook.activities.base import Activity, Record, has_fields, one_of
from secondlook.activities.expected import Expected, of_options
from secondlook.checks import DataError, Problem, repeated, show_value, unknown
from secondlook.js_regex import for_javascript

FILE = "studio_checks.json"
#: Characters of a caption and of a beat, and how many beats a post has.
LIMITS = {"caption": 280, "beat": 90, "fewest": 3, "most": 6, "tags": 4, "early": 80}
#: The checks in the order in which they stand; ``whole`` is that there is a post at all.
CHECKS = ("whole", "wording", "sure", "private", "source", "money", "help")
STARTS = ("fresh", "repair")
VERDICTS = {
    "supported": "backed by evidence",
    "mostly-supported": "mostly backed by evidence",
    "overgeneralised": "true for some, told as if for all",
    "misleading": "leaves a wrong picture",
    "no-good-evidence": "no good evidence for it",
    "not-checkable": "nothing that can be checked",
    "false": "not so",
}


@cache
def checks() -> Record:
    """The studio's own rules.

    Raises:
        DataError: the file cannot be used, or a pattern in it has no twin in a browser.
    """
    raw: Record = content.read_json(FILE)
    problems = content.record_shapes("studio_checks").problems("file", raw, FILE, "the file")
    if not problems:
        listed_rules = [("disclosure", raw["disclosure"])] + [
            (one["id"], one["regex"]) for name in ("overclaim", "private") for one in raw[name]
        ]
        problems = repeated(FILE, "id", [key for key, _ in listed_rules])
        for key, regex in listed_rules:
            try:
                re.compile(regex)
                for_javascript(regex)
            except (re.error, ValueError) as error:
                problems.append(
                    Problem(FILE, key, "regex", f"{show_value(regex)} ({error})",
                            "a pattern that Python and a browser both know")
                )  # fmt: skip
        problems = problems or _unseen(raw["overclaim"])
    if problems:
        raise DataError(problems)
    return raw


def _unseen(rules: list[Record]) -> list[Problem]:
    """Words that the card for paper names and the rule would not find."""
    return [
        Problem(FILE, rule["id"], "words", show_value(words), "words that its regex finds")
        for rule in rules
        for words in rule["words"].split(", ")
        if not safety.find(words, re.compile(rule["regex"], re.IGNORECASE))
    ]


def look(text: str) -> list[tuple[str, str, str]]:
    """What the live check finds in a text: (check, id of the rule, words), as a browser does."""
    found = [("wording", one.rule, one.matched.lower()) for one in safety.check_text(text)]
    for check, name in (("sure", "overclaim"), ("private", "private")):
        for rule in checks()[name]:
            pattern = re.compile(rule["regex"], re.IGNORECASE)
            found += [(check, rule["id"], words) for words in safety.find(text, pattern)]
    return found


def told_early(post: Record) -> bool:
    """Whether a post says who pays where nobody can miss it: first beat, or start of caption."""
    pattern = re.compile(checks()["disclosure"], re.IGNORECASE)
    places = (post["beats"][0], post["caption"][: LIMITS["early"]])
    return any(safety.find(place, pattern) for place in places)


class Studio(Activity):
    """A post to write: a brief, a person to write as, beats, caption, source, help line.

    An answer is ``{"brief": id, "person": id, "start": "fresh" | "repair", "checks": {check:
    bool}, "kept": int, "beats": int}``. ``kept`` counts wordings that the learner looked at and
    kept. An answer with one more field, such as a ``draft``, is refused: no text gets into the
    journal.
    """

    kind: ClassVar[str] = "studio"
    fields: ClassVar[dict[str, str]] = {
        "brief": "which job was picked",
        "person": "which invented person the post is written as",
        "start": "from scratch, or from a post to mend",
        "checks": "for each check, whether the post passed it",
        "kept": "how many wordings were looked at and kept",
        "beats": "how many beats the post has",
        "draft": "a post as it stands in the studio: beats, caption, hashtags, and what was picked",
    }
    texts: ClassVar[frozenset[str]] = frozenset({"draft"})

    def accepts(self, item: Record, answer: Any) -> bool:
        if not has_fields(answer, "brief", "person", "start", "checks", "kept", "beats"):
            return False
        briefs = {one["id"]: one for one in item["briefs"]}
        passed = answer["checks"]
        return (
            one_of(answer["brief"], briefs)
            and one_of(answer["person"], briefs[answer["brief"]]["people"])
            and one_of(answer["start"], STARTS)
            and has_fields(passed, *CHECKS)
            and all(isinstance(one, bool) for one in passed.values())
            and _count(answer["kept"], 0, 99)
            and _count(answer["beats"], LIMITS["fewest"], LIMITS["most"])
        )

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        try:
            checks()
        except DataError as error:
            return error.problems
        found = []
        for item in record["items"]:
            where = f"{record['id']}/{item['id']}"
            found += repeated(file, f"{where}/briefs", [one["id"] for one in item["briefs"]])
            for brief in item["briefs"]:
                found += _brief_problems(brief, item.get("refs", []), file, where)
        return found

    def shown(self) -> Record:
        """The activity with the rules, the people and the claims; nothing has to be asked later."""
        briefs = [one for item in self.record["items"] for one in item["briefs"]]
        people = {
            key: {name: person[name] for name in ("handle", "name", "role", "ties")}
            for brief in briefs
            for key in brief["people"]
            if (person := content.record("creators", key))
        }
        claims = {one["claim"]: content.record("claims", one["claim"]) for one in briefs}
        own = checks()
        travelling = {
            name: [
                {"id": one["id"], "regex": for_javascript(one["regex"]), "say": one["say"]}
                for one in own[name]
            ]
            for name in ("overclaim", "private")
        }
        directory = content.read_json("helplines.json")["directory"]
        return {
            **self.record,
            "people": people,
            "claims": {
                key: {
                    "claim": one["claim"],
                    "verdict": VERDICTS[one["verdict"]],
                    "refs": [ref["key"] for ref in one["references"]],
                }
                for key, one in content.fill(claims).items()
            },
            "wording": safety.for_browser(),
            **travelling,
            "disclosure": for_javascript(own["disclosure"]),
            "help": {"name": directory["name"], "web": directory["web"]},
            "limits": LIMITS,
        }

    def paper_item(self, item: Record) -> str:
        return sheets.paper(item, LIMITS)

    def cards(self) -> list[str]:
        return [sheets.word_card(checks()["overclaim"])]

    def glance(self, item: Record) -> str:
        return "; ".join(
            f"{on_paper.letter(place)} source "
            + on_paper.right_letters(source["good"] for source in one["sources"])
            for place, one in enumerate(item["briefs"])
        )

    def key_item(self, item: Record) -> str:
        return sheets.key(item, {one["id"]: _weak_words(one) for one in item["briefs"]})

    def text_item(self, item: Record) -> str:
        lines = ["Pick one job and write the post as the person it names."]
        for one in item["briefs"]:
            claim = content.fill(content.record("claims", one["claim"]))["claim"]
            lines += [f"{one['title']}: {claim}", *(f"  Known: {fact}" for fact in one["known"])]
        return "\n   ".join(lines)

    def expected(self, item: Record) -> list[Expected]:
        return [
            of_options(f"{one['title']}: the source", one["sources"], right="good")
            for one in item["briefs"]
        ]


def _count(value: Any, low: int, high: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _weak_words(brief: Record) -> list[str]:
    """The wordings in the weak post that the check would stop at, for the key."""
    weak = brief["weak"]
    words = [words for _, _, words in look("\n".join([*weak["beats"], weak["caption"]]))]
    return list(dict.fromkeys(words))


def _brief_problems(brief: Record, refs: list[str], file: str, where: str) -> list[Problem]:
    place = f"{where}/{brief['id']}"
    found = unknown(file, place, "people", [*brief["people"], brief["ours"]["person"]],
                    content.records("creators"), "creators.json")  # fmt: skip
    found += unknown(file, place, "claim", [brief["claim"]], content.records("claims"),
                     "claims.json")  # fmt: skip
    if found:
        return found
    people = {key: content.record("creators", key) for key in brief["people"]}
    claim = content.record("claims", brief["claim"])
    keys = [one["key"] for one in claim["references"]]
    if missing := [key for key in keys if key not in refs]:
        found.append(Problem(file, place, "refs", f"not {', '.join(missing)}",
                             "the references of the claim, in the item's refs"))  # fmt: skip
    if not any(one["ties"] for one in people.values()) or all(
        one["ties"] for one in people.values()
    ):
        found.append(Problem(file, place, "people", "ties for all or for none",
                             "one person who is paid and one who is not"))  # fmt: skip
    good = sum(one["good"] for one in brief["sources"])
    if good != 1:
        found.append(Problem(file, place, "sources.good", f"{good} good", "exactly 1"))
    return found + _post_problems(brief, people, file, place)


def _post_problems(
    brief: Record, people: dict[str, Record], file: str, place: str
) -> list[Problem]:
    """The weak post has something to find and nothing that harms; ours passes every check."""
    found = []
    weak, ours = (
        [one for text in (*post["beats"], post["caption"]) for one in look(text)]
        for post in (brief["weak"], brief["ours"])
    )
    harmful = [words for check, _, words in weak if check != "sure"]
    if harmful:
        found.append(Problem(file, place, "weak", ", ".join(harmful), "overclaims and no more"))
    if len(weak) < 2:
        found.append(Problem(file, place, "weak", f"{len(weak)} overclaims", "two or more"))
    if ours:
        words = ", ".join(words for _, _, words in ours)
        found.append(Problem(file, place, "ours", words, "a post that passes the live check"))
    person = brief["ours"]["person"]
    if person not in people:
        found.append(Problem(file, place, "ours.person", show_value(person), "one of people"))
    elif people[person]["ties"] and not told_early(brief["ours"]):
        found.append(Problem(file, place, "ours", "no word on who pays near the start",
                             "a disclosure in the first beat or early in the caption"))  # fmt: skip
    return found


KIND = Studio
