"""``secondlook print``: what is written, what is left alone, and what it says when it cannot."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from secondlook import cli, content, forms, handouts
from secondlook.paper import booklet, command, files, page, pdf

BROWSER = os.environ.get("SECONDLOOK_BROWSER", "")
POINTS = {"a4": (595, 842), "letter": (612, 792)}  # a PDF's unit: 72 to the inch


def run(capsys, *words: object) -> tuple[int, str, str]:
    code = cli.main(["print", *map(str, words)])
    told = capsys.readouterr()
    return code, told.out, told.err


def names(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()}


def boxes(data: bytes) -> list[tuple[int, int]]:
    """Width and height of each page of a PDF that Chromium made, in points."""
    found = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", data)
    return [(round(float(width)), round(float(height))) for width, height in found]


# --- what is written --------------------------------------------------------------------------


def test_one_lesson_as_html(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, 3, "--format", "html")
    assert (code, err) == (0, "")
    made = {f"{one.name}.html" for one in booklet.lesson(3)}
    assert names(tmp_path / command.FOLDER) == made
    assert out == f"Written to {command.FOLDER}: {len(made)} HTML files.\n"


def test_without_words_everything_is_made(tmp_path):
    wanted = [one.name for number in content.syllabus() for one in booklet.lesson(number)]
    wanted += [one.name for letter in forms.LETTERS for one in booklet.test(letter)]
    wanted += [f"letters_en_{one}" for one in handouts.names()]
    assert [one.name for one in command.booklets([], None, "en")] == wanted


@pytest.mark.parametrize(("language", "country"), [("en", None), ("es", "MX")])
def test_letters_in_each_language(tmp_path, capsys, language, country):
    words = ["letters", "--language", language, "--output", tmp_path, "--format", "html"]
    code, _, err = run(capsys, *words, *(["--country", country] if country else []))
    assert (code, err) == (0, "")
    assert names(tmp_path) == {f"letters_{language}_{one}.html" for one in handouts.names()}
    for one in handouts.names():
        text = (tmp_path / f"letters_{language}_{one}.html").read_text("utf-8")
        assert handouts.page(one, language, country) in text and f'<html lang="{language}">' in text


def test_a_language_that_is_not_there(tmp_path, capsys):
    told = refused(run(capsys, "letters", "--language", "xx", "--output", tmp_path / "out"))
    assert "en, es" in told and names(tmp_path) == set()


def test_pdfs_have_the_size_that_is_in_their_name(tmp_path, capsys):
    code, _, err = run(capsys, 0, "--output", tmp_path, "--format", "pdf")
    assert (code, err) == (0, "")
    assert len(names(tmp_path)) == 2 * len(booklet.lesson(0))
    for one in tmp_path.iterdir():
        size = one.name.split(".")[1]
        data = one.read_bytes()
        assert data.startswith(b"%PDF-") and set(boxes(data)) == {POINTS[size]}


def test_nothing_is_left_of_the_printing(tmp_path, capsys):
    code, _, _ = run(capsys, 0, "--output", tmp_path, "--paper", "letter")
    assert code == 0
    assert {one.suffix for one in tmp_path.iterdir()} == {".html", ".pdf"}


@pytest.mark.parametrize(("policy", "rule"), [(True, False), (False, True), (False, False)])
def test_a_page_that_asks_for_more_gets_nothing(tmp_path, monkeypatch, policy, rule):
    """Each of the two barriers holds alone; without both the lures do ask, so the ear hears."""
    asked = []

    class Ear(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *words):
            """Quiet."""

    if not rule:
        monkeypatch.setattr(pdf, "_OPTIONS", [one for one in pdf._OPTIONS if "resolver" not in one])
    with ThreadingHTTPServer(("127.0.0.1", 0), Ear) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        where = f"http://127.0.0.1:{server.server_port}"
        lures = (f'<img src="{where}/a"><link rel="stylesheet" href="{where}/b">'
                 f'<script src="{where}/c"></script><iframe src="{where}/d"></iframe>')  # fmt: skip
        text = page.html(booklet.lesson(0)[1]).replace("</main>", f"{lures}</main>")
        if not policy:
            text = text.replace("Content-Security-Policy", "none")
        assert pdf.print_pdf(BROWSER, text, tmp_path).startswith(b"%PDF-")
        server.shutdown()
    assert bool(asked) == (not policy and not rule)


# --- what is there already --------------------------------------------------------------------


def test_our_own_files_are_made_anew(tmp_path, capsys):
    words = (0, "--output", tmp_path, "--format", "html")
    run(capsys, *words)
    assert all(map(files.is_ours, tmp_path.iterdir()))
    code, out, _ = run(capsys, *words)
    assert code == 0 and "Kept" not in out


@pytest.mark.parametrize("ending", [".html", ".pdf"])
@pytest.mark.parametrize("change", [b"mine", b"", None])
def test_what_somebody_else_wrote_or_changed_stays(tmp_path, capsys, ending, change):
    target = tmp_path / ("lesson_00_sheet" + (".html" if ending == ".html" else ".a4.pdf"))
    files.write(target, b"%PDF-1.4\nold\n")
    if change is None:  # ours, with a note that a teacher has put in
        change = target.read_bytes().replace(b"old", b"old, with a note")
    target.write_bytes(change)
    code, out, _ = run(capsys, 0, "--output", tmp_path, "--paper", "a4")
    assert code == 1 and target.read_bytes() == change
    assert f"Kept as they are, because they are not ours or were changed: {target.name}." in out
    assert len(names(tmp_path)) == 2 * len(booklet.lesson(0))


@pytest.mark.parametrize("what", ["folder", "link", "link to ours", "dangling"])
def test_a_folder_or_a_link_in_place_of_a_file_stays(tmp_path, capsys, what):
    target, folder = tmp_path / "elsewhere.txt", tmp_path / "out"
    folder.mkdir()
    place = folder / "lesson_00_key.html"
    if what == "folder":
        place.mkdir()
    else:
        if what == "link":
            target.write_text("mine")
        elif what == "link to ours":
            files.write(target.with_suffix(".html"), b"<p>ours</p>")
            target = target.with_suffix(".html")
        place.symlink_to(target)
    code, out, _ = run(capsys, 0, "--output", folder, "--format", "html")
    assert code == 1 and place.name in out
    assert place.is_dir() if what == "folder" else place.is_symlink()
    assert not target.exists() if what == "dangling" else True
    assert what != "link" or target.read_text() == "mine"


def test_a_seal_belongs_to_what_it_seals(tmp_path):
    one, other = tmp_path / "a.html", tmp_path / "b.html"
    files.write(one, b"<p>one</p>")
    files.write(other, b"<p>other</p>")
    assert files.is_ours(one) and files.is_ours(other)
    seal = one.read_bytes().splitlines()[-1]
    other.write_bytes(b"<p>other</p>\n" + seal + b"\n")
    assert not files.is_ours(other)
    one.write_bytes(one.read_bytes() + b"<p>more</p>\n")
    assert not files.is_ours(one)


# --- what cannot be done ----------------------------------------------------------------------


def refused(told: tuple[int, str, str]) -> str:
    """The one plain sentence on stderr."""
    code, _, err = told
    assert code == 1 and err.count("\n") == 1 and err.startswith("secondlook: ")
    assert err.endswith(".\n") or err.endswith(").\n")
    return err


@pytest.mark.parametrize("what", ["13", "-0", "03", "sheets", "../3", "٣"])
def test_a_lesson_that_is_not_there(tmp_path, capsys, what):
    told = refused(run(capsys, "--output", tmp_path / "out", "--", what))
    assert repr(what) in told and "0 to 12" in told
    assert names(tmp_path) == set()


@pytest.mark.parametrize("country", ["XX", "", "USA", "../us"])
def test_a_country_without_lines(tmp_path, capsys, country):
    told = refused(run(capsys, 3, "--country", country, "--output", tmp_path / "out"))
    assert "AU, BR, CA" in told
    assert names(tmp_path) == set()


def test_a_country_may_be_in_small_letters(tmp_path, capsys):
    code, _, _ = run(capsys, 3, "--country", "au", "--output", tmp_path, "--format", "html")
    assert code == 0 and "Kids Helpline" in (tmp_path / "lesson_03_sheet.html").read_text("utf-8")


@pytest.mark.parametrize("place", ["file", "file/in/it"])
def test_a_file_in_place_of_the_folder(tmp_path, capsys, place):
    (tmp_path / "file").write_text("mine")
    told = refused(run(capsys, 0, "--output", tmp_path / place))
    assert "--output" in told and (tmp_path / "file").read_text() == "mine"


def test_a_folder_that_cannot_be_written():
    # Not under tmp_path, and in a program of its own: root is not stopped by a folder's mode.
    folder = Path(subprocess.check_output(["mktemp", "-d"], text=True).strip())
    words = ["-m", "secondlook", "print", "0", "--output", str(folder)]
    try:
        if os.name == "nt":
            pytest.skip("a folder's mode says nothing there")
        folder.chmod(0o555)
        import sys

        start = [sys.executable, *words]
        if os.geteuid() == 0:
            lock = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'
            start = ["unshare", "-m", "sh", "-c", lock, "-", str(folder), *start]
        done = subprocess.run(start, capture_output=True, text=True, timeout=120)
        assert "--output" in refused((done.returncode, done.stdout, done.stderr))
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


# --- the browser ------------------------------------------------------------------------------


@pytest.fixture
def no_browser(monkeypatch, tmp_path):
    monkeypatch.delenv("SECONDLOOK_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(pdf, "MAC_BROWSERS", ())
    monkeypatch.setattr(pdf, "WINDOWS_BROWSERS", ())


def test_without_a_browser_the_html_is_there_and_it_says_how_to_print(tmp_path, capsys, no_browser):
    out = tmp_path / "out"
    told = run(capsys, 0, "--output", out)
    assert "open the HTML files in any browser" in refused(told)
    assert {one.suffix for one in out.iterdir()} == {".html"} and "HTML files" in told[1]


def test_a_browser_that_was_named_wrongly(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("SECONDLOOK_BROWSER", str(tmp_path / "chrome"))
    assert "no such file" in refused(run(capsys, 0, "--output", tmp_path / "out"))


def program(folder: Path, text: str) -> str:
    path = folder / "browser"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(os.name == "nt", reason="shell scripts stand in for browsers")
@pytest.mark.parametrize(
    ("text", "says"),
    [("exit 1", "printed nothing"), ("exit 0", "printed nothing"),
     ('for w in "$@"; do case "$w" in --print-to-pdf=*) echo hm > "${w#*=}";; esac; done', "printed nothing")],
)  # fmt: skip
def test_a_browser_that_does_not_print(tmp_path, capsys, monkeypatch, text, says):
    monkeypatch.setenv("SECONDLOOK_BROWSER", program(tmp_path, text))
    told = run(capsys, 0, "--output", tmp_path / "out")
    assert says in refused(told) and "HTML files" in told[1]
    assert {one.suffix for one in (tmp_path / "out").iterdir()} == {".html"}


@pytest.mark.skipif(os.name == "nt", reason="shell scripts stand in for browsers")
def test_a_browser_that_hangs_is_ended_with_all_it_started(tmp_path):
    slow = program(tmp_path, f"sleep 300 & echo $! > {tmp_path}/pid; wait")
    with pytest.raises(pdf.PdfError, match="more than 1 seconds"):
        pdf.print_pdf(slow, "<p>", tmp_path, limit=1)
    child = int((tmp_path / "pid").read_text())
    state = Path(f"/proc/{child}/stat")
    assert not state.exists() or state.read_text().rpartition(")")[2].split()[0] == "Z"
    assert names(tmp_path) == {"browser", "pid"}


def test_start_py_and_the_package_look_for_the_same_browsers():
    import importlib.util

    spec = importlib.util.spec_from_file_location(
        "start", Path(__file__).resolve().parents[1] / "start.py"
    )
    start = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(start)
    for name in ("BROWSERS", "MAC_BROWSERS", "WINDOWS_BROWSERS"):
        assert getattr(start, name) == getattr(pdf, name)
