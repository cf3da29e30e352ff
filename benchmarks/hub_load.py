"""A class that opens one lesson at once, on a real JupyterHub on this machine.

Learners arrive evenly within a minute. Each asks the hub for a server, opens the notebook's
session, runs every code cell over the proxied websocket, and answers every item of every activity
as the page does: a message to the widget, timed until Python's receipt that it is in the journal.
Nobody stops to think, so this is harder on the machine than a class. Afterwards each learner's
answers file is read back: what is not in it was lost. The memory of a learner is what only their
server and kernel use (USS), beside a bare server and kernel with the same imports on the same hub.

    python benchmarks/hub_load.py [--learners 30] [--within 60] [--lesson 4] [--folder FOLDER]

The hub, its proxy and the course are installed into FOLDER, or into a folder that is thrown away;
what is there already is used again. It needs Node's npm, and the internet for the installing. The
hub lets anybody in and listens on loopback only (deploy/local_hub). It prints the section of
`benchmarks/README.md`, and ends with 1 if anything failed or was lost.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
from hub_client import PORT, WAIT, ask, open_kernel
from hub_told import Kept, Learner, middle, told
from kernel_cost import LOADED, ROOT, codes_of
from tornado.httpclient import AsyncHTTPClient

sys.path.insert(0, str(ROOT / "widgets"))
from secondlook.activities.choose import CONFIDENCES
from secondlook.activities.judge import CALLS
from secondlook.answer_lines import read_lines

LEFT_OUT = (
    ".git",
    ".venv*",
    "node_modules",
    "test-artifacts",
    "my_work",
    "__pycache__",
    ".*_cache",
)


def install(folder: Path) -> None:
    """Bring the hub, its proxy and the course into a folder, as Binder would build it."""
    python = folder / "env" / "bin" / "python"
    if not (folder / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", ROOT / "binder" / "requirements.txt"], check=True)
        subprocess.run([*pip, "jupyterhub"], check=True)
        npm = ["npm", "install", "--no-audit", "--no-fund", "--prefix", folder / "node"]
        subprocess.run([*npm, "configurable-http-proxy"], check=True, stdout=subprocess.DEVNULL)
        (folder / "ready").touch()
    shutil.rmtree(folder / "course", ignore_errors=True)
    shutil.copytree(ROOT, folder / "course", ignore=shutil.ignore_patterns(*LEFT_OUT))
    path = os.pathsep.join([str(python.parent), os.environ["PATH"]])
    build = ["binder/postBuild"]
    subprocess.run(build, cwd=folder / "course", env=clean(PATH=path), check=True, stdout=2)
    for old in (folder / "jupyterhub.sqlite", folder / "homes"):
        shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)


def clean(**more: str) -> dict[str, str]:
    """This environment without what would lend the checkout to the hub."""
    ours = ("JUPYTER", "SECONDLOOK", "PYTHON", "IPYTHON", "VIRTUAL_ENV")
    return {**{k: v for k, v in os.environ.items() if not k.startswith(ours)}, **more}


def an_answer(spec: dict[str, Any], item: dict[str, Any]) -> dict[str, Any]:
    """An answer that an activity's item takes, for the kinds that there are in lesson 4.

    Raises:
        LookupError: a kind that this does not know.
    """
    kind, sure = spec["kind"], CONFIDENCES[0]
    if kind == "judge":
        return {"call": next(iter(CALLS)), "sure": sure}
    if kind == "estimate":
        return {"value": item["min"]}
    if kind == "bench" and item["view"] == "predict":
        return {"guess": {one["id"]: 50 for one in item["groups"]}}
    if kind == "bench" and item["view"] == "size":
        return {"size": item["sizes"][-1], "first": item["sizes"][-1]}
    if kind in ("choose", "bench"):
        first = [item["options"][0]["id"]]
        asked = {"sure": sure} if spec.get("confidence") else {}
        return {"choice": first, "first": first, **asked}
    raise LookupError(f"no answer is known for a {kind}")


def kept(folder: Path, lesson: int) -> Kept:
    """What a learner's folder holds of a lesson: every item with an answer."""
    found: Kept = set()
    for path in sorted(folder.glob("answers*.jsonl")):
        for one in read_lines(path.read_bytes()).entries:
            if not isinstance(one, str) and one.lesson == lesson and one.answer is not None:
                found.add((one.activity, one.item))
    return found


async def start_server(name: str, key: str) -> float:
    """Ask the hub for a learner's server; seconds until it is ready.

    Raises:
        TimeoutError: it was not.
    """
    began = time.perf_counter()
    await ask("POST", f"/hub/api/users/{name}", key)
    await ask("POST", f"/hub/api/users/{name}/server", key, {})
    while time.perf_counter() - began < WAIT:
        told = await ask("GET", f"/hub/api/users/{name}", key)
        if told["servers"].get("", {}).get("ready"):
            return time.perf_counter() - began
        await asyncio.sleep(0.3)
    raise TimeoutError(f"no server within {WAIT} s")


async def attend(learner: Learner, after: float, notebook: Path, key: str) -> set[str]:
    """One learner's lesson, from arriving to the last answer; the libraries it loaded."""
    await asyncio.sleep(after)
    try:
        learner.spawn = await start_server(learner.name, key)
        began = time.perf_counter()
        kernel = await open_kernel(learner.name, f"lessons/{notebook.name}", key)
        for code in codes_of(notebook):
            await kernel.run(code)
        learner.cells = time.perf_counter() - began
        for comm, state in list(kernel.widgets.items()):
            spec = state.get("spec", {})
            given: dict[str, Any] = {}
            for rev, item in enumerate(spec.get("items", []), start=1):
                given = {**given, item["id"]: an_answer(spec, item)}
                learner.sent.add((spec["id"], item["id"]))
                learner.answers.append(await kernel.answer(comm, given, rev))
        return set(filter(None, (await kernel.run(LOADED)).strip().split(",")))
    except Exception as problem:  # whatever it was, it is a failure that is counted and told
        learner.failures.append(f"{learner.name}: {type(problem).__name__}: {problem}")
        return set()


def measure(folder: Path) -> dict[str, dict[str, float]]:
    """What only a learner's server and kernel use, in MB, and their processor seconds."""
    found: dict[str, dict[str, float]] = {}
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        server = any("jupyterhub-singleuser" in word for word in words)
        if not server and not any("ipykernel_launcher" in word for word in words):
            continue
        try:
            where = Path(process.environ().get("HOME", "/"))
            if where.parent == folder / "homes":
                own = found.setdefault(where.name, {"server": 0.0, "kernel": 0.0, "seconds": 0.0})
                own["server" if server else "kernel"] += process.memory_full_info().uss / 1e6
                own["seconds"] += sum(process.cpu_times()[:2])
        except psutil.Error:
            continue
    return found


async def load(options: argparse.Namespace, folder: Path, key: str) -> int:
    """Let the class in, then measure; 1 if anything failed, was lost or weighs too much."""
    (notebook,) = (ROOT / "lessons").glob(f"{options.lesson:02}_*.ipynb")
    began = time.perf_counter()
    learners = [Learner(f"learner-{n + 1}") for n in range(options.learners)]
    gap = options.within / len(learners)
    loaded = await asyncio.gather(
        *(attend(one, n * gap, notebook, key) for n, one in enumerate(learners))
    )
    lasted = time.perf_counter() - began
    bare = [f"bare-{n + 1}" for n in range(min(3, len(learners)))]
    imports = ["ipywidgets", "anywidget", *sorted(set().union(*loaded))]
    if "plotly" in imports:
        imports.append("plotly.graph_objects")
    for name in bare:
        await start_server(name, key)
        kernel = await open_kernel(name, "lessons/bare.ipynb", key)
        await kernel.run(f"import {', '.join(imports)}")
    used = measure(folder)
    lost: list[str] = []
    for one in learners:
        there = kept(folder / "homes" / one.name / "second-look" / "my_work", options.lesson)
        lost += [f"{one.name} {item}" for item in sorted(one.sent - there)]
    failures = [what for one in learners for what in one.failures]
    print(told(options, learners, used, bare, lasted, len(failures), len(lost), imports))
    if failures or lost:
        print(*failures, *lost, sep="\n", file=sys.stderr)
    ratio = middle(used, [one.name for one in learners], "kernel") / middle(used, bare, "kernel")
    return int(bool(failures or lost) or ratio > options.limit)


def main() -> int:
    """Install, start the hub, let the class in, stop the hub."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learners", type=int, default=30)
    parser.add_argument("--within", type=float, default=60, help="seconds in which they arrive")
    parser.add_argument("--lesson", type=int, default=4)
    parser.add_argument("--folder", type=Path, help="where to install, and what to use again")
    parser.add_argument("--limit", type=float, default=1.2, help="largest ratio of kernels")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        folder = (options.folder or Path(scratch)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        install(folder)
        key = secrets.token_hex(32)
        path = os.pathsep.join([str(folder / "env" / "bin"), os.environ["PATH"]])
        env = clean(PATH=path, SECONDLOOK_HUB=str(folder), SECONDLOOK_HUB_PORT=str(PORT),
                    SECONDLOOK_HUB_KEY=key)  # fmt: skip
        config = ROOT / "deploy" / "local_hub" / "jupyterhub_config.py"
        with (folder / "hub.log").open("wb") as log:
            words = [folder / "env" / "bin" / "jupyterhub", "-f", config]
            hub = subprocess.Popen(words, cwd=folder, env=env, stdout=log, stderr=log)
        try:
            wait_for_hub(hub, folder / "hub.log", key)
            AsyncHTTPClient.configure(None, max_clients=1000)
            return asyncio.run(load(options, folder, key))
        finally:
            stop(hub)


def wait_for_hub(hub: subprocess.Popen[bytes], log: Path, key: str) -> None:
    """Wait until the hub answers.

    Raises:
        RuntimeError: it did not in 60 s.
    """
    end = time.monotonic() + 60
    while time.monotonic() < end and hub.poll() is None:
        try:
            asyncio.run(ask("GET", "/hub/api/", key))
            return
        except OSError:
            time.sleep(0.3)
        except Exception as problem:  # the proxy answers before the hub does
            if "503" not in str(problem) and "404" not in str(problem):
                raise
            time.sleep(0.3)
    raise RuntimeError(f"The hub did not start:\n{log.read_text()[-3000:]}")


def stop(hub: subprocess.Popen[bytes]) -> None:
    """Stop the hub and everything it started: the proxy and learners' servers outlive it else."""
    try:
        ours = psutil.Process(hub.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        ours = []
    hub.terminate()
    try:
        hub.wait(30)
    except subprocess.TimeoutExpired:
        hub.kill()
    for process in ours:
        if process.is_running():
            process.kill()


if __name__ == "__main__":
    sys.exit(main())
