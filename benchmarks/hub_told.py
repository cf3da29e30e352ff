"""What `hub_load.py` says of its run, and the paper calculation from it."""

from __future__ import annotations

import argparse
import math
import platform
import statistics
from dataclasses import dataclass, field
from datetime import date

import psutil

Kept = set[tuple[str, str]]  # activity, item


@dataclass
class Learner:
    """What became of one learner; times in seconds."""

    name: str
    spawn: float = math.nan
    cells: float = math.nan
    answers: list[float] = field(default_factory=list)
    sent: Kept = field(default_factory=set)
    failures: list[str] = field(default_factory=list)


def place(values: list[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)] if ordered else math.nan


def middle(used: dict[str, dict[str, float]], names: list[str], what: str) -> float:
    """The median of a kind of process over these learners, in MB."""
    return statistics.median([used[name][what] for name in names if name in used] or [math.nan])


def told(
    options: argparse.Namespace,
    learners: list[Learner],
    used: dict[str, dict[str, float]],
    bare: list[str],
    lasted: float,
    failures: int,
    lost: int,
    imports: list[str],
) -> str:
    """The section of `benchmarks/README.md`."""
    names = [one.name for one in learners]
    cores, size = psutil.cpu_count() or 1, psutil.virtual_memory().total / 1e9
    finished = sum(not one.failures for one in learners)
    sent = sum(len(one.sent) for one in learners)
    rows = {
        "from asking for a server to having it (s)": [one.spawn for one in learners],
        "then, to the end of the last cell (s)": [one.cells for one in learners],
        "an answer, to the receipt that it is kept (s)": [
            t for one in learners for t in one.answers
        ],
    }
    lines = [
        "## JupyterHub",
        "",
        f"{date.today():%d %B %Y}, {cores} cores, {size:.0f} GB, {platform.system()}, Python "
        f"{platform.python_version()}. {len(learners)} learners of lesson {options.lesson} within "
        f"{options.within:g} s, the load itself on the same cores; nobody stops to think.",
        f"`python benchmarks/hub_load.py --learners {len(learners)} --within {options.within:g}`",
        "",
        f"Finished: {finished} of {len(learners)}. Failures: {failures}. Answers given: {sent}; "
        f"lost: {lost}. The last was done after {lasted:.0f} s.",
        "",
        "| | 50 in 100 | 95 in 100 | 99 in 100 |",
        "|---|---|---|---|",
    ]
    for what, values in rows.items():
        there = [one for one in values if not math.isnan(one)]
        cells = " | ".join(f"{place(there, share):.2f}" for share in (0.5, 0.95, 0.99))
        lines.append(f"| {what} | {cells} |")
    lines += [
        "",
        "| memory that nobody shares (MB, median) | server | kernel | both |",
        "|---|---|---|---|",
    ]
    for label, who in (
        ("a learner, all answered", names),
        (f"bare: `import {', '.join(imports)}`", bare),
    ):
        server, kernel = middle(used, who, "server"), middle(used, who, "kernel")
        lines.append(f"| {label} | {server:.0f} | {kernel:.0f} | {server + kernel:.0f} |")
    ratio = middle(used, names, "kernel") / middle(used, bare, "kernel")
    both = ratio_of_both(used, names, bare)
    lines += ["", f"Lesson to bare: kernel {ratio:.2f}, server and kernel {both:.2f}.", ""]
    return "\n".join([*lines, *district(used, names)])


def ratio_of_both(used: dict[str, dict[str, float]], names: list[str], bare: list[str]) -> float:
    """Memory of a learner's server and kernel to that of a bare pair."""
    ours, theirs = (
        sum(middle(used, who, what) for what in ("server", "kernel")) for who in (names, bare)
    )
    return ours / theirs


def district(used: dict[str, dict[str, float]], names: list[str]) -> list[str]:
    """A paper calculation from the measured figures to a district of 100,000, 5,000 at once."""
    learners, at_once, minutes = 100_000, 5000, 15
    cores, size, spare = 16, 64, 0.25  # of one machine: cores, GB, and what is left free
    each = sum(middle(used, names, what) for what in ("server", "kernel")) / 1000
    busy = middle(used, names, "seconds")
    by_memory = math.ceil(at_once / math.floor(size * (1 - spare) / each))
    by_cores = math.ceil(at_once * busy / (60 * minutes) / (cores * (1 - spare)))
    return [
        f"### On paper: a district of {learners:,}, with {at_once:,} at once",
        "",
        f"Worked out, not run. Assumed: 1 learner in {learners // at_once} at the same time; they "
        f"arrive within {minutes} minutes and run and answer the lesson as fast as above; machines "
        f"of {cores} cores as fast as these, and {size} GB, a quarter of both left free; 1 GB of "
        "storage a learner, the least that many clouds give (the answers to a lesson take some "
        "kilobytes).",
        "",
        f"- Memory: {each:.2f} GB a learner, {at_once * each:,.0f} GB, {by_memory} machines.",
        f"- Processors: {busy:.1f} s of one core a learner, "
        f"{at_once * busy / (60 * minutes):.0f} cores at work, {by_cores} machines.",
        f"- So {max(by_memory, by_cores)} machines and {learners / 1000:.0f} TB. Hub, proxy and "
        "network come on top.",
        f"- We have tried {len(names)} learners on one hub and not more, so plan a hub for each "
        "school rather than one for all.",
        "",
    ]
