"""``secondlook print``: from words on the command line to a folder of files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from secondlook import content, forms
from secondlook.paper import booklet, files, page, pdf
from secondlook.paper.booklet import Booklet

FOLDER = "second_look_paper"
TESTS, LETTERS = "tests", "letters"
FORMATS = "html", "pdf"
AT_ONCE = min(4, os.cpu_count() or 2)  # browsers; each takes about 200 MB


class PrintError(Exception):
    """Nothing can be printed. The message is one plain sentence."""


@dataclass
class Done:
    """What became of it.

    Attributes:
        written: how many files of each format.
        kept: files that are not ours, or were changed, and stay as they are.
        problem: why there are no PDFs; "" when there are.
    """

    written: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FORMATS, 0))
    kept: list[str] = field(default_factory=list)
    problem: str = ""


def booklets(what: Sequence[str], country: str | None, language: str) -> list[Booklet]:
    """What the words ask for, in order; everything when there are none.

    Arguments:
        what: numbers of lessons, ``tests``, ``letters``.
        country: two letters of ``helplines.json``, or None.
        language: of the letters.

    Raises:
        PrintError: there is no such lesson or country.
        HandoutError: there is no such language.
        DataError: the course's data cannot be used.
    """
    lessons = content.syllabus()
    known = [*map(str, lessons), TESTS, LETTERS]
    for one in what:
        if one not in known:
            raise PrintError(
                f"There is no {one!r} to print: name lessons by number (0 to {max(lessons)}), or "
                f"{TESTS}, or {LETTERS}."
            )
    places = [one["code"] for one in content.read_json("helplines.json")["countries"]]
    if country is not None and country not in places:
        raise PrintError(
            f"No help lines are known for {country!r}, only for {', '.join(places)}; without "
            "--country, sheets name the directory that knows every country."
        )
    made: list[Booklet] = []
    for one in dict.fromkeys(what or known):
        if one == LETTERS:
            made += booklet.letters(language, country)
        elif one == TESTS:
            made += [each for letter in forms.LETTERS for each in booklet.test(letter, country)]
        else:
            made += booklet.lesson(int(one), country)
    return made


def run(
    made: Iterable[Booklet], folder: Path, sizes: Sequence[str], formats: Sequence[str]
) -> Done:
    """Write the booklets into a folder.

    Arguments:
        made: what to write.
        folder: made if it is not there.
        sizes: keys of ``page.SIZES``, for the PDFs; an HTML file takes the paper it is given.
        formats: of `FORMATS`.

    Raises:
        PrintError: the folder cannot be made or written.
    """
    made, done = list(made), Done()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if "html" in formats:
            for one in made:
                _put(folder / f"{one.name}.html", page.html(one).encode(), done, "html")
        if "pdf" in formats:
            _print(made, folder, sizes, done)
    except OSError as problem:
        raise PrintError(
            f"Nothing can be written to {folder} ({problem.strerror or problem}): name a folder "
            "of your own with --output."
        ) from problem
    return done


def _print(made: list[Booklet], folder: Path, sizes: Sequence[str], done: Done) -> None:
    wanted = []
    for one in made:
        for size in sizes:
            path = folder / f"{one.name}.{size}.pdf"
            if files.may_write(path):
                wanted.append((one, size, path))
            else:
                done.kept.append(path.name)
    try:
        browser = pdf.find_browser()
        if browser is None:
            raise pdf.PdfError(
                "No Chromium, Chrome or Edge was found to make the PDFs: open the HTML files in "
                "any browser and print them there (Ctrl+P, or Cmd+P on a Mac)."
            )
        with ThreadPoolExecutor(AT_ONCE) as pool:
            # One that fails ends it: the others would fail alike, each after its own wait.
            jobs = [
                pool.submit(pdf.print_pdf, browser, page.html(one, size), folder)
                for one, size, _ in wanted
            ]
            try:
                for job, (_, _, path) in zip(jobs, wanted, strict=True):
                    _put(path, job.result(), done, "pdf")
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
    except pdf.PdfError as problem:
        done.problem = str(problem)


def _put(path: Path, data: bytes, done: Done, kind: str) -> None:
    if files.may_write(path):
        files.write(path, data)
        done.written[kind] += 1
    else:
        done.kept.append(path.name)


def told(done: Done, folder: Path) -> str:
    """What the person reads, without the problem."""
    counts = [f"{many} {kind.upper()}" for kind, many in done.written.items() if many]
    lines = [f"Written to {folder}: {' and '.join(counts)} files."] if counts else []
    if done.kept:
        kept = ", ".join(done.kept)
        lines.append(f"Kept as they are, because they are not ours or were changed: {kept}.")
    return "\n".join(lines)
