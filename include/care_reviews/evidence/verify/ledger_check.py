"""The ledger, the extracts and the verdicts, held against the records of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, text

from care_reviews.evidence.chain import Link
from care_reviews.evidence.inputs import manifest_of
from care_reviews.evidence.records import DECISIONS, VERDICT, moment
from care_reviews.evidence.verify.found import Records, same
from care_reviews.ledger import Publication, publications_on
from care_reviews.validation.verdict import GATES

_EXTRACTS = text("select * from audit.extract where landed_at is not null order by extract_id")
_GATE = text(
    f"select extract_id, gate, {', '.join(VERDICT)} from audit.validation "
    "where validation_id = :validation_id"
)
_RELEASE = ("return_name", "released_by", "release_comment")


def check_publications(connection: Connection, records: Records) -> int:
    """Each publication has its record and says the same, and each withdrawal; gives how many publications are
    older than the chain, which no record vouches for.
    """
    published, withdrawn = (
        records.by("published", "publication_id"),
        records.by("withdrawn", "publication_id"),
    )
    ledger = {row.publication_id: row for row in publications_on(connection)}
    older = records.older["publication"]
    _both("publication {}", (one for one in ledger if one > older), published, ledger)
    for publication_id, row in ledger.items():
        place = f"publication {publication_id} in the ledger"
        if link := published.get(publication_id):
            _compare(place, _of_ledger(row), _of_record(link.record), link)
        link = withdrawn.get(publication_id)
        if link or publication_id > older:
            _withdrawal(place, row, link, ("withdrawn_at", "withdrawn_by", "reason"))
    return sum(publication_id <= older for publication_id in ledger)


def check_extracts(connection: Connection, records: Records) -> int:
    """Each night that landed has its record, and its manifest says the same; each that was discarded too.
    Gives how many landed before the chain began.
    """
    landed, discarded = records.by("landed", "extract_id"), records.by("discarded", "extract_id")
    rows = {row.extract_id: row for row in connection.execute(_EXTRACTS)}
    _both("extract {}", (one for one in rows if one > records.older["extract"]), landed, rows)
    for extract_id, link in landed.items():
        place, row = f"extract {extract_id} in audit.extract", rows[extract_id]
        _compare(
            place,
            {"authority_code": row.authority_code, "source_digest": row.source_digest, **_night(row)},
            {name: link.record[name] for name in ("authority_code", "source_digest", *_night(row))},
            link,
        )
        act = discarded.get(extract_id)
        same(f"{place}, status", row.status, "discarded" if act else "landed")
        _withdrawal(place, row, act, ("discarded_at", "discarded_by", "discard_reason"))
        _manifest(connection, link)
    for link in records.of(*DECISIONS):
        landing = landed.get(link.record["extract_id"])
        same(f"inputs in {link}", link.record["inputs"], landing.record["inputs"] if landing else None)
        _build(link, rows.get(link.record["extract_id"]))
    return sum(extract_id <= records.older["extract"] for extract_id in rows)


def check_gates(connection: Connection, records: Records) -> None:
    """The verdicts that a decision rests on are there as they were."""
    for link in records.of(*DECISIONS):
        for gate, said in link.record["gates"].items():
            place = f"validation {said['validation_id']} in audit.validation"
            row = connection.execute(_GATE, {"validation_id": said["validation_id"]}).one_or_none()
            should = {"extract_id": link.record["extract_id"], "gate": gate}
            should |= {name: said[name] for name in VERDICT}
            _compare(place, {} if row is None else dict(row._mapping), should, link)


def _both(place: str, those: Iterable[Any], recorded: dict[Any, Link], there: dict[Any, Any]) -> None:
    for one in those:
        if one not in recorded:
            same(f"the records of {place.format(one)}", None, "one record")
    for one, link in recorded.items():
        if one not in there:
            same(place.format(one), None, f"what {link} says")


def _of_ledger(row: Publication) -> dict[str, Any]:
    counts = ("passed", "warned", "stopped")
    return {
        "authority_code": row.authority_code,
        **_night(row),
        "extract_id": row.extract_id,
        "published_at": moment(row.published_at),
        "code_version": row.code_version,
        "dbt_invocation_id": row.dbt_invocation_id,
        **{name: getattr(row, name) for name in _RELEASE},
        "released_at": row.released_at and moment(row.released_at),
        **{f"{gate}_gate": getattr(row, f"{gate}_gate") for gate in GATES},
        **{f"expectations_{name}": getattr(row, f"expectations_{name}") for name in counts},
    }


def _of_record(record: dict[str, Any]) -> dict[str, Any]:
    gates = record["gates"]
    same_there = ("authority_code", "as_known", "run_id", "extract_id", "published_at", "dbt_invocation_id")
    return {
        **{name: record[name] for name in same_there},
        "code_version": record["code"]["version"],
        # Publications of before releases were kept say nothing of them.
        **{name: record.get(name) for name in (*_RELEASE, "released_at")},
        # Publications of before a gate was there have no verdict of it.
        **{f"{gate}_gate": gates[gate]["verdict"] if gate in gates else None for gate in GATES},
        **{
            f"expectations_{name}": sum(gate[name] for gate in gates.values())
            for name in ("passed", "warned", "stopped")
        },
    }


def _withdrawal(
    place: str, row: Publication | Row[Any], link: Link | None, names: tuple[str, str, str]
) -> None:
    at, by, reason = (getattr(row, name) for name in names)
    says = {names[0]: at and moment(at), names[1]: by, names[2]: reason}
    record = link.record if link else {}
    should = {names[0]: record.get(names[0]), names[1]: record.get(names[1]), names[2]: record.get("reason")}
    _compare(place, says, should, link)


def _manifest(connection: Connection, link: Link) -> None:
    said = link.record["inputs"]
    there = manifest_of(connection, link.record["extract_id"])
    for table, inputs in said.items():
        should = {name: value for name, value in inputs.items() if name not in ("opened", "closed")}
        place = f"table {table} of extract {link.record['extract_id']} in audit.manifest"
        _compare(place, there.get(table, {}), should, link)


def _build(link: Link, row: Row[Any] | None) -> None:
    """A night that is built again has another build on record by and by; this one's must be as it was."""
    said = link.record["build"]
    if row is not None and said and row.dbt_invocation_id == said["dbt_invocation_id"]:
        same(f"extract {row.extract_id} in audit.extract, build", row.build, said)


def _compare(place: str, says: dict[str, Any], should: dict[str, Any], link: Link | None) -> None:
    by = f", by {link}" if link else ""
    for name, value in should.items():
        same(f"{place}, {name}{by}", says.get(name), value)


def _night(row: Publication | Row[Any]) -> dict[str, Any]:
    return {"as_known": row.as_known.isoformat(), "run_id": row.run_id}
