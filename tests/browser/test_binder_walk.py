"""The course as Binder builds and starts it, without Binder's engine; then lesson 4 in Chromium.

The same files in the same order: an empty environment of the Python in ``binder/runtime.txt``, the
pinned set from ``binder/requirements.txt``, a copy of the repository, ``binder/postBuild`` in it.
The server is then started as BinderHub starts it: plain JupyterLab, in that folder, below a path of
its own, and nothing said about lessons.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

import tools
from harness import COURSE, REPO, answers, end, free_port
from secondlook.lesson import FORGETS

FIRST_PAGE = "doc/tree/lessons/00_start_here.ipynb"  # what the badge in README.md opens
BASE, TOKEN = "/user/somebody/", "a-token"
LESSON = f"doc/tree/{COURSE}/04_clinicians_and_others.ipynb"
LEFT_OUT = (
    ".git",
    ".venv*",
    "node_modules",
    "test-artifacts",
    "my_work",
    "__pycache__",
    ".*_cache",
)

pytestmark = pytest.mark.slow


def clean() -> dict[str, str]:
    """Neither this checkout nor this person's settings may lend anything to what is built."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "SECONDLOOK", "PYTHON", "IPYTHON", "VIRTUAL_ENV"))
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder of the repository and that of the environment's programs."""
    folder = tmp_path_factory.mktemp("binder")
    named = (REPO / "binder" / "runtime.txt").read_text().strip().removeprefix("python-")
    found = f"{sys.version_info[0]}.{sys.version_info[1]}"
    python = sys.executable if found == named else shutil.which(f"python{named}")
    # The set is pinned for every Python from that one on, so another will do where it is missing.
    subprocess.run([python or sys.executable, "-m", "venv", folder / "env"], check=True)
    programs = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    # Compiling what nothing here imports would take half of the time.
    env = {
        **clean(),
        "PATH": os.pathsep.join([str(programs), os.environ["PATH"]]),
        "PIP_NO_COMPILE": "1",
    }
    repository = folder / "home"
    wanted = repository / "binder" / "requirements.txt"
    wanted.parent.mkdir(parents=True)
    shutil.copy(REPO / "binder" / "requirements.txt", wanted)
    run([programs / "pip", "install", "--quiet", "-r", "binder/requirements.txt"], repository, env)
    shutil.copytree(REPO, repository, ignore=shutil.ignore_patterns(*LEFT_OUT), dirs_exist_ok=True)
    run(["./binder/postBuild"], repository, env)
    return repository, programs


def run(words: Sequence[object], folder: Path, env: dict[str, str]) -> None:
    """Run a step of the build; what it says is in the failure."""
    done = subprocess.run(
        [str(word) for word in words], cwd=folder, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@contextmanager
def served(built: tuple[Path, Path]) -> Iterator[str]:
    """Start JupyterLab as BinderHub does; where it answers, with a slash at the end."""
    repository, programs = built
    port = free_port()
    path = os.pathsep.join([str(programs), os.environ["PATH"]])
    env = {
        **clean(),
        "PATH": path,
        "HOME": str(repository),
        "BINDER_LAUNCH_HOST": "https://binder.example/",
    }
    words = ["jupyter-lab", "--ip=127.0.0.1", f"--port={port}", f"--NotebookApp.base_url={BASE}",
             f"--NotebookApp.token={TOKEN}", "--NotebookApp.trust_xheaders=True", "--no-browser"]  # fmt: skip
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        words.append("--allow-root")  # Binder's user is not root; whoever runs this may be
    log = repository.parent / "server.log"
    with log.open("wb") as to:
        server = subprocess.Popen([programs / words[0], *words[1:]], cwd=repository, env=env,
                                  stdout=to, stderr=to)  # fmt: skip
    url = f"http://127.0.0.1:{port}{BASE}"
    try:
        answers(server, f"{url}api/status?token={TOKEN}", log)
        yield url
    finally:
        end(server)


@pytest.fixture(scope="module")
def address(built: tuple[Path, Path]) -> Iterator[str]:
    """Where one server for this file answers."""
    with served(built) as url:
        yield url


def test_lesson_4_runs_itself_answers_and_keeps(built, address, page):
    page.goto(f"{address}{LESSON}?token={TOKEN}")
    assert tools.wait_ready(page) == "ok"
    assert FORGETS in page.locator(".sl-notice").first.inner_text()
    section = tools.sections(page)[0]
    section.locator("button[data-option]").first.click()
    assert section.locator(".sl-fb").inner_text().strip()
    section.locator(".sl-saved", has_text="Saved").wait_for()
    tools.snapshot(page, "binder")
    kept = (built[0] / "my_work" / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    answers = [line for line in map(json.loads, kept) if "item" in line]
    assert [(one["lesson"], one["activity"]) for one in answers] == [
        (4, section.get_attribute("data-activity"))
    ]


def test_the_badge_opens_lesson_0_in_the_single_document_view(address, page):
    page.goto(f"{address}{FIRST_PAGE}?token={TOKEN}")
    assert tools.wait_ready(page) == "ok"
    assert page.locator("[data-shell-mode='single-document']").count() == 1


def test_without_what_post_build_places_a_lesson_asks_first(built, page):
    (placed,) = built[1].parent.rglob("page_config.d/secondlook.json")
    placed.unlink()  # the last test of this file: nothing after it needs the setting
    with served(built) as url:
        page.goto(f"{url}{LESSON}?token={TOKEN}")
        assert "Nothing has run yet" in tools.wait_ready(page)
