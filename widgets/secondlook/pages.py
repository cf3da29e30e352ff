"""The parts of a lesson that are read, not answered: opening, help, talk, recap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from secondlook import content
from secondlook.checks import DataError
from secondlook.markup import Page, escape, listed

Record = dict[str, Any]

PARTS = {
    "tour": "a look around",
    "try": "try one",
    "save": "keep your work",
    "starter": "warm-up",
    "notes": "what is ahead",
    "worked": "one done together",
    "main": "your turn",
    "talk": "talk",
    "exit": "exit ticket",
}
SEPARATOR = " · "  # between two ways to reach a help line
PASS_RULE = (
    "You can pass on any post or question, without saying why. "
    "We talk about posts, never about each other."
)


def opening(lesson: Record, notes: list[str]) -> Page:
    """Hook, minutes by part, objectives, content note, pass rule and help.

    Arguments:
        lesson: its table in the syllabus.
        notes: sentences that the learner should see now.
    """
    total = sum(lesson["minutes"].values())
    plan = "".join(
        f'<li style="flex:{minutes}"><b>{minutes}</b> {PARTS[part]}</li>'
        for part, minutes in lesson["minutes"].items()
    )
    warned = "".join(f'<p class="sl-notice">{escape(one)}</p>' for one in notes)
    markup = (
        f'<p class="sl-hook">{escape(lesson["question"])}</p>{warned}'
        f'<ol class="sl-plan" aria-label="{total} minutes, part by part">{plan}</ol>'
        f'<div class="sl-cols"><div><p class="sl-lead">After this you can</p>'
        f"{listed(lesson['objectives'])}</div>"
        f'<div><p class="sl-lead">Before you start</p><p>{escape(lesson["content_note"])}</p>'
        f"<p>{PASS_RULE}</p></div></div>{help_block()}"
    )
    goals = "\n".join(f"- {one}" for one in lesson["objectives"])
    text = (
        f"{lesson['title']} ({total} minutes)\n{lesson['question']}\n\nAfter this you can\n{goals}"
        f"\n\n{lesson['content_note']} {PASS_RULE}\n\n{help_text()}"
    )
    return Page(markup, "\n".join([*notes, text]))


def reach(line: Mapping[str, Any], say: Callable[[str], str] = str) -> str:
    """How to reach a help line, as text: phone, text number, web.

    Arguments:
        line: its record.
        say: puts a text into another language; numbers and addresses stay as they are.
    """
    ways = [
        f"{say('call')} {say(line['phone'])}" if line.get("phone") else "",
        f"{say('text')} {say(line['text'])}" if line.get("text") else "",
        line.get("web") or "",
    ]
    return SEPARATOR.join(way for way in ways if way)


def help_block() -> str:
    """Where to find a person, by country; the same block in the same place of every lesson."""
    return (
        '<details class="sl-help"><summary>Need a person, not a lesson? Help is here</summary>'
        f"{help_inside()}</details>"
    )


def help_inside() -> str:
    """What the help block says once it is open."""
    known = content.read_json("helplines.json")
    where = known["directory"]
    countries = "".join(
        f"<details><summary>{escape(one['country'])}</summary>"
        f"<p>In danger now: call {escape(one['emergency'] or 'your local emergency number')}.</p>"
        + listed(f"{line['name']} ({line['who_for']}): {reach(line)}" for line in one["lines"])
        + "</details>"
        for one in known["countries"]
    )
    return (
        "<p>Talking to someone is ordinary, and it works more often than people expect. A parent, "
        "a teacher, a school counsellor or a help line can all be a first door.</p>"
        f'<p>Any country: <a href="{escape(where["web"])}" target="_blank" '
        f'rel="noopener noreferrer">{escape(where["name"])}</a> lists free lines near you. '
        "In danger now: call your local emergency number.</p>"
        f'<div class="sl-countries">{countries}</div>'
        f'<p class="sl-soft">Numbers last checked on {escape(known["checked"])}. '
        "If one has changed, the directory above is newer.</p>"
    )


def help_text() -> str:
    """The help block in two lines of plain text."""
    known = content.read_json("helplines.json")
    return (
        f"Need a person, not a lesson? {known['directory']['web']} lists free lines near you "
        f"(checked {known['checked']}).\nIn danger now: call your local emergency number."
    )


def talk(lesson: Record) -> Page:
    """The prompts for pairs and for the class."""
    prompts = lesson["talk"]
    return Page(
        f'<div class="sl-talk"><p class="sl-lead">{lesson["minutes"]["talk"]} minutes, out loud</p>'
        f"{listed(prompts, 'ol')}<p>Alone with this? Pick one and answer it to the wall. "
        "It still works.</p></div>",
        "\n".join(f"{n}. {one}" for n, one in enumerate(prompts, start=1)),
    )


def recap(lesson: Record) -> str:
    """Recap ("You can now"), one source worth following and the references, as HTML."""
    follow = lesson["follow"]
    (source,) = content.cited([follow["ref"]])
    cited = content.cited(references(lesson["number"]))
    papers = "".join(
        f'<li>{escape(one["short"])}. <a href="{escape(one["url"])}" target="_blank" '
        f'rel="noopener noreferrer">{escape(one["title"])}</a></li>'
        for one in cited
    )
    return (
        f'<p class="sl-lead">You can now</p>{listed(lesson["objectives"])}'
        f'<p class="sl-lead">One source worth following</p><p>{escape(follow["text"])} '
        f'<a href="{escape(source["url"])}" target="_blank" rel="noopener noreferrer">'
        f"{escape(source['short'])}</a></p>"
        f'<details class="sl-more"><summary>Where the facts in this lesson come from '
        f"({len(cited)})</summary><ol>{papers}</ol></details>"
    )


def references(number: int) -> list[str]:
    """The keys of every source that a lesson names, each once, in order of appearance."""
    keys: list[str] = []
    for one in content.activities(number).values():
        for item in one["items"]:
            keys += item.get("refs", [])
            if "post" in item:
                keys += content.post_references(content.records("posts")[item["post"]])
    return list(dict.fromkeys(keys))


def refusal(error: DataError) -> Page:
    """What is shown instead of an activity whose data cannot be used."""
    first = "This activity cannot be shown. Tell your teacher, and go on with the next one."
    what = "".join(f"<li>{escape(one)}</li>" for one in error.problems)
    return Page(
        f'<div class="sl-notice" role="alert"><p>{first}</p><details class="sl-more">'
        f"<summary>For whoever edits the course data</summary><ul>{what}</ul></details></div>",
        "\n".join([first, *map(str, error.problems)]),
    )
