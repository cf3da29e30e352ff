"""An HTML file as a PDF: the Chromium, Chrome or Edge of this computer prints it, unseen.

``start.py`` looks for a browser too, for the tests. It must work before anything is installed and
on Pythons that are too old, so neither can import the other; a test holds their lists together.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

BROWSERS = "chromium chromium-browser google-chrome google-chrome-stable chrome microsoft-edge"
MAC_BROWSERS = "Google Chrome", "Chromium", "Microsoft Edge"
WINDOWS_BROWSERS = "Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"
#: Seconds for one booklet. A slow laptop needs about ten; more than this, and it hangs.
LIMIT = 120

# A profile of its own, so that no open window is disturbed, and no way out into the network.
_OPTIONS = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
)


class PdfError(Exception):
    """There is no PDF. The message is one plain sentence."""


def find_browser() -> str | None:
    """The browser that prints: ``$SECONDLOOK_BROWSER``, else one on the PATH or in its usual place.

    Raises:
        PdfError: the variable names no file.
    """
    if asked := os.environ.get("SECONDLOOK_BROWSER"):
        if not Path(asked).is_file():
            raise PdfError(
                f"SECONDLOOK_BROWSER says {asked}, and there is no such file: correct it."
            )
        return asked
    places = [shutil.which(name) for name in BROWSERS.split()]
    places += [f"/Applications/{name}.app/Contents/MacOS/{name}" for name in MAC_BROWSERS]
    for folder in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData"):
        places += [str(Path(os.environ.get(folder, "-"), tail)) for tail in WINDOWS_BROWSERS]
    return next((place for place in places if place and Path(place).is_file()), None)


def print_pdf(browser: str, html: str, folder: Path, limit: float = LIMIT) -> bytes:
    """Have a browser print one page.

    Arguments:
        browser: its path.
        html: the text of the page, which says its own paper size.
        folder: where a place to work in is made and removed again. Not the system's own: a browser
            that is packed as a snap may only look into a person's own files.
        limit: seconds.

    Raises:
        PdfError: it took too long, or there is no PDF afterwards.
        OSError: the folder cannot be written.
    """
    with tempfile.TemporaryDirectory(
        prefix="printing-", dir=folder, ignore_cleanup_errors=True
    ) as made:
        place = Path(made).resolve()
        page, out = place / "page.html", place / "page.pdf"
        page.write_text(html, encoding="utf-8")
        words = [browser, *_OPTIONS, f"--user-data-dir={place / 'profile'}",
                 f"--print-to-pdf={out}", page.as_uri()]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            words.insert(1, "--no-sandbox")  # for root it does not start otherwise
        _run(words, limit)
        data = out.read_bytes() if out.is_file() else b""
    if not data.startswith(b"%PDF-"):
        raise PdfError(f"{browser} printed nothing: try another browser in SECONDLOOK_BROWSER.")
    return data


def _run(words: list[str], limit: float) -> None:
    # What it says goes nowhere: a pipe would be held open by the programs that it starts.
    try:
        done = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    except OSError as problem:
        raise PdfError(f"{words[0]} does not start ({problem.strerror}).") from None
    try:
        done.wait(limit)
    except subprocess.TimeoutExpired:
        raise PdfError(f"{words[0]} needed more than {limit:.0f} seconds for one page.") from None
    finally:
        if done.poll() is None:
            _stop(done)


def _stop(started: subprocess.Popen[bytes]) -> None:
    """End a browser with all that it has started."""
    if sys.platform == "win32":
        started.kill()  # the others end with the first
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
    started.wait()
