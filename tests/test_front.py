"""What a person meets first: README.md and its pictures, ACCESSIBILITY.md, PRIVACY.md, CHANGELOG.md.

That links, commands and files in them are there, `test_documents.py` shows.
"""

from __future__ import annotations

import ast
import re
import struct
import subprocess
import sys
import zlib
from html.parser import HTMLParser
from pathlib import Path

import mistune
import pytest
import yaml

from secondlook import __version__, content

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tools")]
import front  # noqa: E402
import screenshots  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
README = (ROOT / "README.md").read_text(encoding="utf-8")


# --- pictures ------------------------------------------------------------------------------------


class Images(HTMLParser):
    """The pictures of a page and what they say to those who do not see them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.alts: dict[str, str | None] = {}
        self.dark: list[str] = []
        self.feed(str(mistune.create_markdown(escape=False)(text)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "img":
            self.alts[str(given.get("src"))] = given.get("alt")
        elif tag == "source":
            self.dark.append(str(given.get("srcset")))


def colours(png: bytes) -> int:
    """How many different pixel values a PNG as Chromium writes it holds; 0 if it is none."""
    if not png.startswith(b"\x89PNG\r\n\x1a\n"):
        return 0
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    at, packed = 8, b""
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            packed += png[at + 8 : at + 8 + length]
        at += 12 + length
    raw = zlib.decompress(packed)
    step = {2: 3, 6: 4}[kind] * depth // 8
    assert len(raw) == height * (1 + width * step)
    return len({raw[i : i + step] for i in range(1, len(raw) - step, step)})


def wrong_pictures(text: str, folder: Path) -> list[str]:
    """What is wrong with the pictures of a document that stands beside ``docs/pictures``."""
    found = Images(text)
    shown = [one for one in [*found.alts, *found.dark] if not one.startswith("https:")]
    wrong = [f"never shown: {one.name}" for one in sorted(folder.iterdir())
             if f"docs/pictures/{one.name}" not in shown]  # fmt: skip
    for one in shown:
        file = folder / Path(one).name
        if one != f"docs/pictures/{file.name}" or not file.is_file():
            wrong.append(f"not there: {one}")
        elif file.stat().st_size > screenshots.MOST:
            wrong.append(f"too large: {one}")
        elif colours(file.read_bytes()) < 50:
            wrong.append(f"empty: {one}")
    wrong += [f"no words for: {src}" for src, alt in found.alts.items()
              if src in shown and len((alt or "").split()) < 10]  # fmt: skip
    return wrong


def test_each_picture_is_shown_with_words_and_not_empty():
    assert wrong_pictures(README, PICTURES) == []


def test_the_pictures_are_those_that_the_command_takes():
    taken = [
        *screenshots.SHOTS,
        screenshots.REPORT,
        screenshots.SLIDE,
        *(f"{one}.dark" for one in screenshots.DARK),
    ]
    assert {one.stem for one in PICTURES.iterdir()} == set(taken)


WORDS = "a picture that says in ten words what it shows"


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "judge.png").write_bytes((PICTURES / "judge.png").read_bytes())
    return tmp_path


def flat_picture() -> bytes:
    """One white pixel after the other."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    lines = (b"\0" + b"\xff" * 30) * 10
    head = struct.pack(">IIBBBBB", 10, 10, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "files", "says"),
    [
        ("no picture", {}, "never shown: judge.png"),
        (f"![{WORDS}](docs/pictures/judge.png) ![{WORDS}](docs/pictures/no.png)", {}, "not there: docs/pictures/no.png"),
        (f'<img src="judge.png" alt="{WORDS}">', {}, "never shown: judge.png"),
        ("![judge](docs/pictures/judge.png)", {}, "no words for: docs/pictures/judge.png"),
        ('<img src="docs/pictures/judge.png">', {}, "no words for: docs/pictures/judge.png"),
        (f"![{WORDS}](docs/pictures/judge.png)", {"judge.png": b""}, "empty: docs/pictures/judge.png"),
        (f"![{WORDS}](docs/pictures/judge.png)", {"judge.png": flat_picture()}, "empty: docs/pictures/judge.png"),
        (f"![{WORDS}](docs/pictures/judge.png)", {"judge.png": b"x" * 250_001}, "too large: docs/pictures/judge.png"),
        (f'![{WORDS}](docs/pictures/judge.png) <source srcset="docs/pictures/night.png">', {}, "not there: docs/pictures/night.png"),
    ],
)  # fmt: skip
def test_a_bad_picture_is_seen(folder, text, files, says):
    for name, data in files.items():
        (folder / name).write_bytes(data)
    assert wrong_pictures(text, folder)[0] == says


# --- README.md -----------------------------------------------------------------------------------


def test_a_student_a_teacher_and_a_self_learner_come_first_in_that_order():
    heads = re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    assert heads[:4] == [
        "Second Look", "You are a student", "You are a teacher", "You learn alone"
    ]  # fmt: skip
    before = README[: README.index("### You are a student")]
    assert "python3 start.py" in before and len(before.split()) < 100
    first = README[: README.index("<picture>")]
    assert len(first.split()) < 300  # one screen


def test_what_nobody_knows_is_said():
    said = " ".join(README.split())
    assert "Nobody knows yet" in said and "No trial with learners has been run" in said
    assert "<!-- review -->" in said
    for claim in ("proven", "evidence-based", "used by", "trusted by", "award"):
        assert claim not in said.lower()


def test_the_citation_says_what_the_program_is():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == __version__
    assert f"*{cited['title']}* (version {__version__})" in README
    assert cited["authors"][0]["name"] in README


ADDRESS = 'repository-code: "https://github.com/somebody/second-look"\nversion: 1.2.3\n'


def test_the_badge_is_there_once_it_leads_somewhere(tmp_path):
    (tmp_path / "binder").mkdir()
    page = "v2/gh/somebody/second-look/v1.2.3?urlpath=doc/tree/lessons/00_start_here.ipynb"
    assert f"(https://mybinder.org/{page})" in front.binder(ADDRESS, tmp_path)
    assert (ROOT / "lessons" / "00_start_here.ipynb").is_file()


@pytest.mark.parametrize(
    ("citation", "binder"),
    [
        (ADDRESS, False),
        ("version: 1.2.3\n", True),
        (ADDRESS.replace("github.com", "example.org"), True),
        (ADDRESS.replace("somebody/", ""), True),
        (ADDRESS.replace("version", "release"), True),
    ],
)
def test_until_then_there_is_a_sentence_and_no_dead_badge(tmp_path, citation, binder):
    if binder:
        (tmp_path / "binder").mkdir()
    assert "http" not in front.binder(citation, tmp_path)
    assert "has not been published" in front.binder(citation, tmp_path)


# --- PRIVACY.md and CHANGELOG.md -----------------------------------------------------------------

PRIVACY = (ROOT / "PRIVACY.md").read_text(encoding="utf-8")


def test_the_drawn_parts_are_current():
    for name in ("README.md", "PRIVACY.md", "CHANGELOG.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert front.DRAWN.search(text) and front.draw(text) == text, "run python3 tools/draw.py"


def test_a_drawn_part_of_an_unknown_name_is_refused():
    with pytest.raises(KeyError, match="weather"):
        front.draw("<!-- drawn: weather -->\n<!-- /drawn -->")


def test_every_kind_of_the_course_is_counted():
    used = {
        one["kind"] for number in content.syllabus() for one in content.activities(number).values()
    }
    assert used | {"assessment"} == set(front.kinds())


def test_privacy_names_every_field_around_an_answer_as_the_index_of_the_data_does():
    index = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    row = re.compile(r"^\| (?:the file|an answer|each answer) \| (`\w+`) \| .+ \|$", re.MULTILINE)
    assert row.findall(PRIVACY) == row.findall(index) != []
    ticked = re.findall(r"^\| [\w-]+ \| (`\w+`) \| .* \| yes \|$", index, re.MULTILINE)
    assert re.findall(r"^\| only if the box is ticked \| (`\w+`)", PRIVACY, re.MULTILINE) == ticked


# What a browser can keep or send, which files do that, and what PRIVACY.md calls it.
KEEPS = {
    r"sessionStorage": ({"store.js", "present.js"}, "session storage"),
    r"localStorage": ({"drafts.js"}, "local storage"),
    r"indexedDB": ({"in_browser.py"}, "IndexedDB"),
    r"document\.cookie|\bcaches\.": (set(), ""),
    r"sendBeacon|XMLHttpRequest|new WebSocket|EventSource": (set(), ""),
}


def keeping(pattern: str, *folders: Path) -> set[str]:
    """Files with JavaScript, of its own or in a text of Python's, that the pattern is found in."""
    return {
        one.name
        for folder in folders
        for one in [*folder.rglob("*.js"), *folder.rglob("*.mjs"), *folder.rglob("*.py")]
        if re.search(pattern, one.read_text(encoding="utf-8"))
    }


@pytest.mark.parametrize("pattern", KEEPS)
def test_what_the_browser_keeps_is_in_the_table(pattern):
    files, called = KEEPS[pattern]
    found = keeping(pattern, ROOT / "widgets", ROOT / "labextension")
    assert found == files, "say in PRIVACY.md what is kept where, and name the file here"
    assert called in PRIVACY


def test_a_cookie_would_be_seen(tmp_path):
    (tmp_path / "new.js").write_text("document.cookie = `learner=${code}`;")
    (tmp_path / "new.py").write_text("CODE = 'document.cookie'")
    assert keeping(list(KEEPS)[3], tmp_path) == {"new.js", "new.py"}


# The learner's side: what a lesson loads. It writes to the disk in one place; `in_browser.py` puts
# that file where a page has none, from the database that the table names.
TEACHERS = {"classroom", "review", "own_posts", "paper", "present", "commands", "site"}
WRITES = re.compile(r"write_(text|bytes)|mkstemp|mkdtemp|O_CREAT|O_WRONLY|O_RDWR|O_APPEND")


def writing(package: Path) -> set[str]:
    """Modules of the learner's side that write a file."""
    found = set()
    for path in package.rglob("*.py"):
        if path.relative_to(package).parts[0].removesuffix(".py") in TEACHERS:
            continue
        text = path.read_text(encoding="utf-8")
        opened = any(
            isinstance(one, ast.Call) and getattr(one.func, "attr", getattr(one.func, "id", "")) == "open"
            and any(isinstance(word, ast.Constant) and word.value in ("w", "a", "x", "wb", "ab", "xb", "r+")
                    for word in [*one.args, *(key.value for key in one.keywords)])
            for one in ast.walk(ast.parse(text))
        )  # fmt: skip
        if opened or WRITES.search(text):
            found.add(path.relative_to(package).as_posix())
    return found


def test_a_lesson_writes_to_one_place_and_the_table_names_it():
    found = writing(ROOT / "widgets" / "secondlook")
    assert found == {"journal.py", "in_browser.py"}, (
        "say in PRIVACY.md what is kept where, and name the file here"
    )
    assert "`my_work/answers.jsonl`" in PRIVACY


@pytest.mark.parametrize(
    "code", ["Path('x').write_text('mine')", "open('x', mode='a')", "Path('x').open('w')"]
)
def test_another_place_would_be_seen(tmp_path, code):
    (tmp_path / "mood.py").write_text(code)
    (tmp_path / "classroom").mkdir()
    (tmp_path / "classroom" / "report.py").write_text(code)
    assert writing(tmp_path) == {"mood.py"}


# --- ACCESSIBILITY.md ----------------------------------------------------------------------------


def test_the_statement_says_what_was_not_done():
    said = " ".join((ROOT / "ACCESSIBILITY.md").read_text(encoding="utf-8").split())
    for limit in (
        "No screen reader was run",
        "Chromium only",
        "in English only",
        "Nobody outside the project has audited it",
    ):
        assert limit in said


@pytest.mark.parametrize("name", ["ACCESSIBILITY.md", "PRIVACY.md", "CHANGELOG.md", "instructor_guide.md"])  # fmt: skip
def test_the_readme_leads_there(name):
    assert f"]({name}" in README


@pytest.mark.slow
def test_one_command_takes_a_picture(tmp_path):
    """The report's, which needs a browser and no lesson; the walk opens the lessons."""
    code = (
        "import sys; sys.path.insert(0, 'tools'); import screenshots, pathlib;"
        f"screenshots.PICTURES = pathlib.Path({str(tmp_path)!r}); screenshots.main(['report'])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert colours((tmp_path / "report.png").read_bytes()) > 50
