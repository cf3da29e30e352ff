"""Templates that become an HTML file: every text in them escaped, and nothing missing unseen."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from secondlook.markup import clean


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
