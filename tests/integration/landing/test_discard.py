"""Discarding a landed night: what ran before runs on, and nothing of any picture is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import typer
from sqlalchemy import Engine, event, text
from typer.testing import CliRunner

from care_reviews.cli import night as command_line
from care_reviews.connections import airflow_uri, make_engine
from care_reviews.discarding import discard
from care_reviews.errors import NightRefusedError, WarehouseBusyError
from care_reviews.landing import land
from care_reviews.lock import Extract, authority_lock
from care_reviews.settings import get_settings
from care_reviews.source.catalog import TABLES
from care_reviews.validation.history import usual_rows
from expectations.facts import Limits
from tests.lcs import AUTHORITY, Lcs, a_night, landed, quarantine, query, run_night, versions
from tests.nights import judge

RIGHT, WRONG, NEXT = a_night(2), a_night(31, month=12), a_night(3)
LANDED = "select extract_id, status, as_known from audit.extract order by extract_id"


def fill(source: Lcs) -> None:
    source.add_all()
    source.run(
        "insert into {s}fact_casenotes (fact_casenote_id) select n from generate_series(1000, 1400) as n"
    )
    # A date too far ahead of the right nights, and not of the wrong one.
    source.add("fact_casenotes", fact_casenote_id=2000, event_dttm=dt.datetime(2023, 6, 1))
    source.add("fact_casenotes", fact_casenote_id=2007)  # its chunk ends here and stays as it is


def change(source: Lcs) -> None:
    source.run("update {s}fact_casenotes set seen_flag = 'Y' where fact_casenote_id % 50 = 1")
    source.run("delete from {s}fact_casenotes where fact_casenote_id % 100 = 2")
    source.run("update {s}dim_person set is_client = 'N'; update {s}fact_form_answers set answer = 'PN2'")


def picture(warehouse: Engine, extract_id: int) -> dict[str, list[dict[str, Any]]]:
    return {table.name: landed(warehouse, table.name, at=extract_id) for table in TABLES}


def of_wrong(pipeline: Engine, reason: str = "wrong date", by: str = "an operator") -> dt.date | None:
    return discard(pipeline, AUTHORITY, WRONG.as_known, reason, by)


def left(warehouse: Engine) -> list[Any]:
    """All that discarding could change."""
    return [
        query(warehouse, "select * from audit.extract order by extract_id"),
        query(warehouse, "select * from landing.chunk order by table_name, digest"),
        *(versions(warehouse, table.name) for table in TABLES),
    ]


@pytest.fixture
def first(source: Lcs, pipeline: Engine) -> int:
    """A right night, and a wrong one after it on a source that has changed; gives the first one's extract."""
    fill(source)
    extract_id = run_night(source, pipeline, RIGHT)["fact_cla"].extract_id
    change(source)
    run_night(source, pipeline, WRONG)
    return extract_id


def test_after_it_the_picture_is_the_one_before_row_for_row(source: Lcs, pipeline: Engine) -> None:
    fill(source)
    first = run_night(source, pipeline, RIGHT)["fact_cla"].extract_id
    before = picture(pipeline, first)
    change(source)
    run_night(source, pipeline, WRONG)
    stored = versions(pipeline, "fact_casenotes")
    assert of_wrong(pipeline) == RIGHT.as_known
    newest = query(pipeline, "select max(extract_id) as id from audit.extract where status = 'landed'")
    assert newest[0]["id"] == first
    assert picture(pipeline, first) == before
    assert versions(pipeline, "fact_casenotes") == stored


def test_the_earlier_night_runs_as_if_nothing_had_been(source: Lcs, pipeline: Engine, first: int) -> None:
    with pytest.raises(NightRefusedError, match=r"out of order: 2020-12-31 has landed.*discard-night"):
        run_night(source, pipeline, NEXT)
    assert len(landed(pipeline, "fact_casenotes")) == 400  # the date too far ahead could be read
    of_wrong(pipeline)
    source.run("update {s}fact_casenotes set seen_flag = 'N' where fact_casenote_id = 1051")
    manifest = run_night(source, pipeline, NEXT)
    notes = manifest["fact_casenotes"]
    assert (notes.rows_read, notes.rows_quarantined) == (400, 1)
    assert [row["record_key"] for row in quarantine(pipeline, "fact_casenotes")] == ["2000"]
    rows = landed(pipeline, "fact_casenotes", at=notes.extract_id)
    assert rows == landed(pipeline, "fact_casenotes")
    assert len(rows) == 399
    flags = {row["fact_casenote_id"]: row["seen_flag"] for row in rows}
    assert (flags["1051"], flags["1101"], flags["1003"]) == ("N", "Y", None)
    assert not {"1002", "2000"} & {*flags}
    assert landed(pipeline, "dim_person", at=notes.extract_id)[0]["is_client"] == "N"
    assert len(picture(pipeline, first)["fact_casenotes"]) == 403
    again = run_night(source, pipeline, a_night(4))["fact_casenotes"]
    assert (again.rows_new, again.rows_changed, again.rows_vanished) == (0, 0, 0)


def test_who_when_and_why_are_kept(pipeline: Engine, first: int) -> None:
    of_wrong(pipeline, reason=" mistyped ", by="an operator")
    right, wrong = query(pipeline, "select * from audit.extract order by extract_id")
    assert (wrong["status"], wrong["discarded_by"], wrong["discard_reason"]) == (
        "discarded",
        "an operator",
        "mistyped",
    )
    assert wrong["discarded_at"] >= wrong["landed_at"]
    assert (right["status"], right["discarded_at"]) == ("landed", None)
    manifest = query(pipeline, "select distinct extract_id from audit.manifest order by 1")
    assert [row["extract_id"] for row in manifest] == [first, wrong["extract_id"]]


def test_a_night_landed_twice_is_discarded_whole(source: Lcs, pipeline: Engine, first: int) -> None:
    run_night(source, pipeline, a_night(31, month=12, run="again"))
    assert of_wrong(pipeline) == RIGHT.as_known
    assert [row["status"] for row in query(pipeline, LANDED)] == ["landed", "discarded", "discarded"]


def test_its_steps_go_no_further_and_it_may_run_anew(source: Lcs, pipeline: Engine, first: int) -> None:
    of_wrong(pipeline)
    with pytest.raises(NightRefusedError, match="2020-12-31 was discarded"):
        land(WRONG, pipeline, source.settings)
    notes = run_night(source, pipeline, WRONG)["fact_casenotes"]
    assert (notes.rows_new, notes.rows_unchanged) == (0, 400)


def test_it_is_not_what_later_nights_are_compared_with(source: Lcs, pipeline: Engine, first: int) -> None:
    wrong = query(pipeline, LANDED)[1]["extract_id"]
    with pipeline.begin() as connection:
        judge(connection, RIGHT, first, "source", "passed")
        judge(connection, WRONG, wrong, "source", "passed")
    extract = Extract(wrong + 1, AUTHORITY, dt.date(2021, 1, 1), "later", "landed", None, None)

    def usual() -> float:
        with pipeline.connect() as connection:
            return usual_rows(connection, extract, Limits())["fact_casenotes"]

    assert usual() == 402  # of 404 and 400 rows read
    of_wrong(pipeline)
    assert usual() == 404


def publish(pipeline: Engine, extract_id: int) -> None:
    with pipeline.begin() as connection:
        connection.execute(
            text(
                "insert into published.publication (authority_code, as_known, run_id, extract_id, "
                "code_version, dbt_invocation_id, source_gate, marts_gate, expectations_passed, "
                "expectations_warned, expectations_stopped) select authority_code, as_known, run_id, "
                "extract_id, 'v', 'd', 'passed', 'passed', 1, 0, 0 from audit.extract where extract_id = :id"
            ),
            {"id": extract_id},
        )


def test_a_published_night_is_refused_until_its_publication_is_withdrawn(
    pipeline: Engine, first: int
) -> None:
    publish(pipeline, query(pipeline, LANDED)[1]["extract_id"])
    before = left(pipeline)
    with pytest.raises(NightRefusedError, match=r"is published as \d+: withdraw that first"):
        of_wrong(pipeline)
    assert left(pipeline) == before
    with pipeline.begin() as connection:
        connection.execute(
            text("update published.publication set withdrawn_at = now(), withdrawn_by = 'x', reason = 'x'")
        )
    assert of_wrong(pipeline) == RIGHT.as_known


def test_what_cannot_be_discarded(pipeline: Engine, first: int) -> None:
    before = left(pipeline)
    for authority, day, words in (
        (AUTHORITY, RIGHT.as_known, "2020-12-31 has landed after night 2020-03-02"),
        (AUTHORITY, dt.date(2021, 1, 1), "2021-01-01 has not landed .* newest that has is 2020-12-31"),
        ("W06000001", RIGHT.as_known, "2020-03-02 has not landed for authority W06000001: none has"),
    ):
        with pytest.raises(NightRefusedError, match=words):
            discard(pipeline, authority, day, "wrong", "x")
    for reason, by in ((" ", "x"), ("wrong", "")):
        with pytest.raises(NightRefusedError, match="needs a reason"):
            of_wrong(pipeline, reason, by)
    assert left(pipeline) == before


def test_the_only_night_may_go_too(source: Lcs, pipeline: Engine) -> None:
    source.add_all()
    run_night(source, pipeline, WRONG)
    assert of_wrong(pipeline) is None
    assert run_night(source, pipeline, RIGHT)["fact_cla"].rows_read == 1


@pytest.mark.parametrize(
    "point", ["set status = 'discarded'", "delete from landing.chunk", "select max(as_known)"]
)
def test_killed_in_the_middle_it_changes_nothing(
    pipeline: Engine, owner: Engine, first: int, point: str
) -> None:
    engine, seen = make_engine(pipeline.url), []

    def end(connection, cursor, statement, parameters, context, executemany) -> None:
        seen.append(statement)
        # The newest night is asked for twice: the second time everything is done but the commit.
        if point in statement and (not point.startswith("select") or len(seen) > 4):
            with owner.connect() as other:
                pid = cursor.connection.info.backend_pid
                other.execute(text("select pg_terminate_backend(:p, 5000)"), {"p": pid})

    event.listen(engine, "before_cursor_execute", end)
    before = left(pipeline)
    with pytest.raises(Exception, match=r"terminat|closed|lost"):
        of_wrong(engine)
    engine.dispose()
    assert point in seen[-1]
    assert left(pipeline) == before
    assert of_wrong(pipeline) == RIGHT.as_known


def test_a_run_at_work_is_waited_for(pipeline: Engine, first: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("care_reviews.discarding.authority_lock", lambda c, a: authority_lock(c, a, 0))
    with (
        pipeline.connect() as other,
        authority_lock(other, AUTHORITY),
        pytest.raises(WarehouseBusyError, match="another run is at work"),
    ):
        of_wrong(pipeline)


def test_at_the_console(pipeline: Engine, first: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(get_settings(), "authority_code", AUTHORITY)
    app = typer.Typer(pretty_exceptions_enable=False)
    command_line.register(app)
    words = ["discard-night", "2020-12-31", "--warehouse-url", airflow_uri(pipeline.url)]
    assert CliRunner().invoke(app, words).exit_code == 2  # without a reason
    with pytest.raises(NightRefusedError, match="is no date"):
        CliRunner().invoke(app, ["discard-night", "31/12/2020", "--reason", "x"], catch_exceptions=False)
    done = CliRunner().invoke(app, [*words, "--reason", "mistyped"], catch_exceptions=False)
    assert done.exit_code == 0
    assert done.output == (
        "Night 2020-12-31 is discarded: its rows stay in landing, and no later night builds on it.\n"
        "The newest landed night is 2020-03-02.\n"
    )
