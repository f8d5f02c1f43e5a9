"""One publication's cells around its newest month, read from `published` as the role bi_reader."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, text

from care_reviews.board.facts import MONTHS_BEFORE, Facts, Version, year_before
from care_reviews.errors import ReportRefusedError
from care_reviews.report.facts import Cell, Definition, Key, Point, Publication
from care_reviews.report.reading import LIMITS, cell_of, some
from care_reviews.report.year import Year

_OF = "authority_code = :authority and as_known = :as_known"
_NEWEST = text(f"select max(period_end) from published.kpi_trend_as_known where {_OF}")
_CELLS = text(
    f"select * from published.kpi_value_as_known where {_OF} and ("
    "period_grain = 'snapshot' and period_end in (:month, :month_before) "
    "or period_grain = 'financial_year' and period_end in (:year, :year_before) "
    "or breakdown = 'all' and period_grain in ('month', 'snapshot') and period_end between :first and :month)"
)
_POINTS = text(
    f"select * from published.kpi_trend_as_known where {_OF} and period_end between :first and :month "
    "order by period_end"
)
_DEFINITIONS = text(
    f"select * from published.kpi_definition_as_known where {_OF} and valid_from <= :month "
    "and (valid_to is null or valid_to >= :month)"
)
_CATEGORIES = text(
    f"select breakdown, category from published.dim_category_as_known where {_OF} "
    "order by breakdown, sort_order, category"
)
_VERSIONS = text(
    "select * from published.kpi_revision where authority_code = :authority "
    "and publication_id <= :publication_id and period_end between :first and :month "
    "order by measure_id, period_grain, period_end, publication_id"
)
_SINCE = text(
    "select publication_id, as_known from published.publication where authority_code = :authority "
    "and withdrawn_at is null and publication_id < :publication_id and as_known < :month "
    "order by publication_id desc limit 1"
)


def read(connection: Connection, publication: Publication, authority_name: str) -> Facts:
    """All that a publication says of its newest month. Raises ReportRefusedError when it holds no month."""
    words: dict[str, Any] = {
        "authority": publication.authority_code,
        "as_known": publication.as_known,
        "publication_id": publication.publication_id,
    }
    month = connection.scalar(_NEWEST, words)
    if month is None:
        raise ReportRefusedError(f"publication {publication.publication_id} holds no month that is over")
    year = Year.over_by(month)
    words |= {
        "month": month,
        "month_before": year_before(month),
        "year": year.end,
        "year_before": year.before.end,
        "first": _months_before(month),
    }
    definitions = {
        row.measure_id: Definition(**some(row, Definition.__dataclass_fields__))
        for row in connection.execute(_DEFINITIONS, words)
    }
    found = (cell_of(row) for row in connection.execute(_CELLS, words))
    cells = {cell.key: cell for cell in found if cell.key.measure in definitions}
    points = defaultdict(list)
    for row in connection.execute(_POINTS, words):
        cell = cells.get(Key(row.measure_id, row.period_grain, row.period_end))
        if cell is not None:
            points[row.measure_id].append(Point(cell, **some(row, LIMITS)))
    categories = defaultdict(list)
    for row in connection.execute(_CATEGORIES, words):
        categories[row.breakdown].append(row.category)
    since = connection.execute(_SINCE, words).one_or_none()
    return Facts(
        authority_name=authority_name,
        publication=publication,
        month=month,
        cells=cells,
        points={measure: tuple(months) for measure, months in points.items()},
        definitions=definitions,
        categories={breakdown: tuple(names) for breakdown, names in categories.items()},
        versions=_versions(cells, connection.execute(_VERSIONS, words)),
        since=(since.publication_id, since.as_known) if since else None,
    )


def _months_before(month: dt.date) -> dt.date:
    number = month.year * 12 + month.month - 1 - MONTHS_BEFORE
    return dt.date(number // 12, number % 12 + 1, 1)


def _versions(cells: Mapping[Key, Cell], rows: Iterable[Row[Any]]) -> dict[Key, tuple[Version, ...]]:
    """Of what was published otherwise before all values; of a cell without a value now none of before: a
    suppressed one may have been shown once.
    """
    found: dict[Key, list[Version]] = defaultdict(list)
    for row in rows:
        cell = cell_of(row)
        found[cell.key].append(Version(cell, row.publication_id, row.as_known))
    return {
        key: tuple(versions)
        for key, versions in found.items()
        if len(versions) > 1 and key in cells and cells[key].value is not None
    }
