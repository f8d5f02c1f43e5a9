"""Discard a landed night that should not have run, so that the nights before it can run after all.

Its row versions stay: no picture but that of its own extract needs them undone. The night that runs next is
compared with what is open and brings landing to what the source holds, as any night does.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, Engine, text

from care_reviews.errors import NightRefusedError
from care_reviews.evidence import records
from care_reviews.evidence.head_file import write_heads
from care_reviews.lock import authority_lock, newest_landed
from care_reviews.validation.finding_statements import FORGET

_STANDING = text(
    "select p.publication_id from published.publication as p join audit.extract as e using (extract_id) "
    "where e.authority_code = :authority_code and e.as_known = :as_known and p.withdrawn_at is null "
    "order by p.publication_id desc limit 1"
)
_DISCARD = text(
    "update audit.extract set status = 'discarded', discarded_at = clock_timestamp(), discarded_by = :by, "
    "discard_reason = :reason "
    "where authority_code = :authority_code and as_known = :as_known and status = 'landed' "
    "returning extract_id"
)
# Chunks say of rows that they can be read, which may be true of a later night alone.
_FORGET_CHUNKS = text("delete from landing.chunk where authority_code = :authority_code")


def discard(engine: Engine, authority_code: str, as_known: dt.date, reason: str, by: str) -> dt.date | None:
    """Discard the newest landed night; gives the night that is the newest landed one afterwards, if any.

    Raises NightRefusedError when the night has not landed, a later one has, a publication of it stands, or a
    reason or name is missing; WarehouseBusyError when a run is at work. Nothing has changed then.
    """
    if not reason.strip() or not by.strip():
        raise NightRefusedError("discarding a night needs a reason and the name of who discards it")
    night = {"authority_code": authority_code, "as_known": as_known}
    with engine.connect() as connection, authority_lock(connection, authority_code), connection.begin():
        _refuse_unless_newest(connection, authority_code, as_known)
        standing = connection.scalar(_STANDING, night)
        if standing is not None:
            raise NightRefusedError(
                f"night {as_known} is published as {standing}: withdraw that first, then discard the night"
            )
        extracts = connection.scalars(_DISCARD, {**night, "by": by.strip(), "reason": reason.strip()}).all()
        connection.execute(text(FORGET), night)
        connection.execute(_FORGET_CHUNKS, {"authority_code": authority_code})
        newest = newest_landed(connection, authority_code)
        records.discarded(connection, extracts)
    write_heads(engine)
    return newest


def _refuse_unless_newest(connection: Connection, authority_code: str, as_known: dt.date) -> None:
    newest = newest_landed(connection, authority_code)
    if newest is None or newest < as_known:
        last = f"the newest that has is {newest}" if newest else "none has"
        raise NightRefusedError(f"night {as_known} has not landed for authority {authority_code}: {last}")
    if newest > as_known:
        raise NightRefusedError(
            f"night {newest} has landed after night {as_known}: only the newest can be discarded"
        )
