"""Builds the site: the lessons, Python for the browser, and a page with three doors."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from importlib import resources
from pathlib import Path
from typing import Any

from markupsafe import Markup

from secondlook import __version__, content, templates
from secondlook.prose import document
from secondlook.site import SiteError, parts, wheels

#: Written into every site, by which one is known again before it is replaced.
MARK = "second-look-site.json"
APPS = ("notebooks",)
UNUSED_LANGUAGES = (
    "asy", "cl", "cocoa", "csound", "lasso", "lilypond", "mathematica", "openedge", "php",
    "postgres", "qlik", "scheme", "scilab", "sourcemod", "stan", "stata", "tsql", "usd", "vim",
)  # fmt: skip
#: What is left out of a wheel when it is compiled: no lesson uses it.
DROPPED = {
    "anywidget": [".data/", "anywidget/nbextension"],
    # Words of languages that nobody colours here.
    "pygments": [f"pygments/lexers/_{one}_builtins" for one in UNUSED_LANGUAGES],
    "jedi": ["jedi/third_party/", "/test/"],  # stubs for completing code nobody types
    "secondlook": [".data/", ".ipynb", "/site/", "/present/", "/paper/"],
    "*": ["/tests/", ".data/"],
}
#: What our own wheel needs in a browser; pandas comes with the cell that imports it.
NEEDS = {"secondlook": {"anywidget", "fastjsonschema", "ipywidgets", "segno"}}
REPORT = "class_report.ipynb"
KERNEL = "piplite", "pyodide_kernel", "ipykernel"  # wheels that the browser's kernel carries
#: Fetched at once while the page still opens, since every lesson needs them.
AT_ONCE = (
    "piplite", "micropip", "pyodide-kernel", "ipykernel", "comm", "jedi", "ipython", "secondlook",
)  # fmt: skip
FIRST = "from secondlook import in_browser; await in_browser.ready()"


def build(root: Path, output: Path, cache: Path, release: str | None = None) -> dict[str, int]:
    """Build the site, in place of an older one.

    Args:
        root: the course's checkout, from which the wheel is made.
        output: the site's folder: new, empty, or a site that was built before.
        cache: where what is fetched is kept for the next time.
        release: see :func:`secondlook.site.parts.fetch`.

    Returns:
        Bytes by part of the site.

    Raises:
        SiteError: the folder holds something else, a part cannot be had or is not the right one, or
            a step failed.
    """
    require_ours(output)
    fetched = parts.fetch(cache, release)
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        own = _own_wheel(root, work / "own")
        _python(fetched, own, work)
        site = _assemble(root, [fetched.kernel, own], work)
        _pages(root, site)
        _replace(output, site)
    return sizes(output)


def require_ours(output: Path) -> None:
    """Refuse to build over anything but a site.

    Raises:
        SiteError: the place is a file, or a folder with something else in it.
    """
    if not output.exists() or (output / MARK).is_file():
        return
    if not output.is_dir() or any(output.iterdir()):
        raise SiteError(
            f"{output} is there already and is not a site of this course: name a new folder."
        )


def _own_wheel(root: Path, folder: Path) -> Path:
    if not (root / "pyproject.toml").is_file():
        raise SiteError("A site is built from a copy of the course's repository: get one first.")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    _run(command, root, "the course's own wheel")
    (wheel,) = folder.glob("*.whl")
    return wheel


def _python(fetched: parts.Parts, own: Path, work: Path) -> None:
    """Pyodide with every wheel beside it, compiled, and its list written anew."""
    raw, target = work / "raw", work / "lite" / "static" / "pyodide"
    raw.mkdir()
    for wheel in [*fetched.pure.glob("*.whl"), *_unpack_kernel(fetched.kernel, work), own]:
        shutil.copy(wheel, raw)
    script = Path(str(resources.files("secondlook.site").joinpath("compile.mjs")))
    command = [_node(), script, fetched.core, raw, target, json.dumps(DROPPED)]
    _run(list(map(str, command)), work, "the compiled packages")
    for wheel in fetched.built.glob("*.whl"):
        shutil.copy(wheel, target)  # as they are: their hashes are Pyodide's own
    for name in parts.CORE_HASHES:
        if name != parts.LOCK:
            shutil.copy(fetched.core / name, target)
    listed = wheels.listed(sorted(target.glob("*.whl")), NEEDS)
    lock = {"info": parts.lock_of(fetched.core)["info"], "packages": listed}
    (target / parts.LOCK).write_text(json.dumps(lock, indent=1), encoding="utf-8")


def _unpack_kernel(wheel: Path, work: Path) -> list[Path]:
    """Lay the kernel out beside the build, and give the wheels that it brings for the browser."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(work / "kernel")
    found = [one for name in KERNEL for one in (work / "kernel").rglob(f"pypi/{name}-*.whl")]
    if len(found) != len(KERNEL):
        raise SiteError(f"{wheel.name} does not bring {', '.join(KERNEL)}.")
    return found


def _node() -> str:
    """Node on this machine, else the one that the tests' browser driver carries.

    Raises:
        SiteError: there is neither.
    """
    if found := shutil.which("node"):
        return found
    try:
        from playwright._impl._driver import compute_driver_executable
    except ImportError:
        raise SiteError("Building the site needs Node: install it from nodejs.org.") from None
    return str(compute_driver_executable()[0])


def _assemble(root: Path, extensions: list[Path], work: Path) -> Path:
    lite, site = work / "lite", work / "site"
    lessons = lite / "files" / "lessons"
    lessons.mkdir(parents=True)
    for lesson in sorted(content.lessons_dir().glob("*.ipynb")):
        if lesson.name == REPORT:
            continue  # it reads a teacher's folder, and a page has none
        notebook = json.loads(lesson.read_text(encoding="utf-8"))
        # Named as this kernel is: by another name it would be started twice.
        notebook["metadata"]["kernelspec"] = {"name": "python", "display_name": "Python"}
        _write(lessons / lesson.name, notebook)
    config = {
        "LiteBuildConfig": {
            "contents": ["files"],
            "output_dir": str(site),
            "cache_dir": str(work / "cache"),
            "apps": list(APPS),
            "no_sourcemaps": True,
            "federated_extensions": [str(one) for one in extensions],
        }
    }
    page = {"jupyter-lite-schema-version": 0, "jupyter-config-data": page_settings()}
    shutil.copy(root / "labextension" / "overrides.json", lite / "overrides.json")
    _write(lite / "jupyter_lite_config.json", config)
    _write(lite / "jupyter-lite.json", page)
    # The kernel has its part in the build, and is found there without being installed here.
    path = os.pathsep.join([str(work / "kernel"), os.environ.get("PYTHONPATH", "")])
    _run([sys.executable, "-m", "jupyter", "lite", "build"], lite, "the site", PYTHONPATH=path)
    _leave_charts_for_later(site / "jupyter-lite.json")
    _write(site / MARK, {"version": __version__, "pyodide": parts.PYODIDE})
    return site


def _leave_charts_for_later(settings: Path) -> None:
    """Take Plotly out of what is loaded on opening; our extension fetches it for a chart."""
    page = json.loads(settings.read_text(encoding="utf-8"))
    for one in page["jupyter-config-data"]["federated_extensions"]:
        if one["name"] == "jupyterlab-plotly":
            del one["mimeExtension"]
    _write(settings, page)


def page_settings() -> dict[str, Any]:
    """What the page is told: where Python stands, where the lessons are, what runs first."""
    kernel = {
        "pyodideUrl": "./static/pyodide/pyodide.mjs",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": list(AT_ONCE), "env": {"HOME": "/home/pyodide"}},
    }
    return {
        "appName": "Second Look",
        "exposeAppInBrowser": True,
        "secondlookCourse": "lessons",
        "secondlookFirst": FIRST,
        "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel},
    }


def _pages(root: Path, site: Path) -> None:
    """The first page, with three doors and every lesson, and the guide behind the second door."""
    drawn = templates.environment("secondlook.site")
    look = resources.files("secondlook.site").joinpath("templates/look.css")
    style = Markup(look.read_text(encoding="utf-8"))
    lessons = [content.syllabus()[number] for number in sorted(content.syllabus())]
    first = drawn.get_template("landing.html").render(
        lessons=lessons, minutes=_minutes(lessons), version=__version__, style=style
    )
    (site / "index.html").write_text(first, encoding="utf-8")
    prose = document((root / "instructor_guide.md").read_text(encoding="utf-8"))
    # What the guide names beside it is in the repository and not on the site.
    prose = re.sub(r'<a href="(?!#|https://)[^"]*">(.*?)</a>', r"\1", prose)
    prose = prose.replace("<th></th>", "<td></td>")  # a corner heads nothing
    guide = drawn.get_template("guide.html").render(guide=Markup(prose), style=style)
    (site / "guide.html").write_text(guide, encoding="utf-8")


def _minutes(lessons: list[content.Record]) -> dict[int, int]:
    return {one["number"]: sum(one["minutes"].values()) for one in lessons}


def _replace(output: Path, site: Path) -> None:
    try:
        if output.exists():
            shutil.rmtree(output)
        shutil.copytree(site, output)
    except OSError as problem:
        raise SiteError(
            f"The site could not be written to {output}: {problem.strerror or problem}."
        ) from None


def sizes(site: Path) -> dict[str, int]:
    """Bytes by part of a site: Python, the packages, JupyterLite, the lessons and the rest."""
    found = dict.fromkeys(("Python itself", "its packages", "JupyterLite", "lessons"), 0)
    for path in site.rglob("*"):
        if path.is_file():
            found[_part(path.relative_to(site))] += path.stat().st_size
    return found


def _part(path: Path) -> str:
    if path.parts[:2] == ("static", "pyodide"):
        return "its packages" if path.suffix == ".whl" else "Python itself"
    return "lessons" if path.parts[0] == "files" else "JupyterLite"


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=1), encoding="utf-8")


def _run(command: list[str], folder: Path, what: str, **env: str) -> None:
    env = {**os.environ, **env}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=env)
    if done.returncode:
        last = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()][-15:]
        raise SiteError(f"Making {what} failed:\n" + "\n".join(last))
