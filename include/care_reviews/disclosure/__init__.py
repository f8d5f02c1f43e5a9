"""Disclosure control: which cells of what is published are not shown, so that none tells who is in it."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection

from care_reviews.disclosure.picture import Picture
from care_reviews.disclosure.store import read_cells, read_published, standing, write_suppressed
from care_reviews.disclosure.suppression import suppressed

__all__ = ["standing", "suppress"]


def suppress(
    connection: Connection, authority_code: str, schema: str, published: int | None
) -> dict[str, int]:
    """Name the suppressed cells of what was built into `schema`; gives how many there are for each reason.

    `published`: the publication that readers remember (see `standing`).
    """
    before = Picture(*read_published(connection, authority_code, published))
    reasons = suppressed(read_cells(connection, schema), before)
    write_suppressed(connection, authority_code, schema, reasons)
    counted = Counter(reasons.values())
    return {reason: counted[reason] for reason in ("primary", "secondary", "told")}
