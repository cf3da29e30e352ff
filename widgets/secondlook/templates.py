"""Templates that become an HTML file: every text in them escaped, and nothing missing unseen."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

# What neither HTML nor XML can hold as text; a lone surrogate could not even be saved.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: object) -> str:
    """``text`` without control characters and lone surrogates."""
    return _UNSEEN.sub("\ufffd", str(text))


@cache
def environment(package: str) -> Environment:
    """What draws the templates in the folder ``templates`` of a package.

    Arguments:
        package: its full name, such as ``secondlook.paper``.
    """
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _finalize(value: Any) -> Any:
    # Markup is ours and stays; text may hold what no file can, such as half of a surrogate pair.
    return clean(value) if type(value) is str else value
