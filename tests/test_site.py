"""What the site is made of is checked: a wrong file, a missing one or a wrong place is refused."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from secondlook import in_browser, journal
from secondlook.cli import main
from secondlook.site import SiteError, build, parts, wheels

ROOT = Path(__file__).resolve().parents[1]


def test_the_browser_runs_the_versions_that_were_tested():
    lock = (ROOT / "requirements" / "lock.txt").read_text(encoding="utf-8")
    tested = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.MULTILINE))
    found = parts.pinned()
    assert {"ipywidgets", "anywidget", "segno", "fastjsonschema", "ipython"} <= found.keys()
    assert {name: tested.get(name, version) for name, version in found.items()} == found
    listed = [
        line for line in parts.WHEELS.read_text(encoding="utf-8").splitlines() if line[0] != "#"
    ]
    assert all(re.fullmatch(r"\S+==\S+ --hash=sha256:[0-9a-f]{64}", line) for line in listed)


def test_the_page_is_told_no_address_but_its_own():
    assert "://" not in json.dumps(build.page_settings())


# --- parts -------------------------------------------------------------------------------------


@pytest.fixture
def release(tmp_path, monkeypatch):
    """A release of Pyodide in a folder, small, with the hashes it ought to have."""
    folder = tmp_path / "release"
    folder.mkdir()
    built = {"numpy": b"numpy", "pandas": b"pandas"}
    packages = {}
    for name, body in built.items():
        (folder / f"{name}.whl").write_bytes(body)
        digest = parts.sha256(folder / f"{name}.whl")
        packages[name] = {"file_name": f"{name}.whl", "sha256": digest}
    for name in parts.CORE_HASHES:
        (folder / name).write_text(json.dumps({"packages": packages}), encoding="utf-8")
    hashes = {name: parts.sha256(folder / name) for name in parts.CORE_HASHES}
    monkeypatch.setattr(parts, "CORE_HASHES", hashes)
    for fetched in ("_fetch_pure", "_fetch_kernel"):  # by pip, with their own hashes
        monkeypatch.setattr(parts, fetched, lambda folder: None)
    return folder


def test_a_release_in_a_folder_is_taken_and_checked(release, tmp_path):
    made = parts.fetch(tmp_path / "cache", str(release))
    assert {path.name for path in made.built.iterdir()} == {"numpy.whl", "pandas.whl"}
    assert {path.name for path in made.core.iterdir()} == set(parts.CORE_HASHES)


@pytest.mark.parametrize("name", ["pyodide.asm.wasm", "pandas.whl"])
def test_a_file_that_is_not_the_one_asked_for_is_refused(name, release, tmp_path):
    (release / name).write_bytes(b"something else")
    with pytest.raises(SiteError, match=rf"{re.escape(name)} is not the file"):
        parts.fetch(tmp_path / "cache", str(release))
    assert not list((tmp_path / "cache").rglob(name))  # or the next run would find it there


def test_a_file_that_has_changed_since_is_refused(release, tmp_path):
    made = parts.fetch(tmp_path / "cache", str(release))
    (made.built / "numpy.whl").write_bytes(b"changed")
    with pytest.raises(SiteError, match=r"numpy\.whl is not the file"):
        parts.fetch(tmp_path / "cache", str(release))


def test_a_release_without_a_file_is_refused(release, tmp_path):
    (release / "pyodide.mjs").unlink()
    with pytest.raises(SiteError, match=r"pyodide\.mjs could not be had"):
        parts.fetch(tmp_path / "cache", str(release))


def test_a_carrier_that_carries_something_else_is_refused(release, tmp_path, monkeypatch):
    def carrier(what, folder, *words):
        with zipfile.ZipFile(folder / "open_webui-1-py3-none-any.whl", "w") as archive:
            archive.writestr("README", "nothing here")

    cache = tmp_path / "cache"
    monkeypatch.setattr(parts, "_pip", carrier)
    monkeypatch.setattr(parts, "_unpack_npm", lambda core: [shutil.copy(release / name, core) for name in parts.CORE_HASHES])  # fmt: skip
    with pytest.raises(SiteError, match="does not carry"):
        parts.fetch(cache)


def test_a_kernel_that_is_another_one_is_refused(tmp_path):
    (tmp_path / "kernel.whl").write_bytes(b"something else")
    with pytest.raises(SiteError, match=r"kernel\.whl is not the file"):
        parts._fetch_kernel(tmp_path / "kernel.whl")


def test_nothing_of_the_site_is_loaded_by_the_lessons_own_jupyterlab():
    for name in ("lock.txt", "lock-test.txt"):
        assert "pyodide-kernel" not in (ROOT / "requirements" / name).read_text(encoding="utf-8")


def test_pip_that_fails_says_why(tmp_path):
    with pytest.raises(SiteError, match="could not be downloaded"):
        parts._pip("A thing", tmp_path, "no-such-package-of-ours==0")


# --- wheels ------------------------------------------------------------------------------------


def wheel(folder: Path, name: str, *needs: str, files: tuple[str, ...] = ()) -> Path:
    path = folder / f"{name}-1.0-py3-none-any.whl"
    said = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n"
    said += "".join(f"Requires-Dist: {one}\n" for one in needs)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{name}-1.0.dist-info/METADATA", said)
        for file in files or (f"{name}/__init__.pyc", f"{name}/inner.py"):
            archive.writestr(file, "")
    return path


def test_a_list_names_what_each_wheel_needs_there_and_gives(tmp_path):
    first = wheel(
        tmp_path, "first", "second>=1", "widgetsnbextension", 'tzdata; sys_platform == "win32"'
    )
    second = wheel(tmp_path, "second", files=("one.py", "two/__init__.py", "second-1.0.data/x.py"))
    listed = wheels.listed([first, second], {})
    assert listed["first"]["depends"] == ["second"] and listed["first"]["imports"] == ["first"]
    assert listed["second"]["imports"] == ["one", "two"]
    assert listed["first"]["sha256"] == parts.sha256(first)


def test_a_wheel_that_needs_another_is_refused(tmp_path):
    with pytest.raises(SiteError, match="alone needs company"):
        wheels.listed([wheel(tmp_path, "alone", "company")], {})
    assert wheels.listed([wheel(tmp_path, "alone", "company")], {"alone": set()})


# --- the place ---------------------------------------------------------------------------------


def test_nothing_but_a_site_is_built_over(tmp_path):
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "essay.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "empty").mkdir()
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / build.MARK).write_text("{}")
    for name in ("work", "file"):
        with pytest.raises(SiteError, match="is not a site"):
            build.build(ROOT, tmp_path / name, tmp_path / "cache")
    for name in ("empty", "old", "new"):
        build.require_ours(tmp_path / name)
    assert (tmp_path / "work" / "essay.txt").read_text() == "mine"


def test_the_command_says_it_in_one_sentence(tmp_path, capsys):
    (tmp_path / "file").write_text("mine")
    assert main(["site", "--output", str(tmp_path / "file")]) == 1
    assert capsys.readouterr().err.startswith("secondlook: ")


def test_without_node_it_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setitem(__import__("sys").modules, "playwright._impl._driver", None)
    with pytest.raises(SiteError, match=r"Node: install it from nodejs\.org"):
        build._node()


# --- answers in a browser ------------------------------------------------------------------------


class Store:
    """A browser's database that may refuse."""

    trouble = ""

    def __init__(self):
        self.pieces = []

    def add(self, piece):
        self.pieces.append(piece)


@pytest.fixture
def store(monkeypatch):
    made = Store()
    monkeypatch.setattr(in_browser, "HERE", True)
    monkeypatch.setattr(in_browser, "_store", made)
    return made


def test_the_pieces_of_two_open_lessons_make_up_one_journal(store, tmp_path):
    first, second = (journal.Journal.open(tmp_path / name) for name in "ab")
    first.record(1, "sort", "a", {"bin": "x"})
    second.record(4, "exit", "b", {"choice": ["y"]})
    first.record(1, "sort", "a", {"bin": "z"})
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "answers.jsonl").write_text("".join(store.pieces), encoding="ascii")
    again = journal.Journal.open(tmp_path / "c")
    assert again.answers(1, "sort") == {"a": {"bin": "z"}}
    assert again.answers(4, "exit") == {"b": {"choice": ["y"]}}
    assert (again.notes, again.learner) == ([], first.learner)


def test_a_browser_that_keeps_nothing_is_told_and_the_answer_stays(store, tmp_path):
    kept = journal.Journal.open(tmp_path)
    kept.record(1, "sort", "a", {"bin": "x"})
    store.trouble = "QuotaExceededError"
    with pytest.raises(journal.JournalError, match="this browser keeps nothing here"):
        kept.record(1, "sort", "b", {"bin": "y"})
    assert set(kept.answers(1, "sort")) == {"a", "b"}
    assert len(store.pieces) == 2 or "".join(store.pieces).count('"item": "b"') == 1


def test_on_a_real_disk_nothing_of_it_takes_part(tmp_path, monkeypatch):
    monkeypatch.setattr(in_browser, "_store", None)
    journal.Journal.open(tmp_path).record(1, "sort", "a", {"bin": "x"})
    assert (tmp_path / "answers.jsonl").is_file()
