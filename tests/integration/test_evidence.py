"""The chain of records: who may add to it, what it says of a night, and what its head's file holds."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError
from typer.testing import CliRunner

from care_reviews import connections, ledger, publication
from care_reviews.cli import audit
from care_reviews.errors import ConfigurationError
from care_reviews.evidence import chain, head_file, provenance, records
from care_reviews.evidence.verify import EvidenceBrokenError, verify
from care_reviews.lock import current_extract
from care_reviews.passing import sqlstate
from care_reviews.settings import get_settings
from care_reviews.warehouse import deploy
from tests.nights import AUTHORITY, MARTS, a_night, judged


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of the test's own for the heads."""
    monkeypatch.setattr(
        head_file, "get_settings", lambda: get_settings().model_copy(update={"home": tmp_path})
    )
    return tmp_path


@pytest.fixture
def owner(home: Path, warehouse_engine: Engine) -> Engine:
    deploy(warehouse_engine, [AUTHORITY], MARTS)
    return warehouse_engine


@pytest.fixture
def pipeline(owner: Engine, pipeline_engine: Engine) -> Engine:
    return pipeline_engine


def publish(engine: Engine, day: int, run: str = "run") -> int:
    night = a_night(day, run)
    judged(engine, night, invocation=f"dbt-{day}")
    return publication.publish(night, engine, MARTS).publication_id


def links(engine: Engine) -> list[chain.Link]:
    with engine.connect() as connection:
        return list(chain.links(connection))


def command(engine: Engine, *words: str) -> Any:
    url = connections.airflow_uri(engine.url)
    return CliRunner().invoke(audit.app, [*words, "--warehouse-url", url], catch_exceptions=False)


@pytest.mark.parametrize(
    "statement",
    [
        "update audit.evidence set hash = hash",
        "delete from audit.evidence",
        "delete from audit.evidence where false",
        "truncate audit.evidence",
    ],
)
def test_the_owner_may_not_change_a_record(owner, statement):
    with pytest.raises(DBAPIError) as caught, owner.begin() as connection:
        connection.execute(text(statement))
    assert sqlstate(caught.value) == "42501"
    assert len(links(owner)) == 1


@pytest.mark.parametrize(("number", "previous"), [(3, None), (1, None), (2, "a" * 64)])
def test_a_record_follows_the_last_one(owner, number, previous):
    first = links(owner)[0]
    with pytest.raises(DBAPIError), owner.begin() as connection:
        connection.execute(
            text(
                "insert into audit.evidence values (:number, '{\"kind\": \"x\"}', :previous, repeat('c', 64))"
            ),
            {"number": number, "previous": previous or first.hash},
        )


def test_the_first_record_says_what_is_older(owner):
    (first,) = links(owner)
    assert (first.number, first.kind, first.previous_hash) == (1, "begun", "0" * 64)
    assert first.record["older"] == {"publication": 0, "extract": 0}
    assert deploy(owner, [AUTHORITY], MARTS).changes == []
    assert links(owner) == [first]


def test_a_chain_of_another_form_is_refused(owner):
    older = {"kind": "begun", "number": 1, "older": {"publication": 0, "extract": 0}}
    with owner.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(
            text("update audit.evidence set record = cast(:record as jsonb), hash = :hash"),
            {"record": json.dumps(older), "hash": chain.hash_of(chain.BEGINNING, older)},
        )
    for refusing in (lambda: verify(owner), lambda: deploy(owner, [AUTHORITY], MARTS)):
        with pytest.raises(ConfigurationError, match="in form 1, and this version knows form 2"):
            refusing()


def test_what_was_published_before_the_chain_is_told_and_not_vouched_for(pipeline, owner):
    publish(pipeline, 1)
    with owner.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text("delete from audit.evidence"))
    with pytest.raises(ConfigurationError, match="keeps no evidence yet: run `care-reviews deploy`"):
        publish(pipeline, 2, "early")
    deploy(owner, [AUTHORITY], MARTS)
    publish(pipeline, 2)
    found = verify(pipeline)
    assert (found.publications, found.older) == (1, 1)
    ledger.withdraw(pipeline, 1, "wrong", "x")
    assert verify(pipeline).records == 3
    output = command(pipeline, "verify").output
    assert "no record vouches for them: 1 publications, 0 landed nights." in output


def test_a_hash_can_be_computed_by_anybody(pipeline, owner):
    publish(pipeline, 1)
    previous = "0" * 64
    for link in links(owner):
        words = json.dumps(link.record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert link.previous_hash == previous
        previous = hashlib.sha256(f"{previous}\n{words}".encode()).hexdigest()
        assert link.hash == previous


def test_a_publication_says_what_it_rests_on(pipeline, owner):
    publication_id = publish(pipeline, 1)
    record = links(owner)[-1].record
    night = a_night(1)
    assert (record["kind"], record["decision"], record["publication_id"]) == ("published", "published", 1)
    assert (record["authority_code"], record["as_known"], record["run_id"]) == (
        AUTHORITY,
        "2020-03-01",
        night.run_id,
    )
    assert publication_id == 1
    assert record["code"] == provenance.code()
    assert record["code"]["lock_sha256"] == hashlib.sha256(provenance.LOCK.read_bytes()).hexdigest()
    assert record["by"]["role"] == "pipeline"
    assert {gate: said["verdict"] for gate, said in record["gates"].items()} == {
        "source": "passed",
        "care": "passed",
        "marts": "warned",
    }
    assert record["authority_name"] == get_settings().name_of(AUTHORITY)
    assert record["judged_with"]["volume_drop_stop"] == "0.3"
    assert {view: mart["rows"] for view, mart in record["marts"].items()} == {
        "published.sample_value": 1,
        "analysis.sample_review": 1,
    }


def test_nothing_is_recorded_of_what_did_not_happen(pipeline, owner, monkeypatch):
    def fail(*words: object) -> None:
        raise ConfigurationError("no record")

    monkeypatch.setattr(records, "published", fail)
    with pytest.raises(ConfigurationError):
        publish(pipeline, 1)
    assert len(links(owner)) == 1
    assert ledger.publications(pipeline) == []


def test_a_blocked_night_is_recorded(pipeline, owner):
    night = a_night(1)
    judged(pipeline, night, verdicts={"source": "blocked"})
    with pipeline.begin() as connection:
        records.blocked(connection, current_extract(connection, night))
    record = links(owner)[-1].record
    assert (record["kind"], record["decision"]) == ("blocked", "blocked")
    assert record["gates"]["source"]["stopped"] == 1
    assert "publication_id" not in record
    verify(pipeline)


def test_a_withdrawal_is_recorded_as_the_ledger_says_it(pipeline, owner):
    for day in (1, 2):
        publish(pipeline, day)
    ledger.withdraw(pipeline, 2, "wrong – “figures”", "a manager")
    record = links(owner)[-1].record
    assert (record["kind"], record["publication_id"]) == ("withdrawn", 2)
    assert (record["withdrawn_by"], record["reason"]) == ("a manager", "wrong – “figures”")
    verify(pipeline)


def test_two_who_add_at_once_follow_each_other(pipeline, owner):
    def add(number: int) -> None:
        with pipeline.begin() as connection:
            chain.append(connection, "note", AUTHORITY, {"note": number})

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(24)))
    found = links(owner)
    assert [link.number for link in found] == list(range(1, 26))
    assert verify(pipeline).records == 25


def test_a_record_that_is_written_in_more_than_one_way_is_refused(pipeline):
    with (
        pytest.raises(TypeError, match=r"0\.5 is written in more than one way"),
        pipeline.begin() as connection,
    ):
        chain.append(connection, "note", AUTHORITY, {"note": [0.5]})


def test_heads_are_kept_in_a_file(pipeline, owner, home):
    for day in (1, 2):
        publish(pipeline, day)
    (path,) = (home / "evidence").iterdir()
    found = links(owner)
    assert path.name == f"chain-{found[0].hash[:12]}.txt"
    assert [line.split()[:2] for line in path.read_text().splitlines()] == [
        [str(link.number), link.hash] for link in found
    ]
    last = path.read_text().splitlines()[-1]
    assert command(pipeline, "head").output == f"{last}\n"
    assert verify(pipeline, path).heads == 3
    path.unlink()
    publish(pipeline, 3)  # what was missed is added
    assert len(path.read_text().splitlines()) == 4


def test_a_head_that_is_not_in_the_chain_is_named(pipeline, owner, tmp_path):
    publish(pipeline, 1)
    file = tmp_path / "kept.txt"
    file.write_text(f"2 {'d' * 64}\n")
    with pytest.raises(EvidenceBrokenError, match=rf"record 2, by the heads in kept.txt: .* say {'d' * 64}"):
        verify(pipeline, file)
    for words in ("", "two heads\n"):
        file.write_text(words)
        with pytest.raises(ConfigurationError, match="audit head"):
            verify(pipeline, file)


def test_a_file_that_cannot_be_written_fails_no_night(pipeline, owner, home, caplog):
    (home / "evidence").write_text("in the way")
    publish(pipeline, 1)
    assert len(ledger.publications(pipeline)) == 1
    assert "the head of the evidence could not be written to a file" in caplog.text


def test_the_auditor_verifies_it_all(pipeline, owner, fresh_warehouse):
    for day in (1, 2):
        publish(pipeline, day)
    output = command(fresh_warehouse.engine_as("auditor"), "verify").output
    assert "The evidence is whole: 3 records, 2 publications, 0 landed nights." in output
    assert "Contents: 4 rows digested anew, all as they were." in output
    assert "a chain that was rewritten whole is not seen" in output


def test_contents_are_left_out_only_on_request_and_that_is_said(pipeline, owner, fresh_warehouse):
    publish(pipeline, 1)
    with owner.begin() as connection:
        connection.execute(text("update published.sample_value_history set value = 1"))
    auditor = fresh_warehouse.engine_as("auditor")
    assert "Contents were not checked, as asked" in command(auditor, "verify", "--without-contents").output
    with pytest.raises(EvidenceBrokenError, match=r"publication 1, mart published.sample_value"):
        command(auditor, "verify")


def test_who_may_not_verify_is_told(pipeline, fresh_warehouse):
    with pytest.raises(ConfigurationError, match="bi_reader may not do that"):
        command(fresh_warehouse.engine_as("bi_reader"), "verify")
