"""What every kind of activity shares: one set of data, three faces, and the way to the journal.

* screen: ``static/<kind>.js`` draws ``spec`` and answers a click in the browser by itself;
* record: ``state`` comes back with the answers, which go to the journal; ``saved`` says so;
* paper: :meth:`Activity.paper` and :meth:`Activity.key`; :meth:`Activity.text` for plain text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Protocol

import anywidget
import traitlets

from secondlook import content
from secondlook.activities import on_paper
from secondlook.activities.expected import Expected, of_options
from secondlook.checks import Problem
from secondlook.journal import JournalError
from secondlook.markup import escape, module_text, stylesheet

Record = dict[str, Any]
COUNTED = ("likes", "comments", "shares")


class Keeper(Protocol):
    """What an activity needs of the journal."""

    learner: str

    def answers(self, lesson: int, activity: str) -> dict[str, Record]:
        """The latest answers by item."""

    def record(self, lesson: int, activity: str, item: str, answer: Record | None) -> None:
        """Keeps one answer; ``None`` clears it. Raises JournalError with a plain sentence."""


class Activity(anywidget.AnyWidget):
    """One activity of a lesson.

    Traits (all synced): ``spec`` is what is shown; ``state`` is ``{"rev": int, "items": {item id:
    answer}}`` as the browser has it; ``saved`` is ``{"rev": int, "problem": sentence}``, Python's
    receipt for it.

    Arguments:
        lesson: number of the lesson.
        record: the activity as ``content.activities`` gives it.
        journal: where answers go.
    """

    kind: ClassVar[str] = ""
    #: Each field that an answer may have, with what it holds in a parent's words. What is not named
    #: here never gets into a learner's file; ``data/README.md`` is drawn from it.
    fields: ClassVar[dict[str, str]] = {}
    #: Those of ``fields`` that a learner types freely. They travel only if the learner ticks a box.
    texts: ClassVar[frozenset[str]] = frozenset()
    #: What paper calls the first item: "1", or "A" where items are cards.
    first_mark: ClassVar[str] = "1"
    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)
    spec = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    saved = traitlets.Dict().tag(sync=True)

    def __init__(self, lesson: int, record: Record, journal: Keeper):
        self.lesson = lesson
        self.record = record
        self.journal = journal
        self.items = {item["id"]: item for item in self.answerable()}
        kept = self._kept()
        super().__init__(
            _esm=module_text(self.kind),
            _css=stylesheet(),
            spec=self._spec(),
            state={"rev": 0, "items": kept},
            saved={"rev": 0, "problem": ""},
        )
        self._known = kept
        self.observe(self._answered, "state")

    def _spec(self) -> Record:
        return {
            **self.shown(),
            "lesson": self.lesson,
            "learner": self.journal.learner,
            "references": {one["key"]: one for one in content.cited(self.references())},
            "posts": {key: post_card(key) for key in self.posts()},
        }

    # --- record ----------------------------------------------------------------------------

    def _kept(self) -> dict[str, Record]:
        kept = self.journal.answers(self.lesson, self.record["id"])
        return {
            item: answer
            for item, answer in kept.items()
            if item in self.items and self.accepts(self.items[item], answer)
        }

    def _answered(self, change: Any) -> None:
        """Writes down what is new. An answer that is not one of this activity's is left out."""
        told = change["new"]
        items = told.get("items")
        problem = ""
        for item, answer in (items if isinstance(items, dict) else {}).items():
            if item not in self.items or answer == self._known.get(item):
                continue
            if answer is not None and not self.accepts(self.items[item], answer):
                continue
            try:
                self.journal.record(self.lesson, self.record["id"], item, answer)
            except JournalError as error:
                problem = str(error)
            self._known = {**self._known, item: answer}
        self.saved = {"rev": told.get("rev", 0), "problem": problem}

    def refresh(self) -> None:
        """Shows what the journal has now (after "Load my work")."""
        self._known = self._kept()
        self.state = {"rev": self.state.get("rev", 0) + 1, "items": self._known}

    def accepts(self, item: Record, answer: Any) -> bool:
        """Whether ``answer`` is an answer to ``item``. Every kind says so for itself."""
        raise NotImplementedError

    def answerable(self) -> list[Record]:
        """What an answer may belong to: the items, and what a kind keeps beside them."""
        listed: list[Record] = self.record["items"]
        return listed

    # --- data ------------------------------------------------------------------------------

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        """What the schema cannot see, such as a wrong answer key."""
        return []

    @classmethod
    def sureness(cls, record: Record, answers: dict[str, Any]) -> list[tuple[float, bool]]:
        """How sure each answer was (0.5 to 1), and was it right; for kinds that ask for both."""
        return []

    def shown(self) -> Record:
        """The activity as the browser gets it; a kind may add what it has looked up."""
        return self.record

    def posts(self) -> list[str]:
        """The ids of the posts that are shown, each once."""
        return list(dict.fromkeys(one["post"] for one in self.record["items"] if "post" in one))

    def references(self) -> list[str]:
        """The keys of all sources that may be named, each once."""
        keys = [key for item in self.record["items"] for key in item.get("refs", [])]
        for post in self.posts():
            keys += content.post_references(content.record("posts", post))
        return list(dict.fromkeys(keys))

    # --- paper and plain text --------------------------------------------------------------

    def paper_item(self, item: Record) -> str:
        """One item as printable HTML, without its key."""
        raise NotImplementedError

    def key_item(self, item: Record) -> str:
        """The key of one item as printable HTML."""
        raise NotImplementedError

    def text_item(self, item: Record) -> str:
        """One item as plain text, without its key."""
        raise NotImplementedError

    def paper_ask(self) -> str:
        """What the sheet asks: ``paper`` of the record where its ``ask`` speaks of a screen."""
        return str(self.record.get("paper", self.record.get("ask", "")))

    def paper_lead(self) -> str:
        """What stands between the ask and the first item, as HTML: a legend, a map."""
        return ""

    def paper_tail(self) -> str:
        """What stands under the last item of the sheet, as HTML."""
        return ""

    def glance(self, item: Record) -> str:
        """The answer to one item in a word or two, for the line that a teacher marks by."""
        return ""

    def key_lead(self) -> str:
        """What the key says before its items: all answers in one line, where they are short."""
        return on_paper.glance(list(map(self.glance, self.record["items"])), self.first_mark)

    def _sheet(self, items: Iterable[str], what: str, lead: str, tail: str = "") -> str:
        body = "\n".join(f"<li>{one}</li>" for one in items)
        title = escape(self.record["title"])
        return (
            f'<section class="paper paper-{self.kind}"><h3>{title}{what}</h3>{lead}'
            f'<ol class="sl-items" type="{self.first_mark}">{body}</ol>{tail}</section>'
        )

    def paper(self) -> str:
        """The sheet a learner gets, as an HTML fragment."""
        ask = self.paper_ask()
        lead = (f"<p>{escape(ask)}</p>" if ask else "") + self.paper_lead()
        items = map(self.paper_item, self.record["items"])
        return self._sheet(items, "", lead, self.paper_tail())

    def key(self) -> str:
        """The sheet a teacher keeps, as an HTML fragment."""
        return self._sheet(map(self.key_item, self.record["items"]), " (key)", self.key_lead())

    def cards(self) -> list[str]:
        """What is cut out for this activity, one HTML fragment a card; no card tells its answer."""
        return []

    def text(self) -> str:
        """The activity for a screen without widgets."""
        items = "\n\n".join(
            f"{number}. {self.text_item(item)}"
            for number, item in enumerate(self.record["items"], start=1)
        )
        head = "\n".join(one for one in (self.record["title"], self.record.get("ask", "")) if one)
        return f"{head}\n\n{items}"

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.record['id']!r}, lesson {self.lesson})"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle:
            bundle[0]["text/plain"] = self.text()
        return bundle

    def expected(self, item: Record) -> list[Expected]:
        """What is asked in an item, what is right, and what is said instead; for the guide."""
        return [of_options(item["question"], item["options"])]


def has_fields(answer: Any, *names: str) -> bool:
    """Whether ``answer``, which may be anything a page sends, is a record of just these fields."""
    return isinstance(answer, dict) and set(answer) == set(names)


def one_of(value: Any, known: Iterable[str]) -> bool:
    """Whether ``value`` is one of the ids ``known``; a list or a record never is."""
    return isinstance(value, str) and value in set(known)


def post_card(key: str) -> Record:
    """A post with its creator, as the card needs it."""
    post = content.fill(content.record("posts", key))
    creator = content.record("creators", post["creator"])
    refs = content.post_references(post)
    return {**post, "refs": refs,
            "creator": {name: creator[name] for name in ("handle", "name", "role")}}  # fmt: skip


def post_paper(
    key: str, *, counts: bool = True, comments: bool = False, caption: bool = True
) -> str:
    """A post as a card to print.

    Arguments:
        key: id of the post.
        counts: whether its likes, comments and shares stand under it.
        comments: whether the comments that the screen shows do.
        caption: whether its caption does; a sheet that cuts it into sentences has it already.
    """
    post = post_card(key)
    creator = post["creator"]
    beats = "".join(f"<li>{escape(one)}</li>" for one in post["beats"])
    tags = "".join(f" #{escape(one)}" for one in post["hashtags"])
    said = "".join(f"<li><b>@{escape(one['who'])}</b> {escape(one['text'])}</li>"
                   for one in post["comments"])  # fmt: skip
    below = [
        f'<p class="sl-caption">{escape(post["caption"])}{tags}</p>' if caption else "",
        f'<p class="sl-paid">{escape(post["disclosure"])}</p>' if post["disclosure"] else "",
        f'<p class="sl-counts">{escape(post_counts(post))}</p>' if counts else "",
        f'<ul class="sl-said">{said}</ul>' if comments and said else "",
    ]
    return (
        f'<article class="post"><p class="sl-by"><b>@{escape(creator["handle"])}</b>, '
        f'{escape(creator["role"])} <span class="sl-made">invented post</span></p>'
        f'<ol class="sl-beats">{beats}</ol>{"".join(below)}</article>'
    )


def post_counts(post: Record) -> str:
    """The counts of a post in one line: "41,200 likes, 618 comments, 900 shares"."""
    return ", ".join(f"{post['counts'][what]:,} {what}" for what in COUNTED)


def post_text(key: str) -> str:
    """A post as plain text."""
    post = post_card(key)
    lines = [f"@{post['creator']['handle']}, {post['creator']['role']}", *post["beats"]]
    return "\n   ".join([*lines, post["caption"]])


def source_line(item: Record) -> str:
    """The sources of an item for paper: short citation and address."""
    cited = content.cited(item.get("refs", []))
    return "; ".join(f"{one['short']}, {one['url']}" for one in cited)
