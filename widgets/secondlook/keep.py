"""Save my work, Load my work: the one way answers leave or enter the machine, by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

from secondlook.journal import Journal, JournalError
from secondlook.markup import module_text, stylesheet


class Keep(anywidget.AnyWidget):
    """Shows the learner code with buttons that download the answers and bring them back.

    Traits (synced): ``page`` is HTML of the course shown above the buttons; ``learner`` is the
    code. The browser sends ``{"do": "save" | "load" | "new-code"}`` and gets ``{"do": "save"}``
    with the file, or ``{"do": "told"}`` with a sentence for the learner.

    Arguments:
        journal: the learner's answers.
        refresh: called after a file was loaded, so that open activities show it.
        page: HTML from the course's own data, never from a learner.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    page = traitlets.Unicode().tag(sync=True)
    learner = traitlets.Unicode().tag(sync=True)

    def __init__(self, journal: Journal, refresh: Callable[[], None], page: str = ""):
        self.journal = journal
        self.refresh = refresh
        super().__init__(
            _esm=module_text("keep"), _css=stylesheet(), page=page, learner=journal.learner
        )
        self.on_msg(self._asked)

    def _asked(self, _widget: Any, message: Any, _buffers: Any) -> None:
        """Does what a button asks; whatever goes wrong is told in one sentence."""
        do = message.get("do") if isinstance(message, dict) else None
        told = "That button does nothing here."
        try:
            if do == "save":
                self.send({"do": "save", "name": f"second-look-{self.learner}.jsonl",
                           "text": self.journal.export()})  # fmt: skip
                told = "Saved as a file. Your browser put it where downloads go."
            elif do == "load":
                report = self.journal.load(str(message.get("text", "")))
                self.learner = self.journal.learner
                self.refresh()
                told = report.sentence
            elif do == "new-code":
                self.learner = self.journal.new_code()
                told = f"You are {self.learner} now. Your answers stay."
        except JournalError as error:
            told = str(error)
        self.send({"do": "told", "text": told})

    def __repr__(self) -> str:
        return f"Your code: {self.learner}. Save my work and Load my work need a browser."

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle:  # the code is made on this machine, so it must not stand in a stored output
            bundle[0]["text/plain"] = "Save my work · Load my work"
        return bundle
