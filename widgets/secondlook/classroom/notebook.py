"""What the teacher's notebook imports: ``ClassReport().show()`` and ``.save()``."""

from __future__ import annotations

from collections.abc import Sequence

from secondlook.checks import DataError
from secondlook.classroom.analysis import analyse
from secondlook.classroom.findings import LIMITS, findings
from secondlook.classroom.report import ReportError, page_of, summary_of, to_reteach, write
from secondlook.classroom.summary import Summary
from secondlook.classroom.view import INVENTED, monday_cards, no_monday
from secondlook.journal import course_folder
from secondlook.markup import Page, escape, listed

FOLDER, CODES = "hand_ins", "codes.txt"
OUTPUT = "class_report.html"
Part = tuple[str, Sequence[str]]  # a heading and its lines


class ClassReport:
    """The class report in a notebook: its findings on screen, the whole of it in one file.

    Args:
        folder: with the files handed in, inside the course's folder, beside ``lessons``.
        codes: a text file of answer codes there, read if it is there.
    """

    def __init__(self, folder: str = FOLDER, codes: str = CODES) -> None:
        self.course = course_folder()
        self.folder = self.course / folder
        self.codes = self.course / codes

    def show(self) -> Page:
        """What happened and what to reteach, in words."""
        try:
            summary = self._summary()
            if summary is None:
                return self._how_to()
            analysis = analyse(summary)
            found: list[Part] = [(one.heading, [one.sentence]) for one in findings(analysis)]
            if summary.invented:
                found.insert(0, ("A rehearsal with invented learners", [INVENTED]))
            again: list[Part] = [
                (one.heading, one.lines) for one in monday_cards(to_reteach(summary, analysis))
            ]
        except (DataError, ReportError) as problem:
            return _page([("The report could not be made", [str(problem)])])
        monday = again or [("What to reteach on Monday", [no_monday(analysis)])]
        used = f"{len(summary.kept)} used, {len(summary.refused)} not used."
        refused = [f"{name}: {reason}" for name, reason in summary.refused[:20]]
        return _page(
            [
                *found,
                *monday,
                ("Files and codes", [used, *refused]),
                ("What this cannot say", LIMITS),
            ]
        )

    def save(self) -> Page:
        """Write the whole report beside ``lessons``, and lead to it."""
        output = self.course / OUTPUT
        try:
            summary = self._summary()
            if summary is None:
                return self._how_to()
            write(page_of(summary), output)
        except (DataError, ReportError) as problem:
            return _page([("The report could not be made", [str(problem)])])
        told = (
            f"The whole report is in {OUTPUT}, beside the folder lessons. It opens in any browser, "
            "without a network, and it prints."
        )
        link = f'<p><a href="../{escape(OUTPUT)}">Open {escape(OUTPUT)}</a></p>'
        return _page([("Saved", [told])], link)

    def _summary(self) -> Summary | None:
        """None where nothing was handed in yet."""
        codes = self.codes if self.codes.is_file() else None
        if not self.folder.is_dir() and codes is None:
            return None
        summary = summary_of(self.folder, codes)
        return summary if summary.kept or summary.refused else None

    def _how_to(self) -> Page:
        steps = [
            f"Make a folder {self.folder.name} beside the folder lessons, if it is not there.",
            "Put the files into it that your learners made with Save my work.",
            f"Answer codes go into a file {self.codes.name} beside that folder, one a line.",
            "Then run this notebook again: Run, then Run All Cells.",
        ]
        return _page([("Nothing has been handed in yet", steps)])


def _page(parts: Sequence[Part], more: str = "") -> Page:
    markup = "".join(
        f"<h3>{escape(heading)}</h3>"
        + (f"<p>{escape(lines[0])}</p>" if len(lines) == 1 else listed(lines))
        for heading, lines in parts
    )
    text = "\n\n".join("\n".join([heading, *lines]) for heading, lines in parts)
    return Page(f"{markup}{more}", text)
