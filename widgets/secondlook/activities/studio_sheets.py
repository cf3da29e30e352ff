"""The post studio on paper: jobs to pick from, a storyboard, a checklist, and the key."""

from __future__ import annotations

from secondlook import content
from secondlook.activities import on_paper
from secondlook.activities.base import Record, source_line
from secondlook.markup import escape, listed

#: The checks in the order of the screen, as a partner reads them.
CHECKLIST = (
    "There are three to six beats and a caption.",
    "No word in it can harm a reader.",
    "It sounds as sure as the evidence is, and no surer.",
    "Nobody's details are in it: no name of a real person, no number, no link.",
    "It names a source that a reader can look up.",
    "Who pays is said first, or nobody pays.",
    "It says where to find a person, if the job asks for it.",
)


def _who(key: str) -> str:
    one = content.record("creators", key)
    ties = f"; {one['ties']}" if one["ties"] else ""
    return f"{one['name']} ({one['role']}{ties})"


def _claim(brief: Record) -> str:
    told: Record = content.fill(content.record("claims", brief["claim"]))
    return str(told["claim"])


def _job(brief: Record, mark: str) -> str:
    weak = [*brief["weak"]["beats"], brief["weak"]["caption"]]
    person = "<p><b>This job says where to find a person.</b></p>" if brief.get("help") else ""
    return (
        f'<div class="sl-job"><h4>{mark} {escape(brief["title"])}</h4>'
        f"<p><b>The claim:</b> {escape(_claim(brief))}</p><p><b>What is known:</b></p>"
        f"{listed(brief['known'])}<p><b>Write as one of these:</b></p>"
        f"{listed(map(_who, brief['people']))}<p><b>Name one source:</b></p>"
        f"{on_paper.tick_list(one['text'] for one in brief['sources'])}"
        f"<p><b>Or repair this weak post:</b></p><blockquote>{'<br>'.join(map(escape, weak))}"
        f"</blockquote>{person}</div>"
    )


def _board(beats: int) -> str:
    """Frames to draw and write in, then the caption and what stands under it."""
    frames = "".join(
        f"<figure><small>{number}</small><figcaption>{on_paper.lines(2)}</figcaption></figure>"
        for number in range(1, beats + 1)
    )
    return (
        "<p>My job: ____ &#160; I write as: ______________________ &#160; "
        f"{on_paper.BOX} fresh &#160; {on_paper.BOX} repaired</p>"
        f'<div class="sl-board">{frames}</div>'
        f"<p><b>Caption</b></p>{on_paper.lines(4)}"
        "<p><b>Source, and where to find a person</b></p>" + on_paper.lines(2)
    )


def _checklist() -> str:
    rows = "".join(
        f'<tr><th scope="row">{escape(one)}</th><td>{on_paper.BOX}</td><td>{on_paper.BOX}</td></tr>'
        for one in CHECKLIST
    )
    return (
        '<table class="sl-checklist"><thead><tr><th scope="col">Before anybody else reads it</th>'
        '<th scope="col">me</th><th scope="col">partner</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def paper(item: Record, limits: Record) -> str:
    """The jobs, the storyboard and the checklist.

    Arguments:
        item: of a studio.
        limits: how many beats a post has, and how long they are.
    """
    jobs = "".join(_job(one, on_paper.letter(place)) for place, one in enumerate(item["briefs"]))
    return (
        f'<div class="sl-jobs">{jobs}</div><div class="sl-studio">'
        f"<p><b>The storyboard.</b> {limits['fewest']} to {limits['most']} beats: a picture, and "
        f"at most {limits['beat']} characters under it. The caption: {limits['caption']}.</p>"
        f"{_board(limits['most'])}{_checklist()}</div>"
    )


def word_card(rules: list[Record]) -> str:
    """The words that the check on screen would stop at, as a card to read a post with."""
    rows = "".join(
        f'<tr><th scope="row">{escape(one["words"])}</th><td>{escape(one["say"])}</td></tr>'
        for one in rules
    )
    return on_paper.card(
        f'<h4>The word check</h4><table class="sl-words"><tbody>{rows}</tbody></table>'
    )


def key(item: Record, weak_words: dict[str, list[str]]) -> str:
    """What is weak in each weak post, which source is good, and a post that passes.

    Arguments:
        item: of a studio.
        weak_words: for each job, the words of its weak post that the check would stop at.
    """
    told = ""
    for place, one in enumerate(item["briefs"]):
        found = ", ".join(f"“{words}”" for words in weak_words[one["id"]])
        ours = listed([*one["ours"]["beats"], one["ours"]["caption"]])
        told += (
            f"<h4>{on_paper.letter(place)} {escape(one['title'])}</h4>"
            f"<p><b>The weak post says:</b> {escape(found)}</p>"
            + on_paper.options_key(
                (source["text"], source["good"], source["feedback"]) for source in one["sources"]
            )
            + f"<p><b>One that passes, as {escape(_who(one['ours']['person']))}:</b></p>{ours}"
            f"<p>{escape(one['ours']['why'])}</p>"
        )
    return told + on_paper.source(source_line(item))
