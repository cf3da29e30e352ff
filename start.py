#!/usr/bin/env python3
"""Start Second Look: make what it needs in .venv, then open the lessons in JupyterLab.

    python3 start.py                 open the lessons (--port N, --no-browser)
    python3 start.py check [...]     check the course's data, or a folder of your own posts
    python3 start.py report [...]    draw the class report from a folder of hand-ins
    python3 start.py rehearse [...]  open the class report of a class of invented learners
    python3 start.py simulate [...]  write such a class's files, as learners would hand them in
    python3 start.py review [...]    compare our verdicts with those of two other people
    python3 start.py print [...]     write sheets, keys, cards and letters to print
    python3 start.py present [...]   open a lesson for a class with one projector
    python3 start.py site [...]      build the course as plain files for any web server
    python3 start.py test [...]      run every test; further words go to pytest
    python3 start.py lint            check style and types

Standard library only. The file must parse on Python 3.6, so that an old Python meets a sentence
and not a SyntaxError: no walrus, no match, no positional-only arguments.
"""

import argparse
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if sys.version_info < (3, 11):
    sys.exit(
        "Second Look needs Python 3.11 or newer and this is Python {}.{}: install a newer one from "
        "python.org, then start again with it.".format(*sys.version_info[:2])
    )

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "secondlook.json"  # what was installed; written last, so half an install has none
LOG = ROOT / ".venv-install.log"
COURSE, TEST = "lock.txt", "lock-test.txt"  # the second holds the first and more
COMMANDS = (
    "check",
    "report",
    "rehearse",
    "simulate",
    "review",
    "print",
    "present",
    "site",
)  # of secondlook, for whoever has only this file

# Run inside .venv, these show that it works. The second only looks for the packages: importing
# them would add seconds to every start.
PIP_WORKS = "import sys, pip; raise SystemExit(sys.version_info < (3, 11))"
COURSE_WORKS = (
    "from importlib.util import find_spec as found; need = 'secondlook jupyterlab jupyter_server "
    "ipykernel ipywidgets anywidget pandas numpy plotly fastjsonschema'; "
    "raise SystemExit(not all(map(found, need.split())))"
)

# What pip prints when it fails, and what to tell the person.
REASONS = {
    "No space left on device": "The disk is full: free about 1 GB and start again.",
    "DO NOT MATCH THE HASHES": "A downloaded package is not the one that was tested, so nothing "
    "was installed: start again, and if it happens twice, tell whoever runs your network.",
    "Hashes are required": "A list in the folder requirements has a package without its hash, so "
    "nothing was installed: make the lists anew, as CONTRIBUTING.md says.",
    "CERTIFICATE_VERIFY_FAILED": "This network's filter stands between this computer and the "
    "packages: ask whoever runs the network, or start once from another one.",
    "connection broken": "The packages could not be downloaded: connect to the internet (it is "
    "needed only the first time) and start again.",
}

BROWSERS = "chromium chromium-browser google-chrome google-chrome-stable chrome microsoft-edge"
MAC_BROWSERS = "Google Chrome", "Chromium", "Microsoft Edge"
WINDOWS_BROWSERS = "Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe"


class Stop(Exception):
    """Nothing more can be done. The message is one plain sentence for the person at the screen."""


def say(sentence: str) -> None:
    """Tell the person what is going on, at once."""
    print(sentence, flush=True)


def logged(*command: object) -> str | None:
    """Run a command with its output added to the log; give None if it worked, else that output."""
    words = [str(word) for word in command]
    with LOG.open("a+", encoding="utf-8", errors="replace") as log:
        log.write("\n$ " + " ".join(words) + "\n")
        log.flush()
        start = log.tell()
        code = subprocess.call(words, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        log.seek(start)
        return log.read() if code else None


def require_writable() -> None:
    """Refuse a folder that cannot hold .venv and the learner's answers."""
    try:
        with tempfile.TemporaryFile(dir=ROOT):
            pass
    except OSError as problem:
        raise Stop(
            f"The folder {ROOT} cannot be written to ({problem.strerror}): copy it to a place of "
            "your own, such as your home folder, and start again there."
        ) from None


def require_port(port: int) -> None:
    """Refuse a taken port before minutes of installing, not after them."""
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            raise Stop(
                f"Port {port} cannot be used, most likely because another program has it: choose "
                "another number after --port, or leave --port out."
            ) from None


def fingerprint(*paths: Path) -> str:
    """Hash the names and contents of files and folders, and the place they are in."""
    digest = hashlib.sha256(str(ROOT).encode())
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(f"{file.relative_to(ROOT).as_posix()}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def installed() -> dict[str, str]:
    """Say what was installed here last; nothing if that is unknown."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def runs(code: str) -> bool:
    """Say whether .venv's Python runs this code without an error."""
    try:
        done = subprocess.run([PYTHON, "-c", code], cwd=ROOT, capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def make_venv() -> None:
    """Make an empty .venv, in place of a damaged one (which holds nothing of the learner's)."""
    try:
        import ensurepip  # noqa: F401  (Debian ships it apart)
        import venv  # noqa: F401
    except ImportError:
        raise Stop(
            "This Python came without its venv module: install it (on Debian or Ubuntu: sudo apt "
            "install python3-venv; elsewhere: Python from python.org) and start again."
        ) from None
    try:
        if VENV.is_symlink() or VENV.is_file():
            VENV.unlink()
        elif VENV.exists():
            say("The folder .venv is damaged, so it is made anew.")
            shutil.rmtree(VENV)
    except OSError as problem:
        raise Stop(
            f"The folder {VENV} is damaged and could not be removed ({problem.strerror}): close "
            "every program that uses it, delete it by hand, and start again."
        ) from None
    if logged(sys.executable, "-m", "venv", VENV) is not None:
        raise Stop(f"The folder {VENV} could not be made: the reason is at the end of {LOG}.")


def install(lock: str) -> str | None:
    """Install the pinned packages, then this course; give None if it worked, else pip's output."""
    pip = (PYTHON, "-m", "pip", "--no-input", "--disable-pip-version-check", "install")
    # Retries are set here because the lines pip prints for them tell us that the network failed.
    pinned = ("--require-hashes", "--retries=3", "-r", ROOT / "requirements" / lock)
    course = ("--no-deps", "--no-index", "--no-build-isolation", "-e", ROOT)
    problem = logged(*pip, *pinned)
    return logged(*pip, *course) if problem is None else problem


def reason_of(output: str) -> str | None:
    """Find the sentence for what pip printed; the network comes last, for it is the widest net."""
    return next((sentence for sign, sentence in REASONS.items() if sign in output), None)


def prepare(lock: str) -> None:
    """Bring .venv to what this lock file and this folder ask for; do nothing when it is there."""
    locks = {name: fingerprint(ROOT / "requirements" / name) for name in (COURSE, TEST)}
    course = fingerprint(ROOT / "pyproject.toml", ROOT / "labextension")
    wanted = {"course": course, lock: locks[lock]}
    stamp = installed()
    complete = all(stamp.get(name) == value for name, value in wanted.items())
    if complete and runs(COURSE_WORKS):
        return
    LOG.write_text(time.strftime("%Y-%m-%d %H:%M\n"), encoding="utf-8")
    # Complete and yet not working means damage; anything else that runs pip can be brought along.
    kept = not complete and runs(PIP_WORKS)
    if not kept:
        make_venv()
    say("Installing what the lessons need. This takes a few minutes, and happens only once.")
    began = time.monotonic()
    problem = install(lock)
    if problem and kept and not reason_of(problem):
        make_venv()
        problem = install(lock)
    if problem:
        why = reason_of(problem) or "The packages could not be installed."
        raise Stop(f"{why} (The details are in {LOG}.)")
    STAMP.write_text(json.dumps({**wanted, **(locks if lock == TEST else {})}), encoding="utf-8")
    say(f"Installed in {time.monotonic() - began:.0f} s.")


def found_browser() -> str | None:
    """Look for a browser on the PATH, in the usual places, and where Playwright keeps its own."""
    places = [shutil.which(name) for name in BROWSERS.split()]
    places += [f"/Applications/{name}.app/Contents/MacOS/{name}" for name in MAC_BROWSERS]
    for folder in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData"):
        places += [str(Path(os.environ.get(folder, "-"), tail)) for tail in WINDOWS_BROWSERS]
    code = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as p: print(p.chromium.executable_path)"
    )
    answer = subprocess.run([PYTHON, "-c", code], cwd=ROOT, capture_output=True, text=True)
    places.append(answer.stdout.strip())
    return next((place for place in places if place and Path(place).is_file()), None)


def require_browser() -> str:
    """Find a browser for the tests, or fetch one.

    Raises:
        Stop: none can be had. A test run without a browser must not pass for a whole one.
    """
    asked = os.environ.get("SECONDLOOK_BROWSER")
    if asked:
        if not Path(asked).is_file():
            raise Stop(f"SECONDLOOK_BROWSER says {asked}, and there is no such file: correct it.")
        return asked
    found = found_browser()
    if not found:
        say("No browser was found for the tests: downloading one.")
        logged(PYTHON, "-m", "playwright", "install", "chromium")
        found = found_browser()
    if not found and shutil.which("apt-get"):
        say("That did not work: trying this system's own package.")
        root = [] if os.geteuid() == 0 else ["sudo", "-n"]
        logged(*root, "apt-get", "update")
        logged(*root, "apt-get", "install", "-y", "--no-install-recommends", "chromium")
        found = found_browser()
    if not found:
        raise Stop(
            "The tests need Chromium, Chrome or Edge, and none could be found or downloaded: "
            f"install one, or name it in SECONDLOOK_BROWSER. (The details are in {LOG}.)"
        )
    return found


def run(*command: object, env: dict[str, str] | None = None) -> int:
    """Run a command in the person's view; give its exit code."""
    return subprocess.call([str(word) for word in command], cwd=ROOT, env=env)


def run_tests(words: list[str]) -> int:
    """Run unit tests and notebooks, then the browser tests; give 0 only if all passed."""
    prepare(TEST)
    notebooks = ("--nbval-lax", "--nbval-cell-timeout=120")
    parts: list[tuple[str, ...]] = [
        ("tests", "lessons", "--ignore=tests/browser", "-n2", *notebooks),
        # Apart, for they measure how fast a click is answered; a fourth gains nothing on two cores.
        ("tests/browser", "-n3"),
    ]
    if any((ROOT / word.split("::")[0]).exists() for word in words if not word.startswith("-")):
        parts = [("-n2", *notebooks)]  # the person named what to run
    env = {**os.environ, "SECONDLOOK_BROWSER": require_browser()}
    for name in ("SECONDLOOK_DATA", "SECONDLOOK_CALLED"):
        env.pop(name, None)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        # Neither the learner's answers nor this person's own Jupyter settings take part.
        for name in ("SECONDLOOK_WORK", "JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            env[name] = str(Path(scratch, name.lower()))
        pytest = (PYTHON, "-m", "pytest", "--dist=loadscope")
        return max([run(*pytest, *part, *words, env=env) for part in parts])


def run_lint() -> int:
    """Check style and types of the Python, and the JavaScript where Node is there."""
    prepare(TEST)
    checks = ("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",)
    codes = [run(PYTHON, "-m", *check) for check in checks]
    npm, npx = shutil.which("npm"), shutil.which("npx")
    if not (npm and npx and shutil.which("node")):
        say("Node is not on this machine, so the JavaScript was not checked.")
        return max(codes)
    there, lock = ROOT / "node_modules/.package-lock.json", ROOT / "package-lock.json"
    if not there.exists() or there.stat().st_mtime < lock.stat().st_mtime:
        if logged(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund") is not None:
            raise Stop(f"ESLint could not be installed: the reason is at the end of {LOG}.")
    return max([*codes, run(npx, "--no-install", "eslint", ".")])


def run_command(words: list[str]) -> int:
    """Run a command of ``secondlook``, seen from the course's folder; give its exit code."""
    prepare(TEST if words[0] == "site" else COURSE)  # what builds the site is no learner's need
    return run(PYTHON, "-m", "secondlook", *words)


def open_lessons(port: int | None, browser: bool) -> int:
    """Open the lessons in JupyterLab; on POSIX this process becomes JupyterLab."""
    if port is not None:
        require_port(port)
    prepare(COURSE)
    command = [str(PYTHON), "-m", "secondlook", "lab", str(ROOT)]
    command += [] if port is None else ["--port", str(port)]
    command += [] if browser else ["--no-browser"]
    if os.name == "posix":
        os.execv(command[0], command)  # one process, so that Ctrl-C and kill reach the right one
    with subprocess.Popen(command, cwd=ROOT) as lab:
        while True:
            try:
                return lab.wait()
            except KeyboardInterrupt:
                continue  # it got the same Ctrl-C and is putting things away


def build_parser() -> argparse.ArgumentParser:
    """Build the command line for opening the lessons; a command brings its own."""
    parser = argparse.ArgumentParser(description="Open the lessons in JupyterLab.")
    parser.add_argument("--port", type=int, help="default: 8888, or the next free one")
    parser.add_argument("--no-browser", dest="browser", action="store_false")
    return parser


def main(words: list[str]) -> int:
    """Do what the command line asks for; give the exit code."""
    special = words[0] if words and words[0] in ("test", "lint", *COMMANDS) else ""
    options = build_parser().parse_args([] if special else words)
    try:
        require_writable()
        if special in COMMANDS:
            return run_command(words)
        if special:
            return run_tests(words[1:]) if special == "test" else run_lint()
        return open_lessons(options.port, options.browser)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130  # what a shell expects after Ctrl-C


if __name__ == "__main__":
    # So that the hints of what is started say what this person types.
    called = f'"{sys.argv[0]}"' if " " in sys.argv[0] else sys.argv[0]
    os.environ["SECONDLOOK_CALLED"] = f"{'py' if os.name == 'nt' else 'python3'} {called}"
    sys.exit(main(sys.argv[1:]))
