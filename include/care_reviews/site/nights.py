"""The history of a council's nights, as it was known when one of them was decided, or as it is now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from care_reviews.errors import PublicationRefusedError
from care_reviews.evidence import chain
from care_reviews.site.facts import NightLine, Record

NOW = dt.datetime.max.replace(tzinfo=dt.UTC)
NEWEST = 2**62

_NIGHTS = text(
    "with refusals as materialized ("
    "select distinct on (record -> 'extract_id') cast(record ->> 'extract_id' as bigint) as extract_id, "
    "record ->> 'return_name' as refused_return, record ->> 'refused_by' as refused_by, "
    "cast(coalesce(record ->> 'refused_at', record ->> 'recorded_at') as timestamptz) as refused_at, "
    "record ->> 'comment' as refusal_comment "
    'from audit.evidence where record @> \'{"kind": "refused"}\' '
    "and cast(record ->> 'recorded_at' as timestamptz) <= :until "
    "order by record -> 'extract_id', evidence_id desc) "
    "select e.extract_id, e.as_known, e.run_id, e.started_at, p.publication_id, p.published_at, "
    "p.return_name, p.released_by, p.released_at, p.release_comment, "
    "refusals.refused_return, refusals.refused_by, refusals.refused_at, refusals.refusal_comment, "
    "case when p.withdrawn_at <= :until then p.withdrawn_at end as withdrawn_at, "
    "p.withdrawn_by, p.reason as withdrawn_reason, "
    "case when e.discarded_at <= :until then e.discarded_at end as discarded_at, "
    "e.discarded_by, e.discard_reason "
    "from audit.extract as e left join published.publication as p "
    "on p.extract_id = e.extract_id and p.published_at <= :until "
    "left join refusals on refusals.extract_id = e.extract_id "
    "where e.authority_code = :authority_code and e.extract_id <= :last_extract "
    "order by e.extract_id, p.publication_id"
)
_VERDICTS = text(
    "select distinct on (extract_id, gate) extract_id, gate, verdict from audit.validation "
    "where authority_code = :authority_code and validation_id <= :last "
    "order by extract_id, gate, validation_id desc"
)
_NEWEST = text(
    "select gate, max(validation_id) as validation_id from audit.validation "
    "where extract_id = :extract_id group by gate"
)
_FINISHED = text("select max(finished_at) from audit.validation where extract_id = :extract_id")
_PUBLICATION = text(
    "select authority_code, extract_id, published_at, code_version from published.publication "
    "where publication_id = :publication_id"
)
_AUTHORITY = text("select authority_code from audit.extract where extract_id = :extract_id")


@dataclass(frozen=True)
class Decision:
    """A night that was decided: which, when, by which validation of each gate, and the record of it.

    What is read of a decision is what was known at its moment, so that its pages come out the same later.
    """

    authority_code: str
    extract_id: int
    publication_id: int | None
    decided_at: dt.datetime
    validations: Mapping[str, int]
    code_version: str | None
    record: Record | None

    @property
    def last_validation(self) -> int:
        return max(self.validations.values(), default=0)


def of_publication(connection: Connection, publication_id: int) -> Decision:
    """The decision that made a publication. Raises PublicationRefusedError when there is none of that id."""
    row = connection.execute(_PUBLICATION, {"publication_id": publication_id}).one_or_none()
    if row is None:
        raise PublicationRefusedError(
            f"there is no publication {publication_id}: see `care-reviews publications`"
        )
    link = chain.find(connection, "published", publication_id=publication_id)
    return Decision(
        row.authority_code,
        row.extract_id,
        publication_id,
        row.published_at,
        _validations(connection, row.extract_id, link),
        row.code_version,
        _record(link),
    )


def of_unpublished(connection: Connection, extract_id: int) -> Decision:
    """The decision by which a gate blocked a night or a person refused it, by its extract: the later."""
    found = (chain.find(connection, kind, extract_id=extract_id) for kind in ("blocked", "refused"))
    link = max(filter(None, found), key=lambda link: link.number, default=None)
    words = {"extract_id": extract_id}
    return Decision(
        str(connection.scalar(_AUTHORITY, words)),
        extract_id,
        None,
        # A record says the second: what was known within it counts.
        dt.datetime.fromisoformat(link.record["recorded_at"]).replace(microsecond=999_999)
        if link
        else connection.execute(_FINISHED, words).scalar_one(),
        _validations(connection, extract_id, link),
        link.record["code"]["version"] if link else None,
        _record(link),
    )


def history(connection: Connection, authority_code: str) -> tuple[NightLine, ...]:
    """Every night of a council, oldest first, with what has come of it; one that was published twice has a
    line for each.
    """
    return _history(connection, authority_code, NOW, NEWEST, NEWEST)


def history_of(connection: Connection, decision: Decision) -> tuple[NightLine, ...]:
    """Every night up to the one that was decided, with what had come of it by then. No later night had begun:
    it would have taken over.
    """
    return _history(
        connection,
        decision.authority_code,
        decision.decided_at,
        decision.extract_id,
        decision.last_validation,
    )


def _history(
    connection: Connection, authority_code: str, until: dt.datetime, last_extract: int, last_validation: int
) -> tuple[NightLine, ...]:
    verdicts: dict[int, dict[str, str]] = {}
    words = {
        "authority_code": authority_code,
        "until": until,
        "last_extract": last_extract,
        "last": last_validation,
    }
    for row in connection.execute(_VERDICTS, words):
        verdicts.setdefault(row.extract_id, {})[row.gate] = row.verdict
    return tuple(
        NightLine(**row._mapping, verdicts=verdicts.get(row.extract_id, {}))
        for row in connection.execute(_NIGHTS, words)
    )


def standing(nights: Sequence[NightLine]) -> NightLine | None:
    """The publication that readers see: the newest not withdrawn."""
    stand = [night for night in nights if night.stands]
    return max(stand, key=lambda night: night.publication_id or 0, default=None)


def _validations(connection: Connection, extract_id: int, link: chain.Link | None) -> dict[str, int]:
    """The validation of each gate that the decision rests on: the record says it, else the newest."""
    if link is not None:
        return {gate: said["validation_id"] for gate, said in link.record["gates"].items()}
    rows = connection.execute(_NEWEST, {"extract_id": extract_id})
    return {row.gate: row.validation_id for row in rows}


def _record(link: chain.Link | None) -> Record | None:
    return None if link is None else Record(link.number, link.record, link.previous_hash, link.hash)
