"""Contents: what the gates left, versions in landing and rows of publications, digested anew.

Landing and history are digested by functions of the database, so that whoever verifies need not see a row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqlalchemy import Connection, text

from care_reviews.evidence import findings
from care_reviews.evidence.digests import Digest
from care_reviews.evidence.inputs import CHANGES, NOTHING, relations
from care_reviews.evidence.records import DECISIONS, LEFT, left_of
from care_reviews.evidence.verify.found import EvidenceBrokenError, Records, digest, same
from care_reviews.warehouse.digest_functions import changes_function, rows_function

Tell = Callable[[str], None]


def check_validations(connection: Connection, records: Records, tell: Tell) -> int:
    """What each gate of every decision left: what its expectations gave, its counts of findings, its
    accounts; gives the rows.
    """
    rows = 0
    for link in records.of(*DECISIONS):
        tell(f"checking what the gates left of the night of {link.record['as_known']}")
        for said in link.record["gates"].values():
            # Records of before findings and accounts were vouched for say nothing of them.
            for name in (each for each in LEFT if each in said):
                found = left_of(connection, name, said["validation_id"])
                place = f"validation {said['validation_id']} in {LEFT[name]}, by {link}"
                same(place, found, digest(said[name]))
                rows += found.rows
    return rows


def check_findings(connection: Connection, records: Records, tell: Tell) -> tuple[int, tuple[str, ...]]:
    """Each council's findings, against the newest record that tells of them; gives how many, and the councils
    that were judged since, so that no record vouches for their findings yet.
    """
    rows, since = 0, []
    newest = {link.record["authority_code"]: link for link in records.links if "findings" in link.record}
    for authority_code, link in sorted(newest.items()):
        said = link.record["findings"]
        if findings.newest_validation(connection, authority_code) > said["validation_id"]:
            since.append(authority_code)
            continue
        tell(f"checking {findings.TABLE}")
        found = findings.there(connection, authority_code)
        same(f"{findings.TABLE}, findings of {authority_code}, by {link}", found, digest(said))
        rows += found.rows
    return rows, tuple(since)


def check_landing(connection: Connection, records: Records, tell: Tell) -> int:
    """The versions that each night opened and closed in landing; gives the rows of both."""
    landed = records.by("landed", "extract_id")
    rows = 0
    for table, relation in relations().items():
        tell(f"checking {relation}")
        found = dict(_changes(connection, table))
        for (authority, extract_id, change), each in sorted(found.items()):
            if extract_id > records.older["extract"] and extract_id not in landed:
                place = f"{relation}, rows of {authority} {change} by extract {extract_id}"
                raise EvidenceBrokenError(place, f"{each.rows} rows", "nothing, since no record tells of it")
        for extract_id, link in sorted(landed.items()):
            for change in CHANGES:
                each = found.get((link.record["authority_code"], extract_id, change), NOTHING)
                should = link.record["inputs"].get(table)
                place = f"{relation}, rows {change} by extract {extract_id}, by {link}"
                same(place, each, digest(should[change]) if should else NOTHING)
                rows += each.rows
    return rows


def check_marts(connection: Connection, records: Records, tell: Tell) -> int:
    """The rows of every publication in the history tables; gives how many."""
    rows = 0
    published = records.of("published")
    for place, link in enumerate(published, start=1):
        record = link.record
        for view, said in record["marts"].items():
            tell(f"checking publication {place} of {len(published)}: {view}")
            found = _rows(connection, view, record["authority_code"], record["publication_id"])
            same(f"publication {record['publication_id']}, mart {view}, by {link}", found, digest(said))
            rows += found.rows
    return rows


def _changes(connection: Connection, table: str) -> Iterator[tuple[tuple[str, int, str], Digest]]:
    for row in connection.execute(text(f"select * from {changes_function(table)}")):
        yield (row.authority_code, row.extract_id, row.change), Digest(row.rows, row.sha256)


def _rows(connection: Connection, view: str, authority_code: str, publication_id: int) -> Digest:
    function = rows_function(view.split(".")[1]).partition("(")[0]
    query = text(f"select rows, sha256 from {function}(:authority_code, :publication_id)")
    row = connection.execute(
        query, {"authority_code": authority_code, "publication_id": publication_id}
    ).one()
    return Digest(row.rows, row.sha256)
