"""A class of invented learners as files."""

from __future__ import annotations

from datetime import date

import pytest

from secondlook import cli, forms
from secondlook.classroom import codes, hand_in, rehearse, simulate
from secondlook.classroom import collect as collecting
from secondlook.classroom.summary import summarise

DAY = date(2026, 11, 20)


def test_a_class_comes_back_as_it_was_made(tmp_path):
    told = rehearse.write_class(tmp_path / "new", "cynical", 25, 3, DAY)
    assert told.startswith("22 files of invented learners")  # 20 hand-ins, the codes, READ_ME
    found = collecting.collect(tmp_path / "new", tmp_path / "new" / "codes.txt")
    assert [one.name for one in found.refused] == ["READ_ME.txt"]
    made = {
        (one.learner, one.occasion): one
        for one in simulate.class_sheets(simulate.named("cynical"), 3)
    }
    read = {}
    for one in found.kept:
        if one.sheet:
            read[one.sheet.learner, one.sheet.occasion] = one.sheet
        else:
            for occasion, place in forms.PLACES.items():
                answers = {
                    r.item: r.answer for r in one.hand_in.answers if (r.lesson, r.activity) == place
                }
                if sheet := forms.sheet(one.hand_in.learner, occasion, answers):
                    read[sheet.learner, occasion] = sheet
    assert read == made
    assert len(summarise(found.kept, found.refused).counted) == 50


def test_a_file_holds_nothing_but_what_a_learner_would_save(tmp_path):
    rehearse.write_class(tmp_path, "discerning", 6, 1, DAY)
    files = sorted(tmp_path.glob("*.json"))
    assert len(files) == 5
    for file in files:
        text = file.read_text(encoding="utf-8")
        read = hand_in.read_hand_in(text.encode())
        assert file.name == f"second-look-{read.learner}.json"
        assert read.saved == "2026-11-20" and read.texts is False and read.left_out == 0
        assert "invent" not in text
    assert "INVENTED LEARNERS" in (tmp_path / "READ_ME.txt").read_text(encoding="utf-8")
    lines = (tmp_path / "codes.txt").read_text(encoding="utf-8").splitlines()
    assert {codes.read_code(one).occasion for one in lines} == {"before", "after"}


def test_a_folder_with_files_is_refused_and_stays_as_it_is(tmp_path, capsys):
    (tmp_path / "real.json").write_text("mine", encoding="utf-8")
    assert cli.main(["simulate", str(tmp_path)]) == 1
    assert "name a new folder" in capsys.readouterr().err
    assert [one.name for one in tmp_path.iterdir()] == ["real.json"]


BAD = [["--class", "perfect"], ["--learners", "0"], ["--learners", "10001"]]


@pytest.mark.parametrize("words", BAD, ids=" ".join)
def test_a_class_that_cannot_be_is_refused_in_one_sentence(tmp_path, capsys, words):
    assert cli.main(["simulate", str(tmp_path / "new"), *words]) == 1
    told = capsys.readouterr().err
    assert told.startswith("secondlook: No class was written") and told.count("\n") == 1
    assert not (tmp_path / "new").exists()


def test_where_nothing_can_be_written_one_sentence_says_so(tmp_path, capsys):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert cli.main(["simulate", str(tmp_path / "file" / "new")]) == 1
    assert "Choose a folder you may write to" in capsys.readouterr().err


def test_the_command_writes_the_class_it_is_asked_for(tmp_path, capsys):
    words = [
        "simulate",
        str(tmp_path / "new"),
        "--class",
        "credulous",
        "--learners",
        "4",
        "--seed",
        "9",
    ]
    assert cli.main(words) == 0
    assert f"secondlook report {tmp_path / 'new'}" in capsys.readouterr().out
    assert len(list((tmp_path / "new").glob("*.json"))) == 4
