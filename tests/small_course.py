"""The way from one course's data to another's: what was read is read again."""

from __future__ import annotations

from secondlook import content

CACHED = ("facts", "records", "study_rows", "fact_value", "syllabus", "activities")


def forget() -> None:
    """Makes ``content`` read its files again."""
    for name in CACHED:
        getattr(content, name).cache_clear()
