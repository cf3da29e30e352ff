"""Two blind raters: their sheets, what is refused when they come back, and what comes of them."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from secondlook import cli, content, corpus, reviewed
from secondlook.agreement import cohen_kappa, percent_agreement
from secondlook.checks import DataError
from secondlook.review import report, sheets
from secondlook.review.sheets import Answer, Item

ROOT = Path(__file__).resolve().parents[1]


def rows(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def save(path: Path, table: list[list[str]], mark: str = ",", encoding: str = "utf-8-sig") -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=mark).writerows(table)
    path.write_bytes(text.getvalue().encode(encoding))


COLUMN = {head: at for at, head in enumerate(sheets.COLUMNS)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    sheets.write(tmp_path / "ratings")
    return tmp_path / "ratings"


def fill(folder: Path, rater: str, more: dict[str, tuple[str, str, str]] | None = None) -> None:
    """Fills a sheet with our own verdicts, but for the items named by id in ``more``."""
    known, path = sheets.items(), folder / sheets.name(rater)
    table = rows(path)
    for row in table[1:]:
        item = known[row[COLUMN["code"]]]
        row[-3:] = (more or {}).get(item.id, (item.ours, "3", ""))
    save(path, table)


# --- what is written ------------------------------------------------------------------------------


def test_each_rater_gets_every_post_and_claim_once_in_an_order_of_their_own(folder):
    tables = [rows(folder / sheets.name(rater)) for rater in sheets.RATERS]
    for table, rater in zip(tables, sheets.RATERS, strict=True):
        assert tuple(table[0]) == sheets.COLUMNS
        codes = [row[COLUMN["code"]] for row in table[1:]]
        assert sorted(codes) == sorted(sheets.items()) and len(codes) == len(set(codes))
        assert {row[COLUMN["rater"]] for row in table[1:]} == {rater}
        kinds = [row[COLUMN["kind"]] for row in table[1:]]
        assert kinds == sorted(kinds, reverse=True)  # posts, then claims
        assert all(row[-3:] == ["", "", ""] for row in table[1:])
    orders = [[row[COLUMN["code"]] for row in table[1:]] for table in tables]
    assert orders[0] != orders[1]
    as_kept = [one.code for one in sheets.items().values()]
    assert as_kept not in orders
    known = sheets.items()
    ids = [known[code].id for code in orders[0] if known[code].kind == "post"]
    assert ids != sorted(ids)


def test_the_order_follows_from_the_seed(tmp_path):
    for name, seed in (("one", 5), ("again", 5), ("other", 6)):
        sheets.write(tmp_path / name, seed)
    one, again, other = (
        (tmp_path / name / "rater_1.csv").read_bytes() for name in ("one", "again", "other")
    )
    assert one == again != other
    assert sorted(one.splitlines()) == sorted(other.splitlines())


def test_nothing_in_a_sheet_gives_our_verdict_away(folder):
    text = (folder / "rater_1.csv").read_bytes().decode("utf-8-sig")
    assert text.isprintable() or "\r\n" in text
    for post in content.records("posts").values():
        for hidden in (post["id"], post["reason"], post["fix"], *post["feedback"].values(),
                       *(one["text"] for one in post["comments"] if len(one["text"]) > 20)):  # fmt: skip
            assert not hidden or csv_cell(hidden) not in text, post["id"]
    for claim in content.records("claims").values():
        assert claim["reason"] not in text and claim["accurate"] not in text, claim["id"]
    verdicts = {word for some in sheets.words().values() for word in some}
    for table in (rows(folder / sheets.name(rater)) for rater in sheets.RATERS):
        for row in table[1:]:
            assert not verdicts & {cell.strip().lower() for cell in row}


def csv_cell(text: str) -> str:
    return text.replace('"', '""')


def test_the_code_says_nothing_and_changes_with_the_words():
    known = sheets.items()
    assert all(len(code) == 10 and not set(code) & set("aeiou0123456789") for code in known)
    item = next(iter(known.values()))
    assert Item(*vars(item).values()).code == item.code
    for change in ({"text": "other"}, {"id": "other"}, {"kind": "claim"}, {"on_screen": "other"}):
        assert Item(**{**vars(item), **change}).code != item.code
    assert Item(**{**vars(item), "ours": "other"}).code == item.code


def test_a_rater_sees_what_a_learner_sees_of_a_post():
    by_id = {one.id: one for one in sheets.items().values()}
    one = by_id["p-a02-s"]
    post = content.records("posts")["p-a02-s"]
    assert one.who == content.record("creators", post["creator"])["role"]
    assert all(beat in one.on_screen for beat in post["beats"])
    assert post["caption"] in one.text and f"#{post['hashtags'][0]}" in one.text
    assert one.paid == post["disclosure"]
    assert not any("{fact:" in one.on_screen + one.text for one in by_id.values())


@pytest.mark.parametrize("cell", ["=1+1", "+1 for this", "-x", "@home", "＝1", "\tx", "\rx"])
def test_a_cell_that_a_spreadsheet_would_compute_is_neutralised(cell):
    assert sheets.harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "a=b", "-5", "+3", "plain", "'quoted", "1 - 2"])
def test_other_cells_stay_as_they_are(cell):
    assert sheets.harmless(cell) == cell


def test_a_caption_that_looks_like_a_formula_is_neutralised_in_the_sheet(tmp_path, monkeypatch):
    post = content.records("posts")["p-a02-s"]
    monkeypatch.setitem(post, "caption", '=HYPERLINK("x")')
    sheets.write(tmp_path / "r")
    cells = [row[COLUMN["text"]] for row in rows(tmp_path / "r" / "rater_1.csv")]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not any(cell.startswith("=") for cell in cells)


def test_the_instructions_name_every_word_and_say_what_it_means():
    said = sheets.instructions()
    for word in [word for some in sheets.words().values() for word in some]:
        assert f"  {word} " in said and sheets.MEANING[word] in said
    assert set(sheets.MEANING) == {word for some in sheets.words().values() for word in some}
    assert "half" not in said  # how many are sound is not for them to know
    for head in sheets.FILLED:
        assert f"\n{head}" in said


def test_excel_is_told_that_the_sheets_are_utf_8(folder):
    for name in ("rater_1.csv", "rater_2.csv", sheets.READ_FIRST):
        assert (folder / name).read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("name", ["rater_1.csv", "rater_2.csv", sheets.READ_FIRST])
def test_a_sheet_that_is_there_is_never_written_over(tmp_path, name):
    (tmp_path / name).write_text("filled in")
    with pytest.raises(DataError, match="choose another folder"):
        sheets.write(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "filled in"


# --- what comes back ------------------------------------------------------------------------------


def test_filled_sheets_come_back(folder):
    fill(folder, "1", {"p-a01-s": ("unsound", "1", "Most of what?"), "p-a02-s": ("", "", "")})
    fill(folder, "2")
    first, second = sheets.read(folder)
    by_id = {one.id: code for code, one in sheets.items().items()}
    assert first[by_id["p-a01-s"]] == Answer("unsound", "1", "Most of what?")
    assert by_id["p-a02-s"] not in first and len(second) == len(sheets.items())


@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_sheet_comes_back_as_spreadsheets_save_it(folder, mark, encoding):
    fill(folder, "2")
    fill(folder, "1", {"ocd-01": (" Mostly Supported ", "2", 'He says "x"; fine, though')})
    table = rows(folder / "rater_1.csv")
    table = [table[0], *sorted(table[1:], key=lambda row: row[5]), [""] * 10]
    save(folder / "rater_1.csv", [[*row, "", ""] for row in table], mark, encoding)
    first, _ = sheets.read(folder)
    code = next(code for code, one in sheets.items().items() if one.id == "ocd-01")
    assert first[code] == Answer("mostly-supported", "2", 'He says "x"; fine, though')


def test_false_may_come_back_in_capitals(folder):
    fill(folder, "1", {"ocd-02": ("FALSE", "", "")})  # what Excel makes of the word
    fill(folder, "2")
    code = next(code for code, one in sheets.items().items() if one.id == "ocd-02")
    assert sheets.read(folder)[0][code].verdict == "false"


def drop(head):
    def change(folder):
        table = rows(folder / "rater_1.csv")
        save(
            folder / "rater_1.csv",
            [[c for at, c in enumerate(row) if at != COLUMN[head]] for row in table],
        )

    return change


def put(row=1, **cells):
    """Changes cells of a row of the first sheet."""

    def change(folder):
        table = rows(folder / "rater_1.csv")
        for head, cell in cells.items():
            table[row][COLUMN[head]] = cell
        save(folder / "rater_1.csv", table)

    return change


def repeat(folder):
    table = rows(folder / "rater_1.csv")
    save(folder / "rater_1.csv", [*table, table[3]])


def copied(folder):
    table = rows(folder / "rater_1.csv")
    save(folder / "rater_2.csv", [table[0], *([ "2", *row[1:]] for row in table[1:])])  # fmt: skip


def cut(rows_left):
    def change(folder):
        save(folder / "rater_1.csv", rows(folder / "rater_1.csv")[:rows_left])

    return change


def unfilled(folder):
    table = rows(folder / "rater_1.csv")
    save(folder / "rater_1.csv", [table[0], *([*row[:-3], "", "1", "x"] for row in table[1:])])


def twice(folder):
    table = rows(folder / "rater_1.csv")
    save(folder / "rater_1.csv", [[*row, row[COLUMN["verdict"]]] for row in table])


def raw(data):
    return lambda folder: (folder / "rater_1.csv").write_bytes(data)


def ragged(folder):
    table = rows(folder / "rater_1.csv")
    table[2] = [*table[2], "one more"]
    save(folder / "rater_1.csv", table)


def renamed(folder):
    (folder / "rater_1.csv").rename(folder / "rater_1.xlsx")


BAD = {
    "no column for the verdict": (drop("verdict"), "row 1: field verdict: found no such column"),
    "no column for the code": (drop("code"), "row 1: field code: found no such column"),
    "no column for the rater": (drop("rater"), "row 1: field rater: found no such column"),
    "a column twice": (twice, "row 1: field verdict: found the column 2 times"),
    "an unknown verdict": (put(verdict="soundish"), "row 2: field verdict: found 'soundish'; allowed: one of sound, unsound; suggestion: did you mean sound?"),
    "an unknown verdict far from all": (put(verdict="7"), f"row 2: field verdict: found '7'; allowed: one of sound, unsound; suggestion: the words stand in {sheets.READ_FIRST}"),
    "a claim's word for a post": (put(verdict="misleading"), "suggestion: that is a word for a claim"),
    "a post's word for a claim": (put(row=-1, verdict="sound"), "field verdict: found 'sound'; allowed: one of supported, "),
    "an unknown sureness": (put(sure="very"), "row 2: field sure: found 'very'; allowed: 1, 2, 3 or nothing"),
    "a letter for a note": (put(note="x" * 501), "row 2: field note: found 501 characters"),
    "an item twice": (repeat, "row 237: field code: found "),
    "an item twice, told": (repeat, "allowed: each item once; row 4 has it too"),
    "an unknown code": (put(code="zzzzzzzzzz"), "row 2: field code: found 'zzzzzzzzzz'; allowed: a post or claim of the course; suggestion: its wording has changed"),
    "another number of the rater": (put(rater="9"), "row 2: field rater: found '9'; allowed: 1; suggestion: the numbers of the raters stay"),
    "the same file twice": (lambda folder: shutil.copy(folder / "rater_2.csv", folder / "rater_1.csv"), "this is the sheet of rater 2: is it here twice?"),
    "a copy with another number": (copied, "found the same answers in the same order"),
    "a formula for a verdict": (put(verdict="=A1"), "row 2: field verdict: found '=A1'; allowed: a text that does not begin with =, +, - or @"),
    "a formula in a note": (put(note="-dash"), "row 2: field note: found '-dash'"),
    "a formula for a sureness": (put(sure="@x"), "row 2: field sure: found '@x'"),
    "an empty file": (raw(b""), "rater_1.csv: item the file: field -: found an empty file"),
    "nothing but blanks": (raw(b"\n \n"), "found an empty file"),
    "heads alone": (cut(1), "found no row under the heads"),
    "nothing filled in": (unfilled, "found no verdict; allowed: a sheet that somebody filled in"),
    "a cell too many": (ragged, "row 3: field -: found 1 cells more than heads"),
    "no such sheet": (lambda folder: (folder / "rater_1.csv").unlink(), "rater_1.csv: item the file: field -: found no such file"),
    "a workbook instead": (renamed, "is rater_1.xlsx meant? save it as CSV under the name rater_1.csv"),
    "a workbook under the name": (raw(b"PK\x03\x04rest"), "a zip archive or a workbook"),
    "another encoding": (raw("rater,code,verdict\n1,é,x\n".encode("latin-1")), "which is not UTF-8"),
    "UTF-16": (raw("rater,code".encode("utf-16")), "UTF-16 text"),
    "a quote that is not closed": (raw(b'rater,code,verdict\n1,"x,sound\n'), "cells whose quotes are closed"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_bad_sheet_is_refused_by_place_and_with_what_is_allowed(folder, name):
    change, expected = BAD[name]
    fill(folder, "1")
    fill(folder, "2")
    sheets.read(folder)
    change(folder)
    with pytest.raises(DataError) as refusal:
        sheets.read(folder)
    said = "\n".join(map(str, refusal.value.problems))
    assert expected in said, said
    assert len(refusal.value.problems) <= len(sheets.items())


def test_each_kind_of_bad_sheet_has_a_message_of_its_own():
    assert len({expected for _, expected in BAD.values()}) == len(BAD)


def test_problems_of_both_sheets_are_told_at_once(folder):
    fill(folder, "1", {"p-a01-s": ("nice", "", ""), "p-a02-s": ("=x", "5", "")})
    fill(folder, "2", {"p-a01-s": ("bad", "", "")})
    with pytest.raises(DataError) as refusal:
        sheets.read(folder)
    files = [one.file.split("/")[1] for one in refusal.value.problems]
    assert files == ["rater_1.csv"] * 3 + ["rater_2.csv"]


def test_a_wording_that_has_changed_since_is_noticed(folder, monkeypatch):
    fill(folder, "1")
    fill(folder, "2")
    monkeypatch.setitem(content.records("claims")["ocd-01"], "claim", "Nobody has odd thoughts.")
    with pytest.raises(DataError, match="its wording has changed since"):
        sheets.read(folder)


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(DataError, match="no such folder"):
        sheets.read(tmp_path / "nowhere")


def test_two_raters_may_agree_on_a_few(folder):
    for rater in sheets.RATERS:
        fill(folder, rater)
        table = rows(folder / sheets.name(rater))
        save(
            folder / sheets.name(rater), [table[0], *sorted(table[1:], key=lambda row: row[1])[:19]]
        )
    first, second = sheets.read(folder)
    assert first == second and len(first) == 19


# --- the report -----------------------------------------------------------------------------------


def item(code: str, kind: str, ours: str) -> Item:
    return Item(kind, f"id-{code}", "", "", f"text of {code}", "", ours)


def said(verdict: str, sure: str = "", note: str = "") -> Answer:
    return Answer(verdict, sure, note)


ITEMS = {
    "a": item("a", "post", "sound"),
    "b": item("b", "post", "unsound"),
    "c": item("c", "post", "sound"),
    "d": item("d", "post", "unsound"),
    "e": item("e", "claim", "supported"),
    "f": item("f", "claim", "false"),
    "g": item("g", "claim", "not-checkable"),
}
FIRST = {"a": said("sound"), "b": said("unsound"), "c": said("unsound", "3", "too big"),
         "e": said("mostly-supported"), "f": said("misleading"), "g": said("not-checkable")}  # fmt: skip
SECOND = {"a": said("sound"), "b": said("sound", "1"), "c": said("unsound"), "d": said("unsound"),
          "e": said("supported"), "f": said("no-good-evidence")}  # fmt: skip


def line(what: str, pair: str) -> report.Line:
    return next(
        one for one in report.lines(ITEMS, FIRST, SECOND) if (one.what, one.pair) == (what, pair)
    )


def test_agreement_of_posts():
    pairs = [("sound", "sound"), ("unsound", "sound"), ("unsound", "unsound")]
    one = line("posts", "rater 1 and rater 2")
    assert (one.items, one.percent, one.kappa) == (
        3, percent_agreement(pairs), cohen_kappa(pairs))  # fmt: skip
    assert line("posts", "rater 1 and the course").items == 3
    assert line("posts", "rater 2 and the course").items == 4
    assert line("posts", "rater 2 and the course").percent == 50


def test_claims_are_counted_in_seven_words_and_in_three():
    seven, three = (line(f"claims, {n} words", "rater 1 and rater 2") for n in ("seven", "three"))
    assert (seven.items, seven.percent) == (2, 0) and (three.items, three.percent) == (2, 100)
    assert seven.kappa == cohen_kappa(
        [("mostly-supported", "supported"), ("misleading", "no-good-evidence")]
    )
    assert three.kappa == 1
    course = line("claims, three words", "rater 1 and the course")
    assert (course.items, course.percent) == (3, 100)


def test_every_verdict_is_folded_into_one_of_three():
    assert set(report.FOLDED) == set(sheets.words()["claim"])
    assert len(set(report.FOLDED.values())) == 3


def test_where_nothing_can_be_told_a_dash_stands():
    alike = {"a": said("sound"), "c": said("sound")}
    told = {one.pair: one for one in report.lines(ITEMS, alike, alike) if one.what == "posts"}
    one = told["rater 1 and rater 2"]
    assert (one.percent, one.kappa) == (100, None)
    nothing = next(o for o in report.lines(ITEMS, alike, {}) if o.pair == "rater 1 and rater 2")
    assert (nothing.items, nothing.percent, nothing.kappa) == (0, None, None)
    assert "   -" in report.text(ITEMS, alike, {})


def test_what_is_left_out_is_counted():
    assert report.left_out(ITEMS, FIRST, SECOND) == {
        "posts": [4, 1, 0, 0],
        "claims": [3, 0, 1, 0],
    }
    both = report.left_out(ITEMS, {}, {"a": said("sound")})
    assert both == {"posts": [4, 4, 3, 3], "claims": [3, 3, 3, 3]}
    text = report.text(ITEMS, FIRST, SECOND)
    assert (
        "posts: 4, of which both raters gave 3 a verdict. Left out: 1 without one by rater 1"
        in text
    )


def test_items_in_dispute_begin_with_those_where_both_differ_from_the_course():
    found = [one.item.id for one in report.disputes(ITEMS, FIRST, SECOND)]
    assert found == ["id-c", "id-f", "id-b", "id-e"]  # c and f: both; b and e: one
    text = report.text(ITEMS, FIRST, SECOND)
    assert "In dispute: 4" in text
    assert "post id-c: course sound; rater 1 unsound (sure: 3), “too big”; rater 2 unsound" in text
    assert report.disputes(ITEMS, {"a": said("sound")}, {}) == []
    alone = report.disputes(ITEMS, {"a": said("unsound")}, {})
    assert [one.second for one in alone] == [None]
    assert "rater 2 nothing" in report.text(ITEMS, {"a": said("unsound")}, {})


def test_the_tables_are_for_a_spreadsheet(tmp_path):
    first = {**FIRST, "c": said("unsound", "3", "'=1+1 was in my note")}
    written = report.write(tmp_path, ITEMS, first, SECOND)
    assert sorted(written) == sorted(one.name for one in tmp_path.iterdir())
    for name in written:
        assert (tmp_path / name).read_bytes().startswith(b"\xef\xbb\xbf")
    counted = rows(tmp_path / report.AGREEMENT)
    assert counted[0] == ["what", "who", "items", "percent", "kappa"] and len(counted) == 10
    assert counted[1][:4] == ["posts", "rater 1 and rater 2", "3", "66.6667"]
    disputed = rows(tmp_path / report.DISPUTED)
    assert disputed[1] == ["post", "id-c", "sound", "unsound", "unsound", "3", "",
                           "'=1+1 was in my note", "", "text of c"]  # fmt: skip
    tricky = {"c": Item("post", "id-c", "", "", "=cmd", "", "sound")}
    report.write(tmp_path, tricky, FIRST, SECOND)
    assert rows(tmp_path / report.DISPUTED)[1][-1] == "'=cmd"


# --- on the command line --------------------------------------------------------------------------


def test_sheets_are_written_filled_and_read_on_the_command_line(tmp_path, capsys):
    place = tmp_path / "r"
    assert cli.main(["review", "write", str(place), "--seed", "3"]) == 0
    assert "rater_1.csv, rater_2.csv" in capsys.readouterr().out
    fill(place, "1", {"p-a01-s": ("unsound", "2", "Most of whom?")})
    fill(place, "2", {"p-a02-s": ("", "", "")})
    assert cli.main(["review", "read", str(place)]) == 0
    out = capsys.readouterr().out
    assert "In dispute: 1" in out and "Most of whom?" in out
    assert f"both raters gave {len(content.records('posts')) - 1} a verdict" in out
    assert '"what": ["claims", "posts"]' in out and date.today().isoformat() in out
    assert (place / report.TEXT).read_bytes().decode("utf-8-sig") in out


def test_a_bad_sheet_is_refused_on_the_command_line(folder, capsys):
    assert cli.main(["review", "read", str(folder)]) == 1
    said = capsys.readouterr().err
    assert "found no verdict" in said and "secondlook: 2 problems found" in said
    assert cli.main(["review", "write", str(folder)]) == 1
    assert "choose another folder" in capsys.readouterr().err
    assert not (folder / report.TEXT).exists()


def test_a_folder_that_cannot_be_made_is_refused(tmp_path, capsys):
    (tmp_path / "file").write_text("x")
    assert cli.main(["review", "write", str(tmp_path / "file" / "r")]) == 1
    assert "Choose a folder you may write to" in capsys.readouterr().err


def test_a_report_that_cannot_be_written_is_told(folder, capsys):
    fill(folder, "1")
    fill(folder, "2", {"ocd-01": ("false", "", "")})
    (folder / report.TEXT).mkdir()
    assert cli.main(["review", "read", str(folder)]) == 1
    assert "The report could not be written" in capsys.readouterr().err


# --- who has reviewed the course ------------------------------------------------------------------

ENTRY = {"role": "licensed clinician", "profession": "clinical psychologist", "country": "Canada",
         "date": "2026-03-09", "what": ["posts", "claims"]}  # fmt: skip
TEACHER = {**ENTRY, "role": "teacher", "profession": "biology teacher", "what": ["lessons"]}


def test_while_nobody_has_reviewed_it_that_is_said():
    assert reviewed.sentence([]) == "No licensed clinician has reviewed it yet."
    said = reviewed.sentence([TEACHER])
    assert said.startswith("No licensed clinician has reviewed it yet. Read by: biology teacher")
    young = {**TEACHER, "role": "other professional"}
    assert reviewed.sentence([young]).startswith("No licensed clinician")


def test_once_somebody_has_reviewed_it_that_is_said():
    said = reviewed.sentence([TEACHER, ENTRY])
    assert said == (
        "Reviewed by 1 licensed clinician: clinical psychologist, Canada (posts, claims; 2026-03-09)."
        " Also read by: biology teacher, Canada (lessons; 2026-03-09)."
    )
    assert reviewed.sentence([ENTRY, ENTRY]).startswith("Reviewed by 2 licensed clinicians: ")


@pytest.fixture
def data(tmp_path, monkeypatch):
    shutil.copytree(content.data_dir(), tmp_path / "data")
    monkeypatch.setenv("SECONDLOOK_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_the_course_says_what_its_list_says(data):
    for listed in ([], [ENTRY]):
        (data / "reviews.json").write_text(json.dumps(listed))
        assert content.review_state() == reviewed.sentence(listed)
        assert corpus._reviews() == []


@pytest.mark.parametrize("listed", [[], [ENTRY]])
def test_what_a_teacher_reads_is_drawn_from_the_list(listed, tmp_path, monkeypatch):
    spec = importlib.util.spec_from_file_location("draw", ROOT / "tools" / "draw.py")
    draw = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(draw)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "reviews.json").write_text(json.dumps(listed))
    monkeypatch.setattr(draw, "ROOT", tmp_path)
    assert len(draw.TOLD) == 3
    for path in draw.TOLD:
        text = path.read_text(encoding="utf-8")
        drawn = draw.with_review(text)
        assert f"**{reviewed.sentence(listed)}**" in drawn
        assert (reviewed.NOBODY in drawn) == (not listed)
        assert draw.with_review(drawn) == drawn


BAD_REVIEWS = {
    "no list": ({}, "a list of reviews"),
    "no record": ([7], "number 1"),
    "no role": ([{k: v for k, v in ENTRY.items() if k != "role"}], "field role: found nothing"),
    "an unknown role": ([{**ENTRY, "role": "doctor"}], "field role: found 'doctor'"),
    "a name": ([{**ENTRY, "name": "Ann Doe"}], "field name: found an unknown field"),
    "no such day": ([{**ENTRY, "date": "2026-02-30"}], "a day of the calendar"),
    "no day": ([{**ENTRY, "date": "March"}], "field date"),
    "a day to come": ([{**ENTRY, "date": (date.today() + timedelta(2)).isoformat()}], "that has been"),
    "nothing reviewed": ([{**ENTRY, "what": []}], "field what"),
    "an unknown part": ([{**ENTRY, "what": ["soul"]}], "field what"),
    "a line that breaks the table": ([{**ENTRY, "profession": "a | b"}], "field profession"),
    "a blank country": ([{**ENTRY, "country": ""}], "field country"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_REVIEWS)
def test_a_bad_entry_is_refused(data, name):
    listed, expected = BAD_REVIEWS[name]
    (data / "reviews.json").write_text(json.dumps(listed))
    assert expected in "\n".join(map(str, corpus._reviews()))


def test_a_list_that_is_gone_is_a_problem(data):
    (data / "reviews.json").unlink()
    assert any(one.file == "reviews.json" for one in corpus.problems())


def test_the_entry_that_is_suggested_can_be_filled_in(folder):
    fill(folder, "1")
    fill(folder, "2")
    made: dict[str, Any] = json.loads(
        report.entry(sheets.read(folder), sheets.items(), date(2026, 3, 9))
    )
    made.update(role="licensed clinician", profession="nurse", country="Ireland")
    assert content.record_shapes("reviews").problems("file", [made], "f", "i") == []


def test_the_check_of_the_course_says_who_has_reviewed_it(monkeypatch, capsys):
    from secondlook import activities

    monkeypatch.setattr(activities, "check_all", list)
    assert cli.main(["check"]) == 0
    assert content.review_state() in capsys.readouterr().out
