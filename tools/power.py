"""How large a change a class can show: works `data/power.json` out anew (`python tools/power.py`).

The share of invented classes whose 95% interval for the change in d' lies above 0, by size of the
class and by gain (`secondlook.classroom.trials.power`). Takes a minute or two.
`tools/draw.py` draws the table in the instructor guide from the file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "widgets"))
from secondlook.classroom import trials  # noqa: E402

FILE = ROOT / "data" / "power.json"
LEARNERS = (10, 25, 50, 100)
GAINS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
CLASSES = 1000
SEED = 1


def main() -> int:
    """Writes the file."""
    rows = [
        {**row, "measured": round(row["measured"], 3), "share": round(row["share"], 4)}
        for row in trials.power(LEARNERS, GAINS, CLASSES, SEED)
    ]
    lines = ",\n  ".join(json.dumps(row) for row in rows)
    head = f'"classes": {CLASSES},\n "seed": {SEED}'
    FILE.write_text(f'{{\n {head},\n "rows": [\n  {lines}\n ]\n}}\n', encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
