"""The auditor's site on the command line, and what it says of nights of every kind: none, published,
withdrawn, discarded, not finished, older than the evidence; and since when something fails.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from sqlalchemy import Engine, text
from typer.testing import CliRunner

from care_reviews import publication
from care_reviews import site as pages
from care_reviews.cli import night, publications, site
from care_reviews.errors import PublicationRefusedError
from care_reviews.lock import current_extract
from care_reviews.marts import read_marts
from care_reviews.settings import Settings, get_settings
from care_reviews.site.gates import gates_of
from care_reviews.site.nights import of_publication
from care_reviews.warehouse import deploy
from tests.conftest import Warehouse
from tests.nights import AUTHORITY, MARTS, a_night, judge, judged
from tests.page_words import said

RESULT = text(
    "insert into audit.validation_result (validation_id, position, expectation, subject, severity, success, "
    "rows_checked, rows_failed, message, says, because, remedy, owner) "
    "select validation_id, :position, :expectation, 'reviews', 'warn', :failed = 0, :checked, :failed, "
    "'Failed: 3 of 100 rows (3.0%).', 'It holds.', 'It matters.', 'Mend it.', 'a team' "
    "from audit.validation where gate = 'care' order by validation_id desc limit 1"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place of the test's own for the pages."""
    monkeypatch.setattr(Settings, "site", property(lambda settings: tmp_path / "site"))
    return tmp_path / "site" / AUTHORITY.lower()


@pytest.fixture
def command(connected: Warehouse, folder: Path) -> Callable[..., str]:
    """A function that runs a command and gives its output; a refusal is raised."""
    app = typer.Typer(pretty_exceptions_enable=False)
    for subject in (site, publications, night):
        subject.register(app)

    def run(*words: str) -> str:
        result = CliRunner().invoke(app, words, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    return run


@pytest.fixture
def pipeline(connected: Warehouse) -> Engine:
    deploy(connected.engine, [AUTHORITY], (*MARTS, *read_marts()))
    return connected.engine_as("pipeline")


def publish(engine: Engine, day: int, *results: tuple[str, int, int]) -> None:
    """Publish a night of March 2020. `results` of the care gate: expectation, rows checked, rows failed."""
    judged(engine, a_night(day), invocation=f"dbt-{day}")
    tell(engine, *results)
    publication.publish(a_night(day), engine, MARTS)
    pages.keep(engine, get_settings(), a_night(day))


def tell(engine: Engine, *results: tuple[str, int, int]) -> None:
    with engine.begin() as connection:
        for position, (expectation, checked, failed) in enumerate(results, start=1):
            given = {"position": position, "expectation": expectation, "checked": checked, "failed": failed}
            connection.execute(RESULT, given)


def test_without_a_night_nothing_is_published(command: Callable[..., str], folder: Path) -> None:
    assert command("site") == (
        "Wrote the first page of the auditor's site, as of now.\n"
        f"Open it in a browser: {(folder / 'index.html').as_uri()}\n"
    )
    words = said(folder / "index.html")
    assert "not applicable No. Nothing is published that stands." in words
    assert "No night has run yet." in words


def test_a_publication_is_made_anew(command: Callable[..., str], folder: Path, pipeline: Engine) -> None:
    publish(pipeline, 1)
    page = folder / "publication-1" / "index.html"
    before = page.read_bytes()
    page.unlink()
    assert command("site", "1") == (
        f"Wrote the pages of publication 1, and the first page.\nOpen it in a browser: {page.as_uri()}\n"
    )
    assert page.read_bytes() == before
    assert "Yes. Publication 1, as known on 1 March 2020" in said(folder / "index.html")
    with pytest.raises(PublicationRefusedError, match="no publication 7: see `care-reviews publications`"):
        command("site", "7")


def test_what_is_unchanged_is_left_as_it_is(
    command: Callable[..., str], folder: Path, pipeline: Engine
) -> None:
    publish(pipeline, 1)
    page = folder / "publication-1" / "history.html"
    before = page.stat()
    command("site", "1")
    assert (page.stat().st_ino, page.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert {path.name for path in folder.iterdir()} == {"index.html", "publication-1"}


def test_a_withdrawal_is_told_on_the_first_page_at_once(
    command: Callable[..., str], folder: Path, pipeline: Engine
) -> None:
    for day in (1, 2):
        publish(pipeline, day)
    command("withdraw", "2", "--reason", "<script>wrong</script> {{ 7 * 7 }}")
    words = said(folder / "index.html")
    assert "stands Yes, but it is not of the newest night. Publication 1" in words
    assert "was published and then withdrawn" in words
    assert "<script>wrong</script> {{ 7 * 7 }}" in words
    assert "<script" not in (folder / "index.html").read_text()
    command("site", "2")
    assert "Yes. Publication 2" in said(folder / "publication-2" / "index.html")  # as it was known then


def test_a_discarded_night_is_told(command: Callable[..., str], folder: Path, pipeline: Engine) -> None:
    publish(pipeline, 1)
    judged(pipeline, a_night(2), verdicts={"source": "blocked"})
    pages.keep(pipeline, get_settings(), a_night(2))
    assert "was blocked" in said(folder / "index.html")
    assert "Not of this night." in said(folder / "blocked-2" / "index.html")
    command("discard-night", "2020-03-02", "--reason", "half a copy")
    words = said(folder / "index.html")
    assert "was discarded" in words
    assert "half a copy" in words
    publish(pipeline, 2)
    assert "discarded" in said(folder / "publication-2" / "history.html")


def test_a_night_that_did_not_finish_decides_nothing(
    command: Callable[..., str], folder: Path, pipeline: Engine
) -> None:
    publish(pipeline, 1)
    judged(pipeline, a_night(2), verdicts={"source": "warned"})
    command("site")
    assert "The newest night, that of 2 March 2020, has not finished." in said(folder / "index.html")


def test_a_night_that_was_judged_again_is_told_as_it_was_decided(folder: Path, pipeline: Engine) -> None:
    publish(pipeline, 1, ("care.reviews.1", 100, 3))
    with pipeline.begin() as connection:
        extract = current_extract(connection, a_night(1))
        judge(connection, a_night(1), extract.extract_id, "care", "blocked")
    page = folder / "publication-1" / "care.html"
    before = page.read_bytes()
    pages.remake(pipeline, get_settings(), 1)
    assert page.read_bytes() == before


def test_since_when_it_fails(folder: Path, pipeline: Engine) -> None:
    """Broken by a night on which it held, or had nothing to check; not by one on which it was not judged."""
    publish(pipeline, 1, ("care.a", 100, 3), ("care.b", 100, 3), ("care.c", 100, 3))
    publish(pipeline, 2, ("care.a", 100, 3), ("care.b", 100, 0), ("care.c", 0, 0))
    publish(pipeline, 3, ("care.b", 100, 6))
    publish(pipeline, 4, ("care.a", 100, 1), ("care.b", 100, 6), ("care.c", 100, 5))
    with pipeline.connect() as connection:
        (care,) = (
            gate for gate in gates_of(connection, of_publication(connection, 4)) if gate.gate == "care"
        )
    assert {check.expectation[-1]: check.since for check in care.checks} == {
        "a": dt.date(2020, 3, 1),
        "b": dt.date(2020, 3, 3),
        "c": dt.date(2020, 3, 4),
    }
    words = said(folder / "publication-4" / "care.html")
    assert words.count("1 to 5 of 100 rows checked") == 2
    assert "10 of 100 rows checked" in words
    assert "3.0%" not in words


def test_words_that_were_not_kept_are_not_made_up(folder: Path, pipeline: Engine) -> None:
    publish(pipeline, 1, ("care.reviews.1", 100, 3))
    judged(pipeline, a_night(2), invocation="dbt-2")
    with pipeline.begin() as connection:
        connection.execute(
            text(
                "insert into audit.validation_result (validation_id, position, expectation, subject, "
                "severity, success, rows_checked, rows_failed, message) "
                "select max(validation_id), 1, 'marts.x.1', 'x', 'warn', false, 100, 3, "
                "'x: it holds. Failed: 3 of 100 rows.' from audit.validation"
            )
        )
    publication.publish(a_night(2), pipeline, MARTS)
    pages.keep(pipeline, get_settings(), a_night(2))
    words = said(folder / "publication-2" / "marts.html")
    assert "The words of this check were not kept on this night." in words
    assert "Failed: 3" not in words


def test_a_night_of_before_the_evidence_says_that_nothing_vouches_for_it(
    folder: Path, pipeline: Engine, connected: Warehouse
) -> None:
    publish(pipeline, 1)
    with connected.engine.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        connection.execute(text("delete from audit.evidence"))
    pages.remake(pipeline, get_settings(), 1)
    assert "older than the chain of evidence" in said(folder / "publication-1" / "evidence.html")


def test_pages_that_cannot_be_written_fail_no_night(
    folder: Path, pipeline: Engine, caplog: pytest.LogCaptureFixture, command: Callable[..., str]
) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way")
    publish(pipeline, 1)
    publish(pipeline, 2)
    assert "the auditor's site of 2020-03-02 could not be written" in caplog.text
    assert "is withdrawn" in command("withdraw", "2", "--reason", "wrong")
    assert "the first page of the auditor's site could not be written" in caplog.text


def test_another_councils_nights_are_not_on_the_pages(
    folder: Path, pipeline: Engine, connected: Warehouse
) -> None:
    deploy(connected.engine, [AUTHORITY, "E09000001"], (*MARTS, *read_marts()))
    other = a_night(5, authority="E09000001")
    judged(pipeline, other)
    publication.publish(other, pipeline, MARTS)
    publish(pipeline, 1)
    words = said(folder / "index.html") + said(folder / "publication-2" / "history.html")
    assert "5 March 2020" not in words
    assert "E09000001" not in words
