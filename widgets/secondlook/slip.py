"""The answer code of one test on screen, for where a file cannot travel."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from secondlook import forms
from secondlook.checks import DataError
from secondlook.markup import module_text, stylesheet

WAIT = "Your answer code comes here once you have pressed Done."
NONE = "There is no answer code for this test on this copy of the course. Hand in the file."


class Slip(anywidget.AnyWidget):
    """Shows a handed-in test as a code to read out or write down, and as a QR code to scan.

    Traits (synced): ``code`` in groups of four signs, "" while there is none; ``qr`` the picture
    as an SVG of the course's own; ``said`` what stands there instead.

    Arguments:
        sheet: gives what the journal holds of the test now, or None.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    code = traitlets.Unicode().tag(sync=True)
    qr = traitlets.Unicode().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)

    def __init__(self, sheet: Callable[[], forms.TestSheet | None]):
        self._sheet = sheet
        super().__init__(_esm=module_text("slip"), _css=stylesheet(), said=WAIT)
        self.refresh()

    def refresh(self) -> None:
        """Shows the code of what the journal holds now: none before the test is handed in."""
        code, picture, said = "", "", WAIT
        try:
            sheet = self._sheet()
            if sheet is not None and sheet.finished:
                from secondlook.classroom import codes, qr  # not a learner's cost before the end

                code = codes.write_code(sheet)
                picture = qr.qr_svg(code, "Your answer code as a QR code")
        except (DataError, ValueError):  # the form's data is damaged, or of another edition
            said = NONE
        with self.hold_sync():
            self.said, self.qr, self.code = said, picture, code

    def __repr__(self) -> str:
        return f"Your answer code: {self.code}" if self.code else self.said

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle:  # it holds a learner's answers, so it must not stand in a stored output
            bundle[0]["text/plain"] = "Answer code"
        return bundle
