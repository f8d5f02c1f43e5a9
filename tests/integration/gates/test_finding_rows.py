"""Findings outlive their nights: opened, seen again, resolved, found anew, discarded, never deleted."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from care_reviews.discarding import discard
from care_reviews.errors import UnknownTeamError
from care_reviews.quality import findings_of, rule_counts
from tests.conftest import Warehouse
from tests.integration.gates import council
from tests.integration.gates.finding_nights import CHILD, Found, found, night

AUTHORITY = council.AUTHORITY


def counts(warehouse: Warehouse, day: int) -> tuple[int, int, int]:
    """Open, new and resolved of all teams on a night."""
    with warehouse.engine.connect() as connection:
        row = connection.execute(
            text(
                "select open_findings, new_findings, resolved_findings from audit.finding_trend "
                "where as_known = :night and team = 'All teams'"
            ),
            {"night": dt.date(2020, 3, day)},
        ).one()
    return row.open_findings, row.new_findings, row.resolved_findings


def test_a_finding_is_a_row_until_its_source_is_mended(fresh_warehouse: Warehouse) -> None:
    pipeline = fresh_warehouse.engine_as("pipeline")
    night(pipeline, 1, "a", "b")
    night(pipeline, 2, "a")
    night(pipeline, 3, "a")
    assert found(pipeline) == [Found("a", 1, 3, None), Found("b", 1, 1, 2)]
    assert [counts(fresh_warehouse, day) for day in (1, 2, 3)] == [(2, 2, 0), (1, 0, 1), (1, 0, 0)]


def test_a_finding_that_returns_is_a_new_row(fresh_warehouse: Warehouse) -> None:
    pipeline = fresh_warehouse.engine_as("pipeline")
    night(pipeline, 1, "a")
    night(pipeline, 2)
    night(pipeline, 3, "a")
    assert found(pipeline) == [Found("a", 1, 1, 2), Found("a", 3, 3, None)]


def test_a_night_that_was_stopped_resolves_nothing(fresh_warehouse: Warehouse) -> None:
    """Half of a copy may lack the record: once it is whole, that was open all the time or is mended."""
    pipeline = fresh_warehouse.engine_as("pipeline")
    night(pipeline, 1, "a", "b")
    night(pipeline, 2, "c", stops=True)
    assert found(pipeline) == [Found("a", 1, 1, None), Found("b", 1, 1, None), Found("c", 2, 2, None)]
    assert counts(fresh_warehouse, 2) == (3, 1, 0)
    night(pipeline, 3, "a")
    assert found(pipeline) == [Found("a", 1, 3, None), Found("b", 1, 1, 3), Found("c", 2, 2, 3)]


def test_a_night_judged_again_changes_nothing(fresh_warehouse: Warehouse) -> None:
    pipeline = fresh_warehouse.engine_as("pipeline")
    night(pipeline, 1, "a", "b")
    night(pipeline, 2, "a", "c")
    before, counted = found(pipeline), counts(fresh_warehouse, 2)
    night(pipeline, 2, "a", "c")
    assert (
        (found(pipeline), counts(fresh_warehouse, 2))
        == (before, counted)
        == (
            [Found("a", 1, 2, None), Found("b", 1, 1, 2), Found("c", 2, 2, None)],
            (2, 1, 1),
        )
    )


def test_a_night_run_again_says_anew_what_it_found(fresh_warehouse: Warehouse) -> None:
    """What it found at first and no longer does was mended; what it finds after all is open again."""
    pipeline = fresh_warehouse.engine_as("pipeline")
    night(pipeline, 1, "a")
    night(pipeline, 2, "b")
    night(pipeline, 2, "a")
    assert found(pipeline) == [Found("a", 1, 2, None), Found("b", 2, 2, 2)]
    night(pipeline, 3, "a")
    assert found(pipeline) == [Found("a", 1, 3, None), Found("b", 2, 2, 2)]


def test_what_could_not_be_judged_is_as_it_was(fresh_warehouse: Warehouse) -> None:
    pipeline = fresh_warehouse.engine_as("pipeline")
    night(pipeline, 1, "a")
    night(pipeline, 2, could_run=False)
    night(pipeline, 2, "b", gate="source")
    assert found(pipeline) == [Found("a", 1, 1, None), Found("b", 2, 2, None)]


def test_a_discarded_night_never_was(fresh_warehouse: Warehouse) -> None:
    """What it found first counts nowhere, what it resolved is open, what it saw was last seen before."""
    pipeline = fresh_warehouse.engine_as("pipeline")
    night(pipeline, 1, "a", "b")
    night(pipeline, 2, "a", "b")
    night(pipeline, 4, "a", "c")
    discard(pipeline, AUTHORITY, dt.date(2020, 3, 4), "wrong", "a test")
    assert found(pipeline) == [Found("a", 1, 2, None), Found("b", 1, 2, None), Found("c", 4, 4, None, True)]
    with fresh_warehouse.engine.connect() as connection:
        nights = connection.scalars(text("select distinct as_known from audit.finding_trend")).all()
        listed = connection.scalar(text("select count(*) from analysis.finding"))
    assert (max(nights), listed) == (dt.date(2020, 3, 2), 2)
    night(pipeline, 4, "c")
    assert found(pipeline)[:2] == [Found("a", 1, 2, 4), Found("b", 1, 2, 4)]
    assert found(pipeline)[2:] == [Found("c", 4, 4, None, True), Found("c", 4, 4, None)]


@pytest.mark.parametrize(
    ("key", "kept"),
    [
        ("12 | 2020-03-01 10:00:00", "12 | 2020-03-01 10:00:00"),
        ("<b onload=x>{{7*7}}';--\n\x1b", None),
        ("x" * 1_000_000, "x" * 100),
        (None, ""),
    ],
)
def test_a_key_is_harmless(fresh_warehouse: Warehouse, key: str | None, kept: str | None) -> None:
    pipeline = fresh_warehouse.engine_as("pipeline")
    night(pipeline, 1, key)
    (row,) = found(pipeline)
    if kept is None:
        assert not set(row.record_key) & set("<>{}=';\n\x1b*")
    else:
        assert row.record_key == kept


def test_rows_that_share_a_key_are_one_finding(fresh_warehouse: Warehouse) -> None:
    pipeline = fresh_warehouse.engine_as("pipeline")
    night(pipeline, 1, "a", "a", None, None)
    assert [row.record_key for row in found(pipeline)] == ["", "a"]


def test_so_many_that_they_stop_a_night_are_told_so(fresh_warehouse: Warehouse) -> None:
    pipeline = fresh_warehouse.engine_as("pipeline")
    severities = []
    for day, stops in ((1, False), (2, True), (3, False)):
        night(pipeline, day, "a", stops=stops)
        severities.append(findings_of(pipeline, AUTHORITY, "not known")[0].severity)
    assert severities == ["warn", "stop", "warn"]


@pytest.mark.parametrize(
    "statement",
    [
        "delete from audit.finding",
        "truncate audit.finding",
        "update audit.finding set record_key = 'b'",
        "update audit.finding set first_seen = '2020-02-01'",
        "update audit.finding set person_id = null",
        "delete from audit.finding_count",
        "update audit.finding_count set open_findings = 0",
    ],
)
def test_no_finding_is_deleted_or_becomes_another(fresh_warehouse: Warehouse, statement: str) -> None:
    """Not by the role of the nights, and of findings not by the owner either."""
    pipeline = fresh_warehouse.engine_as("pipeline")
    night(pipeline, 1, "a")
    before = found(pipeline)
    by = {"42501": pipeline} | ({} if "finding_count" in statement else {"23001": fresh_warehouse.engine})
    for state, engine in by.items():
        with pytest.raises(DBAPIError) as error, engine.begin() as connection:
            connection.execute(text(statement))
        assert error.value.orig.sqlstate == state  # type: ignore[union-attr]
    assert found(pipeline) == before


READABLE = {
    "audit.finding": {"pipeline"},
    "audit.finding_count": {"pipeline", "auditor"},
    "audit.finding_trend": {"pipeline", "auditor"},
    "analysis.finding": {"pipeline", "analyst"},
}


@pytest.mark.parametrize("role", ["pipeline", "auditor", "analyst", "bi_reader"])
def test_who_may_read(fresh_warehouse: Warehouse, role: str) -> None:
    night(fresh_warehouse.engine_as("pipeline"), 1, "a")
    engine = fresh_warehouse.engine_as(role)
    for relation, roles in READABLE.items():
        with engine.connect() as connection:
            if role in roles:
                assert connection.scalar(text(f"select count(*) from {relation}"))
            else:
                with pytest.raises(DBAPIError, match="permission denied"):
                    connection.execute(text(f"select * from {relation}"))


def test_an_analyst_sees_a_pseudonym_and_no_key(fresh_warehouse: Warehouse) -> None:
    night(fresh_warehouse.engine_as("pipeline"), 1, "87654321")
    with fresh_warehouse.engine_as("analyst").connect() as connection:
        (row,) = connection.execute(text("select * from analysis.finding")).mappings()
    assert len(row["child"]) == 32
    assert not [value for value in row.values() if str(value) in (CHILD, "87654321")]


def test_the_newest_night_by_rule_and_a_team_to_work_off(fresh_warehouse: Warehouse) -> None:
    pipeline = fresh_warehouse.engine_as("pipeline")
    assert rule_counts(pipeline, AUTHORITY) == (None, [])
    with pytest.raises(UnknownTeamError, match="none yet"):
        findings_of(pipeline, AUTHORITY, "Not known")
    night(pipeline, 1, "a", "b")
    night(pipeline, 2, "b", "c")
    as_known, (rule,) = rule_counts(pipeline, AUTHORITY)
    counted: Any = (rule.open_findings, rule.new_findings, rule.resolved_findings, rule.rows_checked)
    assert (as_known, counted) == (dt.date(2020, 3, 2), (2, 1, 1, 2))
    assert (rule.rule, rule.owner, rule.because) == ("1", "Owner", "Why.")
    assert rule.oldest == dt.date(2020, 3, 1)
    assert [row.record_key for row in findings_of(pipeline, AUTHORITY, " NOT known ")] == ["b", "c"]
    with pytest.raises(UnknownTeamError, match="there are Team not known"):
        findings_of(pipeline, AUTHORITY, "North")
    assert rule_counts(pipeline, "E09999999") == (None, [])
