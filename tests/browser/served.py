"""A folder of plain files behind the plainest of web servers, which counts what it hands out."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any

from harness import REPO


def build_site(output: Path) -> Path:
    """Build the course's site as a person would, with what was downloaded once."""
    command = [sys.executable, "-m", "secondlook", "site", "--output", str(output)]
    env = {**os.environ, "PYTHONPATH": str(REPO / "widgets")}
    done = subprocess.run(command, cwd=REPO, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return output


class Served:
    """Serves a folder on a free port of this machine.

    Attributes:
        fetched: path and bytes of each file handed out; a browser that kept one does not ask.
    """

    def __init__(self, folder: Path) -> None:
        self.fetched: list[tuple[str, int]] = []
        served = self

        class Handler(SimpleHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def copyfile(self, source: Any, outputfile: IO[bytes]) -> None:
                served.fetched.append((self.path, os.fstat(source.fileno()).st_size))
                super().copyfile(source, outputfile)

            def log_message(self, format: str, *args: Any) -> None:
                """Says nothing."""

        handler = functools.partial(Handler, directory=str(folder))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def address(self, page: str = "", host: str = "127.0.0.1") -> str:
        """Where a page of the site is."""
        return f"http://{host}:{self.port}/{page}"

    def lesson(self, name: str, host: str = "127.0.0.1") -> str:
        """Where a lesson is, by its file's name."""
        return self.address(f"notebooks/index.html?path=lessons/{name}", host)

    def stop(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
