"""Nights that a gate must stop: what is told, that the last publication stands, and what mends it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import text

from care_reviews.errors import GateBlockedError
from care_reviews.source.catalog import TABLES
from tests.conftest import Server
from tests.faults import pictures
from tests.faults.conftest import Undisturbed
from tests.faults.saying import assert_says, refusal
from tests.faults.small_council import LATER, Council, run
from tests.gate_rules import needed_tables

# One process for all of them: they share two undisturbed nights.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

HALF_REFRESHED = LATER.replace(day=29)
BEYOND = dt.date(2036, 6, 30)
NEEDED = [table.name for table in TABLES if table.name in needed_tables()]


def test_a_half_refreshed_source_stops_at_the_gate_and_the_next_whole_night_loses_nothing(
    council: Council, server: Server, undisturbed: Undisturbed, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt = council.night(HALF_REFRESHED)
    whole, council.source = council.source, server.new_database(str(council.source.database))
    with council.spoiling() as source:
        for statement in (
            "delete from fact_cla_review where fact_cla_review_id % 2 = 0",
            "update fact_meeting_subjects set dim_lookup_participation_code_desc = 'Unmapped words'",
            "update fact_legal_status set dim_lookup_lgl_status_code = null, "
            "dim_lookup_lgl_status_desc = 'Unmapped too'",
            "update fact_casenotes set event_dttm = '0219-01-01' where fact_casenote_id % 10 = 0",
        ):
            source.execute(text(statement))
    council.connect(monkeypatch)
    run(spoilt, "extract", "land", "build")
    error = refusal(lambda: run(spoilt, "validate"), GateBlockedError)
    assert_says(
        error,
        "FACT_CLA_REVIEW did not lose more than 30% of its usual rows.",
        "Ask whether the refresh of the reporting copy had ended.",
        "The participation of a subject is known. At most 20% are not.",
        "144: A legal status is a code of its day. At most 20% of them are otherwise.",
        "Bring the site's map in dbt_project/seeds up to date",
        "At most 5% of FACT_CASENOTES cannot be read.",
        "Look in landing.quarantine",
        retry=False,
    )
    assert "Unmapped words" not in str(error)
    first, *reasons = str(error).splitlines()
    assert first == f"{len(reasons)} expectations say stop: the last publication stands"
    error = refusal(lambda: run(spoilt, "publish"), GateBlockedError)
    assert_says(
        error, "the source gate blocked the night of 2020-04-29", "the last publication stands", retry=False
    )
    assert pictures.published(council) == undisturbed.first
    assert council.scalar("select count(*) from published.publication") == 1

    server.drop_database(council.source)
    council.source = whole
    council.connect(monkeypatch)
    run(council.night())
    assert pictures.published(council) == undisturbed.last
    assert pictures.landed(council) == undisturbed.landed
    gates = council.rows("select verdict from audit.validation where as_known = :day", day=LATER)
    assert "blocked" not in {row["verdict"] for row in gates}


def test_empty_tables_that_are_needed_stop_a_first_night(
    new_council: Callable[..., Council], deployed_template: str
) -> None:
    council = new_council(warehouse=deployed_template)
    with council.spoiling() as source:
        for name in NEEDED:
            source.execute(text(f"truncate {name}"))
        source.execute(text("truncate fact_cp_plan"))
    run(council.night(), "extract", "land", "build")
    error = refusal(lambda: run(council.night(), "validate"), GateBlockedError)
    assert_says(
        error,
        *(f"{name}: {name.upper()} has rows. It has 0 rows, 1 too few." for name in NEEDED),
        "Ask whether the reporting copy was refreshed in full, then run the night again.",
        retry=False,
    )
    assert "FACT_CP_PLAN has rows" not in str(error)
    assert council.scalar(
        "select severity from audit.validation_result "
        "where not success and message like '%FACT_CP_PLAN has rows%'"
    ) == "warn"  # fmt: skip
    refusal(lambda: run(council.night(), "publish"), GateBlockedError)
    assert council.scalar("select count(*) from published.kpi_value") == 0


def test_a_year_without_bank_holidays_stops_and_is_named(council: Council, undisturbed: Undisturbed) -> None:
    with council.spoiling() as source:
        for statement in (
            "update fact_care_episodes set care_start_date = '2036-02-01', care_end_date = null where "
            "fact_cla_id = (select max(fact_cla_id) from fact_cla)",
            "update fact_meetings set actual_dttm = '2036-03-03', cancelled = null where fact_meeting_id = "
            "(select max(fact_meeting_id) from fact_cla_review)",
        ):
            source.execute(text(statement))
    beyond = council.night(BEYOND)
    run(beyond, "extract", "land", "build")
    error = refusal(lambda: run(beyond, "validate"), GateBlockedError)
    assert_says(
        error,
        "Bank holidays are known from the first period of care to a year after the night.",
        "Add the bank holidays of 2036, 2037 to dbt_project/seeds/bank_holiday.csv",
        retry=False,
    )
    refusal(lambda: run(beyond, "publish"), GateBlockedError)
    assert pictures.published(council) == undisturbed.first
