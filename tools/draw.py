"""Draws the files that come from other files: `python tools/draw.py`, or `--check` in a test.

These are `labextension/static/shipped.json`, the code of each lesson, word for word, which is all
that the lab extension may run by itself; the list of tables in `data/README.md` and the fields of a
learner's file; `binder/requirements.txt`, the pinned set; the pages and tables of the instructor
guide (`tools/guide.py`) and what a class can show (`data/power.json`, made by `tools/power.py`);
parts of `README.md`, `PRIVACY.md` and `CHANGELOG.md` (`tools/front.py`); and, wherever a teacher
reads about the course, the sentence that says who has reviewed it (`data/reviews.json`).
"""

from __future__ import annotations

import ast
import contextlib
import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "widgets"), str(ROOT / "tools")]
try:
    import front
    import guide  # the kinds of activities, which say what is right, need the course's packages
except ModuleNotFoundError:
    sys.path.append(str(ROOT))
    from start import PYTHON  # the course's own Python, which has them

    if not PYTHON.is_file() or Path(sys.executable) == PYTHON:
        sys.exit("The course's packages are missing: python3 start.py test installs them.")
    sys.exit(subprocess.call([PYTHON, *sys.argv]))
from secondlook import reviewed  # noqa: E402

SHIPPED = ROOT / "labextension" / "static" / "shipped.json"


def shipped() -> str:
    """The code cells of every lesson as JSON text, by file name."""
    lessons = {}
    for path in sorted((ROOT / "lessons").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        lessons[path.name] = [
            "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"
        ]
    return json.dumps(lessons, indent=1, ensure_ascii=False) + "\n"


LOCK = ROOT / "requirements" / "lock.txt"
BINDER = ROOT / "binder" / "requirements.txt"


def binder_requirements() -> str:
    """The pinned set as Binder reads it: it looks for this file beside its own, and only there."""
    told = "# Drawn by tools/draw.py from requirements/lock.txt; edit neither by hand.\n"
    lines = LOCK.read_text(encoding="utf-8").splitlines(keepends=True)
    return told + "".join(line for line in lines if not line.lstrip().startswith("#"))


README = ROOT / "data" / "README.md"
DRAWN = "<!-- drawn by tools/draw.py", "<!-- end of what is drawn -->"


def readme() -> str:
    """The index of the data with its list of tables drawn anew: purpose and rows."""
    purposes = {}
    for path in (ROOT / "widgets" / "secondlook" / "studies").glob("*.py"):
        for one in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(one, ast.FunctionDef) and (told := ast.get_docstring(one)):
                purposes[one.name] = told.splitlines()[0]
    lines = ["", "| table | what it holds | rows |", "|---|---|---|"]
    for path in sorted((ROOT / "data" / "studies").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = sum(1 for _ in csv.reader(file)) - 1
        lines.append(f"| `studies/{path.name}` | {purposes.get(path.stem, '')} | {rows} |")
    text = README.read_text(encoding="utf-8")
    tables, fields = DRAWN[0] + " from the functions", DRAWN[0] + " from what each kind"
    return _between(fields, learner_fields(), _between(tables, lines, text))


def _between(mark: str, lines: list[str], text: str) -> str:
    """The text with what stands between a mark and the next end drawn anew."""
    opening = text.index("\n", text.index(mark)) + 1
    return text[:opening] + "\n".join([*lines, "", ""]) + text[text.index(DRAWN[1], opening) :]


def learner_fields() -> list[str]:
    """Two tables of what a learner's file holds: what stands around the answers, and in them."""
    package = ROOT / "widgets" / "secondlook"
    around = _literals(package / "classroom" / "hand_in.py")
    lines = ["", "| where | field | what it holds |", "|---|---|---|"]
    lines += [f"| the file | `{name}` | {what} |" for name, what in around["HEADER"].items()]
    lines += [f"| an answer | `{name}` | {what} |" for name, what in around["PLACE"].items()]
    lines += [
        "",
        "| kind of activity | field | what it holds | only if ticked |",
        "|---|---|---|---|",
    ]
    kinds = {}
    for path in sorted((package / "activities").glob("*.py")):
        own = _literals(path)
        if own.get("kind") and own.get("fields"):
            kinds[own["kind"]] = (own["fields"], own.get("texts", set()))
    for kind, (fields, texts) in sorted(kinds.items()):
        lines += [
            f"| {kind} | `{name}` | {what} | {'yes' if name in texts else ''} |"
            for name, what in fields.items()
        ]
    return lines


def _literals(path: Path) -> dict[str, Any]:
    """Names that a file, or a class in it, sets to a literal; read without running anything."""
    found: dict[str, Any] = {}
    for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and one.value:
            value = one.value
            if isinstance(value, ast.Call) and value.args:  # frozenset({...})
                value = value.args[0]
            with contextlib.suppress(ValueError):
                found[one.target.id] = ast.literal_eval(value)
    return found


REVIEW = re.compile(r"(<!-- review -->).*?(<!-- /review -->)", re.DOTALL)
GUIDE = ROOT / "instructor_guide.md"
FRONT = [ROOT / name for name in ("README.md", "PRIVACY.md", "CHANGELOG.md")]
TOLD = [ROOT / "README.md", GUIDE, README]


def with_review(text: str) -> str:
    """A document with the sentence between its review marks drawn anew."""
    reviews = json.loads((ROOT / "data" / "reviews.json").read_text(encoding="utf-8"))
    said = reviewed.sentence(reviews)
    return REVIEW.sub(lambda marks: f"{marks[1]}**{said}**{marks[2]}", text)


POWER = re.compile(r"(<!-- power -->\n).*?(<!-- /power -->)", re.DOTALL)


def with_power(text: str) -> str:
    """A document with its table of what a class can show drawn anew (`data/power.json`)."""
    told = json.loads((ROOT / "data" / "power.json").read_text(encoding="utf-8"))
    shares = {(one["learners"], one["gain"]): one["share"] for one in told["rows"]}
    sizes = sorted({size for size, _ in shares})
    lines = [
        f"| true gain in d' | {' | '.join(f'{size} learners' for size in sizes)} |",
        "|---|" + "---|" * len(sizes),
    ]
    for gain in sorted({gain for _, gain in shares}):
        cells = " | ".join(f"{100 * shares[size, gain]:.0f}" for size in sizes)
        lines.append(f"| {gain:.1f} | {cells} |")
    table = "\n".join([*lines, ""])
    return POWER.sub(lambda marks: f"{marks[1]}{table}{marks[2]}", text)


def main() -> int:
    """Write what is out of date, or with ``--check`` only say so; 1 when something was."""
    drawn = {SHIPPED: shipped(), BINDER: binder_requirements(), README: readme()}
    for path in TOLD:
        drawn[path] = with_review(drawn.get(path) or path.read_text(encoding="utf-8"))
    drawn[GUIDE] = guide.draw(with_power(drawn[GUIDE]))
    for path in FRONT:
        drawn[path] = front.draw(drawn.get(path) or path.read_text(encoding="utf-8"))
    old = [
        path
        for path, text in drawn.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    for path in old:
        if "--check" not in sys.argv:
            path.write_text(drawn[path], encoding="utf-8")
        print(f"{path.relative_to(ROOT)} was out of date.")
    return 1 if old and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
