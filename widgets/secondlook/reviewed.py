"""Says in a sentence who has reviewed the course, from the list in ``data/reviews.json``.

It needs nothing but the list, so that documents can be drawn from it without the course installed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

CLINICIAN = "licensed clinician"
NOBODY = f"No {CLINICIAN} has reviewed it yet."


def sentence(reviews: Iterable[Mapping[str, Any]]) -> str:
    """Who has reviewed the course; first and above all, whether a licensed clinician has.

    Args:
        reviews: entries of ``data/reviews.json``: role, profession, country, date, what.
    """
    clinicians: list[str] = []
    others: list[str] = []
    for one in reviews:
        told = f"{one['profession']}, {one['country']} ({', '.join(one['what'])}; {one['date']})"
        (clinicians if one["role"] == CLINICIAN else others).append(told)
    said = NOBODY
    if clinicians:
        count = f"{len(clinicians)} {CLINICIAN}{'' if len(clinicians) == 1 else 's'}"
        said = f"Reviewed by {count}: {'; '.join(clinicians)}."
    if others:
        said += f" {'Also read' if clinicians else 'Read'} by: {'; '.join(others)}."
    return said
