"""Imports go down the floors, and what a lesson does not show it does not load."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "widgets" / "secondlook"
FLOORS = {
    0: [
        "checks",
        "learner_code",
        "shared_file",
        "texts",
        "answer_lines",
        "scoring",
        "measures",
        "answer_code",
        "agreement",
        "js_regex",
        "base_rate",
        "recommender",
        "markup",
        "svg",
        "reading",
        "reviewed",
        "prose",
        "in_browser",
        "templates",
        "called",
    ],
    1: [
        "content",
        "forms",
        "journal",
        "corpus",
        "safety",
        "show",
        "figures",
        "studies",
        "guards",
        "own_posts",
        "wording",
        "outline",
    ],
    2: ["activities"],
    3: [
        "pages",
        "keep",
        "lesson",
        "sitting",
        "slip",
        "classroom",
        "review",
        "paper",
        "present",
        "handouts",
        "site",
    ],
    4: ["cli", "commands", "server", "__main__"],
}
FLOOR = {name: floor for floor, names in FLOORS.items() for name in names}


def inner_imports(path: Path) -> set[str]:
    """The package's own modules that a file imports, by their first name below the package."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            first, _, rest = node.module.partition(".")
            if first == "secondlook":
                found |= {rest.split(".")[0]} if rest else {one.name for one in node.names}
        elif isinstance(node, ast.Import):
            found |= {
                one.name.split(".")[1] for one in node.names if one.name.startswith("secondlook.")
            }
    return {name for name in found if name in FLOOR}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


FILES = [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_only_go_down(path):
    assert room(path) in FLOOR, f"say in FLOORS on which floor {room(path)} stands"
    climbing = {name for name in inner_imports(path) if FLOOR[name] > FLOOR[room(path)]}
    assert climbing == set()


def test_a_climbing_import_is_seen(tmp_path):
    bad = tmp_path / "scoring.py"
    bad.write_text("from secondlook.lesson import Lesson\nfrom secondlook import cli\n")
    assert inner_imports(bad) == {"lesson", "cli"}


def loaded(code: str) -> set[str]:
    asked = f"import sys\n{code}\nprint(*(m for m in ('pandas', 'plotly', 'ipywidgets', 'numpy') if m in sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True,
                          env={"PYTHONPATH": str(PACKAGE.parent), "PATH": ""})  # fmt: skip
    return set(done.stdout.split())


def test_importing_the_package_loads_none_of_the_heavy_libraries():
    assert loaded("import secondlook") == set()


def test_a_judgement_lesson_needs_neither_pandas_nor_plotly():
    assert loaded("from secondlook import Lesson") == {"ipywidgets"}


def test_pure_rooms_know_no_other():
    assert inner_imports(PACKAGE / "scoring.py") == set()


def test_files_stay_short():
    long = {path.name: count for path in FILES
            if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400}  # fmt: skip
    assert long == {}
