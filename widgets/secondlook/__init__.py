"""Second Look: lessons that teach teenagers to judge mental-health posts.

A notebook needs one name: :class:`Lesson`, :class:`Test` for the tests around the course, or
:class:`ClassReport` for the teacher's report on them. Each is loaded on first use, so that
``import secondlook`` costs next to nothing and brings neither pandas nor plotly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["ClassReport", "Lesson", "Test", "__version__"]

if TYPE_CHECKING:
    from secondlook.classroom.notebook import ClassReport
    from secondlook.lesson import Lesson
    from secondlook.sitting import Test


def __getattr__(name: str) -> Any:
    if name == "Lesson":
        from secondlook.lesson import Lesson

        return Lesson
    if name == "Test":
        from secondlook.sitting import Test

        return Test
    if name == "ClassReport":
        from secondlook.classroom.notebook import ClassReport

        return ClassReport
    raise AttributeError(f"module 'secondlook' has no attribute {name!r}")
