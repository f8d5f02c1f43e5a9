"""Running dbt: what it leaves behind, what it says when it fails, and that it never outlives its parent."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from care_reviews import dbt
from care_reviews.building import build
from care_reviews.errors import BuildError, NightRefusedError
from care_reviews.settings import get_settings
from tests.conftest import AUTHORITY, Warehouse
from tests.landed import PICTURE, put
from tests.nights import a_night
from tests.property.messy_source import landed, messy

SCHEMA = f"candidate_{AUTHORITY.lower()}"
VARIABLES = {"authority_code": AUTHORITY, "as_known": "2020-03-31", "extract_id": PICTURE}
CALENDAR = ("bank_holiday", "+int_time__calendar")


def rows_of(warehouse: Warehouse, mart: str) -> list[str]:
    with warehouse.engine.connect() as connection:
        return sorted(connection.scalars(text(f"select m::text from {SCHEMA}.{mart} as m")))


def test_marts_do_not_change_when_the_source_does_not(fresh_warehouse: Warehouse, tmp_path: Path) -> None:
    for name, rows in landed(messy(3, children=60)).items():
        put(fresh_warehouse.engine, AUTHORITY, name, rows)
    marts = ("dim_child", "dim_date", "fct_period_of_care", "fct_review", "kpi_definition")
    built = []
    for night in ("2020-08-03", "2020-08-04"):
        url = fresh_warehouse.url_as("pipeline")
        select = tuple(f"+{mart}" for mart in marts)
        dbt.build(url, SCHEMA, VARIABLES | {"as_known": night}, tmp_path, select, tests=False)
        built.append({mart: rows_of(fresh_warehouse, mart) for mart in marts})
    assert all(built[0].values())
    assert built[0] == built[1]


@dataclass(frozen=True)
class Build:
    result: dbt.BuildResult
    told: list[str]
    work_dir: Path
    password: str


@pytest.fixture(scope="module")
def calendar_build(module_warehouse: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A build of a few models."""
    told: list[str] = []
    work_dir = tmp_path_factory.mktemp("dbt") / "work"
    url = module_warehouse.url_as("pipeline")
    result = dbt.build(url, SCHEMA, VARIABLES, work_dir, select=CALENDAR, on_line=told.append)
    return Build(result, told, work_dir, str(url.password))


@pytest.mark.usefixtures("dbt_started_anew")
def test_progress_is_told_and_the_result_counts(calendar_build: Build) -> None:
    assert calendar_build.result.nodes == len(calendar_build.told)
    assert any("int_time__calendar" in line for line in calendar_build.told)
    assert len(calendar_build.result.invocation_id) == 36


def test_what_dbt_writes_is_the_owners_alone(calendar_build: Build) -> None:
    work_dir = calendar_build.work_dir
    for folder in (work_dir, work_dir / "target", work_dir / "logs"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    written = [path for path in work_dir.rglob("*") if path.is_file()]
    assert written
    assert not [path for path in written if calendar_build.password in path.read_text(errors="replace")]


def test_another_night_is_built_without_parsing_the_project_anew(
    calendar_build: Build, module_warehouse: Warehouse
) -> None:
    newest = text(f"select max(month_end) from {SCHEMA}.int_time__month_ends")
    parsed, found = [], []
    for night in ("2020-03-31", "2020-04-30"):
        url, given = module_warehouse.url_as("pipeline"), VARIABLES | {"as_known": night}
        dbt.build(url, SCHEMA, given, calendar_build.work_dir, select=("int_time__month_ends",))
        parsed.append((calendar_build.work_dir / "target" / "partial_parse.msgpack").stat().st_mtime_ns)
        with module_warehouse.engine.connect() as connection:
            found.append(str(connection.scalar(newest)))
    assert found == ["2020-03-31", "2020-04-30"]
    assert parsed[0] == parsed[1]


def test_a_seed_that_gained_a_column_is_built_where_an_earlier_version_made_its_table(
    calendar_build: Build, module_warehouse: Warehouse
) -> None:
    url, work_dir = module_warehouse.url_as("pipeline"), calendar_build.work_dir
    dbt.build(url, SCHEMA, VARIABLES, work_dir, select=("site_target",), tests=False)
    whole = rows_of(module_warehouse, "site_target")
    with module_warehouse.engine.begin() as connection:
        connection.execute(text(f"alter table {SCHEMA}.site_target drop column measure_id"))
    dbt.build(url, SCHEMA, VARIABLES, work_dir, select=("site_target",), tests=False)
    with module_warehouse.engine.connect() as connection:
        measures = text(f"select distinct measure_id from {SCHEMA}.site_target")
        assert "review_timeliness_children" in set(connection.scalars(measures))
    assert len(rows_of(module_warehouse, "site_target")) == len(whole) > 0


@pytest.mark.usefixtures("dbt_started_anew")
def test_a_value_that_a_cast_refuses_is_named_nowhere(fresh_warehouse: Warehouse, tmp_path: Path) -> None:
    put(
        fresh_warehouse.engine,
        AUTHORITY,
        "dim_person",
        [{"dim_person_id": "1", "birth_dttm": "Jo Bloggs, 7 Hill Road"}],
    )
    with pytest.raises(BuildError) as caught:
        dbt.build(fresh_warehouse.url_as("pipeline"), SCHEMA, VARIABLES, tmp_path)
    assert "int_person__" in str(caught.value)
    assert "SQLSTATE 22007" in str(caught.value)
    assert "Bloggs" not in str(caught.value)
    assert not caught.value.retry


@pytest.mark.usefixtures("dbt_started_anew")
def test_a_wrong_password_is_told_without_it(calendar_build: Build, module_warehouse: Warehouse) -> None:
    url = module_warehouse.url_as("pipeline").set(password="wrong-secret")
    with pytest.raises(BuildError) as caught:
        dbt.build(url, SCHEMA, VARIABLES, calendar_build.work_dir)
    assert "SQLSTATE 28P01" in str(caught.value)
    assert "secret" not in str(caught.value)
    logs = [*calendar_build.work_dir.rglob("*.log")]
    assert logs
    assert not [path for path in logs if "wrong-secret" in path.read_text()]


def test_a_database_that_is_away_may_come_back(fresh_warehouse: Warehouse, tmp_path: Path) -> None:
    url = fresh_warehouse.url_as("pipeline").set(port=1)
    with pytest.raises(BuildError, match="cannot be reached") as caught:
        dbt.build(url, SCHEMA, VARIABLES, tmp_path)
    assert caught.value.retry


def test_dbt_ends_with_its_parent(calendar_build: Build, module_warehouse: Warehouse) -> None:
    """The parent is killed while dbt waits for a table that somebody holds: dbt and its backend go too."""
    program = (
        "import sys; from pathlib import Path; from sqlalchemy import make_url\n"
        "from care_reviews import dbt\n"
        f"url, schema, given = make_url(sys.argv[1]), sys.argv[2], {VARIABLES!r}\n"
        "dbt.build(url, schema, given, Path(sys.argv[3]))"
    )
    url = module_warehouse.url_as("pipeline").render_as_string(hide_password=False)
    waiting = text(
        "select count(*) from pg_stat_activity where application_name = 'care-reviews'"
        " and usename like '%pipeline%' and wait_event_type = 'Lock' and datname = current_database()"
    )

    def is_waiting() -> bool:
        with module_warehouse.engine.connect() as watcher:
            return bool(watcher.scalar(waiting))

    with module_warehouse.engine.connect() as holder:
        holder.execute(text("lock table landing.lcs__dim_person in access exclusive mode"))
        parent = subprocess.Popen([sys.executable, "-c", program, url, SCHEMA, str(calendar_build.work_dir)])
        try:
            assert eventually(is_waiting)
        finally:
            os.kill(parent.pid, signal.SIGKILL)
            parent.wait()
        assert eventually(lambda: not is_waiting())


def eventually(holds: Callable[[], bool], seconds: float = 120) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.2)
    return False


def an_extract(warehouse: Warehouse, status: str, run: str = "run") -> None:
    with warehouse.engine.begin() as connection:
        connection.execute(
            text(
                "insert into audit.extract (authority_code, as_known, run_id, status)"
                " values (:authority_code, :as_known, :run_id, :status)"
            ),
            {**vars(a_night(31, run)), "status": status},
        )


def test_the_build_step_notes_its_invocation(
    connected: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(get_settings(), "home", tmp_path)
    an_extract(connected, "landed")
    result = build(a_night(31))
    with connected.engine.connect() as connection:
        noted = connection.scalar(text("select dbt_invocation_id from audit.extract"))
    assert noted == result.invocation_id


def test_nothing_is_built_before_it_has_landed(connected: Warehouse) -> None:
    an_extract(connected, "extracted")
    with pytest.raises(NightRefusedError, match="has not landed"):
        build(a_night(31))


def test_a_run_that_was_overtaken_builds_nothing(connected: Warehouse) -> None:
    an_extract(connected, "landed")
    an_extract(connected, "landed", run="newer")
    with pytest.raises(NightRefusedError, match="is not the current one"):
        build(a_night(31))
