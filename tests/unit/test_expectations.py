"""The suites as they are written: every expectation is named once, explained, and turns exactly at its
limit.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_reviews.marts import read_marts
from care_reviews.settings import PROJECT_ROOT
from care_reviews.source.catalog import READS, TABLES
from care_reviews.validation.code_lists import rulebook, seed
from expectations import landed, marts
from expectations.codes import CODES, KNOWN_OTHERWISE
from expectations.facts import Limits, NightFacts
from expectations.references import TARGETS
from expectations.schedule import CHILD, Schedule, schedules
from expectations.spans import span_columns
from expectations.volume import least_rows, most_rows, usual_of
from expectations.words import at_most, ids, rows_between

NIGHT = NightFacts(
    authority_code="E10000030",
    as_known=dt.date(2020, 3, 31),
    rules=rulebook(),
    usual_rows={table.name: 100.0 for table in TABLES},
    templates=("CLA Review Outcomes",),
    measures=tuple(schedules(seed("measure_definition"))),
    years_outside_calendar=(2036, 2037),
)
LIMITS = Limits()


def all_suites() -> list:  # type: ignore[type-arg]
    return landed.suites(NIGHT) + marts.suites(NIGHT, [mart.name for mart in read_marts()])


def test_every_expectation_has_an_id_of_its_own() -> None:
    found = ids(all_suites())
    assert len(found) == len(set(found)) > 200


def test_every_expectation_says_what_holds_why_who_and_what_to_do() -> None:
    for suite in all_suites():
        for expectation in suite.expectations:
            meta = expectation.meta
            assert all(meta[name].strip() for name in ("says", "because", "do", "owner")), meta["id"]
            assert expectation.severity in ("critical", "warning"), meta["id"]


def test_suites_are_the_same_for_the_same_night() -> None:
    first, second = all_suites(), all_suites()
    assert [suite.name for suite in first] == [suite.name for suite in second]
    assert ids(first) == ids(second)


def test_a_night_without_history_has_no_volume_to_judge_and_stops_on_needed_tables_alone() -> None:
    first = NightFacts("E10000030", dt.date(2020, 3, 31), rulebook())
    expectations = [one for suite in landed.suites(first) for one in suite.expectations]
    metas = [(one.meta or {}, one.severity) for one in expectations]
    volumes = [meta for meta, _ in metas if "volume" in meta["rule"]]
    assert {meta["why_not"] for meta in volumes} == {"no earlier night to compare with"}
    assert len(volumes) == 2 * len(TABLES)
    stops = {
        meta["subject"] for meta, severity in metas if meta["rule"] == "not_empty" and severity == "critical"
    }
    assert stops == {"dim_person", "fact_cla", "fact_care_episodes", "fact_cla_review", "fact_meetings"}


def test_the_calendar_names_the_years_that_are_missing() -> None:
    (expectation,) = marts.calendar(NIGHT)
    assert "2036, 2037" in expectation.do


@pytest.mark.parametrize(
    ("periods", "breakdowns", "adds_up", "expected"),
    [
        ("snapshot", "", "true", Schedule(True, False, False, (), True)),
        ("span", "alert_type", "false", Schedule(False, True, True, ("alert_type",), False)),
        ("year", "sex quadrant", "true", Schedule(False, True, False, ("sex", "quadrant"), True)),
        (
            "span_and_snapshot",
            "child end_reason",
            "true",
            Schedule(True, True, True, (*CHILD, "end_reason"), True),
        ),
        ("span", "review", "true", Schedule(False, True, True, (*CHILD, "review_sequence"), True)),
    ],
)
def test_a_definition_says_what_it_is_published_for(
    periods: str, breakdowns: str, adds_up: str, expected: Schedule
) -> None:
    row = {"measure_id": "m", "periods": periods, "breakdowns": breakdowns, "adds_up": adds_up}
    assert schedules([row]) == {"m": expected}


def test_periods_that_are_none_are_refused() -> None:
    with pytest.raises(KeyError, match="weekly"):
        schedules([{"measure_id": "m", "periods": "weekly", "breakdowns": "", "adds_up": "true"}])


def test_every_defined_breakdown_has_categories() -> None:
    of_sites = {"quadrant", "alert_category", "alert_stage"}
    known = {row["breakdown"] for row in seed("breakdown_category")} | of_sites
    planned = schedules(seed("measure_definition")).values()
    assert {breakdown for schedule in planned for breakdown in schedule.breakdowns} <= known


def test_codes_and_references_name_columns_of_the_catalogue() -> None:
    there = {(table.name, column.name) for table in TABLES for column in table.columns}
    assert {*CODES, *KNOWN_OTHERWISE} <= there
    assert {column.name for table in TABLES for column in table.columns if column.kind == "ref"} <= set(
        TARGETS
    )
    assert set(TARGETS.values()) <= there


def test_the_tables_with_a_start_and_an_end_are_those_of_the_catalogue() -> None:
    spans = {table.name: found for table in TABLES if (found := span_columns(table))}
    assert spans == {
        "fact_involvements": ("start_dttm", "end_dttm"),
        "fact_referrals": ("refrl_start_dttm", "refrl_end_dttm"),
        "fact_legal_status": ("start_dttm", "end_dttm"),
        "fact_cla_placement": ("start_dttm", "end_dttm"),
        "fact_immigration_status": ("start_dttm", "end_dttm"),
        "fact_cp_plan": ("start_dttm", "end_dttm"),
        "fact_care_plans": ("start_dttm", "end_dttm"),
    }


@pytest.mark.parametrize(
    ("usual", "drop", "least"),
    [
        (1000, 0.30, 700),  # exactly 30% lost is still allowed
        (1000, 0.10, 900),
        (100, 0.30, 70),
        (20, 0.30, 11),  # half of a small table is a loss of 10
        (12, 0.30, 3),
        (3, 0.30, 0),  # 3 → 1 rows is nothing
        (20.5, 0.30, 11),
        (1000, 0.0, 991),
        (1000, 1.0, 0),
    ],
)
def test_least_rows(usual: float, drop: float, least: int) -> None:
    assert least_rows(usual, drop, LIMITS) == least


@pytest.mark.parametrize(
    ("rows", "usual"),
    [
        ([1000], 1000),
        ([1000, 1010, 1020], 1010),
        ([1000, 1000, 700], 1000),  # exactly what may be lost
        ([1000, 1000, 699], 699),  # somebody let it pass
        ([1000] * 6 + [600], 600),
        ([1000] * 5 + [600, 610], 605),
        ([600, 1000, 1000], 1000),  # growth is no loss
        ([5000, 1000, 1010, 400, 410], 405),  # the newest loss counts
        ([15, 15, 6], 15),  # a few rows of a small table
        ([15, 15, 5], 5),
    ],
)
def test_after_a_loss_that_was_let_pass_only_what_came_since_is_usual(rows: list[int], usual: float) -> None:
    assert usual_of(rows, LIMITS) == usual


@pytest.mark.parametrize(("usual", "most"), [(1000, 1500), (10, 19), (1, 10), (20, 30), (19, 28)])
def test_most_rows(usual: float, most: int) -> None:
    assert most_rows(usual, LIMITS) == most


@given(st.integers(1, 10**7), st.floats(0.01, 0.99))
def test_half_a_table_is_never_as_usual(usual: int, share: float) -> None:
    """Whatever the setting below a half: a table of 20 rows or more at half its usual size stops."""
    if usual >= 20 and round(share, 4) < 0.5:
        assert usual // 2 < least_rows(usual, round(share, 4), LIMITS)


def mostly_of(share: float) -> float:
    """The share of good rows that Great Expectations is told to ask for."""
    condition = at_most(share, "flag")
    assert isinstance(condition, partial)
    return float(condition.keywords["mostly"])


@given(st.integers(1, 5000), st.integers(0, 5000))
def test_exactly_the_share_is_allowed_and_one_row_more_is_not(rows: int, failed: int) -> None:
    """As Great Expectations compares them: the share of good rows with `mostly`."""
    if failed < rows:
        mostly = mostly_of(failed / rows)
        assert (rows - failed) / rows >= mostly - 1e-9
        assert (rows - failed - 1) / rows < mostly


@pytest.mark.parametrize(
    ("share", "rows", "failed"), [(0.05, 20, 1), (0.05, 40, 2), (0.2, 5, 1), (0.2, 45, 9), (0.15, 100, 15)]
)
def test_the_limits_of_the_settings_are_met_exactly(share: float, rows: int, failed: int) -> None:
    mostly = mostly_of(share)
    assert (rows - failed) / rows >= mostly
    assert (rows - failed - 1) / rows < mostly


def test_an_impossible_number_of_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="at least 5 and at most 1"):
        rows_between(5, 1)


def test_the_page_on_validation_names_every_rule() -> None:
    page = (PROJECT_ROOT / "docs" / "validation.md").read_text()
    columns = {column.name for table in (*TABLES, *READS) for column in table.columns}
    for suite in all_suites():
        for expectation in suite.expectations:
            rule = expectation.meta["rule"]
            column = next(
                (name for name in sorted(columns, key=len, reverse=True) if rule.startswith(f"{name}_")), None
            )
            named = rule.replace(column, "<column>", 1) if column else rule
            named = "has_<template>" if named == "has_cla_review_outcomes" else named
            assert f"`{named}`" in page or f"`{expectation.meta['id']}`" in page, named
