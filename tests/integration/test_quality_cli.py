"""Findings on the command line: by rule, of a team, for people and for programs; no name, no value."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
import typer
from sqlalchemy import text
from typer.testing import CliRunner

from care_reviews.cli import quality
from care_reviews.errors import UnknownTeamError
from care_reviews.settings import get_settings
from tests.conftest import AUTHORITY, Warehouse
from tests.integration.gates.finding_nights import CHILD, night


@pytest.fixture
def command(connected: Warehouse) -> Callable[..., str]:
    """A function that runs the command and gives its output; a refusal is raised."""
    app = typer.Typer(pretty_exceptions_enable=False)
    quality.register(app)

    def run(*words: str) -> str:
        result = CliRunner(env={"COLUMNS": "200"}).invoke(app, words, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    return run


@pytest.fixture
def two_nights(connected: Warehouse) -> None:
    pipeline = connected.engine_as("pipeline")
    night(pipeline, 1, "[bold]11", "12")
    night(pipeline, 2, "12", "13", "14")  # resolves one
    night(pipeline, 2, "12", "13", "14", stops=True)  # judged anew, by stricter limits
    night(pipeline, 2, gate="source")


def test_before_the_first_night_it_says_so(command: Callable[..., str]) -> None:
    assert command() == "No night has been judged yet.\n"
    assert json.loads(command("--json")) == {"as_known": None, "rules": []}


def test_rules_of_the_newest_night(command: Callable[..., str], two_nights: None) -> None:
    output = command()
    assert "night of 2020-03-02" in output
    (line,) = (line.split() for line in output.splitlines() if "fact_cla_review" in line)
    assert line == ["1", "stop", "fact_cla_review", "2020-03-01", "Owner", "3", "2", "1"]
    assert output.splitlines()[-4:] == [
        "stop: 3 open",
        "warn: 0 open",
        "Since the night before: 2 new, 1 resolved.",
        "Why each rule stops or warns: --json, or docs/validation.md.",
    ]
    assert "not applicable" not in output
    assert "not applicable" in command("--all")


def test_where_no_council_is_named_it_is_the_demonstrations(
    command: Callable[..., str], two_nights: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CARE_REVIEWS_AUTHORITY_CODE")
    monkeypatch.delenv("AIRFLOW_CONN_LCS_SOURCE", raising=False)
    get_settings.cache_clear()
    assert "night of 2020-03-02" in command()
    monkeypatch.undo()
    get_settings.cache_clear()


def test_a_team_has_records_and_no_person(command: Callable[..., str], two_nights: None) -> None:
    output = command("--team", "not known")
    rows = [line.split() for line in output.splitlines() if "fact_cla_review" in line]
    assert [row[3:5] for row in rows] == [["12", "2020-03-01"], ["13", "2020-03-02"], ["14", "2020-03-02"]]
    assert CHILD not in output
    assert command("--team", "Team not known").splitlines()[1:] == output.splitlines()[1:]
    with pytest.raises(UnknownTeamError, match="there are Team not known"):
        command("--team", "Elsewhere")


def test_for_programs(command: Callable[..., str], two_nights: None) -> None:
    found = json.loads(command("--json"))
    assert (found["as_known"], [rule["open_findings"] for rule in found["rules"]]) == ("2020-03-02", [3])
    listed = json.loads(command("--team", "Not known", "--json"))
    assert [row["record_key"] for row in listed["findings"]] == ["12", "13", "14"]
    assert CHILD not in str(listed)


def test_a_key_is_no_markup(connected: Warehouse, command: Callable[..., str]) -> None:
    night(connected.engine_as("pipeline"), 1, "[bold]11[/nonsense]")
    assert "bold" in command("--team", "Not known")


def test_a_form_is_told_by_what_it_is_whose_and_when_it_was_begun(
    connected: Warehouse, command: Callable[..., str]
) -> None:
    night(
        connected.engine_as("pipeline"), 1, "34 -/34 2019-05-01 10:00:00#1", "34 -/34 2019-05-02 10:00:00#2"
    )
    with connected.engine.begin() as connection:
        connection.execute(
            text(
                "insert into landing.lcs__fact_form_answers (authority_code, dim_person_id, "
                "dim_assessment_template_id_desc, form_key, row_hash, occurrence, known_from) values "
                "(:authority, '34', ' care planning  ALERT', '-/34 2019-05-01 10:00:00#1', "
                "gen_random_uuid(), 1, 1)"
            ),
            {"authority": AUTHORITY},
        )
    listed = json.loads(command("--team", "Not known", "--json"))["findings"]
    assert [row["record"] for row in listed] == [
        "Care Planning Alert of person 34, begun 1 May 2019, 10:00",
        "form of person 34, begun 2 May 2019, 10:00, number 2 of that moment",
    ]
    assert "Care Planning Alert of person 34, begun 1 May 2019, 10:00" in command("--team", "Not known")


def test_a_team_with_nothing_left(connected: Warehouse, command: Callable[..., str]) -> None:
    for day, keys in ((1, ("11",)), (2, ())):
        night(connected.engine_as("pipeline"), day, *keys)
    assert command("--team", "Not known") == "Nothing is open for Team not known.\n"
