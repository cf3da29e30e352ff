"""studio: its own rules, its briefs, and that no free text can reach the journal."""

from __future__ import annotations

import html
import json

import pytest
import textstat

from secondlook import content, safety
from secondlook.activities import problems, studio
from secondlook.checks import DataError

LOUD = {
    "cure": ["This cures panic.", "a cure", "cured at last"],
    "repair": ["It heals you.", "fix your focus", "resets the brain", "rewires it"],
    "always": ["It always helps.", "never again", "every single time", "no exceptions"],
    "everyone": ["Everyone with ADHD", "nobody needs it", "all teens", "anyone who worries"],
    "proof": ["It is proven.", "100% safe", "guaranteed", "works for all"],
    "only": ["the only way", "the best trick", "can only mean one thing"],
    "speed": ["instantly", "gone in 24 hours", "forever", "calm in seconds"],
    "reader": ["That means you have it.", "it means you're autistic", "you probably have trauma"],
    "will": ["It will help.", "this will make you calm"],
    "natural": ["It is natural.", "all-natural", "chemical-free"],
    "secret": ["a secret trick", "what doctors won't tell you", "they don't want you to know"],
}
PRIVATE = {
    "mail": ["write to kit@desk.example"],
    "phone": ["call 020 7946 0018", "+44 (0)20-7946-0018"],
    "link": ["see https://desk.example/x", "www.desk.example"],
    "account": ["ask @juno.lost.her.bus", "(@kit)"],
}
QUIET = """
There is no cure, and it may still help some.
It is not a cure.
In one study, some adults slept a bit better.
Ask a doctor if it goes on for weeks.
Many people find it calming. We do not know why.
It helped me, and that is one story.
She counted 25 videos on 2 days in 2023.
Dopamine detox is a silly name.
""".strip().splitlines()


@pytest.fixture
def fresh_checks():
    studio.checks.cache_clear()
    yield
    studio.checks.cache_clear()


def found(text, check):
    return {rule for name, rule, _ in studio.look(text) if name == check}


def brief(record, at=0):
    return record["items"][0]["briefs"][at]


# --- the rules ------------------------------------------------------------------------------------


def test_every_rule_has_its_examples():
    assert LOUD.keys() == {one["id"] for one in studio.checks()["overclaim"]}
    assert PRIVATE.keys() == {one["id"] for one in studio.checks()["private"]}


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in LOUD for text in LOUD[rule]])
def test_a_loud_word_is_found(rule, text):
    assert rule in found(text, "sure")


@pytest.mark.parametrize(("rule", "text"), [(r, text) for r in PRIVATE for text in PRIVATE[r]])
def test_a_private_detail_is_found(rule, text):
    assert rule in found(text, "private")


@pytest.mark.parametrize("text", QUIET)
def test_quiet_wording_passes(text):
    assert studio.look(text) == []


def test_the_wording_rules_of_the_course_are_part_of_it():
    assert found("a suicide epidemic", "wording") == {"S05"}


def test_what_the_rules_say_breaks_none_of_them_and_is_easy_to_read():
    told = [one["say"] for name in ("overclaim", "private") for one in studio.checks()[name]]
    for text in told:
        assert [one for one in safety.check_text(text) if one.level == "block"] == []
    assert float(textstat.flesch_kincaid_grade(" ".join(told))) <= 8


@pytest.mark.parametrize(
    ("beat", "caption", "early"),
    [
        ("I sell a course.", "x", True),
        ("x", "Ad: paid by a tea brand. And then.", True),
        ("x", "y" * 90 + " paid by a tea brand", False),
        ("An addict of tea", "an advantage", False),
        ("x", "#ad and more", True),
    ],
)
def test_a_disclosure_is_early_or_it_is_not(beat, caption, early):
    assert studio.told_early({"beats": [beat, "sponsored"], "caption": caption}) is early


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda raw: raw["overclaim"][0].update(regex="(unclosed"), "cure: field regex"),
        (lambda raw: raw["private"][0].update(regex=r"\Amail"), "mail: field regex"),
        (lambda raw: raw.update(disclosure=r"(?i)ad"), "disclosure: field regex"),
        (lambda raw: raw["overclaim"][1].update(id="cure"), "an id used only once"),
        (lambda raw: raw["overclaim"].clear(), "overclaim"),
        (lambda raw: raw["private"][0].pop("say"), "say"),
        (lambda raw: raw["overclaim"][0].pop("words"), "words"),
        (lambda raw: raw["overclaim"][0].update(words="cured, healed"), "cure: field words"),
    ],
)
def test_broken_rules_are_refused(spoil, said, small_course, fresh_checks, record):
    path = small_course / studio.FILE
    raw = json.loads(path.read_text(encoding="utf-8"))
    spoil(raw)
    path.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(DataError, match=said):
        studio.checks()
    assert studio.KIND.problems(record("write-it"), "f.json")


# --- the briefs -----------------------------------------------------------------------------------


def test_the_fixture_is_sound(small_course):
    assert list(map(str, problems(12))) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda one: one.update(people=["mo", "ada"]), "people: found 'ada'"),
        (lambda one: one.update(claim="panic-9"), "claim: found 'panic-9'"),
        (lambda one: one.update(people=["mo", "mo"]), "one person who is paid and one who is not"),
        (lambda one: one["sources"][0].update(good=True), "2 good; allowed: exactly 1"),
        (lambda one: one["weak"].update(caption="c", beats=["a", "b", "c"]), "two or more"),
        (lambda one: one["weak"].update(caption="What a psycho."), "overclaims and no more"),
        (lambda one: one["weak"].update(caption="Mail kit@desk.example"), "overclaims and no more"),
        (lambda one: one["ours"].update(caption="It always works."), "passes the live check"),
        (lambda one: one["ours"].update(beats=["a", "b", "c"], caption="d"), "a disclosure in the"),
        (lambda one: one.update(id="pens"), "an id used only once"),
    ],
)
def test_a_bad_brief_is_refused(change, said, refused):
    assert said in refused("write-it", lambda record: change(brief(record)))


def test_the_sources_of_a_claim_stand_in_the_item(refused):
    said = refused("write-it", lambda record: record["items"][0].update(refs=["doe2020"]))
    assert "field refs: found not agency2021" in said


def test_the_person_of_our_post_is_one_of_the_people(refused):
    said = refused("write-it", lambda record: brief(record).update(people=["kit", "mo"])
                   or brief(record)["ours"].update(person="leon"))  # fmt: skip
    assert "found 'leon'" in said


def test_the_shipped_briefs_are_easy_to_read_and_pass_their_own_check():
    for number in content.syllabus():
        for one in content.activities(number).values():
            if one["kind"] == "studio":
                assert studio.KIND.problems(one, "f.json") == []


# --- no free text ---------------------------------------------------------------------------------


def test_an_answer_has_no_room_for_text(make, notes):
    journal = notes()
    widget = make("write-it", journal)
    good = {"brief": "panic", "person": "kit", "start": "fresh", "kept": 0, "beats": 3,
            "checks": dict.fromkeys(studio.CHECKS, True)}  # fmt: skip
    typed = "my own private words"
    for wrong in (
        {**good, "caption": typed},
        {**good, "checks": {**good["checks"], "caption": True}},
        {**good, "checks": {**good["checks"], "whole": typed}},
        {**good, "start": typed},
        {**good, "kept": typed},
        {**good, "beats": [typed]},
    ):
        widget.set_state({"state": {"rev": 1, "items": {"post": wrong}}})
    assert journal.lines == []
    widget.set_state({"state": {"rev": 2, "items": {"post": good}}})
    assert journal.lines == [("post", good)]


def test_the_person_must_belong_to_the_brief(make):
    widget = make("write-it")
    (entry,) = widget.record["items"]
    entry["briefs"][1]["people"] = ["mo"]
    answer = {"brief": "pens", "person": "kit", "start": "fresh", "kept": 0, "beats": 3,
              "checks": dict.fromkeys(studio.CHECKS, True)}  # fmt: skip
    assert not widget.accepts(entry, answer)
    assert widget.accepts(entry, {**answer, "person": "mo"})


def test_the_rules_travel_without_what_is_for_authors(make):
    spec = make("write-it").spec
    assert len(spec["wording"]["rules"]) == len(safety.rules())
    assert "Presents death as" not in json.dumps(spec)
    assert spec["help"]["web"].startswith("https://")


def test_the_sheet_has_the_job_and_the_key_the_fair_post(make):
    widget = make("write-it")
    paper, key = widget.paper(), widget.key()
    assert "known-one" in paper and "This trick always works." in paper and "☐ My cousin" in paper
    assert "why-ours" not in paper and "peaks and passes. " not in paper
    assert "why-ours" in key and "The weak post says:</b>" in key and "“always”" in key
    assert paper.count("<figure>") == studio.LIMITS["most"] and "☑" not in paper
    assert key.count("☑") == len(widget.record["items"][0]["briefs"])


def test_the_sheet_has_a_checklist_in_the_order_of_the_screen(make):
    from secondlook.activities.studio_sheets import CHECKLIST

    paper = html.unescape(make("write-it").paper())
    assert len(CHECKLIST) == len(studio.CHECKS)
    assert all(one in paper for one in CHECKLIST)


def test_the_word_card_has_every_rule_and_its_question(make):
    (card,) = make("write-it").cards()
    for rule in studio.checks()["overclaim"]:
        assert rule["words"] in html.unescape(card) and rule["say"] in html.unescape(card)


def test_what_is_for_paper_does_not_travel_to_the_browser(make):
    assert "words" not in make("write-it").spec["overclaim"][0]
