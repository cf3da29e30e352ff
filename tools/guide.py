"""The drawn parts of the instructor guide: what stands in the syllabus, the notebooks and the data.

A drawn part stands between ``<!-- drawn: NAME -->`` and ``<!-- /drawn -->``. The names are
``lesson-N`` and ``key-N`` for each lesson, ``timetable``, ``misconceptions`` and ``standards``.
"""

from __future__ import annotations

import re
from typing import Any

from secondlook import content
from secondlook.activities import EMPTY, kind_class
from secondlook.activities.expected import Expected, brief
from secondlook.outline import OPENING, Part, outline

Record = dict[str, Any]
HEADING = re.compile(r'^(?:<a id="[^"]*"></a>\n\n)*(## (.+))$', re.MULTILINE)
DRAWN = re.compile(r"(<!-- drawn: ([a-z0-9-]+) -->\n).*?(<!-- /drawn -->)", re.DOTALL)

#: What a kind of activity is to a teacher: one of it, and several.
KINDS = {
    "audit": ("post to go through with Post Check", "posts to go through with Post Check"),
    "bench": ("chart of published figures to read", "charts of published figures to read"),
    "calibration": ("look at how sure and how right one has been", ""),
    "choose": ("question to answer", "questions to answer"),
    "dots": ("crowd of a thousand dots to read", "crowds of a thousand dots to read"),
    "estimate": ("number to guess, then to see", "numbers to guess, then to see"),
    "feed": ("invented feed to play", "invented feeds to play"),
    "form": ("form to cut down", "forms to cut down"),
    "judge": ("post to trust or question", "posts to trust or question"),
    "look-up": ("profile to look up in mock registers", "profiles to look up in mock registers"),
    "plan": ("step of a plan", "steps of a plan"),
    "repair": ("clip to mend line by line", "clips to mend line by line"),
    "reword": ("wording to turn down", "wordings to turn down"),
    "sort": ("card to sort", "cards to sort"),
    "spot": ("text to mark", "texts to mark"),
    "studio": ("post to write", "posts to write"),
    "thread": ("conversation to steer", "conversations to steer"),
    "trend": ("line to draw, then to see", "lines to draw, then to see"),
    "web": ("task on the small web", "tasks on the small web"),
}
#: Which framework a code belongs to, by how it begins.
FRAMES = {
    "AASL": "American Association of School Librarians, standards for learners (2018)",
    "AC9": "Australian Curriculum v9, Health and Physical Education",
    "CASEL": "CASEL, five areas of social and emotional learning",
    "D3": "US C3 Framework for social studies, dimension 3",
    "DigComp": "European Union, DigComp 2.2",
    "England": "England, statutory guidance on RSHE, from September 2026",
    "ISTE": "ISTE, standards for students",
    "NHES": "US National Health Education Standards, 2nd edition (2007)",
    "RI.|RST.|SL.|W.|WHST.": "US Common Core, English language arts and literacy",
    "VCHPEP": "Victoria (Australia), Health and Physical Education",
}
NOT_VERIFIED = "not verified"
QUOTED = re.compile(r"“([^”]*)”")
WORDS = 10  # of a card or a post, in a key


def draw(text: str) -> str:
    """The guide with every drawn part drawn anew.

    Raises:
        ValueError: a part has a name that nothing is drawn for.
    """
    return with_anchors(DRAWN.sub(lambda found: f"{found[1]}{part(found[2])}\n{found[3]}", text))


def with_anchors(text: str) -> str:
    """The guide with an anchor above each heading that it links to.

    GitHub makes its own; JupyterLab, where a teacher reads this as well, makes other ones.
    """
    linked = set(re.findall(r"\]\(#([^)]+)\)", text))

    def anchored(heading: re.Match[str]) -> str:
        wanted = sorted({anchor(heading[2]), slug(heading[2])} & linked)
        return "".join(f'<a id="{one}"></a>\n\n' for one in wanted) + heading[1]

    return HEADING.sub(anchored, text)


def part(name: str) -> str:
    """One drawn part as Markdown.

    Raises:
        ValueError: there is none of that name.
    """
    if name in WHOLE:
        return "\n".join(WHOLE[name]())
    what, _, number = name.partition("-")
    if what not in EACH or not number.isdecimal() or int(number) not in content.syllabus():
        raise ValueError(f"No part of the guide is called {name!r}.")
    return "\n".join(EACH[what](int(number)))


def names() -> list[str]:
    """The names of all parts."""
    return [*WHOLE, *(f"{what}-{number}" for number in content.syllabus() for what in EACH)]


# --- one lesson ----------------------------------------------------------------------------------


def lesson(number: int) -> list[str]:
    """The head of a lesson's page: objectives, content note, minutes, activities, standards."""
    one = content.syllabus()[number]
    minutes: dict[str, int] = one["minutes"]
    parts = {part.key: part for part in outline(number)}
    shown = content.activities(number)
    rows = [
        [minutes[key], heading(parts, key), one["does"][key], f"“{one['say'][key]}”"]
        for key in minutes
    ]
    activities = [
        [part.heading, shown[step.what]["title"], amount(shown[step.what])]
        for part in parts.values()
        for step in part.steps
        if step.kind == "show"
    ]
    lines = [
        f"## {title(number)}",
        "",
        f"*{one['question']}*",
        "",
        "**By the end learners can:**",
        "",
        *(f"- {goal}" for goal in one["objectives"]),
        "",
        f"**Content note on screen:** {one['content_note']}",
        "",
        *table(["Minutes", "Part", "What happens", "What to say"], rows),
        "",
        *table(["Part", "Activity", "What it is"], activities),
    ]
    codes = ", ".join(map(code, one["standards"]))
    said = f"**Standards:** {codes}; see the [crosswalk](#standards-crosswalk)."
    return [*lines, "", said] if codes else lines


def title(number: int) -> str:
    """What a lesson's page is headed by: "Lesson 5: Viral is not the same as true (45 minutes)"."""
    one = content.syllabus()[number]
    return f"Lesson {number}: {one['title']} ({sum(one['minutes'].values())} minutes)"


def heading(parts: dict[str, Part], key: str) -> str:
    """What a part is called on screen; the opening has no heading there."""
    return "What is ahead" if key == OPENING else parts[key].heading


def amount(record: Record) -> str:
    """What an activity is to a teacher: "6 posts to trust or question, 3 of them sound"."""
    items = record["items"]
    looks = sum(item.get("counts") is False for item in items)  # shown again later, then judged
    count = len(items) - looks
    told = f"{count} {KINDS[record['kind']][count > 1]}"
    if record["kind"] == "judge":
        sound = sum(
            content.record("posts", item["post"])["label"] == "sound"
            for item in items
            if item.get("counts") is not False
        )
        told += f", {sound} of them sound"
    return told + (", each looked at twice" if looks else "")


def key(number: int) -> list[str]:
    """What is expected of each activity and what is said instead, folded."""
    lines = [f"<details><summary>Key to lesson {number}</summary>", ""]
    for record in content.activities(number).values():
        made = kind_class(record["kind"])(number, record, EMPTY)
        told = [one for item in made.record["items"] for one in made.expected(item)]
        made.close()
        lines += [f"**{record['title']}**", ""]
        lines += key_table(told, record["part"] == "exit")
        lines.append("")
    return [*lines, "</details>"]


def key_table(told: list[Expected], whole: bool) -> list[str]:
    """The key of one activity; ``whole`` as for a row."""
    if not told:
        return ["Nothing is right or wrong here."]
    head = ["Asked", "Expected", "Wrong, and what a learner reads then"]
    rows = [key_row(one, whole) for one in told]
    return (
        table(head, rows)
        if any(row[2] for row in rows)
        else table(head[:2], [row[:2] for row in rows])
    )


def key_row(one: Expected, whole: bool) -> list[str]:
    """A row of a key: with every wrong answer and all that is said of it, or briefly with one."""
    wrong = [
        f"*{plain(answer).removesuffix('.')}:* {plain(said if whole else brief(said))}"
        for answer, said in (one.wrong if whole else one.wrong[:1])
    ]
    return [plain(QUOTED.sub(opening, one.asked)), plain(one.right), "<br>".join(wrong)]


def opening(quoted: re.Match[str]) -> str:
    """The first words of what is quoted, enough to find it on the page."""
    words = quoted[1].split()
    return quoted[0] if len(words) <= WORDS + 3 else f"“{' '.join(words[:WORDS])} ...”"


# --- the whole course ----------------------------------------------------------------------------


def timetable() -> list[str]:
    """Every lesson with its minutes by part."""
    rows = [
        [link(number), sum(one["minutes"].values()), " + ".join(map(str, one["minutes"].values()))]
        for number, one in content.syllabus().items()
    ]
    return table(["Lesson", "Minutes", "By part"], rows)


def misconceptions() -> list[str]:
    """What each lesson is aimed at."""
    rows = [
        [link(number), "<br>".join(f"“{said}”" for said in one["misconceptions"])]
        for number, one in content.syllabus().items()
    ]
    return table(["Lesson", "What some learners may think"], rows)


def standards() -> list[str]:
    """Each code with our paraphrase and the lessons that work on it, by framework."""
    lines = []
    for begins, frame in FRAMES.items():
        rows = [
            [code(name), one["says"], ", ".join(_working_on(name))]
            for name, one in sorted(content.standards().items())
            if name.startswith(tuple(begins.split("|")))
        ]
        lines += ["", f"**{frame}**", "", *table(["Code", "In our words", "Lesson"], rows)]
    return lines[1:]


def words() -> list[str]:
    """The glossary, folded, for whoever explains a word before the lesson."""
    terms = content.read_json("glossary.json")["terms"]
    rows = [[plain(one["term"]), plain(one["plain"])] for one in terms]
    return [
        f"<details><summary>{len(rows)} words that the lessons use, in plain words</summary>",
        "",
        *table(["Word", "In plain words"], rows),
        "",
        "</details>",
    ]


def code(name: str) -> str:
    """A code, marked if we have not seen its wording."""
    return name if content.standards()[name]["verified"] else f"{name} ({NOT_VERIFIED})"


def _working_on(name: str) -> list[str]:
    lessons = content.syllabus().items()
    return [f"[{number}](#lesson-{number})" for number, one in lessons if name in one["standards"]]


def link(number: int) -> str:
    """A lesson's number and title, linked to its page."""
    told = f"{number}. {content.syllabus()[number]['title']}"
    return f"[{told}](#lesson-{number})"


def anchor(heading: str) -> str:
    """The address of a heading in this guide: "lesson-5" for a lesson's page."""
    page = re.match(r"Lesson (\d+):", heading)
    return f"lesson-{page[1]}" if page else slug(heading)


def slug(heading: str) -> str:
    """The address that GitHub gives a heading: only letters, digits, "-" and "_" are left."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def table(head: list[str], rows: list[list[Any]]) -> list[str]:
    """A Markdown table as lines."""
    listed = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cell(one) for one in row) + " |" for row in listed]


def cell(value: Any) -> str:
    """A value as it may stand in a table: on one line, its bars as they were typed."""
    return " ".join(str(value).split()).replace("|", "\\|")


def plain(text: str) -> str:
    """A text of the course as Markdown that shows it as it was typed."""
    return re.sub(r"([\\\\`*_<\[\]~])", r"\\\1", text)


EACH = {"lesson": lesson, "key": key}
WHOLE = {
    "timetable": timetable,
    "misconceptions": misconceptions,
    "standards": standards,
    "words": words,
}
