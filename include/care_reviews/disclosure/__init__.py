"""Disclosure control: which cells of what is published are not shown, so that none tells who is in it."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection

from care_reviews.disclosure.picture import Picture
from care_reviews.disclosure.store import read_cells, read_published, write_suppressed
from care_reviews.disclosure.suppression import suppressed


def suppress(connection: Connection, authority_code: str) -> dict[str, int]:
    """Name tonight's suppressed cells in the candidate schema; gives how many there are for each reason."""
    before = Picture(*read_published(connection, authority_code))
    reasons = suppressed(read_cells(connection, authority_code), before)
    write_suppressed(connection, authority_code, reasons)
    counted = Counter(reasons.values())
    return {reason: counted[reason] for reason in ("primary", "secondary")}
