"""dots: a thousand people and a list; predict, turn the dials, read off who has it.

All counts come from ``secondlook.base_rate``. Python works them out for every setting that the
dials of an item can reach and sends them along, so that the browser only looks up and draws: one
model, and an answer that does not wait for a kernel.

Each item is one view, by its field ``view``:

* ``predict``: of 100 who fit, how many have it? A guess, then the dots;
* ``turn``: one dial, to the place where the share first reaches a goal;
* ``explore``: dials to play with, and a question;
* ``compare``: two or more settings to switch between, and a question.

Texts may say ``{have}``, ``{fit}`` or any other name of ``Counts.row``; the item's setting fills
it. In ``compare`` a setting is named: ``{clinics.fit}``.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cache
from typing import Any, ClassVar

from secondlook import base_rate, content
from secondlook.activities import dots_sheets as sheets
from secondlook.activities.base import Activity, Keeper, Record, has_fields, one_of
from secondlook.activities.dots_sheets import DIALS, NAMES, key_of
from secondlook.activities.expected import Expected
from secondlook.checks import Problem, repeated, show_value, unknown
from secondlook.markup import STATIC, stylesheet

MOST_ROWS = 500  # a few hundred settings are some ten kilobytes on their way to the browser


@cache
def _styles() -> str:
    return stylesheet() + (STATIC / "dots.css").read_text(encoding="utf-8")


class Dots(Activity):
    """A thousand people as dots, with one question a view.

    Answers: ``{"guess": int}`` (predict; final), ``{"value": number, "first": number}`` (turn),
    ``{"choice": [option id], "first": [option id]}`` (explore, compare).
    """

    kind: ClassVar[str] = "dots"
    fields: ClassVar[dict[str, str]] = {
        "guess": "how many people out of 100 were guessed",
        "value": "where the dial was left",
        "choice": "the option picked last",
        "first": "the option or value picked before any feedback",
    }

    def __init__(self, lesson: int, record: Record, journal: Keeper):
        super().__init__(lesson, prepared(record), journal)
        self._css = _styles()

    def shown(self) -> Record:
        return {**self.record, "names": NAMES}

    def accepts(self, item: Record, answer: Any) -> bool:
        if item["view"] == "predict":
            return has_fields(answer, "guess") and _whole(answer["guess"], range(101))
        if item["view"] == "turn":
            values = item["dials"][item["live"]]["values"]
            return has_fields(answer, "value", "first") and all(
                _number(one) and one in values for one in answer.values()
            )
        known = [one["id"] for one in item["options"]]
        return has_fields(answer, "choice", "first") and all(
            isinstance(one, list) and len(one) == 1 and one_of(one[0], known)
            for one in answer.values()
        )

    @classmethod
    def problems(cls, record: Record, file: str) -> list[Problem]:
        found: list[Problem] = []
        for item in record["items"]:
            where = f"{record['id']}/{item['id']}"
            shape = content.shapes().problems(f"dots-{item['view']}", item, file, where)
            found += shape or _inside(record, item, file, where)
        return found

    def paper_item(self, item: Record) -> str:
        return sheets.paper(item)

    def glance(self, item: Record) -> str:
        return sheets.glance(item)

    def key_item(self, item: Record) -> str:
        return sheets.key(item)

    def text_item(self, item: Record) -> str:
        return sheets.text(item)

    def expected(self, item: Record) -> list[Expected]:
        if "options" in item:
            return super().expected(item)
        return [sheets.expected(item)]


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _whole(value: Any, allowed: range) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value in allowed


# --- from the data to what is shown --------------------------------------------------------------


def setting_of(raw: Record) -> dict[str, float]:
    """The three numbers of a setting. A fact is a share in percent; ``have`` is in people."""
    setting = {}
    for name in DIALS:
        value = raw[name]
        if isinstance(value, dict):
            value = round(content.fact_value(value["fact"]), 6)  # 100 - 99.5 is not quite 0.5
            value = round(value * base_rate.PEOPLE / 100) if name == "have" else value
        setting[name] = value
    return setting


def counts(setting: dict[str, float]) -> base_rate.Counts:
    """The four groups of a setting."""
    return base_rate.counts(setting["have"], setting["catches"], setting["wrongly"])


def counted(setting: dict[str, float]) -> dict[str, int | None]:
    """Every count of a setting, by name."""
    return counts(setting).row()


def _filled(value: Any, row: dict[str, int | None]) -> Any:
    if isinstance(value, str):
        return sheets.say(value, row)
    if isinstance(value, list):
        return [_filled(one, row) for one in value]
    if isinstance(value, dict):
        return {key: _filled(one, row) for key, one in value.items()}
    return value


def live_dials(item: Record) -> list[str]:
    """The dials that turn in an item."""
    live = item.get("live", [])
    return [live] if isinstance(live, str) else list(live)


def reachable(item: Record, dials: Record) -> Iterator[dict[str, float]]:
    """Every setting that an item's live dials can reach, or those it compares."""
    if item["view"] == "compare":
        yield from map(setting_of, item["settings"])
        return
    start, live = setting_of(item["setting"]), live_dials(item)
    choices = [dials[one]["values"] if one in live else [start[one]] for one in DIALS]
    for three in itertools.product(*choices):
        yield dict(zip(DIALS, three, strict=True))


def rising(item: Record, dials: Record) -> list[float]:
    """The values of a ``turn``'s dial, from the smallest share to the largest."""
    start, live = setting_of(item["setting"]), item["live"]
    share = {one: counts({**start, live: one}).share or 0 for one in dials[live]["values"]}
    return sorted(share, key=lambda one: (share[one], one))


def target(item: Record, dials: Record) -> float | None:
    """Where the share first reaches the goal on the way up; None if it never does."""
    start, live = setting_of(item["setting"]), item["live"]
    for one in rising(item, dials):
        share = counts({**start, live: one}).share
        if share is not None and 100 * share >= item["goal"]:
            return one
    return None


def prepared(record: Record) -> Record:
    """The activity with all that the browser looks up: words, counts, and where a goal is met."""
    return {**record, "items": [_prepared(item, record) for item in record["items"]]}


def _prepared(item: Record, record: Record) -> Record:
    dials = record.get("dials", {})
    words = item.get("words", record["words"])
    ready: Record = {key: one for key, one in item.items() if key != "words"}
    if item["view"] == "compare":
        settings = [{**one, **setting_of(one)} for one in item["settings"]]
        scope = {
            f"{one['id']}.{name}": count
            for one in settings
            for name, count in counted(setting_of(one)).items()
        }
        ready = _filled({**ready, "settings": settings}, scope)
    else:
        start = setting_of(item["setting"])
        ready = _filled({**ready, "setting": start}, counted(start))
    rows = {key_of(one): list(counted(one).values()) for one in reachable(item, dials)}
    ready |= {"words": words, "rows": rows, "dials": {one: dials[one] for one in live_dials(item)}}
    if item["view"] == "predict":
        ready["truth"] = counted(ready["setting"])["percent"]
    if item["view"] == "turn":
        ready |= {"order": rising(item, dials), "target": target(item, dials)}
    return ready


# --- what a schema cannot say --------------------------------------------------------------------


def _inside(record: Record, item: Record, file: str, where: str) -> list[Problem]:
    facts = content.facts()
    raw = item["settings"] if item["view"] == "compare" else [item["setting"]]
    asked = [one[name]["fact"] for one in raw for name in DIALS if isinstance(one[name], dict)]
    found = unknown(file, where, "setting.fact", asked, facts, "facts.json")
    dials = record.get("dials", {})
    found += unknown(file, where, "live", live_dials(item), dials, "dials")
    found += _blanks(item, record, file, where)
    if found:
        return found
    found += _settings(item, dials, file, where)
    if "options" in item:
        right = sum(one["correct"] for one in item["options"])
        if right != 1:
            found.append(Problem(file, where, "options.correct", f"{right} right", "exactly 1"))
        found += repeated(file, f"{where}/options", [one["id"] for one in item["options"]])
    if item["view"] == "compare":
        found += repeated(file, f"{where}/settings", [one["id"] for one in item["settings"]])
    if item["view"] == "turn" and not found:
        found += _goal(item, dials, file, where)
    return found


def _blanks(item: Record, record: Record, file: str, where: str) -> list[Problem]:
    words = item["words"] if "words" in item else record["words"]
    texts = {key: one for key, one in item.items() if key != "words"}
    known = NAMES
    if item["view"] == "compare":
        known = [f"{one['id']}.{name}" for one in item["settings"] for name in NAMES]
    return unknown(file, where, "blank", sheets.blanks(texts), known, "the counts") + unknown(
        file, where, "words.reading", sheets.blanks(words["reading"]), NAMES, "the counts"
    )


def _settings(item: Record, dials: Record, file: str, where: str) -> list[Problem]:
    found = []
    for one in live_dials(item):
        values = dials[one]["values"]
        start = setting_of(item["setting"])[one]
        if values != sorted(set(values)):
            found.append(Problem(file, where, f"dials.{one}.values", str(values), "rising numbers"))
        elif start not in values:
            found.append(Problem(file, where, f"setting.{one}", show_value(start),
                                 f"a value of its dial: {values}"))  # fmt: skip
    number = 0
    for setting in [] if found else reachable(item, dials):
        number += 1
        try:
            row = counted(setting)
        except ValueError as error:
            return [Problem(file, where, "setting", str(error), "numbers in their range")]
        if row["percent"] is None:
            return [Problem(file, where, "setting", key_of(setting), "one that somebody fits")]
    if number > MOST_ROWS:
        found.append(Problem(file, where, "live", f"{number} settings", f"at most {MOST_ROWS}"))
    return found


def _goal(item: Record, dials: Record, file: str, where: str) -> list[Problem]:
    met, order = target(item, dials), rising(item, dials)
    if met is None:
        return [Problem(file, where, "goal", f"{item['goal']:g} in 100, never met",
                        "a goal that the dial can reach")]  # fmt: skip
    if order.index(met) <= order.index(setting_of(item["setting"])[item["live"]]):
        return [Problem(file, where, "goal", f"{item['goal']:g} in 100, met at the start",
                        "a goal beyond the start")]  # fmt: skip
    return []


KIND = Dots
