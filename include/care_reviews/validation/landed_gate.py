"""The source gate: its suites and the batches that they judge."""

from __future__ import annotations

from great_expectations import ExpectationSuite
from sqlalchemy import Connection

from care_reviews.lock import Extract
from care_reviews.settings import Settings
from care_reviews.validation.history import facts_of
from care_reviews.validation.landed_batches import queries
from care_reviews.validation.landed_history import flags_query
from care_reviews.validation.picture import Picture
from expectations import landed, refresh


def prepare(
    connection: Connection, extract: Extract, settings: Settings
) -> tuple[list[ExpectationSuite], dict[str, str]]:
    """The suites of this night, and the query of each subject's batch."""
    facts = facts_of(connection, extract, settings, with_ages=True)
    batches = queries(Picture(extract.authority_code, extract.extract_id, extract.as_known))
    return landed.suites(facts), batches | {refresh.BATCH: flags_query(refresh.flags(facts))}
