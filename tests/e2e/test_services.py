"""`make airflow`: the services start, take a night through the REST API, publish it, and end together."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from care_reviews import airflow_env, connections, ledger, services
from care_reviews.demo import fill_source
from care_reviews.errors import ConfigurationError
from care_reviews.evidence import chain
from care_reviews.evidence.verify import verify
from tests.compose import airflow_services, environment_of

pytestmark = [
    pytest.mark.timeout(900),
    pytest.mark.slow,
    pytest.mark.service,
    pytest.mark.xdist_group("services"),
]

NIGHT = dt.date(2020, 3, 31)
APPROVER = "head.of.service"
ANSWER = "taskInstances/release/-1/hitlDetails"
COMMAND = [str(Path(sys.executable).parent / "care-reviews"), "airflow"]


@dataclass
class Running:
    """The supervisor's process and the API server's port."""

    process: subprocess.Popen[str]
    port: int

    def children(self) -> dict[str, int]:
        """The services' processes, by name."""
        known = services.running()
        assert known is not None
        assert known["pid"] == self.process.pid
        return dict(known["services"])

    def call(self, path: str, body: object = None, token: str = "", method: str | None = None) -> Any:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=json.dumps(body).encode() if body is not None else None,
            headers=headers,
            method=method,
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return json.load(answer)

    def token(self, name: str = airflow_env.USER) -> str:
        user = {"username": name, "password": airflow_env.password(name)}
        return str(self.call("/auth/token", user)["access_token"])


def airflow(*words: str) -> None:
    """Run Airflow's own command line."""
    variables = airflow_env.environment()
    airflow_env.migrate(variables)
    subprocess.run([airflow_env.airflow_command(), *words], env=variables, check=True, capture_output=True)


def environment(pid: int) -> dict[str, str]:
    """The variables that a process was started with."""
    lines = Path(f"/proc/{pid}/environ").read_text().split("\0")
    return dict(line.split("=", 1) for line in lines if "=" in line)


@pytest.fixture(scope="module")
def council(server: Any, new_warehouse: Any) -> Iterator[Any]:
    """A small council's source, kept in Airflow as its user interface would, and a deployed warehouse, which
    the environment names.
    """
    source = server.new_database()
    warehouse = new_warehouse()
    engine = connections.make_engine(source)
    fill_source(engine, profile="small_council", seed=11, until=NIGHT)
    engine.dispose()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CARE_REVIEWS_APPROVERS", APPROVER)
        patch.setenv("CARE_REVIEWS_MONTHS_PUBLISHED", "4")
        airflow("connections", "add", connections.SOURCE, "--conn-uri", connections.airflow_uri(source))
        patch.setenv("AIRFLOW_CONN_WAREHOUSE", connections.airflow_uri(warehouse.url_as("pipeline")))
        patch.setenv("AIRFLOW_CONN_WAREHOUSE_ADMIN", connections.airflow_uri(warehouse.url))
        yield warehouse
        airflow("connections", "delete", connections.SOURCE)
    warehouse.close()
    for url in (source, warehouse.url):
        server.drop_database(url)


@pytest.fixture(scope="module")
def running(council: Any) -> Iterator[Running]:
    port = services.free_port()
    process = subprocess.Popen(
        [*COMMAND, "--port", str(port)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        deadline = time.monotonic() + services.START_SECONDS
        while not services.is_healthy(port):
            assert process.poll() is None, process.communicate()[0]
            assert time.monotonic() < deadline, "not healthy in time"
            time.sleep(0.5)
        yield Running(process, port)
    finally:
        process.terminate()
        process.wait(60)


def test_a_night_triggered_over_rest_is_published(running: Running, council: Any) -> None:
    token = running.token()
    dag = wait_for(lambda: running.call("/api/v2/dags/nightly_warehouse", token=token))
    assert dag["is_paused"] is False
    run, path = trigger(running, token)
    ends(running, path, token)
    (publication,) = ledger.publications(council.engine)
    assert (publication.as_known, publication.run_id) == (NIGHT, run["dag_run_id"])
    events = f"/api/v2/assets/events?source_run_id={quote(run['dag_run_id'])}"
    (event,) = running.call(events, token=token)["asset_events"]
    assert event["name"] == "care_reviews_publication"
    assert event["extra"] == {"as_known": str(NIGHT), "publication_id": publication.publication_id}


def test_a_return_waits_for_the_named_person(running: Running, council: Any) -> None:
    token, approver = running.token(), running.token(APPROVER)
    run, path = trigger(running, token, return_name="Annual report 2019-20")
    question = waits(running, path, token)
    assert question["subject"] == f"Release Annual report 2019-20, as known on {NIGHT}?"
    assert "marts gate:" in question["body"]
    answer = {"chosen_options": ["Refuse"], "params_input": {"comment": "not yet"}}
    with pytest.raises(urllib.error.HTTPError, match="403"):
        running.call(f"{path}/{ANSWER}", answer, token, "PATCH")
    running.call(f"{path}/{ANSWER}", answer, approver, "PATCH")
    ends(running, path, token)
    (before,) = ledger.publications(council.engine)
    asked = {
        **{"dry_run": False, "dag_run_id": run["dag_run_id"], "task_ids": ["release"]},
        **{"include_downstream": True, "only_failed": False, "reset_dag_runs": True},
    }
    running.call("/api/v2/dags/nightly_warehouse/clearTaskInstances", asked, token)
    waits(running, path, token)
    answer = {"chosen_options": ["Release"], "params_input": {"comment": "as agreed"}}
    running.call(f"{path}/{ANSWER}", answer, approver, "PATCH")
    ends(running, path, token)
    _, released = ledger.publications(council.engine)
    assert released.publication_id > before.publication_id
    said = (released.return_name, released.released_by, released.release_comment)
    assert said == ("Annual report 2019-20", APPROVER, "as agreed")
    with council.engine.connect() as connection:
        refused = chain.find(connection, "refused", extract_id=released.extract_id)
    assert refused is not None
    assert (refused.record["refused_by"], refused.record["comment"]) == (APPROVER, "not yet")
    assert verify(council.engine).publications == 2


def test_the_services_that_compose_describes_run_with_the_variables_that_it_describes(
    running: Running,
) -> None:
    children = running.children()
    assert set(children) == set(airflow_services())
    # The API server writes its title over its own variables; all four are started with the same.
    for name in set(children) - {"api-server"}:
        started = environment(children[name])
        configured = {key for key in started if key.startswith("AIRFLOW")} | {
            "CARE_REVIEWS_HOME",
            "DO_NOT_TRACK",
        }
        described = {key for key in environment_of(name) if not key.startswith("CARE_REVIEWS_")}
        # Of the source compose is told in a file, and here Airflow itself keeps it.
        described -= {connections.variable(connections.SOURCE)}
        assert configured == described | {"CARE_REVIEWS_HOME"}, name
        words = Path(f"/proc/{children[name]}/cmdline").read_text().strip("\0").split("\0")
        assert [Path(words[1]).name, *words[2:]] == airflow_services()[name]["command"]


def test_the_services_do_not_get_the_owners_connection(running: Running) -> None:
    assert "AIRFLOW_CONN_WAREHOUSE_ADMIN" in os.environ
    for name, pid in running.children().items():
        assert "AIRFLOW_CONN_WAREHOUSE_ADMIN" not in environment(pid), name


def test_the_interface_needs_a_login_and_listens_on_loopback_alone(running: Running) -> None:
    with pytest.raises(urllib.error.HTTPError, match="401"):
        running.call("/api/v2/dags")
    # /proc/net/tcp: local address and port in hexadecimal, state 0A = listening.
    rows = [
        line.split()
        for path in ("tcp", "tcp6")
        for line in Path("/proc/net", path).read_text().splitlines()[1:]
    ]
    listening = [row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{running.port:04X}")]
    assert listening == [f"0100007F:{running.port:04X}"]


def test_no_night_at_the_console_meanwhile(running: Running) -> None:
    from care_reviews.airflow_runs import alone

    with pytest.raises(ConfigurationError, match="at work here already"), alone():
        pass


def test_it_ends_with_all_its_services(running: Running) -> None:
    children = running.children()
    assert len(children) == 4
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(60) == 0
    for name, pid in children.items():
        assert not Path(f"/proc/{pid}").exists(), name


def trigger(running: Running, token: str, **given: str) -> tuple[Any, str]:
    """A run of the night, and its path."""
    asked = {"conf": {"as_known": str(NIGHT), **given}, "logical_date": None}
    run = running.call("/api/v2/dags/nightly_warehouse/dagRuns", asked, token)
    return run, f"/api/v2/dags/nightly_warehouse/dagRuns/{quote(run['dag_run_id'])}"


def ends(running: Running, path: str, token: str) -> None:
    """Wait until a run has ended well."""
    deadline = time.monotonic() + 600
    while (state := running.call(path, token=token)["state"]) not in ("success", "failed"):
        assert time.monotonic() < deadline, state
        time.sleep(1)
    assert state == "success", running.call(f"{path}/taskInstances", token=token)


def waits(running: Running, path: str, token: str) -> Any:
    """Wait until a run waits for its approver; gives the question."""
    deadline = time.monotonic() + 600
    task = f"{path}/taskInstances/release"
    while (state := running.call(task, token=token)["state"]) != "awaiting_input":
        assert state not in ("skipped", "failed", "upstream_failed"), state
        assert time.monotonic() < deadline, state
        time.sleep(1)
    # An answer before the scheduler heard that the task waits is lost; a person takes longer.
    time.sleep(12)
    return running.call(f"{path}/{ANSWER}", token=token)


def wait_for(ask: Any, seconds: float = 60) -> Any:
    """What `ask` gives, tried again while the answer is that there is nothing yet."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            return ask()
        except urllib.error.HTTPError as error:
            if error.code != 404 or time.monotonic() > deadline:
                raise
            time.sleep(1)
