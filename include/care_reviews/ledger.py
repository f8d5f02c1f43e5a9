"""The ledger of publications: what was published, what stands, and how one is withdrawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Row, text

from care_reviews.errors import PublicationRefusedError
from care_reviews.evidence import records
from care_reviews.evidence.head_file import write_heads

_COLUMNS = (
    "publication_id, authority_code, as_known, published_at, run_id, extract_id, code_version, "
    "dbt_invocation_id, source_gate, care_gate, marts_gate, expectations_passed, expectations_warned, "
    "expectations_stopped, return_name, released_by, released_at, release_comment, "
    "withdrawn_at, withdrawn_by, reason"
)

# Locked, so that of two who withdraw the last two at once the second sees what the first one did.
_STANDING = text(
    "select publication_id from published.publication "
    "where authority_code = :authority_code and withdrawn_at is null order by publication_id for update"
)


@dataclass(frozen=True)
class Publication:
    """A row of `published.publication`. Moments carry their zone. `care_gate`, `released_by`: None before
    there was one.
    """

    publication_id: int
    authority_code: str
    as_known: dt.date
    published_at: dt.datetime
    run_id: str
    extract_id: int
    code_version: str
    dbt_invocation_id: str
    source_gate: str
    care_gate: str | None
    marts_gate: str
    expectations_passed: int
    expectations_warned: int
    expectations_stopped: int
    return_name: str | None
    released_by: str | None
    released_at: dt.datetime | None
    release_comment: str | None
    withdrawn_at: dt.datetime | None
    withdrawn_by: str | None
    reason: str | None


def publications(engine: Engine) -> list[Publication]:
    """All publications, oldest first."""
    with engine.connect() as connection:
        return publications_on(connection)


def publications_on(connection: Connection) -> list[Publication]:
    """The same, on a connection."""
    rows = connection.execute(text(f"select {_COLUMNS} from published.publication order by publication_id"))
    return [_publication(row) for row in rows]


def current(engine: Engine, authority_code: str) -> Publication | None:
    """The authority's newest publication that stands: what the views of `published` and `analysis` show."""
    with engine.connect() as connection:
        return _current(connection, authority_code)


def withdraw(
    engine: Engine, publication_id: int, reason: str, by: str, may_be_last: bool = False
) -> Publication | None:
    """Withdraw a publication; gives the authority's current one afterwards, None when nothing stands any
    more.

    Raises PublicationRefusedError when there is no such publication, it was withdrawn before, a reason or
    name is missing, or no other of its authority stands and it is not said that it may be the last one.
    """
    if not reason.strip() or not by.strip():
        raise PublicationRefusedError("a withdrawal needs a reason and the name of who withdraws")
    with engine.begin() as connection:
        found = connection.execute(
            text(f"select {_COLUMNS} from published.publication where publication_id = :id"),
            {"id": publication_id},
        ).one_or_none()
        if found is None:
            raise PublicationRefusedError(
                f"there is no publication {publication_id}: see `care-reviews publications`"
            )
        standing = connection.scalars(_STANDING, {"authority_code": found.authority_code}).all()
        if standing == [publication_id] and not may_be_last:
            raise PublicationRefusedError(
                f"publication {publication_id} is the only one of {found.authority_code} that stands: "
                "without it reports and analyses find nothing of this council until a night publishes "
                "again. Withdraw it all the same with --yes"
            )
        done = connection.execute(
            text(
                "update published.publication set withdrawn_at = clock_timestamp(), withdrawn_by = :by, "
                "reason = :reason where publication_id = :id and withdrawn_at is null"
            ),
            {"id": publication_id, "by": by.strip(), "reason": reason.strip()},
        )
        if done.rowcount == 0:
            raise PublicationRefusedError(f"publication {publication_id} was withdrawn before")
        now = _current(connection, found.authority_code)
        records.withdrawn(connection, publication_id)
    write_heads(engine)
    return now


def _current(connection: Connection, authority_code: str) -> Publication | None:
    row = connection.execute(
        text(
            f"select {_COLUMNS} from published.publication where authority_code = :authority_code "
            "and withdrawn_at is null order by publication_id desc limit 1"
        ),
        {"authority_code": authority_code},
    ).one_or_none()
    return None if row is None else _publication(row)


def _publication(row: Row) -> Publication:  # type: ignore[type-arg]
    return Publication(**row._mapping)
