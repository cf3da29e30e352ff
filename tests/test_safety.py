"""The wording rules.

THIS FILE CONTAINS BAD EXAMPLES ON PURPOSE: each rule is shown a wording that it must refuse.
Nothing here is ever shown to learners; the file is exempt from the wording checks, as is the
rules file itself.
"""

from __future__ import annotations

import json

import pytest

from secondlook import content, safety
from secondlook.checks import DataError
from secondlook.safety import check_text, mentions_crisis, rules

# --- rule by rule --------------------------------------------------------------------------------

BAD = {
    "S01": ["He committed suicide.", "people who commit suicide", "She commits  suicide"],
    "S02": [
        "a successful suicide",
        "an unsuccessful attempt",
        "the suicide attempt was successful",
    ],
    "S03": ["a failed suicide attempt", "a failed attempt", "a suicide bid"],
    "S04": ["She completed suicide."],
    "S05": ["a suicide epidemic", "an epidemic of suicide", "suicide rates are skyrocketing"],
    "S06": ["That post was career suicide.", "a suicide mission"],
    "S07": ["He killed himself."],
    "S08": ["She chose to die.", "He decided to end his life."],
    "S09": ["Suicide is selfish.", "a coward who thinks of suicide", "took the easy way out"],
    "S10": ["He is finally at peace.", "She is in a better place now."],
    "S11": ["a painless way to die", "a quick death", "a way out of the pain"],
    "S12": ["suicide because of a break-up", "He was bullied by them to suicide."],
    "S13": ["They read her suicide note.", "a goodbye video", "his last text before"],
    "S14": ["It was a cry for help.", "She is attention-seeking."],
    "S15": ["self-harmers", "He is a cutter."],
    "S16": ["He overdosed on them.", "jumped off a bridge", "razor blades"],
    "S17": ["unalive", "su!c1de", "s**cide", "kys"],
    "M01": ["She suffers from depression.", "a victim of mental illness"],
    "M02": ["He is a schizophrenic.", "She's bipolar.", "some anorexics", "the depressives"],
    "M03": ["the mentally ill", "mental patients", "mentally ill teens"],
    "M04": ["What a psycho.", "lunatics", "a deranged nutter"],
    "M05": ["That is insane.", "crazy numbers"],
    "M06": ["I am so OCD about pens.", "lowkey ADHD"],
    "M07": ["a bipolar feed"],
    "M08": ["happy pills", "my shrink", "a mental institution", "grippy sock"],
    "M09": ["high-functioning", "He is on the spectrum."],
    "M10": ["normal people"],
    "M11": ["Kids faking tics online", "posers with ADHD"],
    "M12": ["You probably have ADHD.", "Your friend clearly has depression."],
    "M13": ["a narcissist", "gaslighting", "red flags"],
    "E01": ["She weighed 38 kg.", "lost 20 pounds"],
    "E02": ["500 calories a day", "a BMI of 16", "size zero"],
    "E03": ["#thinspo", "pro-ana"],
    "E04": ["before-and-after photos", "looked skeletal"],
    "E05": ["a cheat day", "clean eating"],
    "E06": ["Anorexia is a lifestyle choice.", "bulimia is just a phase"],
    "E07": ["He was purging.", "laxatives", "skipping meals"],
    "D01": ["drug users", "She is an alcoholic.", "junkies"],
    "D02": ["substance abuse"],
    "D03": ["He got clean.", "cold turkey"],
    "C01": ["This cures your anxiety.", "instantly heals"],
    "C02": ["Studies show it works."],
    "P01": ["Describe your own mental health.", "Write about a time when you felt depressed"],
    "P02": ["Have you ever felt depressed?", "Have you been diagnosed?"],
    "P03": ["Do you often feel anxious?"],
}
LEVELS = {rule.id: rule.level for rule in rules()}
NEVER = ["S11", "S16", "E01", "E02", "E07", "P01", "P02"]  # not even in a quotation

NEUTRAL = """
She took a second look at the post.
He died by suicide in 2019, and his sister speaks about help.
A friend who self-harms needs an adult who listens.
People who live with an eating disorder do get better.
She has bipolar disorder and makes films about it.
The survey asked teens with a depressive episode who got care.
What it is called is bipolar disorder.
He survived a suicide attempt and now trains helpers.
The sample size was 25 videos, rated by 7 people.
The interval shrinks when the sample grows.
It costs 20 dollars and lasts 45 minutes.
Psychology, psychotherapy and psychosis are words in this lesson.
A psychologist is trained; a coach may not be.
The study by Cheng and others (2025) shows 64 sound videos.
Exercise may help some people with low mood.
Some say it worked for them, and that may be true.
The clip says "everyone", and everyone is a big word.
Ask who made it, how they know, and what they sell.
Talk to a school counsellor or a person you trust.
A label is not a full picture of a person.
The comment got 900 likes in 2 hours.
She failed the driving test and passed the next one.
The committee made a decision on Monday.
He is completing the form.
The weather was cold and the turkey sandwich was fine.
We compared clinicians with other creators.
What could Sam do next?
Have you ever shared a post without reading it?
Do you often check who wrote a post?
Describe the claim in your own words.
The therapist said the feeling rises and then falls.
A quick way to check is to open a second tab.
The hero of the film has no superpower.
The post names no study at all.
Water and sleep matter, and they are not the whole story.
The average was pulled up by one viral video.
""".strip().splitlines()


def found(text: str, **more) -> list[str]:
    return [one.rule for one in check_text(text, **more)]


def test_every_rule_has_its_bad_examples():
    assert BAD.keys() == LEVELS.keys()
    assert sum(level == "block" for level in LEVELS.values()) >= 20


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in BAD for text in BAD[rule]])
def test_a_bad_wording_is_found(rule, text):
    findings = {one.rule: one for one in check_text(text, where="here")}
    assert rule in findings
    assert findings[rule].level == LEVELS[rule] and findings[rule].where == "here"
    assert findings[rule].matched.lower() in text.lower() and findings[rule].prefer


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_the_preferred_wording_passes(rule):
    assert [one for one in check_text(rule.prefer) if one.level == "block"] == []
    assert rule.id not in found(rule.prefer)


@pytest.mark.parametrize("text", NEUTRAL)
def test_neutral_wording_passes(text):
    assert check_text(text) == []


def test_there_are_enough_neutral_sentences():
    assert len(NEUTRAL) >= 30


# --- quotations ----------------------------------------------------------------------------------

OPEN, CLOSE = "<!-- quoted-example -->", "<!-- /quoted-example -->"


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in BAD for text in BAD[rule]])
def test_a_marked_quotation_is_waived_only_where_the_rule_allows(rule, text):
    waived = rule not in NEVER
    assert (rule not in found(text, quoted=True)) == waived
    assert (rule not in found(f"A post says: {OPEN}{text}{CLOSE} What is wrong?")) == waived


@pytest.mark.parametrize(
    "text",
    [
        "> He committed suicide.",  # a Markdown quote is no mark
        '"He committed suicide."',
        f"{OPEN}He committed suicide.",  # never closed
        f"{OPEN}fine{CLOSE} He committed suicide.",
        f"He committed {OPEN}suicide{CLOSE}",  # half of it outside
        f"{OPEN}He committed{CLOSE} suicide",
        f"{CLOSE}He committed suicide.{OPEN}",
        f"{OPEN}He committed suicide. {OPEN}fine{CLOSE}",
    ],
)
def test_what_is_not_a_marked_quotation_is_not_waived(text):
    assert "S01" in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "He committed **suicide**.",
        "He *committed* _suicide_.",
        "He committed <b>suicide</b>.",
        "He committed<br>suicide.",
        "He committed&nbsp;suicide.",
        "He committed\n    suicide.",
        "He committed\u00a0suicide.",
        "He com\u00admitted sui\u200bcide.",
        "HE COMMITTED SUICIDE",
        "<!-- He committed suicide. -->",
        '<img alt="He committed suicide.">',
    ],
)
def test_markup_does_not_hide_a_wording(text):
    assert "S01" in found(text)


def test_typographic_characters_do_not_hide_a_wording():
    assert "M02" in found("She\u2019s bipolar.")
    assert "S15" in found("self\u2011harmers")


def test_a_finding_can_be_read():
    (finding,) = check_text("He committed suicide.", where="posts.json: p1")
    assert str(finding) == (
        "posts.json: p1: S01 (block): 'committed suicide'; "
        "prefer: died by suicide / took their own life"
    )


# --- the pair rule -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "suicide", "suicidal thoughts", "self-harm", "self harm", "self\u2011harm",
        "an eating disorder", "Anorexia", "bulimic", "binge eating", "unalive", "hurting herself",
        "took his own life", "end my life", "**self**-harm", "self-injury",
    ],
)  # fmt: skip
def test_a_crisis_is_noticed(text):
    assert mentions_crisis(f"The post talks about {text} today.")


@pytest.mark.parametrize(
    "text", ["low mood", "eating lunch", "a harmless joke", "the end of life on Mars", "killed it"]
)
def test_no_crisis_is_made_up(text):
    assert not mentions_crisis(f"The post talks about {text} today.")


# --- the rules file ------------------------------------------------------------------------------


def test_rules_are_not_read_before_they_are_needed():
    import subprocess
    import sys
    from pathlib import Path

    code = "from secondlook import safety; assert safety.rules.cache_info().currsize == 0"
    widgets = Path(safety.__file__).parents[1]
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": str(widgets)})


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rule: rule.update(level="maybe"), "field level: found 'maybe'; allowed: block or"),
        (lambda rule: rule.update(regex="(unclosed"), "field regex"),
        (lambda rule: rule.update(regex="x*"), "needs some text"),
        (lambda rule: rule.update(regex=None), "field regex"),
        (lambda rule: rule.update(allow_in=["anywhere"]), "field allow_in"),
        (lambda rule: rule.pop("prefer"), "item S01"),
        (lambda rule: rule.update(note="x"), "item S01"),
    ],
)
def test_a_broken_rule_is_refused(monkeypatch, tmp_path, change, said):
    data = json.loads((content.data_dir() / safety.RULES_FILE).read_text(encoding="utf-8"))
    change(data["rules"][0])
    with pytest.raises(DataError, match=said):
        _with_rules(monkeypatch, tmp_path, data)


@pytest.mark.parametrize("data", [[], {}, {"rules": []}, {"rules": "S01"}])
def test_no_rules_is_not_a_pass(monkeypatch, tmp_path, data):
    with pytest.raises(DataError, match="field rules"):
        _with_rules(monkeypatch, tmp_path, data)


def test_a_missing_rules_file_is_not_a_pass(monkeypatch, tmp_path):
    monkeypatch.setenv("SECONDLOOK_DATA", str(tmp_path))
    safety.rules.cache_clear()
    try:
        with pytest.raises(DataError, match=r"safe_messaging\.json"):
            check_text("anything")
    finally:
        safety.rules.cache_clear()


def _with_rules(monkeypatch, tmp_path, data):
    (tmp_path / safety.RULES_FILE).write_text(json.dumps(data), encoding="utf-8")
    monkeypatch.setenv("SECONDLOOK_DATA", str(tmp_path))
    safety.rules.cache_clear()
    try:
        check_text("anything")
    finally:
        safety.rules.cache_clear()


def test_sources_are_the_guidance_itself():
    for rule in json.loads((content.data_dir() / safety.RULES_FILE).read_text())["rules"]:
        for address in rule["source"]:
            assert address.startswith("https://")
            assert not any(word in address for word in ("docslib", "dokumen", "cisco", "test."))


# --- finding the texts ---------------------------------------------------------------------------


def test_strings_of_json():
    value = {"a": ["one", {"b": "two"}, 3, None, True], "c": {"d": []}}
    texts = dict(safety.strings_of_json(value))
    assert texts["$.a[0]"] == "one" and texts["$.a[1].b"] == "two"
    assert {"a", "b", "c", "d"} <= set(texts.values()) and len(texts) == 6


JS = r"""
// 'comment one' is not said
/* "comment two" nor `three` */
const a = "double \"quoted\" text", b = 'single \'quoted\' text';
const c = `template ${count} of ${list.map((x) => `inner ${x} "kept"`).join(", ")} end`;
const d = "joined " + 'to' +
    " this" /* here */ + `and ${n}`;
const e = "caf\u00e9 \u{1F989} \x41\n\ttab";
const f = text.replace(/["'`]/g, "&quot;").split(/\//);
const g = width / 2 + "px" + height / 3;
const h = `with { braces } and \`ticks\` and \${not} one`;
const i = cond ? /'x/ : "after a regex";
function j() { return /`/.test(s) && 'last one'; }
const k = {"key": 'value', other: [`x`, "y"]};
const l = `outer ${fn({a: "object in it", b: {c: `deep ${1}`}})} tail`;
"""


def test_strings_of_javascript():
    texts = list(safety.strings_of_javascript(JS))
    assert not any("comment" in text for text in texts)
    for expected in [
        'double "quoted" text', "single 'quoted' text", "template {} of {} end", 'inner {} "kept"',
        ", ", "joined to thisand {}", "café 🦉 A\n\ttab", "&quot;", "px",
        "with { braces } and `ticks` and ${not} one", "after a regex", "last one",
        "key", "value", "x", "y", "outer {} tail", "object in it", "deep {}",
    ]:  # fmt: skip
        assert expected in texts, expected
    assert len(texts) == 21 - 2


@pytest.mark.parametrize(
    "source",
    [
        'x = "He committed suicide."',
        "x = 'He committed suicide.'",
        "x = `He committed suicide.`",
        'x = "He committed " + "suicide."',
        "x = 'He committed ' +\n  `suicide.`",
        r'x = "He committed \u0073uicide."',
        r'x = "He committed \x73uicide."',
        "x = `${f(`He committed suicide.`)}`",
        "x = `${f({a: 'He committed suicide.'})}`",
        "x = s.replace(/[\"']/g, '') + ' He committed suicide.'",
        "x = a / b; y = 'He committed suicide.'; z = c / d",
        "// it's a comment\nx = 'He committed suicide.'",
        "x = { 'He committed suicide.': 1 }",
        "x = 'He committed \\\nsuicide.'",
        "x = 'He committed suicide.",
    ],
)
def test_no_wording_hides_in_javascript(source):
    texts = list(safety.strings_of_javascript(source))
    if source.endswith("."):  # never closed, so not JavaScript; it must not hang or raise
        return
    assert any("S01" in found(text) for text in texts)


@pytest.mark.parametrize("source", ["", "`", "`${", "`${`", "'", "/", "/*", "\\", "a}}}", "`a${b}"])
def test_broken_javascript_does_not_hang(source):
    assert isinstance(list(safety.strings_of_javascript(source)), list)


def test_strings_of_notebook():
    notebook = {
        "metadata": {"title": "a title"},
        "cells": [
            {"cell_type": "markdown", "source": ["# Head", "ing\n", "prose"], "metadata": {}},
            {
                "cell_type": "code",
                "source": "x = 'caf\\u00e9' f'{y} tea' # why\n",
                "metadata": {"tags": ["a tag"]},
                "outputs": [
                    {"output_type": "stream", "text": ["printed ", "text"]},
                    {"output_type": "display_data", "data": {"text/html": ["<p>ta", "ble</p>"]}},
                    {"output_type": "display_data", "data": {"application/json": {"k": ["v"]}}},
                ],
            },
            {"cell_type": "code", "source": "%magic that is not Python", "outputs": []},
            {"cell_type": "markdown", "source": "x", "attachments": {"file name.png": {}}},
        ],
    }
    texts = [text for _, text in safety.strings_of_notebook(notebook)]
    for expected in [
        "a title", "# Heading\nprose", "a tag", "printed text", "<p>table</p>", "v",
        "%magic that is not Python", "file name.png",
    ]:  # fmt: skip
        assert expected in texts, expected
    assert any("# why" in text for text in texts)


@pytest.mark.parametrize(
    "code",
    [
        "print('He committed suicide.')",
        "print('He committed ' 'suicide.')",
        r"print('He committed \u0073uicide.')",
        "# He committed suicide.",
        "%magic He committed suicide.",
        '"""He committed suicide."""',
        "x = f'He committed suicide {why}'",
    ],
)
def test_no_wording_hides_in_a_code_cell(code):
    notebook = {"cells": [{"cell_type": "code", "source": code, "outputs": []}]}
    assert any("S01" in found(text) for _, text in safety.strings_of_notebook(notebook))


# --- what a learner is told who typed such a wording ----------------------------------------------


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.id)
def test_what_a_rule_says_to_a_learner_is_safe_and_breaks_no_rule(rule):
    assert [one.rule for one in check_text(rule.say)] == []
    assert "!" not in rule.say and rule.say.endswith(".")


def test_what_the_rules_say_to_a_learner_is_easy_to_read():
    import textstat

    assert float(textstat.flesch_kincaid_grade(" ".join(rule.say for rule in rules()))) <= 7


def test_find_reads_a_text_as_the_rules_do():
    (first,) = [rule for rule in rules() if rule.id == "S01"]
    assert safety.find("He **committed** suicide. COMMITTED suicide", first.pattern) == [
        "committed suicide"
    ]
    assert safety.find("a second look", first.pattern) == []
