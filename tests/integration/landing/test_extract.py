"""Extract: the source's contract, its failures in words, one consistent read, and only what is used."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, event, text

from care_reviews import pseudonyms
from care_reviews.connections import make_engine
from care_reviews.errors import (
    ConfigurationError,
    NightRefusedError,
    SourceContractError,
    SourceUnavailableError,
    WarehouseBusyError,
)
from care_reviews.lock import authority_lock
from care_reviews.source.extract import extract
from tests.conftest import Server
from tests.lcs import AUTHORITY, Lcs, a_night, landed, query, run_night

FORBIDDEN = ("forename", "surname", "upn", "nhs_number", "postcode", "distance_from_home")


@contextmanager
def listening(engine: Engine, name: str, listener: Callable[..., None]) -> Iterator[None]:
    event.listen(engine, name, listener)
    try:
        yield
    finally:
        event.remove(engine, name, listener)


def test_everything_that_is_missing_is_listed_at_once(source: Lcs, pipeline: Engine) -> None:
    source.run(
        "drop table {s}fact_cla; alter table {s}dim_person drop column birth_dttm, drop column legacy_id"
    )
    with pytest.raises(SourceContractError) as refused:
        extract(a_night(), source.engine, pipeline, source.settings)
    for missing in ("table FACT_CLA.", "column DIM_PERSON.BIRTH_DTTM", "column DIM_PERSON.LEGACY_ID"):
        assert missing in str(refused.value)
    assert "lacks 3" in str(refused.value)
    assert query(pipeline, "select * from audit.extract") == []


def test_a_run_that_could_not_publish_does_not_displace_one_that_can(
    source: Lcs, pipeline: Engine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pseudonyms, "key_file", lambda: tmp_path / "pseudonym.key")
    with pytest.raises(ConfigurationError, match="restore it from its safe copy"):
        extract(a_night(), source.engine, pipeline, source.settings)
    assert query(pipeline, "select * from audit.extract") == []


def test_a_missing_schema(source: Lcs, pipeline: Engine) -> None:
    settings = source.settings.model_copy(update={"source_schema": "elsewhere"})
    with pytest.raises(SourceContractError, match="no schema elsewhere"):
        extract(a_night(), source.engine, pipeline, settings)


def test_names_in_upper_case_and_a_column_gained(
    source: Lcs, pipeline: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    source.add("fact_cla")
    source.run(
        'alter table {s}fact_cla rename to "FACT_CLA"; alter table {s}"FACT_CLA" add column gained varchar'
    )
    source.run('alter table {s}"FACT_CLA" rename column start_dttm to "START_DTTM"')
    source.run('alter schema child_social rename to "Child_Social"')
    try:
        with caplog.at_level(logging.INFO):
            assert run_night(source, pipeline)["fact_cla"].rows_new == 1
    finally:
        source.run('alter schema "Child_Social" rename to child_social')
    assert landed(pipeline, "fact_cla")[0]["start_dttm"] == "2019-05-01 00:00:00"
    assert "fact_cla has 1 columns more" in caplog.text


def test_views_serve_as_tables(source: Lcs, pipeline: Engine) -> None:
    source.add("fact_cla")
    source.run("alter table {s}fact_cla rename to held; create view {s}fact_cla as select * from {s}held")
    assert run_night(source, pipeline)["fact_cla"].rows_new == 1


def test_columns_that_are_not_used_are_never_asked_for(source: Lcs, pipeline: Engine) -> None:
    source.add_all()
    asked: list[str] = []
    with listening(source.engine, "before_cursor_execute", lambda *given: asked.append(given[2].lower())):
        run_night(source, pipeline)
    selects = [statement for statement in asked if "from child_social" in statement]
    assert len(selects) == 20  # one a table, and one for the spellings of form answers
    for statement in selects:
        assert "*" not in statement
        assert not [name for name in FORBIDDEN if name in statement]


def test_a_wrong_password_is_a_matter_of_configuration(source: Lcs, pipeline: Engine) -> None:
    engine = make_engine(source.engine.url.set(password="not-the-password"))
    with pytest.raises(ConfigurationError, match="refused the login") as refused:
        extract(a_night(), engine, pipeline, source.settings)
    assert not refused.value.retry
    assert "not-the-password" not in str(refused.value)
    assert str(source.engine.url.port) in str(refused.value)
    assert refused.value.__cause__ is None


def test_a_database_that_is_not_there(source: Lcs, pipeline: Engine) -> None:
    engine = make_engine(source.engine.url.set(database="nowhere"))
    with pytest.raises(ConfigurationError, match="no such database"):
        extract(a_night(), engine, pipeline, source.settings)


def test_a_source_that_is_down(source: Lcs, pipeline: Engine) -> None:
    engine = make_engine(source.engine.url.set(port=1, password="the-secret"))
    with pytest.raises(SourceUnavailableError, match="cannot be reached") as refused:
        extract(a_night(), engine, pipeline, source.settings)
    assert refused.value.retry
    assert "the-secret" not in str(refused.value)


def test_a_reader_without_rights(source: Lcs, server: Server, pipeline: Engine) -> None:
    source.run("drop role if exists nobody_reads; create role nobody_reads login password 'pw-of-nobody'")
    source.run(f"grant connect on database {source.engine.url.database} to nobody_reads")
    source.run("grant usage on schema child_social to nobody_reads")
    engine = make_engine(source.engine.url.set(username="nobody_reads", password="pw-of-nobody"))
    try:
        with pytest.raises(SourceContractError, match="SELECT granted"):
            extract(a_night(), engine, pipeline, source.settings)
    finally:
        engine.dispose()
        source.run("drop owned by nobody_reads; drop role nobody_reads")


def test_a_source_that_dies_while_it_is_read(source: Lcs, pipeline: Engine) -> None:
    source.add_all()
    run_night(source, pipeline, a_night(1))
    source.run(
        "insert into {s}fact_casenotes (fact_casenote_id) select n from generate_series(1000, 4000) as n"
    )
    ended: list[bool] = []

    def end_backend(connection, cursor, statement, parameters, context, executemany) -> None:
        if "fact_casenotes" in statement.lower() and not ended:
            ended.append(True)
            with make_engine(source.engine.url).connect() as other:
                other.execute(
                    text("select pg_terminate_backend(:pid)"),
                    {"pid": cursor.connection.info.backend_pid},
                )

    with (
        listening(source.engine, "after_cursor_execute", end_backend),
        pytest.raises(SourceUnavailableError) as refused,
    ):
        extract(a_night(2), source.engine, pipeline, source.settings)
    assert refused.value.retry
    assert ended
    assert run_night(source, pipeline, a_night(2))["fact_casenotes"].rows_new == 3001


def test_one_consistent_read(source: Lcs, pipeline: Engine) -> None:
    """A change that is made while the night reads is seen wholly or not at all."""
    source.add("fact_cla", fact_cla_id=1)
    changed: list[bool] = []

    def change(connection, cursor, statement, parameters, context, executemany) -> None:
        if "child_social.dim_worker" in statement and not changed:
            changed.append(True)
            with make_engine(source.engine.url).begin() as other:
                other.execute(text("insert into child_social.fact_cla (fact_cla_id) values (2)"))
                other.execute(text("insert into child_social.dim_worker (dim_worker_id) values (2)"))

    with listening(source.engine, "before_cursor_execute", change):
        manifest = run_night(source, pipeline)
    assert changed
    assert (manifest["dim_worker"].rows_read, manifest["fact_cla"].rows_read) == (0, 1)


def test_two_runs_at_once(source: Lcs, pipeline: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("care_reviews.source.extract.authority_lock", lambda c, a: authority_lock(c, a, 0.3))
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with pipeline.connect() as connection, authority_lock(connection, AUTHORITY):
            held.set()
            done.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert held.wait(30)
        with pytest.raises(WarehouseBusyError):
            extract(a_night(), source.engine, pipeline, source.settings)
    finally:
        done.set()
        holder.join()


def test_a_warehouse_that_was_not_deployed_for_the_authority(source: Lcs, pipeline: Engine) -> None:
    with pytest.raises(ConfigurationError, match="care-reviews deploy"):
        extract(a_night(authority="S99"), source.engine, pipeline, source.settings)


def test_nothing_was_extracted_for_a_refused_night(source: Lcs, pipeline: Engine) -> None:
    run_night(source, pipeline, a_night(2))
    with pytest.raises(NightRefusedError):
        extract(a_night(1), create_engine("sqlite://"), pipeline, source.settings)
