"""Learner codes such as `fern-otter-42`: made at random on the machine, and about nobody."""

from __future__ import annotations

import re
import secrets

# Words that are friendly, easy to spell and say nothing about a person. A code from anywhere else
# is checked against them, so that no name can travel as a code. Add words at the end and never take
# one away: an answer code counts them.
PLANTS = (
    "acorn", "alder", "aster", "basil", "birch", "briar", "cedar", "clover", "cress", "daisy",
    "elder", "fern", "fennel", "ginger", "heather", "holly", "laurel", "lilac", "linden", "lotus",
    "maple", "mint", "moss", "myrtle", "nettle", "olive", "pepper", "poppy", "reed", "sage",
    "sorrel", "thyme",
)  # fmt: skip
ANIMALS = (
    "badger", "beaver", "bison", "crane", "curlew", "dolphin", "egret", "falcon", "finch", "gecko",
    "hare", "heron", "ibex", "jackdaw", "kestrel", "koala", "lemur", "lynx", "marten", "newt",
    "otter", "owl", "panda", "plover", "puffin", "robin", "seal", "swift", "tapir", "turtle",
    "vole", "wren",
)  # fmt: skip
CODE = re.compile(rf"(?:{'|'.join(PLANTS)})-(?:{'|'.join(ANIMALS)})-[1-9][0-9]")


def random_code() -> str:
    """Make a new code (one of 92,160)."""
    return f"{secrets.choice(PLANTS)}-{secrets.choice(ANIMALS)}-{secrets.randbelow(90) + 10}"


def is_code(value: object) -> bool:
    """Say whether `value` is a code that `random_code` could have made."""
    return isinstance(value, str) and CODE.fullmatch(value) is not None
