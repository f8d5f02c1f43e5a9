"""A night validated whole: what it leaves behind, what it must never tell, and what is no verdict."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from care_reviews import validation
from care_reviews.errors import DatabaseFailedError, NightRefusedError
from care_reviews.evidence import chain
from care_reviews.night import Night
from care_reviews.settings import Settings
from care_reviews.validation import batches, docs, landed_gate, marts_gate, validate
from tests.gate_rules import ruled
from tests.integration.gates import council
from tests.integration.gates.judging import Landed, run

NIGHT = Night(council.AUTHORITY, council.AS_KNOWN, council.RUN)

# Values that stand in the data of the broken night and nowhere else.
PERSON = "987654321"
BORN = "2011-11-17"
WORDS = "Sentinel words of a child"
CODE = "SENTINELCODE"


JSON = (
    "select suite, result from audit.validation_json where validation_id in "
    "(select max(validation_id) from audit.validation group by gate)"
)
MAY = (
    "select has_table_privilege('auditor', 'audit.validation_json', 'select'), "
    "has_table_privilege('auditor', 'audit.validation_json', 'insert'), "
    "has_table_privilege('pipeline', 'audit.validation_json', 'update'), "
    "has_table_privilege('pipeline', 'audit.validation_json', 'delete')"
)


def broken(warehouse: Landed) -> None:
    """A night with faults in rows that hold what no result may show."""
    first = "where ctid in (select ctid from landing.lcs__{} limit 9)"
    run(
        warehouse,
        f"update landing.lcs__dim_person set birth_dttm = '{BORN} 00:00:00', ethnicity_main_code = '{CODE}' "
        + first.format("dim_person"),
        f"update landing.lcs__fact_meeting_subjects set dim_person_id = '{PERSON}', "
        f"dim_lookup_participation_code_desc = '{WORDS}' " + first.format("fact_meeting_subjects"),
        f"update landing.lcs__fact_form_answers set answer = '{WORDS}' where answer_no = "
        f"'ICSParticipationCode'",
        f"update landing.lcs__fact_referrals set refrl_start_dttm = '{WORDS}', "
        f"dim_lookup_category_of_need_code = '{CODE}'",
        f"update candidate_e10000030.fct_review set participation_code = '{CODE}', period_id = "
        f"{PERSON}, due_date = null",
        f"update candidate_e10000030.kpi_value_unsuppressed set unit = '{WORDS}' where numerator > 30",
    )
    with warehouse.owner.begin() as connection:
        council.quarantine(connection, "dim_person", 9)


def stored(warehouse: Landed) -> list[Any]:
    query = "select * from audit.validation where extract_id = 4 order by validation_id"
    with warehouse.owner.connect() as connection:
        return list(connection.execute(text(query)).mappings())


def recorded(warehouse) -> list[str]:  # type: ignore[no-untyped-def]
    """The kinds of records that there are."""
    with warehouse.owner.connect() as connection:
        return [link.kind for link in chain.links(connection)]


def test_a_whole_night_passes_and_leaves_one_row_a_gate(new_council: Callable, settings: Settings) -> None:  # type: ignore[type-arg]
    warehouse = new_council()
    verdict = validate(NIGHT, warehouse.pipeline, settings)
    assert (verdict.source, verdict.care, verdict.marts) == ("passed", "passed", "passed")
    assert (verdict.warned, verdict.stopped) == (0, 0)
    assert verdict.expectations > verdict.passed > 200  # the rest had nothing to check
    assert verdict.messages == ()
    gates = stored(warehouse)
    assert [(gate["gate"], gate["verdict"], gate["run_id"]) for gate in gates] == [
        ("source", "passed", council.RUN),
        ("care", "passed", council.RUN),
        ("marts", "passed", council.RUN),
    ]
    assert sum(gate["expectations"] for gate in gates) == verdict.expectations
    assert recorded(warehouse) == ["begun"]
    with warehouse.owner.connect() as connection:
        results = connection.scalar(text("select count(*) from audit.validation_result where success"))
        left = connection.scalar(
            text("select count(*) from pg_tables where schemaname = 'stage' and tablename like 'check%'")
        )
    assert (results, left) == (verdict.expectations, 0)


def test_a_broken_night_is_told_in_counts_alone(
    new_council: Callable,  # type: ignore[type-arg]
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level(logging.DEBUG)
    warehouse = new_council()
    broken(warehouse)
    run(
        warehouse,
        f"create table stage.check__e10000030__fact_cla as select '{WORDS}' as left_by_a_killed_run",
        "alter table stage.check__e10000030__fact_cla owner to pipeline",
    )
    validate(NIGHT, warehouse.pipeline, settings)
    verdict = validate(NIGHT, warehouse.pipeline, settings)
    assert (verdict.source, verdict.care, verdict.marts) == ("blocked", "warned", "blocked")
    assert verdict.blocked
    # Validated twice: both stand, and the results of each are its own.
    assert [gate["verdict"] for gate in stored(warehouse)] == ["blocked", "warned", "blocked"] * 2
    with warehouse.owner.connect() as connection:
        results = connection.execute(text("select * from audit.validation_result")).all()
        documents = connection.execute(text(JSON)).all()
        may = connection.execute(text(MAY)).one()
    assert len(results) == 2 * verdict.expectations
    # What Great Expectations gave stays, for the auditor to read and for nobody to change.
    assert tuple(may) == (True, False, False, False)
    results_of = {row.suite: json.loads(row.result)["results"] for row in documents}
    assert sum(map(len, results_of.values())) == verdict.expectations
    (unreadable,) = [
        one["result"]
        for one in results_of["source.dim_person"]
        if one["expectation_config"]["meta"]["rule"] == "readable"
    ]
    assert (unreadable["element_count"], unreadable["unexpected_count"]) == (49, 9)
    assert str(warehouse.pipeline.url.password) not in str(documents)
    pages = {path: path.read_text() for path in settings.home.rglob("*") if path.is_file()}
    assert len(pages) > 20
    told = capfd.readouterr()
    for secret in (PERSON, BORN, WORDS, CODE, "PN1"):
        for where in (
            str(results),
            str(documents),
            "\n".join(verdict.messages),
            caplog.text,
            told.out,
            told.err,
            *pages.values(),
        ):
            assert secret not in where
    # The pages open without a network.
    assert not [
        path for path, page in pages.items() if "http:" in page or "https:" in page or "<script" in page
    ]
    index = (settings.home / "data-docs" / "e10000030" / "2020-03-31" / "index.html").read_text()
    assert "9 of 49 rows (18.4%)" in index
    assert index.count("<tr><td><a href=") == len(pages) - 1


def test_a_gate_that_cannot_run_is_blocked_and_the_others_are_judged(
    new_council: Callable,  # type: ignore[type-arg]
    settings: Settings,
) -> None:
    warehouse = new_council()
    run(warehouse, "drop table candidate_e10000030.fct_review cascade")
    verdict = validate(NIGHT, warehouse.pipeline, settings)
    assert (verdict.source, verdict.care, verdict.marts) == ("passed", "passed", "blocked")
    assert verdict.stopped == 1
    assert "UndefinedTable, SQLSTATE 42P01" in verdict.messages[0]


def test_a_night_that_was_not_built_is_blocked(new_council: Callable, settings: Settings) -> None:  # type: ignore[type-arg]
    warehouse = new_council()
    run(warehouse, "update audit.extract set dbt_invocation_id = null where extract_id = 4")
    verdict = validate(NIGHT, warehouse.pipeline, settings)
    assert (verdict.source, verdict.care, verdict.marts) == ("passed", "blocked", "blocked")
    assert "run build first" in verdict.messages[0]
    assert recorded(warehouse) == ["begun", "blocked"]


def test_an_error_that_quotes_a_row_is_no_verdict_and_is_not_told(
    new_council: Callable,  # type: ignore[type-arg]
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A batch whose making fails, and a crash of Great Expectations itself."""

    def queries(*_: object) -> tuple[list[object], dict[str, str]]:
        return [], {"manifest": f"select cast('{WORDS}' as integer) as n"}

    def crash(*_: object) -> object:
        raise RuntimeError(WORDS)

    monkeypatch.setattr(landed_gate, "prepare", queries)
    monkeypatch.setattr(marts_gate, "prepare", crash)
    warehouse = new_council()
    verdict = validate(NIGHT, warehouse.pipeline, settings)
    assert (verdict.source, verdict.care, verdict.marts) == ("blocked", "passed", "blocked")
    assert verdict.stopped == 2
    assert "22P02" in verdict.messages[0]
    assert "RuntimeError" in verdict.messages[1]
    assert WORDS not in str(verdict) + caplog.text


def test_what_could_not_be_judged_stops_even_where_it_only_warns(new_council: Callable) -> None:  # type: ignore[type-arg]
    from care_reviews.validation.judge import judge, judging, outcomes
    from expectations.words import expect, no_row, suite

    drafts = [
        expect("there", no_row("differs"), says="Says.", do="Do."),
        expect("gone", no_row("not_there"), says="Says.", do="Do."),
    ]
    suites = [suite("marts", "sums", drafts, ruled("marts", {"there": "warn", "gone": "warn"}))]
    warehouse = new_council()
    with (
        batches.batches(warehouse.pipeline, council.AUTHORITY, {"sums": "select false as differs"}),
        judging(warehouse.pipeline.url) as source,
    ):
        judged = judge(source, suites, council.AUTHORITY)
    there, gone = outcomes(judged)
    assert (there.success, there.rows_checked) == (True, 1)
    assert (gone.success, gone.severity) == (False, "stop")
    # A result that is missing altogether is no pass either.
    judged[0][1].results = []
    assert [outcome.success for outcome in outcomes(judged)] == [False, False]


@pytest.mark.parametrize("change", ["status = 'extracted'", "run_id = 'another run'"])
def test_a_night_that_is_not_this_runs_is_refused(
    new_council: Callable, settings: Settings, change: str
) -> None:  # type: ignore[type-arg]
    warehouse = new_council()
    run(warehouse, f"update audit.extract set {change} where extract_id = 4")
    with pytest.raises(NightRefusedError):
        validate(NIGHT, warehouse.pipeline, settings)
    assert stored(warehouse) == []


def test_pages_of_the_newest_nights_are_kept_and_failing_to_write_them_fails_nothing(
    new_council: Callable,  # type: ignore[type-arg]
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setattr(docs, "NIGHTS_KEPT", 2)
    monkeypatch.setattr(validation, "_gate", lambda gate, *_: (_passed(gate), []))
    folder = tmp_path / "data-docs" / "e10000030"
    for night in ("2020-03-28", "2020-03-29", "2020-03-30"):
        (folder / night).mkdir(parents=True)
    warehouse = new_council()
    validate(NIGHT, warehouse.pipeline, settings)
    assert sorted(path.name for path in folder.iterdir()) == ["2020-03-30", "2020-03-31"]
    shutil.rmtree(tmp_path / "data-docs")
    (tmp_path / "data-docs").write_text("in the way")
    assert validate(NIGHT, warehouse.pipeline, settings).source == "passed"


def _passed(gate: str) -> validation.GateResult:
    import datetime as dt

    outcome = validation.Outcome(f"{gate}.x.y", "x", None, "stop", True, 1, 0, "Says.")
    return validation.GateResult(gate, (outcome,), dt.datetime.now(dt.UTC), dt.datetime.now(dt.UTC))  # type: ignore[arg-type]


@pytest.mark.parametrize("place", [1, 3])
def test_a_session_that_the_server_ends_is_no_verdict(
    new_council: Callable[..., Landed], settings: Settings, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    """It may be tried again, and nothing is left of it."""
    warehouse = new_council()
    prepare = marts_gate.prepare

    def prepared(*given: Any) -> Any:
        suites, queries = prepare(*given)
        return EndedBefore(suites, warehouse, place), queries

    monkeypatch.setattr(marts_gate, "prepare", prepared)
    with pytest.raises(DatabaseFailedError, match="ended the session") as caught:
        validate(NIGHT, warehouse.pipeline, settings)
    assert caught.value.retry
    assert stored(warehouse) == []
    assert recorded(warehouse) == ["begun"]


class EndedBefore(list[Any]):
    """Suites; when the one at a place is taken the server ends every session that judges."""

    def __init__(self, suites: list[Any], warehouse: Landed, place: int) -> None:
        super().__init__(suites)
        self.warehouse, self.place = warehouse, place

    def __iter__(self) -> Any:
        for place, suite in enumerate(super().__iter__()):
            if place == self.place:
                with self.warehouse.owner.begin() as connection:
                    connection.execute(
                        text(
                            "select pg_terminate_backend(pid) from pg_stat_activity where "
                            "application_name = 'care-reviews validation' and datname = current_database()"
                        )
                    )
            yield suite
