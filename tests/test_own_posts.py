"""A teacher's own posts: good ones are shown, bad ones are refused, each kind in its own words.

THIS FILE CONTAINS BAD EXAMPLES ON PURPOSE (`BAD`). None is ever shown to learners; the file is
exempt from the wording checks.
"""

from __future__ import annotations

import copy
import csv
import io
import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondlook import cli, content, lesson
from secondlook.lesson import Lesson
from secondlook.markup import Page
from secondlook.own_posts import columns, files, folder_in, read, template

REFERENCE = {"id": "doe2020", "type": "article-journal", "title": "A study",
             "author": [{"family": "Doe", "given": "Ann"}], "issued": {"date-parts": [[2020]]},
             "URL": "https://doi.org/10.1000/1", "custom": {"read": "abstract"}}  # fmt: skip
CLAIM = {"id": "hall-01", "topic": "sleep", "claim": "c", "verdict": "supported", "reason": "r",
         "accurate": "a", "tactics": [], "references": [{"key": "doe2020", "supports": "s"}]}  # fmt: skip
CREATOR = {"id": "kim", "handle": "kim.in.the.hall", "name": "Kim", "kind": "peer", "role": "student",
           "bio": "b", "place": "Ohio, US", "licence": None, "ties": None}  # fmt: skip
POST = {"id": "p-1", "creator": "kim", "topic": "sleep", "caption": "c", "beats": ["1", "2", "3"],
        "hashtags": [], "counts": {"views": 1, "likes": 1, "comments": 1, "shares": 1},
        "disclosure": None, "comments": [{"who": "a.b", "text": "t"}] * 3, "claims": ["hall-01"],
        "label": "sound", "reason": "r", "fix": None, "tactics": [], "difficulty": 1,
        "feedback": {"trust": "t", "question": "q"}}  # fmt: skip
UNSOUND = {**POST, "id": "p-2", "label": "unsound", "fix": "f"}
GOOD = {"posts.json": [POST, UNSOUND], "claims.json": [CLAIM], "creators.json": [CREATOR],
        "references.json": [REFERENCE]}  # fmt: skip


def write(folder: Path, contents: dict[str, object]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, value in contents.items():
        raw = value if isinstance(value, bytes) else json.dumps(value).encode()
        (folder / name).write_bytes(raw)
    return folder


def rows_of(name: str) -> list[dict[str, str]]:
    """The template's rows, as a spreadsheet holds them."""
    path = content.data_dir() / "my_posts" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_csv(rows: list[dict[str, str]], **dialect: str) -> bytes:
    made = io.StringIO(newline="")
    writer = csv.DictWriter(made, list(rows[0]), **dialect)
    writer.writeheader()
    writer.writerows(rows)
    return made.getvalue().encode()


def sheets() -> dict[str, object]:
    return {f"{name}.csv": as_csv(rows_of(name)) for name in ("posts", "claims")}


# --- what is good passes -------------------------------------------------------------------------


def test_the_good_folder_of_this_file_passes(tmp_path):
    own = read(write(tmp_path / "mine", GOOD))
    assert list(map(str, own.problems)) == []
    assert list(own.records["posts"]) == ["p-1", "p-2"]


def test_the_template_passes_and_shows_one_post_of_each_kind(tmp_path):
    written, kept = template.write(tmp_path / "mine")
    assert set(written) == {"posts.csv", "claims.csv", "creators.csv", "references.csv",
                            "course_ids.csv", "how_to.md"}  # fmt: skip
    assert kept == []
    own = read(tmp_path / "mine")
    assert list(map(str, own.problems)) == []
    assert own.notes == []
    assert [one["label"] for one in own.records["posts"].values()] == ["sound", "unsound"]
    assert len(own.records["claims"]) == 1


def test_the_template_keeps_what_a_teacher_wrote(tmp_path):
    template.write(tmp_path)
    (tmp_path / "posts.csv").write_text("mine")
    written, kept = template.write(tmp_path)
    assert (written, kept) == ([], ["posts.csv"])
    assert (tmp_path / "posts.csv").read_text() == "mine"


def test_the_sheet_opens_in_excel_with_its_letters_whole(tmp_path):
    template.write(tmp_path)
    assert (tmp_path / "posts.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert read(tmp_path).problems == []  # which is how Excel saves it again


def test_the_course_ids_are_those_that_may_be_used(tmp_path):
    template.write(tmp_path)
    with (tmp_path / "course_ids.csv").open(encoding="utf-8-sig", newline="") as file:
        listed = list(csv.DictReader(file))
    for kind in ("creator", "claim", "reference"):
        assert [one["id"] for one in listed if one["kind"] == kind] == list(
            content.records(f"{kind}s")
        )


def test_the_guide_for_teachers_names_every_column_and_verdict():
    text = (content.data_dir() / "my_posts.md").read_text(encoding="utf-8")
    for name, listed in columns.COLUMNS.items():
        part = text.partition(f"**{name}.csv**")[2].partition("\n**")[0]
        named = re.findall(r"`(\w+)`", "\n".join(re.findall(r"^\|([^|]+)\|", part, re.M)))
        assert set(named) - {"column"} == {column.head for column in listed}
    fields = content.record_shapes("claims").schema["definitions"]["claim"]["properties"]
    assert all(f"`{verdict}`" in text for verdict in fields["verdict"]["enum"])
    fields = content.record_shapes("creators").schema["definitions"]["creator"]["properties"]
    assert all(f"`{kind}`" in text for kind in fields["kind"]["enum"])


def test_a_sheet_and_a_list_hold_the_same(tmp_path):
    own = read(write(tmp_path / "sheet", sheets()))
    lists = {
        f"{name}.json": list(records.values()) for name, records in own.records.items() if records
    }
    again = read(write(tmp_path / "list", lists))
    assert again.problems == []
    assert again.records == own.records


def test_every_column_can_be_filled_with_its_example(tmp_path):
    rows = {
        name: {one.head: one.example for one in listed} for name, listed in columns.COLUMNS.items()
    }
    rows["references"]["id"] = "roe2020sleep"
    rows["creators"]["id"] = "kim-halloway"
    other = {**rows["posts"], "id": "hall-phone-2", "label": "unsound"}
    sheet = {f"{name}.csv": as_csv([row]) for name, row in rows.items()}
    sheet["posts.csv"] = as_csv([rows["posts"], other])
    own = read(write(tmp_path / "mine", sheet))
    assert list(map(str, own.problems)) == []
    post = own.records["posts"]["hall-phone"]
    assert post["counts"] == {"views": 1200, "likes": 90, "comments": 8, "shares": 2}
    assert post["comments"][1] == {"who": "bo.lind", "text": "cold hall"}
    assert own.records["references"]["roe2020sleep"]["author"] == [
        {"family": "Doe", "given": "Ann"}, {"literal": "World Health Organization"}]  # fmt: skip
    assert own.records["creators"]["kim-halloway"]["licence"]["status"] == "active"


@pytest.mark.parametrize("dialect", [{"delimiter": ";"}, {"delimiter": "\t"}, {"lineterminator": "\n"}],
                         ids=["semicolons", "tabs", "Unix lines"])  # fmt: skip
def test_a_sheet_may_be_saved_as_spreadsheets_save_it(tmp_path, dialect):
    sheet = {f"{name}.csv": as_csv(rows_of(name), **dialect) for name in ("posts", "claims")}
    assert read(write(tmp_path / "mine", sheet)).problems == []


def test_empty_rows_and_columns_left_behind_do_no_harm(tmp_path):
    sheet = sheets()
    lines = sheet["posts.csv"].decode().splitlines()
    sheet["posts.csv"] = "\r\n".join([*(f"{line},," for line in lines), "," * 21, ""]).encode()
    assert read(write(tmp_path / "mine", sheet)).problems == []


# --- what is bad is refused, each kind in its own words ------------------------------------------


def put(file: str, **values: object):
    """Change the first record of a JSON file; ``None`` of the Ellipsis kind takes a field out."""

    def change(good: dict[str, object]) -> None:
        for field, value in values.items():
            if value is ...:
                del good[file][0][field]
            else:
                good[file][0][field] = value

    return change


def raw(file: str, data: bytes):
    def change(good: dict[str, object]) -> None:
        good[file] = data

    return change


def cell(column: str, value: str, file: str = "posts"):
    """One cell of the template's first row, everything else as it is."""

    def change(good: dict[str, object]) -> None:
        good.clear()
        good.update(sheets())
        rows = rows_of(file)
        rows[0][column] = value
        good[f"{file}.csv"] = as_csv(rows)

    return change


def sheet(spoil, file: str = "posts"):
    """The template with the text of a sheet spoilt."""

    def change(good: dict[str, object]) -> None:
        good.clear()
        good.update(sheets())
        good[f"{file}.csv"] = spoil(good[f"{file}.csv"])

    return change


def counts(**values: object):
    return put("posts.json", counts={**POST["counts"], **values})


# kind of bad input: (change of the good folder, in which item, in which field, what is said)
P, C, K, R = "posts.json", "claims.json", "creators.json", "references.json"
BAD = {
    # the record
    "missing field": (put(P, caption=...), "number 1 (p-1)", "caption", "found nothing; allowed: this field is required"),
    "unknown field": (put(P, captoin="c"), "number 1 (p-1)", "captoin", "found an unknown field"),
    "wrong type": (put(P, caption=7), "number 1 (p-1)", "caption", "found 7; allowed: string"),
    "id twice": (put(P, id="p-2"), "number 2 (p-2)", "id", "used only once; number 1 (p-2) has it too"),
    "id of the course": (put(P, id="p-ocd-pens"), "number 1 (p-ocd-pens)", "id", "not one of the course's own posts"),
    "id that is no text": (put(P, id=7), "number 1", "id", "found 7; allowed: an id in text"),
    "id with a path in it": (put(P, id="../p"), "number 1", "id", "small letters and digits, joined by hyphens"),
    "no such claim": (put(P, claims=["hall-02"]), "number 1 (p-1)", "claims", "the course's claims or of your own; suggestion: did you mean hall-01?"),
    "no such creator": (put(P, creator="kin"), "number 1 (p-1)", "creator", "the course's creators or of your own; suggestion: did you mean kim?"),
    "no such reference": (put(C, references=[{"key": "doe2021", "supports": "s"}]), "number 1 (hall-01)", "references", "the course's references or of your own; suggestion: did you mean doe2020?"),
    "unknown verdict": (put(C, verdict="overgeneralized"), "number 1 (hall-01)", "verdict", "did you mean overgeneralised?"),
    "unknown label": (put(P, label="fake"), "number 1 (p-1)", "label", "allowed: one of sound, unsound"),
    "unknown tactic": (put(P, tactics=["fear-apeal"]), "number 1 (p-1)", "tactics.0", "did you mean fear-appeal?"),
    "unsound without a reason": (put(P, label="unsound", fix="f", reason=" "), "number 1 (p-1)", "reason", "text that is not empty"),
    "unsound without a fix": (put(P, label="unsound"), "number 1 (p-1)", "fix", "what would make the post fair"),
    "claim without a reference": (put(C, references=[]), "number 1 (hall-01)", "references", "at least 1 entries"),
    "address of a copy": (put(R, URL="https://www.researchgate.net/publication/1"), "number 1 (doe2020)", "URL", "no copy of it"),
    "address without https": (put(R, URL="http://doi.org/10.1000/1"), "number 1 (doe2020)", "URL", "an address with https"),
    "register that looks real": (put(K, licence={"title": "t", "register": "State Board", "status": "active"}), "number 1 (kim)", "licence.register", "one of registers.json"),
    "two beats": (put(P, beats=["1", "2"]), "number 1 (p-1)", "beats", "at least 3 entries"),
    "too many beats": (put(P, beats=["1"] * 7), "number 1 (p-1)", "beats", "at most 6 entries"),
    "beat too long": (put(P, beats=["1", "x" * 91, "3"]), "number 1 (p-1)", "beats.1", "at most 90 characters"),
    "caption too long": (put(P, caption="x" * 501), "number 1 (p-1)", "caption", "at most 500 characters"),
    "negative count": (counts(likes=-1), "number 1 (p-1)", "counts.likes", "0 or more"),
    "endless count": (counts(likes=10**12), "number 1 (p-1)", "counts.likes", "1000000000 or less"),
    "in a test form": (put(P, set="a"), "number 1 (p-1)", "set", "the test forms are the course's own"),
    # what it says
    "eating-disorder number": (put(P, caption="i lost 20 pounds"), "number 1 (p-1)", "caption", "(rule E01)"),
    "method": (put(P, caption="he overdosed on them"), "number 1 (p-1)", "caption", "(rule S16)"),
    "unsafe wording": (put(C, reason="people who commit suicide"), "number 1 (hall-01)", "reason", "safe wording: died by suicide / took their own life"),
    "handle that may be real": (put(K, handle="kim_halloway"), "number 1 (kim)", "handle", "a handle that is plainly invented"),
    "mention of a stranger": (put(P, caption="as @kim_halloway says"), "number 1 (p-1)", "caption", "somebody who comments on this post"),
    "platform": (put(P, caption="seen on TikTok"), "number 1 (p-1)", "caption", "a feed without a name"),
    "web address": (put(P, caption="at calm-shop.com"), "number 1 (p-1)", "caption", "posts without addresses"),
    "way to a person": (put(P, caption="write to kim@example.net"), "number 1 (p-1)", "caption", "nothing that reaches a real person"),
    "script": (put(P, caption="<script>alert(1)</script>"), "number 1 (p-1)", "caption", "shown as it is typed"),
    "control character": (put(P, caption="a\x1b[2Jb"), "number 1 (p-1)", "caption", "the control character U+001B"),
    "turned text": (put(P, caption="a\u202eb"), "number 1 (p-1)", "caption", "the invisible character U+202E"),
    "line break": (put(P, caption="a\nb"), "number 1 (p-1)", "caption", "one line of text"),
    "garbled letters": (put(P, caption="cafÃ©"), "number 1 (p-1)", "caption", "letters as they were typed"),
    "unknown fact": (put(P, caption="{fact:no-such-figure}"), "number 1 (p-1)", "caption", "a figure that facts.json has"),
    "more sound than unsound": (lambda good: good[P].append({**POST, "id": "p-3"}), "all posts", "label", "2 sound and 1 unsound; allowed: as many sound as unsound"),
    # the file
    "no posts file": (lambda good: good.pop(P), "posts", "-", "posts.csv or posts.json"),
    "posts twice": (raw("posts.csv", b"id\n"), "posts", "-", "found posts.csv and posts.json; allowed: one of the two"),
    "empty file": (raw(P, b" \n"), "the file", "-", "found an empty file"),
    "no post in it": (raw(P, b"[]"), "the file", "-", "at least one sound and one unsound post"),
    "not JSON": (raw(P, b'[{"id": "p-1",}]'), "the file", "-", "allowed: valid JSON"),
    "not a list": (raw(P, b'{"id": "p-1"}'), "the file", "-", "a list of records, between [ and ]"),
    "not a record": (raw(P, b'["p-1"]'), "number 1", "the whole item", "a record, between { and }"),
    "field twice": (raw(P, b'[{"id": "p-1", "id": "p-2"}]'), "the file", "-", "the field id twice"),
    "NaN": (raw(P, b'[{"counts": {"views": NaN}}]'), "the file", "-", "numbers written in digits"),
    "number without end": (raw(P, b"[" + b"9" * 5000 + b"]"), "the file", "-", "numbers below a billion"),
    "nested too deep": (raw(P, b"[" * 5000 + b"]" * 5000), "the file", "-", "at most 20 levels"),
    "byte-order mark": (raw(P, b"\xef\xbb\xbf[]"), "the file", "-", "UTF-8 without a byte-order mark"),
    "UTF-16": (raw(P, "[]".encode("utf-16")), "the file", "-", "“Unicode text” is UTF-16"),
    "Windows-1252": (raw(P, '["café"]'.encode("cp1252")), "the file", "-", "byte 0xe9 in line 1"),
    "NUL byte": (raw(P, b'["a\0b"]'), "the file", "-", "text without NUL bytes"),
    "workbook called csv": (sheet(lambda _: b"PK\x03\x04\x14\0\6\0"), "the file", "-", "a zip archive or a workbook"),
    "10 MB caption": (put(P, caption="x" * 10_000_000), "the file", "-", "at most 1,000,000 bytes"),
    "too many posts": (lambda good: good[P].extend({**POST, "id": f"q-{n}"} for n in range(60)), "the file", "-", "at most 60 posts"),
    # the sheet
    "formula": (cell("caption", '=HYPERLINK("x")'), "row 2 (bridge-sound)", "caption", "would run it as a formula"),
    "unknown column": (sheet(lambda text: text.replace(b"caption", b"captoin", 1)), "row 1", "'captoin'", "found an unknown column"),
    "missing column": (sheet(lambda text: text.replace(b"caption", b"captoin", 1)), "row 1", "caption", "found no such column"),
    "column twice": (sheet(lambda text: text.replace(b"fix", b"topic", 1)), "row 1", "topic", "the column 2 times"),
    "too many cells": (sheet(lambda text: text.replace(b",exercise,", b",exercise,or,so,", 1)), "row 2 (bridge-sound)", "-", "double quotation marks around the whole cell"),
    "too few cells": (sheet(lambda text: text.replace(b",exercise,", b",", 1)), "row 2 (bridge-sound)", "-", "keep one comma between cells"),
    "quotes left open": (sheet(lambda text: text.rstrip() + b',"'), "row 3", "-", "cells whose quotes are closed"),
    "count in words": (cell("views", "1.2K"), "row 2 (bridge-sound)", "views", "a whole number in digits alone"),
    "comment without a name": (cell("comments", "nice | a.b: t | c.d: t"), "row 2 (bridge-sound)", "comments", "who: text, with a colon between the two"),
    "source without what it says": (cell("references", "singh2023activity", "claims"), "row 2 (walk-instead)", "references", "key: supports, with a colon between the two"),
}  # fmt: skip


def problems_of(folder: Path, name: str) -> list[str]:
    good = copy.deepcopy(GOOD)
    BAD[name][0](good)
    return list(map(str, read(write(folder, good)).problems))


@pytest.mark.parametrize("name", BAD)
def test_a_bad_folder_is_refused_with_all_six_parts(tmp_path, name):
    _, item, field, said = BAD[name]
    found = read(write(tmp_path / "mine", copy.deepcopy(GOOD))).problems
    assert found == []
    for path in (tmp_path / "mine").iterdir():
        path.unlink()
    told = problems_of(tmp_path / "mine", name)
    one = [line for line in told if said in line]
    assert len(one) == 1, told
    assert re.match(
        rf"mine(/\w+\.(csv|json))?: item {re.escape(item)}: field {re.escape(field)}: found ",
        one[0],
    ), one
    assert "; allowed: " in one[0]
    assert "; suggestion: " in one[0]


def test_there_are_at_least_25_kinds_and_no_two_say_the_same(tmp_path):
    assert len(BAD) >= 25
    told = {}
    for number, name in enumerate(BAD):
        lines = problems_of(tmp_path / str(number), name)
        line = next(line for line in lines if BAD[name][3] in line)
        told[name] = re.sub(r"^.*?: found ", "", line)
    # The part that a test looks for stands in the message of no other kind.
    shared = {
        name: [each for each in told if BAD[name][3] in f"found {told[each]}"] for name in BAD
    }
    assert shared == {name: [name] for name in BAD}
    assert len(set(told.values())) == len(told)


# --- the folder itself ---------------------------------------------------------------------------


def linked(tmp_path: Path) -> Path:
    write(tmp_path / "elsewhere", {"posts.json": [POST]})
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/posts.json").symlink_to(tmp_path / "elsewhere/posts.json")
    return tmp_path / "mine"


def piped(tmp_path: Path) -> Path:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes with a name")
    (tmp_path / "mine").mkdir()
    os.mkfifo(tmp_path / "mine/posts.json")  # reading it would wait for ever
    return tmp_path / "mine"


def in_folder(name: str, content: bytes | None = b"x"):
    def made(tmp_path: Path) -> Path:
        if content is None:
            (tmp_path / "mine" / name).mkdir(parents=True)
            return tmp_path / "mine"
        return write(tmp_path / "mine", {name: content})

    return made


FOLDERS = {
    "no folder": (lambda tmp_path: tmp_path / "nowhere", "found no such folder"),
    "a file": (lambda tmp_path: write(tmp_path, {"mine": b"x"}) / "mine", "found no such folder"),
    "a link": (linked, "found a link to a file elsewhere"),
    "a pipe": (piped, "found a folder or a device"),
    "a folder of that name": (in_folder("posts.csv", None), "found a folder or a device"),
    "a workbook": (in_folder("posts.xlsx"), "open posts.xlsx and choose Save as"),
    "another spelling": (in_folder("Post.csv"), "is Post.csv meant?"),
    "nothing like it": (in_folder("notes.txt"), "--template” writes one"),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_folder_that_cannot_be_used_is_refused(tmp_path, name):
    make, said = FOLDERS[name]
    (problem,) = read(make(tmp_path)).problems
    assert said in str(problem)
    assert problem.allowed and problem.suggestion


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    def denied(self):
        raise PermissionError(13, "Permission denied")

    folder = write(tmp_path / "mine", GOOD)
    monkeypatch.setattr(Path, "read_bytes", denied)
    with pytest.raises(files.DataError, match="Permission denied"):
        files.read(folder, "posts")


def test_one_bad_file_is_told_without_a_tail_of_dangling_keys(tmp_path):
    (problem,) = read(write(tmp_path / "mine", {**GOOD, C: b""})).problems
    assert problem.file == "mine/claims.json"


def test_a_formula_hides_no_other_mistake_of_its_row(tmp_path):
    rows = rows_of("posts")
    rows[0] |= {"beats": "=1+1 | two | three", "caption": "<b>", "creator": "nobody", "id": ""}
    own = read(write(tmp_path / "mine", {**sheets(), "posts.csv": as_csv(rows)}))
    assert [one.field for one in own.problems] == ["id", "beats", "creator", "caption"]
    assert {one.item for one in own.problems} == {"row 2"}


def test_a_cell_that_cannot_be_read_is_told_once(tmp_path):
    rows = rows_of("posts")
    rows[0] |= {"views": "many", "comments": "no name", "reason": ""}
    own = read(write(tmp_path / "mine", {**sheets(), "posts.csv": as_csv(rows)}))
    assert [one.field for one in own.problems] == ["views", "comments", "reason"]


def test_a_spoilt_id_cannot_write_over_the_screen(tmp_path):
    good = copy.deepcopy(GOOD)
    good[P][0]["id"] = "\x1b[2J"
    said = "".join(map(str, read(write(tmp_path / "mine", good)).problems))
    assert "\x1b" not in said
    assert "item number 1:" in said


def test_what_is_only_worth_a_look_is_noted_and_not_refused(tmp_path):
    good = copy.deepcopy(GOOD)
    good[P][1]["caption"] = "five signs that he is a narcissist"
    good[K][0]["kind"] = "clinician"
    good[P] += [{**UNSOUND, "id": "p-3", "creator": "juno-breck"},
                {**POST, "id": "p-4", "creator": "juno-breck"}]  # fmt: skip
    good[P][1]["creator"] = "juno-breck"
    good[P][3]["creator"] = "kim"
    own = read(write(tmp_path / "mine", good))
    assert own.problems == []
    assert own.notes[0].startswith("All 2 posts by clinicians are sound: the badge")
    assert own.notes[1].startswith("posts, p-2: M13 (warn): 'narcissist'")
    assert len(own.notes) == 2


ANY = st.sampled_from(
    [None, True, -1, 1.5, "", " ", "x", "a|b", "@", "{fact:x}", "\ud800", "../x", "p-1", "x" * 3000, [], [[]], {},
     {"id": 1}, ["x", None], [{"who": 1}], [{"key": "doe2020", "supports": None}], {"views": None},
     {"date-parts": [[]]}]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_spoilt_record_ends_in_anything_but_problems(tmp_path_factory, data):
    good = copy.deepcopy(GOOD)
    for name in data.draw(st.lists(st.sampled_from([P, C, K, R]), min_size=1, max_size=3)):
        one = good[name][0]
        one[data.draw(st.sampled_from([*sorted(one), "extra"]))] = copy.deepcopy(data.draw(ANY))
    own = read(write(tmp_path_factory.mktemp("any") / "mine", good))
    assert all(map(str, own.problems))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_spoilt_sheet_ends_in_anything_but_problems(tmp_path_factory, data):
    text = bytearray(sheets()["posts.csv"])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(text) - 1))
        gone = data.draw(st.integers(0, 30))
        text[place : place + gone] = data.draw(st.sampled_from(
            [b"", b'"', b"|", b",", b"\n", b"\r", b";", b"=", b":", b"\xff", b"\0", "\u202e".encode()]))  # fmt: skip
    own = read(
        write(tmp_path_factory.mktemp("any") / "mine", {**sheets(), "posts.csv": bytes(text)})
    )
    assert all(map(str, own.problems))


# --- in a lesson ---------------------------------------------------------------------------------


@pytest.fixture
def course(tmp_path, monkeypatch):
    """The course's folder, seen from a notebook in ``lessons``."""
    (tmp_path / "course/lessons").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "course/lessons")
    monkeypatch.setenv("SECONDLOOK_WORK", str(tmp_path / "work"))
    lesson.journal.cache_clear()
    lesson._on_screen.clear()
    content._lent.clear()
    yield tmp_path / "course"
    lesson.journal.cache_clear()
    content._lent.clear()


ANSWER = {"call": "trust", "sure": 80}


def answer(widget, item: str) -> None:
    widget.set_state({"state": {"rev": 1, "items": {item: ANSWER}}})
    assert widget.saved == {"rev": 1, "problem": ""}


def test_good_posts_are_shown_and_their_answers_kept(course):
    write(course / "my_posts", GOOD)
    widget = Lesson(3).my_posts("my_posts")
    assert widget.kind == "judge"
    cards = [widget.spec["posts"][one["post"]] for one in widget.spec["items"]]
    assert [one["label"] for one in cards] == ["sound", "unsound"]
    assert cards[0]["creator"]["handle"] == "kim.in.the.hall"
    assert [one["short"] for one in widget.spec["references"].values()] == ["Doe, 2020"]
    answer(widget, "p-1")
    again = Lesson(3).my_posts("my_posts")
    assert again.state["items"] == {"p-1": ANSWER}
    assert again.result() == {
        "trusted_sound": 1,
        "n_sound": 1,
        "trusted_unsound": 0,
        "n_unsound": 0,
    }
    assert widget.comm is None  # closed, as any cell that runs again
    for text in (again.text(), again.paper(), again.key()):
        assert "kim.in.the.hall" in text
    assert "This one holds up" in again.key()


def test_the_template_can_be_shown_at_once(course):
    template.write(course / "my_posts")
    widget = Lesson(3).my_posts("my_posts")
    assert len(widget.items) == 2
    assert "Singh et al., 2023" in str(widget.spec["references"])


def test_an_answer_lands_in_no_other_activity(course):
    for name in ("my_posts", "My posts", "my-posts", "my_posts/autumn"):
        write(course / name, GOOD)
    shown = [
        Lesson(3).my_posts(name) for name in ("my_posts", "My posts", "my-posts", "my_posts/autumn")
    ]
    answer(shown[0], "p-1")
    ids = [one.record["id"] for one in shown]
    assert len(set(ids)) == 4
    assert all(
        Lesson(3).my_posts(name).state["items"] == {}
        for name in ("My posts", "my-posts", "my_posts/autumn")
    )
    allowed = re.compile(content.shapes().schema["definitions"]["id"]["pattern"])
    assert not any(allowed.search(one) for one in ids)  # no activity of the course may be called so


def test_two_folders_with_the_same_ids_keep_their_own_posts(course):
    write(course / "one", GOOD)
    other = copy.deepcopy(GOOD)
    other[P][0]["caption"], other[K][0]["handle"] = "another", "another.kim"
    write(course / "two", other)
    first, second = Lesson(3).my_posts("one"), Lesson(3).my_posts("two")
    for widget, caption, handle in (
        (first, "c", "kim.in.the.hall"),
        (second, "another", "another.kim"),
    ):
        assert handle in widget.text()
        assert f">{caption}</p>" in widget.paper()


def test_what_a_teacher_mends_is_shown_when_the_cell_runs_again(course):
    write(course / "mine", GOOD)
    Lesson(3).my_posts("mine")
    write(course / "mine", {P: [{**POST, "caption": "mended"}, UNSOUND]})
    assert "mended" in Lesson(3).my_posts("mine").text()


def test_the_course_does_not_know_the_lent_records_as_its_own(course):
    write(course / "mine", GOOD)
    before = set(content.records("posts"))
    Lesson(3).my_posts("mine")
    assert set(content.records("posts")) == before
    assert read(course / "mine").problems == []  # its ids are still free


@pytest.mark.parametrize("name", BAD)
def test_a_bad_folder_becomes_a_page_that_says_what_to_mend(course, name):
    problems_of(course / "mine", name)
    shown = Lesson(3).my_posts("mine")
    assert isinstance(shown, Page)
    assert BAD[name][3] in shown.text
    assert "Tell your teacher" in shown.text
    assert "<script>" not in shown.markup


def test_help_stands_by_when_a_post_mentions_a_crisis(course):
    good = copy.deepcopy(GOOD)
    write(course / "calm", good)
    good[P][0]["caption"] = "asking a friend about suicidal thoughts does not put the idea there"
    write(course / "heavy", good)
    assert "findahelpline.com" not in Lesson(3).my_posts("calm").spec["ask"]
    heavy = Lesson(3).my_posts("heavy")
    assert "findahelpline.com" in heavy.spec["ask"]
    assert "findahelpline.com" in heavy.paper() and "findahelpline.com" in heavy.text()


@pytest.mark.parametrize(
    "name", ["..", ".", "", "../course", "lessons/../../x", "/etc", "way_out", "round", "a\0b"]
)
def test_a_place_outside_the_course_is_refused(course, name):
    write(course.parent / "x", GOOD)
    (course / "way_out").symlink_to(course.parent / "x")
    (course / "round").symlink_to(course / "round")
    shown = Lesson(3).my_posts(name)
    assert isinstance(shown, Page)
    assert "a place outside the course's folder" in shown.text
    assert "copy the folder beside lessons" in shown.text


def test_a_link_inside_the_course_is_followed(course):
    write(course / "autumn", GOOD)
    (course / "my_posts").symlink_to(course / "autumn")
    assert folder_in(course, "my_posts") == (course / "autumn").resolve()


# --- on the command line -------------------------------------------------------------------------


def test_check_passes_a_good_folder_and_says_how_to_show_it(tmp_path, capsys):
    assert cli.main(["check", "--template", str(tmp_path / "mine")]) == 0
    said = capsys.readouterr().out
    assert "6 files written" in said and "how_to.md" in said
    assert cli.main(["check", str(tmp_path / "mine")]) == 0
    said = capsys.readouterr().out
    assert "2 posts, half of them sound" in said
    assert 'Lesson(3).my_posts("mine")' in said


def test_check_names_every_problem_of_a_folder(tmp_path, capsys):
    problems_of(tmp_path / "mine", "script")
    assert cli.main(["check", str(tmp_path / "mine")]) == 1
    first, last = capsys.readouterr().err.splitlines()
    assert "HTML or script in '<script>alert(1)" in first
    assert last == f"secondlook: 1 problem found in {tmp_path / 'mine'}."


def test_check_tells_what_is_worth_a_look(tmp_path, capsys):
    good = copy.deepcopy(GOOD)
    good[P][1]["caption"] = "five signs that he is a narcissist"
    assert cli.main(["check", str(write(tmp_path / "mine", good))]) == 0
    assert "Worth a look: posts, p-2: M13" in capsys.readouterr().out


def test_a_template_that_cannot_be_written_is_a_sentence(tmp_path, capsys):
    (tmp_path / "taken").write_text("")
    assert cli.main(["check", "--template", str(tmp_path / "taken")]) == 1
    assert "could not be written" in capsys.readouterr().err


def test_a_template_that_was_changed_is_kept(tmp_path, capsys):
    template.write(tmp_path)
    (tmp_path / "posts.csv").write_text("mine")
    assert cli.main(["check", "--template", str(tmp_path)]) == 0
    assert "Kept as they are, because they were changed here: posts.csv." in capsys.readouterr().out


def test_a_broken_course_is_told_when_a_folder_is_checked(tmp_path, monkeypatch, capsys):
    write(tmp_path / "mine", GOOD)
    monkeypatch.setenv("SECONDLOOK_DATA", str(tmp_path / "nowhere"))
    content.records.cache_clear()
    try:
        for words in (
            ["check", str(tmp_path / "mine")],
            ["check", "--template", str(tmp_path / "new")],
        ):
            assert cli.main(words) == 1
            assert ".json: item the file: field -: found No such file" in capsys.readouterr().err
        assert not (tmp_path / "new").exists()
    finally:
        content.records.cache_clear()


def test_check_takes_one_thing_at_a_time(capsys):
    with pytest.raises(SystemExit):
        cli.main(["check", "mine", "--data", "other"])
