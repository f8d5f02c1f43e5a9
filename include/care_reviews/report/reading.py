"""One publication's cells of a year, read from `published` as the role bi_reader."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Row, text

from care_reviews.errors import ReportRefusedError
from care_reviews.report.facts import ALL, Cell, Compared, Definition, Facts, First, Key, Point, Publication
from care_reviews.report.year import Year
from care_reviews.web.text import day

_STANDING = text(
    "select publication_id, authority_code, as_known, published_at, return_name, released_at, "
    "case when 'warned' in (source_gate, care_gate, marts_gate) then 'warned' else 'passed' end as gates "
    "from published.publication where authority_code = :authority and withdrawn_at is null "
    "and (cast(:as_known as date) is null or as_known = :as_known) "
    "order by publication_id desc limit 1"
)
_COUNCILS = text(
    "select distinct authority_code from published.publication where withdrawn_at is null order by 1"
)
_OF = "authority_code = :authority and as_known = :as_known"
_CELLS = text(
    f"select * from published.kpi_value_as_known where {_OF} and ("
    "period_grain in ('financial_year', 'snapshot') and period_end in (:end, :before) "
    "or breakdown = 'all' and period_grain in ('month', 'snapshot') and period_end between :first and :end)"
)
_COMPARED = text(
    f"select * from published.kpi_comparison_as_known where {_OF} and period_end = :end "
    "and period_grain in ('financial_year', 'snapshot')"
)
_POINTS = text(
    f"select * from published.kpi_trend_as_known where {_OF} and period_end between :before and :end "
    "order by period_end"
)
_DEFINITIONS = text(
    f"select * from published.kpi_definition_as_known where {_OF} and valid_from <= :end "
    "and (valid_to is null or valid_to >= :end)"
)
_CATEGORIES = text(
    f"select breakdown, category from published.dim_category_as_known where {_OF} "
    "order by breakdown, sort_order, category"
)
_FIRSTS = text(
    "select * from published.kpi_revision where authority_code = :authority and is_first "
    "and publication_id < :publication_id and period_end between :before and :end"
)
# The first publication that held the whole year: years are in none of the revisions, which are by month.
_YEARS_FIRST = text(
    "select * from published.kpi_value_as_known where authority_code = :authority and period_end = :end "
    "and period_grain = 'financial_year' and breakdown = 'all' and as_known = (select min(as_known) "
    "from published.publication where authority_code = :authority and withdrawn_at is null "
    "and publication_id < :publication_id and as_known >= :end)"
)
LIMITS = (
    "centre",
    "lower_limit",
    "upper_limit",
    "base_points",
    "is_trial",
    "is_beyond_limit",
    "is_seven_on_one_side",
    "is_seven_in_one_direction",
    "is_two_of_three_in_outer_third",
    "is_signal",
    "symbol",
    "target",
    "target_upper",
    "assurance",
)


def standing(connection: Connection, authority: str, as_known: dt.date | None) -> Publication:
    """The publication that a report is to be made of: the newest that stands, or that of a night.

    Raises ReportRefusedError where there is none.
    """
    row = connection.execute(_STANDING, {"authority": authority, "as_known": as_known}).one_or_none()
    if row is not None:
        return Publication(**row._mapping)
    councils = list(connection.scalars(_COUNCILS))
    if authority not in councils:
        known = f"those of {', '.join(councils)}" if councils else "none at all"
        raise ReportRefusedError(f"no publication of council {authority} stands; there are {known}")
    raise ReportRefusedError(
        f"no publication of council {authority} as known on {day(as_known)} stands: "
        "`care-reviews publications` lists those that do"
    )


def read(connection: Connection, publication: Publication, year: Year, authority_name: str) -> Facts:
    """All that a publication says of a year. Raises ReportRefusedError when the year is not in it."""
    words = {
        "authority": publication.authority_code,
        "as_known": publication.as_known,
        "publication_id": publication.publication_id,
        "first": year.before.start,
        "before": year.before.end,
        "end": year.end,
    }
    cells = {cell.key: cell for cell in map(cell_of, connection.execute(_CELLS, words))}
    if not any(key.end == year.end and key.grain == "financial_year" for key in cells):
        raise ReportRefusedError(
            f"publication {publication.publication_id}, as known on {day(publication.as_known)}, does not "
            f"hold the reporting year {year.label}, which ends on {day(year.end)}"
        )
    points = defaultdict(list)
    for row in connection.execute(_POINTS, words):
        key = Key(row.measure_id, row.period_grain, row.period_end)
        # The year before has limits of its own, beside which this year's months cannot be read.
        limits = some(row, LIMITS) if row.period_end >= year.start else {}
        points[row.measure_id].append(Point(cells[key], **limits))
    categories = defaultdict(list)
    for row in connection.execute(_CATEGORIES, words):
        categories[row.breakdown].append(row.category)
    return Facts(
        year=year,
        authority_name=authority_name,
        publication=publication,
        cells=cells,
        compared={one.now.key: one for one in map(_compared, connection.execute(_COMPARED, words))},
        points={measure: tuple(found) for measure, found in points.items()},
        definitions={
            row.measure_id: Definition(**some(row, Definition.__dataclass_fields__))
            for row in connection.execute(_DEFINITIONS, words)
        },
        categories={breakdown: tuple(found) for breakdown, found in categories.items()},
        firsts=_firsts(cells, connection.execute(_FIRSTS, words))
        | _firsts(cells, connection.execute(_YEARS_FIRST, words)),
    )


def some(row: Row[Any], names: Any) -> Mapping[str, Any]:
    """The columns of a row that are named."""
    return {name: row._mapping[name] for name in names}


def _key(row: Row[Any]) -> Key:
    found = row._mapping
    return Key(
        row.measure_id,
        row.period_grain,
        row.period_end,
        found.get("breakdown", ALL),
        found.get("category", ALL),
    )


def cell_of(row: Row[Any]) -> Cell:
    """The cell that a row of a published view is."""
    return Cell(
        _key(row),
        row.unit,
        row.numerator,
        row.denominator,
        row.value,
        row._mapping.get("status", ""),
        row.symbol,
    )


def _compared(row: Row[Any]) -> Compared:
    now = cell_of(row)
    last = now.key._replace(end=row.period_end.replace(year=row.period_end.year - 1))
    before = Cell(
        last,
        row.unit,
        row.numerator_last_year,
        row.denominator_last_year,
        row.value_last_year,
        "final",
        row.symbol_last_year,
    )
    bounds = ("difference", "lower_bound", "upper_bound", "do_intervals_overlap")
    return Compared(now, before, **some(row, bounds))


def _firsts(cells: Mapping[Key, Cell], rows: Any) -> dict[Key, First]:
    """What was said otherwise before; of a cell that is suppressed by now nothing that was said before."""
    found = {}
    for row in rows:
        then = cell_of(row)
        now = cells.get(then.key)
        if now is not None and now.value is not None and now.value != then.value:
            found[then.key] = First(then, row.as_known)
    return found
