"""What a publication says and rests on: definitions, what is provisional, rows from source to mart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, text

from care_reviews.site.accounts import AccountFacts, account_of
from care_reviews.site.courses import Course, Point
from care_reviews.site.facts import Flow, MartLine, Provisional, Record
from care_reviews.source.catalog import TABLES
from care_reviews.validation.account_list import ACCOUNTS

_IN = "known_from <= :id and (known_to is null or known_to > :id)"
_DEFINITIONS = text(
    "select measure_id, name, description, unit, numerator, denominator, exclusions, source, choices, "
    "target, direction, valid_from, valid_to from published.kpi_definition_history "
    f"where authority_code = :authority_code and {_IN} order by name, measure_id, valid_from"
)
_PROVISIONAL = text(
    "select period_grain as grain, count(distinct (period_start, period_end)) as periods, "
    "min(period_end) as first_end, max(period_end) as last_end from published.kpi_value_history "
    f"where authority_code = :authority_code and {_IN} and status = 'provisional' "
    "group by period_grain order by min(period_end - period_start), period_grain"
)
# Where a measure has both, its newest 12 months say more than a day.
_COURSES = text(
    "select distinct on (measure_id, period_end) measure_id, period_grain, period_end as day, value, "
    "unit in ('children', 'periods', 'reviews', 'alerts', 'alert_categories') as is_count, "
    "status = 'provisional' as is_provisional from published.kpi_value_history "
    f"where authority_code = :authority_code and {_IN} and breakdown = 'all' "
    "and period_grain in ('rolling_12_months', 'snapshot') order by measure_id, period_end, period_grain"
)
_COVERS = {"rolling_12_months": "the 12 months up to each month’s end", "snapshot": "each month’s end"}
_MANIFEST = text(
    "select table_name, rows_read, rows_quarantined, content_digest from audit.manifest "
    "where extract_id = :id"
)
_ACCOUNTS = text(
    "select measure_id, table_name, kind, reason, period_end, rows, published from audit.reconciliation "
    "where validation_id = :validation_id"
)


def definitions(
    connection: Connection, authority_code: str, publication_id: int
) -> tuple[Mapping[str, Any], ...]:
    """Every definition of a publication, by its measure's title."""
    words = {"authority_code": authority_code, "id": publication_id}
    return tuple(dict(row._mapping) for row in connection.execute(_DEFINITIONS, words))


def courses(connection: Connection, authority_code: str, publication_id: int) -> dict[str, Course]:
    """Measure → its course over the months of a publication, for the whole council."""
    points: dict[str, list[Point]] = {}
    covers: dict[str, str] = {}
    for row in connection.execute(_COURSES, {"authority_code": authority_code, "id": publication_id}):
        points.setdefault(row.measure_id, []).append(
            Point(row.day, row.value, row.is_count, row.is_provisional)
        )
        covers[row.measure_id] = _COVERS[row.period_grain]
    return {measure: Course(covers[measure], tuple(found)) for measure, found in points.items()}


def provisional(connection: Connection, authority_code: str, publication_id: int) -> tuple[Provisional, ...]:
    """The periods of a publication that may still change, by their length, the shortest first."""
    words = {"authority_code": authority_code, "id": publication_id}
    return tuple(Provisional(**row._mapping) for row in connection.execute(_PROVISIONAL, words))


def flows(connection: Connection, authority_code: str, extract_id: int) -> tuple[Flow, ...]:
    """Each source table of a night: extracted = landed + in quarantine; of rows alike one is used."""
    manifest = {row.table_name: row for row in connection.execute(_MANIFEST, {"id": extract_id})}
    found = []
    for table in sorted(TABLES, key=lambda each: each.name):
        if row := manifest.get(table.name):
            counted = connection.execute(
                text(
                    "select count(*) as landed, count(*) filter (where occurrence = 1) as used "
                    f"from landing.{table.landing} where authority_code = :authority_code and {_IN}"
                ),
                {"authority_code": authority_code, "id": extract_id},
            ).one()
            flow = Flow(
                table=table.name,
                extracted=row.rows_read,
                quarantined=row.rows_quarantined,
                landed=counted.landed,
                used=counted.used,
                digest=row.content_digest,
            )
            found.append(flow)
    return tuple(found)


def accounts(
    connection: Connection, validation_id: int | None, courses: Mapping[str, Course]
) -> tuple[AccountFacts, ...]:
    """The accounts of published counts that a validation of the marts gate kept. `courses`: what readers see
    of each measure.
    """
    shown = {
        (measure, point.day)
        for measure, course in courses.items()
        for point in course.points
        if point.value is not None
    }
    lines: dict[str, list[Row[Any]]] = {}
    for row in connection.execute(_ACCOUNTS, {"validation_id": validation_id}):
        lines.setdefault(row.measure_id, []).append(row)
    made = (
        account_of(measure, bool(account.dated), lines[measure], shown)
        for measure, account in ACCOUNTS.items()
        if measure in lines
    )
    return tuple(account for account in made if account.periods)


def marts(record: Record | None) -> tuple[MartLine, ...]:
    """The marts of a publication, as its record says them; none without a record."""
    said = record.facts.get("marts", {}) if record else {}
    return tuple(MartLine(view, mart["rows"], mart["sha256"]) for view, mart in sorted(said.items()))
