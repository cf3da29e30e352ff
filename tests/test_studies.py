"""The tables of published figures: described, in range, and what we computed computed again."""

from __future__ import annotations

import itertools
import math
import re

import pytest

from secondlook import content
from secondlook.scoring import wilson_interval

FOLDER = content.data_dir() / "studies"
TABLES = sorted(path.stem for path in FOLDER.glob("*.csv"))
OCD = "accuracy_by_creator_type"


def columns_of(sheet: str) -> set[str]:
    """The columns that a datasheet's table explains."""
    rows = re.findall(r"^\| ([a-z0-9_, ]+) \|", sheet, re.MULTILINE)
    return {name.strip() for row in rows for name in row.split(",")} - {"column"}


def undescribed(columns: list[str], sheet: str) -> set[str]:
    return set(columns) - columns_of(sheet)


def share(creator: str) -> float:
    return next(
        float(r["percent"]) for r in content.study_rows(OCD) if r["creator_type"] == creator
    )


@pytest.mark.parametrize("name", TABLES)
def test_every_column_is_explained_and_every_limit_said(name):
    sheet = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    assert undescribed(list(content.study_rows(name)[0]), sheet) == set()
    for said in ("- Origin:", "- Licence:", "Do not "):
        assert said in sheet
    if "| origin |" in sheet:
        assert "by us" in sheet


def test_an_unexplained_column_is_seen():
    assert undescribed(["share", "n"], "| column | meaning |\n|---|---|\n| share | x |") == {"n"}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_names_a_reference_or_says_that_we_made_it(name):
    known = content.records("references")
    for row in content.study_rows(name):
        assert row.get("ref", "wilson1927") in known
        if "origin" in row:
            assert row["origin"] in ("inferred by us", "computed by us")
        else:
            assert row["read"] in ("full", "abstract", "excerpt", "secondary")


@pytest.mark.parametrize("name", TABLES)
def test_numbers_are_numbers_in_their_range(name):
    for row in content.study_rows(name):
        for column, value in row.items():
            if column in ("percent", "low95", "high95", "agreement_percent") and value:
                assert 0 <= float(value) <= 100
            if column in ("videos", "views", "likes", "n", "videos_in_study", "accurate") and value:
                assert int(value) >= 0


def boxes() -> dict[str, list[dict[str, str]]]:
    rows = sorted(content.study_rows("quality_by_topic"), key=lambda row: row["ref"])
    return {ref: list(group) for ref, group in itertools.groupby(rows, lambda row: row["ref"])}


@pytest.mark.parametrize("ref", sorted(boxes()))
def test_the_boxes_of_a_study_add_up(ref):
    rows = boxes()[ref]
    assert sum(float(row["percent"]) for row in rows) == pytest.approx(100, abs=0.2)
    assert len({row["box"] for row in rows}) == len(rows)
    assert len({(row["n"], row["sampled"], row["rule"], row["topic"]) for row in rows}) == 1
    remainders = [row for row in rows if row["printed"] == "no"]
    assert len(remainders) <= 1


def test_the_reach_of_the_two_groups_adds_up_to_the_totals_in_the_abstract():
    rows = content.study_rows("reach")
    assert sum(int(row["videos"]) for row in rows) == 133
    assert round(sum(int(row["views"]) for row in rows) / 1e6, 1) == 198.7
    assert round(sum(int(row["likes"]) for row in rows) / 1e6, 1) == 25.2


def fitting_sizes() -> list[tuple[tuple[int, int], ...]]:
    """Sets of (accurate, videos) that fit all that the abstract prints: shares, 117 and 64."""
    wanted = [share(row["creator_type"]) for row in content.study_rows("inferred_ocd_groups")]
    options = [
        [(k, n) for n in range(1, 117) for k in range(n + 1) if round(100 * k / n, 1) == percent]
        for percent in wanted
    ]
    return [
        three
        for three in itertools.product(*options)
        if sum(n for _, n in three) == 117 and sum(k for k, _ in three) == 64
    ]


def test_one_set_of_group_sizes_alone_fits_what_is_printed():
    rows = content.study_rows("inferred_ocd_groups")
    assert fitting_sizes() == [tuple((int(r["accurate"]), int(r["videos"])) for r in rows)]


@pytest.mark.parametrize("name", ["inferred_ocd_groups", "hypothetical_samples"])
def test_shares_and_bands_are_computed_again(name):
    for row in content.study_rows(name):
        accurate, videos = int(row["accurate"]), int(row["videos"])
        band = [round(100 * one, 1) for one in wilson_interval(accurate, videos)]
        assert [float(row["low95"]), float(row["high95"])] == band
        assert float(row["percent"]) == round(100 * accurate / videos, 1)


def test_random_pairs_are_computed_again():
    for row in content.study_rows("random_pairs"):
        first, second = share(row["first"]) / 100, share(row["second"]) / 100
        chances = {
            "both": first * second,
            "only_first": first * (1 - second),
            "only_second": (1 - first) * second,
            "neither": (1 - first) * (1 - second),
        }
        assert {key: float(row[key]) for key in chances} == {
            key: round(100 * chance, 1) for key, chance in chances.items()
        }


def test_the_published_figures_stand_as_printed():
    assert [share(row["creator_type"]) for row in content.study_rows(OCD)] == [82.1, 63.6, 35.7]
    bad = {
        r["ref"]: float(r["percent"])
        for r in content.study_rows("quality_by_topic")
        if r["box"] == "bad"
    }
    assert bad["rohl2025ptsd"] == min(bad.values()) == 12
    assert bad["verma2024adhdtest"] == max(bad.values()) == 92


QUANTILES = {"p10": 0.1, "p25": 0.25, "median": 0.5, "p75": 0.75, "p90": 0.9}


def least_below(row: dict[str, str], views: float) -> int:
    """How many videos of a group are sure to have at most ``views``."""
    last = int(row["videos"]) - 1
    sure = [int(last * q) + 1 for name, q in QUANTILES.items() if float(row[name]) <= views]
    return max(sure, default=0)


def most_below(row: dict[str, str], views: float) -> int:
    """How many videos of a group can have fewer than ``views``, at most."""
    last = int(row["videos"]) - 1
    can = [math.ceil(last * q) for name, q in QUANTILES.items() if float(row[name]) >= views]
    return min(can, default=last + 1)


def test_view_bands_are_counted_again():
    """A band holds what is sure to lie under its upper edge and not under its lower one."""
    bad, good, every = (
        next(r for r in content.study_rows("video_engagement")
             if (r["platform"], r["measure"], r["expert_rating"])
             == ("YouTube Shorts", "views", rating))
        for rating in ("misinformation", "not misinformation", "all")
    )  # fmt: skip
    n_bad, n = int(bad["videos"]), int(every["videos"])
    quarter = math.ceil((n - 1) / 4)
    low_cut, high_cut = float(every["p25"]), float(every["p75"])
    # In the lowest quarter; the videos that passed leave room for no more than the rest of it.
    few = (
        least_below(bad, low_cut),
        min(most_below(bad, low_cut), quarter - least_below(good, low_cut)),
    )
    n_good_above = int(good["videos"]) - most_below(good, high_cut)
    many = (
        n_bad - most_below(bad, high_cut),
        min(n_bad - least_below(bad, high_cut), quarter - n_good_above),
    )
    between = (n_bad - few[1] - many[1], n_bad - few[0] - many[0])
    sizes = (quarter, n - 2 * quarter, quarter)
    found = content.study_rows("view_bands")
    for row, (least, most), size in zip(found, (few, between, many), sizes, strict=True):
        assert int(row["videos"]) == size
        assert (int(row["misinformation_least"]), int(row["misinformation_most"])) == (least, most)
        assert float(row["passed_low"]) == round(100 * (size - most) / size, 1)
        assert float(row["passed_high"]) == round(100 * (size - least) / size, 1)
    assert [found[0]["to_views"], found[2]["from_views"]] == [every["p25"], every["p75"]]
