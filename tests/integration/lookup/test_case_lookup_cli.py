"""`care-reviews lookup`: both steps of a look-up in one command."""

from __future__ import annotations

import getpass
from collections.abc import Callable

import pytest
import typer
from typer.testing import CliRunner

from care_reviews import connections
from care_reviews.cli import lookup
from care_reviews.errors import ConfigurationError, LookupRefusedError
from tests.conftest import Warehouse
from tests.lookups import UNKNOWN, log


@pytest.fixture
def command(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """A function that runs `lookup` and gives its output; a refusal is raised."""
    monkeypatch.setenv("AIRFLOW_CONN_WAREHOUSE", connections.airflow_uri(warehouse.url_as("pipeline")))
    app = typer.Typer()
    lookup.register(app)

    def run(*words: str, status: int = 0) -> str:
        result = CliRunner().invoke(app, words, catch_exceptions=False)
        assert result.exit_code == status, result.output
        return result.output

    return run


def test_the_command_prints_the_identifier_and_is_logged(command, engines, child):
    assert command(child, "--reason", "complaint 3") == f"{child}  child  11\n"
    assert log(engines)[-1][:4] == ("case_lookup", getpass.getuser(), child, "complaint 3")


def test_the_command_says_what_is_not_known(command, child):
    output = command(UNKNOWN, child, "--reason", "complaint 3", status=1)
    assert output == f"{UNKNOWN}  not known\n{child}  child  11\n"


def test_the_command_refuses_without_a_reason_or_a_right(command, warehouse, child):
    with pytest.raises(LookupRefusedError, match="say with --reason"):
        command(child, "--reason", " ")
    analyst = connections.airflow_uri(warehouse.url_as("analyst"))
    with pytest.raises(ConfigurationError, match="analyst may not do that"):
        command(child, "--reason", "complaint", "--warehouse-url", analyst)
