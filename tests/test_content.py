"""Reading the course's data: what is wrong is refused with file, item, field, found, allowed."""

from __future__ import annotations

import copy
import json
import shutil

import pytest

from secondlook import content, corpus, safety
from secondlook.activities import problems
from secondlook.checks import DataError

REFERENCE = {"id": "doe2020", "type": "article-journal", "title": "A study",
             "author": [{"family": "Doe", "given": "Ann"}], "issued": {"date-parts": [[2020]]},
             "URL": "https://doi.org/10.1000/1", "custom": {"read": "abstract"}}  # fmt: skip
CLAIM = {"id": "sleep-1", "topic": "sleep", "claim": "c", "verdict": "supported", "reason": "r",
         "accurate": "a", "tactics": [], "references": [{"key": "doe2020", "supports": "s"}]}  # fmt: skip
CREATOR = {"id": "kit", "handle": "kit.k", "name": "Kit", "kind": "coach", "role": "coach",
           "bio": "b", "place": "Ohio, US", "licence": None, "ties": None}  # fmt: skip
POST = {"id": "p-1", "creator": "kit", "topic": "sleep", "caption": "c", "beats": ["1", "2", "3"],
        "hashtags": [], "counts": {"views": 1, "likes": 1, "comments": 1, "shares": 1},
        "disclosure": None, "comments": [{"who": "a.b", "text": "t"}] * 3, "claims": ["sleep-1"],
        "label": "sound", "reason": "r", "fix": None, "tactics": [], "difficulty": 1,
        "feedback": {"trust": "t", "question": "q"}, "set": None}  # fmt: skip
REGISTERS = {"registers": [{"id": "mock-us", "name": "Mock Register (US)", "entries": [
    {"name": "Kit", "status": "active"}]}]}  # fmt: skip
HELPLINES = {"checked": "2026-11-22", "how": "h", "countries": [
    {"code": "CA", "country": "Canada", "emergency": "911", "lines": [
        {"name": "L", "phone": "911", "text": None, "web": None, "hours": None, "who_for": "w",
         "source": None, "confidence": "high"}]}],
    "directory": {"name": "d", "web": "https://example.org", "who_for": "w", "source": None}}  # fmt: skip
GLOSSARY = {"terms": [{"term": "t", "plain": "p"}]}
UNSOUND = {**POST, "id": "p-2", "label": "unsound", "fix": "f"}
FACTS = {"share": {"table": "t", "where": {"who": "a"}, "column": "percent", "format": ".0f",
                   "ref": "doe2020"}}  # fmt: skip
OPTIONS = [{"id": "a", "text": "A", "correct": True, "feedback": "fa {fact:share}"},
           {"id": "b", "text": "B", "correct": False, "feedback": "fb"}]  # fmt: skip
BASE = {"part": "main", "title": "T"}
EACH = {"x": "fx", "y": "fy"}
BINS = [{"id": "x", "label": "X"}, {"id": "y", "label": "Y"}]
STEPS = [{"id": f"s{n}", "text": "t", "strength": n, "evidence": "e", "fits": n == 1,
          "feedback": "f"} for n in (3, 2, 1)]  # fmt: skip
ACTIVITIES = [
    {"id": "ask", "kind": "choose", **BASE,
     "items": [{"id": "q1", "question": "Q", "options": OPTIONS, "refs": ["doe2020"]}]},
    {"id": "put", "kind": "sort", **BASE, "bins": BINS,
     "items": [{"id": "q1", "text": "t", "answer": "x", "feedback": EACH}]},
    {"id": "mark", "kind": "spot", **BASE, "labels": BINS,
     "items": [{"id": "q1", "intro": "i", "parts": [
         {"id": "p1", "text": "t", "answer": "x", "feedback": EACH},
         {"id": "p2", "text": "t", "answer": "y", "feedback": EACH}]}]},
    {"id": "weigh", "kind": "judge", **BASE,
     "items": [{"id": "q1", "post": "p-1"}, {"id": "q2", "post": "p-2"}]},
    {"id": "guess", "kind": "estimate", **BASE,
     "items": [{"id": "q1", "question": "Q", "unit": "%", "min": 0, "max": 100, "step": 1,
                "answer": {"fact": "share"}, "near": 5, "reveal": "r",
                "feedback": {"near": "n", "low": "l", "high": "h"}}]},
    {"id": "dial", "kind": "reword", **BASE,
     "items": [{"id": "q1", "question": "Q", "steps": STEPS, "known": "k"}]},
]  # fmt: skip
SYLLABUS = """[[lesson]]
number = 3
file = "03_x.ipynb"
title = "T"
question = "Q"
minutes = {starter = 3, notes = 2, worked = 7, main = 20, talk = 8, exit = 5}
objectives = ["Sort things"]
misconceptions = ["Nothing to sort"]
does = {starter = "a", notes = "b", worked = "c", main = "d", talk = "e", exit = "f"}
say = {starter = "A.", notes = "B.", worked = "C.", main = "D.", talk = "E.", exit = "F."}
standards = ["X.1"]
content_note = "Nothing heavy."
follow = {text = "One source.", ref = "doe2020"}
talk = ["Talk."]
[standards]
"X.1" = {says = "Sort.", verified = true}
"""


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Writes a small sound course; returns a function that breaks one thing and reads it again."""
    data = tmp_path / "data"
    lessons = tmp_path / "lessons"
    for folder in (data / "activities", data / "studies", data / "schemas", lessons):
        folder.mkdir(parents=True)
    shipped = content.data_dir()
    schemas = shipped / "schemas"
    for path in schemas.glob("*.json"):
        (data / "schemas" / path.name).write_text(path.read_text(encoding="utf-8"))
    shutil.copy(shipped / "safe_messaging.json", data)
    (data / "studies" / "t.csv").write_text("who,percent\na,82.1\nb,x\nb,35.7\n")
    (lessons / "syllabus.toml").write_text(SYLLABUS)
    monkeypatch.setenv("SECONDLOOK_DATA", str(data))
    monkeypatch.setenv("SECONDLOOK_LESSONS", str(lessons))
    files = {
        "references.json": [REFERENCE], "claims.json": [CLAIM], "creators.json": [CREATOR],
        "posts.json": [POST, UNSOUND], "facts.json": FACTS, "registers.json": REGISTERS,
        "helplines.json": HELPLINES, "glossary.json": GLOSSARY, "reviews.json": [],
        "activities/03.json": {"lesson": 3, "activities": ACTIVITIES},
    }  # fmt: skip

    def written(change=lambda files: None):
        mine = copy.deepcopy(files)
        change(mine)
        for name, value in mine.items():
            raw = value if isinstance(value, bytes) else json.dumps(value).encode()
            (data / name).write_bytes(raw)
        for cached in (content.records, content.facts, content.fact_value, content.study_rows, content.syllabus,
                       content.standards, content.shapes, content.activities):  # fmt: skip
            cached.cache_clear()

    yield written
    for cached in (content.records, content.facts, content.fact_value, content.study_rows, content.syllabus,
                   content.standards, content.shapes, content.activities):  # fmt: skip
        cached.cache_clear()


def test_the_small_course_is_sound(course):
    course()
    assert list(map(str, problems(3))) == []
    assert list(map(str, corpus.problems())) == []


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('standards = ["X.1"]', 'standards = ["X.2"]', "standards"),
        ('misconceptions = ["Nothing to sort"]', "", "misconceptions"),
        ('exit = "f"', 'exit = ""', "does.exit"),
        ('notes = "B.", ', "", "say.notes"),
        ('notes = "B.", ', 'notes = "B.", chat = "C.", ', "say"),
        ("talk = [", 'paper = {title = "T"}\ntalk = [', "paper"),
        ("talk = [", 'paper = {talk = "T"}\ntalk = [', "paper.talk"),
    ],
)
def test_a_syllabus_with_something_missing_is_refused(course, old, new, field):
    file = content.lessons_dir() / "syllabus.toml"
    assert old in SYLLABUS
    file.write_text(SYLLABUS.replace(old, new))
    course()
    assert [(one.file, one.field) for one in corpus.problems()] == [("syllabus.toml", field)]


def test_facts_are_filled_in_and_kept_as_numbers(course):
    course()
    ask = content.activities(3)["ask"]
    assert ask["items"][0]["options"][0]["feedback"] == "fa 82"
    assert content.fact_value("share") == 82.1


def at(number, *path, value="<gone>"):
    """A change of one place in an activity: ``value`` put there, or the place taken out."""

    def change(files):
        place = files["activities/03.json"]["activities"][number]
        for step in path[:-1]:
            place = place[step]
        if value == "<gone>":
            del place[path[-1]]
        else:
            place[path[-1]] = value

    return change


ASK, PUT, MARK, WEIGH, GUESS, DIAL = range(6)
BAD_ACTIVITIES = {
    "missing field": (at(ASK, "items", 0, "question"), "question", "required"),
    "missing title": (at(ASK, "title"), "title", "required"),
    "unknown kind": (at(ASK, "kind", value="riddle"), "kind", "choose"),
    "no kind": (at(ASK, "kind"), "kind", "choose"),
    "unknown part": (at(ASK, "part", value="middle"), "part", "starter"),
    "unknown field": (at(ASK, "items", 0, "hint", value="h"), "hint", "question"),
    "empty text": (at(ASK, "items", 0, "question", value=""), "question", "not empty"),
    "wrong type": (at(ASK, "items", 0, "question", value=7), "question", "string"),
    "one option": (at(ASK, "items", 0, "options", value=OPTIONS[:1]), "options", "at least 2"),
    "no feedback": (at(ASK, "items", 0, "options", 1, "feedback"), "feedback", "required"),
    "nothing right": (at(ASK, "items", 0, "options", 0, "correct", value=False), "correct", "exactly 1"),
    "two right": (at(ASK, "items", 0, "options", 1, "correct", value=True), "correct", "exactly 1"),
    "unknown reference": (at(ASK, "items", 0, "refs", value=["doe2021"]), "refs", "doe2020"),
    "unknown post": (at(WEIGH, "items", 0, "post", value="p-9"), "post", "p-1"),
    "unknown fact": (at(ASK, "items", 0, "question", value="{fact:shame}"), "fact", "share"),
    "unknown answer fact": (at(GUESS, "items", 0, "answer", value={"fact": "no"}), "answer", "share"),
    "bad id": (at(ASK, "items", 0, "id", value="Q 1"), "id", "pattern"),
    "no items": (at(ASK, "items", value=[]), "items", "at least 1"),
    "bin that is not there": (at(PUT, "items", 0, "answer", value="z"), "answer", "x"),
    "bin without feedback": (at(PUT, "items", 0, "feedback", value={"x": "f"}), "feedback", "y"),
    "label that is not there": (at(MARK, "items", 0, "parts", 0, "answer", value="z"), "answer", "x"),
    "label without feedback": (at(MARK, "items", 0, "parts", 0, "feedback", value={"x": "f"}), "feedback", "y"),
    "unbalanced posts": (at(WEIGH, "items", 1, "post", value="p-1"), "items", "as many"),
    "truth outside": (at(GUESS, "items", 0, "max", value=50), "answer", ""),
    "nothing fits": (at(DIAL, "items", 0, "steps", 2, "fits", value=False), "fits", "one"),
    "dial out of order": (at(DIAL, "items", 0, "steps", value=STEPS[::-1]), "strength", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_ACTIVITIES)
def test_a_bad_activity_is_refused_with_all_five_parts(course, name):
    change, field, allowed = BAD_ACTIVITIES[name]
    course(change)
    found = problems(3)
    assert found
    one = found[0]
    assert one.file == "activities/03.json"
    assert one.item and one.found and one.allowed
    assert field in one.field
    assert allowed in one.allowed


def test_repeated_ids_are_refused(course):
    def twice(files):
        files["activities/03.json"]["activities"][1]["id"] = "ask"

    course(twice)
    assert any("only once" in one.allowed for one in problems(3))


def in_file(name, change):
    def run(files):
        change(files[name][0] if isinstance(files[name], list) else files[name])

    return run


def put(**values):
    return lambda record: record.update(values)


BAD_RECORDS = {
    "post without creator": ("posts.json", lambda one: one.pop("creator"), "creator"),
    "unknown creator": ("posts.json", put(creator="nobody"), "creator"),
    "unknown claim": ("posts.json", put(claims=["x"]), "claims"),
    "no claim": ("posts.json", put(claims=[]), "claims"),
    "odd label": ("posts.json", put(label="meh"), "label"),
    "unsound without a fix": ("posts.json", put(label="unsound"), "fix"),
    "no reason": ("posts.json", put(reason=" "), "reason"),
    "two beats": ("posts.json", put(beats=["1", "2"]), "beats"),
    "nine comments": ("posts.json", put(comments=[{"who": "a.b", "text": "t"}] * 9), "comments"),
    "one feedback": ("posts.json", put(feedback={"trust": "t"}), "feedback"),
    "negative likes": ("posts.json", put(counts={"views": 1, "likes": -1, "comments": 1, "shares": 1}), "likes"),
    "unknown verdict": ("claims.json", put(verdict="true-ish"), "verdict"),
    "claim without reference": ("claims.json", put(references=[]), "references"),
    "dangling reference": ("claims.json", put(references=[{"key": "no"}]), "references"),
    "unknown role": ("creators.json", put(kind="wizard"), "kind"),
    "odd set": ("posts.json", put(set="d"), "set"),
    "no set": ("posts.json", lambda one: one.pop("set"), "set"),
    "unknown register": ("creators.json", put(licence={"title": "t", "register": "State Board", "status": "active"}), "licence"),
    "a register that looks real": ("registers.json", put(registers=[{"id": "r", "name": "General Council", "entries": []}]), "name"),
    "odd status": ("registers.json", put(registers=[{"id": "r", "name": "Mock R", "entries": [{"name": "K", "status": "fine"}]}]), "status"),
    "odd handle": ("creators.json", put(handle="<script>"), "handle"),
    "mirror address": ("references.json", put(URL="https://m.booksci.cn/literature/1.htm"), "URL"),
    "plain http": ("references.json", put(URL="http://doi.org/10.1000/1"), "URL"),
    "how far read": ("references.json", put(custom={"read": "glanced"}), "read"),
    "no author": ("references.json", put(author=[{"given": "Ann"}]), "author"),
    "no such table": ("facts.json", put(share={**FACTS["share"], "table": "no"}), "-"),
    "no such row": ("facts.json", put(share={**FACTS["share"], "where": {"who": "z"}}), "where"),
    "two rows": ("facts.json", put(share={**FACTS["share"], "where": {"who": "b"}}), "where"),
    "not a number": ("facts.json", put(share={**FACTS["share"], "column": "who"}), "column"),
    "odd format": ("facts.json", put(share={**FACTS["share"], "format": "Q"}), "format"),
    "fact without source": ("facts.json", put(share={"table": "t"}), "where"),
    "help without an https address": ("helplines.json", lambda one: one["directory"].update(web="http://example.org"), "directory.web"),
    "a country without lines": ("helplines.json", lambda one: one["countries"][0].update(lines=[]), "lines"),
    "a term without its plain words": ("glossary.json", put(terms=[{"term": "t"}]), "plain"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_RECORDS)
def test_a_bad_record_is_refused(course, name):
    file, change, field = BAD_RECORDS[name]
    course(in_file(file, change))
    found = corpus.problems()
    assert any(field in one.field for one in found), list(map(str, found))


# One text of a post or creator that must not ship, and what is said about it.
BAD_TEXTS = {
    "script": ("posts.json", put(caption="hi <script>alert(1)</script>"), "HTML or script"),
    "an entity": ("posts.json", put(reason="&lt;b&gt;"), "HTML or script"),
    "line break": ("posts.json", put(beats=["1", "2\n3", "4"]), "a line break"),
    "control": ("posts.json", put(caption="a\x07b"), "U+0007"),
    "half a character": ("claims.json", put(reason="a\ud800"), "U+D800"),
    "turned text": ("posts.json", put(caption="a\u202eb"), "U+202E"),
    "garbled": ("claims.json", put(claim="cafÃ©"), "garbled"),
    "platform": ("posts.json", put(caption="seen on Tik Tok"), "a real platform"),
    "platform tag": ("posts.json", put(hashtags=["mental", "booktok"]), "a real platform"),
    "platform in a bio": ("creators.json", put(bio="also on YouTube"), "a real platform"),
    "address": ("posts.json", put(caption="see calm-shop.com"), "a web address"),
    "e-mail": ("creators.json", put(bio="kit@example.net"), "an e-mail"),
    "telephone": ("posts.json", put(comments=[{"who": "a.b", "text": "ring +44 20 7946 0000"}] * 3), "phone number"),
    "stranger": ("posts.json", put(caption="thanks @mr_somebody"), "'@mr_somebody'"),
    "handle": ("creators.json", put(handle="kit_k"), "'kit_k'"),
    "commenter": ("posts.json", put(comments=[{"who": "tallis", "text": "t"}] * 3), "'tallis'"),
    "fact": ("posts.json", put(caption="{fact:shame} of them"), "{fact:shame}"),
    "number about eating": ("posts.json", put(caption="i lost 20 pounds"), "'20 pounds'"),
    "method": ("posts.json", put(caption="he overdosed on them"), "overdosed"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_TEXTS)
def test_a_bad_text_is_refused_in_the_shipped_data_too(course, name):
    file, change, said = BAD_TEXTS[name]
    course(in_file(file, change))
    assert any(said in one.found for one in corpus.problems()), list(map(str, corpus.problems()))


@pytest.mark.parametrize(
    "text",
    [
        "i <3 this, 5 < 6 & so on", "naïve café, 🏳️‍🌈 family 👩‍👩‍👧", "@a.b no. many is not all.",
        "9 in 10 of 1,200,000, 2019-2021", "call 988, 24/7, at 7.15", "my feet twitch", "slept.me too",
        "{fact:share} of them", "link in bio", "@kit.k and @a.b.",
    ],
)  # fmt: skip
def test_an_ordinary_text_passes(course, text):
    course(in_file("posts.json", put(caption=text)))
    assert list(map(str, corpus.problems())) == []


def test_a_course_without_its_wording_rules_is_not_passed(course, tmp_path):
    course()
    (tmp_path / "data" / "safe_messaging.json").unlink()
    safety.rules.cache_clear()
    assert any(one.file == "safe_messaging.json" for one in corpus.problems())


def test_a_spoilt_name_cannot_write_over_the_screen(course):
    course(in_file("posts.json", put(**{"\x1b[2J": 1, "x" * 9999: 1})))
    said = "".join(map(str, corpus.problems()))
    assert "\x1b" not in said and "\\x1b" in said
    assert "x" * 200 not in said


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{", "valid JSON"),
        (b"", "an empty file"),
        ("[]".encode("utf-16"), "UTF-16"),
        (b'["\xe9"]', "byte 0xe9 in line 1"),
        (b"\xef\xbb\xbf[]", "byte-order mark"),
        (b"PK\x03\x04", "workbook"),
        (b'["a\0b"]', "NUL"),
        (b"[" * 99, "nesting deeper"),
        (b"[NaN]", "written in digits"),
        (b"[" + b"9" * 5000 + b"]", "thousands of digits"),
        (b'[{"id": "a", "id": "b"}]', "the field id twice"),
        (b"{}", "a list of records"),
        (b" " * (content.MAX_BYTES + 1), "bytes"),
    ],
    ids=[
        "cut off",
        "empty",
        "UTF-16",
        "Latin-1",
        "byte-order mark",
        "zip",
        "NUL",
        "nesting",
        "NaN",
        "huge number",
        "field twice",
        "no list",
        "too large",
    ],
)
def test_a_file_that_cannot_be_read_is_refused(course, raw, said):
    course(lambda files: files.update({"posts.json": raw}))
    with pytest.raises(DataError, match=said):
        content.records("posts")


def test_a_missing_file_is_named(course, tmp_path):
    course()
    (tmp_path / "data" / "posts.json").unlink()
    with pytest.raises(DataError, match=r"posts\.json"):
        content.read_json("posts.json")


def test_records_without_or_with_the_same_id_are_refused(course):
    course(lambda files: files["posts.json"].append(POST))
    with pytest.raises(DataError, match="only once"):
        content.records("posts")
    course(lambda files: files["posts.json"].append({"creator": "kit"}))
    with pytest.raises(DataError, match="number 3"):
        content.records("posts")


@pytest.mark.parametrize(
    ("authors", "said"),
    [
        ([{"family": "Doe"}], "Doe, 2020"),
        ([{"family": "Doe"}, {"family": "Roe"}], "Doe & Roe, 2020"),
        ([{"family": "Doe"}, {"family": "Roe"}, {"family": "Poe"}], "Doe et al., 2020"),
        ([{"literal": "World Health Organization"}], "World Health Organization, 2020"),
    ],
)
def test_short_citations(course, authors, said):
    course(lambda files: files["references.json"][0].update(author=authors))
    assert content.short_citation("doe2020") == said
