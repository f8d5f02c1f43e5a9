"""How old the newest fact of each source table was on the nights of the last weeks, straight from landing
and, of tables that carry no day, from the manifests.

A fact's day is never after its night, and it counts as that night knew it: what was recorded later had not
been there. What lies further back than a year is not looked for.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from care_reviews.source.catalog import table
from care_reviews.validation.landed_history import DAYS_LEARNT_FROM, LANDED_NIGHTS
from care_reviews.validation.sql import literal

if TYPE_CHECKING:
    from care_reviews.lock import Extract
    from expectations.freshness import NightAge

OLDEST = 365

# Of each table few days and extracts are left, so that joining them with the nights costs nothing.
AGES = f"""{LANDED_NIGHTS},
facts as (
    {{facts}}
)
select facts.table_name, nights.as_known, nights.is_accepted,
    nights.as_known - cast(max(facts.happened) as date) as days
from nights
inner join facts on facts.known_from <= nights.extract_id
    and (facts.known_to is null or facts.known_to > nights.extract_id)
    and facts.happened <= to_char(nights.as_known, 'YYYY-MM-DD') collate "C"
group by facts.table_name, nights.as_known, nights.is_accepted
having nights.as_known - cast(max(facts.happened) as date) <= {OLDEST}
order by facts.table_name, nights.as_known
"""
FACTS = """select distinct
        {name} as table_name, left({column}, 10) collate "C" as happened, known_from, known_to
    from landing.{landing}
    where authority_code = :authority_code
        and left({column}, 10) collate "C" between :oldest and :newest"""

# A table is as new as the last night on which rows of it were new or changed.
CHANGES = """select distinct
        manifest.table_name, to_char(extract.as_known, 'YYYY-MM-DD') collate "C", manifest.extract_id,
        null::bigint
    from audit.manifest as manifest
    inner join audit.extract as extract using (extract_id)
    where extract.authority_code = :authority_code and extract.status = 'landed'
        and manifest.table_name = any(:changed) and manifest.rows_new + manifest.rows_changed > 0
        and to_char(extract.as_known, 'YYYY-MM-DD') collate "C" between :oldest and :newest"""


def landed_ages(connection: Connection, extract: Extract) -> dict[str, tuple[NightAge, ...]]:
    """Source table → how old its newest fact was on each night, oldest first, that of the extract last."""
    from expectations.freshness import CHANGED, HAPPENED, NightAge

    facts = "\n    union all\n    ".join(
        (
            *(
                FACTS.format(name=literal(name), column=column, landing=table(name).landing)
                for name, columns in HAPPENED.items()
                for column in columns
            ),
            CHANGES,
        )
    )
    rows = connection.execute(
        text(AGES.format(facts=facts)),
        {
            "authority_code": extract.authority_code,
            "extract_id": extract.extract_id,
            "as_known": extract.as_known,
            "days": DAYS_LEARNT_FROM,
            "changed": list(CHANGED),
            "oldest": str(extract.as_known - dt.timedelta(days=DAYS_LEARNT_FROM + OLDEST)),
            "newest": str(extract.as_known),
        },
    )
    found: dict[str, list[NightAge]] = {}
    for row in rows:
        found.setdefault(row.table_name, []).append(NightAge(row.as_known, row.days, row.is_accepted))
    return {name: tuple(nights) for name, nights in found.items()}
