"""look-up: a profile, mock registers to search in, what the register says, and what that tells."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from secondlook import content
from secondlook.activities import on_paper
from secondlook.activities.base import Activity, Keeper, Record, has_fields, one_of, source_line
from secondlook.activities.choose import Choose
from secondlook.activities.expected import Expected, of_labels, of_options
from secondlook.checks import Problem, show_value, unknown
from secondlook.markup import STATIC, escape, table

MOST_MOVES = 60  # the browser stops counting there

#: What a register can say of somebody, with the words a learner reads.
SAYS = {
    "active": {"label": "Active", "hint": "on the list, may work in that job"},
    "conditions": {"label": "Active, with conditions", "hint": "on the list, within limits"},
    "lapsed": {"label": "Lapsed", "hint": "was on the list, is not now"},
    "none": {"label": "No entry", "hint": "on none of these lists"},
    "other": {"label": "Somebody else", "hint": "the same name, another person"},
}
LISTED = ("active", "conditions", "lapsed")


class LookUp(Activity):
    """Profiles of invented creators to look up in ``data/registers.json``.

    An answer is ``{"says": id of SAYS, "said": id, "tells": option id, "told": option id, "moves":
    ["mock-uk", "mock-uk/noor-halvorsen-clinical-psychologist", ...]}``. ``said`` and ``told`` are
    what was picked before any feedback was seen; ``tells`` and ``told`` are ``None`` until the
    second question is answered. A move is a register that was searched or an entry that was opened
    before the first pick. What was typed is not kept and never leaves the page.
    """

    kind: ClassVar[str] = "look-up"
    fields: ClassVar[dict[str, str]] = {
        "says": "what the register was found to say",
        "said": "the same, before any feedback",
        "tells": "what that was found to tell",
        "told": "the same, before any feedback",
        "moves": "the registers searched and the entries opened, in order",
    }

    def __init__(self, lesson: int, record: Record, journal: Keeper):
        self.registers = registers()
        self.places = {one["id"] for one in self.registers} | set(_entries(self.registers))
        super().__init__(lesson, record, journal)
        self._css += (STATIC / "look-up.css").read_text(encoding="utf-8")

    def shown(self) -> Record:
        people = {item["creator"]: profile(item["creator"]) for item in self.record["items"]}
        says = [{"id": key, **words} for key, words in SAYS.items()]
        return {**self.record, "registers": self.registers, "profiles": people, "says": says}

    def accepts(self, item: Record, answer: Any) -> bool:
        if not has_fields(answer, "says", "said", "tells", "told", "moves"):
            return False
        moves = answer["moves"]
        if not isinstance(moves, list) or len(moves) > MOST_MOVES:
            return False
        if not all(one_of(move, self.places) for move in moves):
            return False
        if not (one_of(answer["says"], SAYS) and one_of(answer["said"], SAYS)):
            return False
        if answer["tells"] is None and answer["told"] is None:
            return True
        known = [one["id"] for one in item["options"]]
        return one_of(answer["tells"], known) and one_of(answer["told"], known)

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        found = Choose.problems(record, file)
        entries = _entries(registers())
        for item in record["items"]:
            where = f"{record['id']}/{item['id']}"
            wrong = unknown(file, where, "creator", [item["creator"]], content.records("creators"),
                            "creators.json")  # fmt: skip
            said = item["register"]
            for missing in set(SAYS) - set(said["feedback"]):
                wrong.append(Problem(file, where, f"register.feedback.{missing}", show_value(None),
                                     "feedback for everything a register can say"))  # fmt: skip
            found += wrong or _of_register(item, entries, where, file)
        return found

    # --- paper and plain text --------------------------------------------------------------

    def paper_item(self, item: Record) -> str:
        says = on_paper.scale("What do the registers say?", (one["label"] for one in SAYS.values()))
        return (
            f"{_profile_card(item['creator'])}{says}"
            f'<p class="sl-asked">{escape(item["question"])}</p>'
            f"{on_paper.tick_list(one['text'] for one in item['options'])}"
        )

    def cards(self) -> list[str]:
        return [
            on_paper.card(_profile_card(item["creator"]), str(place))
            for place, item in enumerate(self.record["items"], start=1)
        ]

    def glance(self, item: Record) -> str:
        told = on_paper.right_letters(one["correct"] for one in item["options"])
        return f"{SAYS[item['register']['answer']]['label']}; {told}"

    def key_item(self, item: Record) -> str:
        said = item["register"]
        right = said["answer"]
        read = on_paper.answer(SAYS[right]["label"], said["feedback"][right]) + on_paper.others(
            (words["label"], said["feedback"][key]) for key, words in SAYS.items() if key != right
        )
        told = on_paper.options_key(
            (one["text"], one["correct"], one["feedback"]) for one in item["options"]
        )
        return (
            f"<p><b>{escape(profile(item['creator'])['name'])}</b></p>{read}"
            f'<p class="sl-asked">{escape(item["question"])}</p>{told}'
            f"{on_paper.source(source_line(item))}"
        )

    def text_item(self, item: Record) -> str:
        one = profile(item["creator"])
        says = [f"( ) {words['label']}: {words['hint']}" for words in SAYS.values()]
        options = [f"( ) {each['text']}" for each in item["options"]]
        return "\n   ".join([f"{one['name']}, @{one['handle']}", one["bio"], one["place"],
                             "What do the registers say?", *says,
                             item["question"], *options])  # fmt: skip

    def paper(self) -> str:
        """The sheet, and the registers to look in, which a lesson prints once."""
        return super().paper() + ("" if self._registers_at() else directory(self.registers))

    def paper_lead(self) -> str:
        at = self._registers_at()
        where = f"under “{at}”" if at else "behind these profiles"
        says = "".join(
            f"<li><b>{escape(words['label'])}</b> {escape(words['hint'])}</li>"
            for words in SAYS.values()
        )
        return (
            f"<p>The registers to look in stand {escape(where)}. This is what they can say:</p>"
            f'<ul class="sl-legend">{says}</ul>'
        )

    def _registers_at(self) -> str:
        """The title of the earlier activity that prints the registers; "" if this one does."""
        in_lesson = content.activities(self.lesson)
        first = next((one for one in in_lesson.values() if one["kind"] == self.kind), self.record)
        mine = self.record["id"] not in in_lesson or first["id"] == self.record["id"]
        return "" if mine else str(first["title"])

    def text(self) -> str:
        lists = ["\n   ".join([one["name"], *map(line, one["entries"])]) for one in self.registers]
        return "\n\n".join([super().text(), *lists])

    def expected(self, item: Record) -> list[Expected]:
        name = profile(item["creator"])["name"]
        labels = {key: words["label"] for key, words in SAYS.items()}
        said = item["register"]
        return [
            of_labels(f"{name}, in the registers", said["answer"], labels, said["feedback"]),
            of_options(f"{name}: {item['question']}", item["options"]),
        ]


def registers() -> list[Record]:
    """The mock registers as they are searched: an entry without a status is on no list."""
    found = []
    for one in content.read_json("registers.json")["registers"]:
        entries = [
            {**entry, "key": _key(entry)} for entry in one["entries"] if entry["status"] in LISTED
        ]
        found.append({**one, "entries": sorted(entries, key=lambda entry: entry["key"])})
    return found


def directory(listed: list[Record]) -> str:
    """The registers as a printed directory, from A to Z."""
    lists = "".join(
        table(
            [
                {
                    "Name": entry["name"],
                    "Job": entry["profession"],
                    "Place": entry["place"],
                    "Says": SAYS[entry["status"]]["label"],
                    "Years": dates(entry),
                    "Conditions": entry["conditions"] or "",
                }
                for entry in one["entries"]
            ],
            one["name"],
        ).markup
        + f"<p>{escape(one['note'])}</p>"
        for one in listed
    )
    return f'<section class="paper paper-directory"><h3>Registers</h3>{lists}</section>'


def dates(entry: Record) -> str:
    """Since when an entry stands in its register, and until when."""
    return " to ".join(one for one in (entry["since"], entry["until"]) if one)


def line(entry: Record) -> str:
    """An entry of a register in one line."""
    parts = [entry["name"], entry["profession"], entry["place"], SAYS[entry["status"]]["label"],
             dates(entry), entry["conditions"]]  # fmt: skip
    return "; ".join(one for one in parts if one)


def profile(key: str) -> Record:
    """What a creator says of themselves: no role and no licence, which are to be found out."""
    creator = content.record("creators", key)
    return {name: creator[name] for name in ("handle", "name", "bio", "place")}


def _profile_card(key: str) -> str:
    one = profile(key)
    return (
        f'<article class="post"><p class="sl-by"><b>{escape(one["name"])}</b>, '
        f'@{escape(one["handle"])} <span class="sl-made">invented profile</span></p>'
        f"<p>{escape(one['bio'])}</p><p>{escape(one['place'])}</p></article>"
    )


def _key(entry: Record) -> str:
    return re.sub("[^a-z0-9]+", "-", f"{entry['name']} {entry['profession']}".lower()).strip("-")


def _entries(listed: list[Record]) -> dict[str, Record]:
    return {f"{one['id']}/{entry['key']}": entry for one in listed for entry in one["entries"]}


def _of_register(item: Record, entries: dict[str, Record], where: str, file: str) -> list[Problem]:
    """Whether the register really says what the key says it does."""
    said = item["register"]
    name = content.record("creators", item["creator"])["name"].removeprefix("Dr ")
    namesakes = [key for key, entry in entries.items() if entry["name"] == name]
    if said["answer"] in LISTED:
        key = said.get("entry", "")
        if found := unknown(file, where, "register.entry", [key], entries, "registers.json"):
            return found
        if key not in namesakes:
            return [Problem(file, where, "register.entry", show_value(key), f"an entry of {name}")]
        status = entries[key]["status"]
        if status != said["answer"]:
            return [Problem(file, where, "register.answer", show_value(said["answer"]),
                            f"{status}, which the entry says")]  # fmt: skip
        return []
    if "entry" in said:
        return [Problem(file, where, "register.entry", show_value(said["entry"]),
                        "no entry, if nobody on the lists is this person")]  # fmt: skip
    if (said["answer"] == "other") != bool(namesakes):
        return [Problem(file, where, "register.answer", show_value(said["answer"]),
                        "other if a register has that name, else none")]  # fmt: skip
    return []


KIND = LookUp
