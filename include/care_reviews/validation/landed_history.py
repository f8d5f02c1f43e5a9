"""What the manifests of the last weeks say, as the source gate compares tonight with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from care_reviews.validation.sql import truth

if TYPE_CHECKING:
    from care_reviews.lock import Extract
    from expectations.bands import NightCounts

DAYS_LEARNT_FROM = 84

# The newest verdict of the source gate on each extract.
JUDGED = """
with judged as (
    select distinct on (extract_id) extract_id, verdict
    from audit.validation
    where authority_code = :authority_code and gate = 'source'
    order by extract_id, validation_id desc
),"""

# The nights of the last weeks up to an extract's. Of a night that landed more than once the newest extract
# counts.
LANDED_NIGHTS = f"""{JUDGED}
nights as (
    select newest.*, extract_id = :extract_id or coalesce(judged.verdict <> 'blocked', false) as is_accepted
    from (
        select as_known, max(extract_id) as extract_id, count(*) as extracts
        from audit.extract
        where authority_code = :authority_code and status = 'landed' and extract_id <= :extract_id
            and as_known between cast(:as_known as date) - :days and :as_known
        group by as_known
    ) as newest
    left join judged using (extract_id)
)"""

# The changes of a night that landed more than once are not known: they are since the one before it of the
# same night.
NIGHTS = f"""{LANDED_NIGHTS}
select
    manifest.table_name,
    nights.as_known,
    manifest.rows_read as rows,
    case when nights.extracts = 1
        then manifest.rows_new + manifest.rows_changed + manifest.rows_vanished
    end as changes,
    nights.is_accepted
from nights
inner join audit.manifest using (extract_id)
order by manifest.table_name, nights.as_known
"""


# The first night finds everything new, and a night that lands again may find nothing.
_LAST_CHANGE = text(
    "select cast(:as_known as date) - max(extract.as_known) from audit.extract as extract "
    "inner join audit.manifest as manifest using (extract_id) "
    "where extract.authority_code = :authority_code and extract.status = 'landed' "
    "and extract_id <= :extract_id "
    "and manifest.rows_new + manifest.rows_changed + manifest.rows_vanished > 0"
)


def days_unchanged(connection: Connection, extract: Extract) -> int | None:
    """Days from the last night that found any change, however long ago, to that of the extract."""
    found: int | None = connection.scalar(
        _LAST_CHANGE,
        {name: getattr(extract, name) for name in ("authority_code", "as_known", "extract_id")},
    )
    return found


def landed_history(connection: Connection, extract: Extract) -> dict[str, tuple[NightCounts, ...]]:
    """Source table → its nights of the last weeks, oldest first, that of the extract last."""
    from expectations.bands import NightCounts

    rows = connection.execute(
        text(NIGHTS),
        {
            "authority_code": extract.authority_code,
            "extract_id": extract.extract_id,
            "as_known": extract.as_known,
            "days": DAYS_LEARNT_FROM,
        },
    )
    found: dict[str, list[NightCounts]] = {}
    for row in rows:
        night = NightCounts(row.as_known, row.rows, row.changes, row.is_accepted)
        found.setdefault(row.table_name, []).append(night)
    return {name: tuple(nights) for name, nights in found.items()}


def flags_query(flags: Mapping[str, bool | None]) -> str:
    """A batch of one row with these flags."""
    return "select " + ", ".join(f"{truth(raised)} as {name}" for name, raised in flags.items())
