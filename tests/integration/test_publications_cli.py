"""The ledger, deployment and URLs on the command line."""

from __future__ import annotations

import getpass
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import typer
from sqlalchemy import Engine, make_url, text
from typer.testing import CliRunner

from care_reviews import connections, ledger, publication
from care_reviews.cli import publications, server
from care_reviews.errors import ConfigurationError, PublicationRefusedError
from care_reviews.warehouse import deploy
from tests.nights import AUTHORITY, MARTS, a_night, judged


@pytest.fixture
def command():
    """A function that runs a command and gives its output; a refusal is raised."""
    app = typer.Typer(pretty_exceptions_enable=False)
    server.register(app)
    publications.register(app)

    def run(*words: str, status: int = 0) -> str:
        result = CliRunner(env={"COLUMNS": "200"}).invoke(app, words, catch_exceptions=False)
        assert result.exit_code == status, result.output
        return result.output

    return run


@pytest.fixture
def two_nights(connected):
    deploy(connected.engine, [AUTHORITY], MARTS)
    engine = connected.engine_as("pipeline")
    for day in (1, 2):
        judged(engine, a_night(day), invocation=f"dbt-{day}")
        publication.publish(a_night(day), engine, MARTS)
    return engine


def test_publications_are_listed_with_what_stands(command, two_nights):
    lines = command("publications").splitlines()
    first, second = (next(line for line in lines if day in line) for day in ("2020-03-01", "2020-03-02"))
    assert "27 / 1" in first
    assert "current" not in first
    assert "current" in second


def test_before_the_first_publication_the_list_says_so(command, connected):
    assert command("publications") == "Nothing has been published yet.\n"


def test_withdrawing_says_what_is_current_now_and_who_did_it(command, two_nights):
    output = command("withdraw", "2", "--reason", "wrong figures")
    assert output == "Publication 2 is withdrawn.\nCurrent is publication 1, as known on 2020-03-01.\n"
    row = ledger.publications(two_nights)[1]
    assert (row.withdrawn_by, row.reason) == (getpass.getuser(), "wrong figures")
    assert "wrong figures" in command("publications")


def test_the_last_one_that_stands_is_withdrawn_only_when_that_is_said(command, two_nights, connected):
    command("withdraw", "1", "--reason", "wrong figures")
    with pytest.raises(PublicationRefusedError, match=r"2 is the only one of E10000030 .* --yes"):
        command("withdraw", "2", "--reason", "wrong too")
    assert ledger.publications(two_nights)[1].reason is None
    output = command("withdraw", "2", "--reason", "wrong too", "--yes")
    assert "No publication of its council stands" in output
    # What does not stand any more is refused as that, not as the last one.
    with pytest.raises(PublicationRefusedError, match="2 was withdrawn before"):
        command("withdraw", "2", "--reason", "wrong again")


def test_another_councils_publication_is_no_other(command, two_nights, connected):
    deploy(connected.engine, [AUTHORITY, "E09000001"], MARTS)
    judged(two_nights, a_night(1, authority="E09000001"))
    publication.publish(a_night(1, authority="E09000001"), two_nights, MARTS)
    with pytest.raises(PublicationRefusedError, match="3 is the only one of E09000001"):
        command("withdraw", "3", "--reason", "wrong")


def test_of_two_who_withdraw_at_once_one_meets_the_last(two_nights):
    def refused(number: int) -> str | None:
        try:
            ledger.withdraw(two_nights, number, "wrong", "x")
        except PublicationRefusedError as error:
            return str(error)
        return None

    with ThreadPoolExecutor() as pool:
        # Until this one ends nobody withdraws; then both go on together.
        with two_nights.connect() as other:
            other.execute(text("select from published.publication for update"))
            tries = [pool.submit(refused, number) for number in (1, 2)]
            wait_for(two_nights, len(tries))
        said = [each.result(timeout=30) for each in tries]
    assert [words for words in said if words is None] == [None]
    assert ledger.current(two_nights, AUTHORITY) is not None


def wait_for(engine: Engine, sessions: int) -> None:
    """Until so many sessions wait for a lock."""
    waiting = text(
        "select count(*) from pg_stat_activity "
        "where datname = current_database() and wait_event_type = 'Lock'"
    )
    deadline = time.monotonic() + 30
    while True:
        with engine.connect() as connection:
            if connection.scalar(waiting) == sessions:
                return
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_withdrawal_needs_a_reason(command, two_nights):
    assert "--reason" in command("withdraw", "2", status=2)
    with pytest.raises(PublicationRefusedError, match="no publication 9"):
        command("withdraw", "9", "--reason", "wrong")
    assert [row.withdrawn_at for row in ledger.publications(two_nights)] == [None, None]


@pytest.mark.parametrize("role", ["bi_reader", "analyst", "auditor", "case_lookup", "pipeline"])
def test_a_url_is_ready_to_use(command, connected, role):
    url = command("url", "--role", role).strip()
    assert url.startswith(f"postgresql://{role}:")
    engine = connections.make_engine(make_url(url).set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        assert connection.scalar(text("select current_user")) == role
    engine.dispose()


def test_the_owner_of_the_embedded_server_has_a_url(command, server):
    assert command("url", "--role", "admin").startswith("postgresql://care_reviews_admin:")
    assert "running on 127.0.0.1" in command("status")


def test_deploying_says_what_changed(command, connected):
    url = connections.airflow_uri(connected.url)
    words = ("deploy", "--warehouse-url", url)
    assert command(*words) == "The warehouse is deployed: nothing had to change.\n"
    output = command(*words, "--authority", "E09000001")
    assert "  schema candidate_e09000001 made\n" in output
    assert "changes.\n" in output


def test_a_warehouse_without_a_ledger_says_what_to_do(command, source_engine):
    url = connections.airflow_uri(source_engine.url)
    for words in (["publications"], ["withdraw", "1", "--reason", "wrong"]):
        with pytest.raises(ConfigurationError, match="is not deployed yet: run `care-reviews deploy`"):
            command(*words, "--warehouse-url", url)


def test_a_reader_cannot_withdraw(command, two_nights, connected):
    url = connections.airflow_uri(connected.url_as("bi_reader"))
    with pytest.raises(ConfigurationError, match="bi_reader may not do that"):
        command("withdraw", "2", "--reason", "wrong", "--warehouse-url", url)
