"""What the records have wrong and a measure leaves out, at both sides of each boundary and at null."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text

from care_reviews.settings import Settings
from care_reviews.validation import marts_gate
from expectations import marts
from expectations.words import suite
from tests.integration.gates.judging import failed, judged, run

REVIEWS = "candidate_e10000030.fct_review"


@pytest.mark.parametrize(("raised", "flag"), [("2020-03-02", False), (None, True)])
def test_alerts_without_a_date(connection: Connection, raised: str | None, flag: bool) -> None:
    with connection.begin_nested() as savepoint:
        connection.execute(
            text("create temp table int_alert__alerts as select cast(:raised as date) as raised_date"),
            {"raised": raised},
        )
        query = marts_gate._query("alert_findings", {"candidate": "pg_temp"})
        found = connection.exec_driver_sql(query).one()
        savepoint.rollback()
    assert found.without_raised is flag


@pytest.mark.parametrize(
    ("first", "last", "flags"),
    [
        (None, None, []),
        ("2020-03-02", None, [False]),
        ("2020-03-03", None, [True]),
        (None, "2020-03-10", [False]),
        (None, "2020-03-11", [True]),
        ("2020-03-02", "2020-03-10", [False]),
    ],
)
def test_the_dates_of_a_series(
    connection: Connection, first: str | None, last: str | None, flags: list[bool]
) -> None:
    with connection.begin_nested() as savepoint:
        connection.execute(
            text(
                "create temp table int_review__reviews as select 'k' as form_key, "
                "date '2020-03-02' as review_date, date '2020-03-10' as completed_date"
            )
        )
        connection.execute(
            text(
                "create temp table int_review__outcome_forms as select 'k' as form_key, "
                "cast(:first as date) as first_meeting_date, cast(:last as date) as last_meeting_date"
            ),
            {"first": first, "last": last},
        )
        query = marts_gate._query("series_findings", {"candidate": "pg_temp"})
        found = [row.meetings_differ for row in connection.exec_driver_sql(query)]
        savepoint.rollback()
    assert found == flags


@pytest.mark.parametrize(("reviews", "stops"), [(4, False), (5, True)])
def test_reviews_without_an_age_stop_above_their_share(
    new_council: Callable,  # type: ignore[type-arg]
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    reviews: int,
    stops: bool,
) -> None:
    """4 of 80 held reviews are exactly 5%. One that was not held is not judged."""
    monkeypatch.setattr("care_reviews.validation.marts_gate.JUDGED", ("fct_review",))
    monkeypatch.setattr("care_reviews.validation.marts_gate.read_marts", tuple)
    monkeypatch.setattr(
        "expectations.marts.suites",
        lambda night, _: [suite("marts", "fct_review", marts.reviews(night), night.rules)],
    )
    warehouse = new_council()
    run(
        warehouse,
        f"update {REVIEWS} set age_at_review = null where held_date is null or "
        f"(period_id, review_sequence) in (select period_id, review_sequence "
        f"from {REVIEWS} where held_date is not null limit {reviews})",
    )
    found = judged("marts", warehouse, settings)
    told = {"marts.fct_review.age"} | ({"marts.fct_review.age_share"} if stops else set())
    assert failed(found) == told
    assert {found[name].severity for name in told} == ({"warn", "stop"} if stops else {"warn"})
    assert (found["marts.fct_review.age"].rows_failed, found["marts.fct_review.age"].rows_checked) == (
        reviews,
        80,
    )
