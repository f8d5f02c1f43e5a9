"""What is known about a night before it is judged: its usual sizes, its settings, and what was published
last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from care_reviews.settings import Settings
from care_reviews.validation.landed_ages import landed_ages
from care_reviews.validation.landed_history import JUDGED, days_unchanged, landed_history

if TYPE_CHECKING:
    from care_reviews.lock import Extract
    from expectations.facts import Limits, NightFacts

NIGHTS_COMPARED = 7

# The newest extract of each of the last earlier nights that the source gate let pass and nobody discarded.
USUAL_ROWS = f"""{JUDGED}
nights as (
    select distinct on (extracts.as_known) extracts.as_known, extracts.extract_id
    from audit.extract as extracts
    inner join judged on judged.extract_id = extracts.extract_id and judged.verdict <> 'blocked'
    where extracts.authority_code = :authority_code and extracts.as_known < :as_known
        and extracts.status = 'landed'
    order by extracts.as_known desc, extracts.extract_id desc
    limit :nights
)
select table_name, array_agg(rows_read order by nights.as_known) as rows_read
from audit.manifest
inner join nights using (extract_id)
group by table_name
"""


def limits_of(settings: Settings) -> Limits:
    """The limits that an installation may choose, and the project's own for the rest."""
    from expectations.facts import Limits

    return Limits(
        unreadable_share_stop=settings.unreadable_share_stop,
        unknown_code_share_stop=settings.unknown_code_share_stop,
        shared_key_share_stop=settings.shared_key_share_stop,
        volume_drop_stop=settings.volume_drop_stop,
        looked_after_change_stop=settings.looked_after_change_stop,
        movement_stop=settings.movement_stop,
    )


def facts_of(
    connection: Connection, extract: Extract, settings: Settings, with_ages: bool = False
) -> NightFacts:
    """What the suites need to know of this night. `with_ages`: also how old facts usually are, for which
    landing is read once through.
    """
    from care_reviews.validation.code_lists import bank_holidays, rulebook, seed, templates
    from expectations.facts import CareRule, NightFacts

    return NightFacts(
        authority_code=extract.authority_code,
        as_known=extract.as_known,
        rules=rulebook(),
        limits=limits_of(settings),
        usual_rows=usual_rows(connection, extract, limits_of(settings)),
        history=landed_history(connection, extract),
        ages=landed_ages(connection, extract) if with_ages else {},
        days_unchanged=days_unchanged(connection, extract),
        bank_holidays=bank_holidays(),
        templates=templates(extract.authority_code),
        measures=tuple(dict.fromkeys(row["measure_id"] for row in seed("measure_definition"))),
        care_rules=tuple(CareRule(**row) for row in seed("care_rule")),
    )


def usual_rows(connection: Connection, extract: Extract, limits: Limits) -> dict[str, float]:
    """Source table → its usual rows over the last nights that passed the source gate; empty without
    history.
    """
    from expectations.volume import usual_of

    rows = connection.execute(
        text(USUAL_ROWS),
        {"authority_code": extract.authority_code, "as_known": extract.as_known, "nights": NIGHTS_COMPARED},
    )
    return {str(row.table_name): usual_of(row.rows_read, limits) for row in rows}
