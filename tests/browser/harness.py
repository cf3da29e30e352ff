"""A real JupyterLab and a real Chromium for the browser tests.

``Lab`` starts JupyterLab as ``start.py`` does, on a throw-away course folder with the extension of
this checkout; ``Watch`` counts what a page asks of the outside world (nothing, or the test fails).
The rest are small tools that tests share: open a lesson, kill or restart its kernel, run axe,
measure how soon feedback is on screen, keep a picture.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psutil  # type: ignore[import-untyped]
from playwright.sync_api import BrowserContext, ConsoleMessage, Request

REPO = Path(__file__).resolve().parents[2]
EXTENSION = "secondlook-lab"
COURSE = "lessons"
ARTIFACTS = REPO / "test-artifacts"
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 390, "height": 844}}
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
AXE_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OUTSIDE = re.compile(r"^(?!(?:https?|wss?)://(?:127\.0\.0\.1|localhost)[:/]|data:|blob:|about:)")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Playwright's routes do not see what a service worker asks for; this refuses it all the same.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost",
]


def find_browser() -> str | None:
    """Path of a Chromium or Chrome; None means Playwright's own download.

    ``SECONDLOOK_BROWSER`` names one; otherwise the first found on the path.
    """
    named = os.environ.get("SECONDLOOK_BROWSER")
    if named:
        return named
    for name in BROWSERS:
        path = shutil.which(name)
        if path:
            return path
    return MAC_CHROME if Path(MAC_CHROME).exists() else None


def notebook(
    code: Sequence[str], *, lesson: int | None = 3, prose: str = "# A test"
) -> dict[str, Any]:
    """A notebook with one prose cell and hidden, locked code cells, as the lessons are.

    Args:
        code: source of each code cell.
        lesson: number for the ``secondlook`` metadata; None leaves the metadata out.
        prose: Markdown of the first cell.
    """
    locked = {"editable": False, "deletable": False}
    cells: list[dict[str, Any]] = [
        {"cell_type": "markdown", "id": "prose", "metadata": dict(locked), "source": prose}
    ]
    for number, source in enumerate(code):
        cells.append(
            {
                "cell_type": "code",
                "id": f"code-{number}",
                "metadata": {**locked, "jupyter": {"source_hidden": True}},
                "source": source,
                "outputs": [],
                "execution_count": None,
            }
        )
    metadata: dict[str, Any] = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    }
    if lesson is not None:
        metadata["secondlook"] = {"lesson": lesson}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def code_cells(path: Path) -> list[str]:
    """Source of each code cell of the notebook at ``path``, in order."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def free_port() -> int:
    """A port of loopback that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Wait until a server that was just started answers at ``url``.

    Raises:
        RuntimeError: it did not answer in 60 s; the message carries the end of its log.
    """
    limit = time.monotonic() + 60
    while time.monotonic() < limit and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=30):
                return
        except (OSError, urllib.error.URLError):
            time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")


def end(server: subprocess.Popen[bytes]) -> None:
    """Stop a server and every kernel that it started."""
    try:
        mine = psutil.Process(server.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        mine = []
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
    for process in mine:
        if process.is_running():
            process.kill()


class Lab:
    """A JupyterLab server on loopback, with its own course, settings and extension folder.

    Args:
        home: an empty folder; everything the server reads or writes is put under it.
        extension: False leaves the lab extension out, to show what it is for.
    """

    def __init__(self, home: Path, *, extension: bool = True) -> None:
        self.home = home
        self.course = home / "course"
        self.work = home / "work"
        self.static = home / "jupyter" / "labextensions" / EXTENSION / "static"
        self.token = secrets.token_hex(16)
        self.log = home / "server.log"
        self.port = 0
        self._server: subprocess.Popen[bytes] | None = None
        self._lay_out(extension)

    @property
    def url(self) -> str:
        """Address of the server, without a slash at the end."""
        return f"http://127.0.0.1:{self.port}"

    def _lay_out(self, extension: bool) -> None:
        lessons = self.course / COURSE
        lessons.mkdir(parents=True)
        for path in sorted((REPO / "lessons").glob("*.ipynb")):
            shutil.copy(path, lessons)
        if extension:
            shutil.copytree(REPO / "labextension", self.static.parent)
        else:  # where the course is installed, leaving the copy out is not enough
            off = self.home / "config" / "labconfig"
            off.mkdir(parents=True)
            (off / "page_config.json").write_text(
                json.dumps({"disabledExtensions": {EXTENSION: True}})
            )
        settings = {
            "ip": "127.0.0.1",
            "open_browser": False,
            "root_dir": str(self.course),
            "allow_root": True,
            "port_retries": 0,
            "tornado_settings": {"page_config_data": {"secondlookCourse": COURSE}},
        }
        config = {
            "ServerApp": settings,
            "IdentityProvider": {"token": self.token},
            "LabApp": {
                "extension_manager": "readonly",
                "app_settings_dir": str(self.home / "app-settings"),
                # So that a test can change the theme of a page that is open.
                "expose_app_in_browser": True,
            },
        }
        (self.home / "app-settings").mkdir()
        shutil.copy(REPO / "labextension" / "overrides.json", self.home / "app-settings")
        (self.home / "config").mkdir(exist_ok=True)
        (self.home / "config" / "jupyter_server_config.json").write_text(json.dumps(config))

    def start(self) -> Lab:
        """Start the server and wait until it answers.

        Raises:
            RuntimeError: it did not answer in 60 s; the message carries the end of its log.
        """
        if not self.port:  # a server that starts again keeps its address
            self.port = free_port()
        env = {k: v for k, v in os.environ.items() if not k.startswith(("JUPYTER", "SECONDLOOK"))}
        parts = [str(REPO / "widgets"), os.environ.get("PYTHONPATH", "")]
        env.update(
            PYTHONPATH=os.pathsep.join(part for part in parts if part),
            SECONDLOOK_DATA=str(REPO / "data"),
            SECONDLOOK_WORK=str(self.work),
            JUPYTER_PATH=str(self.home / "jupyter"),
            IPYTHONDIR=str(self.home / "ipython"),
            **{
                f"JUPYTER_{name}_DIR": str(self.home / name.lower())
                for name in ("CONFIG", "DATA", "RUNTIME")
            },
            JUPYTERLAB_SETTINGS_DIR=str(self.home / "settings"),
            JUPYTERLAB_WORKSPACES_DIR=str(self.home / "workspaces"),
        )
        with self.log.open("ab") as log:
            self._server = subprocess.Popen(
                [sys.executable, "-m", "jupyterlab", f"--ServerApp.port={self.port}"],
                cwd=self.course,
                env=env,
                stdout=log,
                stderr=log,
            )
        answers(self._server, f"{self.url}/api/status?token={self.token}", self.log)
        return self

    def stop(self) -> None:
        """Stop the server and every kernel it started."""
        if self._server is None:
            return
        end(self._server)
        self._server = None

    def crash(self) -> None:
        """Kill the server outright (SIGKILL). Its kernels notice and end by themselves."""
        if self._server:
            self._server.kill()
            self._server.wait()
            self._server = None

    def api(self, method: str, path: str, body: object = None) -> Any:
        """Ask the server's REST interface; the answer's JSON, or None if it has no body.

        Raises:
            urllib.error.HTTPError: the server refused.
        """
        request = urllib.request.Request(
            self.url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Authorization": f"token {self.token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as reply:
            raw = reply.read()
        return json.loads(raw) if raw else None

    def add(self, path: str, content: Mapping[str, Any], *, ship: bool = False) -> str:
        """Write a notebook into the course.

        Args:
            path: relative to the course, such as ``lessons/x.ipynb``.
            content: the notebook.
            ship: also enter it in the extension's list of shipped lessons.

        Returns:
            ``path``, to hand on to ``open``.
        """
        target = self.course / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(content), encoding="utf-8")
        if ship:
            shipped = self.static / "shipped.json"
            known = json.loads(shipped.read_text("utf-8")) if shipped.exists() else {}
            known[target.name] = code_cells(target)
            shipped.write_text(json.dumps(known), encoding="utf-8")
        return path

    def set_theme(self, theme: str) -> None:
        """Choose ``light`` or ``dark`` for pages that are loaded from now on."""
        raw = json.dumps({"theme": THEMES[theme]})
        self.api("PUT", "/lab/api/settings/@jupyterlab/apputils-extension:themes", {"raw": raw})

    def kernel_of(self, path: str) -> str:
        """Id of the kernel behind the notebook at ``path`` (relative to the course)."""
        for session in self.api("GET", "/api/sessions"):
            if session["path"] == path:
                return str(session["kernel"]["id"])
        raise LookupError(f"no kernel is running for {path}")

    def restart_kernel(self, path: str) -> None:
        """Restart a notebook's kernel behind the page's back, as another window would.

        The page notices at the next word from the kernel. ``tools.restart_kernel`` goes through
        the page's own menu.
        """
        self.api("POST", f"/api/kernels/{self.kernel_of(path)}/restart")

    def kernel_process(self, path: str) -> psutil.Process:
        """The operating system's process of a notebook's kernel."""
        if self._server is None:
            raise LookupError("the server is not running")
        kernel = self.kernel_of(path)
        for process in psutil.Process(self._server.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):  # one that is just ending has no words
                if any(kernel in part for part in process.cmdline()):
                    return process
        raise LookupError(f"no process found for kernel {kernel} of {path}")

    def kill_kernel(self, path: str) -> int:
        """Kill a notebook's kernel outright (SIGKILL), as a crash would. Returns its old pid."""
        process = self.kernel_process(path)
        if hasattr(signal, "SIGKILL"):
            os.kill(process.pid, signal.SIGKILL)
        else:
            process.kill()
        return int(process.pid)

    def shut_down_kernels(self) -> None:
        """End all sessions, so that kernels do not pile up from test to test."""
        for session in self.api("GET", "/api/sessions"):
            self.api("DELETE", f"/api/sessions/{session['id']}")

    def forget(self) -> None:
        """End all sessions and drop all answers, so that the course is a new learner's."""
        self.shut_down_kernels()
        shutil.rmtree(self.work, ignore_errors=True)

    def address(self, path: str) -> str:
        """Address of a notebook in the single-document view, the one ``start.py`` opens."""
        return f"{self.url}/doc/tree/{quote(path)}?token={self.token}&reset"


class Watch:
    """What the pages of one browser context asked for, and what went wrong in them.

    Attributes:
        outside: addresses beyond loopback that were asked for (each was refused).
        errors: error messages of the console and uncaught exceptions.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.outside: list[str] = []
        self.errors: list[str] = []
        context.on("request", self._on_request)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("page", lambda page: page.on("websocket", lambda ws: self._count(ws.url)))
        context.route(OUTSIDE, lambda route: route.abort())

    def _on_request(self, request: Request) -> None:
        self._count(request.url)

    def _count(self, url: str) -> None:
        if OUTSIDE.match(url):
            self.outside.append(url)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")
