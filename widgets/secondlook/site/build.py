"""Builds the site: the lessons, Python for the browser, and a page with three doors."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from secondlook import __version__, content
from secondlook.site import parts, wheels

#: Written into every site, by which one is known again before it is replaced.
MARK = "second-look-site.json"
APPS = ("notebooks",)
#: What is left out of a wheel when it is compiled: no lesson uses it.
DROPPED = {
    "anywidget": [".data/", "anywidget/nbextension"],
    "jedi": ["jedi/third_party/", "/test/"],  # stubs for completing code nobody types
    "secondlook": [".data/", ".ipynb", "/site/", "/present/", "/paper/"],
    "*": ["/tests/", ".data/"],
}
#: What our own wheel needs in a browser; pandas comes with the cell that imports it.
NEEDS = {"secondlook": {"anywidget", "fastjsonschema", "ipywidgets", "segno"}}
#: Fetched at once while the page still opens, since every lesson needs them.
AT_ONCE = (
    "piplite", "micropip", "pyodide-kernel", "ipykernel", "comm", "jedi", "ipython", "secondlook",
)  # fmt: skip
FIRST = "from secondlook import in_browser; await in_browser.ready()"


class SiteError(Exception):
    """There is no site. The message is one plain sentence."""


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
        SiteError: the folder holds something else, or a step failed.
        PartError: a part cannot be had or is not the right one.
        WheelError: the list of wheels is not complete.
    """
    require_ours(output)
    fetched = parts.fetch(cache, release)
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        own = _own_wheel(root, work / "own")
        _python(fetched, own, work)
        site = _assemble(own, work)
        _landing(site)
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
    kernel = _kernel_wheels()
    for wheel in [*fetched.pure.glob("*.whl"), *kernel, own]:
        shutil.copy(wheel, raw)
    for name in parts.CORE_HASHES:
        (work / "core").mkdir(exist_ok=True)
        shutil.copy(fetched.core / name, work / "core")
    script = Path(str(resources.files("secondlook.site").joinpath("compile.mjs")))
    command = [_node(), str(script), str(work / "core"), str(raw), str(target), json.dumps(DROPPED)]
    _run(command, work, "the compiled packages")
    for wheel in fetched.built.glob("*.whl"):
        shutil.copy(wheel, target)  # as they are: their hashes are Pyodide's own
    for name in parts.CORE_HASHES:
        if name != parts.LOCK:
            shutil.copy(fetched.core / name, target)
    listed = wheels.listed(sorted(target.glob("*.whl")), NEEDS)
    lock = {"info": parts.lock_of(fetched.core)["info"], "packages": listed}
    (target / parts.LOCK).write_text(json.dumps(lock, indent=1), encoding="utf-8")


def _kernel_wheels() -> list[Path]:
    """The wheels that the browser's kernel brings along itself."""
    from jupyterlite_pyodide_kernel.constants import PYODIDE_KERNEL_NPM_NAME  # noqa: F401

    folder = Path(sys.prefix, "share/jupyter/labextensions/@jupyterlite")
    folder = folder / "pyodide-kernel-extension/static/pypi"
    return [
        path
        for path in folder.glob("*.whl")
        if path.name.startswith(("piplite-", "pyodide_kernel-", "ipykernel-"))
    ]


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


def _assemble(own: Path, work: Path) -> Path:
    lite, site = work / "lite", work / "site"
    lessons = lite / "files" / "lessons"
    lessons.mkdir(parents=True)
    for lesson in sorted(content.lessons_dir().glob("*.ipynb")):
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
            "federated_extensions": [str(own)],
        }
    }
    page = {"jupyter-lite-schema-version": 0, "jupyter-config-data": page_settings()}
    root = Path(__file__).resolve().parents[3]
    shutil.copy(root / "labextension" / "overrides.json", lite / "overrides.json")
    _write(lite / "jupyter_lite_config.json", config)
    _write(lite / "jupyter-lite.json", page)
    _run([sys.executable, "-m", "jupyter", "lite", "build"], lite, "the site")
    _write(site / MARK, {"version": __version__, "pyodide": parts.PYODIDE})
    return site


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


def _landing(site: Path) -> None:
    """The first page: three doors, and every lesson."""
    pages = Environment(
        loader=PackageLoader("secondlook.site"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    text = pages.get_template("landing.html").render(
        lessons=[content.syllabus()[n] for n in sorted(content.syllabus())], version=__version__
    )
    (site / "index.html").write_text(text, encoding="utf-8")


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


def _run(command: list[str], folder: Path, what: str) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        last = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()][-15:]
        raise SiteError(f"Making {what} failed:\n" + "\n".join(last))
