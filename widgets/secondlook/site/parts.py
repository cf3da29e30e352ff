"""What the browser's Python is made of: where each part comes from, and the check of each file.

Pyodide's core is on npm, without numpy and pandas; PyPI has no build of these two for this Pyodide
under their own names. A wheel of another product on PyPI carries the builds of Pyodide's own
release. They are taken from there only if their hash is the one that the core's list of packages
(``pyodide-lock.json``) gives, so what is used is Pyodide's own build, wherever it was fetched.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import urllib.error
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondlook.site import SiteError

PYODIDE = "314.0.3"  # its list must name the numpy and pandas that CARRIER holds
CORE_NPM = "pyodide"
LOCK = "pyodide-lock.json"
#: sha256 of each file of the core, so that a changed registry is noticed.
CORE_HASHES = {
    "pyodide.mjs": "5cfc46f5dcbaf2a16f26e2363f441873eb424762609cc03db00d6a2ace4d00e5",
    "pyodide.asm.mjs": "1a9775427ef6e8abaa7db88ece0515422d1886915ae5c9093776410c865dfd8d",
    "pyodide.asm.wasm": "e7f8fac36f8bf11085309cbc5c829b3ec3057c18bf1d73b05a6741612d63cdbf",
    "python_stdlib.zip": "444c770dfd75a32097fc0a7d5c1413fd3140601f49c3a1f2e9af0376fcd124b4",
    "pyodide-lock.json": "c963d22858f6bcb8f41586a2142f03905ab370c88ea22a86a2736e95fac2a8f3",
}
BUILT = "numpy", "pandas"  # compiled, so they must be Pyodide's own
CARRIER = "open-webui==0.12.4"
CARRIER_HASH = "02e9caba96234db3fa17a92e56163b3f7f2b8ca8227fa886b85c178d696483f6"
CARRIED_IN = "open_webui/frontend/pyodide/"
KERNEL = "jupyterlite-pyodide-kernel==0.8.6"  # 0.8 goes with Pyodide 314.0
KERNEL_HASH = "c9e698420e7f95f156c09c1474898ee6727b35b1740b369cb5f5aaa59ea73d3f"
WHEELS = Path(__file__).with_name("wheels.txt")
#: What pip is told: the Python of this Pyodide, not of this computer.
TARGET = (
    "--python-version=3.14",
    "--implementation=cp",
    "--abi=cp314",
    "--abi=none",
    "--platform=pyemscripten_2026_0_wasm32",
    "--platform=any",
)
SECONDS = 300  # for one download


@dataclass(frozen=True)
class Parts:
    """Folders with the checked parts.

    Attributes:
        core: Pyodide itself and its list of packages.
        built: the wheels of ``BUILT``.
        pure: the wheels of ``wheels.txt``.
        kernel: the wheel of JupyterLite's kernel, a file.
    """

    core: Path
    built: Path
    pure: Path
    kernel: Path


def fetch(cache: Path, release: str | None = None) -> Parts:
    """Have every part in ``cache``, checked; what is there and right is not fetched again.

    Args:
        cache: a folder for what is fetched, made if needed.
        release: Pyodide's own release, as a folder or an https address, for those who have it; None
            to do with the package registries alone.

    Raises:
        SiteError: something cannot be had or is not what its hash says.
    """
    kernel = cache / "kernel" / f"{KERNEL.replace('-', '_').replace('==', '-')}-py3-none-any.whl"
    folders = cache / f"core-{PYODIDE}", cache / f"built-{PYODIDE}", cache / "pure"
    for folder in (*folders, kernel.parent):
        folder.mkdir(parents=True, exist_ok=True)
    parts = Parts(*folders, kernel)
    _fetch_core(parts.core, release)
    _fetch_built(parts, release)
    _fetch_pure(parts.pure)
    _fetch_kernel(kernel)
    return parts


def sha256(path: Path) -> str:
    """The hash of a file, as hexadecimal text."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(path: Path, wanted: str) -> None:
    """Refuse a file that is not the one its hash names.

    Raises:
        SiteError: it is another one; it is deleted, so that the next run fetches it anew.
    """
    found = sha256(path)
    if found != wanted:
        path.unlink()
        raise SiteError(
            f"{path.name} is not the file that was asked for (its sha256 is {found[:16]}…, not "
            f"{wanted[:16]}…), so nothing was built: start again, and if it happens twice, tell "
            "whoever runs your network."
        )


def lock_of(core: Path) -> dict[str, Any]:
    """Pyodide's own list of packages."""
    found: dict[str, Any] = json.loads((core / LOCK).read_text(encoding="utf-8"))
    return found


# --- the core ----------------------------------------------------------------------------------


def _fetch_core(core: Path, release: str | None) -> None:
    missing = [name for name in CORE_HASHES if not (core / name).is_file()]
    if missing and release:
        for name in missing:
            _copy(release, name, core / name)
    elif missing:
        _unpack_npm(core)
    for name, wanted in CORE_HASHES.items():
        check(core / name, wanted)


def _unpack_npm(core: Path) -> None:
    npm = shutil.which("npm")
    packed = core.parent / f"{CORE_NPM}-{PYODIDE}.tgz"
    if npm:
        # npm knows which registry this machine uses; the address below is only npm's own.
        _run([npm, "pack", f"{CORE_NPM}@{PYODIDE}", f"--pack-destination={core.parent}"], "Pyodide")
    else:
        _copy(f"https://registry.npmjs.org/{CORE_NPM}/-", packed.name, packed)
    try:
        with tarfile.open(packed) as archive:
            for name in CORE_HASHES:
                member = archive.extractfile(f"package/{name}")
                if member is None:
                    raise KeyError(name)
                (core / name).write_bytes(member.read())
    except (OSError, KeyError, tarfile.TarError) as problem:
        raise SiteError(f"Pyodide came without one of its files ({problem}).") from None
    finally:
        packed.unlink(missing_ok=True)


# --- numpy and pandas --------------------------------------------------------------------------


def _fetch_built(parts: Parts, release: str | None) -> None:
    official = lock_of(parts.core)["packages"]
    wanted = {official[name]["file_name"]: official[name]["sha256"] for name in BUILT}
    missing = [name for name in wanted if not (parts.built / name).is_file()]
    if missing and release:
        for name in missing:
            _copy(release, name, parts.built / name)
    elif missing:
        _take_from_carrier(parts.built, missing)
    for name, one in wanted.items():
        check(parts.built / name, one)


def _take_from_carrier(built: Path, names: list[str]) -> None:
    _pip_one(CARRIER, CARRIER_HASH, built)
    try:
        (wheel,) = built.glob(f"{CARRIER.split('==')[0].replace('-', '_')}-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for name in names:
                (built / name).write_bytes(archive.read(CARRIED_IN + name))
    except (KeyError, ValueError, zipfile.BadZipFile) as problem:
        raise SiteError(f"{CARRIER} does not carry what it should ({problem}).") from None
    wheel.unlink()  # a hundred megabytes of which two files are needed


# --- the pure wheels ---------------------------------------------------------------------------


def pinned() -> dict[str, str]:
    """The pure packages and their versions, by name as in ``wheels.txt``."""
    lines = WHEELS.read_text(encoding="utf-8").splitlines()
    pairs = (line.split()[0].split("==") for line in lines if line and line[0] not in "# ")
    return {name: version for name, version in pairs}  # noqa: C416 (a pair is a list)


def _fetch_pure(pure: Path) -> None:
    there = {
        path.name.split("-")[0] + "==" + path.name.split("-")[1] for path in pure.glob("*.whl")
    }
    wanted = {f"{name.replace('-', '_')}=={version}" for name, version in pinned().items()}
    if there == wanted:
        return
    for path in pure.glob("*.whl"):
        path.unlink()
    _pip("the packages of the browser's Python", pure, *TARGET, "-r", WHEELS)


def _fetch_kernel(kernel: Path) -> None:
    if not kernel.is_file():
        _pip_one(KERNEL, KERNEL_HASH, kernel.parent)
    check(kernel, KERNEL_HASH)


def _pip_one(package: str, digest: str, folder: Path) -> None:
    """Download one wheel by its hash."""
    listed = folder / "listed.txt"
    listed.write_text(f"{package} --hash=sha256:{digest}\n", encoding="utf-8")
    _pip(package, folder, "-r", listed)
    listed.unlink()


def _pip(what: str, folder: Path, *words: object) -> None:
    command = [sys.executable, "-m", "pip", "--no-input", "--disable-pip-version-check", "download"]
    options = [
        "--quiet",
        "--no-deps",
        "--require-hashes",
        "--only-binary=:all:",
        f"--dest={folder}",
    ]
    _run([*command, *options, *map(str, words)], what)


def _run(command: list[str], what: str) -> None:
    env = {**os.environ, "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, env=env)
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise SiteError(f"{what} could not be downloaded: {problem}.") from None
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason was given"])[-1]
        raise SiteError(f"{what} could not be downloaded: {last}")


def _copy(release: str, name: str, target: Path) -> None:
    """A file of a release, from a folder or an https address."""
    try:
        if release.startswith("https://"):
            address = f"{release.rstrip('/')}/{name}"
            with urllib.request.urlopen(address, timeout=SECONDS) as reply:
                target.write_bytes(reply.read())
        else:
            target.write_bytes((Path(release) / name).read_bytes())
    except (OSError, urllib.error.URLError) as problem:
        target.unlink(missing_ok=True)
        raise SiteError(f"{name} could not be had from {release}: {problem}") from None
