"""The definitions as they are written: each says all that a reader needs, and no two hold at once."""

from __future__ import annotations

import csv
from itertools import pairwise

import pytest

from care_reviews import dbt
from care_reviews.demo.profiles import load_profile, profile_names
from care_reviews.settings import PROJECT_ROOT

SEEDS = dbt.PROJECT / "seeds"


def seed(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        return [*csv.DictReader(file)]


DEFINITIONS = seed("measure_definition")
UNITS = {row["unit"]: row for row in seed("measure_unit")}


@pytest.mark.parametrize("row", DEFINITIONS, ids=[row["measure_id"] for row in DEFINITIONS])
def test_a_definition_is_whole(row: dict[str, str]) -> None:
    said = (
        "measure_group",
        "name",
        "description",
        "numerator",
        "exclusions",
        "source",
        "choices",
        "valid_from",
    )
    assert all(row[column].strip() for column in said)
    assert bool(row["denominator"]) == (UNITS[row["unit"]]["has_denominator"] == "true")
    assert row["direction"] in ("higher", "lower", "within", "none")
    # A target where neither direction is better would be judged by nothing.
    assert not row["target"] or row["direction"] != "none"
    assert bool(row["target_upper"]) == (row["direction"] == "within")
    assert not row["target_upper"] or float(row["target"]) < float(row["target_upper"])


def test_every_measure_is_explained_to_readers() -> None:
    words = (PROJECT_ROOT / "docs" / "measures.md").read_text(encoding="utf-8")
    assert {row["measure_id"] for row in DEFINITIONS if f"`{row['measure_id']}`" not in words} == set()


def test_no_two_definitions_hold_at_once() -> None:
    in_order = sorted(DEFINITIONS, key=lambda row: (row["measure_id"], row["valid_from"]))
    for earlier, later in pairwise(in_order):
        if earlier["measure_id"] == later["measure_id"]:
            assert earlier["valid_to"]
            assert earlier["valid_to"] < later["valid_from"]


def test_a_measure_has_one_group_in_all_its_definitions() -> None:
    groups = {(row["measure_id"], row["measure_group"]) for row in DEFINITIONS}
    assert len(groups) == len({measure for measure, _ in groups})


def test_a_councils_target_is_of_a_measure_that_has_a_better_direction() -> None:
    directions = {row["measure_id"]: row["direction"] for row in DEFINITIONS}
    for row in seed("site_target"):
        assert directions[row["measure_id"]] != "none"
        is_band = bool(row["target"]) and directions[row["measure_id"]] == "within"
        assert bool(row["target_upper"]) == is_band


def test_the_handbooks_band_of_caseloads() -> None:
    (row,) = (row for row in DEFINITIONS if row["measure_id"] == "caseload_per_fte")
    assert (row["target"], row["target_upper"], row["direction"]) == ("50", "70", "within")


def test_a_synthetic_councils_records_begin_with_its_profile() -> None:
    profiles = [load_profile(name) for name in profile_names()]
    begun = {each.authority.code: each.covers.first_day.isoformat() for each in profiles}
    assert {row["authority_code"]: row["covered_from"] for row in seed("site_coverage")} == begun


@pytest.mark.parametrize("row", DEFINITIONS, ids=[row["measure_id"] for row in DEFINITIONS])
def test_a_definition_says_how_far_it_looks_back(row: dict[str, str]) -> None:
    assert int(row["looks_back_months"]) >= 0
    assert row["is_year_to_date"] in ("true", "false")
    assert row["is_as_landed"] in ("true", "false")
    assert row["is_year_to_date"] == "false" or row["looks_back_months"] == "0"
