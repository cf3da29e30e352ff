"""How long a class report takes, and how much memory, from 100 learners to 100,000.

Each size runs in a process of its own: up to 1,000 learners from a folder of hand-ins, from the
reading to the HTML; every size from a store as well. Prints seconds and peak memory, and both as
multiples of the smallest size; 1 when a limit is broken: 1,000 learners from a folder in 10 s,
100,000 from a store in 60 s, memory growing no faster than the learners.

    python benchmarks/class_report.py [--sizes 100 1000 10000 100000]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "widgets"))

A_CLASS = 25
FOLDER_UP_TO = 1000
LIMITS = {("folder", 1000): 10.0, ("store", 100_000): 60.0}  # seconds


def make(kind: str, size: int, path: Path) -> None:
    """Writes invented learners: one folder, or a store of classes of 25."""
    from secondlook.classroom import rehearse, simulate, store

    if kind == "folder":
        rehearse.write_class(path, "discerning", size, 1)
        return
    model = replace(simulate.named("discerning", A_CLASS), absent=0.05)

    def sheets() -> Iterator[tuple[str, str, simulate.forms.TestSheet]]:
        days = ("2026-09-01", "2026-11-20", "")
        for start in range(0, size, 1000):
            first = range(start, min(start + 1000, size), A_CLASS)
            names = [f"class {n // A_CLASS}" for n in first]
            for marks in simulate.many_marks(model, names, start, days):
                yield from simulate.sheets(marks)

    store.write_store(sheets(), path)


def report(kind: str, path: Path) -> dict[str, float]:
    """Makes the report of one size; seconds, megabytes at the peak, and the HTML's size."""
    began = time.perf_counter()
    if kind == "folder":
        from secondlook.classroom import collect as collecting
        from secondlook.classroom.summary import summarise

        codes = path / "codes.txt"
        found = collecting.collect(path, codes if codes.is_file() else None)
        summary = summarise(found.kept, found.refused)
    else:
        from secondlook.classroom.district import summary_from_store

        summary = summary_from_store(path)
    read = time.perf_counter() - began
    from secondlook.classroom.report import page_of

    text = page_of(summary)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "tests": len(summary.tests),
        "read": read,
        "seconds": time.perf_counter() - began,
        "megabytes": peak / (2**20 if sys.platform == "darwin" else 2**10),
        "html": len(text) / 1e6,
    }


def in_a_process(kind: str, size: int, home: Path) -> dict[str, float]:
    """`report` of one size in a process of its own, on answers made in another."""
    path = home / (f"{kind}_{size}" + ("" if kind == "folder" else ".parquet"))
    for step in ("make", "report"):
        command = [sys.executable, __file__, "--step", step, kind, str(size), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> int:
    """Measures and prints; 1 when a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000, 10_000, 100_000])
    parser.add_argument("--step", nargs=4, metavar="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        step, kind, size, path = options.step
        if step == "make":
            make(kind, int(size), Path(path))
        else:
            print(json.dumps(report(kind, Path(path))))
        return 0
    broken = False
    with tempfile.TemporaryDirectory() as home:
        print("from    learners    tests   read s  report s   peak MB   HTML MB   time x  memory x")
        for kind in ("folder", "store"):
            first: tuple[int, dict[str, float]] | None = None
            for size in sorted(options.sizes):
                if kind == "folder" and size > FOLDER_UP_TO:
                    continue
                one = in_a_process(kind, size, Path(home))
                smallest, least = first = first or (size, one)
                slower = one["seconds"] / least["seconds"]
                larger = one["megabytes"] / least["megabytes"]
                broken |= one["seconds"] > LIMITS.get((kind, size), float("inf"))
                broken |= larger > size / smallest
                print(
                    f"{kind:<7} {size:>8,} {one['tests']:>8,} {one['read']:>8.1f} "
                    f"{one['seconds']:>9.1f} {one['megabytes']:>9.0f} {one['html']:>9.2f} "
                    f"{slower:>8.1f} {larger:>10.1f}",
                    flush=True,
                )
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
