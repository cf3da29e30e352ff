"""The command ``secondlook``: what it writes, what it finds, and what it refuses."""

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from secondlook import __version__, cli, server
from secondlook.checks import Problem
from secondlook.commands.course import find_course


@pytest.fixture
def shipped(tmp_path, monkeypatch):
    """Three files of the lessons and one card, as an installation carries them."""
    folder = tmp_path / "shipped"
    folder.mkdir()
    for name in ("00_start_here.ipynb", "03_claim.ipynb", "syllabus.toml"):
        (folder / name).write_text(f"shipped {name}", encoding="utf-8")
    (folder / "notes.txt").write_text("not a lesson", encoding="utf-8")
    card = tmp_path / "handouts/en/post_check.md"
    card.parent.mkdir(parents=True)
    card.write_text("shipped card", encoding="utf-8")
    monkeypatch.setenv("SECONDLOOK_LESSONS", str(folder))
    monkeypatch.setenv("SECONDLOOK_HANDOUTS", str(tmp_path / "handouts"))
    return folder


def course_in(folder):
    lessons = folder / "lessons"
    lessons.mkdir(parents=True)
    (lessons / "00_start_here.ipynb").write_text("{}")
    return folder


def refusal(capsys):
    """The one sentence on stderr."""
    said = capsys.readouterr().err.strip()
    assert said.startswith("secondlook: ")
    assert "\n" not in said
    return said


def test_version_is_told():
    words = [sys.executable, "-m", "secondlook", "--version"]
    assert subprocess.check_output(words, text=True).split() == ["secondlook", __version__]


def test_lessons_are_written_out(shipped, tmp_path, capsys):
    course = tmp_path / "my_course"
    assert cli.main(["lessons", str(course)]) == 0
    names = sorted(file.name for file in (course / "lessons").iterdir())
    assert names == ["00_start_here.ipynb", "03_claim.ipynb", "syllabus.toml"]
    assert (course / "handouts/en/post_check.md").read_text() == "shipped card"
    assert f"4 files written to {course}." in capsys.readouterr().out


def test_an_edited_lesson_is_kept_and_named(shipped, tmp_path, capsys):
    course = tmp_path / "course"
    cli.main(["lessons", str(course)])
    edited = [course / "lessons/03_claim.ipynb", course / "handouts/en/post_check.md"]
    for one in edited:
        one.write_text("a teacher's own")
    (course / "lessons/syllabus.toml").unlink()
    capsys.readouterr()
    assert cli.main(["lessons", str(course)]) == 0
    said = capsys.readouterr().out
    assert {one.read_text() for one in edited} == {"a teacher's own"}
    assert "1 file written" in said
    kept = "handouts/en/post_check.md, lessons/03_claim.ipynb"
    assert f"Kept as they are, because they were changed here: {kept}." in said


def test_lessons_into_a_file_is_refused(shipped, tmp_path, capsys):
    (tmp_path / "taken").write_text("")
    assert cli.main(["lessons", str(tmp_path / "taken")]) == 1
    assert "could not be written" in refusal(capsys)


def test_an_installation_without_lessons_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SECONDLOOK_LESSONS", str(tmp_path))
    assert cli.main(["lessons", str(tmp_path / "course")]) == 1
    assert "carries no lessons" in refusal(capsys)


@pytest.mark.parametrize("where", [".", "..", "lessons"])
def test_a_course_is_found_from_where_the_person_is(tmp_path, where):
    course = course_in(tmp_path / "my_course")
    assert find_course(course / where) == course


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: folder / "nowhere", "There is no folder"),
        (lambda folder: folder, "No course was found"),
        (
            lambda folder: (
                course_in(folder / "one").parent if course_in(folder / "two") else folder
            ),
            "more than one course here (one, two)",
        ),
    ],
)
def test_no_course_or_two_is_refused(tmp_path, monkeypatch, capsys, make, says):
    monkeypatch.setattr(server, "serve", lambda *_, **__: None)  # opening one would be wrong
    assert cli.main(["lab", str(make(tmp_path))]) == 1
    assert says in refusal(capsys)


@pytest.mark.parametrize("port", ["0", "65536", "-5", "eight", "8_8", "²"])
def test_a_port_that_cannot_be_is_refused(port, capsys):
    with pytest.raises(SystemExit) as stopped:
        cli.main(["lab", f"--port={port}"])
    assert stopped.value.code == 2
    assert "use a number from 1 to 65535" in capsys.readouterr().err


def test_a_port_in_use_is_refused(tmp_path, capsys):
    course_in(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert cli.main(["lab", str(tmp_path), "--port", str(port)]) == 1
    assert f"Port {port} is in use" in refusal(capsys)


def test_the_default_port_gives_way_to_the_next_free_one(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        monkeypatch.setattr(server, "DEFAULT_PORT", port)
        assert port < server.choose_port(None) < port + server.PORTS_TRIED
        monkeypatch.setattr(server, "PORTS_TRIED", 1)
        with pytest.raises(server.PortError, match="all in use"):
            server.choose_port(None)


def test_a_missing_part_of_jupyterlab_is_a_sentence(tmp_path, monkeypatch, capsys):
    course_in(tmp_path)
    monkeypatch.setitem(sys.modules, "jupyterlab.labapp", None)
    assert cli.main(["lab", str(tmp_path), "--no-browser"]) == 1
    assert "Part of JupyterLab is missing" in refusal(capsys)


@pytest.fixture
def data_setting(monkeypatch):
    """``check --data`` sets a variable for its own process; a test takes it back."""
    monkeypatch.delenv("SECONDLOOK_DATA", raising=False)


def test_check_names_every_problem(data_setting, monkeypatch, tmp_path, capsys):
    one = Problem("activities/03.json", "s1", "kind", "'quizz'", "judge, sort")
    monkeypatch.setattr("secondlook.activities.check_all", lambda: [one])
    assert cli.main(["check", "--data", str(tmp_path)]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said == [str(one), f"secondlook: 1 problem found in {tmp_path}."]


def test_check_of_a_missing_folder_is_refused(data_setting, tmp_path, capsys):
    assert cli.main(["check", "--data", str(tmp_path / "nowhere")]) == 1
    assert "There is no data folder" in refusal(capsys)


def test_check_finds_a_spoilt_file_and_passes_the_shipped_ones(tmp_path):
    data = tmp_path / "data"
    shutil.copytree(Path(__file__).parents[1] / "data", data)
    words = [sys.executable, "-m", "secondlook", "check", "--data", str(data)]
    sound = subprocess.run(words, capture_output=True, text=True)
    assert (sound.returncode, sound.stderr) == (0, "")
    file = data / "activities/03.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"kind"', '"kin"', 1), "utf-8")
    spoilt = subprocess.run(words, capture_output=True, text=True)
    assert spoilt.returncode == 1
    assert "activities/03.json: item " in spoilt.stderr


def test_only_this_machine_is_served_and_the_door_stays_shut():
    words = server.arguments(Path("course"), 8888, open_browser=False)
    assert "--ServerApp.ip=127.0.0.1" in words
    assert not [word for word in words if "token" in word or "password" in word]
    assert "--LabApp.extension_manager=readonly" in words


def test_the_address_carries_the_key_when_there_is_one():
    page = "http://127.0.0.1:8889/doc/tree/lessons/00_start_here.ipynb"
    assert server.address(8889, "/", "a&b") == page + "?token=a%26b"
    assert server.address(8889, "/", "") == page
