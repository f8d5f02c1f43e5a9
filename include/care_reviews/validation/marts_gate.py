"""The marts gate: its suites and the batches that they judge."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from string import Template

from great_expectations import ExpectationSuite
from sqlalchemy import Connection

from care_reviews.errors import BuildError
from care_reviews.lock import Extract
from care_reviews.marts import Mart, read_marts
from care_reviews.settings import Settings
from care_reviews.validation import accounts, identities, movement
from care_reviews.validation.batches import SCHEMA, batch_name
from care_reviews.validation.code_lists import seed, site_rows
from care_reviews.validation.history import facts_of
from care_reviews.validation.one_a_key import DECIDING, one_a_key
from care_reviews.validation.picture import Picture
from care_reviews.validation.sql import code, folded, literal, literals, says_yes
from expectations import marts
from expectations.facts import NightFacts
from expectations.schedule import schedules

QUERIES = Path(__file__).with_name("queries")

# Made first, because others read them: what landing holds, counted without the models.
FROM_LANDING = (
    identities.NAME,
    "landed_people",
    "landed_periods",
    "landed_reviews",
    "landed_uasc",
    "landed_recording_delay",
)
# So many reviews say how late recording usually is, and it counts as no later than so many days.
DELAY_REVIEWS, DELAY_LONGEST = 200, 180
JUDGED = (
    "series_findings",
    "alert_findings",
    "reconciled_tables",
    "reconciled_months",
    "reconciled_month_ends",
    "kpi_value_unsuppressed",
    "kpi_value",
    "subtraction",
    "kpi_definition",
    "kpi_trend",
    "kpi_comparison",
    "completeness",
    "sums",
    "breakdowns",
    "agreement",
    "worklists",
    "calendar",
    "fct_period_of_care",
    "fct_review",
    "movement",
)


def prepare(
    connection: Connection, extract: Extract, settings: Settings
) -> tuple[list[ExpectationSuite], dict[str, str]]:
    """The suites of this night, and the query of each subject's batch. Raises BuildError when nothing was
    built.
    """
    if not extract.dbt_invocation_id:
        raise BuildError(f"nothing was built for the night {extract.as_known}: run build first")
    facts = facts_of(connection, extract, settings)
    words = _words(extract, settings, facts)
    facts = replace(
        facts,
        years_outside_calendar=_years_outside(connection, words),
        moved=movement.moved_measures(connection, words, facts),
    )
    contracts = read_marts()
    picture = Picture(extract.authority_code, extract.extract_id, extract.as_known)
    queries = {name: _query(name, words) for name in FROM_LANDING + JUDGED}
    queries |= accounts.queries(picture, words)
    unsuppressed = {"trend": "kpi_trend_unsuppressed", "values": "kpi_value_unsuppressed"}
    queries["kpi_trend_unsuppressed"] = _query("kpi_trend", words | unsuppressed)
    queries["movement_measures"] = movement.batch(facts.moved)
    queries |= {f"{mart.name}_rows": _rows(mart, extract) for mart in contracts}
    return marts.suites(facts, [mart.name for mart in contracts]), queries


def _query(name: str, words: dict[str, str]) -> str:
    return Template((QUERIES / f"{name}.sql").read_text()).substitute(words)


def _years_outside(connection: Connection, words: dict[str, str]) -> tuple[int, ...]:
    """The years whose bank holidays are not known, to name them: a year is no value of a person."""
    query = _query("calendar", words | {"year_column": ", years.year_number"})
    rows = connection.exec_driver_sql(
        f"select year_number from ({query}) as years where unknown order by 1",
        execution_options={"no_parameters": True},
    )
    return tuple(int(row.year_number) for row in rows)


def _rows(mart: Mart, extract: Extract) -> str:
    """One row a row of the mart: does it repeat its key, or belong to another authority?"""
    key = ", ".join(mart.key)
    return (
        f"select row_number() over (partition by {key}) > 1 as repeated, "
        f"authority_code is distinct from {literal(extract.authority_code)} as foreign_row\n"
        f"from candidate_{extract.authority_code.lower()}.{mart.name}"
    )


def _words(extract: Extract, settings: Settings, facts: NightFacts) -> dict[str, str]:
    """What the `$names` in the query files stand for."""
    picture = Picture(extract.authority_code, extract.extract_id, extract.as_known)
    planned = schedules(seed("measure_definition"))
    own = {name: f"{SCHEMA}.{batch_name(extract.authority_code, name)}" for name in FROM_LANDING}
    return {
        **{name: one_a_key(name, picture) for name in DECIDING},
        **own,
        "candidate": f"candidate_{extract.authority_code.lower()}",
        "authority": extract.authority_code,
        "as_known": str(extract.as_known),
        "months_published": str(settings.months_published),
        "provisional_days": str(settings.provisional_days),
        "extract_id": str(extract.extract_id),
        "delay_reviews": str(DELAY_REVIEWS),
        "delay_longest": str(DELAY_LONGEST),
        "is_held_on_first": str(settings.review_held_on == "first").lower(),
        "few_children": str(facts.limits.few_children),
        "change": str(facts.share("marts", "movement", "looked_after")),
        "schedule": _values(
            (literal(name), str(s.snapshot), str(s.year), str(s.part)) for name, s in planned.items()
        ),
        "breakdowns": _values(
            (literal(name), literal(breakdown), str(schedule.adds_up))
            for name, schedule in planned.items()
            for breakdown in schedule.breakdowns
        ),
        "measures": _values((literal(name),) for name in facts.measures),
        "trend": "kpi_trend",
        "values": "kpi_value",
        "covered_from": _covered_from(extract.authority_code),
        "year_column": "",
        **_landed_values(extract.authority_code),
    }


def _covered_from(authority_code: str) -> str:
    """The first day that the authority's records cover; of one that names none, every day is."""
    own = site_rows("site_coverage", authority_code)
    return own[0]["covered_from"] if own else "-infinity"


def _landed_values(authority_code: str) -> dict[str, str]:
    """Landed texts in the form in which they are compared, and the codes and texts of short breaks."""
    short = {row["legal_status_code"] for row in seed("legal_status") if row["is_short_break"] == "true"}
    texts = site_rows("site_legal_status_text", authority_code)
    return {
        **identities.words(),
        "end_reason": code("care_reason_end_code"),
        "meeting_type": code("dim_lookup_mtg_type_id_code"),
        "is_cancelled": says_yes("cancelled"),
        "immigration_code": code("dim_lookup_immgr_status_code"),
        "status_code": code("dim_lookup_lgl_status_code"),
        "status_text": folded("dim_lookup_lgl_status_desc"),
        "short_break_codes": literals(sorted(short)),
        "short_break_texts": literals(
            row["legal_status_text"].lower() for row in texts if row["legal_status_code"] in short
        ),
    }


def _values(rows: Iterable[tuple[str, ...]]) -> str:
    return ", ".join(f"({', '.join(row)})" for row in rows)
