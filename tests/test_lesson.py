"""The parts a notebook calls: opening, showing, tables, charts, saving; and what they refuse."""

from __future__ import annotations

import json

import pytest

from secondlook import content, lesson, pages
from secondlook.classroom.hand_in import gather, write_hand_in
from secondlook.journal import Journal
from secondlook.keep import Keep
from secondlook.lesson import Lesson
from secondlook.markup import STATIC, Page, escape, module_text, table
from secondlook.show import MIMETYPE, bundles


@pytest.fixture(autouse=True)
def own_work(tmp_path, monkeypatch):
    """Each test has a work folder of its own."""
    monkeypatch.setenv("SECONDLOOK_WORK", str(tmp_path / "work"))
    lesson.journal.cache_clear()
    lesson._on_screen.clear()
    yield tmp_path / "work"
    lesson.journal.cache_clear()


def test_a_lesson_that_is_not_there_is_refused_with_those_that_are():
    there = ", ".join(map(str, content.syllabus()))
    assert there.startswith("0, ")
    with pytest.raises(ValueError, match=rf"There is no lesson 99\. There are lessons {there}\."):
        Lesson(99)


def test_opening_has_help_pass_rule_and_objectives_in_html_and_text():
    page = Lesson(3).open()
    bundle = page._repr_mimebundle_()
    for text in (bundle["text/html"], bundle["text/plain"]):
        assert "findahelpline.com" in text
        assert "You can pass" in text
        assert content.read_json("helplines.json")["checked"] in text
        for goal in content.syllabus()[3]["objectives"]:
            assert goal in text


def test_the_help_block_is_the_same_in_every_lesson():
    assert all(pages.help_block() in Lesson(n).open().markup for n in content.syllabus())
    for country in content.read_json("helplines.json")["countries"]:
        assert escape(country["country"]) in pages.help_block()


def test_an_activity_that_is_not_there_becomes_a_page_that_says_so():
    shown = Lesson(3).show("tag-the-captoin")
    assert isinstance(shown, Page)
    assert "Tell your teacher" in shown.text
    assert "activities/03.json" in shown.text
    assert "tag-the-caption" in shown.text  # did you mean


def test_spoilt_data_becomes_a_page_with_every_problem(small_course, monkeypatch):
    path = small_course / "activities" / "01.json"
    path = path if path.exists() else next((small_course / "activities").glob("*.json"))
    number = int(path.stem)
    raw = json.loads(path.read_text(encoding="utf-8"))
    first = raw["activities"][0]
    first["kind"] = "riddle"
    path.write_text(json.dumps(raw), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(content, "syllabus", lambda: {number: {"title": "T"}})
        shown = Lesson(number).show(first["id"])
    assert isinstance(shown, Page)
    assert "riddle" in shown.text
    assert 'role="alert"' in shown.markup


def test_showing_again_replaces_the_old_widget_and_keeps_the_answers():
    first = Lesson(3).show("exit-story")
    item = first.record["items"][0]
    answer = {"choice": [item["options"][0]["id"]], "first": [item["options"][0]["id"]], "sure": 80}
    first.set_state({"state": {"rev": 1, "items": {item["id"]: answer}}})
    assert first.saved == {"rev": 1, "problem": ""}
    second = Lesson(3).show("exit-story")
    assert second.state["items"] == {item["id"]: answer}
    assert first.comm is None  # closed: a cell that runs again leaves nothing behind


def test_plain_text_of_an_activity_stands_in_its_output():
    shown = Lesson(3).show("exit-story")
    assert "( )" in str(shown)
    bundle = shown._repr_mimebundle_()
    assert str(shown) in json.dumps(bundle, ensure_ascii=False).replace("\\n", "\n")


def test_a_table_hides_what_only_an_editor_needs():
    page = Lesson(4).table("reach", "Views and likes")
    assert "aragonguevara" not in page.text
    assert "<caption>Views and likes</caption>" in page.markup
    assert 'scope="col"' in page.markup


def test_a_table_may_show_some_columns_under_heads_of_its_own():
    page = Lesson(4).table("reach", columns={"videos": "how many", "accuracy_group": "heap"})
    assert page.text.splitlines()[1].split() == ["how", "many", "heap"]
    assert "likes" not in page.text
    with pytest.raises(KeyError):
        Lesson(4).table("reach", columns={"nothing": "nothing"})


def test_a_table_without_rows_is_refused():
    with pytest.raises(ValueError, match="at least one row"):
        table([], "nothing")
    with pytest.raises(ValueError, match="at least one row"):
        Lesson(4).table("reach", group="nobody")


def test_text_is_escaped_wherever_it_lands():
    page = table([{"<b>": "<script>alert(1)</script>"}], "<i>")
    assert "<script>" not in page.markup
    assert "<b>" not in page.markup
    assert "<i>" not in page.markup


def test_a_chart_has_a_reading_and_a_table():
    figure = {"data": [{"type": "bar", "y": [1]}], "layout": {}}
    chart, words = bundles(figure, "One bar.", [{"what": "a", "n": 1}])
    assert chart[MIMETYPE] == figure
    assert chart["text/plain"] == "One bar."
    assert "One bar." in words["text/html"]
    assert "<table" in words["text/html"]


def test_a_plotly_figure_is_taken_too():
    go = pytest.importorskip("plotly.graph_objects")
    chart, _ = bundles(go.Figure(go.Bar(y=[1, 2])), "Two bars.")
    assert chart[MIMETYPE]["data"][0]["type"] == "bar"


@pytest.mark.parametrize(
    ("figure", "reading", "said"),
    [
        ({"data": []}, " ", "one sentence"),
        ("a picture", "One bar.", "must be a dict"),
        ({"layout": {}}, "One bar.", "must be a dict"),
    ],
)
def test_a_chart_without_words_or_data_is_refused(figure, reading, said):
    with pytest.raises(ValueError, match=said):
        bundles(figure, reading)


@pytest.mark.parametrize(
    "kind", ["choose", "judge", "sort", "spot", "estimate", "reword", "bench", "keep", "assessment"]
)
def test_a_kind_becomes_one_module_that_imports_nothing(kind):
    text = module_text(kind)
    assert "\nimport " not in text
    assert text.count("export default") == 1
    own = (STATIC / f"{kind}.js").read_text(encoding="utf-8")
    assert text.count("\nexport {") == own.count("\nexport {")  # what it shares stays inside


# --- Save my work, Load my work ------------------------------------------------------------------


@pytest.fixture
def keep(own_work):
    """A Keep whose messages to the browser are kept in a list."""
    done: list[str] = []
    made = Keep(Journal.open(own_work), lambda: done.append("refreshed"))
    sent: list[dict] = []
    made.send = lambda message, buffers=None: sent.append(message)
    made.sent, made.done = sent, done
    return made


EXIT = {"choice": ["a"], "first": ["a"], "sure": 70}
DRAFT = {"lesson": 12, "activity": "post-studio", "item": "draft.panic.fresh",
         "draft": {"beats": ["My own words"], "caption": "Mine"}}  # fmt: skip


def saved(keep, **asked):
    """The file that Save my work gives, and the sentence with it."""
    keep._asked(keep, {"do": "save", **asked}, [])
    file, told = keep.sent[-2:]
    assert (file["do"], told["do"]) == ("save", "told")
    assert file["name"] == f"second-look-{keep.learner}.json"
    return file["text"], told["text"]


def test_save_gives_the_file_and_says_so(keep):
    keep.journal.record(3, "exit-story", "q1", EXIT)
    text, told = saved(keep)
    assert json.loads(text)["learner"] == keep.learner
    assert [one["answer"] for one in json.loads(text)["answers"]] == [EXIT]
    assert told == "Saved as a file. Your browser put it where downloads go."


@pytest.mark.parametrize("texts", [False, None, "yes", 1, []])
def test_what_was_typed_stays_out_unless_the_box_is_ticked(keep, texts):
    text, _ = saved(keep, texts=texts, drafts=[DRAFT])
    assert json.loads(text)["texts"] is False
    assert "own words" not in text


def test_the_box_puts_in_what_was_typed_and_load_gives_it_to_the_browser(keep, tmp_path):
    text, told = saved(keep, texts=True, drafts=[DRAFT])
    assert told.endswith("Your draft is in it.")
    assert keep.journal.latest() == []  # not even while it passes through
    keep.sent.clear()
    keep._asked(keep, {"do": "load", "text": text}, [])
    assert keep.sent[0] == {"do": "drafts", "learner": keep.learner, "drafts": [DRAFT]}
    assert keep.sent[1]["text"] == "Your draft is back in this browser."
    assert keep.journal.latest() == []


@pytest.mark.parametrize(
    "drafts",
    [
        None, "text", [], [7], [{}], [{**DRAFT, "more": 1}], [{**DRAFT, "lesson": "12"}],
        [{**DRAFT, "activity": "exit-story", "lesson": 3}], [{**DRAFT, "draft": float("nan")}],
        [{**DRAFT, "draft": "x" * 30_000}],
    ],
)  # fmt: skip
def test_what_is_no_draft_is_not_put_in(keep, drafts):
    text, told = saved(keep, texts=True, drafts=drafts)
    assert json.loads(text)["answers"] == []
    assert "No drafts were found" in told


def test_answers_that_are_not_in_the_table_stay_here_and_are_told(keep):
    keep.journal.record(3, "exit-story", "q1", {**EXIT, "note": "what I felt"})
    text, told = saved(keep)
    assert json.loads(text)["answers"] == [] and "felt" not in text
    assert "Left out: 1" in told


def test_load_brings_answers_back_and_refreshes(keep, tmp_path):
    other = Journal.open(tmp_path / "other")
    other.record(3, "exit-story", "q1", EXIT)
    text = write_hand_in(gather(other.learner, other.latest()))
    keep._asked(keep, {"do": "load", "text": text}, [])
    assert keep.learner == other.learner
    assert keep.done == ["refreshed"]
    assert keep.journal.answers(3, "exit-story") == {"q1": EXIT}
    assert keep.sent[-1]["text"] == "Your work is back: 1 answer."


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_load_still_reads_the_lines_of_before(keep, tmp_path, mark):
    other = Journal.open(tmp_path / "other")
    other.record(3, "exit-story", "q1", EXIT)
    keep._asked(keep, {"do": "load", "text": mark + other.path.read_text()}, [])
    assert keep.learner == other.learner
    assert keep.journal.answers(3, "exit-story") == {"q1": EXIT}


@pytest.mark.parametrize(
    "message",
    [
        {"do": "load", "text": "not a file of ours"},
        {"do": "load"},
        {"do": "load", "text": "\ud83d"},
        {"do": "load", "text": '{"secondlook": "work", "format": 3}'},
        {
            "do": "load",
            "text": '{"secondlook": "answers", "format": 99, "learner": "fern-otter-42"}\n',
        },
    ],
)
def test_a_bad_file_is_refused_in_a_sentence_and_changes_nothing(keep, message):
    keep.journal.record(3, "exit-story", "q1", {"choice": ["a"]})
    keep._asked(keep, message, [])
    assert keep.sent[-1]["do"] == "told"
    assert keep.sent[-1]["text"].endswith(".")
    assert keep.done == []
    assert keep.journal.answers(3, "exit-story") == {"q1": {"choice": ["a"]}}


def test_an_unknown_wish_is_answered(keep):
    keep._asked(keep, {"do": "format the disk"}, [])
    keep._asked(keep, "hello", [])
    assert [one["text"] for one in keep.sent] == ["That button does nothing here."] * 2


def test_another_code_is_picked_and_answers_stay(keep):
    keep.journal.record(3, "exit-story", "q1", {"choice": ["a"]})
    before = keep.learner
    keep._asked(keep, {"do": "new-code"}, [])
    assert keep.learner != before
    assert keep.journal.answers(3, "exit-story")


def test_the_code_stands_in_no_stored_output(keep):
    assert keep.learner not in json.dumps(keep._repr_mimebundle_()[0]["text/plain"])
