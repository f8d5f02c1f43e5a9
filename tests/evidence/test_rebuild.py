"""Every publication comes out the same, nights, corrections and withdrawals later; what does not is named."""

from __future__ import annotations

import pytest
import typer
from sqlalchemy import text
from typer.testing import CliRunner

from care_reviews import connections, rebuilding
from care_reviews.cli import audit
from care_reviews.errors import RebuildRefusedError, WarehouseBusyError
from care_reviews.lock import scratch_lock
from care_reviews.marts import read_marts
from care_reviews.settings import get_settings
from tests.conftest import AUTHORITY
from tests.evidence.copies import Copy

# The nights that the tests share are made in the first of them.
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]

# What a later publication no longer says of an earlier one's months.
REVISED = (
    "select count(*) from published.kpi_value_history where known_from = 1 and known_to = 3 "
    "and period_end <= '2020-03-31' and period_start >= '2019-04-01'"
)
LEFT = "select count(*) from pg_class where relnamespace = 'scratch_e10000030'::regnamespace"


def command(copy: Copy, *words: str) -> tuple[int, str]:
    app = typer.Typer(pretty_exceptions_enable=False)
    audit.register(app)
    app.command("other")(lambda: None)
    url = connections.airflow_uri(copy.pipeline.url)
    result = CliRunner().invoke(app, ["rebuild", *words, "--warehouse-url", url], catch_exceptions=False)
    return result.exit_code, result.output


def test_every_publication_comes_out_the_same(copy: Copy):
    with copy.pipeline.begin() as connection:  # what a killed run left there
        connection.execute(text("create table scratch_e10000030.kpi_value (left_over integer)"))
        connection.execute(text("create view scratch_e10000030.left_over as select 1"))
    with copy.owner.connect() as connection:
        built = connection.execute(
            text(
                "select (record ->> 'publication_id')::int, (record -> 'build' ->> 'compared_with')::int, "
                "(record -> 'build' -> 'settings' ->> 'months_published')::int from audit.evidence "
                "where record ->> 'kind' = 'published' order by 1"
            )
        ).all()
    # The second was withdrawn before the third was built, the first after: each as it stood then.
    assert [tuple(row) for row in built] == [(1, None, 13), (2, 1, 13), (3, 1, 14)]
    # Five months later meetings had other dates, and reviews and placements were gone.
    assert copy.scalar(REVISED) > 100
    assert copy.scalar("select count(*) from landing.lcs__fact_cla_review where known_to = 3") > 100
    for publication_id in (1, 2, 3):
        rebuilt = rebuilding.rebuild(copy.pipeline, publication_id)
        assert [mart.view for mart in rebuilt.marts if not mart.is_same] == []
        assert {mart.view for mart in rebuilt.marts} == {mart.view for mart in read_marts()}
        assert (rebuilt.missing, rebuilt.is_same) == ((), True)
        assert not any("project" in note for note in rebuilt.notes)
        assert copy.scalar(LEFT) == 0
    assert not (get_settings().home / "dbt" / "scratch_e10000030").exists()


def test_what_differs_is_named_by_its_key_alone(copy: Copy, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rebuilding, "code_version", lambda: "abc123")
    copy.spoil("update landing.lcs__fact_meetings set actual_dttm = null where fact_meeting_id like '%1'")
    status, output = command(copy, "1", "--with-this-version")
    assert status == 1
    outcomes = [line.split()[:3] for line in output.splitlines()]
    assert ["published.kpi_value", "DIFFERS"] in [words[:2] for words in outcomes]
    assert ["published.dim_date", "the", "same"] in outcomes
    assert f"published.kpi_value differs at {AUTHORITY}, " in output
    assert "dim_date differs at" not in output
    assert "comes out the same" not in output
    assert copy.scalar(LEFT) == 0


def test_another_version_is_refused_unless_told(copy: Copy, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rebuilding, "code_version", lambda: "abc123")
    with pytest.raises(RebuildRefusedError, match=r"git worktree add .* --with-this-version"):
        rebuilding.rebuild(copy.pipeline, 1)
    assert copy.scalar(LEFT) == 0


def test_without_evidence_nothing_is_built(copy: Copy):
    with pytest.raises(RebuildRefusedError, match="no evidence of how publication 9 was built"):
        rebuilding.rebuild(copy.pipeline, 9)
    copy.spoil(
        "update audit.evidence set record = jsonb_set(record, '{as_known}', '\"2020-01-01\"') "
        "where (record ->> 'publication_id') = '1'"
    )
    with pytest.raises(RebuildRefusedError, match="the evidence of publication 1 was changed"):
        rebuilding.rebuild(copy.pipeline, 1)


def test_two_at_once_do_not_share_the_scratch(copy: Copy):
    with (
        copy.pipeline.connect() as connection,
        scratch_lock(connection, AUTHORITY),
        pytest.raises(WarehouseBusyError, match="is being built again"),
    ):
        rebuilding.rebuild(copy.pipeline, 1)


def test_readers_see_nothing_of_it(copy: Copy):
    rights = "select count(*) from pg_namespace, aclexplode(nspacl) as a where nspname = 'scratch_e10000030' "
    assert copy.scalar(rights + "and a.grantee::regrole::text not in ('pipeline', current_user)") == 0
