"""The learner's answers survive what happens to files: crashes, full disks, damage, two writers."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondlook import journal as journal_module
from secondlook.answer_lines import MAX_ANSWER, MAX_LOAD, write_header, write_line
from secondlook.journal import Journal, JournalError, random_code, work_folder
from secondlook.learner_code import is_code

WIDGETS = Path(journal_module.__file__).parents[1]
HEADER = '{"secondlook": "answers", "format": 1, "learner": "fern-otter-42"}\n'


def line(n=1, item="i1", answer='{"pick": "a"}', lesson=3, activity="tag", day="2026-11-23"):
    return (
        f'{{"n": {n}, "day": "{day}", "lesson": {lesson}, "activity": "{activity}", '
        f'"item": "{item}", "answer": {answer}}}\n'
    )


def saved(folder: Path, text: str | bytes, name: str = "answers.jsonl") -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def exported(journal: Journal) -> str:
    """A file of format 1, as Save my work gave it before there was format 2."""
    lines = [write_line(one, n) for n, one in enumerate(journal.latest(), start=1)]
    return b"".join([write_header(journal.learner), *lines]).decode("ascii")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def run(code: str, *arguments: object, **more) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env=os.environ | {"PYTHONPATH": str(WIDGETS)},
        stdout=subprocess.PIPE,
        text=True,
        **more,
    )


# --- the ordinary way ----------------------------------------------------------------------------


def test_nothing_is_written_before_the_first_answer(tmp_path):
    folder = tmp_path / "my_work"
    journal = Journal.open(folder)
    assert journal.answers(3, "tag") == {} and journal.latest() == [] and journal.notes == []
    assert not folder.exists()


def test_answers_come_back_after_a_restart(tmp_path):
    first = Journal.open(tmp_path)
    first.record(3, "tag", "i1", {"pick": "a"})
    first.record(3, "tag", "i2", {"pick": "b", "sure": 70})
    first.record(3, "tag", "i1", {"pick": "c"})
    first.record(4, "tag", "i1", {"pick": "other lesson"})
    again = Journal.open(tmp_path)
    assert again.answers(3, "tag") == {"i1": {"pick": "c"}, "i2": {"pick": "b", "sure": 70}}
    assert again.learner == first.learner
    again.record(3, "tag", "i1", None)
    assert Journal.open(tmp_path).answers(3, "tag") == {"i2": {"pick": "b", "sure": 70}}


def test_the_file_is_as_documented(tmp_path, monkeypatch):
    journal = Journal.open(tmp_path)
    journal.record(3, "tag-the-caption", "s1", {"pick": "claim"})
    journal.record(3, "tag-the-caption", "s2", None)
    header, *records = map(json.loads, journal.path.read_text().splitlines())
    assert header == {"secondlook": "answers", "format": 1, "learner": journal.learner}
    assert [record["n"] for record in records] == [1, 2]
    assert records[0] == {
        "n": 1, "day": records[0]["day"], "lesson": 3, "activity": "tag-the-caption",
        "item": "s1", "answer": {"pick": "claim"},
    }  # fmt: skip
    assert records[1]["answer"] is None


def test_only_the_day_is_kept_never_the_time(tmp_path):
    journal = Journal.open(tmp_path)
    journal.record(3, "tag", "i1", {"pick": "a"})
    text = journal.path.read_text()
    assert time.strftime("%Y-%m-%d") in text
    assert time.strftime("%H:%M") not in text and "T" not in text.split('"day": ')[1][:12]


def test_a_second_open_notebook_is_seen(tmp_path):
    one, two = Journal.open(tmp_path), Journal.open(tmp_path)
    one.record(3, "tag", "i1", {"pick": "a"})
    assert two.answers(3, "tag") == {"i1": {"pick": "a"}}
    assert two.learner == one.learner
    two.record(3, "tag", "i1", {"pick": "b"})
    assert one.answers(3, "tag") == {"i1": {"pick": "b"}}
    assert [json.loads(x)["n"] for x in one.path.read_text().splitlines()[1:]] == [1, 2]


def test_a_deleted_file_is_a_clean_start(tmp_path):
    journal = Journal.open(tmp_path)
    journal.record(3, "tag", "i1", {"pick": "a"})
    journal.path.unlink()
    assert journal.answers(3, "tag") == {}
    journal.record(3, "tag", "i2", {"pick": "b"})
    assert Journal.open(tmp_path).answers(3, "tag") == {"i2": {"pick": "b"}}


def test_work_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("SECONDLOOK_WORK", raising=False)
    (tmp_path / "lessons").mkdir()
    monkeypatch.chdir(tmp_path / "lessons")
    assert work_folder() == tmp_path / "my_work"
    monkeypatch.chdir(tmp_path)
    assert work_folder() == tmp_path / "my_work"
    monkeypatch.setenv("SECONDLOOK_WORK", str(tmp_path / "elsewhere"))
    assert work_folder() == tmp_path / "elsewhere"
    assert Journal.open().path == tmp_path / "elsewhere" / "answers.jsonl"


def test_new_code_is_random_and_kept(tmp_path):
    journal = Journal.open(tmp_path)
    journal.record(3, "tag", "i1", {"pick": "a"})
    code = journal.new_code()
    assert is_code(code) and journal.learner == code
    assert Journal.open(tmp_path).learner == code
    assert len({random_code() for _ in range(200)}) > 190


@pytest.mark.parametrize("code", ["anna-smith-14", "Fern-otter-42", "fern-otter-4", "", 7, None])
def test_a_name_is_not_a_code(code):
    assert not is_code(code)


# --- bad calls -----------------------------------------------------------------------------------

RING: dict = {}
RING["ring"] = RING
DEEP: dict = {}
for _ in range(30):
    DEEP = {"d": DEEP}


@pytest.mark.parametrize(
    "answer",
    [
        "text", ["list"], 7, {"x": float("nan")}, {"x": float("inf")}, {"x": object()}, {1: "key"},
        {"x": {1, 2}}, RING, DEEP, {"x": "y" * MAX_ANSWER}, {"x": b"bytes"},
    ],
    ids=[
        "text", "list", "number", "NaN", "infinity", "object", "number as key", "set", "ring",
        "deep", "large", "bytes",
    ],
)  # fmt: skip
def test_a_bad_answer_is_refused_and_leaves_no_trace(tmp_path, answer):
    journal = Journal.open(tmp_path / "work")
    with pytest.raises(ValueError):
        journal.record(3, "tag", "i1", answer)
    assert journal.answers(3, "tag") == {} and not (tmp_path / "work").exists()


@pytest.mark.parametrize(
    "place",
    [
        (-1, "tag", "i1"), (100, "tag", "i1"), ("3", "tag", "i1"), (True, "tag", "i1"),
        (3, "", "i1"), (3, "Tag it", "i1"), (3, "../up", "i1"), (3, "tag", ""),
        (3, "tag", "i 1"), (3, "tag", "i" * 81), (3, "tag", None), (3.0, "tag", "i1"),
    ],
)  # fmt: skip
def test_a_bad_place_is_refused(tmp_path, place):
    with pytest.raises(ValueError):
        Journal.open(tmp_path).record(*place, {"pick": "a"})


def test_the_largest_answer_fits_and_comes_back(tmp_path):
    answer = {"x": "y" * (MAX_ANSWER - len('{"x": ""}'))}
    Journal.open(tmp_path).record(3, "tag", "i1", answer)
    assert Journal.open(tmp_path).answers(3, "tag") == {"i1": answer}


def test_characters_that_break_files_are_replaced(tmp_path):
    journal = Journal.open(tmp_path)
    journal.record(3, "tag", "i1", {"x": "a\x00b\x1bc\ud83d!\n\té 🦉"})
    assert Journal.open(tmp_path).answers(3, "tag") == {"i1": {"x": "a b c !\n\té 🦉"}}
    assert Journal.open(tmp_path / "other").load(exported(journal)).read == 1


# --- crashes -------------------------------------------------------------------------------------

WRITER = """
import sys
from pathlib import Path
from secondlook.journal import Journal
journal = Journal.open(Path(sys.argv[1]))
for i in range(int(sys.argv[3])):
    journal.record(3, "tag", f"{sys.argv[2]}{i}", {"pick": i, "text": "x" * 300})
    print(i, flush=True)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_kill_in_the_middle_of_writing_loses_nothing(tmp_path):
    kept: dict[str, int] = {}
    for turn in range(20):
        process = run(WRITER, tmp_path, f"t{turn}-", 100_000)
        process.stdout.readline()  # it writes now
        time.sleep(random.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        said = [0, *(int(text) for text in process.stdout.read().split())]
        process.wait()
        kept |= {f"t{turn}-{i}": i for i in said}
        journal = Journal.open(tmp_path)
        journal.record(3, "after", f"t{turn}", {"pick": turn})
        found = journal.answers(3, "tag")
        assert {item: found[item]["pick"] for item in kept} == kept
        assert journal.path.name == "answers.jsonl"
    assert len(Journal.open(tmp_path).answers(3, "after")) == 20


def test_a_line_torn_anywhere_costs_only_itself(tmp_path):
    whole = (HEADER + line(1, "i1") + line(2, "i2", '{"pick": "b"}')).encode()
    start = len((HEADER + line(1, "i1")).encode())
    for cut in range(start, len(whole)):
        folder = tmp_path / str(cut)
        path = saved(folder, whole[:cut])
        journal = Journal.open(folder)
        complete = cut == len(whole) - 1  # only the line end is missing
        assert set(journal.answers(3, "tag")) == ({"i1", "i2"} if complete else {"i1"})
        assert bool(journal.notes) == (start < cut < len(whole) - 1)
        journal.record(3, "tag", "i3", {"pick": "c"})
        assert path.read_bytes().startswith(whole[:cut])
        again = Journal.open(folder)
        assert set(again.answers(3, "tag")) == {"i1", "i3"} | ({"i2"} if complete else set())
        assert again.path == path and again.notes == []


def test_a_header_torn_anywhere_is_mended(tmp_path):
    for cut in range(len(HEADER)):
        folder = tmp_path / str(cut)
        path = saved(folder, HEADER[:cut])
        Journal.open(folder).record(3, "tag", "i1", {"pick": "a"})
        again = Journal.open(folder)
        assert again.path == path and again.notes == []
        assert again.answers(3, "tag") == {"i1": {"pick": "a"}}


def test_torn_again_while_mending(tmp_path):
    torn = HEADER + line(1, "i1") + line(2, "i2")[:30] + "\n" + '{"torn": tr'
    path = saved(tmp_path, torn)
    journal = Journal.open(tmp_path)
    journal.record(3, "tag", "i3", {"pick": "c"})
    again = Journal.open(tmp_path)
    assert set(again.answers(3, "tag")) == {"i1", "i3"}
    assert again.path == path and again.notes == []


def test_zeros_left_by_a_power_cut(tmp_path):
    path = saved(tmp_path, HEADER.encode() + line(1, "i1").encode() + b"\0" * 100)
    Journal.open(tmp_path).record(3, "tag", "i2", {"pick": "b"})
    assert set(Journal.open(tmp_path).answers(3, "tag")) == {"i1", "i2"}
    assert Journal.open(tmp_path).path == path


def test_two_processes_at_once(tmp_path):
    both = [run(WRITER, tmp_path, name, 500) for name in ("a", "b")]
    for process in both:
        process.communicate(timeout=120)
        assert process.returncode == 0
    lines = (tmp_path / "answers.jsonl").read_text().splitlines()
    numbers = [json.loads(text)["n"] for text in lines[1:]]  # every line is whole
    assert numbers == list(range(1, 1001))
    found = Journal.open(tmp_path).answers(3, "tag")
    assert len(found) == 1000 and all(found[f"{name}{499}"]["pick"] == 499 for name in "ab")


def test_it_works_where_there_are_no_locks(tmp_path):
    """As in the browser's Python: no fcntl, and a file system that cannot sync."""
    code = (
        """
import errno, os, sys
sys.modules["fcntl"] = None
def no(handle): raise OSError(errno.EINVAL, "no sync here")
os.fsync = no
"""
        + WRITER
    )
    process = run(code, tmp_path, "a", 3)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert len(Journal.open(tmp_path).answers(3, "tag")) == 3


def test_a_line_that_slips_in_without_a_lock_is_not_overwritten(tmp_path, monkeypatch):
    journal = Journal.open(tmp_path)
    journal.record(3, "tag", "i1", {"pick": "a"})
    write_line = journal_module.write_line

    def slow_write_line(entry, n):  # another notebook is quicker, between our reading and writing
        with journal.path.open("a") as file:
            file.write(line(2, "quick") * 3)
        return write_line(entry, n)

    monkeypatch.setattr(journal_module, "write_line", slow_write_line)
    journal.record(3, "tag", "i2", {"pick": "b"})
    assert set(journal.answers(3, "tag")) == {"i1", "quick", "i2"}
    assert set(Journal.open(tmp_path).answers(3, "tag")) == {"i1", "quick", "i2"}
    assert Journal.open(tmp_path).notes == []


@pytest.mark.skipif(sys.platform == "win32", reason="the lock is held with fcntl here")
def test_a_lock_that_is_never_given_back_does_not_hang(tmp_path, monkeypatch):
    import fcntl

    monkeypatch.setattr("secondlook.shared_file._LOCK_WAIT", 0.05)
    journal = Journal.open(tmp_path)
    journal.record(3, "tag", "i1", {"pick": "a"})
    with journal.path.open("rb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        journal.record(3, "tag", "i2", {"pick": "b"})
    assert set(Journal.open(tmp_path).answers(3, "tag")) == {"i1", "i2"}


# --- disks that refuse ---------------------------------------------------------------------------

FULL = "Your answer is on screen, but it could not be saved: the disk is full."
# A limit on the size of a file is the one full disk that every POSIX account can have for real.
LIMITED = """
import resource, sys
from pathlib import Path
from secondlook.journal import Journal, JournalError
folder = Path(sys.argv[1])
journal = Journal.open(folder)
journal.record(3, "tag", "i0", {"pick": 0})
size = journal.path.stat().st_size
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (size + int(sys.argv[2]), hard))
for i in range(1, 4):
    try:
        journal.record(3, "tag", f"i{i}", {"pick": i, "text": "x" * 200})
    except JournalError as error:
        print(error)
assert sorted(journal.answers(3, "tag")) == ["i0", "i1", "i2", "i3"]   # still on screen
assert len(journal.latest()) == 4                             # and in Save my work
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
journal.record(3, "tag", "i4", {"pick": 4})
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
@pytest.mark.parametrize("room", [0, 1, 100, 350, 700])
def test_a_full_disk_keeps_the_answers_until_there_is_room(tmp_path, room):
    process = run(LIMITED, tmp_path, room)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    said = out.splitlines()
    assert said and all(text.startswith(FULL) for text in said)
    assert said[0].endswith("Tell your teacher, or press Save my work.")
    journal = Journal.open(tmp_path)
    found = journal.answers(3, "tag")
    assert [found[f"i{i}"]["pick"] for i in range(5)] == [0, 1, 2, 3, 4]
    assert journal.path.name == "answers.jsonl" and journal.notes == []


def test_a_really_full_disk(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(disk)]
    if sys.platform != "linux" or os.geteuid() != 0 or subprocess.run(mount).returncode:
        pytest.skip("only root on Linux can mount a small disk; the size limit above covers others")
    try:
        journal = Journal.open(disk)
        journal.record(3, "tag", "i0", {"pick": 0})
        filler = disk / "filler"
        with filler.open("wb") as file, pytest.raises(OSError):
            while True:
                os.write(file.fileno(), b"x" * 512)
        given = 0
        with pytest.raises(JournalError, match="the disk is full"):
            for given in range(1, 100):
                journal.record(3, "tag", f"i{given}", {"pick": given, "text": "x" * 200})
        assert len(journal.answers(3, "tag")) == given + 1
        filler.unlink()
        journal.record(3, "tag", "last", {"pick": 999})
        assert len(Journal.open(disk).answers(3, "tag")) == given + 2
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_the_folder_is_a_file(tmp_path):
    (tmp_path / "my_work").write_text("a shopping list")
    journal = Journal.open(tmp_path / "my_work")
    with pytest.raises(JournalError, match="a file stands where the folder"):
        journal.record(3, "tag", "i1", {"pick": "a"})
    with pytest.raises(JournalError, match="a file stands where the folder"):
        Journal.open(tmp_path / "my_work" / "deeper").record(3, "tag", "i1", {"pick": "a"})
    assert journal.answers(3, "tag") == {"i1": {"pick": "a"}}
    assert (tmp_path / "my_work").read_text() == "a shopping list"


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is what refuses even an administrator")
def test_a_folder_that_nobody_may_write_to():
    journal = Journal.open(Path("/proc/1"))
    with pytest.raises(JournalError, match=r"could not be saved: .*\. Tell your teacher"):
        journal.record(3, "tag", "i1", {"pick": "a"})
    assert journal.answers(3, "tag") == {"i1": {"pick": "a"}}


def test_a_new_code_that_cannot_be_saved_still_holds(tmp_path):
    (tmp_path / "my_work").write_text("in the way")
    journal = Journal.open(tmp_path / "my_work")
    with pytest.raises(JournalError):
        journal.new_code()
    code = journal.learner
    (tmp_path / "my_work").unlink()
    journal.record(3, "tag", "i1", {"pick": "a"})
    assert journal.learner == code == Journal.open(tmp_path / "my_work").learner


# --- files that must not be touched --------------------------------------------------------------

GOOD = HEADER + line(1, "i1") + line(2, "i2", '{"pick": "b"}')
RUBBISH = bytes(range(256)) * 40
DAMAGED = {
    "rubbish in the middle": (HEADER + line(1, "i1") + "rubbish\n" + line(2, "i2"), {"i1", "i2"}),
    "binary rubbish": (RUBBISH, set()),
    "binary rubbish without a line end": (RUBBISH.replace(b"\n", b""), set()),
    "binary rubbish at the end": (GOOD.encode() + RUBBISH, {"i1", "i2"}),
    "another program's file": ('{"name": "package", "version": 1}\n', set()),
    "no header": (line(1, "i1") + line(2, "i2"), {"i1", "i2"}),
    "one answer and no header": (line(1, "i1").strip(), {"i1"}),
    "broken header": (GOOD[5:], {"i1", "i2"}),
    "header of a name": (GOOD.replace("fern-otter-42", "anna-smith-14"), {"i1", "i2"}),
    "format is text": (GOOD.replace('"format": 1', '"format": "1"'), {"i1", "i2"}),
    "format is 0": (GOOD.replace('"format": 1', '"format": 0'), {"i1", "i2"}),
    "format is true": (GOOD.replace('"format": 1', '"format": true'), {"i1", "i2"}),
    "huge line": (GOOD + line(3, "i3", '{"x": "' + "y" * 200_000 + '"}'), {"i1", "i2"}),
    "deep nesting": (GOOD + line(3, "i3", '{"x": ' * 5000 + "1" + "}" * 5000), {"i1", "i2"}),
    "NaN": (GOOD + line(3, "i3", '{"x": NaN}'), {"i1", "i2"}),
    "infinite number": (GOOD + line(3, "i3", '{"x": 1e999}'), {"i1", "i2"}),
    "endless number": (GOOD + line(3, "i3", '{"x": ' + "9" * 9000 + "}"), {"i1", "i2"}),
    "half a character": (GOOD + line(3, "i3", '{"x": "\\ud800"}'), {"i1", "i2"}),
    "a control character": (GOOD + line(3, "i3", '{"x": "\\u0000"}'), {"i1", "i2"}),
    "answer is a list": (GOOD + line(3, "i3", "[1]"), {"i1", "i2"}),
    "lesson is text": (GOOD + line(3, "i3", lesson='"3"'), {"i1", "i2"}),
    "lesson is true": (GOOD + line(3, "i3", lesson="true"), {"i1", "i2"}),
    "no such day": (GOOD + line(3, "i3", day="2026-02-30"), {"i1", "i2"}),
    "a time of day": (GOOD + line(3, "i3", day="2026-11-23T10:15"), {"i1", "i2"}),
    "n is 0": (GOOD + line(0, "i3"), {"i1", "i2"}),
    "a field too many": (GOOD + line(3, "i3").replace("}\n", ', "x": 1}\n', 1), {"i1", "i2"}),
    "a name as a code": (GOOD + '{"code": "anna-smith-14"}\n', {"i1", "i2"}),
    "UTF-16": (GOOD.encode("utf-16"), set()),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_file_is_read_and_never_touched(tmp_path, name):
    text, good = DAMAGED[name]
    old = saved(tmp_path, text)
    before = digest(old)
    journal = Journal.open(tmp_path)
    assert set(journal.answers(3, "tag")) == good
    assert len(journal.notes) == 1 and "could not be read" in journal.notes[0]
    journal.record(3, "tag", "new", {"pick": "n"})
    assert journal.path.name == "answers-2.jsonl"
    again = Journal.open(tmp_path)
    assert set(again.answers(3, "tag")) == good | {"new"}
    assert again.path.name == "answers-2.jsonl" and again.learner == journal.learner
    again.record(3, "tag", "i1", {"pick": "newer wins"})
    assert Journal.open(tmp_path).answers(3, "tag")["i1"] == {"pick": "newer wins"}
    assert digest(old) == before
    # If the sibling is damaged too, there is a third one.
    second = saved(tmp_path, again.path.read_bytes() + b"rubbish\n", "answers-2.jsonl")
    before_second = digest(second)
    third = Journal.open(tmp_path)
    third.record(3, "tag", "third", {"pick": "t"})
    assert third.path.name == "answers-3.jsonl" and len(third.notes) == 2
    assert set(Journal.open(tmp_path).answers(3, "tag")) == good | {"new", "i1", "third"}
    assert (digest(old), digest(second)) == (before, before_second)


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace('"format": 1', '"format": 2'),
        '{"secondlook": "answers", "format": 12, "who": {"a": 1}}\n' + "not JSON any more\n",
        GOOD + HEADER.replace('"format": 1', '"format": 2'),
        '{"secondlook": "answers", "format": 2}',
    ],
)
def test_a_newer_file_is_never_touched(tmp_path, text):
    old = saved(tmp_path, text)
    before = digest(old)
    journal = Journal.open(tmp_path)
    journal.record(3, "tag", "new", {"pick": "n"})
    assert journal.path.name == "answers-2.jsonl"
    assert len(journal.notes) == 1 and "newer version" in journal.notes[0]
    assert Journal.open(tmp_path).answers(3, "tag") == {"new": {"pick": "n"}}
    assert digest(old) == before


def test_damage_while_the_notebook_is_open(tmp_path):
    journal = Journal.open(tmp_path)
    journal.record(3, "tag", "i1", {"pick": "a"})
    old = journal.path
    with old.open("ab") as file:
        file.write(b"rubbish\n")
    before = digest(old)
    journal.record(3, "tag", "i2", {"pick": "b"})
    assert journal.path.name == "answers-2.jsonl" and digest(old) == before
    assert set(journal.answers(3, "tag")) == {"i1", "i2"} and journal.notes


def test_damage_between_reading_and_writing(tmp_path, monkeypatch):
    journal = Journal.open(tmp_path)
    journal.record(3, "tag", "i1", {"pick": "a"})
    old = journal.path
    with old.open("ab") as file:
        file.write(b"rubbish\n")
    before = digest(old)
    monkeypatch.setattr(journal, "_refresh", lambda: None)  # as if the damage came a moment later
    journal.record(3, "tag", "i2", {"pick": "b"})
    assert journal.path.name == "answers-2.jsonl" and digest(old) == before
    assert set(Journal.open(tmp_path).answers(3, "tag")) == {"i1", "i2"}


def test_a_file_emptied_between_reading_and_writing(tmp_path, monkeypatch):
    journal = Journal.open(tmp_path)
    journal.record(3, "tag", "i1", {"pick": "a"})
    journal.path.write_bytes(b"")
    monkeypatch.setattr(journal, "_refresh", lambda: None)
    journal.record(3, "tag", "i2", {"pick": "b"})
    again = Journal.open(tmp_path)  # with its header, so nothing of it is damaged
    assert again.answers(3, "tag") == {"i2": {"pick": "b"}} and again.notes == []


def test_a_folder_in_the_place_of_the_file(tmp_path):
    (tmp_path / "answers.jsonl").mkdir()
    journal = Journal.open(tmp_path)
    journal.record(3, "tag", "i1", {"pick": "a"})
    assert journal.path.name == "answers-2.jsonl" and "could not be read" in journal.notes[0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_the_place_of_the_file_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "answers.jsonl")
    code = "import sys; from secondlook.journal import Journal as J; J.open(sys.argv[1]).notes[0]"
    assert run(code, tmp_path).wait(timeout=20) == 0


def test_the_sibling_stays_when_the_damaged_file_goes(tmp_path):
    old = saved(tmp_path, "rubbish\n")
    Journal.open(tmp_path).record(3, "tag", "i1", {"pick": "a"})
    old.unlink()
    journal = Journal.open(tmp_path)
    assert journal.answers(3, "tag") == {"i1": {"pick": "a"}} and journal.notes == []


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\r\n"),
        "\ufeff" + GOOD.replace("\n", "\r\n").rstrip(),
        GOOD.replace("\n", "\n\n"),
        GOOD.replace("\n", "\r\n\r\n"),
        HEADER + GOOD,
        GOOD + GOOD.replace("fern-otter-42", "moss-heron-17"),
        GOOD.rstrip(),
    ],
    ids=[
        "BOM",
        "CRLF",
        "both",
        "blank lines",
        "blank CRLF lines",
        "two headers",
        "joined files",
        "no line end",
    ],
)  # fmt: skip
def test_harmless_changes_are_not_damage(tmp_path, text):
    path = saved(tmp_path, text)
    journal = Journal.open(tmp_path)
    assert set(journal.answers(3, "tag")) == {"i1", "i2"}
    assert journal.notes == [] and journal.learner == "fern-otter-42"
    journal.record(3, "tag", "i3", {"pick": "c"})
    assert Journal.open(tmp_path).path == path
    assert set(Journal.open(tmp_path).answers(3, "tag")) == {"i1", "i2", "i3"}


# --- Save my work, Load my work ------------------------------------------------------------------


def test_save_and_load(tmp_path):
    old = Journal.open(tmp_path / "old")
    for turn in range(5):
        old.record(3, "tag", "i1", {"pick": turn})
    old.record(3, "tag", "i2", {"pick": "gone"})
    old.record(3, "tag", "i2", None)
    old.record(4, "bench", "b1", {"é": "ü 🦉"})
    text = exported(old)
    assert len(text.splitlines()) == 3

    new = Journal.open(tmp_path / "new")
    new.record(3, "tag", "i1", {"pick": "old"})
    new.record(3, "tag", "i9", {"pick": "mine"})
    report = new.load(text)
    assert (report.read, report.added, report.changed) == (2, 1, 1)
    assert report.sentence == "Your work is back: 2 answers." and report.learner == old.learner
    again = Journal.open(tmp_path / "new")
    assert again.answers(3, "tag") == {"i1": {"pick": 4}, "i9": {"pick": "mine"}}
    assert again.answers(4, "bench") == {"b1": {"é": "ü 🦉"}}
    assert again.learner == old.learner
    size = again.path.stat().st_size
    assert again.load(text).added == 0 and again.path.stat().st_size == size  # twice is once


@pytest.mark.parametrize("change", ["\ufeff{}", "{}\n\n", "crlf", "torn"])
def test_a_saved_file_that_an_editor_changed_still_loads(tmp_path, change):
    text = GOOD.replace("\n", "\r\n") if change == "crlf" else change.replace("{}", GOOD)
    text = GOOD + line(3, "i3")[:40] if change == "torn" else text
    assert Journal.open(tmp_path).load(text).read == 2


REFUSED = {
    "too large": (" " * (MAX_LOAD + 1), "too large"),
    "not text": (b"bytes", "too large"),
    "empty": ("", "not a file of saved work"),
    "not JSON": ("hello\nthere\n", "not a file of saved work"),
    "a notebook": ('{"cells": []}\n', "not a file of saved work"),
    "no header": (line(1), "not a file of saved work"),
    "newer": (GOOD.replace('"format": 1', '"format": 2'), "newer version"),
    "control characters": (GOOD.replace("a", "\x07", 1), "characters"),
    "half a character": (GOOD.replace("fern", "\ud800"), "characters"),
    "foreign tail": (GOOD + "and then", "Line 4"),
} | {
    f"{name}": (text, "damaged|characters|not a file")
    for name, (text, good) in DAMAGED.items()
    if isinstance(text, str) and len(text) < MAX_LOAD
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_not_saved_work_is_refused(tmp_path, name):
    text, sentence = REFUSED[name]
    journal = Journal.open(tmp_path)
    journal.record(3, "tag", "mine", {"pick": "m"})
    before = digest(journal.path)
    with pytest.raises(JournalError, match=sentence) as refusal:
        journal.load(text)
    assert digest(journal.path) == before
    said = str(refusal.value)
    assert "\n" not in said and said.endswith(".") and len(said) < 160


def test_the_line_at_fault_is_named(tmp_path):
    with pytest.raises(JournalError, match="Line 3 of that file is damaged"):
        Journal.open(tmp_path).load(HEADER + line(1) + "rubbish\n" + line(2))


# --- any order of events -------------------------------------------------------------------------

ITEMS = st.sampled_from(["i1", "i2", "i3"])
ANSWERS = st.dictionaries(
    st.sampled_from(["pick", "sure", "text"]),
    st.none() | st.booleans() | st.integers(0, 100) | st.text("aé🦉 \n\"\\{", max_size=5),
    max_size=3,
)  # fmt: skip
STEPS = st.lists(
    st.tuples(st.just("record"), st.integers(0, 1), ITEMS, ANSWERS)
    | st.tuples(st.just("reset"), st.integers(0, 1), ITEMS, st.none())
    | st.tuples(st.sampled_from(["restart", "code", "tear", "move"]), st.integers(0, 1),
                st.none(), st.none()),
    max_size=25,
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(steps=STEPS)
def test_any_order_of_events_gives_what_a_dict_would(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("any")
    model: dict[str, dict] = {}
    open_now = [Journal.open(folder), Journal.open(folder)]  # two notebooks at once
    for what, who, item, answer in steps:
        journal = open_now[who]
        if what == "record":
            journal.record(3, "tag", item, answer)
            model.pop(item, None)
            model[item] = answer
        elif what == "reset":
            journal.record(3, "tag", item, None)
            model.pop(item, None)
        elif what == "restart":
            open_now[who] = Journal.open(folder)
        elif what == "code":
            journal.new_code()
        elif what == "tear" and journal.path.exists():
            with journal.path.open("ab") as file:
                file.write(b'{"n": 99, "day": "20')
        elif what == "move":  # saved here, loaded on another machine
            folder = tmp_path_factory.mktemp("moved")
            text = exported(journal)
            open_now = [Journal.open(folder), Journal.open(folder)]
            open_now[0].load(text)
        for one in open_now:
            assert one.answers(3, "tag") == model
    assert list(Journal.open(folder).answers(3, "tag").items()) == list(model.items())
    assert not (folder / "answers-2.jsonl").exists()


def test_begin_writes_the_code_down_once_and_says_when_it_cannot(tmp_path):
    first = Journal.open(tmp_path / "work")
    first.begin()
    first.begin()
    assert len(first.path.read_bytes().splitlines()) == 1
    assert Journal.open(tmp_path / "work").learner == first.learner
    second = Journal.open(tmp_path / "work")
    second.begin()
    assert len(second.path.read_bytes().splitlines()) == 1

    (tmp_path / "file").write_text("in the way")
    third = Journal.open(tmp_path / "file")
    third.begin()
    assert "cannot be saved" in third.notes[-1]
