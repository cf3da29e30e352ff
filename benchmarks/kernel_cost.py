"""What a lesson costs a computer, beside a bare kernel that imports the same libraries.

For each lesson, in a fresh kernel each time: seconds from starting the kernel to the end of the
last cell, and the kernel's peak memory. The bare kernel imports ipywidgets and anywidget, and
pandas and plotly when the lesson uses them. Medians of several runs, lesson and bare alternating,
and their ratio: the ratio is what may be compared between machines.

    python benchmarks/kernel_cost.py [--runs 5] [--lessons 0 3 4]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
from jupyter_client.manager import KernelManager

ROOT = Path(__file__).resolve().parents[1]
# Which libraries were loaded by the end is asked in the kernel itself, not assumed.
LOADED = "import sys; print(','.join(m for m in ('pandas', 'plotly') if m in sys.modules))"
PEAK = (
    "import resource, sys; unit = 1024 if sys.platform == 'darwin' else 1; "
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit)"
)


def run(codes: list[str], work: str) -> tuple[float, float, set[str]]:
    """Runs ``codes`` in a fresh kernel: seconds, peak memory in MB, libraries loaded.

    Raises:
        RuntimeError: a cell raised an error.
    """
    env = {**os.environ, "SECONDLOOK_WORK": work, "PYTHONPATH": str(ROOT / "widgets")}
    manager = KernelManager(kernel_name="python3")
    start = time.perf_counter()
    manager.start_kernel(env=env, cwd=str(ROOT / "lessons"), stderr=subprocess.DEVNULL)
    client = manager.blocking_client()
    try:
        client.start_channels()
        client.wait_for_ready(timeout=60)
        for code in codes:
            ask(client, code)
        seconds = time.perf_counter() - start
        loaded = set(filter(None, ask(client, LOADED).strip().split(",")))
        try:
            memory = int(ask(client, PEAK)) / 1024
        except (RuntimeError, ValueError):  # Windows has no resource module
            memory = psutil.Process(manager.provisioner.process.pid).memory_info().rss / 2**20
        return seconds, memory, loaded
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def ask(client: object, code: str) -> str:
    """What a cell prints."""
    printed: list[str] = []

    def output(message: dict) -> None:
        if message["msg_type"] == "stream":
            printed.append(message["content"]["text"])

    reply = client.execute_interactive(code, output_hook=output, timeout=120)
    if reply["content"]["status"] != "ok":
        raise RuntimeError("\n".join(reply["content"].get("traceback", ["the cell failed"])))
    return "".join(printed)


def codes_of(path: Path) -> list[str]:
    """The code of a notebook, cell by cell."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def main() -> int:
    """Prints one row a lesson; 1 when a ratio is above its limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--lessons", type=int, nargs="*")
    parser.add_argument("--limits", nargs=2, type=float, default=[1.5, 1.2],
                        help="largest ratios of time and memory (1.5 1.2)")  # fmt: skip
    options = parser.parse_args()
    print("lesson  libraries          time s   bare s  ratio   peak MB  bare MB  ratio")
    over = False
    for path in sorted((ROOT / "lessons").glob("[01][0-9]_*.ipynb")):
        number = int(path.name[:2])
        if options.lessons and number not in options.lessons:
            continue
        codes = codes_of(path)
        with tempfile.TemporaryDirectory() as work:
            loaded = run(codes, work)[2]  # also warms the disk cache
            bare = ["import ipywidgets, anywidget"] + [f"import {name}" for name in sorted(loaded)]
            if "plotly" in loaded:
                bare.append("import plotly.graph_objects")
            run(bare, work)
            pairs = [(run(codes, work), run(bare, work)) for _ in range(options.runs)]
        middle = [
            statistics.median(pair[side][what] for pair in pairs)
            for what in (0, 1)
            for side in (0, 1)
        ]
        time_ratio, memory_ratio = middle[0] / middle[1], middle[2] / middle[3]
        over |= time_ratio > options.limits[0] or memory_ratio > options.limits[1]
        print(
            f"{number:>6}  {'+'.join(['widgets', *sorted(loaded)]):<18} {middle[0]:6.2f}   "
            f"{middle[1]:6.2f}  {time_ratio:5.2f}   {middle[2]:7.0f}  {middle[3]:7.0f}  "
            f"{memory_ratio:5.2f}"
        )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
