"""Pyodide's list of packages, written for wheels that all stand beside it on the site.

With a package in the list, ``import x`` in a notebook fetches its wheel by itself: no lesson has to
install anything, and no address but the site's own is asked.
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterable
from email.parser import Parser
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from secondlook.site import SiteError

# The Python that the wheels are for, as their conditions ask about it.
_PYTHON = {
    "python_version": "3.14",
    "python_full_version": "3.14.0",
    "sys_platform": "emscripten",
    "platform_system": "Emscripten",
    "platform_machine": "wasm32",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "os_name": "posix",
    "extra": "",
}
#: Named by some package, and of no use in a browser's Python.
NOT_NEEDED = frozenset({"widgetsnbextension", "jupyterlab-widgets"})


def listed(wheels: Iterable[Path], needs: dict[str, set[str]]) -> dict[str, dict[str, Any]]:
    """What Pyodide's list says of each wheel.

    Arguments:
        wheels: the files.
        needs: for some package, what it needs of the others, in place of what it says itself.

    Raises:
        SiteError: one needs a package that is neither there nor in ``NOT_NEEDED``.
    """
    found, needed = {}, {}
    for wheel in wheels:
        name, version, tops, depends = _read(wheel)
        needed[name] = needs.get(name, depends) - NOT_NEEDED
        found[name] = {
            "name": name,
            "version": version,
            "file_name": wheel.name,
            "install_dir": "site",
            "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
            "package_type": "package",
            "imports": tops,
            "depends": sorted(needed[name]),
            "unvendored_tests": False,
        }
    for name, names in needed.items():
        if missing := names - found.keys():
            raise SiteError(f"{name} needs {', '.join(sorted(missing))}, which wheels.txt has not.")
    return dict(sorted(found.items()))


def _read(wheel: Path) -> tuple[str, str, list[str], set[str]]:
    """Name, version, what can be imported, and what is needed."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        (about,) = (name for name in names if name.endswith(".dist-info/METADATA"))
        said = Parser().parsestr(archive.read(about).decode("utf-8"))
    tops = set()
    for name in names:
        top, _, rest = name.partition("/")
        if not top.endswith((".dist-info", ".data")) and name.endswith((".py", ".so", ".pyc")):
            tops.add(top if rest else top.partition(".")[0])
    needed = (Requirement(one) for one in said.get_all("Requires-Dist") or [])
    depends = {
        str(canonicalize_name(one.name))
        for one in needed
        if one.marker is None or one.marker.evaluate(_PYTHON)
    }
    return str(canonicalize_name(said["Name"])), said["Version"], sorted(tops), depends
