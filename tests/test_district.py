"""A store of many classes: the same report as from a folder, and every row that will not do named."""

from __future__ import annotations

import csv
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from a_class import Kept, plain_forms  # noqa: F401  (a fixture)
from secondlook import cli, forms
from secondlook.classroom import district, simulate, store
from secondlook.classroom.store import StoreError
from secondlook.classroom.summary import COLUMNS, summarise

duckdb = pytest.importorskip("duckdb")
pytestmark = pytest.mark.usefixtures("plain_forms")

DAYS = ("2026-09-01", "2026-11-20", "")
MODEL = replace(simulate.CLASSES["discerning"], learners=30, absent=0.15, missing=0.2, later=True)


def sheets(classes: int = 4, seed: int = 1):
    """Class name, day and sheet; every seventh test is not finished."""
    names = [f'class "{place}", year 9' for place in range(classes)]
    found = [
        one
        for marks in simulate.many_marks(MODEL, names, seed, DAYS)
        for one in simulate.sheets(marks)
    ]
    return [
        (name, day, replace(sheet, finished=place % 7 != 0))
        for place, (name, day, sheet) in enumerate(found)
    ]


def assert_same(one, other):
    for name in COLUMNS:
        if name == "learners":
            continue
        left, right = getattr(one, name), getattr(other, name)
        keys = [key for key in ("class_name", "learner", "occasion", "form", "item", "option", "sure")
                if key in left]  # fmt: skip
        left, right = (
            frame.sort_values(keys).reset_index(drop=True)[list(COLUMNS[name])]
            for frame in (left, right)
        )
        assert len(left) == len(right), name
        for column in COLUMNS[name]:
            a, b = left[column], right[column]
            if a.dtype.kind == "f":
                assert np.allclose(a, b.astype(float), rtol=0, atol=1e-9, equal_nan=True), column
            else:
                assert a.tolist() == b.tolist(), column


@pytest.mark.parametrize("suffix", store.SUFFIXES)
def test_a_store_and_a_folder_of_the_same_learners_give_the_same_report(
    tmp_path, suffix, monkeypatch
):
    monkeypatch.setattr(district, "TESTS_AT_ONCE", 2048)  # more than one chunk a form
    given = sheets(60)
    path = tmp_path / f"district{suffix}"
    rows = store.write_store(given, path)
    assert rows == sum(len(one.answers) + one.finished for _, _, one in given)
    found = district.summary_from_store(path)
    folder = summarise(Kept("x", sheet, None, name) for name, _, sheet in given)
    folder.tests["saved"] = found.tests["saved"] = ""  # a sheet alone does not know its day
    assert len(found.tests) == len(given) > 2 * 2048
    assert_same(found, folder)
    assert found.refused == [] and found.kept == [path.name]
    assert found.learners["learner"].tolist() == folder.learners["learner"].tolist()


def test_the_days_come_through(tmp_path):
    path = tmp_path / "days.parquet"
    store.write_store(sheets(1), path)
    found = district.summary_from_store(path)
    assert set(zip(found.tests["occasion"], found.tests["saved"], strict=True)) == set(
        zip(forms.OCCASIONS, DAYS, strict=True)
    )


def test_too_little_memory_spills_or_says_so_and_never_dies(tmp_path):
    path = tmp_path / "large.parquet"
    given = sheets(40)
    store.write_store(given, path)
    try:
        found = district.summary_from_store(path, memory="60MB")
    except StoreError as problem:
        assert "needs more memory than 60MB" in str(problem)
    else:
        assert len(found.tests) == len(given)


def one_test(**changed):
    """The rows of one finished test, as the lines of a CSV file."""
    name, day, sheet = next(one for one in sheets(1) if one[2].occasion == "before")
    head = {"class_name": name, "learner": sheet.learner, "occasion": "before", "form": sheet.form,
            "edition": "1", "saved": day}  # fmt: skip
    rows = [
        {
            **head,
            "item": key,
            "pick": one.get("call", one.get("pick")),
            "sure": one.get("sure", ""),
            **changed,
        }
        for key, one in sheet.answers.items()
    ]
    return [*rows, {**head, "item": "finished", "pick": "", "sure": "", **changed}]


def write(path, rows, columns=store.COLUMNS):
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, columns, lineterminator="\n")
        out.writeheader()
        out.writerows(rows)
    return path


WHOLE = {  # a test that is refused as a whole: what is changed in all of its rows, and the reason
    "a name as a code": ({"learner": "Tim Miller"}, "the learner code is none that this course makes"),
    "no code": ({"learner": ""}, "the learner code is none that this course makes"),
    "SQL as a code": ({"learner": "'; DROP TABLE tests; --"}, "the learner code is none that this course makes"),
    "another occasion": ({"occasion": "during"}, "the occasion is not before, after or later"),
    "another form": ({"form": "D"}, "the form is not A, B or C"),
    "a form of another occasion": ({"form": "C"}, "that form does not belong to that occasion"),
    "an edition that is no number": ({"edition": "first"}, "the edition is no number from 0 to 7"),
    "no day": ({"saved": "2026-02-30"}, "the day it was saved is no day"),
    "a day with a time": ({"saved": "2026-02-01 10:00"}, "the day it was saved is no day"),
    "a long name of a class": ({"class_name": "x" * 101}, "the name of the class is longer than 100 characters"),
}  # fmt: skip


@pytest.mark.parametrize(("changed", "reason"), WHOLE.values(), ids=WHOLE)
def test_a_test_that_will_not_do_is_left_out_and_named(tmp_path, changed, reason):
    good = one_test(class_name="good")
    bad = one_test(**changed)
    found = district.summary_from_store(write(tmp_path / "s.csv", [*good, *bad]))
    assert found.tests["class_name"].tolist() == ["good"]
    assert found.refused == [
        (f"s.csv, line {len(good) + 2} and {len(bad) - 1} more of that test", reason)
    ]


ROWS = {  # a row that is left out of a test that stays
    "an item of no form": ({"item": "p-zz"}, "the form has no such item"),
    "an item of another form": ({"item": "p-c0"}, "the form has no such item"),
    "script as an item": ({"item": "<script>alert(1)</script>"}, "the form has no such item"),
    "a pick that is none": ({"pick": "maybe"}, "the item takes no such pick or sureness"),
    "sureness between the levels": ({"sure": "55"}, "the item takes no such pick or sureness"),
    "sureness that is no number": ({"sure": "NaN"}, "the item takes no such pick or sureness"),
    "a negative sureness": ({"sure": "-50"}, "the item takes no such pick or sureness"),
    "no sureness": ({"sure": ""}, "the item takes no such pick or sureness"),
}


@pytest.mark.parametrize(("changed", "reason"), ROWS.values(), ids=ROWS)
def test_a_row_that_will_not_do_is_left_out_and_named(tmp_path, changed, reason):
    rows = one_test()
    place = next(at for at, one in enumerate(rows) if one["sure"])
    rows[place] = {**rows[place], **changed}
    found = district.summary_from_store(write(tmp_path / "s.csv", rows))
    assert found.refused == [(f"s.csv, line {place + 2}", reason)]
    assert found.tests["answered"].tolist() == [len(rows) - 2]


def test_a_test_that_answers_an_item_twice_is_refused(tmp_path):
    rows = one_test()
    found = district.summary_from_store(write(tmp_path / "s.csv", [*rows, rows[3]]))
    assert found.tests.empty and found.kept == []
    assert found.refused == [
        (f"s.csv, line 2 and {len(rows)} more of that test", "it answers an item twice")
    ]


def test_of_two_copies_of_a_test_the_finished_one_counts_then_the_newer_one(tmp_path):
    rows = one_test()
    old = [{**one, "saved": "2026-08-01"} for one in rows]
    newer_but_open = [{**one, "saved": "2026-09-09"} for one in rows if one["item"] != "finished"]
    found = district.summary_from_store(write(tmp_path / "s.csv", [*old, *rows, *newer_but_open]))
    assert found.tests[["saved", "finished"]].to_numpy().tolist() == [["2026-09-01", True]]
    assert [reason for _, reason in found.refused] == [
        "a newer or fuller copy of that test stands in the store"
    ] * 2


def test_lines_that_are_no_rows_are_named_by_their_line(tmp_path):
    path = write(tmp_path / "s.csv", one_test())
    lines = path.read_bytes().splitlines(keepends=True)
    lines[3:3] = [b"only,three,columns\n", b"\xff\xfe,x,before,A,1,,p,trust,50\n"]
    lines.insert(9, lines[8].replace(b",before,", b",before,A,A,A,"))
    lines[12] = lines[12].replace(b"p-", b"q-").replace(b",a-", b",q-").replace(b",b-", b",q-")
    path.write_bytes(b"".join(lines))
    found = district.summary_from_store(path)
    assert found.refused == [
        ("s.csv, line 4", "the line has too few columns"),
        ("s.csv, line 5", "the line is not UTF-8"),
        ("s.csv, line 10", "the line has too many columns"),
        ("s.csv, line 13", "the form has no such item"),
    ]
    assert len(found.tests) == 1


def test_an_open_quotation_mark_is_told(tmp_path):
    path = write(tmp_path / "s.csv", one_test())
    text = path.read_text(encoding="utf-8")
    path.write_text(f'{text}"open,before\nx,y\n', encoding="utf-8")
    found = district.summary_from_store(path)
    assert len(found.tests) == 1
    assert [reason for _, reason in found.refused] == [
        "a quotation mark is not closed, and what stands behind it was not read"
    ]


def test_what_is_not_named_is_counted(tmp_path):
    rows = [{**one_test()[0], "learner": f"nobody {place}"} for place in range(30)]
    found = district.summary_from_store(write(tmp_path / "s.csv", rows), listed=4)
    assert [name for name, _ in found.refused] == [
        "s.csv, line 2", "s.csv, line 3", "s.csv, line 4", "s.csv, line 5", "s.csv, 26 more lines",
    ]  # fmt: skip


def test_other_columns_and_another_order_do_no_harm(tmp_path):
    columns = ["a\"; DROP", "sure", "pick", "item", "saved", "edition", "form", "occasion",
               "learner", "class_name", "notes"]  # fmt: skip
    rows = [{**one, "notes": "=cmd()"} for one in one_test()]
    found = district.summary_from_store(write(tmp_path / "s.csv", rows, columns))
    assert len(found.tests) == 1 and found.refused == []


def test_a_parquet_file_of_numbers_and_days_is_read(tmp_path):
    path = tmp_path / "typed.parquet"
    plain = write(tmp_path / "s.csv", one_test())
    duckdb.sql(f"COPY (FROM read_csv('{plain}')) TO '{path}' (FORMAT parquet)")
    found = district.summary_from_store(path)
    assert found.refused == []
    assert_same(found, district.summary_from_store(plain))


NAMES = ["it's.csv", "a; DROP TABLE x.csv", "ü ñ 二.csv", "--.csv", "$code.csv", "%s.csv"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows allows few of these names")
@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_only_ever_a_name(tmp_path, name):
    path = write(tmp_path / name, one_test())
    assert district.summary_from_store(path).kept == [name]
    copy = path.with_suffix(".parquet")
    store.write_store(sheets(1), copy)
    assert district.summary_from_store(copy).refused == []


def no_file(folder):
    return folder / "gone.parquet"


def a_text(folder):
    path = folder / "notes.txt"
    path.write_text("hello", encoding="utf-8")
    return path


def stars(folder):
    write(folder / "secret.csv", one_test())
    return write(folder / "s*.csv", one_test())


def no_columns(folder):
    path = folder / "s.csv"
    path.write_text("name,score\nTim,3\n", encoding="utf-8")
    return path


def a_column_twice(folder):
    path = folder / "s.csv"
    path.write_text(",".join([*store.COLUMNS, "pick"]) + "\n", encoding="utf-8")
    return path


def no_text(folder):
    path = folder / "s.csv"
    path.write_bytes(b"\xff\xfe\x00" * 50)
    return path


def two_line_ends(folder):
    path = write(folder / "s.csv", one_test())
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n", 5))
    return path


def empty(folder):
    path = folder / "s.csv"
    path.write_bytes(b"")
    return path


def no_parquet(folder):
    path = folder / "s.parquet"
    path.write_bytes(b"PAR1 not really")
    return path


def cut_off(folder):
    path = folder / "s.parquet"
    store.write_store(sheets(1), path)
    path.write_bytes(path.read_bytes()[:-200])
    return path


BAD = {no_file: "There is no file", a_text: "is no store", stars: "may not stand in the name",
       no_columns: "lacks the columns class_name", a_column_twice: "has the column pick twice",
       no_text: "lacks the columns", two_line_ends: "could not be read as a store", empty: "lacks the columns",
       no_parquet: "could not be read as a store", cut_off: "could not be read as a store"}  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="Windows allows no star in a name")
@pytest.mark.parametrize("make", BAD, ids=lambda make: make.__name__)
def test_what_is_no_store_is_refused_in_one_sentence(tmp_path, make):
    with pytest.raises(StoreError) as told:
        district.summary_from_store(make(tmp_path))
    assert BAD[make] in str(told.value)
    assert "\n" not in str(told.value)


def test_without_duckdb_one_sentence_says_how_to_get_it(tmp_path, monkeypatch):
    path = write(tmp_path / "s.csv", one_test())
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(StoreError, match=r"secondlook\[district\]"):
        district.summary_from_store(path)


def test_the_engine_reaches_no_other_file(tmp_path):
    path = write(tmp_path / "s.csv", one_test())
    other = write(tmp_path / "other.csv", one_test())
    with district._opened(path, "200MB") as engine:
        for query in (f"FROM read_csv('{other}')", f"COPY (SELECT 1) TO '{tmp_path / 'x.csv'}'",
                      "SET memory_limit = '9GB'", "INSTALL httpfs"):  # fmt: skip
            with pytest.raises(duckdb.Error):
                engine.execute(query)


def test_a_file_that_is_there_is_not_written_over(tmp_path):
    path = tmp_path / "s.parquet"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="already"):
        store.write_store(sheets(1), path)
    assert path.read_text(encoding="utf-8") == "mine"
    with pytest.raises(StoreError, match="must end in"):
        store.write_store(sheets(1), tmp_path / "s.xlsx")
    with pytest.raises(StoreError, match="could not be written"):
        store.write_store(sheets(1), tmp_path / "gone" / "s.csv")


def test_an_empty_store_gives_an_empty_report(tmp_path):
    path = tmp_path / "s.parquet"
    store.write_store([], path)
    found = district.summary_from_store(path)
    assert found.tests.empty and found.refused == [] and isinstance(found.tests, pd.DataFrame)


def test_the_command_makes_a_report_of_a_store(tmp_path, capsys):
    path, output = tmp_path / "district.parquet", tmp_path / "out.html"
    store.write_store(sheets(2), path)
    assert cli.main(["report", str(path), "--output", str(output)]) == 0
    assert "1 used, 0 not used" in capsys.readouterr().out
    assert output.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["district.parquet", "out.html"]
    assert cli.main(["report", str(tmp_path / "gone.csv"), "--output", str(output)]) == 1
    assert "There is no file" in capsys.readouterr().err
    assert cli.main(["report", str(path), "--codes", str(path), "--output", str(output)]) == 1
    assert "leave out --codes" in capsys.readouterr().err
