"""judge: a post, a call (trust it or question it) and how sure; half of the posts are sound."""

from __future__ import annotations

from typing import Any, ClassVar

from secondlook import content
from secondlook.activities import on_paper
from secondlook.activities.base import (
    Activity,
    Record,
    has_fields,
    one_of,
    post_card,
    post_counts,
    post_paper,
    post_text,
    source_line,
)
from secondlook.activities.choose import CONFIDENCES
from secondlook.activities.expected import Expected, brief
from secondlook.checks import Problem, unknown
from secondlook.forms import RIGHT_CALL
from secondlook.markup import escape

CALLS = {"trust": "I'd trust it", "question": "I'd question it"}

#: What a post leans on, in the words a learner reads ("none" stands for nothing to name).
TACTICS = {
    "absolute-language": "words that allow no exception",
    "anecdote-as-data": "one story told as a rule",
    "causal-leap": "a jump from “these go together” to “this causes that”",
    "cherry-picking": "only the results that fit",
    "diagnosis-by-video": "a diagnosis through a screen",
    "false-authority": "a title that does not cover this topic",
    "fear-appeal": "fear, to keep you watching",
    "missing-context": "the part that was left out",
    "natural-is-better": "“natural” used as proof",
    "out-of-date": "old findings told as current",
    "pathologising-normal": "an ordinary feeling called a disorder",
    "sells-something": "something for sale at the end",
    "vague-symptoms": "signs that fit nearly everybody",
}


def is_call(answer: Any) -> bool:
    """Whether ``answer`` is a call and how sure."""
    return (
        has_fields(answer, "call", "sure")
        and one_of(answer["call"], CALLS)
        and answer["sure"] in CONFIDENCES
    )


def count(judged: list[tuple[str, Record]]) -> dict[str, int]:
    """The counts that ``scoring.two_sided`` takes, from labels and answers."""
    counts = dict.fromkeys(("trusted_sound", "n_sound", "trusted_unsound", "n_unsound"), 0)
    for label, answer in judged:
        counts[f"n_{label}"] += 1
        counts[f"trusted_{label}"] += answer["call"] == "trust"
    return counts


class Judge(Activity):
    """Posts to trust or to question.

    An answer is ``{"call": "trust" | "question", "sure": 50 to 100}`` (percent). It is final, so
    that the counts show what was thought before the reasons were read.

    An item with ``"counts": false`` is a first look: the post without its likes, comments and
    shares, and no verdict yet. The same post comes again later in the activity, with its counts and
    its verdict, and the learner sees both of their own answers. Only the later one is counted.
    """

    kind: ClassVar[str] = "judge"
    fields: ClassVar[dict[str, str]] = {
        "call": "trust or question",
        "sure": "how sure the learner was, 50 to 100",
    }

    def accepts(self, item: Record, answer: Any) -> bool:
        return is_call(answer)

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        posts = [content.record("posts", item["post"]) for item in record["items"]]
        labels = [
            post["label"]
            for item, post in zip(record["items"], posts, strict=True)
            if not first_look(item)
        ]
        sound, unsound = (labels.count(label) for label in RIGHT_CALL)
        found = []
        if sound != unsound:
            told = f"{sound} sound and {unsound} unsound"
            found.append(Problem(file, record["id"], "items", told, "as many sound as unsound"))
        for place, item in enumerate(record["items"]):
            later = [one["post"] for one in record["items"][place:] if not first_look(one)]
            if first_look(item) and item["post"] not in later:
                found.append(Problem(file, f"{record['id']}/{item['id']}", "counts",
                                     "a first look without a second one",
                                     "the same post again later, with its counts"))  # fmt: skip
        for item, post in zip(record["items"], posts, strict=True):
            named = [one for one in post["tactics"] if one != "none"]
            where = f"{record['id']}/{item['id']}"
            found += unknown(file, where, "post.tactics", named, TACTICS, "the list in judge.py")
        return found

    def shown(self) -> Record:
        """The activity with the tactics' plain names."""
        return {**self.record, "tactics": TACTICS}

    def result(self) -> dict[str, int]:
        """The counts that ``scoring.two_sided`` and ``scoring.d_prime`` take, by their names."""
        return count(self.judged(self.record, self._kept()))

    def confidences(self) -> list[tuple[float, bool]]:
        """What ``scoring.calibration`` takes: how sure (0.5 to 1), and was the call right."""
        return self.sureness(self.record, self._kept())

    @classmethod
    def judged(cls, record: Record, answers: dict[str, Any]) -> list[tuple[str, Record]]:
        """Label and answer of each post that was judged; what is no answer is left out."""
        found = []
        for item in record["items"]:
            answer = answers.get(item["id"])
            if not first_look(item) and answer is not None and is_call(answer):
                found.append((content.record("posts", item["post"])["label"], answer))
        return found

    @classmethod
    def sureness(cls, record: Record, answers: dict[str, Any]) -> list[tuple[float, bool]]:
        return [
            (answer["sure"] / 100, answer["call"] == RIGHT_CALL[label])
            for label, answer in cls.judged(record, answers)
        ]

    def paper_item(self, item: Record) -> str:
        again = self._again(item)
        first = first_look(item)
        card = post_paper(item["post"], counts=not first, comments=True)
        shown = f"<p>{escape(again)}</p>" if again else card
        return shown + call_paper() + ("" if first else on_paper.lines(2, "because"))

    def paper_tail(self) -> str:
        """Room for the two-sided count, if both sides are equal, so that it tells nothing."""
        labels = [
            content.record("posts", one["post"])["label"]
            for one in self.record["items"]
            if not first_look(one)
        ]
        sound, unsound = (labels.count(label) for label in RIGHT_CALL)
        if sound != unsound or sound == 1:
            return ""
        again = (
            f" With the counts in sight I changed {on_paper.gap()} of {len(labels)} calls."
            if len(labels) < len(self.record["items"])
            else ""
        )
        return (
            '<p class="sl-tally"><b>Once you have heard the reasons:</b> '
            f"I trusted {on_paper.gap()} of {sound} sound posts"
            f" and questioned {on_paper.gap()} of {unsound} unsound ones."
            f"{again}</p>"
        )

    def cards(self) -> list[str]:
        bare = [one["post"] for one in self.record["items"] if first_look(one)]
        return [
            on_paper.card(post_paper(post, counts=post not in bare), str(place))
            for place, post in enumerate(self.posts(), start=1)
        ]

    def _again(self, item: Record) -> str:
        """What a sheet says in place of a post that it has shown already; "" for a new one.

        It gives the number of the first look: one creator may have two posts on a sheet.
        """
        looks = [one["post"] if first_look(one) else None for one in self.record["items"]]
        if first_look(item) or item["post"] not in looks:
            return ""
        post = post_card(item["post"])
        place, handle = looks.index(item["post"]) + 1, post["creator"]["handle"]
        return f"Post {place} by @{handle} again, now with its counts: {post_counts(post)}."

    def glance(self, item: Record) -> str:
        if first_look(item):
            items = self.record["items"]
            later = [one["post"] == item["post"] and not first_look(one) for one in items]
            return f"see {later.index(True) + 1}"
        label = content.record("posts", item["post"])["label"]
        return f"{label}: {RIGHT_CALL[label]} it"

    def key_item(self, item: Record) -> str:
        if first_look(item):
            handle = post_card(item["post"])["creator"]["handle"]
            return f"<p>@{escape(handle)}: a first look, judged below ({self.glance(item)}).</p>"
        return post_key(item["post"])

    def text_item(self, item: Record) -> str:
        return "\n   ".join([self._again(item) or post_text(item["post"]), *call_text()])

    def expected(self, item: Record) -> list[Expected]:
        return [] if first_look(item) else [expected_call(item["post"])]


def call_paper() -> str:
    """The call and how sure, as boxes to tick."""
    return on_paper.scale("", CALLS.values()) + on_paper.sure_scale()


def call_text() -> list[str]:
    """The call and how sure, as lines of plain text."""
    sure = "How sure? " + " ".join(f"( ) {one}%" for one in CONFIDENCES)
    return [*(f"( ) {one}" for one in CALLS.values()), sure]


def post_key(key: str) -> str:
    """What a teacher's sheet says of a post: the verdict, the reason, the answer to each call."""
    post = post_card(key)
    told = "This one holds up" if post["label"] == "sound" else "This one needs a second look"
    right = RIGHT_CALL[post["label"]]
    fix = f"<p>What would make it fair: {escape(post['fix'])}</p>" if post["fix"] else ""
    names = [TACTICS[one] for one in post["tactics"] if one in TACTICS]
    leans = f"<p>It leans on: {escape('; '.join(names))}.</p>" if names else ""
    said = "".join(
        f"<li>“{escape(CALLS[call])}”: {escape(post['feedback'][call])}</li>"
        for call in sorted(CALLS, key=lambda one: one != right)
    )
    return (
        f'<p class="sl-asked">@{escape(post["creator"]["handle"])}</p>'
        f"{on_paper.answer(f'{told}.', post['reason'])}{fix}{leans}"
        f'<ul class="sl-others">{said}</ul>{on_paper.source(source_line(post))}'
    )


def expected_call(key: str) -> Expected:
    """What a teacher expects of a post: whether it is sound, and why."""
    post = post_card(key)
    right = RIGHT_CALL[post["label"]]
    wrong = [(CALLS[call], said) for call, said in post["feedback"].items() if call != right]
    asked = f"@{post['creator']['handle']}: “{post['caption']}”"
    return Expected(asked, f"{post['label'].capitalize()}. {brief(post['reason'])}", wrong)


def first_look(item: Record) -> bool:
    """Whether an item shows its post without the counts, to be judged again later."""
    return item.get("counts") is False


KIND = Judge
