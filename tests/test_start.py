"""``start.py`` as a person meets it: run as a program, in a small course with real pip and venv.

The small course has stand-ins for JupyterLab and the rest, so that a start takes seconds.
"""

import ast
import importlib.util
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from secondlook import cli
from secondlook.called import command

ROOT = Path(__file__).resolve().parents[1]
STAND_INS = "jupyterlab jupyter_server ipykernel ipywidgets anywidget pandas numpy plotly"
PIN = "six==1.17.0 --hash=sha256:4721f391ed90541fddacab5acf947aa0d3dc7d27b2e1e8eda2be8970586c3274\n"

# A build tool of ten lines: an editable install needs one, and a test must not download it.
BACKEND = """
import pathlib, zipfile
def build_editable(folder, config_settings=None, metadata_directory=None):
    info = "secondlook-0.dist-info/"
    with zipfile.ZipFile(pathlib.Path(folder, "secondlook-0-py3-none-any.whl"), "w") as wheel:
        wheel.writestr("secondlook.pth", str(pathlib.Path("widgets").resolve()))
        about = "Metadata-Version: 2.1\\nName: secondlook\\nVersion: 0\\n"
        wheel.writestr(info + "METADATA", about)
        tags = "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n"
        wheel.writestr(info + "WHEEL", tags)
        wheel.writestr(info + "RECORD", "")
    return "secondlook-0-py3-none-any.whl"
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course that start.py can install and open within seconds, already started once."""
    folder = make_course(tmp_path_factory.mktemp("course"))
    first = start(folder, "--no-browser")
    assert first.returncode == 0, first.stderr
    assert "opened --no-browser" in first.stdout
    return folder


def make_course(folder):
    shutil.copy(ROOT / "start.py", folder)
    (folder / "requirements").mkdir()
    for name in ("lock.txt", "lock-test.txt"):
        (folder / "requirements" / name).write_text("# nothing to fetch\n")
    (folder / "labextension").mkdir()
    (folder / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "tool"\nbackend-path = ["."]\n'
        '[project]\nname = "secondlook"\nversion = "0"\n'
    )
    (folder / "tool.py").write_text(BACKEND)
    for name in [*STAND_INS.split(), "fastjsonschema", "secondlook"]:
        package = folder / "widgets" / name
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
    (folder / "widgets/secondlook/__main__.py").write_text(
        "import sys; print('opened', *sys.argv[3:])"
    )
    return folder


def start(folder, *words, python=(sys.executable,), **env):
    """Run start.py as a person would, without this machine's own Python and pip settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "PYTHON"))}
    return subprocess.run(
        [*python, str(folder / "start.py"), *words],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=folder,
        env={**kept, **env},
    )


def one_plain_sentence(run):
    """The whole of stderr, which must be one line a person can act on, with a non-zero exit."""
    assert run.returncode not in (0, None)
    said = run.stderr.strip()
    assert said
    assert "\n" not in said
    assert "Traceback" not in said + run.stdout
    assert re.search(r"[.)]$", said)
    return said


# What can be wrong before anything is installed


def test_an_old_python_gets_a_sentence(tmp_path):
    make_course(tmp_path)
    pretend = "import sys, runpy; sys.version_info = (3, 10, 2); runpy.run_path(sys.argv[1])"
    run = start(tmp_path, python=(sys.executable, "-c", pretend))
    assert "needs Python 3.11 or newer and this is Python 3.10" in one_plain_sentence(run)
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("minor", [6, 7, 8, 9, 10])
def test_an_old_python_can_read_the_file(minor):
    # One that cannot would show a SyntaxError and never get as far as the sentence.
    ast.parse((ROOT / "start.py").read_text(encoding="utf-8"), feature_version=(3, minor))


def test_without_a_venv_module_it_says_what_to_install(tmp_path):
    make_course(tmp_path)
    shadow = tmp_path / "shadow"
    shadow.mkdir()
    (shadow / "ensurepip.py").write_text("raise ImportError('shipped apart')")
    run = start(tmp_path, PYTHONPATH=str(shadow))
    assert "python3-venv" in one_plain_sentence(run)


def test_a_folder_that_cannot_be_written_is_refused():
    # Not under tmp_path: that one is closed to other users, and root is not stopped by modes.
    folder = Path(subprocess.check_output(["mktemp", "-d"], text=True).strip())
    try:
        make_course(folder)
        python = (sys.executable,)
        if os.name == "nt":
            subprocess.run(["icacls", str(folder), "/deny", "*S-1-1-0:(WD)"], check=True)
        elif os.geteuid() == 0:
            lock = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'
            python = ("unshare", "-m", "sh", "-c", lock, "-", str(folder), sys.executable)
        else:
            folder.chmod(0o555)
        said = one_plain_sentence(start(folder, python=python))
        assert str(folder) in said
        assert "cannot be written to" in said
    finally:
        if os.name == "nt":
            subprocess.run(["icacls", str(folder), "/remove:d", "*S-1-1-0"], check=False)
        folder.chmod(0o755)
        shutil.rmtree(folder)


@pytest.mark.parametrize("port", ["70000", "-1"])
def test_a_port_that_cannot_be_is_refused(tmp_path, port):
    make_course(tmp_path)
    assert port in one_plain_sentence(start(tmp_path, f"--port={port}"))


def test_a_port_in_use_is_refused_before_anything_is_installed(tmp_path):
    make_course(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        assert f"Port {port}" in one_plain_sentence(start(tmp_path, "--port", port))
    assert not (tmp_path / ".venv").exists()


# Installing


@pytest.mark.slow
def test_without_a_network_it_says_so_and_names_the_log(tmp_path):
    make_course(tmp_path)
    (tmp_path / "requirements/lock.txt").write_text(PIN)
    nowhere = "http://127.0.0.1:9/simple/"
    run = start(tmp_path, PIP_CONFIG_FILE=os.devnull, PIP_INDEX_URL=nowhere)
    said = one_plain_sentence(run)
    assert "connect to the internet" in said
    assert ".venv-install.log" in said
    assert "six" in (tmp_path / ".venv-install.log").read_text()


@pytest.mark.parametrize(
    ("pin", "says"),
    [(PIN, "not the one that was tested"), ("six==1.17.0\n", "without its hash")],
)
def test_a_package_other_than_the_tested_one_is_refused(course, pin, says):
    # A wheel with the right name and version and other content, as a broken mirror would hand out.
    make_wheel = (
        "import sys, zipfile; w = zipfile.ZipFile(sys.argv[1], 'w'); "
        "w.writestr('six.py', ''); w.close()"
    )
    wheel = course / "six-1.17.0-py2.py3-none-any.whl"
    subprocess.run([sys.executable, "-c", make_wheel, str(wheel)], check=True)
    lock = course / "requirements/lock.txt"
    before = lock.read_text()
    try:
        lock.write_text(pin)
        settings = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(course)}
        said = one_plain_sentence(start(course, PIP_CONFIG_FILE=os.devnull, **settings))
        assert says in said
    finally:
        lock.write_text(before)
        wheel.unlink()


def test_a_second_start_installs_nothing(course):
    log = course / ".venv-install.log"
    before = log.stat().st_mtime_ns
    run = start(course, "--no-browser", PIP_INDEX_URL="http://127.0.0.1:9/simple/")
    assert (run.returncode, run.stdout, run.stderr) == (0, "opened --no-browser\n", "")
    assert log.stat().st_mtime_ns == before


def test_a_command_gets_its_words(course):
    run = start(course, "check", "--template", "my_posts")  # the stand-in prints the last word
    assert (run.returncode, run.stdout, run.stderr) == (0, "opened my_posts\n", "")


def test_every_command_of_the_course_can_be_called_by_start_py(script):
    known = cli.build_parser()._subparsers._group_actions[0].choices
    # What a clone needs not: it is a course, and opening it is what start.py is for.
    assert set(script.COMMANDS) == set(known) - {"lessons", "lab"}
    for one in script.COMMANDS:
        assert f"    python3 start.py {one} [...]  " in script.__doc__, one


def hints():
    """The first word of each command that a hint tells a person to type."""
    for path in sorted((ROOT / "widgets").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "command":
                yield node.args[0].value


def test_what_a_hint_says_to_type_can_be_typed(script):
    assert set(hints()) - set(script.COMMANDS) == {"lab"}  # told by "secondlook lessons" alone
    known = "|".join(script.COMMANDS)
    literal = re.compile(rf"[:“] ?secondlook (?:{known})\b.*[”\"]")
    for path in sorted((ROOT / "widgets").rglob("*.py")):
        assert not literal.search(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("folder", ["course", "a course"])
def test_start_py_says_how_it_was_called(tmp_path, folder):
    (tmp_path / folder).mkdir()
    small = make_course(tmp_path / folder)
    (small / "widgets/secondlook/__main__.py").write_text(
        "import os; print('called', os.environ['SECONDLOOK_CALLED'])"
    )
    python = "py" if os.name == "nt" else "python3"
    path = str(small / "start.py")
    told = f'"{path}"' if " " in path else path
    assert f"called {python} {told}\n" in start(small, "check").stdout


def test_a_hint_is_typed_as_the_person_typed(monkeypatch):
    monkeypatch.delenv("SECONDLOOK_CALLED", raising=False)
    assert command("report", Path("hand_ins")) == "secondlook report hand_ins"
    monkeypatch.setenv("SECONDLOOK_CALLED", "python3 start.py")
    assert command("report", "my class").split("report ")[0] == "python3 start.py "
    assert shlex.split(command("report", "my class"))[-1] == "my class"


def test_a_changed_extension_is_installed_anew(course):
    (course / "labextension/new.js").write_text("// changed")
    assert "Installing" in start(course).stdout
    assert "Installing" not in start(course).stdout


def damage_python(venv):
    for program in [*venv.glob("bin/python*"), *venv.glob("Scripts/python*")]:
        program.unlink()


def damage_packages(venv):
    shutil.rmtree(next(venv.glob("[Ll]ib*/**/site-packages")))


def damage_course(venv):
    next(venv.glob("[Ll]ib*/**/secondlook.pth")).unlink()


@pytest.mark.slow
@pytest.mark.parametrize("damage", [damage_python, damage_packages, damage_course])
def test_a_broken_venv_is_repaired(course, damage):
    damage(course / ".venv")
    run = start(course, "--no-browser")
    assert run.returncode == 0, run.stderr
    assert "damaged" in run.stdout
    assert run.stdout.endswith("opened --no-browser\n")


# The browser for the tests


@pytest.fixture
def script(monkeypatch, tmp_path):
    """start.py as a module, on a machine without any browser."""
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "LOG", tmp_path / "log")
    monkeypatch.setattr(module, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(module, "BROWSERS", "no-such-browser")
    monkeypatch.setattr(module, "MAC_BROWSERS", ())
    monkeypatch.setattr(module, "WINDOWS_BROWSERS", ())
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path))
    monkeypatch.delenv("SECONDLOOK_BROWSER", raising=False)
    return module


def test_without_any_browser_the_tests_fail_and_say_so(script, monkeypatch):
    tried = []
    monkeypatch.setattr(script, "logged", lambda *words: tried.append(words))
    monkeypatch.setattr(script.shutil, "which", {"apt-get": "/usr/bin/apt-get"}.get)
    monkeypatch.setattr(script, "prepare", lambda lock: None)
    monkeypatch.setattr(script, "run", lambda *words, env: 0)  # pytest itself would pass
    assert script.main(["test"]) == 1
    assert ["install" in words for words in tried] == [True, False, True]
    with pytest.raises(script.Stop, match="name it in SECONDLOOK_BROWSER"):
        script.require_browser()


def test_a_browser_that_was_named_wrongly_is_refused(script, monkeypatch, tmp_path):
    monkeypatch.setenv("SECONDLOOK_BROWSER", str(tmp_path / "chrome"))
    with pytest.raises(script.Stop, match="no such file"):
        script.require_browser()


def test_one_failing_part_fails_the_whole_run(script, monkeypatch):
    codes = iter([1, 0])
    monkeypatch.setattr(script, "prepare", lambda lock: None)
    monkeypatch.setattr(script, "require_browser", lambda: sys.executable)
    monkeypatch.setattr(script, "run", lambda *words, env: next(codes))
    assert script.main(["test"]) == 1
    assert not list(codes)  # and the second part was run all the same
