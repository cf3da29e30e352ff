"""A test's answers as a short code that survives being read aloud, written down and typed in.

Where a file cannot travel, a learner copies something like ``7QK2 M0ZD 4C`` from the screen. The
signs are Crockford's base 32 (https://www.crockford.com/base32.html): no I, L, O or U, so that no
two look alike, and what is typed instead (a small letter, an O for a 0) is read as it was meant.
The last two signs are a check: the number in front of them modulo 1021, the largest prime below
32 x 32. A wrong sign shifts the number by d x 32^k with d below 32, two swapped neighbours by
31 x d x 32^k; a prime above 31 divides neither, so both are always found. Across the border
between number and check a swap shifts their difference by 33 x d, at most 1,023 and never 1,021.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CHECK = 1021  # the largest prime below 32 ** 2, which two signs can hold
GROUP = 4
_READ = {sign: value for value, sign in enumerate(SIGNS)} | {"O": 0, "I": 1, "L": 1}
_BETWEEN = " \t\n\r-–—.·"
MOST = 200  # signs; longer than any code, and short enough to read a wrong paste quickly


class CodeError(ValueError):
    """A code that cannot be read. The message says in one sentence what to do."""


def code_length(sizes: Sequence[int]) -> int:
    """How many signs a code has, its check included, whatever the answers are."""
    return _signs_for(_ways(sizes)) + 2


def encode(values: Sequence[int], sizes: Sequence[int]) -> str:
    """Write answers as a code, in groups of four.

    Args:
        values: one whole number an answer, 0 to the number of its possible answers less one.
        sizes: how many answers are possible, one number for each value; at least one.

    Returns:
        The code, such as ``7QK2 M0ZD 4C``; as long for one learner as for the next.

    Raises:
        ValueError: there is nothing to write, or a value lies outside its size.
    """
    ways = _ways(sizes)
    if len(values) != len(sizes):
        raise ValueError(f"found {len(values)} answers where {len(sizes)} belong")
    number = 0
    for place, (value, size) in enumerate(zip(values, sizes, strict=True), start=1):
        one = operator.index(value)
        if not 0 <= one < size:
            raise ValueError(f"answer {place} must lie between 0 and {size - 1}, found {one}")
        number = number * size + one
    signs = _written(number, _signs_for(ways)) + _written(number % CHECK, 2)
    return " ".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def decode(code: str, sizes: Sequence[int]) -> list[int]:
    """Read a code back, however it was typed.

    Args:
        code: as a person wrote it; spaces, hyphens and small letters do not matter.
        sizes: as in `encode`.

    Returns:
        The answers, one whole number each.

    Raises:
        CodeError: a sign that no code has, too few or too many, a wrong sign, two signs swapped, or
            a number that no answers give.
    """
    ways = _ways(sizes)
    if not isinstance(code, str) or len(code) > MOST:
        raise CodeError("That is no answer code: copy the one on the learner's screen.")
    signs = [sign for sign in code.upper() if sign not in _BETWEEN]
    for place, sign in enumerate(signs, start=1):
        if sign not in _READ:
            raise CodeError(f"Sign {place} is “{sign}”, which no code has: read it again.")
    wanted = _signs_for(ways) + 2
    if len(signs) != wanted:
        told = "missing" if len(signs) < wanted else "too many"
        count = abs(wanted - len(signs))
        are = "sign is" if count == 1 else "signs are"
        raise CodeError(f"{count} {are} {told}: this code has {wanted} in all.")
    number = _read(signs[:-2])
    if number % CHECK != _read(signs[-2:]) or number >= ways:
        raise CodeError("A sign is wrong, or two have changed places: read it again.")
    values = []
    for size in reversed(sizes):
        number, value = divmod(number, size)
        values.append(value)
    return values[::-1]


def _ways(sizes: Sequence[int]) -> int:
    if not sizes or any(operator.index(size) < 1 for size in sizes):
        raise ValueError("each answer needs at least one possible value, and there must be one")
    ways = 1
    for size in sizes:
        ways *= size
    return ways


def _signs_for(ways: int) -> int:
    return max(1, -(-(ways - 1).bit_length() // 5))


def _written(number: int, length: int) -> str:
    return "".join(SIGNS[number >> 5 * place & 31] for place in reversed(range(length)))


def _read(signs: Sequence[str]) -> int:
    number = 0
    for sign in signs:
        number = number * 32 + _READ[sign]
    return number
