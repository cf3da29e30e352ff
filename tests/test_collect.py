"""A folder of hand-ins: what counts, what does not and why, and that nothing stops the report."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from a_class import CODES, plain_forms, sheet  # noqa: F401
from secondlook import forms
from secondlook.answer_lines import Record, write_header, write_line
from secondlook.classroom import collect as module
from secondlook.classroom.codes import write_code
from secondlook.classroom.collect import CollectError, Refused, collect
from secondlook.classroom.hand_in import MAX_BYTES
from secondlook.classroom.summary import summarise
from secondlook.learner_code import ANIMALS, PLANTS

pytestmark = pytest.mark.usefixtures("plain_forms")
FERN, MOSS = CODES[0], CODES[5]
DAY = "2026-11-25"
TEST = {"day": DAY, "lesson": 1, "activity": "test-before"}
CALL = {**TEST, "item": "p-a0", "answer": {"call": "trust", "sure": 70}}
PICK = {**TEST, "item": "a-credentials-0", "answer": {"pick": "b"}}
DONE = {**TEST, "item": "finished", "answer": {"form": "A", "edition": 1}}


def work(learner: str = FERN, saved: str = DAY, answers=(CALL, PICK, DONE), **more) -> dict:
    return {"secondlook": "work", "format": 2, "learner": learner, "saved": saved,
            "texts": False, "answers": list(answers), **more}  # fmt: skip


def put(path: Path, value) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    path.write_bytes(data)
    return path


def test_what_a_class_hands_in_is_kept_with_its_class(tmp_path):
    put(tmp_path / "one.json", work())
    put(tmp_path / "8a" / "two.json", work(MOSS))
    put(tmp_path / "8b" / "two.json", work(MOSS, "2026-11-24"))
    found = collect(tmp_path)
    assert [(one.name, one.class_name) for one in found.kept] == [
        ("one.json", ""), ("8a/two.json", "8a"), ("8b/two.json", "8b")]  # fmt: skip
    assert found.refused == []
    table = summarise(found.kept, found.refused).tests
    assert list(table["learner"]) == [FERN, MOSS, MOSS] and set(table["answered"]) == {2}
    assert table["finished"].all()


def test_a_file_of_format_1_is_read(tmp_path):
    lines = [write_header(FERN)]
    lines += [write_line(Record(*one.values()), n) for n, one in enumerate((CALL, DONE), start=1)]
    put(tmp_path / "answers.jsonl", b"".join(lines))
    (one,) = collect(tmp_path).kept
    assert one.hand_in.learner == FERN and len(one.hand_in.answers) == 2


def zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("work.json", json.dumps(work()))
    return packed.getvalue()


def changed(place: dict, **fields) -> dict:
    return work(answers=[{**place, **fields}])


SCRIPT = "<script>alert(1)</script>"
WHOLE = json.dumps(work()).encode()
BAD = {
    "script-learner": (work(SCRIPT), "learner code"),
    "script-saved": (work(saved=SCRIPT), "no day"),
    "script-texts": (work(texts=SCRIPT), "true or false"),
    "script-secondlook": (work(secondlook=SCRIPT), "not a file of saved work"),
    "script-format": (work(format=SCRIPT), "format"),
    "script-field": (work(**{SCRIPT: 1}), "field that saved work does not have"),
    "script-day": (changed(CALL, day=SCRIPT), "no day"),
    "script-activity": (changed(CALL, activity=SCRIPT), "no place"),
    "script-item": (changed(CALL, item=SCRIPT), "no place"),
    "script-call": (changed(CALL, answer={"call": SCRIPT, "sure": 50}), "only an id may stand"),
    "script-key": (changed(CALL, answer={SCRIPT: 1}), "field that its activity does not have"),
    "formula-learner": (work("=1+1"), "learner code"),
    "formula-pick": (changed(PICK, answer={"pick": '=HYPERLINK("x")'}), "only an id may stand"),
    "no-option": (changed(PICK, answer={"pick": "e"}), "a-credentials-0 in the test before"),
    "huge": (b" " * (MAX_BYTES + 1), "bytes, and none of ours has more"),
    "deep": (WHOLE[:-2] + b"[" * 5000 + b"]" * 5000 + b"]}", "nested"),
    "zip": (zipped(), "zip file"),
    "nan": (WHOLE.replace(b"70", b"NaN"), "NaN"),
    "infinity": (WHOLE.replace(b"70", b"-Infinity"), "Infinity"),
    "negative-sure": (WHOLE.replace(b"70", b"-70"), "below 0"),
    "negative-edition": (changed(DONE, answer={"form": "A", "edition": -1}), "below 0"),
    "negative-lesson": (changed(CALL, lesson=-1), "no place"),
    "negative-count": (work(answers=[{"day": DAY, "lesson": 12, "activity": "my-posts--x-1a2b3c4d",
                                      "item": "p", "answer": {"sure": -1}}]), "below 0"),
    "utf-16": (WHOLE.decode().encode("utf-16"), "UTF-8"),
    "utf-16-bare": (WHOLE.decode().encode("utf-16-le"), "not a file of saved work"),
    "latin-1": (WHOLE.replace(b"trust", b"tr\xfcst"), "UTF-8"),
    "truncated": (WHOLE[:-30], "the end is missing"),
    "truncated-early": (WHOLE[:20], "the end is missing"),
    "empty": (b"", "empty"),
    "newer": (work(format=3), "newer version"),
    "older": (work(format=1), "format"),
    "newer-lines": (b'{"secondlook": "answers", "format": 2, "learner": "x"}\n', "newer version"),
    "foreign": ({"cells": [], "nbformat": 4}, "not a file of saved work"),
    "a-list": ([1, 2], "not a file of saved work"),
    "number": (b"12", "not a file of saved work"),
    "page": (b"<!doctype html><p>report", "not a file of saved work"),
    "twice": (WHOLE.replace(b'"texts"', b'"texts": false, "texts"'), "twice"),
    "free-text": (changed(PICK, answer={"pick": "b", "name": "Anna"}), "does not have"),
}  # fmt: skip


def test_every_bad_file_is_listed_and_the_good_one_is_kept(tmp_path):
    for name, (value, _) in BAD.items():
        put(tmp_path / f"{name}.json", value)
    put(tmp_path / "good.json", work(MOSS))
    found = collect(tmp_path)
    assert [one.name for one in found.kept] == ["good.json"]
    assert summarise(found.kept, found.refused).tests["learner"].tolist() == [MOSS]
    reasons = {one.name.removesuffix(".json"): one.reason for one in found.refused}
    assert reasons.keys() == BAD.keys()
    for name, (_, said) in BAD.items():
        assert said in reasons[name], (name, reasons[name])
        assert reasons[name].endswith(".") and not re.search(r"[.] [A-Z]", reasons[name])
        assert "<script" not in reasons[name] and reasons[name].isprintable()


def test_a_large_file_is_refused_before_it_is_read(tmp_path, monkeypatch):
    with (tmp_path / "50mb.json").open("wb") as file:
        file.truncate(50_000_000)
    monkeypatch.setattr(os, "open", lambda *_: pytest.fail("it was opened"))
    (one,) = collect(tmp_path).refused
    assert one == Refused("50mb.json", f"This file has 50,000,000 bytes, and none of ours has more than {MAX_BYTES:,}.")  # fmt: skip


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path, monkeypatch):
    put(tmp_path / "a.json", work())
    small = put(tmp_path.parent / "small", b"").stat()
    monkeypatch.setattr(Path, "lstat", lambda _: small)
    monkeypatch.setattr(os, "fstat", lambda _: small)
    monkeypatch.setattr(module.hand_in, "MAX_BYTES", 20)
    assert "21 bytes" in collect(tmp_path).refused[0].reason


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need rights there")
def test_links_pipes_and_folders_with_a_files_name_are_refused(tmp_path):
    outside = put(tmp_path / "outside" / "real.json", work())
    folder = tmp_path / "class"
    put(folder / "good.json", work(MOSS))
    (folder / "link.json").symlink_to(outside)
    (folder / "linked-class").symlink_to(outside.parent)
    (folder / "loop").symlink_to(folder)
    (folder / "nowhere.json").symlink_to("nothing")
    os.mkfifo(folder / "pipe.json")
    put(folder / "x.json" / "real.json", work())
    put(folder / "8a" / "deeper" / "real.json", work())
    found = collect(folder)
    assert [one.name for one in found.kept] == ["good.json"]
    reasons = {one.name: one.reason for one in found.refused}
    for name in ("link.json", "linked-class", "loop", "nowhere.json"):
        assert "links are not followed" in reasons.pop(name)
    assert "pipe" in reasons.pop("pipe.json")
    assert "its name looks like one" in reasons.pop("x.json")
    assert "in a class" in reasons.pop("8a/deeper") and reasons == {}


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="no such guard on this system")
def test_a_file_that_turns_into_a_link_or_a_pipe_is_refused(tmp_path, monkeypatch):
    plain = put(tmp_path / "x" / "plain", b"1").stat()
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "link.json").symlink_to(put(tmp_path / "real.json", work()))
    os.mkfifo(folder / "pipe.json")
    monkeypatch.setattr(Path, "lstat", lambda _: plain)
    reasons = [one.reason for one in collect(folder).refused]
    assert "cannot be opened" in reasons[0] and "pipe" in reasons[1]


def test_what_may_not_be_opened_is_listed(tmp_path, monkeypatch):
    put(tmp_path / "8a" / "x.json", work())
    put(tmp_path / "shut.json", work())
    real_open, real_scan = os.open, os.scandir

    def shut(path, *more):
        if "shut" in str(path):
            raise PermissionError(13, "Permission denied")
        return real_open(path, *more)

    def scan(path):
        if str(path).endswith("8a"):
            raise PermissionError(13, "Permission denied")
        return real_scan(path)

    monkeypatch.setattr(os, "open", shut)
    monkeypatch.setattr(os, "scandir", scan)
    found = collect(tmp_path)
    assert found.kept == [] and found.refused == [
        Refused("shut.json", "This file cannot be opened (Permission denied)."),
        Refused("8a", "This folder cannot be opened.")]  # fmt: skip


def test_a_fault_of_ours_stops_no_report(tmp_path, monkeypatch):
    put(tmp_path / "a.json", work())
    monkeypatch.setattr(module, "read_hand_in", lambda _: {}["no such"])
    (one,) = collect(tmp_path).refused
    assert one == Refused("a.json", "This file cannot be read (KeyError).")


def test_a_copy_counts_once(tmp_path):
    for name in ("8a/a.json", "8a/b.json", "8b/c.json"):
        put(tmp_path / name, work())
    found = collect(tmp_path)
    assert [one.name for one in found.kept] == ["8a/a.json"]
    assert found.refused == [Refused(f"8{c}", "This is the same file as “8a/a.json”.") for c in ("a/b.json", "b/c.json")]  # fmt: skip


def test_the_newest_of_a_learner_counts_and_it_is_said(tmp_path):
    put(tmp_path / "a.json", work(saved="2026-11-24"))
    put(tmp_path / "b.json", work(saved="2026-11-26", answers=[CALL]))
    put(tmp_path / "c.json", work(saved="2026-11-26", answers=[CALL, PICK]))
    put(tmp_path / "d.json", work(saved="2026-11-26", answers=[PICK]))
    found = collect(tmp_path)
    assert [one.name for one in found.kept] == ["c.json"]
    only = f"and only one file of {FERN} counts."
    assert found.refused == [
        Refused("a.json", f"“b.json” of 2026-11-26 is newer, {only}"),
        Refused("b.json", f"“c.json” of the same day has as many answers or more, {only}"),
        Refused("d.json", f"“c.json” of the same day has as many answers or more, {only}"),
    ]


def test_a_test_of_another_edition_or_form_is_left_out_and_said(tmp_path):
    other = {**DONE, "answer": {"form": "A", "edition": 2}}
    wrong = {**DONE, "answer": {"form": "C", "edition": 1}}
    stray = {**TEST, "item": "nobody-knows", "answer": {"pick": "b"}}
    put(tmp_path / "a.json", work(FERN, answers=[CALL, other]))
    put(tmp_path / "b.json", work(MOSS, answers=[wrong]))
    put(tmp_path / "c.json", work(CODES[7], answers=[stray]))
    found = collect(tmp_path)
    assert [one.hand_in.answers for one in found.kept] == [[], [], []]
    assert [one.name for one in found.refused] == [f"{c}.json, test before" for c in "abc"]
    assert "edition 2" in found.refused[0].reason and "never has form C" in found.refused[1].reason


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_names_are_shown_safely(tmp_path):
    ugly = "\x1b[31m\u202egnp.exe\n" + "n" * 180 + ".json"
    raw = os.fsdecode(b"bad\xff.json")
    for name in (ugly, raw):
        put(tmp_path / name, b"")
    put(tmp_path / ("k\x07" + "k" * 200) / "x.json", work())
    found = collect(tmp_path)
    names = [one.name for one in (*found.refused, *found.kept)] + [found.kept[0].class_name]
    assert len(names) == 4 and all(one.isprintable() and len(one) <= 200 for one in names)
    assert names[0].endswith("nnn.json") and "\ufffd[31m\ufffdgnp.exe\ufffd" in names[0]
    assert names[1] == "bad\ufffd.json" and names[1].encode("utf-8")


def test_litter_is_passed_over_and_old_reports_can_be(tmp_path):
    for name in (".DS_Store", "Thumbs.db", "__MACOSX/._x.json"):
        put(tmp_path / name, b"x")
    report = put(tmp_path / "report.html", b"x")
    assert collect(tmp_path, leave_out=[report]) == module.Collected()
    assert [one.name for one in collect(tmp_path).refused] == ["report.html"]


def test_no_folder_and_no_list_are_said(tmp_path):
    with pytest.raises(CollectError, match=r"no folder .*nothing: check its name"):
        collect(tmp_path / "nothing")
    with pytest.raises(CollectError, match="no list"):
        collect(tmp_path, tmp_path / "codes.txt")
    with pytest.raises(CollectError, match="no folder"):
        collect(put(tmp_path / "a.json", work()))


def snapshot(folder: Path) -> dict[str, bytes | None]:
    return {str(one): one.read_bytes() if one.is_file() else None for one in folder.rglob("*")}


def test_nothing_is_written(tmp_path, monkeypatch):
    for name, (value, _) in BAD.items():
        put(tmp_path / f"{name}.json", value)
    put(tmp_path / "codes.txt", b"x")
    before = snapshot(tmp_path)
    flags = []
    real = os.open
    monkeypatch.setattr(os, "open", lambda path, how, *more: flags.append(how) or real(path, how, *more))  # fmt: skip
    collect(tmp_path, tmp_path / "codes.txt")
    assert snapshot(tmp_path) == before
    assert flags and not any(how & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) for how in flags)


# --- codes ----------------------------------------------------------------------------------------


def code(learner: str = FERN, occasion: str = "before", **more) -> str:
    return write_code(sheet(learner, occasion, "C" if occasion == "later" else "A", **more))


def listed(folder: Path, text: str | bytes, name: str = "codes.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    return collect(folder, put(folder / name, data))


@pytest.mark.parametrize("between", [",", ";", "\t", " , "])
def test_codes_and_classes_are_read(tmp_path, between):
    lines = ["Code" + between + "Class", "# Monday", "", code() + between + '"8a"',
             code(MOSS).replace(" ", "-").lower() + "  # typed by hand", code(occasion="later")]  # fmt: skip
    found = listed(tmp_path, "\ufeff" + "\r\n".join(lines))
    assert found.refused == []
    assert [(one.name, one.class_name, one.sheet.learner) for one in found.kept] == [
        ("codes.csv, line 4", "8a", FERN), ("codes.csv, line 5", "", MOSS),
        ("codes.csv, line 6", "", FERN)]  # fmt: skip
    assert found.kept[0].sheet == sheet(FERN, "before", "A")


def test_bad_codes_are_listed_with_their_line(tmp_path):
    good = code()
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")
    lines = [good, wrong, "1234", f"{good},8a,Anna", f'"{good}', "\x1b[2J" + good, "," + "8a",
             "x" * 200_000, "<script>", '=HYPERLINK("x")', good]  # fmt: skip
    found = listed(tmp_path, "\n".join(lines), "list.txt")
    assert [one.name for one in found.kept] == ["list.txt, line 1"]
    reasons = {one.name.removeprefix("list.txt, line "): one.reason for one in found.refused}
    assert reasons["2"].startswith("A sign is wrong") and "missing" in reasons["3"]
    assert "more than a code and a class" in reasons["4"]
    assert "Sign 1 is “\ufffd”" in reasons["6"] and "missing" in reasons["7"]
    assert "no answer code" in reasons["8"] and "which no code has" in reasons["9"]
    assert reasons["11"] == "This is the same code as in list.txt, line 1."
    assert all(one.isprintable() and len(one) <= 300 for one in reasons.values())


@pytest.mark.parametrize("data", [code.__name__.encode("utf-16"), b"\xfc", b"PK\x03\x04\x00\x00"])
def test_a_list_that_is_no_text_is_refused_whole(tmp_path, data):
    put(tmp_path / "a.json", work())
    found = listed(tmp_path, data)
    assert len(found.kept) == 1 and [one.name for one in found.refused] == ["codes.csv"]
    assert "UTF-8" in found.refused[0].reason


def test_a_list_that_is_too_large_is_refused_unread(tmp_path):
    assert "bytes" in listed(tmp_path, b"\n" * 5_000_001).refused[0].reason


def test_of_two_codes_the_one_with_more_answers_counts(tmp_path):
    less = code(skip=["p-a0"])
    found = listed(tmp_path, f"{less}\n{code()}\n{less}")
    assert [one.name for one in found.kept] == ["codes.csv, line 2"]
    assert [one.name for one in found.refused] == ["codes.csv, line 1", "codes.csv, line 3"]
    assert "in codes.csv, line 2, has as many answers or more" in found.refused[0].reason


def test_a_finished_file_goes_before_a_code(tmp_path):
    put(tmp_path / "8a" / "a.json", work())
    put(tmp_path / "8a" / "b.json", work(MOSS, answers=[CALL]))
    found = listed(tmp_path, f"{code()}\n{code(MOSS)}\n{code(occasion='later')}")
    assert [(one.name, one.class_name) for one in found.kept[2:]] == [
        ("codes.csv, line 2", "8a"), ("codes.csv, line 3", "8a")]  # fmt: skip
    assert found.refused == [Refused("codes.csv, line 1", f"The file “8a/a.json” holds the test before of {FERN} already.")]  # fmt: skip
    table = summarise(found.kept).tests.set_index(["learner", "occasion"])
    assert table.loc[MOSS, "before"]["answered"] == 40


def test_a_list_cannot_put_a_learner_into_two_classes(tmp_path):
    put(tmp_path / "a.json", work())
    (_, one) = listed(tmp_path, f"{code(occasion='later')},8a").kept
    assert one.class_name == ""


# --- many -----------------------------------------------------------------------------------------


def crowd(folder: Path, count: int) -> None:
    calls = [
        {**TEST, "item": one.id, "answer": {"call": "trust", "sure": 70} if one.part == "post" else {"pick": "b"}}
        for one in forms.form("A").items
    ]  # fmt: skip
    codes = [f"{one}-{two}-{n}" for n in range(10, 20) for one in PLANTS for two in ANIMALS]
    for n in range(count):
        hand_in = work(codes[n], answers=[*calls, DONE]) if n % 10 else {"n": n}
        put(folder / f"class-{n % 300}" / f"{n}.json", hand_in)


def test_ten_thousand_files_are_collected(tmp_path):
    crowd(tmp_path, 10_000)
    found = collect(tmp_path)
    assert (len(found.kept), len(found.refused)) == (9_000, 1_000)
    assert len({id(one) for kept in found.kept for one in kept.hand_in.answers}) == 41


def test_a_file_is_small_once_it_was_read(tmp_path):
    crowd(tmp_path, 300)
    tracemalloc.start()
    found = collect(tmp_path)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found.kept) == 270
    assert held / 300 < 5_000  # bytes; 41 answers of its own for each file take 30,000
