"""Every published table: its function, its datasheet, its types and its sources; bad ones refused."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from secondlook import content, studies
from secondlook.checks import DataError
from secondlook.studies import sheets

FOLDER = content.data_dir() / "studies"
TABLES = sorted(path.stem for path in FOLDER.glob("*.csv"))
WIDGETS = Path(studies.__file__).parents[2]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the tables that a test may break."""
    shutil.copytree(FOLDER, tmp_path / "studies")
    shutil.copy(content.data_dir() / "references.json", tmp_path)
    monkeypatch.setenv("SECONDLOOK_DATA", str(tmp_path))
    content.study_rows.cache_clear()
    yield tmp_path / "studies"
    content.study_rows.cache_clear()


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def told(found) -> str:
    return "\n".join(map(str, found))


def test_every_table_has_a_function_a_datasheet_and_honest_sources():
    assert told(sheets.problems()) == ""
    assert sorted(studies.__all__) == TABLES


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_read_whole_and_typed(name):
    frame = getattr(studies, name)()
    assert list(frame.columns) == list(content.study_rows(name)[0])
    assert len(frame) == len(content.study_rows(name))
    assert not frame.duplicated().any()
    assert set(map(str, frame.dtypes)) <= {"string", "int64", "Int64", "float64"}
    assert all(re.fullmatch("[a-z][a-z0-9_]*", column) for column in frame.columns)


@pytest.mark.parametrize("name", TABLES)
def test_help_says_purpose_columns_source_and_limits(name):
    told = getattr(studies, name).__doc__
    for column in getattr(studies, name)().columns:
        assert f"        {column}: " in told
    for heading in ("    Columns:\n", "    Source: ", "    Limits: "):
        assert heading in told
    if "This does not show cause" in (FOLDER / f"{name}.md").read_text(encoding="utf-8"):
        assert "does not show cause" in " ".join(told.split())


def test_tables_are_read_without_pandas_until_one_is_asked_for():
    asked = (
        "import sys, secondlook.studies, secondlook.studies.sheets; print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True,
                          env={"PYTHONPATH": str(WIDGETS), "PATH": ""})  # fmt: skip
    assert done.stdout.strip() == "False"


ASSOCIATIONS = ["view_bands", "yrbs_counts", "yrbs_shares", "video_engagement", "reach_ratio", "popularity",
                "teen_surveys", "adhd_coding_pairs", "wellbeing_links", "accuracy_by_creator_type"]  # fmt: skip


@pytest.mark.parametrize("name", ASSOCIATIONS)
def test_a_table_of_links_says_that_it_shows_no_cause(name):
    assert "- This does not show cause." in (FOLDER / f"{name}.md").read_text(encoding="utf-8")


def test_no_site_that_got_a_number_wrong_is_named():
    text = (FOLDER / "misreported_statistics.csv").read_text(encoding="utf-8")
    assert not re.search(r"https?:|www\.|\.(com|org|net|io|es|cn|top|gr)\b", text)


# --- what a table must refuse ---------------------------------------------------------------------

DAMAGED = {
    "a missing table": (lambda path: path.unlink(), "the file"),
    "an empty file": (lambda path: path.write_text(""), "no row"),
    "a header alone": (lambda path: path.write_text("company,ref\n"), "no row"),
    "a missing column": (lambda path: edit(path, "amount_usd", "amount"), "amount_usd: found nothing"),
    "an unknown column": (lambda path: edit(path, "amount_usd", "amount"), "amount: found an unknown"),
    "text where a number belongs": (lambda path: edit(path, "2000000", "two million"), "amount_usd: found 'two million'"),
    "a fraction where a count belongs": (lambda path: edit(path, "2000000", "2000000.5"), "a whole number"),
    "an empty cell": (lambda path: edit(path, "2000000", ""), "not empty"),
    "a short row": (lambda path: edit(path, ",2000000", ""), "too few or too many"),
    "a long row": (lambda path: edit(path, "2000000", "2000000,x"), "too few or too many"),
    "not UTF-8": (lambda path: path.write_bytes(b"company,ref\n\xff,x\n"), "not UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_table_is_refused_by_file_and_column(name, folder):
    damage, said = DAMAGED[name]
    damage(folder / "ftc_cases.csv")
    with pytest.raises(DataError) as error:
        studies.ftc_cases()
    assert "studies/ftc_cases.csv" in str(error.value)
    assert said in str(error.value)
    assert said in told(sheets.problems())


@pytest.mark.parametrize("value", ["nan", "inf", "1e999"])
def test_a_number_that_is_none_is_refused(value, folder):
    edit(folder / "prevalence.csv", "2.58", value)
    with pytest.raises(DataError, match=r"percent.*a number"):
        studies.prevalence()


def test_a_broken_table_tells_a_few_problems_and_not_a_thousand(folder):
    path = folder / "yrbs_counts.csv"
    path.write_text(path.read_text().replace("female", ""))
    with pytest.raises(DataError) as error:
        studies.yrbs_counts()
    assert len(error.value.problems) == 10


SHEET = {
    "no datasheet": (lambda f: (f / "ftc_cases.md").unlink(), "no datasheet"),
    "a datasheet without a table": (lambda f: (f / "other.md").write_text("# x"), "no table"),
    "a table without a function": (lambda f: shutil.copy(f / "ftc_cases.csv", f / "other.csv"), "no function"),
    "no origin": (lambda f: edit(f / "ftc_cases.md", "- Origin:", "- From:"), "- Origin:"),
    "no licence": (lambda f: edit(f / "ftc_cases.md", "- Licence:", "- Rights:"), "- Licence:"),
    "no limits": (lambda f: edit(f / "ftc_cases.md", "- Limits:", "- Note:"), "- Limits:"),
    "no day": (lambda f: edit(f / "ftc_cases.md", "- Made:", "- Note:"), "- Made:"),
    "no warning": (lambda f: edit(f / "ftc_cases.md", "- Do not use it", "- Use it"), "- Do not use it"),
    "a wrong number of rows": (lambda f: edit(f / "ftc_cases.md", "- Rows: 3.", "- Rows: 4."), "- Rows:: found 4"),
    "an undocumented column": (lambda f: edit(f / "ftc_cases.md", "| amount_usd |", "| money |"), "amount_usd: found nothing"),
    "a documented column that is none": (lambda f: edit(f / "ftc_cases.md", "| amount_usd |", "| money |"), "no such column"),
    "a wrong type": (lambda f: edit(f / "ftc_cases.md", "| amount_usd | whole number |", "| amount_usd | number |"), "what is read: int64"),
    "an unknown type": (lambda f: edit(f / "ftc_cases.md", "| amount_usd | whole number |", "| amount_usd | money |"), "text, whole number, number"),
    "a dangling reference": (lambda f: edit(f / "ftc_cases.csv", "ftc2016lumosity", "ftc2016lumos"), "ftc2016lumos"),
    "a dangling second reference": (lambda f: edit(f / "misreported_statistics.csv", "aragonguevara2023autism", "nobody2023"), "nobody2023"),
    "a dangling key in the datasheet": (lambda f: edit(f / "still_face.md", "myruski2018phone", "nobody2018"), "nobody2018"),
    "a row twice": (lambda f: (f / "prevalence.csv").open("a").write((f / "prevalence.csv").read_text().splitlines()[-1] + "\n"), "2 rows alike"),
    "a mirror in the table": (lambda f: edit(f / "ftc_cases.csv", "brain-training app", "see scribd.com/x"), "address of a copy"),
    "a mirror in the datasheet": (lambda f: edit(f / "ftc_cases.md", "US law.", "See researchgate.net/x."), "address of a copy"),
    "how far it was read": (lambda f: edit(f / "ftc_cases.csv", "secondary", "somehow"), "'somehow'"),
    "whose work it is": (lambda f: edit(f / "reach_ratio.csv", "computed by us", "computed by them"), "'computed by them'"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHEET)
def test_a_bad_datasheet_or_source_is_refused(name, folder):
    damage, said = SHEET[name]
    damage(folder)
    assert said in told(sheets.problems())


# --- what we worked out, worked out again -------------------------------------------------------


def test_the_reach_of_the_two_groups_is_divided_again():
    reach = studies.reach().set_index("accuracy_group")
    for row in studies.reach_ratio().itertuples():
        assert row.ratio == round(row.other / row.accurate, 2)
    each = (reach.views / reach.videos).round().astype("int64")
    ratio = studies.reach_ratio().set_index("measure")
    assert list(ratio.loc["views per video", ["accurate", "other"]]) == list(each)
    assert list(ratio.loc["videos", ["accurate", "other"]]) == list(reach.videos)
    assert list(ratio.loc["views, all videos together", ["accurate", "other"]]) == list(reach.views)


def test_the_labels_add_up_to_the_739_videos():
    labels = studies.expert_labels().set_index(["platform", "expert_rating"]).videos
    engagement = studies.video_engagement()
    views = engagement[engagement.measure == "views"].set_index(["platform", "expert_rating"])
    for platform in ("YouTube Shorts", "BitChute"):
        for rating in ("all", "misinformation", "not misinformation"):
            assert labels[platform, rating] == views.videos[platform, rating]
    for rating in ("all", "misinformation", "not misinformation"):
        assert (
            labels["both together", rating]
            == labels["YouTube Shorts", rating] + labels["BitChute", rating]
        )
    assert labels["both together", "all"] == 739
    criteria = studies.video_criteria().groupby(["platform", "criterion"]).videos.sum()
    assert set(criteria["YouTube Shorts"]) == {639}
    assert set(criteria["BitChute"]) == {100}


def test_the_mean_and_the_median_point_different_ways():
    table = studies.video_engagement()
    views = table[(table.platform == "YouTube Shorts") & (table.measure == "views")]
    views = views.set_index("expert_rating")
    assert views["mean"]["not misinformation"] > 7 * views["mean"]["misinformation"]
    assert views["median"]["not misinformation"] < views["median"]["misinformation"]


def test_the_students_add_up_and_their_weighted_share_is_the_published_one():
    counts = studies.yrbs_counts()
    assert counts.students.sum() == 13677
    asked = counts[counts.sad_or_hopeless != "not answered"]
    yes = asked[asked.sad_or_hopeless == "yes"].weighted_students.sum()
    share = round(100 * yes / asked.weighted_students.sum(), 1)
    printed = studies.yrbs_shares()
    mine = printed[
        (printed.question == "sad_or_hopeless")
        & (printed.sex == "all")
        & (printed.split_by == "all")
    ]
    assert [share] == list(mine.percent) == [36.7]


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("yrbs_distributions", ["measure", "sex"]),
        ("symptom_frequency", ["question", "age_group"]),
        ("anxiety_bands", ["age_group", "sex"]),
    ],
)
def test_shares_of_a_whole_add_up(name, by):
    sums = getattr(studies, name)().groupby(by).percent.sum()
    assert ((sums - 100).abs() <= 0.4).all(), sums


@pytest.mark.parametrize(
    ("name", "part", "whole"),
    [
        ("web_claim_ratings", "sentences", "out_of"),
        ("adhd_coding_features", "videos", "out_of"),
        ("adhd_coding_pairs", "videos", "out_of"),
        ("content_analyses", "count", "out_of"),
    ],
)
def test_percentages_are_divided_again(name, part, whole):
    table = getattr(studies, name)().dropna(subset=[part, whole])
    mine = 100 * table[part].astype(float) / table[whole].astype(float)
    assert ((mine - table.percent).abs() <= 0.51).all()  # some studies print whole percents


@pytest.mark.parametrize("name", TABLES)
def test_shares_lie_in_their_range(name):
    frame = getattr(studies, name)()
    for column in frame.columns:
        if column.endswith("percent") or column in (
            "low95",
            "high95",
            "sensitivity",
            "specificity",
        ):
            known = frame[column].dropna()
            if column not in ("low95", "high95") or name != "literacy_trials":
                assert ((known >= 0) & (known <= 100)).all()
    for low, middle, high in (("low95", "percent", "high95"),
                              ("sensitivity_low95", "sensitivity", "sensitivity_high95"),
                              ("specificity_low95", "specificity", "specificity_high95")):  # fmt: skip
        if {low, middle, high} <= set(frame.columns):
            both = frame.dropna(subset=[low, high])
            assert (both[low] <= both[middle]).all()
            assert (both[middle] <= both[high]).all()
