"""Answer codes: read back as written, and no slip of a hand goes unseen."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondlook.answer_code import CHECK, SIGNS, CodeError, code_length, decode, encode

# A form, a learner's code (plant, animal, number), 20 calls with how sure, 20 other answers;
# one more value each for an answer that was passed.
TEST = [3, 32, 32, 90, *[13] * 20, *[5] * 20]
SIZES = st.lists(st.integers(1, 40), min_size=1, max_size=50)


@given(SIZES, st.data())
def test_what_was_written_is_read(sizes, data):
    values = [data.draw(st.integers(0, size - 1)) for size in sizes]
    code = encode(values, sizes)
    assert decode(code, sizes) == values
    assert len(code.replace(" ", "")) == code_length(sizes)


def samples(count: int) -> list[tuple[list[int], str]]:
    chance = random.Random(5)
    answers = [[chance.randrange(size) for size in TEST] for _ in range(count)]
    answers += [[0] * len(TEST), [size - 1 for size in TEST]]
    return [(values, encode(values, TEST)) for values in answers]


def test_a_whole_test_is_eight_groups_of_four_at_most():
    for _, code in samples(20):
        groups = code.split(" ")
        assert len(groups) <= 8 and {len(one) for one in groups[:-1]} == {4}


def test_every_single_wrong_sign_is_found():
    for _, code in samples(20):
        signs = code.replace(" ", "")
        for at, right in enumerate(signs):
            for wrong in SIGNS.replace(right, ""):
                with pytest.raises(CodeError, match="A sign is wrong"):
                    decode(signs[:at] + wrong + signs[at + 1 :], TEST)


def test_every_swap_of_neighbours_is_found():
    swaps = 0
    for _, code in samples(200):
        signs = code.replace(" ", "")
        for at in range(len(signs) - 1):
            if signs[at] != signs[at + 1]:
                swapped = signs[:at] + signs[at + 1] + signs[at] + signs[at + 2 :]
                with pytest.raises(CodeError, match="changed places"):
                    decode(swapped, TEST)
                swaps += 1
    assert swaps > 5000


def test_the_proof_behind_the_check():
    assert all(CHECK % factor for factor in range(2, CHECK))
    assert 31 * 32 < CHECK < 32**2
    assert all(shift % CHECK for d in range(1, 32) for shift in (d, 31 * d, 32 * d, 33 * d))


def test_it_is_read_as_it_was_meant():
    values, code = samples(1)[0]
    for typed in (code.lower(), code.replace(" ", "-"), code.replace(" ", ""), f"  {code}\n",
                  code.replace("0", "o").replace("1", "l"), code.replace("1", "I")):  # fmt: skip
        assert decode(typed, TEST) == values


GOOD = samples(1)[0][1]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "30 signs are missing"),
        (GOOD[:-1], "1 sign is missing"),
        (GOOD + "0", "1 sign is too many"),
        ("U" + GOOD[1:], "Sign 1 is “U”"),
        (GOOD[:5] + "!" + GOOD[6:], "which no code has"),
        (GOOD[:5] + "é" + GOOD[6:], "which no code has"),
        ("0" * 10_000, "no answer code"),
        (None, "no answer code"),
        (12, "no answer code"),
        (b"0000", "no answer code"),
    ],
)
def test_what_is_no_code_is_refused_in_words(code, said):
    with pytest.raises(CodeError, match=said):
        decode(code, TEST)


def test_a_number_that_no_answers_give_is_refused():
    # Three ways need one sign, which could say up to 31; its check is right all the same.
    assert decode("2 02", [3]) == [2]
    with pytest.raises(CodeError, match="A sign is wrong"):
        decode("3 03", [3])


@pytest.mark.parametrize(
    ("values", "sizes"),
    [([], []), ([0], [0]), ([3], [3]), ([-1], [3]), ([0, 0], [3]), ([0], [3, 3])],
)
def test_what_is_no_answer_is_not_written(values, sizes):
    with pytest.raises(ValueError, match="answer"):
        encode(values, sizes)
