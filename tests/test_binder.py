"""What Binder builds from: the pinned set, the Python it is for, and where lessons run."""

from __future__ import annotations

import json
import os
import re
import tomllib

import pytest

from document_rules import ROOT
from secondlook import lesson, server, sitting

BINDER = ROOT / "binder"
PIN = re.compile(r"^([\w.-]+)==(\S+)(?: ; ([^\\]+?))?(?= |$)", re.MULTILINE)
HASH = re.compile(r"--hash=(\S+)")


def pinned(text: str) -> dict[str, tuple[str, str, frozenset[str]]]:
    """Each package with its version, where it is wanted, and the hashes it may have."""
    starts = [*PIN.finditer(text)]
    ends = [one.start() for one in starts[1:]] + [len(text)]
    return {
        one[1]: (one[2], one[3] or "", frozenset(HASH.findall(text[one.start() : end])))
        for one, end in zip(starts, ends, strict=True)
    }


def binder_set() -> dict[str, tuple[str, str, frozenset[str]]]:
    return pinned((BINDER / "requirements.txt").read_text(encoding="utf-8"))


def test_binder_installs_the_pinned_set_and_nothing_else():
    lock = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8")
    assert binder_set() == pinned(lock)
    assert len(binder_set()) == lock.count("==") - len(re.findall(r" ; .*==", lock)) > 90
    assert all(hashes for _, _, hashes in binder_set().values())


@pytest.mark.parametrize(
    "change", [("==", "==9"), ("--hash=sha256:", "--hash=sha256:0"), ("anyio", "anyion")]
)
def test_a_set_that_differs_in_one_place_is_seen(change):
    lock = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8")
    assert binder_set() != pinned(lock.replace(*change, 1))


def test_the_python_is_named_and_new_enough_and_the_one_the_set_was_made_for():
    # Without the file repo2docker takes a Python that is too old for pandas 3.
    named = re.fullmatch(r"python-(\d+\.\d+)\n", (BINDER / "runtime.txt").read_text())
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert named and f">={named[1]}" == about["project"]["requires-python"]
    assert f"--python-version {named[1]}" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_lessons_run_by_themselves_where_start_py_lets_them():
    settings = json.loads((BINDER / "page_config.json").read_text())
    ours = server.page_settings()["page_config_data"]
    assert ours.items() <= settings.items() and ours["secondlookCourse"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bit")
def test_binder_may_run_what_it_is_to_run():
    assert os.access(BINDER / "postBuild", os.X_OK)


@pytest.mark.parametrize("made", [lesson.Lesson(4), sitting.Test("before")], ids=str)
@pytest.mark.parametrize("where", ["https://mybinder.org/", ""])
def test_only_on_binder_the_first_cell_says_that_it_forgets(made, where, tmp_path, monkeypatch):
    monkeypatch.setenv("SECONDLOOK_WORK", str(tmp_path))
    monkeypatch.setenv("BINDER_LAUNCH_HOST", where)
    lesson.journal.cache_clear()
    page = made.open()
    lesson.journal.cache_clear()
    for shown in (page.markup, page.text):
        assert (lesson.FORGETS in shown) == ("Save my work" in shown) == bool(where)
