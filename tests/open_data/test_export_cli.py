"""Exporting on the command line: options, rights, and where the files go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from care_reviews import connections
from care_reviews.cli import export
from care_reviews.errors import ConfigurationError, ExportRefusedError
from care_reviews.settings import get_settings
from tests.open_data.conftest import Ledger

Command = Callable[..., str]


@pytest.fixture
def command(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> Command:
    """A function that runs the command on the warehouse of the ledger; a refusal is raised."""
    pipeline = connections.airflow_uri(ledger.warehouse.url_as("pipeline"))
    monkeypatch.setenv("AIRFLOW_CONN_WAREHOUSE", pipeline)
    app = typer.Typer(pretty_exceptions_enable=False)
    export.register(app)
    app.command("other")(lambda: None)

    def run(*words: str, status: int = 0) -> str:
        result = CliRunner(env={"COLUMNS": "200"}).invoke(app, ["export", *words], catch_exceptions=False)
        assert result.exit_code == status, result.output
        return result.output

    return run


def test_a_publication_is_exported_by_number_and_by_night(
    command: Command, ledger: Ledger, tmp_path: Path
) -> None:
    name = f"e10000030_publication-{ledger.march}"
    for number, words in enumerate((("--publication", str(ledger.march)), ("--as-known", "2020-03-28"))):
        to = tmp_path / str(number)
        assert command(*words, "--to", str(to)) == f"Written: {to / name}\n"
        assert (to / name / "publication.json").is_file()


def test_a_number_and_a_night_are_not_both_given(command: Command) -> None:
    assert "not both" in command("--publication", "1", "--as-known", "2020-03-28", status=2)


def test_files_go_to_the_installation_unless_told(command: Command, ledger: Ledger) -> None:
    home = get_settings().home
    command("--publication", str(ledger.march))
    command("--publication", str(ledger.march), "--annex-a")
    name = f"e10000030_publication-{ledger.march}"
    assert (home / "open-data" / name / "dataset_names.csv").is_file()
    assert [path.suffix for path in sorted((home / "annex-a" / name).iterdir())] == [".csv", ".json"]


def test_annex_a_takes_the_rights_of_the_analyst(command: Command, ledger: Ledger, tmp_path: Path) -> None:
    reader = ledger.warehouse.url_as("bi_reader").render_as_string(hide_password=False)
    words = ("--publication", str(ledger.march), "--to", str(tmp_path), "--warehouse-url", reader)
    command(*words)
    with pytest.raises(ConfigurationError, match="exporting: bi_reader may not do that"):
        command(*words, "--annex-a")


def test_what_nobody_sees_is_refused(command: Command, ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(ExportRefusedError, match="no such publication that readers see"):
        command("--publication", str(ledger.withdrawn), "--to", str(tmp_path))
