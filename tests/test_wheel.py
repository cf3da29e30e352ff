"""The wheel alone, in an empty folder: it writes the course out, and opens it."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import threading
import urllib.request
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("widgets", "lessons", "data", "handouts", "labextension")
FILES = ("pyproject.toml", "README.md", "LICENSE", "LICENSE-CONTENT.md", ".gitignore")
EXTENSION = "secondlook-0.1.0.data/data/share/jupyter/labextensions/secondlook-lab/"
OVERRIDES = "secondlook-0.1.0.data/data/share/jupyter/lab/settings/overrides.d/secondlook.json"


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """A copy of the repository as somebody who has used it leaves it."""
    folder = tmp_path_factory.mktemp("source")
    for name in PARTS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, folder)
    for leftover in ("lessons/.ipynb_checkpoints", "lessons/my_work", "data/.ipynb_checkpoints"):
        (folder / leftover).mkdir(exist_ok=True)
        (folder / leftover / "answers.jsonl").write_text("private")
    return folder


@pytest.fixture(scope="module")
def wheel(source):
    """The built wheel; nothing is fetched to build it."""
    words = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "out"]
    subprocess.run(words, cwd=source, check=True, capture_output=True)
    (built,) = (source / "out").glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The wheel in an environment of its own, which borrows the other packages of this one."""
    folder = tmp_path_factory.mktemp("installed")
    own = folder / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", own], check=True)
    scripts = own / ("Scripts" if os.name == "nt" else "bin")
    environment = clean_environment(folder)
    pip = [sys.executable, "-m", "pip", "--python", scripts / "python"]
    install = [*pip, "install", "--no-deps", "--no-index", wheel]
    subprocess.run(install, check=True, capture_output=True, env=environment)
    question = "import sysconfig; print(sysconfig.get_path('purelib'))"
    packages = subprocess.check_output([scripts / "python", "-c", question], text=True).strip()
    # Lines of a .pth file come after the environment's own packages, so the wheel wins.
    Path(packages, "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    # JupyterLab's page comes from the environment that runs it; its settings are the wheel's.
    shutil.copytree(
        Path(sys.prefix, "share/jupyter/lab"),
        own / "share/jupyter/lab",
        ignore=shutil.ignore_patterns("settings", "workspaces"),
        dirs_exist_ok=True,
    )
    return folder, scripts, environment


def clean_environment(folder):
    """Neither the checkout nor this person's Jupyter settings may lend anything to the wheel."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SECONDLOOK", "PYTHON"))}
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR"):
        kept[name] = str(folder / name.lower())
    return kept


def test_the_wheel_carries_what_the_checkout_has(source, wheel):
    carried = set(zipfile.ZipFile(wheel).namelist())
    wanted = {"widgets": "", "labextension/static": EXTENSION + "static/"}
    wanted |= {name: f"secondlook/_course/{name}/" for name in ("lessons", "data", "handouts")}
    for folder, target in wanted.items():
        there = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
        names = {path.relative_to(ROOT / folder).as_posix() for path in there}
        names = {n for n in names if not re.search("__pycache__|checkpoints|my_work", n)}
        assert names
        assert {target + name for name in names} <= carried
    assert {EXTENSION + "package.json", EXTENSION + "install.json", OVERRIDES} <= carried


def test_the_wheel_carries_nobodys_work(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if re.search("checkpoints|my_work|answers", name)]
    assert not [name for name in names if re.search(r"(?<!data/)tests?/|start\.py|\.venv", name)]


def test_the_wheel_says_both_licences(wheel):
    archive = zipfile.ZipFile(wheel)
    about = archive.read("secondlook-0.1.0.dist-info/METADATA").decode()
    assert "License-Expression: MIT AND CC-BY-4.0" in about
    names = archive.namelist()
    assert {f"secondlook-0.1.0.dist-info/licenses/{n}" for n in FILES if "LIC" in n} <= set(names)


def test_pop_ups_are_off(wheel):
    settings = json.loads(zipfile.ZipFile(wheel).read(OVERRIDES))
    pop_ups = settings["@jupyterlab/apputils-extension:notification"]
    assert pop_ups == {"fetchNews": "false", "checkForUpdates": False}
    # Cells outside the window must stay in the page, or an activity forgets what is on screen.
    assert settings["@jupyterlab/notebook-extension:tracker"] == {"windowingMode": "none"}


@pytest.mark.slow
def test_from_the_wheel_alone_the_course_is_written_and_opens(installed):
    folder, scripts, environment = installed
    empty = folder / "empty"
    empty.mkdir()
    command = shutil.which("secondlook", path=str(scripts))

    def run(*words):
        return subprocess.run(
            [command, *words], cwd=empty, env=environment, capture_output=True, text=True
        )

    written = run("lessons", "my_course")
    assert written.returncode == 0, written.stderr
    for lesson in (ROOT / "lessons").glob("*.ipynb"):
        assert (empty / "my_course/lessons" / lesson.name).read_bytes() == lesson.read_bytes()
    checked = run("check")
    assert checked.returncode == 0, checked.stderr
    assert str(folder / "env") in checked.stdout.replace("\n", "")  # the carried data, no other

    lab = subprocess.Popen(
        [command, "lab", "--no-browser"],
        cwd=empty,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    watchdog = threading.Timer(90, lab.kill)
    watchdog.start()
    said = []
    try:
        for line in lab.stdout:
            said.append(line)
            if "Ctrl-C" in line:
                break
        link = re.search(r"http://127\.0\.0\.1:\d+/doc/tree/\S+", "".join(said))
        assert link, "".join(said)
        assert len(said) == 2  # the address and how to stop, not drowned in a log
        assert_serves_the_course(link.group())
    finally:
        lab.terminate()
        lab.wait(30)
        watchdog.cancel()


def assert_serves_the_course(link):
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with opener.open(link, timeout=30) as answer:
        assert answer.status == 200
        page = answer.read().decode()
    raw = re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', page, re.S).group(1)
    config = json.loads(raw)
    assert config["secondlookCourse"] == "lessons"
    assert config["news"] == {"disabled": True}
    extensions = {one["name"]: one for one in config["federated_extensions"]}
    assert "secondlook-lab" in extensions
    root = link.split("/doc/")[0]
    entry = extensions["secondlook-lab"]["load"]
    for path in (
        "/api/contents/lessons/00_start_here.ipynb",
        f"/lab/extensions/secondlook-lab/{entry}",
        "/lab/extensions/secondlook-lab/static/shipped.json",
    ):
        with opener.open(root + path, timeout=30) as answer:
            assert answer.status == 200
    plugin = "/lab/api/settings/@jupyterlab/apputils-extension:notification"
    with opener.open(root + plugin, timeout=30) as answer:
        properties = json.loads(answer.read())["schema"]["properties"]
    assert properties["fetchNews"]["default"] == "false"
    stranger = urllib.request.build_opener()
    with stranger.open(link.split("?")[0], timeout=30) as answer:
        assert "/login" in answer.url  # without the key nobody gets in
