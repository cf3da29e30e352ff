"""bench: look at published figures; predict, reveal, filter, and drag the size of a sample.

The controls are drawn by ``static/bench.js``; the chart beside them is a plain Plotly figure that
Python computes and puts into an output. So answers and their feedback never wait for Python; a
chart does, and the browser says so in one sentence if Python does not answer.

Each item is one view of the bench, by its field ``view``:

* ``predict``: a number for each group, then the published ones beside them;
* ``size``: the 95% band around each group's share if the group had been smaller or larger;
* ``bars``: a table as bars, with measures to pick, rows to leave out, and a question on it.
"""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

import ipywidgets
import traitlets

from secondlook import content
from secondlook.activities import bench_sheets as sheets
from secondlook.activities.base import Activity, Keeper, Record, has_fields, one_of
from secondlook.activities.bench_views import Drawing, draw, fits, prepared, settings_of
from secondlook.activities.expected import Expected
from secondlook.checks import DataError, Problem, unknown
from secondlook.markup import STATIC, stylesheet
from secondlook.show import bundles


@cache
def _styles() -> str:
    return stylesheet() + (STATIC / "bench.css").read_text(encoding="utf-8")


class Bench(Activity):
    """Published figures to look at, with one question a view.

    Answers: ``{"guess": {group id: number}}`` (predict), ``{"size": int, "first": int}`` (size),
    ``{"choice": [option id], "first": [option id]}`` (bars).

    Traits (synced, besides those of every activity): ``ask`` is the chart that the browser wants,
    ``{"n": int, "view": item id, "settings": {...}}``; ``drawn`` says the same of the chart that
    stands there, with its ``"reading"``. An ask that is not one of this bench's is not answered.
    """

    kind: ClassVar[str] = "bench"
    fields: ClassVar[dict[str, str]] = {
        "guess": "a percentage guessed for each group",
        "size": "the number of videos settled on",
        "choice": "the option picked last",
        "first": "the option or number picked before any feedback",
    }
    ask = traitlets.Dict().tag(sync=True)
    drawn = traitlets.Dict().tag(sync=True)

    def __init__(self, lesson: int, record: Record, journal: Keeper):
        ready = {**record, "items": [prepared(item) for item in record["items"]]}
        super().__init__(lesson, ready, journal)
        self._css = _styles()
        # As layouts, not in the stylesheet: that comes with the script, after the chart is drawn,
        # and a chart takes the width it finds.
        column = {"flex": "1 1 380px", "min_width": "0"}
        self.layout = ipywidgets.Layout(**column)
        self.chart = ipywidgets.Output(layout=ipywidgets.Layout(**column))
        for name in ("sl-page", "sl-chart"):
            self.chart.add_class(name)
        self.box = ipywidgets.Box(
            [self, self.chart],
            layout=ipywidgets.Layout(
                display="flex", flex_flow="row wrap", align_items="flex-start", width="100%"
            ),
        )
        self.box.add_class("sl-bench")
        answers = self.state["items"]
        first = next((one for one in ready["items"] if one["id"] not in answers), ready["items"][0])
        self._show(first, settings_of(first, {}, answers.get(first["id"])), 0)
        self.observe(self._asked, "ask")

    # --- the chart -------------------------------------------------------------------------

    def _asked(self, change: Any) -> None:
        told = change["new"]
        number, view, wanted = told.get("n"), told.get("view"), told.get("settings")
        item = self.items.get(view) if isinstance(view, str) else None
        if item is None or not isinstance(number, int) or not isinstance(wanted, dict):
            return
        answer = self.state.get("items", {}).get(item["id"])
        self._show(item, settings_of(item, wanted, answer), number)

    def _show(self, item: Record, settings: Record, number: int) -> None:
        drawing = draw(item, settings)
        self.chart.outputs = tuple(
            {"output_type": "display_data", "data": bundle, "metadata": {}}
            for bundle in bundles(drawing.figure, drawing.reading, drawing.table, drawing.caption)
        )
        self.drawn = {
            "n": number,
            "view": item["id"],
            "settings": settings,
            "reading": drawing.reading,
        }

    def drawing(self, item: str, **settings: Any) -> Drawing:
        """The figure, its sentence and its table for a view, as the browser would get them."""
        return draw(self.items[item], settings_of(self.items[item], settings, None))

    # --- answers ---------------------------------------------------------------------------

    def accepts(self, item: Record, answer: Any) -> bool:
        if item["view"] == "predict":
            return has_fields(answer, "guess") and _all_guessed(item, answer["guess"])
        if item["view"] == "size":
            return has_fields(answer, "size", "first") and all(
                one in item["sizes"] for one in answer.values()
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
            shape = content.shapes().problems(f"bench-{item['view']}", item, file, where)
            found += shape or _inside(item, file, where)
        return found

    # --- paper and plain text --------------------------------------------------------------

    def paper_item(self, item: Record) -> str:
        return sheets.paper(item, f"bench-{self.lesson}-{self.record['id']}-{item['id']}")

    def glance(self, item: Record) -> str:
        return sheets.glance(item)

    def key_item(self, item: Record) -> str:
        return sheets.key(item)

    def text_item(self, item: Record) -> str:
        return sheets.text(item)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        shown = self.box._repr_mimebundle_(**kwargs)
        return {**shown, "text/plain": self.text()} if shown else shown

    def expected(self, item: Record) -> list[Expected]:
        return sheets.expected(item) if item["view"] != "bars" else super().expected(item)


def _all_guessed(item: Record, guess: Any) -> bool:
    return (
        isinstance(guess, dict)
        and guess.keys() == {one["id"] for one in item["groups"]}
        and all(_number(one) and 0 <= one <= 100 for one in guess.values())
    )


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _inside(item: Record, file: str, where: str) -> list[Problem]:
    """What only the tables can tell: unknown columns, no row, not one right option."""
    if item["view"] != "bars":
        facts = content.facts()
        asked = [one["answer"]["fact"] for one in item["groups"]]
        found = unknown(file, where, "groups.answer.fact", asked, facts, "facts.json")
        if item["view"] == "size":
            ids = [one["id"] for one in item["groups"]]
            found += unknown(file, where, "pair", item["pair"], ids, "groups")
            if item["sizes"] != sorted(set(item["sizes"])):
                found.append(Problem(file, where, "sizes", "out of order", "rising numbers"))
            elif item["start"] not in item["sizes"]:
                found.append(Problem(file, where, "start", str(item["start"]), "one of sizes"))
            elif not found and not prepared(item)["target"]:
                found.append(Problem(file, where, "sizes", "bands that always overlap",
                                     "a size at which the pair's bands are apart"))  # fmt: skip
        return found
    try:
        rows = content.study_rows(item["table"])
    except DataError as error:
        return error.problems
    wanted = [*item["label"], *item["columns"], *item.get("where", {})]
    wanted += [item[field] for field in ("shade",) if field in item]
    wanted += [item["filter"]["column"]] if "filter" in item else []
    for one in item["measures"]:
        wanted += [one["column"], *one.get("where", {}), *([one["per"]] if "per" in one else [])]
    found = unknown(file, where, "column", wanted, rows[0], f"studies/{item['table']}.csv")
    right = sum(one["correct"] for one in item["options"])
    if right != 1:
        found.append(Problem(file, where, "options.correct", f"{right} right", "exactly 1"))
    for one in [] if found else item["measures"]:
        picked = {**item.get("where", {}), **one.get("where", {})}
        if not any(fits(row, picked) for row in rows):
            part = f"measures.{one['id']}.where"
            found.append(Problem(file, where, part, "no row", "at least one row"))
    return found


KIND = Bench
