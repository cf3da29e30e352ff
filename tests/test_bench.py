"""bench: figures equal the tables, answers travel through the traits, wrong data is refused."""

from __future__ import annotations

import copy
import html
import re

import plotly.graph_objects as go
import pytest

from secondlook import content, figures
from secondlook.activities import on_paper
from secondlook.activities.bench import Bench
from secondlook.activities.bench_views import band
from secondlook.show import MIMETYPE

GUESS = {"professionals": 90, "lived": 20, "others": 50}


def record(name="data-bench"):
    return copy.deepcopy(content.activities(4)[name])


@pytest.fixture
def bench(notes):
    return Bench(4, record(), notes())


def chart(widget):
    return widget.chart.outputs[0]["data"][MIMETYPE]


def table_text(widget):
    return widget.chart.outputs[1]["data"]["text/plain"]


def answer(widget, item, what):
    """What the browser sends when a learner answers."""
    state = widget.state
    widget.set_state({"state": {"rev": state["rev"] + 1, "items": {**state["items"], item: what}}})


def ask(widget, view, number=1, **settings):
    widget.set_state({"ask": {"n": number, "view": view, "settings": settings}})


# --- figures -------------------------------------------------------------------------------------


def drawings(widget):
    for item in widget.items.values():
        if item["view"] == "bars":
            for one in item["measures"]:
                yield widget.drawing(item["id"], measure=one["id"])
        elif item["view"] == "size":
            for size in item["sizes"]:
                yield widget.drawing(item["id"], size=size)
        else:
            yield widget.drawing(item["id"])
            yield widget.drawing(item["id"], guess=GUESS, shown=True)


@pytest.mark.parametrize("name", ["data-bench", "read-a-chart"])
def test_every_figure_is_a_plotly_figure_a_phone_can_hold(name, notes):
    for one in drawings(Bench(4, record(name), notes())):
        figure = go.Figure(one.figure["data"], one.figure["layout"])
        assert figure.layout.height <= figures.MAX_HEIGHT
        assert figure.layout.showlegend is False
        assert one.figure["config"]["displayModeBar"] is False
        assert one.reading.endswith(".") and one.caption and one.table
        labels = [note.text for note in figure.layout.annotations]
        assert len(labels) == len(set(labels)) == len(one.table)


def test_the_published_bars_are_the_table(bench):
    drawn = bench.drawing("predict-ocd", guess=GUESS, shown=True).figure
    rows = content.study_rows("accuracy_by_creator_type")
    assert drawn["data"][0]["x"] == [float(row["percent"]) for row in rows] == [82.1, 63.6, 35.7]
    assert drawn["data"][0]["text"] == ["82.1%", "63.6%", "35.7%"]
    assert drawn["data"][1]["x"] == [90, 20, 50]


def test_published_figures_stay_hidden_until_asked_for(bench):
    one = bench.drawing("predict-ocd", guess=GUESS)
    assert one.figure["data"][0]["x"] == []
    assert "82.1" not in str(one)


def test_bars_are_the_table_sorted_and_filtered(bench):
    rows = [row for row in content.study_rows("quality_by_topic") if row["box"] == "bad"]
    one = bench.drawing("by-topic", measure="bad")
    shares = sorted((float(row["percent"]) for row in rows), reverse=True)
    assert one.figure["data"][0]["x"] == shares
    few = bench.drawing("by-topic", measure="bad", only=["OCD"])
    assert few.figure["data"][0]["x"] == [29.0, 18.8]
    assert {row["Topic"] for row in few.table} == {"OCD"}


def test_views_for_each_video_are_divided_out(notes):
    one = Bench(4, record("read-a-chart"), notes()).drawing("reach", measure="each")
    shares = [int(row["views"]) / int(row["videos"]) for row in content.study_rows("reach")]
    assert one.figure["data"][0]["x"] == pytest.approx(shares)
    assert "1,503,104" in one.reading and "1,490,559" in one.reading


def test_a_number_the_study_does_not_print_is_not_invented(bench):
    frame = content.study("quality_by_topic")
    assert frame[frame["ref"] == "fitzpatrick2025ocd"]["n"].isna().all()


# --- sizes and bands -----------------------------------------------------------------------------


def test_a_band_takes_whole_videos():
    assert band(82.1, 7) == [85.7, 48.7, 97.4]  # 6 of 7
    assert band(82.1, 28) == [82.1, 64.4, 92.1]  # 23 of 28


def test_bands_grow_as_the_sample_shrinks(bench):
    item = bench.items["how-many"]
    for one in item["bands"].values():
        widths = [one[str(size)][2] - one[str(size)][1] for size in item["sizes"]]
        assert widths == sorted(widths, reverse=True)


def test_the_target_is_where_the_bands_part_for_good(bench):
    item = bench.items["how-many"]
    apart = [
        item["bands"]["professionals"][str(size)][1] > item["bands"]["lived"][str(size)][2]
        for size in item["sizes"]
    ]
    at = item["sizes"].index(item["target"])
    assert apart == [False] * at + [True] * (len(apart) - at)
    said = {size: bench.drawing("how-many", size=size).reading for size in item["sizes"]}
    assert "would overlap" in said[7] and "no longer overlap" in said[item["target"]]


# --- traits --------------------------------------------------------------------------------------


def test_the_first_open_view_is_drawn_at_once(bench, notes):
    assert bench.drawn["view"] == "predict-ocd" and bench.drawn["n"] == 0
    later = Bench(4, record(), notes({"predict-ocd": {"guess": GUESS}}))
    assert later.drawn["view"] == "how-many"


def test_an_answer_goes_to_the_journal_and_comes_back(notes):
    journal = notes()
    widget = Bench(4, record(), journal)
    answer(widget, "predict-ocd", {"guess": GUESS})
    answer(widget, "how-many", {"size": 100, "first": 60})
    answer(widget, "by-topic", {"choice": ["depends"], "first": ["half"]})
    assert [item for item, _ in journal.lines] == ["predict-ocd", "how-many", "by-topic"]
    assert widget.saved == {"rev": 3, "problem": ""}
    again = Bench(4, record(), notes(dict(journal.lines)))
    assert again.state["items"] == dict(journal.lines)


@pytest.mark.parametrize(
    ("item", "bad"),
    [
        ("predict-ocd", {"guess": {"professionals": 90}}),
        ("predict-ocd", {"guess": {**GUESS, "lived": 101}}),
        ("predict-ocd", {"guess": {**GUESS, "lived": "20"}}),
        ("predict-ocd", {"guess": {**GUESS, "lived": True}}),
        ("predict-ocd", {"guess": 3}),
        ("how-many", {"size": 99, "first": 100}),
        ("how-many", {"size": 100}),
        ("how-many", 100),
        ("by-topic", {"choice": ["none-such"], "first": ["half"]}),
        ("by-topic", {"choice": ["half"]}),
        ("by-topic", {"choice": ["half", "depends"], "first": ["half"]}),
    ],
)
def test_what_is_no_answer_is_left_out(item, bad, notes):
    journal = notes()
    answer(Bench(4, record(), journal), item, bad)
    assert journal.lines == []


def test_a_chart_is_drawn_when_asked_for(bench):
    ask(bench, "by-topic", number=4, measure="good", only=["PTSD", "autism"])
    assert bench.drawn["n"] == 4 and "PTSD" in bench.drawn["reading"]
    assert chart(bench)["data"][0]["x"] == [29.0, 27.0]
    assert "Called accurate or useful" in table_text(bench)


def test_a_reveal_needs_the_answer_or_the_wish(bench):
    ask(bench, "predict-ocd", guess=GUESS, shown=True)
    assert chart(bench)["data"][0]["x"] == [82.1, 63.6, 35.7]


@pytest.mark.parametrize(
    "told",
    [
        {"n": 2, "view": "none-such", "settings": {}},
        {"n": "2", "view": "by-topic", "settings": {}},
        {"n": 2, "view": "by-topic", "settings": None},
        {"n": 2, "view": ["by-topic"], "settings": {}},
        {},
    ],
)
def test_an_ask_that_makes_no_sense_changes_nothing(told, bench):
    before = bench.drawn
    bench.set_state({"ask": told})
    assert bench.drawn == before


NONSENSE = [
    {"measure": "none-such"},
    {"only": ["none-such"]},
    {"only": 3},
    {"measure": ["bad"], "only": []},
    {"only": [["OCD"], {}]},
]


@pytest.mark.parametrize("settings", NONSENSE)
def test_settings_that_make_no_sense_fall_back_to_the_start(settings, bench):
    start = bench.drawing("by-topic")
    assert bench.drawing("by-topic", **settings) == start


@pytest.mark.parametrize("size", [8, "7", None, [7], True])
def test_a_size_off_the_scale_falls_back_to_the_start(size, bench):
    assert bench.drawing("how-many", size=size) == bench.drawing("how-many", size=7)


@pytest.mark.parametrize("guess", [{"lived": "x"}, {"lived": 900}, [1], {"lived": float("nan")}])
def test_a_wild_guess_does_not_break_the_chart(guess, bench):
    drawn = bench.drawing("predict-ocd", guess=guess).figure
    assert all(0 <= one <= 100 for trace in drawn["data"][1:] for one in trace["x"])


# --- data ----------------------------------------------------------------------------------------


def item_of(one, name):
    return next(item for item in one["items"] if item["id"] == name)


def refused(name, change):
    one = record()
    assert Bench.problems(one, "f.json") == []
    change(item_of(one, name))
    return "\n".join(map(str, Bench.problems(one, "f.json")))


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("predict-ocd", lambda i: i.pop("near"), "field near: found nothing"),
        ("predict-ocd", lambda i: i["groups"][0].update(answer={"fact": "ocd-profesionals"}),
         "found 'ocd-profesionals'; allowed: a key of facts.json (did you mean"),
        ("predict-ocd", lambda i: i["groups"][0].update(answer={"fact": 82.1}), "found 82.1"),
        ("how-many", lambda i: i.update(pair=["professionals", "peers"]), "found 'peers'"),
        ("how-many", lambda i: i.update(sizes=[20, 7, 100]), "allowed: rising numbers"),
        ("how-many", lambda i: i.update(start=8), "field start: found 8; allowed: one of sizes"),
        ("how-many", lambda i: i.update(sizes=[7, 10, 15]), "bands that always overlap"),
        ("how-many", lambda i: i.update(sizes=[0, 7, 10]), "found 0; allowed: 1 or more"),
        ("by-topic", lambda i: i.update(table="quality_by_topics"), "quality_by_topics.csv"),
        ("by-topic", lambda i: i.update(label=["topics"]), "found 'topics'"),
        ("by-topic", lambda i: i["columns"].update(ruling="Rule"), "found 'ruling'"),
        ("by-topic", lambda i: i["filter"].update(column="topik"), "found 'topik'"),
        ("by-topic", lambda i: i["measures"][0].update(where={"box": "worse"}), "found no row"),
        ("by-topic", lambda i: i["options"][0].update(correct=True), "found 2 right"),
        ("by-topic", lambda i: i["options"][1].update(correct=False), "found 0 right"),
        ("by-topic", lambda i: i.update(colour="red"), "colour"),
    ],
)  # fmt: skip
def test_wrong_data_is_refused(name, change, said):
    assert said in refused(name, change)


def test_an_unknown_view_is_refused_by_the_file_check():
    file = {"lesson": 4, "activities": [record()]}
    file["activities"][0]["items"][0]["view"] = "pie"
    told = "\n".join(map(str, content.check_activity_file(file, "f.json")))
    assert "data-bench/predict-ocd" in told and "predict, size, bars" in told


# --- paper and plain text ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["data-bench", "read-a-chart"])
def test_paper_asks_and_the_key_answers(name, notes):
    widget = Bench(4, record(name), notes())
    sheet, key = widget.paper(), widget.key()
    for item in widget.items.values():
        asked = on_paper.worded(item)["question"]
        assert asked in html.unescape(sheet) and asked in html.unescape(key)
        if item["view"] == "bars":
            right = next(one for one in item["options"] if one["correct"])
            assert f"☑ {right['text']}" in key and "☑" not in sheet
    if name == "data-bench":
        assert "82.1%" in key and "82.1%" not in sheet.split("<li>")[1]
        assert "<b>2</b> 100 videos" in key and "Drag" not in sheet


@pytest.mark.parametrize("name", ["data-bench", "read-a-chart"])
def test_paper_draws_every_figure_and_prints_every_number(name, notes):
    widget = Bench(4, record(name), notes())
    sheet = html.unescape(widget.paper())
    ids = re.findall(r' id="([^"]+)"', sheet)
    assert len(ids) == len(set(ids))
    for item in widget.items.values():
        if item["view"] == "bars":
            assert all(f"<b>{letter}</b> ☐ {one['text']}" in sheet
                       for letter, one in zip("abcd", item["options"], strict=False))  # fmt: skip
            for one in item["measures"]:
                drawing = widget.drawing(item["id"], measure=one["id"])
                for row, cells in zip(drawing.rows, drawing.table, strict=True):
                    assert f">{row.told}</text>" in sheet and f">{row.label}</text>" in sheet
                    assert f"<td>{cells[one['label']]}" in sheet
                    for column in item["columns"].values():
                        assert f"<td>{cells[column]}</td>" in sheet
        elif item["view"] == "size":
            assert all(f"<td>{size} videos</td>" in sheet for size in item["sizes"])
        else:
            assert all(f">{one['label']}</text>" in sheet for one in item["groups"])


def test_a_text_for_paper_may_only_stand_for_what_is_asked():
    file = {"lesson": 4, "activities": [record()]}
    file["activities"][0]["items"][1]["paper"] = {"answer": "100"}
    assert Bench.problems(record(), "f.json") == []
    (problem,) = Bench.problems(file["activities"][0], "f.json")
    assert "how-many" in problem.item and "answer" in str(problem)


def test_plain_text_holds_every_option_and_the_tables(bench):
    text = bench.text()
    assert "( ) No single number will do." in text and "ADHD tests" in text
    assert "Health care professionals: ____%" in text
    assert bench._repr_mimebundle_()["text/plain"] == text


def test_the_display_is_the_box_with_the_chart(bench):
    shown = bench._repr_mimebundle_()["application/vnd.jupyter.widget-view+json"]
    assert shown["model_id"] == bench.box.model_id
    assert bench.box.children == (bench, bench.chart)
