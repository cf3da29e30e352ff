"""Save my work, Load my work: the one way answers leave or enter the machine, by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import anywidget
import traitlets

from secondlook.activities.answer_fields import DRAFT
from secondlook.answer_lines import Record, begins, clean_answer, place_problem
from secondlook.classroom import hand_in
from secondlook.journal import Journal, JournalError, LoadReport
from secondlook.markup import module_text, stylesheet


class Keep(anywidget.AnyWidget):
    """Shows the learner code with buttons that download the answers and bring them back.

    Traits (synced): ``page`` is HTML of the course shown above the buttons; ``learner`` is the
    code. The browser sends ``{"do": "save", "texts": bool, "drafts": [...]}``, ``{"do": "load",
    "text": the file}`` or ``{"do": "new-code"}``. It gets ``{"do": "save"}`` with the file,
    ``{"do": "drafts"}`` with those of a file, and ``{"do": "told"}`` with a sentence for the
    learner. A draft is ``{"lesson", "activity", "item", "draft"}``; what stands in it is text that
    only the browser keeps and only the browser reads.

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
                told = self._save(message.get("texts") is True, message.get("drafts"))
            elif do == "load":
                told = self._load(str(message.get("text", "")))
            elif do == "new-code":
                self.learner = self.journal.new_code()
                told = f"You are {self.learner} now. Your answers stay."
        except JournalError as error:
            told = str(error)
        self.send({"do": "told", "text": told})

    def _save(self, texts: bool, sent: Any) -> str:
        drafts = _drafts(sent) if texts else []
        made = hand_in.gather(self.learner, [*self.journal.latest(), *drafts], texts=texts)
        self.send({"do": "save", "name": f"second-look-{self.learner}.json",
                   "text": hand_in.write_hand_in(made)})  # fmt: skip
        told = "Saved as a file. Your browser put it where downloads go."
        if texts:
            count = sum(DRAFT in (one.answer or {}) for one in made.answers)
            told += f" {_counted(count)} in it." if count else " No drafts were found to put in."
        if made.left_out:
            told += f" Left out: {made.left_out} that this copy of the course does not know."
        return told

    def _load(self, text: str) -> str:
        data = text.encode("utf-8", "replace")
        if begins(data.removeprefix(b"\xef\xbb\xbf")):  # as files were until this format
            return self._loaded(self.journal.load(text))
        read = hand_in.read_hand_in(data)
        drafts = [one for one in read.answers if one.answer and DRAFT in one.answer]
        answers = hand_in.keeping_texts(read, self.journal.latest())
        report = self.journal.take(
            read.learner, [one for one in answers if not one.answer or DRAFT not in one.answer]
        )
        told = self._loaded(report)
        if drafts:
            self.send({"do": "drafts", "learner": self.learner, "drafts": [
                {"lesson": one.lesson, "activity": one.activity, "item": one.item,
                 "draft": (one.answer or {})[DRAFT]} for one in drafts
            ]})  # fmt: skip
            back = f"{_counted(len(drafts))} back in this browser."
            told = f"{told} {back}" if report.read else back
        if read.left_out:
            told += f" Left out: {read.left_out} that this copy of the course does not know."
        return told

    def _loaded(self, report: LoadReport) -> str:
        self.learner = self.journal.learner
        self.refresh()
        return report.sentence

    def __repr__(self) -> str:
        return f"Your code: {self.learner}. Save my work and Load my work need a browser."

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle:  # the code is made on this machine, so it must not stand in a stored output
            bundle[0]["text/plain"] = "Save my work · Load my work"
        return bundle


def _drafts(sent: Any) -> list[Record]:
    """What the browser sends as drafts, as records; what is none of that is passed over."""
    found = []
    for one in sent if isinstance(sent, list) else []:
        if not isinstance(one, dict) or one.keys() != {"lesson", "activity", "item", DRAFT}:
            continue
        place = (one["lesson"], one["activity"], one["item"])
        try:
            answer = clean_answer({DRAFT: one[DRAFT]})
        except ValueError:
            continue
        if not place_problem(*place):
            found.append(Record(date.today().isoformat(), *place, answer))
    return found


def _counted(drafts: int) -> str:
    return "Your draft is" if drafts == 1 else f"Your {drafts} drafts are"
