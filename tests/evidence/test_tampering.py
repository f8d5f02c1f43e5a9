"""Every part of the evidence is tampered with in turn, and verifying names the place."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from care_reviews.evidence import chain, packs
from care_reviews.evidence.verify import EvidenceBrokenError
from care_reviews.evidence.verify.chain_check import check_chain
from care_reviews.evidence.verify.files_check import check_pages
from care_reviews.evidence.verify.found import Records
from tests.conftest import AUTHORITY
from tests.evidence.conftest import Audited
from tests.evidence.copies import Copy
from tests.evidence.tampering import KINDS, OF_PACKS, OF_PAGES

# The nights that the tests share are made in the first of them.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]


def test_an_untouched_warehouse_is_whole(copy: Copy, audited: Audited):
    found = copy.verify(audited.heads, site=audited.site)
    records = copy.scalar("select count(*) from audit.evidence")
    # It began, four nights landed, three were published and shown, one blocked, one discarded, two withdrawn.
    assert (found.records, found.heads) == (15, 15) == (records, records)
    assert (found.judged_since, found.pages) == ((), (3, 0))
    assert (found.publications, found.extracts, found.older, found.older_extracts) == (3, 4, 0, 0)
    assert found.rows is not None
    assert found.rows > 10_000


@pytest.mark.parametrize("kind", KINDS)
def test_tampering_is_found_and_named(copy: Copy, kind: str):
    tampering = copy.tamper(kind)
    with pytest.raises(EvidenceBrokenError, match=tampering.place):
        copy.verify()


def test_tampering_with_a_report_is_found_and_named(copy: Copy, tmp_path: Path):
    assert copy.verify(reports=tmp_path / "nowhere").packs is None
    folder = copy.report(tmp_path)
    older = folder.parents[1] / "2018-19" / "publication-1"  # of before reports were vouched for
    older.mkdir(parents=True)
    assert copy.verify(reports=tmp_path).packs == (1, 1)
    for kind, (tamper, place) in OF_PACKS.items():
        tamper(folder)
        with pytest.raises(EvidenceBrokenError, match=place):
            copy.verify(reports=tmp_path)
        shutil.rmtree(folder, ignore_errors=True)
        assert copy.report(tmp_path) == folder, kind
    (folder / "annual-report.html").write_text("made again, with other words")
    place_of_it = packs.PackPlace(AUTHORITY, "2019-20", 1)
    assert packs.record(copy.pipeline, place_of_it, tmp_path)
    assert not packs.record(copy.pipeline, place_of_it, tmp_path)  # there is nothing new to say
    assert copy.verify(reports=tmp_path).packs == (1, 1)
    folder.rename(place_of_it.aside(tmp_path, 1))
    shutil.copytree(place_of_it.aside(tmp_path, 1), folder)
    (folder / "annual-report.html").write_text("another edition")
    assert copy.verify(reports=tmp_path).packs == (1, 2)  # which no record tells of yet
    assert packs.record(copy.pipeline, place_of_it, tmp_path)
    assert copy.verify(reports=tmp_path).packs == (2, 1)
    (place_of_it.aside(tmp_path, 1) / "annual-report.html").write_text("another past")
    with pytest.raises(EvidenceBrokenError, match="file annual-report"):
        copy.verify(reports=tmp_path)


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
    forged(copy, 14)
    with pytest.raises(EvidenceBrokenError, match=r"record 15, by the heads in heads.txt: it says nothing"):
        copy.verify(audited.heads)


def test_a_chain_written_anew_whole_is_found_by_its_head(copy: Copy, audited: Audited):
    def change(record):
        record["judged_with"]["volume_drop_stop"] = "0.9"

    forged(copy, 15, change)
    copy.verify()  # which is why a head is kept elsewhere
    with pytest.raises(EvidenceBrokenError, match=r"record 3, by the heads in heads.txt"):
        copy.verify(audited.heads)


def test_a_forged_record_is_held_against_the_contents(copy: Copy):
    def change(record):
        record["marts"]["published.kpi_value"]["rows"] += 1

    forged(copy, 15, change)
    with pytest.raises(EvidenceBrokenError, match=r"publication 1, mart published.kpi_value"):
        copy.verify()


def test_a_record_put_in_between_is_found(copy: Copy):
    with copy.owner.connect() as connection:
        last = chain.head(connection)
    assert last is not None
    record = json.dumps({"kind": "withdrawn", "number": 16, "publication_id": 1})
    copy.spoil(
        f"insert into audit.evidence values (16, '{record.replace(':', chr(92) + ':')}', '{last.hash}', "
        "repeat('c', 64))"
    )
    with pytest.raises(EvidenceBrokenError, match=r"the hash of record 16 \(withdrawn\)"):
        copy.verify()


def test_a_function_that_gives_what_it_should_is_found(copy: Copy):
    with copy.owner.begin() as connection:
        connection.execute(
            text(
                "create or replace function audit.rows_of_kpi_value(text, bigint) "
                "returns table (rows bigint, sha256 text) language sql stable security definer as "
                "'select (record #>> ''{marts,published.kpi_value,rows}'')::bigint, "
                "record #>> ''{marts,published.kpi_value,sha256}'' from audit.evidence "
                "where (record ->> ''publication_id'')::bigint = $2 and record ? ''marts'' '"
            )
        )
    with pytest.raises(EvidenceBrokenError, match=r"function audit.rows_of_kpi_value\(text, bigint\)"):
        copy.verify()


def test_tampering_with_a_nights_pages_is_found_and_named(copy: Copy, audited: Audited, tmp_path: Path):
    with copy.auditor.connect() as connection:
        records = Records(check_chain(connection))
    assert check_pages(records, tmp_path / "nowhere") is None
    for kind, (tamper, place) in OF_PAGES.items():
        site = tmp_path / kind
        shutil.copytree(audited.site, site)
        tamper(site / AUTHORITY.lower() / "publication-1")
        with pytest.raises(EvidenceBrokenError, match=place):
            check_pages(records, site)
    site = tmp_path / "older"
    shutil.copytree(audited.site, site)
    (site / AUTHORITY.lower() / "publication-0").mkdir()  # of before pages were vouched for
    assert check_pages(records, site) == (3, 1)


def test_findings_are_vouched_for_again_by_the_next_decision(copy: Copy):
    """A night that was judged has changed them, and is not decided yet."""
    copy.spoil(
        "insert into audit.validation (extract_id, authority_code, as_known, run_id, gate, verdict, "
        "expectations, passed, warned, stopped, started_at, finished_at) select extract_id, authority_code, "
        "as_known, run_id, 'care', 'warned', 1, 0, 1, 0, now(), now() from audit.extract limit 1"
    )
    copy.tamper("a finding deleted")
    assert copy.verify().judged_since == (AUTHORITY,)
