"""Answer codes of a whole test: read back as written, and nothing unknown gets in."""

from __future__ import annotations

import random
import re
import shutil
import subprocess

import pytest
import segno
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondlook import answer_code, forms
from secondlook.answer_code import SIGNS, CodeError
from secondlook.classroom.codes import _HEAD, SIZES, read_code, write_code
from secondlook.classroom.qr import qr_svg
from secondlook.forms import TestForm, TestItem, TestSheet
from secondlook.learner_code import ANIMALS, PLANTS

CASES = [("before", "A"), ("before", "B"), ("after", "A"), ("after", "B"), ("later", "C")]


def made_up(letter: str) -> TestForm:
    posts = [TestItem(f"p-{letter}{n}", "post", {}, "trust") for n in range(20)]
    options = [{"id": key} for key in "abcd"]
    questions = [
        TestItem(f"{part}-{letter}{n}", part, {"options": options}, "b")
        for part in forms.PARTS
        for n in range(4)
    ]
    return TestForm(letter, 3, (*posts, *questions))


@pytest.fixture(autouse=True)
def form(monkeypatch):
    made = {letter: made_up(letter) for letter in forms.LETTERS}
    monkeypatch.setattr(forms, "form", made.__getitem__)


def answers_to(letter: str, chance: random.Random, left_out: float = 0.1) -> dict:
    given = {}
    for item in made_up(letter).items:
        if chance.random() >= left_out:
            pick = chance.choice(item.options)
            sure = chance.choice(forms.SURE)
            given[item.id] = {"call": pick, "sure": sure} if item.part == "post" else {"pick": pick}
    return given


def sheets(count: int) -> list[TestSheet]:
    chance = random.Random(11)
    made = []
    for n in range(count):
        occasion, letter = CASES[n % len(CASES)]
        learner = f"{chance.choice(PLANTS)}-{chance.choice(ANIMALS)}-{chance.randint(10, 99)}"
        answers = answers_to(letter, chance, chance.choice((0, 0.1, 1)))
        made.append(TestSheet(learner, occasion, letter, 3, answers, True))
    return made


LEARNERS = st.builds(
    "{}-{}-{}".format, st.sampled_from(PLANTS), st.sampled_from(ANIMALS), st.integers(10, 99)
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    LEARNERS,
    st.sampled_from(CASES),
    st.randoms(use_true_random=False),
    st.sampled_from([0, 0.3, 1]),
)
def test_what_was_written_is_read(learner, case, chance, left_out):
    occasion, letter = case
    sheet = TestSheet(learner, occasion, letter, 3, answers_to(letter, chance, left_out), True)
    code = write_code(sheet)
    assert read_code(code) == sheet
    assert [len(group) for group in code.split(" ")] == [4] * 8


def test_each_answer_alone_comes_back():
    for letter, occasion in (("A", "before"), ("C", "later")):
        for item in made_up(letter).items:
            every = (
                [{"call": call, "sure": sure} for call in item.options for sure in forms.SURE]
                if item.part == "post"
                else [{"pick": pick} for pick in item.options]
            )
            for one in every:
                sheet = TestSheet("fern-otter-42", occasion, letter, 3, {item.id: one}, True)
                assert read_code(write_code(sheet)).answers == {item.id: one}


def test_every_single_wrong_sign_is_found():
    tried = 0
    for sheet in sheets(25):
        signs = write_code(sheet).replace(" ", "")
        for at, right in enumerate(signs):
            for wrong in SIGNS.replace(right, ""):
                with pytest.raises(CodeError, match="A sign is wrong"):
                    read_code(signs[:at] + wrong + signs[at + 1 :])
                tried += 1
    assert tried == 25 * 32 * 31


def test_every_swap_of_neighbours_is_found():
    tried = 0
    for sheet in sheets(200):
        signs = write_code(sheet).replace(" ", "")
        for at in range(len(signs) - 1):
            if signs[at] != signs[at + 1]:
                with pytest.raises(CodeError, match="changed places"):
                    read_code(signs[:at] + signs[at + 1] + signs[at] + signs[at + 2 :])
                tried += 1
    assert tried > 5000


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ((4, 0, 0, 1, 1, 0), "edition 4 of form A, and this copy of the course has edition 3"),
        ((3, 3, 0, 1, 1, 0), "a test that this copy"),
        ((3, 0, 3, 1, 1, 0), "a test that this copy"),
        ((3, 0, 2, 1, 1, 0), "“before” never has form C"),
        ((3, 2, 0, 1, 1, 0), "“later” never has form A"),
        ((3, 0, 0, len(PLANTS), 1, 0), "cannot make"),
        ((3, 0, 0, 1, len(ANIMALS), 0), "cannot make"),
    ],
)
def test_what_this_copy_does_not_know_is_refused_in_one_sentence(head, said):
    code = answer_code.encode([*head, *[0] * 40], SIZES)
    with pytest.raises(CodeError, match=said) as caught:
        read_code(code)
    assert str(caught.value).endswith(".") and not re.search(r"[.] [A-Z]", str(caught.value))


def test_a_code_of_nothing_is_refused():
    for bad in ("", "7QK2", None, "É" * 32, "0" * 300, "fern-otter-42"):
        with pytest.raises(CodeError):
            read_code(bad)


GOOD = {"learner": "fern-otter-42", "occasion": "before", "form": "A", "edition": 3, "answers": {}}


@pytest.mark.parametrize(
    "bad",
    [
        {"learner": "Anna"},
        {"occasion": "never"},
        {"form": "D"},
        {"form": "C"},
        {"edition": 2},
        {"answers": {"p-B0": {"call": "trust", "sure": 50}}},
        {"answers": {"p-A0": {"call": "trust", "sure": -50}}},
        {"answers": {"p-A0": {"call": "trust", "sure": float("nan")}}},
        {"answers": {"p-A0": {"call": "trust", "sure": 50, "name": "Anna"}}},
        {"answers": {"credentials-A0": {"pick": "e"}}},
    ],
)
def test_what_is_no_test_is_not_written(bad):
    assert write_code(TestSheet(**GOOD, finished=True))
    with pytest.raises(ValueError):
        write_code(TestSheet(**GOOD | bad, finished=True))


def test_an_edition_that_a_code_cannot_hold_is_not_written(monkeypatch):
    monkeypatch.setattr(forms, "form", lambda letter: TestForm(letter, 8, made_up("A").items))
    with pytest.raises(ValueError, match="no room for edition 8"):
        write_code(TestSheet(**GOOD | {"edition": 8}, finished=True))


def test_words_keep_their_places():
    # A word that moved would turn every code on paper into somebody else's.
    assert (PLANTS[0], PLANTS[11], PLANTS[31]) == ("acorn", "fern", "thyme")
    assert (ANIMALS[0], ANIMALS[20], ANIMALS[31]) == ("badger", "otter", "wren")
    assert len(PLANTS) <= _HEAD[3] and len(ANIMALS) <= _HEAD[4]
    assert read_code("0Q30 RHKJ QY02 GCW2 WSR7 GWW3 T96H N86X") == TestSheet(**GOOD, finished=True)


# --- the QR code ----------------------------------------------------------------------------------


def squares(svg: str) -> list[list[int]]:
    """The dark squares that the SVG draws: horizontal lines, each one square high."""
    size = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    grid = [[0] * size for _ in range(size)]
    x, y = 0.0, 0.0
    path = re.search(r'stroke="#000" d="([^"]+)"', svg)[1]
    for command, numbers in re.findall(r"([Mmh])([^Mmh]+)", path):
        values = [float(one) for one in numbers.split()]
        if command == "h":
            for at in range(int(values[0])):
                grid[int(y)][int(x) + at] = 1
            x += values[0]
        elif command == "M":
            x, y = values
        else:
            x, y = x + values[0], y + values[1]
    return grid


def test_the_picture_is_the_code():
    code = write_code(sheets(1)[0])
    svg = qr_svg(code)
    drawn = segno.make_qr(code.replace(" ", ""), error="M").matrix
    rows = squares(svg)
    assert len(drawn) == 25 and len(rows) == 25 + 2 * 4
    assert [row[4:-4] for row in rows[4:-4]] == [list(row) for row in drawn]
    assert not any(any(row) for row in rows[:4] + rows[-4:])


@pytest.mark.skipif(not (shutil.which("zbarimg") and shutil.which("rsvg-convert")),
                    reason="no QR reader on this machine; the squares are compared above")  # fmt: skip
@pytest.mark.parametrize("sheet", sheets(5), ids=lambda sheet: sheet.learner)
def test_a_reader_reads_it(sheet, tmp_path):
    svg = qr_svg(write_code(sheet)).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    (tmp_path / "code.svg").write_text(svg, encoding="utf-8")
    picture = tmp_path / "code.png"
    subprocess.run(["rsvg-convert", "-w", "300", tmp_path / "code.svg", "-o", picture], check=True)
    read = subprocess.run(["zbarimg", "-q", "--raw", picture], check=True, capture_output=True, text=True)  # fmt: skip
    assert read_code(read.stdout) == sheet


def test_it_stands_in_a_page_with_a_name_and_nothing_that_runs():
    svg = qr_svg("7QK2", 'Code of "fern" <script>alert(1)</script>')
    assert svg.startswith("<svg ") and svg.endswith("</svg>") and svg.count("<svg") == 1
    assert 'role="img"' in svg and 'aria-label="Code of &quot;fern&quot; &lt;script' in svg
    assert "<script" not in svg and "http" not in svg
    assert 'fill="#fff"' in svg and 'stroke="#000"' in svg  # in a dark theme too


def test_nothing_is_not_drawn():
    with pytest.raises(ValueError, match="no code"):
        qr_svg(" ")
