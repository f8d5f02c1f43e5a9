"""One night at the console, through real Airflow, on a small council: published, blocked, refused."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, text

from care_reviews import connections, ledger
from care_reviews.airflow_env import airflow_command
from care_reviews.console import Progress
from care_reviews.demo import fill_source
from care_reviews.evidence import chain, packs
from care_reviews.night_console import show_night
from care_reviews.preparation import is_deployed, prepare
from care_reviews.settings import PROJECT_ROOT, get_settings
from tests import personal

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("night")]

NIGHT = dt.date(2020, 3, 31)
# What dbt makes of the project itself, megabytes before any row is read.
OF_THE_PROJECT = {"manifest.json", "semantic_manifest.json", "graph_summary.json", "catalog.json"}


@pytest.fixture(autouse=True)
def few_months(monkeypatch: pytest.MonkeyPatch) -> None:
    """What all 36 months come to is asked of the demonstration."""
    monkeypatch.setenv("CARE_REVIEWS_MONTHS_PUBLISHED", "13")


def a_night(day: dt.date = NIGHT) -> Callable[[Progress], bool]:
    return lambda progress: show_night(day, prepare(progress.now), progress)


def fill(engine: Engine, day: dt.date = NIGHT) -> None:
    fill_source(engine, profile="small_council", seed=7, until=day)


@pytest.fixture
def undeployed(server: Any, source_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The owner's engine of an empty warehouse; it and the test's source are this process's connections."""
    url = server.new_database()
    monkeypatch.setenv("AIRFLOW_CONN_LCS_SOURCE", connections.airflow_uri(source_engine.url))
    monkeypatch.setenv("AIRFLOW_CONN_WAREHOUSE", connections.airflow_uri(url))
    engine = connections.make_engine(url)
    yield engine
    engine.dispose()
    server.drop_database(url)


def test_a_night_deploys_an_empty_warehouse_and_publishes(
    undeployed: Engine, source_engine: Engine, say: Callable[..., Any], server: Any
) -> None:
    fill(source_engine)
    personal.renumber(source_engine)
    assert not is_deployed()
    said = say(a_night())
    assert said.succeeded, said.words
    lines = [line.split()[0] for line in said.words.splitlines() if " s  " in line]
    assert lines == ["extract", "land", "build", "validate", "publish"]
    (publication,) = ledger.publications(undeployed)
    assert (publication.as_known, publication.authority_code) == (NIGHT, "E10000030")
    assert publication.run_id.startswith("manual__")
    with undeployed.connect() as connection:
        looked_after = connection.scalar(
            text(
                "select numerator from published.kpi_value where measure_id = 'children_looked_after' "
                "and period_grain = 'snapshot' and period_end = :day and breakdown = 'all'"
            ),
            {"day": NIGHT},
        )
    assert looked_after == 300
    assert_the_report_is_written_by_hand_and_after_a_publication(undeployed)
    assert_nothing_personal(source_engine, undeployed, server)


def assert_the_report_is_written_by_hand_and_after_a_publication(warehouse: Engine) -> None:
    """Its DAG on real Airflow, with the year as a person gives it and with what a publication starts it with;
    the pack is kept with its publication and digests, and is in the evidence.
    """
    reports = get_settings().reports
    shutil.rmtree(reports, ignore_errors=True)
    (publication,) = ledger.publications(warehouse)
    place = packs.PackPlace("E10000030", "2019-20", publication.publication_id)
    variables, found = prepare(lambda words: None), []
    for params in ({"year": "2019-20"}, {}):
        words = [airflow_command(), "dags", "test", "annual_report", "--conf", json.dumps(params)]
        done = subprocess.run(
            words, env=variables, cwd=PROJECT_ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )
        assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
        assert [folder.name for folder in packs.kept(reports)] == [
            f"publication-{publication.publication_id}"
        ]
        found.append(packs.digests(place.folder(reports)))
    assert found[0] == found[1]
    told = json.loads((place.folder(reports) / "pack.json").read_text())
    assert (told["publication_id"], told["as_known"]) == (publication.publication_id, str(NIGHT))
    assert told["sha256"] == {name: digest for name, digest in found[0].items() if name != "pack.json"}
    with warehouse.connect() as connection:
        (recorded,) = (link.record for link in chain.links(connection) if link.kind == "reported")
    assert (recorded["files"], recorded["year"]) == (found[0], "2019-20")


def assert_nothing_personal(source: Engine, warehouse: Engine, server: Any) -> None:
    """No name, identifier, number, birth date, postcode or free text of the source in a log, a page, the
    evidence or what Airflow keeps of tasks.
    """
    words = {
        str(path): path.read_text(encoding="utf-8", errors="replace")
        for folder in ("logs", "airflow", "dbt", "site", "evidence", "data-docs")
        for path in (server.home / folder).rglob("*")
        if path.is_file() and path.suffix in ("", ".cfg", ".css", ".html", ".json", ".jsonl", ".log", ".txt")
        if path.name not in OF_THE_PROJECT
    }
    airflow = connections.make_engine(server.admin.url.set(database="airflow"))
    for table in ("xcom", "asset_event", "rendered_task_instance_fields", "task_instance", "dag_run", "log"):
        with airflow.connect() as connection:
            words[table] = "\n".join(connection.scalars(text(f"select t::text from {table} as t")))
    airflow.dispose()
    with warehouse.connect() as connection:
        kept = connection.scalars(text("select result from audit.validation_json")).all()
    assert kept
    words["validation_json"] = "\n".join(kept)
    assert '"step": "land"' in "".join(words.values()).replace("\\", "")
    assert words["xcom"]
    search = personal.Search(personal.values_of(source, warehouse))
    assert search.in_files(words) == {}


def test_a_blocked_night_says_why_and_publishes_nothing(
    connected: Any, source_engine: Engine, say: Callable[..., Any]
) -> None:
    fill(source_engine)
    with source_engine.begin() as connection:
        connection.execute(text("truncate child_social.fact_cla_review"))
    said = say(a_night())
    assert not said.succeeded
    assert "validate" in said.words
    assert "failed:" in said.words
    assert "fact_cla_review" in said.words
    assert "the last publication stands" in said.words
    assert ledger.publications(connected.engine) == []
    with connected.engine.connect() as connection:
        gates = connection.execute(text("select gate, verdict from audit.validation")).all()
    assert ("source", "blocked") in [tuple(row) for row in gates]


def test_a_wrong_password_fails_at_once_and_stays_out_of_every_log(
    connected: Any,
    source_engine: Engine,
    say: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    server: Any,
) -> None:
    wrong = source_engine.url.set(password="Wr0ng-and-unmistakable")
    monkeypatch.setenv("AIRFLOW_CONN_LCS_SOURCE", connections.airflow_uri(wrong))
    said = say(a_night())
    assert not said.succeeded
    assert said.words.count("failed:") == 1, said.words
    assert "AIRFLOW_CONN_LCS_SOURCE" in said.words
    for folder in ("logs", "airflow"):
        for path in (path for path in (server.home / folder).rglob("*") if path.is_file()):
            assert "Wr0ng-and-unmistakable" not in path.read_text(errors="replace"), path
    assert "Wr0ng-and-unmistakable" not in said.words
