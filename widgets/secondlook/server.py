"""How the course opens in JupyterLab: one set of settings for ``start.py`` and ``secondlook lab``.

Importing this module loads nothing of Jupyter; only :func:`serve` does.
"""

from __future__ import annotations

import errno
import os
import socket
import sys
from pathlib import Path
from urllib.parse import quote

HOST = "127.0.0.1"  # the learner's own machine and nothing else
DEFAULT_PORT = 8888
PORTS_TRIED = 50
LESSONS = "lessons"
FIRST_LESSON = "00_start_here.ipynb"
# The single-document view: the usual /lab view is unusable on a phone and full of buttons.
FIRST_PAGE = f"/doc/tree/{LESSONS}/{FIRST_LESSON}"


class PortError(OSError):
    """No port to listen on. The message is one plain sentence for the person who pressed start."""


def port_is_free(port: int, host: str = HOST) -> bool:
    """Say whether a server could listen on this TCP port now.

    Args:
        port: TCP port number, 1 to 65535.
        host: address to listen on.

    Raises:
        OSError: the system refuses the port for another reason than "in use" or "not allowed".
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":
            # As servers do: a port whose last connections are still closing counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            if problem.errno in (errno.EADDRINUSE, errno.EACCES):
                return False
            raise
    return True


def choose_port(asked: int | None) -> int:
    """Choose the port to listen on.

    Args:
        asked: the port the person asked for, or None for the default or the next free one.

    Raises:
        PortError: the port asked for is taken, or none of the next fifty is free.
    """
    if asked is not None:
        if not port_is_free(asked):
            raise PortError(
                f"Port {asked} is in use by another program: close that program, or choose "
                "another number after --port."
            )
        return asked
    for port in range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TRIED):
        if port_is_free(port):
            return port
    raise PortError(
        f"Ports {DEFAULT_PORT} to {DEFAULT_PORT + PORTS_TRIED - 1} are all in use: close other "
        "programs, or choose a free number with --port."
    )


def arguments(root: Path, port: int, *, open_browser: bool) -> list[str]:
    """Give JupyterLab's command line for a course.

    They are arguments and not a configuration file, because arguments win over whatever a
    school's machine has in its own configuration.

    Args:
        root: folder that holds ``lessons/``.
        port: TCP port to listen on; nothing else is tried.
        open_browser: whether JupyterLab opens the person's browser.
    """
    settings = {
        "ServerApp.ip": HOST,
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": str(root),
        "ServerApp.open_browser": open_browser,
        "ServerApp.answer_yes": True,  # Ctrl-C stops at once, without a question
        "ServerApp.log_level": "WARN",  # our one line must not drown in JupyterLab's log
        "LabApp.log_level": "WARN",
        "LabApp.default_url": FIRST_PAGE,
        "LabApp.extension_manager": "readonly",  # nobody installs software from a lesson
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.news_url": None,
    }
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        settings["ServerApp.allow_root"] = True  # containers; Jupyter refuses root otherwise
    return [f"--{name}={value}" for name, value in settings.items()]


def page_settings() -> dict[str, object]:
    """Tell the page where the course's lessons are, relative to the root folder.

    Our lab extension runs a lesson by itself only inside this folder.
    """
    return {"page_config_data": {"secondlookCourse": LESSONS}}


def address(port: int, base_url: str, token: str) -> str:
    """Give the address of the first lesson.

    Args:
        port: TCP port JupyterLab listens on.
        base_url: path under which JupyterLab serves, with its slashes.
        token: the key that lets a browser in; empty if a password is asked instead.
    """
    page = f"http://{HOST}:{port}{base_url.rstrip('/')}{FIRST_PAGE}"
    return f"{page}?token={quote(token)}" if token else page


def serve(root: Path, port: int | None = None, *, open_browser: bool = True) -> None:
    """Open the course in JupyterLab and stay until Ctrl-C.

    Args:
        root: folder that holds ``lessons/``.
        port: TCP port; None for 8888 or the next free one.
        open_browser: whether to open the person's browser.

    Raises:
        PortError: the port cannot be had.
    """
    chosen = choose_port(port)
    from jupyterlab.labapp import LabApp
    from traitlets.config import Config

    settings = Config()
    settings.ServerApp.tornado_settings = page_settings()
    server = LabApp.initialize_server(
        argv=arguments(root, chosen, open_browser=open_browser), config=settings
    )
    identity = server.identity_provider
    link = address(server.port, server.base_url, identity.token)
    # Jupyter would print its own, longer note with the same key; the key itself is unchanged.
    identity.token_generated = False

    def announce() -> None:
        print(f"Second Look is open at {link}", "Press Ctrl-C here to stop.", sep="\n", flush=True)

    server.io_loop.add_callback(announce)  # said when the server listens, not before
    server.start()
    sys.stdout.flush()
