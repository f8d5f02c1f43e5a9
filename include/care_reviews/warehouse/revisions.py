"""How each month's value changed from publication to publication: a view on the history of `kpi_value`."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from care_reviews.marts import Mart
from care_reviews.warehouse.catalogue import exists, run
from care_reviews.warehouse.views import deploy_view

VIEW = "published.kpi_revision"

# A version of a cell counts from its first publication that stands; versions that say the same are one.
_DEFINITION = """with versions as (
    select h.authority_code, h.measure_id, h.period_grain, h.period_start, h.period_end,
        h.numerator, h.denominator, h.value, h.unit, h.symbol, p.publication_id, p.as_known, p.published_at
    from published.kpi_value_history as h
    cross join lateral (
        select standing.publication_id, standing.as_known, standing.published_at
        from published.publication as standing
        where standing.authority_code = h.authority_code and standing.withdrawn_at is null
            and standing.publication_id >= h.known_from
            and (h.known_to is null or standing.publication_id < h.known_to)
        order by standing.publication_id
        limit 1
    ) as p
    where h.breakdown = 'all' and h.period_grain in ('month', 'snapshot')
), beside as (
    select versions.*, row_number() over before as number,
        (numerator, denominator, value, symbol) is distinct from (
            lag(numerator) over before, lag(denominator) over before,
            lag(value) over before, lag(symbol) over before
        ) as is_changed
    from versions
    window before as (
        partition by authority_code, measure_id, period_grain, period_end order by publication_id
    )
)
select publication_id, authority_code, measure_id, period_grain, period_start, period_end,
    numerator, denominator, value, unit, symbol,
    number = 1 as is_first,
    lead(publication_id) over (
        partition by authority_code, measure_id, period_grain, period_end order by publication_id
    ) is null as is_latest,
    as_known - period_end as days_after_period_end,
    as_known, published_at
from beside
where is_changed or number = 1"""

_OWN_WORDS: dict[str | None, str] = {
    None: "How each month's value changed: one row per measure, month (or month end) and value, of the "
    "whole, in the order of publication. What was withdrawn is left out.",
    "publication_id": "The first publication that stands with this value, as in published.publication.",
    "is_first": "Whether this is the value that was published first.",
    "is_latest": "Whether this is the value that was published last.",
    "days_after_period_end": "Days from the end of the month to the night of the publication.",
    "as_known": "Last whole day that the publication covers: the night.",
    "published_at": "When it was published.",
}
_FROM_VALUE = (
    "authority_code",
    "measure_id",
    "period_grain",
    "period_start",
    "period_end",
    "numerator",
    "denominator",
    "value",
    "unit",
    "symbol",
)


def is_wanted(marts: Iterable[Mart]) -> bool:
    """Whether these marts include the values that the view is made of."""
    return any(mart.name == "kpi_value" for mart in marts)


def deploy_revisions(connection: Connection, marts: tuple[Mart, ...]) -> list[str]:
    """Make the view, or drop it where values are not published any more; says what changed."""
    if not is_wanted(marts):
        if not exists(connection, VIEW):
            return []
        run(connection, f"drop view {VIEW}")
        return [f"view {VIEW} dropped: kpi_value has no contract"]
    (values,) = (mart for mart in marts if mart.view == "published.kpi_value")
    words = dict(_OWN_WORDS)
    words |= {column.name: column.description for column in values.columns if column.name in _FROM_VALUE}
    return [f"view {VIEW} made"] if deploy_view(connection, VIEW, _DEFINITION, words) else []
