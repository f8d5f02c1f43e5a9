"""Every part of the evidence is tampered with in turn, and verifying names the place."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import text

from care_reviews.evidence import chain
from care_reviews.evidence.verify import EvidenceBrokenError
from tests.evidence.conftest import Audited, Copy

# The nights that the tests share are made in the first of them.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]

SWAP = (
    "update audit.evidence set evidence_id = evidence_id + 100 where evidence_id in (4, 5)",
    "update audit.evidence set evidence_id = 209 - evidence_id - 100 where evidence_id > 100",
)
PUBLISHED = "(select min(evidence_id) from audit.evidence where record ->> 'kind' = 'published')"
VALIDATION = (
    "(select (record -> 'gates' -> 'marts' ->> 'validation_id')::bigint from audit.evidence "
    f"where evidence_id = {PUBLISHED})"
)
A_VALUE = (
    "(select ctid from published.kpi_value_history where known_from = 1 and value is not null "
    "and known_to is null limit 1)"
)
HIDDEN = "(select ctid from published.kpi_value_history where symbol = 'c' and known_to is null limit 1)"


@dataclass(frozen=True)
class Tampering:
    """What is done, and the words that verifying names the place with."""

    statements: tuple[str, ...]
    place: str


def one(statement: str, place: str) -> Tampering:
    return Tampering((statement,), place)


KINDS = {
    "a hash": one(
        "update audit.evidence set hash = repeat('a', 64) where evidence_id = 5", r"the hash of record 5 \("
    ),
    "a link": one(
        "update audit.evidence set previous_hash = repeat('b', 64) where evidence_id = 6",
        r"the previous hash in record 6 \(",
    ),
    "what a record says": one(
        "update audit.evidence set record = jsonb_set(record, '{decision}', '\"released\"') "
        f"where evidence_id = {PUBLISHED}",
        r"the hash of record 3 \(published\)",
    ),
    "a deleted record": one("delete from audit.evidence where evidence_id = 4", r"record 4: it says nothing"),
    "two records in another order": Tampering(SWAP, r"record 4|in record 4 "),
    "the first record deleted": one(
        "delete from audit.evidence where evidence_id = 1", r"record 1: it says nothing"
    ),
    "all records deleted": one("delete from audit.evidence", "record 1: it says nothing"),
    "an expectation's counts": one(
        "update audit.validation_result set rows_failed = rows_failed + 1 where ctid = ("
        f"select ctid from audit.validation_result where validation_id = {VALIDATION} "
        "and rows_failed is not null limit 1)",
        r"validation \d+ in audit.validation_result, by record 3 \(published\)",
    ),
    "an expectation deleted": one(
        f"delete from audit.validation_result where validation_id = {VALIDATION} and position = 1",
        r"validation \d+ in audit.validation_result, by record 3 \(published\)",
    ),
    "a verdict": one(
        "update audit.validation set verdict = 'passed', warned = 0 where verdict = 'blocked'",
        r"validation \d+ in audit.validation, verdict, by record \d+ \(blocked\)",
    ),
    "the ledger's counts": one(
        "update published.publication set expectations_warned = expectations_warned + 1 "
        "where publication_id = 2",
        "publication 2 in the ledger, expectations_warned, by record",
    ),
    "the ledger's code version": one(
        "update published.publication set code_version = 'another' where publication_id = 1",
        "publication 1 in the ledger, code_version, by record 3 .* says another",
    ),
    "the ledger's night": one(
        "update published.publication set as_known = as_known - 1 where publication_id = 3",
        "publication 3 in the ledger, as_known, by record",
    ),
    "the ledger's dbt invocation": one(
        "update published.publication set dbt_invocation_id = 'another' where publication_id = 3",
        "publication 3 in the ledger, dbt_invocation_id, by record",
    ),
    "a withdrawal undone": one(
        "update published.publication set withdrawn_at = null, withdrawn_by = null, reason = null "
        "where publication_id = 2",
        r"publication 2 in the ledger, withdrawn_at, by record \d+ \(withdrawn\): it says nothing",
    ),
    "a withdrawal that nobody made": one(
        "update published.publication set withdrawn_at = now(), withdrawn_by = 'x', reason = 'x' "
        "where publication_id = 3",
        "publication 3 in the ledger, withdrawn_at: .* should say nothing",
    ),
    "who withdrew": one(
        "update published.publication set withdrawn_by = 'somebody else' where publication_id = 2",
        "publication 2 in the ledger, withdrawn_by, .* says somebody else, and should say a manager",
    ),
    "a publication deleted": one(
        "delete from published.publication where publication_id = 3", "publication 3: it says nothing"
    ),
    "a publication that no night made": one(
        "insert into published.publication (authority_code, as_known, run_id, extract_id, code_version, "
        "dbt_invocation_id, source_gate, care_gate, marts_gate, expectations_passed, expectations_warned, "
        "expectations_stopped) select authority_code, as_known, run_id, extract_id, code_version, "
        "dbt_invocation_id, source_gate, care_gate, marts_gate, 1, 0, 0 from published.publication limit 1",
        "the records of publication 4: it says nothing",
    ),
    "a discarded night brought back": one(
        "update audit.extract set status = 'landed', discarded_at = null, discarded_by = null, "
        "discard_reason = null where status = 'discarded'",
        "extract 4 in audit.extract, status: it says landed, and should say discarded",
    ),
    "how it was built": one(
        "update audit.extract set build = jsonb_set(build, '{settings, months_published}', '12') "
        "where extract_id = 2",
        "extract 2 in audit.extract, build",
    ),
    "a manifest's count": one(
        "update audit.manifest set rows_read = rows_read + 1 "
        "where extract_id = 2 and table_name = 'fact_cla'",
        r"table fact_cla of extract 2 in audit.manifest, rows_read, by record \d+ \(landed\)",
    ),
    "a landed value": one(
        "update landing.lcs__fact_cla_review set due_dttm = '2001-01-01 00:00:00' where ctid = ("
        "select ctid from landing.lcs__fact_cla_review where known_from = 1 limit 1)",
        "landing.lcs__fact_cla_review, rows opened by extract 1, by record 2",
    ),
    "a landed row deleted": one(
        "delete from landing.lcs__dim_person where ctid = ("
        "select ctid from landing.lcs__dim_person where known_from = 1 limit 1)",
        "landing.lcs__dim_person, rows opened by extract 1, by record 2",
    ),
    "a landed row closed that the source still had": one(
        "update landing.lcs__fact_legal_status set known_to = 3 where ctid = ("
        "select ctid from landing.lcs__fact_legal_status where known_to is null limit 1)",
        "landing.lcs__fact_legal_status, rows closed by extract 3, by record",
    ),
    "a landed row that no night landed": one(
        "insert into landing.lcs__dim_department (authority_code, dim_department_id, row_hash, occurrence, "
        "known_from) values ('E10000030', '99', gen_random_uuid(), 1, 77)",
        "landing.lcs__dim_department, rows of E10000030 opened by extract 77",
    ),
    "a published value": one(
        f"update published.kpi_value_history set value = value + 1 where ctid = {A_VALUE}",
        r"publication 1, mart published.kpi_value, by record 3 \(published\)",
    ),
    "a hidden value shown": one(
        f"update published.kpi_value_history set symbol = null, numerator = 3 where ctid = {HIDDEN}",
        r"publication \d, mart published.kpi_value, by record",
    ),
    "a published row deleted": one(
        f"delete from published.kpi_value_history where ctid = {A_VALUE}",
        "publication 1, mart published.kpi_value, by record",
    ),
    "a row under a pseudonym": one(
        "update analysis.fct_review_history set held_date = held_date - 1 where ctid = ("
        "select ctid from analysis.fct_review_history "
        "where held_date is not null and known_from = 1 limit 1)",
        "publication 1, mart analysis.fct_review, by record",
    ),
    "a withdrawn publication's rows": one(
        "update published.kpi_definition_history set name = 'another' "
        "where ctid = (select ctid from published.kpi_definition_history limit 1)",
        "publication 1, mart published.kpi_definition, by record",
    ),
}


def test_an_untouched_warehouse_is_whole(copy: Copy, audited: Audited):
    found = copy.verify(audited.heads)
    records = copy.scalar("select count(*) from audit.evidence")
    # It began, four nights landed, three were published, one blocked, one discarded, two withdrawn.
    assert (found.records, found.heads) == (12, 12) == (records, records)
    assert (found.publications, found.extracts, found.older, found.older_extracts) == (3, 4, 0, 0)
    assert found.rows is not None
    assert found.rows > 10_000


@pytest.mark.parametrize("kind", KINDS)
def test_tampering_is_found_and_named(copy: Copy, kind: str):
    copy.spoil(*KINDS[kind].statements)
    with pytest.raises(EvidenceBrokenError, match=KINDS[kind].place):
        copy.verify()


def forged(copy: Copy, last: int, change: Callable[[dict[str, Any]], None] = lambda record: None) -> None:
    """Write the chain anew up to a record, each hash as it should be, after a change to publications."""
    with copy.owner.begin() as connection:
        links = list(chain.links(connection))[:last]
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text("delete from audit.evidence"))
        previous = chain.BEGINNING
        for link in links:
            if link.kind == "published":
                change(link.record)
            seal = chain.hash_of(previous, link.record)
            connection.execute(
                text("insert into audit.evidence values (:number, cast(:record as jsonb), :previous, :hash)"),
                {
                    "number": link.number,
                    "record": json.dumps(link.record),
                    "previous": previous,
                    "hash": seal,
                },
            )
            previous = seal


def test_a_chain_cut_short_is_found_by_its_head(copy: Copy, audited: Audited):
    forged(copy, 11)
    with pytest.raises(EvidenceBrokenError, match=r"record 12, by the heads in heads.txt: it says nothing"):
        copy.verify(audited.heads)


def test_a_chain_written_anew_whole_is_found_by_its_head(copy: Copy, audited: Audited):
    def change(record):
        record["judged_with"]["volume_drop_stop"] = "0.9"

    forged(copy, 12, change)
    copy.verify()  # which is why a head is kept elsewhere
    with pytest.raises(EvidenceBrokenError, match=r"record 3, by the heads in heads.txt"):
        copy.verify(audited.heads)


def test_a_forged_record_is_held_against_the_contents(copy: Copy):
    def change(record):
        record["marts"]["published.kpi_value"]["rows"] += 1

    forged(copy, 12, change)
    with pytest.raises(EvidenceBrokenError, match=r"publication 1, mart published.kpi_value"):
        copy.verify()


def test_a_record_put_in_between_is_found(copy: Copy):
    with copy.owner.connect() as connection:
        last = chain.head(connection)
    assert last is not None
    record = json.dumps({"kind": "withdrawn", "number": 13, "publication_id": 1})
    copy.spoil(
        f"insert into audit.evidence values (13, '{record.replace(':', chr(92) + ':')}', '{last.hash}', "
        "repeat('c', 64))"
    )
    with pytest.raises(EvidenceBrokenError, match=r"the hash of record 13 \(withdrawn\)"):
        copy.verify()


def test_a_guard_switched_off_is_found(copy: Copy):
    with copy.owner.begin() as connection:
        connection.execute(text("alter table audit.evidence disable trigger evidence_stays"))
    with pytest.raises(EvidenceBrokenError, match=r"trigger evidence_stays .* says off, and should say on"):
        copy.verify()
