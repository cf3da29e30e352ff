"""The one file that a learner takes along: what is in it, what is not, and what is refused."""

from __future__ import annotations

import importlib.util
import json
import os
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook import content, forms
from secondlook.activities import answer_fields, kind_class
from secondlook.answer_lines import MAX_ANSWER, Record, write_header, write_line
from secondlook.classroom import hand_in
from secondlook.classroom.hand_in import HandIn, HandInError, read_hand_in, write_hand_in
from secondlook.journal import Journal
from small_course import forget
from test_activities import GOOD

ROOT = Path(__file__).resolve().parents[1]
DAY, CODE = "2026-11-23", "fern-otter-42"
DRAFT = {"beats": ["My own words, all mine.", "", "b"], "caption": "Mine 🦉", "tags": "#mine",
         "person": "mo", "help": True, "kept": []}  # fmt: skip
OWN = ("my-posts--grade-9-1a2b3c4d", "my-posts--grade-9-1a2b3c4d--p-1")
# What the kinds that the course's own notebooks do not show through `Lesson.show` answer.
TEST = [
    Record(DAY, 1, "test-before", "p-a07-s", {"call": "trust", "sure": 70}),
    Record(DAY, 1, "test-before", "a-credentials-1", {"pick": "b"}),
    Record(DAY, 1, "test-before", forms.FINISHED, {"form": "A", "edition": 1}),
]


def answer_to(widget: Any, item: dict[str, Any]) -> dict[str, Any] | None:
    """An answer to an item of the kinds whose items have several views, or of a plain one."""
    view = item.get("view")
    first = item["options"][0]["id"] if item.get("options") else None
    if view == "predict":
        return {"guess": {one["id"]: 40 for one in item["groups"]} if widget.kind == "bench" else 9}
    if view == "size":
        return {"size": item["start"], "first": item["sizes"][0]}
    if view == "turn":
        values = item["dials"][item["live"]]["values"]
        return {"value": values[1], "first": values[0]}
    if view == "play":
        return {"moves": "e" * item["cards"], **({"guess": 3} if "topic" in item else {})}
    if widget.kind in ("bench", "dots", "feed") and first:
        return {"choice": [first], "first": [first]}
    return None


def course_answers(notes: Any) -> list[tuple[str, Record]]:
    """Answers to what the shipped course asks in several views, each with its kind."""
    found = []
    for lesson in content.syllabus():
        for key, record in content.activities(lesson).items():
            if record["kind"] in ("bench", "dots", "feed"):
                widget = kind_class(record["kind"])(lesson, record, notes())
                for name, item in widget.items.items():
                    if (answer := answer_to(widget, item)) is not None:
                        assert widget.accepts(item, answer), (key, name, answer)
                        found.append((record["kind"], Record(DAY, lesson, key, name, answer)))
                widget.close()
    return found


@pytest.fixture
def small_answers(small_course: Path, record: Any) -> list[tuple[str, Record]]:
    """A good answer to every kind of the small course, each with its kind."""
    numbers = [int(path.stem) for path in (small_course / "activities").glob("*.json")]
    place = {key: number for number in numbers for key in content.activities(number)}
    return [
        (record(name)["kind"], Record(DAY, place[name], name, item, answer))
        for name, (item, answer) in GOOD.items()
    ]


def table() -> dict[str, dict[str, bool]]:
    """The fields that ``data/README.md`` lists: kind, field, only if ticked."""
    rows: dict[str, dict[str, bool]] = {}
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    part = text.split("## What a learner's file holds")[1].split("\n## ")[0]
    for kind, field, ticked in re.findall(
        r"^\| ([a-z-]+) \| `(\w+)` \| .+? \| (yes)? ?\|$", part, re.M
    ):
        rows.setdefault(kind, {})[field] = bool(ticked)
    return rows


def around() -> set[tuple[str, str]]:
    """The fields around the answers that ``data/README.md`` lists, each with where it stands."""
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    return set(re.findall(r"^\| (the file|an answer) \| `(\w+)` \|", text, re.M))


def read_back(made: HandIn) -> dict[str, Any]:
    text = write_hand_in(made)
    assert read_hand_in(text.encode()) == HandIn(made.learner, made.saved, made.texts, made.answers)
    value: dict[str, Any] = json.loads(text)
    return value


# --- field by field ------------------------------------------------------------------------------


def test_every_kind_says_what_its_answers_hold():
    for kind in [*content.shapes().schema["kinds"], "assessment"]:
        assert answer_fields.of_kind(kind).names, f"say in `fields` what {kind} answers"
        assert answer_fields.of_kind(kind).texts <= answer_fields.of_kind(kind).names
    with pytest.raises(ModuleNotFoundError):
        answer_fields.of_kind("no-such-kind")


def test_the_file_holds_every_field_of_the_table_and_no_other(notes, small_answers):
    seen: dict[str, set[str]] = {}
    values = [read_back(hand_in.gather(CODE, [one for _, one in small_answers], texts=True))]
    for kind, one in small_answers:
        seen.setdefault(kind, set()).update(one.answer or {})
    assert len(values[0]["answers"]) == len(small_answers)
    draft = Record(DAY, 12, "post-studio", "draft.panic.fresh", {"draft": DRAFT})
    more = [*TEST, draft]
    forget_small_course()
    real = course_answers(notes)
    made = hand_in.gather(CODE, [one for _, one in real] + more, texts=True)
    values.append(read_back(made))
    assert len(made.answers) == len(real) + len(more)
    for kind, one in real:
        seen.setdefault(kind, set()).update(one.answer or {})
    seen["assessment"] = {name for one in TEST for name in one.answer or {}}
    seen["studio"].add("draft")
    assert seen == {kind: set(fields) for kind, fields in table().items()}
    assert {
        kind: {name for name, ticked in fields.items() if ticked}
        for kind, fields in table().items()
    } == {kind: set(answer_fields.of_kind(kind).texts) for kind in seen}
    for value in values:
        names = {("the file", name) for name in value}
        names |= {("an answer", name) for one in value["answers"] for name in one}
        assert names == around()


def forget_small_course() -> None:
    """Looks at the shipped course again, in the middle of a test of the small one."""
    os.environ.pop("SECONDLOOK_DATA", None)
    forget()


def test_the_table_is_the_one_that_is_drawn():
    spec = importlib.util.spec_from_file_location("draw", ROOT / "tools" / "draw.py")
    assert spec and spec.loader
    draw = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(draw)
    assert draw.readme() == (ROOT / "data" / "README.md").read_text(encoding="utf-8")


def exit_item() -> tuple[str, str, dict[str, Any]]:
    """An activity of lesson 3 of the course with one of its items and an answer to it."""
    record = content.activities(3)["exit-story"]
    item = record["items"][0]
    picked = [item["options"][0]["id"]]
    return "exit-story", item["id"], {"choice": picked, "first": picked, "sure": 70}


@pytest.mark.parametrize(
    "more",
    [
        {"note": "what I felt"},
        {"name": "Anna"},
        {"time": "12:30"},
        {"sure": "I am sure, says Anna"},
        {"choice": ["a", "my whole story"]},
        {"first": [{"a word and another": 1}]},
        {"sure": 10**30},
    ],
)
def test_what_is_not_listed_does_not_reach_the_file(more):
    activity, item, answer = exit_item()
    good = Record(DAY, 3, activity, item, answer)
    bad = Record(DAY, 3, activity, "other", {**answer, **more})
    gone = Record(DAY, 3, "no-such-activity", item, answer)
    nowhere = Record(DAY, 77, activity, item, answer)
    made = hand_in.gather(CODE, [bad, good, gone, nowhere])
    assert made.answers == [good]
    assert made.left_out == 3


def test_texts_are_only_there_when_the_box_is_ticked():
    draft = Record(DAY, 12, "post-studio", "draft.panic.fresh", {"draft": DRAFT})
    activity, item, answer = exit_item()
    records = [Record(DAY, 3, activity, item, answer), draft]
    without = hand_in.gather(CODE, records)
    assert without.answers == records[:1] and without.left_out == 0
    assert "Mine" not in write_hand_in(without) and '"texts": false' in write_hand_in(without)
    ticked = hand_in.gather(CODE, records, texts=True)
    assert ticked.answers == records
    assert read_hand_in(write_hand_in(ticked).encode()).answers[1].answer == {"draft": DRAFT}


def test_a_file_without_texts_leaves_those_that_are_here():
    here = Record(DAY, 12, "post-studio", "post", {"brief": "panic", "draft": DRAFT})
    new = Record(DAY, 12, "post-studio", "post", {"brief": "sleep"})
    read = HandIn(CODE, DAY, False, [new])
    assert hand_in.keeping_texts(read, [here])[0].answer == {"brief": "sleep", "draft": DRAFT}
    other = {"brief": "sleep", "draft": {"beats": []}}
    read = HandIn(CODE, DAY, True, [Record(*vars(new).values())])
    assert hand_in.keeping_texts(read, [])[0].answer == {"brief": "sleep"}
    read = HandIn(CODE, DAY, True, [Record(DAY, 12, "post-studio", "post", other)])
    assert hand_in.keeping_texts(read, [here])[0].answer == other


def test_there_is_no_time_no_name_and_no_path_in_it(tmp_path, monkeypatch):
    import getpass
    import socket

    monkeypatch.setenv("USER", "anna-of-the-test")
    journal = Journal.open(tmp_path / "anna" / "my_work")
    activity, item, answer = exit_item()
    journal.record(3, activity, item, answer)
    text = write_hand_in(hand_in.gather(journal.learner, journal.latest()))
    assert not re.search(r"\d\d:\d\d|T\d\d|\d{10}", text)
    for private in (
        str(tmp_path),
        str(Path.home()),
        getpass.getuser(),
        socket.gethostname(),
        "anna",
    ):
        assert private.strip("/") not in text or len(private) < 3
    assert json.loads(text)["saved"] == date.today().isoformat()
    assert json.loads(text)["answers"][0]["day"] == date.today().isoformat()


def test_a_teachers_own_posts_pass():
    made = hand_in.gather(CODE, [Record(DAY, 2, *OWN, {"call": "trust", "sure": 60})])
    assert len(made.answers) == 1
    read_back(made)
    bad = hand_in.gather(CODE, [Record(DAY, 2, *OWN, {"call": "trust", "why": "x"})])
    assert bad.answers == []


# --- reading -------------------------------------------------------------------------------------


def file_of(change: Any = None, **head: Any) -> bytes:
    """A good file, changed."""
    activity, item, answer = exit_item()
    value = {"secondlook": "work", "format": 2, "learner": CODE, "saved": DAY, "texts": False,
             "answers": [{"day": DAY, "lesson": 3, "activity": activity, "item": item,
                          "answer": answer}]}  # fmt: skip
    value.update(head)
    if change:
        change(value)
    return json.dumps(value).encode()


def one(**fields: Any) -> Any:
    return lambda value: value["answers"][0].update(fields)


def inside(**fields: Any) -> Any:
    return lambda value: value["answers"][0]["answer"].update(fields)


def deep(levels: int) -> bytes:
    return file_of().replace(b'"sure": 70', b'"sure": ' + b"[" * levels + b"]" * levels)


TWICE = file_of(lambda value: value["answers"].append(dict(value["answers"][0])))
BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "not a file of saved work"),
    "words": (b"palm trees", "not a file of saved work"),
    "a number": (b"7", "not a file of saved work"),
    "a list": (b"[]", "not a file of saved work"),
    "other JSON": (b'{"name": "Anna"}', "not a file of saved work"),
    "bytes": (b"\xff\x00\xfa", "not a file of saved work"),
    "Latin-1": (file_of().replace(b"work", b"w\xf6rk"), "not a file of saved work"),
    "UTF-16": (file_of().decode().encode("utf-16"), "another encoding"),
    "UTF-16 BE": (b"\xfe\xff" + file_of().decode().encode("utf-16-be"), "another encoding"),
    "zip": (b"PK\x03\x04 and so on", "zip file"),
    "gzip": (b"\x1f\x8b\x08", "packed file"),
    "large": (file_of() + b" " * 5_000_001, "too large"),
    "truncated": (file_of()[:-9], "the end is missing"),
    "two joined": (file_of() + file_of(), "changed by hand"),
    "deep": (deep(100_000), "nested"),
    "deep, never closed": (file_of()[:-1] + b"[" * 100_000, "nested"),
    "a string without end": (b'{"secondlook": "' + b'\\"' * 1_000_000 + b"[" * 40, "the end is missing"),
    "NaN": (file_of().replace(b"70", b"NaN"), "NaN"),
    "infinity": (file_of().replace(b"70", b"-Infinity"), "-Infinity"),
    "a number that overflows": (file_of().replace(b"70", b"1e999"), "form that answers have"),
    "a number of 5,000 digits": (file_of().replace(b"70", b"7" * 5000), "changed by hand"),
    "a name twice": (file_of().replace(b'"sure": 70', b'"sure": 70, "sure": 80'), "stands twice"),
    "newer": (file_of(format=3, more="x"), "newer version"),
    "older than there is": (file_of(format=1), "format"),
    "format in words": (file_of(format="2"), "format"),
    "format true": (file_of(format=True), "format"),
    "a further field": (file_of(name="Anna"), "a field that saved work does not have"),
    "a missing field": (file_of(lambda value: value.pop("saved")), "has no “saved”"),
    "a name as code": (file_of(learner="anna-smith-14"), "learner code"),
    "no code": (file_of(learner=None), "learner code"),
    "no day": (file_of(saved="2026-02-30"), "no day"),
    "a time": (file_of(saved="2026-11-23T10:00"), "no day"),
    "texts in words": (file_of(texts="no"), "true or false"),
    "texts as number": (file_of(texts=0), "true or false"),
    "answers as record": (file_of(answers={}), "must be a list"),
    "too many": (file_of(answers=[0] * 20_001), "at most"),
    "an answer as text": (file_of(answers=["x"]), "not a record"),
    "an answer with a further field": (file_of(one(time="10:00")), "a field that saved work"),
    "an answer without a field": (file_of(lambda value: value["answers"][0].pop("day")), "“day”"),
    "a wrong day": (file_of(one(day="yesterday")), "no day"),
    "a negative lesson": (file_of(one(lesson=-1)), "no place"),
    "a lesson in words": (file_of(one(lesson="3")), "no place"),
    "a path": (file_of(one(activity="../up")), "no place"),
    "script as item": (file_of(one(item="<script>")), "no place"),
    "a reset": (file_of(one(answer=None)), "form that answers have"),
    "an empty answer": (file_of(one(answer={})), "form that answers have"),
    "a list as answer": (file_of(one(answer=["a"])), "form that answers have"),
    "a large answer": (file_of(inside(sure="y" * MAX_ANSWER)), "form that answers have"),
    "a control": (file_of(inside(sure="\x00")), "form that answers have"),
    "a field of another kind": (file_of(inside(bin="claim")), "activity does not have"),
    "words in a value": (file_of(inside(sure="I am sure")), "only an id"),
    "script in a value": (file_of(inside(choice=["<script>alert(1)</script>"])), "only an id"),
    "script as a key": (file_of(inside(first={"<b>": 1})), "only an id"),
    "a formula": (file_of(inside(choice=["=1+1"])), "only an id"),
    "twice the same item": (TWICE, "second answer"),
    "a text and no tick": (
        file_of(answers=[{"day": DAY, "lesson": 12, "activity": "post-studio",
                          "item": "post", "answer": {"draft": "x"}}]),
        "says that it has none",
    ),
    "an old file that is damaged": (write_header(CODE) + b"rubbish\n{}\n", "Line 2"),
    "an old file of a newer version": (write_header(CODE).replace(b"1,", b"9,"), "newer version"),
    "an old file in Latin-1": (write_header(CODE) + b"\xf6\n", "no text has"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_in_a_sentence(name):
    data, seen = BAD[name]
    with pytest.raises(HandInError) as refused:
        read_hand_in(data)
    told = str(refused.value)
    assert seen in told and told.endswith(".") and "\n" not in told and len(told) < 200
    assert "<" not in told and "Anna" not in told  # nothing of the file is said again


def test_a_good_file_is_read():
    read = read_hand_in(file_of())
    assert (read.learner, read.saved, read.texts, read.left_out) == (CODE, DAY, False, 0)
    assert read.answers[0].answer == exit_item()[2]
    assert read_hand_in(b"\xef\xbb\xbf" + file_of()) == read
    assert read_hand_in(json.dumps(json.loads(file_of()), indent=2).encode()) == read
    assert read_hand_in(file_of(answers=[])).answers == []


def test_answers_to_what_this_course_does_not_have_are_counted():
    read = read_hand_in(file_of(one(activity="of-another-edition", answer={"words": "any words"})))
    assert read.answers == [] and read.left_out == 1


def test_the_file_of_before_is_read():
    activity, item, answer = exit_item()
    lines = [
        Record("2026-11-20", 3, activity, item, {**answer, "sure": 50}),
        "moss-heron-17",
        Record(DAY, 3, activity, item, answer),
        Record("2026-11-22", 3, activity, "gone", answer),
        Record(DAY, 3, activity, "gone", None),
        Record(DAY, 3, activity, "odd", {**answer, "note": "x"}),
    ]
    data = write_header(CODE) + b"".join(write_line(one, n) for n, one in enumerate(lines, 1))
    read = read_hand_in(data)
    assert read == HandIn("moss-heron-17", DAY, False, [lines[2]], 1)


@given(at=st.integers(0, 10**6), byte=st.integers(0, 255), cut=st.booleans())
def test_whatever_is_changed_in_a_file_it_is_read_or_refused(at, byte, cut):
    whole = file_of()
    at %= len(whole)
    data = whole[:at] if cut else whole[:at] + bytes([byte]) + whole[at + 1 :]
    try:
        read = read_hand_in(data)
    except HandInError:
        return
    assert not cut and len(read.answers) + read.left_out == 1
