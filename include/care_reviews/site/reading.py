"""Everything that the pages of a night say, and what the first page says of today."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from care_reviews.settings import get_settings
from care_reviews.site import nights, published
from care_reviews.site.facts import NightFacts, NightLine, TodayFacts
from care_reviews.site.gates import gates_of
from care_reviews.site.lineage import lineage_of
from care_reviews.site.nights import Decision
from care_reviews.site.trend import trend_of


def night_facts(connection: Connection, decision: Decision, manifest: Path, kept: Path) -> NightFacts:
    """What was known of a night when it was decided. `manifest`, `kept`: where its lineage may be found."""
    authority = decision.authority_code
    known = nights.history_of(connection, decision)
    night = next(
        line
        for line in reversed(known)
        if (line.extract_id, line.publication_id) == (decision.extract_id, decision.publication_id)
    )
    stands = nights.standing(known)
    shown = stands.publication_id if stands else None
    courses = published.courses(connection, authority, shown) if shown else {}
    return NightFacts(
        authority_code=authority,
        authority_name=_name_of(decision),
        night=night,
        standing=stands,
        decided_at=decision.decided_at,
        code_version=decision.code_version,
        gates=gates_of(connection, decision),
        provisional=published.provisional(connection, authority, shown) if shown else (),
        nights=known,
        trend=trend_of(connection, decision),
        definitions=published.definitions(connection, authority, shown) if shown else (),
        courses=courses,
        flows=published.flows(connection, authority, decision.extract_id),
        accounts=published.accounts(connection, decision.validations.get("marts"), courses),
        record=decision.record,
        marts=published.marts(decision.record),
        lineage=lineage_of(decision, manifest, kept),
    )


def today_facts(connection: Connection, authority_code: str) -> TodayFacts:
    """What holds now."""
    known = nights.history(connection, authority_code)
    stands = nights.standing(known)
    newest = known[-1] if known else None
    judged = next((line for line in reversed(known) if line.decided), None)
    decision = decision_of(connection, judged) if judged else None
    shown = stands.publication_id if stands else None
    return TodayFacts(
        authority_code=authority_code,
        authority_name=get_settings().name_of(authority_code),
        standing=stands,
        newest=newest,
        gates=gates_of(connection, decision) if decision else (),
        provisional=published.provisional(connection, authority_code, shown) if shown else (),
        nights=known,
    )


def decision_of(connection: Connection, line: NightLine) -> Decision:
    """The decision of a night in the history."""
    if line.publication_id is not None:
        return nights.of_publication(connection, line.publication_id)
    return nights.of_unpublished(connection, line.extract_id)


def _name_of(decision: Decision) -> str:
    """What the council was called when the night was decided, which a later setting does not change; where
    its record does not say, what it is called now.
    """
    said = decision.record.facts.get("authority_name") if decision.record else None
    return str(said or get_settings().name_of(decision.authority_code))
