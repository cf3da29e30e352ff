"""Draws the files that come from other files: `python tools/draw.py`, or `--check` in a test.

These are `labextension/static/shipped.json`, the code of each lesson, word for word, which is all
that the lab extension may run by itself; the list of tables in `data/README.md`; and, wherever a
teacher reads about the course, the sentence that says who has reviewed it (`data/reviews.json`).
"""

from __future__ import annotations

import ast
import csv
import json
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "widgets"))
from secondlook import reviewed  # noqa: E402  (needs no other package)

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
    opening = text.index("\n", text.index(DRAWN[0])) + 1
    return text[:opening] + "\n".join([*lines, "", ""]) + text[text.index(DRAWN[1]) :]


REVIEW = re.compile(r"(<!-- review -->).*?(<!-- /review -->)", re.DOTALL)
TOLD = [ROOT / "README.md", ROOT / "instructor_guide.md", README]


def with_review(text: str) -> str:
    """A document with the sentence between its review marks drawn anew."""
    reviews = json.loads((ROOT / "data" / "reviews.json").read_text(encoding="utf-8"))
    said = reviewed.sentence(reviews)
    return REVIEW.sub(lambda marks: f"{marks[1]}**{said}**{marks[2]}", text)


def main() -> int:
    """Write what is out of date, or with ``--check`` only say so; 1 when something was."""
    drawn = {SHIPPED: shipped(), README: readme()}
    for path in TOLD:
        drawn[path] = with_review(drawn.get(path) or path.read_text(encoding="utf-8"))
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
