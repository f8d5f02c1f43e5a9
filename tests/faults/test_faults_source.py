"""A source that is away, silent, slow, locked or changed: what is told, and that nothing else happens."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, text

from care_reviews import dbt, night
from care_reviews.connections import role_url
from care_reviews.errors import (
    BuildError,
    ConfigurationError,
    DatabaseFailedError,
    NightRefusedError,
    SourceContractError,
    SourceUnavailableError,
)
from care_reviews.source import dialects
from care_reviews.source.catalog import READS
from tests.conftest import Server
from tests.faults import pictures
from tests.faults.conftest import Undisturbed
from tests.faults.saying import assert_kept_secret, assert_says, passwords, refusal
from tests.faults.small_council import FIRST, SCHEMA, STEPS, Council, engine, run

# One process for all of them: they share two undisturbed nights.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

WRONG = "Wr0ng-&-s3cret"


@contextmanager
def silent_server() -> Iterator[int]:
    """The port of a server that takes connections and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


@contextmanager
def another_session(url: URL, *statements: str) -> Iterator[None]:
    """Somebody else's transaction in the source, under way."""
    with engine(url).connect() as connection, connection.begin():
        for statement in statements:
            connection.execute(text(statement))
        yield


def untouched(council: Council) -> tuple[object, ...]:
    """What a night that could not begin leaves as it was: readers' views, the stage, the current extract."""
    current = council.scalar("select max(extract_id) from audit.extract")
    staged = council.scalar("select count(*) from pg_class where relnamespace = 'stage'::regnamespace")
    return pictures.published(council), staged, current


def test_a_source_that_is_down(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    before = untouched(council)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        council.connect(monkeypatch, source=council.source.set(port=port))
        error = refusal(lambda: run(council.night(), "extract"), SourceUnavailableError)
    place = f"{council.source.host}:{port}/{council.source.database}"
    assert_says(error, f"the source {place} cannot be reached", "try again when it is up", retry=True)
    assert untouched(council) == before


def test_a_source_that_takes_the_call_and_never_answers(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = untouched(council)
    started = time.monotonic()
    with silent_server() as port:
        council.connect(monkeypatch, source=council.source.set(port=port))
        error = refusal(lambda: run(council.night(), "extract"), SourceUnavailableError)
    assert_says(error, "cannot be reached or stopped answering", "try again when it is up", retry=True)
    assert time.monotonic() - started < 30
    assert untouched(council) == before


def test_a_source_table_that_a_refresh_holds(
    council: Council, monkeypatch: pytest.MonkeyPatch, undisturbed: Undisturbed
) -> None:
    monkeypatch.setattr(dialects, "LOCK_WAIT_SECONDS", 0.3)
    with another_session(council.source, f"lock table {SCHEMA}.fact_meetings in access exclusive mode"):
        error = refusal(lambda: run(council.night(), "extract"), SourceUnavailableError)
    assert_says(error, "stopped answering", "55P03", "try again when it is up", retry=True)
    assert pictures.published(council) == undisturbed.first
    run(council.night(), "extract", "land")
    assert pictures.history(council) == undisturbed.history


def test_a_source_that_is_too_slow(
    council: Council, monkeypatch: pytest.MonkeyPatch, undisturbed: Undisturbed
) -> None:
    monkeypatch.setattr(dialects, "ANSWER_WAIT_SECONDS", 0.5)
    with council.spoiling() as source:
        source.execute(text("alter table fact_cp_plan rename to slow"))
        source.execute(text("create view fact_cp_plan as select slow.* from slow, pg_sleep(30)"))
    started = time.monotonic()
    error = refusal(lambda: run(council.night(), "extract"), SourceUnavailableError)
    assert_says(error, "stopped answering", "57014", "try again when it is up", retry=True)
    assert time.monotonic() - started < 20
    with council.spoiling() as source:
        source.execute(text("drop view fact_cp_plan"))
        source.execute(text("alter table slow rename to fact_cp_plan"))
    run(council.night(), "extract", "land")
    assert pictures.history(council) == undisturbed.history


def test_a_wrong_password_of_the_source_is_told_without_it(
    council: Council, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, server: Server
) -> None:
    before = untouched(council)
    caplog.set_level("INFO")
    wrong = council.source.set(password=WRONG)
    council.connect(monkeypatch, source=wrong)
    error = refusal(lambda: run(council.night(), "extract"), ConfigurationError)
    assert_says(
        error, "refused the login", "AIRFLOW_CONN_LCS_SOURCE", str(council.source.database), retry=False
    )
    assert_kept_secret(
        passwords(council.source, wrong), error, caplog, server.home / "dbt", server.home / "logs"
    )
    assert untouched(council) == before


@pytest.mark.parametrize("step", STEPS)
def test_a_wrong_password_of_the_warehouse_is_told_without_it(
    council: Council,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    server: Server,
    step: str,
) -> None:
    before = untouched(council)
    caplog.set_level("INFO")
    pipeline = role_url("pipeline", council.warehouse)
    wrong = pipeline.set(password=WRONG)
    council.connect(monkeypatch, warehouse=wrong)
    error = refusal(lambda: run(council.night(), step), DatabaseFailedError)
    assert_says(error, "the warehouse failed", "the login was refused", "AIRFLOW_CONN_WAREHOUSE", retry=False)
    assert_kept_secret(
        passwords(council.source, pipeline, wrong), error, caplog, server.home / "dbt", server.home / "logs"
    )
    assert untouched(council) == before


def test_a_warehouse_that_is_down(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        council.connect(monkeypatch, warehouse=council.warehouse.set(port=taken.getsockname()[1]))
        error = refusal(lambda: run(council.night(), "extract"), DatabaseFailedError)
    assert_says(error, "the warehouse failed", "cannot be reached", "try again when it is up", retry=True)


def test_everything_that_the_source_lacks_is_told_at_once(council: Council) -> None:
    before = untouched(council)
    with council.spoiling() as source:
        source.execute(text("alter table fact_cp_plan rename to fact_cp_plan_old"))
        source.execute(text("drop table fact_forms"))
        source.execute(text("alter table fact_cla_review drop column due_dttm, drop column fact_meeting_id"))
        source.execute(text("alter table fact_form_answers rename column answered_dttm to answered_at"))
    error = refusal(lambda: run(council.night(), "extract"), SourceContractError)
    assert_says(
        error,
        "the source lacks 5 of what is read",
        "table FACT_CP_PLAN",
        "table FACT_FORMS",
        "column FACT_CLA_REVIEW.DUE_DTTM",
        "column FACT_CLA_REVIEW.FACT_MEETING_ID",
        "column FACT_FORM_ANSWERS.ANSWERED_DTTM",
        "Ask who keeps the reporting copy",
        "nothing was read",
        retry=False,
    )
    assert untouched(council) == before


def test_any_one_table_or_column_that_the_source_lacks_is_named(council: Council) -> None:
    before = untouched(council)
    for entry in READS:
        for column in (entry.names[-1], ""):
            name = f"{entry.name}.{column}".strip(".").upper()
            what, back = f"{entry.name} rename to away", f"away rename to {entry.name}"
            if column:
                what = f"{entry.name} rename column {column} to away"
                back = f"{entry.name} rename column away to {column}"
            with council.spoiling() as source:
                source.execute(text(f"alter table {what}"))
            error = refusal(lambda: run(council.night(), "extract"), SourceContractError)
            assert_says(
                error, f"lacks 1 of what is read: {'column' if column else 'table'} {name}.", retry=False
            )
            with council.spoiling() as source:
                source.execute(text(f"alter table {back}"))
    assert untouched(council) == before


def test_a_source_that_was_mended_lands_as_if_nothing_had_been(
    council: Council, undisturbed: Undisturbed
) -> None:
    with council.spoiling() as source:
        source.execute(text("alter table fact_cla rename column start_dttm to started"))
    refusal(lambda: run(council.night(), "extract"), SourceContractError)
    refusal(lambda: run(council.night(), "land"), NightRefusedError)
    with council.spoiling() as source:
        source.execute(text("alter table fact_cla rename column started to start_dttm"))
    run(council.night(), "extract", "land")
    assert pictures.history(council) == undisturbed.history


def test_columns_gained_moved_or_in_upper_case_change_nothing(
    council: Council, undisturbed: Undisturbed
) -> None:
    with council.spoiling() as source:
        for entry in READS:
            moved = entry.names[0]
            source.execute(
                text(f"alter table {entry.name} add column gained text default 'unread', add column mv text")
            )
            source.execute(text(f"alter table {entry.name} rename column {moved} to going"))
            source.execute(text(f'alter table {entry.name} rename column going to "{moved.upper()}"'))
            source.execute(text(f'alter table {entry.name} rename to "{entry.name.upper()}"'))
        source.execute(text(f'alter schema {SCHEMA} rename to "{SCHEMA.upper()}"'))
    run(council.night(), "extract", "land")
    assert pictures.history(council) == undisturbed.history


def test_nights_out_of_order_are_refused_before_anything_is_read(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = untouched(council)
    away = council.source.set(host="127.0.0.1", port=1)
    council.connect(monkeypatch, source=away)
    earlier = council.night(FIRST.replace(day=30), "too early")
    error = refusal(lambda: night.extract(earlier), NightRefusedError)
    assert_says(
        error, f"night {earlier.as_known} is out of order: {FIRST} has landed", "a later one", retry=False
    )
    assert untouched(council) == before


def test_dbt_with_a_wrong_password_writes_it_nowhere(
    council: Council, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    pipeline = role_url("pipeline", council.warehouse)
    wrong = pipeline.set(password=WRONG)
    lines: list[str] = []
    error = refusal(
        lambda: dbt.build(
            wrong, "candidate_e1", {"authority_code": "E1"}, tmp_path, ("bank_holiday",), lines.append
        ),
        BuildError,
    )
    assert_says(error, "SQLSTATE 28P01: the database refused the user or password", retry=False)
    assert_kept_secret(passwords(pipeline, wrong), error, caplog, tmp_path)
    assert WRONG not in "".join(lines)
