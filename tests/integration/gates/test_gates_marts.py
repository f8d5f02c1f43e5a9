"""The gate on the candidate marts, on marts that dbt built: whole, and broken in every way."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from care_reviews.marts import read_marts
from care_reviews.settings import Settings
from care_reviews.validation.account_list import ACCOUNTS
from care_reviews.validation.verdict import Outcome
from expectations import movement
from expectations.words import suite
from tests.integration.gates.judging import Landed, failed, judged, run

C = "candidate_e10000030"
KPI = f"{C}.kpi_value_unsuppressed"
LATEST = "period_end = '2020-03-31' and breakdown = 'all'"


@pytest.fixture
def whole(new_council: Callable, settings: Settings) -> dict[str, Outcome]:  # type: ignore[type-arg]
    return judged("marts", new_council(), settings)


def test_whole_marts_pass_every_expectation(whole: dict[str, Outcome]) -> None:
    assert failed(whole) == set()
    # What passes was looked at: none of these batches is empty.
    assert {name for name, outcome in whole.items() if not outcome.rows_checked} == {
        f"marts.movement.{rule}" for rule in ("looked_after", "within_limits", "plausible", "final_stands")
    }
    assert whole["marts.reconciliation.children_looked_after"].rows_checked == 36
    assert whole["marts.fct_review.on_time"].rows_checked == whole["marts.fct_review.grain"].rows_checked


def value(measure: str, grain: str = "month") -> str:
    return f"where measure_id = '{measure}' and period_grain = '{grain}' and {LATEST}"


def broken_values() -> Iterator[str]:
    for change, measure in (
        ("numerator = -1", "children_started"),
        ("denominator = null", "participation"),
        ("numerator = denominator + 1", "participation_not"),
        ("value = 150", "attendance"),
        ("symbol = 'q'", "participation_not_recorded"),
        ("unit = 'sheep'", "children_ceased"),
        ("status = 'final'", "periods_started"),
        ("period_start = '2019-04-02'", "periods_ceased"),
    ):
        yield f"update {KPI} set {change} {value(measure)}"
    yield (
        f"update {KPI} set symbol = 'z' where measure_id = 'periods_ceased' and breakdown = 'all' and "
        "period_grain = 'rolling_12_months' and period_end = '2017-05-31'"
    )
    yield (
        f"delete from {KPI} where measure_id = 'reviews_held' and period_grain = 'month' and "
        f"period_end = '2020-02-29'"
    )
    yield f"insert into {KPI} select * from {KPI} {value('children_looked_after', 'snapshot')}"
    yield f"update {KPI} set authority_code = 'E99999999' {value('children_looked_after_uasc', 'snapshot')}"
    yield f"update {KPI} set numerator = numerator + 1 {value('children_looked_after', 'snapshot')}"
    yield f"update {KPI} set numerator = numerator + 100 {value('children_looked_after_uasc', 'snapshot')}"
    yield f"update {KPI} set numerator = numerator + 100 {value('children_started', 'rolling_12_months')}"
    yield f"update {KPI} set numerator = numerator + 1 {value('periods_ceased', 'month')}"
    yield f"update {KPI} set numerator = numerator + 1 {value('periods_started', 'month')}"
    yield f"update {KPI} set numerator = numerator + 1 {value('reviews_held', 'month')}"
    yield f"update {KPI} set numerator = numerator + 1 {value('reviews_held', 'financial_year')}"
    yield f"update {KPI} set numerator = 0 {value('overdue_reviews', 'snapshot')}"
    yield f"update {KPI} set numerator = 100 {value('alert_repeat_children', 'quarter')}"
    yield f"update {KPI} set numerator = 100 {value('alert_children_raised', 'financial_year')}"
    yield f"update {KPI} set numerator = 100 {value('alert_children_completed', 'financial_year')}"


def broken_breakdowns() -> Iterator[str]:
    by_sex = f"{KPI} set numerator = numerator + 1000"
    of = "where period_grain = 'financial_year' and category = 'Male' and measure_id"
    yield f"update {by_sex} {of} = 'reviews_held'"
    yield f"update {by_sex} {of} = 'children_started'"
    yield f"update {KPI} set denominator = denominator + 1 {of} = 'attendance'"
    yield f"delete from {KPI} {of} = 'participation'"


def broken_definitions() -> Iterator[str]:
    of = f"{C}.kpi_definition"
    yield f"delete from {of} where measure_id = 'attendance'"
    yield f"delete from {KPI} where measure_id = 'review_up_to_date'"
    yield f"create temp table invented as select * from {of} where measure_id = 'participation'"
    yield "update invented set measure_id = 'invented'"
    yield f"insert into {of} select * from invented"
    yield "update invented set measure_id = 'participation', valid_from = '2015-04-01'"
    yield f"insert into {of} select * from invented"


def broken_marts() -> Iterator[str]:
    for mart in read_marts():
        name = f"{C}.{mart.name}"
        yield f"insert into {name} select * from {name} limit 1"
        yield (
            f"update {name} set authority_code = 'E99999999' where ctid in (select ctid from {name} "
            f"offset 3 limit 1)"
        )


def broken_trends() -> Iterator[str]:
    for trend in (f"{C}.kpi_trend", f"{C}.kpi_trend_unsuppressed"):
        yield from broken_trend(trend)


def broken_trend(trend: str) -> Iterator[str]:
    for measure, change in (
        ("children_started", "value = value + 1"),
        ("children_ceased", "upper_limit = upper_limit + 1"),
        ("periods_started", "is_trial = not is_trial"),
        ("periods_ceased", "symbol = 'z'"),
        ("review_timeliness_children", "assurance = 'perhaps'"),
    ):
        yield f"update {trend} set {change} where measure_id = '{measure}' and period_end = '2020-03-31'"
    yield f"update {trend} set is_signal = not is_signal where is_signal is not null"
    yield f"delete from {trend} where measure_id = 'reviews_held' and period_end = '2020-02-29'"


def broken_comparisons() -> Iterator[str]:
    compared = f"{C}.kpi_comparison"
    for measure, change in (
        ("participation", "numerator_last_year = 0"),
        ("attendance", "difference = difference + 1"),
        ("participation_not", "lower_bound = lower_bound / 2"),
        ("participation_not_recorded", "do_intervals_overlap = do_intervals_overlap is not true"),
    ):
        yield f"update {compared} set {change} {value(measure, 'rolling_12_months')}"
    yield f"delete from {compared} {value('reviews_held', 'financial_year')}"


def broken_worklists() -> Iterator[str]:
    # More than the one row that is repeated in every mart.
    for mart in ("worklist_review", "worklist_record", "worklist_alert"):
        yield f"delete from {C}.{mart} where child_id between 1020 and 1024"
    yield f"delete from {C}.worklist_chair where chair_id between 20 and 24"


def broken_disclosure() -> Iterator[str]:
    """Of what is shown: what should be hidden, and what is wrong."""
    shown = f"{C}.kpi_value"
    by_sex = "period_grain = 'financial_year' and breakdown = 'sex' and category = 'Male' and measure_id"
    small = "value = 50, symbol = null"
    yield f"update {shown} set numerator = 1, denominator = null, {small} where {by_sex} = 'reviews_held'"
    yield f"update {shown} set numerator = 0, denominator = 5, {small} where {by_sex} = 'attendance'"
    yield f"update {shown} set numerator = 30, denominator = 31, {small} where {by_sex} = 'participation'"
    yield f"update {shown} set symbol = 'c', value = 3 where {by_sex} = 'written_to_child'"
    yield f"update {shown} set status = 'sure' where {by_sex} = 'child_co_chaired'"
    yield f"delete from {shown} where {by_sex} = 'periods_started'"
    yield f"update {shown} set category = 'Elsewhere' where {by_sex} = 'periods_ceased'"
    yield (
        f"update {C}.int_disclosure__suppressed_cells set reason = 'told' where (measure_id, period_end) in "
        f"(select measure_id, period_end from {shown} where symbol = 'c')"
    )


def broken_facts() -> Iterator[str]:
    periods, reviews = f"{C}.fct_period_of_care", f"{C}.fct_review"
    yield f"delete from {C}.dim_date where extract(year from date_day) > 2020"
    yield f"delete from {C}.dim_child where child_id in (1030, 1032)"
    yield f"delete from {periods} where period_id in (2030, 2031)"
    yield f"update {periods} set start_date = '2020-12-24' where period_id = 2010"
    yield f"update {periods} set end_date = start_date - 1 where period_id = 2011"
    yield f"update {reviews} set due_date = null where period_id = 2012 and review_sequence = 1"
    yield f"update {reviews} set review_sequence = 7 where period_id = 2013 and review_sequence = 2"
    yield f"update {reviews} set is_on_time = not is_on_time where period_id = 2014 and held_date is not null"
    yield f"update {reviews} set held_date = '2020-04-01' where period_id = 2015 and review_sequence = 2"
    yield f"update {reviews} set held_date = '2019-03-01' where period_id = 2016 and review_sequence = 1"
    yield f"update {reviews} set held_date = null where period_id in (2018, 2021)"
    yield (
        f"update {reviews} set age_at_review = null where period_id in (2019, 2022, 2023) and "
        f"held_date is not null"
    )
    yield f"update {C}.dim_child set birth_month = '2020-01-01' where child_id = 1020"
    yield f"update {C}.int_alert__alerts set raised_date = null where person_id = 1001"
    forms = f"{C}.int_review__outcome_forms"
    yield f"update {forms} set first_meeting_date = '2001-01-01' where first_meeting_date is not null"


def broken_movement() -> Iterator[str]:
    """Beside a publication with another number of children at the end of February."""
    yield (
        f"update {C}.kpi_trend set value = 1000, centre = 100, upper_limit = 110, base_points = 13, "
        "is_beyond_limit = true where measure_id = 'children_looked_after' and period_end = '2020-03-31'"
    )
    yield (
        f"update {C}.kpi_value set numerator = 36 where measure_id = 'children_looked_after' "
        "and breakdown = 'all' and period_end = '2020-02-29'"
    )


def broken_accounts() -> Iterator[str]:
    """Every number that has an account is one more, and of every table a row is lost."""
    for measure, account in ACCOUNTS.items():
        grain = "month" if account.dated else "snapshot"
        yield f"update {KPI} set {account.number} = {account.number} + 1 {value(measure, grain)}"
    for table in sorted({account.table for account in ACCOUNTS.values()}):
        yield f"update audit.manifest set rows_read = rows_read + 1 where table_name = '{table}'"


def test_every_expectation_fails_on_data_that_break_it(new_council: Callable, settings: Settings) -> None:  # type: ignore[type-arg]
    warehouse = new_council()
    views_become_tables(warehouse)
    run(
        warehouse,
        *broken_disclosure(),
        *broken_facts(),
        *broken_trends(),
        *broken_comparisons(),
        *broken_worklists(),
        *broken_accounts(),
        *broken_movement(),
        *broken_values(),
        *broken_breakdowns(),
        *broken_definitions(),
        *broken_marts(),
    )
    publish(warehouse, 100)
    found = judged("marts", warehouse, settings)
    assert set(found) - failed(found) == set()
    assert found["marts.kpi_value_unsuppressed.numerator"].rows_failed == 1
    assert "1 of " in found["marts.kpi_value_unsuppressed.numerator"].message
    # The years are named, so that a person knows which to add.
    assert "bank holidays of 2021 to" in found["marts.calendar.bank_holidays"].message


def views_become_tables(warehouse: Landed) -> None:
    """Marts that are views become tables with their rows, so that rows can be broken."""
    with warehouse.pipeline.begin() as connection:
        views = connection.scalars(
            text("select viewname from pg_views where schemaname = :schema and viewname = any(:marts)"),
            {"schema": C, "marts": [mart.name for mart in read_marts()]},
        ).all()
        for view in views:
            connection.execute(text(f"create table {C}.{view}_kept as select * from {C}.{view}"))
        for view in views:
            connection.execute(text(f"drop view if exists {C}.{view} cascade"))
            connection.execute(text(f"alter table {C}.{view}_kept rename to {view}"))


def publish(warehouse: Landed, looked_after: int) -> None:
    """An earlier publication with so many children looked after at its newest month end."""
    row = (
        "select authority_code, measure_id, period_grain, '2020-02-29', '2020-02-29', breakdown, category, "
        f"{looked_after}, denominator, {looked_after}, unit, 'final', symbol, gen_random_uuid(), 1, 1 "
        f"from {KPI} {value('children_looked_after', 'snapshot')} limit 1"
    )
    columns = (
        "authority_code, measure_id, period_grain, period_start, period_end, breakdown, category, numerator, "
        "denominator, value, unit, status, symbol, row_hash, occurrence, known_from"
    )
    run(
        warehouse,
        "insert into published.publication (publication_id, authority_code, as_known, published_at, "
        "run_id, extract_id, "
        "code_version, dbt_invocation_id, source_gate, marts_gate, expectations_passed, expectations_warned, "
        "expectations_stopped) overriding system value select 1, authority_code, as_known, now(), "
        "run_id, extract_id, "
        "'1', 'dbt-0', 'passed', 'passed', 1, 0, 0 from audit.extract where extract_id = 1",
        f"insert into published.kpi_value_history ({columns}) {row}".replace(
            "'2020-02-29'", "date '2020-02-29'"
        ),
    )


@pytest.mark.parametrize(
    ("before", "stops"),
    [(36, False), (48, False), (49, True), (28, False), (27, False), (26, True), (45, False)],
)
def test_how_far_the_children_looked_after_may_move(
    new_council: Callable,  # type: ignore[type-arg]
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    before: int,
    stops: bool,
) -> None:
    """36 tonight: a change of more than 25% and of 10 children or more stops."""
    monkeypatch.setattr("care_reviews.validation.marts_gate.JUDGED", ("movement",))
    monkeypatch.setattr("care_reviews.validation.marts_gate.read_marts", tuple)
    monkeypatch.setattr(
        "expectations.marts.suites",
        lambda night, _: [suite("marts", "movement", movement.looked_after(night), night.rules)],
    )
    warehouse = new_council()
    publish(warehouse, before)
    outcome = judged("marts", warehouse, settings)["marts.movement.looked_after"]
    assert (not outcome.success, outcome.rows_checked) == (stops, 1)
