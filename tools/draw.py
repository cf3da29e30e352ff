"""Draws the files that come from other files: `python tools/draw.py`, or `--check` in a test.

Today that is `labextension/static/shipped.json`: the code of each lesson, word for word, which is
all that the lab extension may run by itself.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
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


def main() -> int:
    """Write what is out of date, or with ``--check`` only say so; 1 when something was."""
    drawn = {SHIPPED: shipped()}
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
