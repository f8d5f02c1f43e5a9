"""Filling a database: whole, repeatable, and the same history whatever the night."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, inspect, select, text
from typer.testing import CliRunner, Result

from care_reviews.demo import SYNTHETIC, fill_source
from care_reviews.demo.build import build_history
from care_reviews.demo.profiles import load_profile
from care_reviews.demo.tables import metadata
from care_reviews.errors import ConfigurationError
from care_reviews.settings import get_settings

NIGHT = date(2019, 6, 30)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    found = create_engine(f"sqlite:///{tmp_path_factory.mktemp('source') / 'source.db'}")
    yield found
    found.dispose()


def fill(engine: Engine, until: date, seed: int = 1) -> dict[str, int]:
    return fill_source(engine, profile="small_council", seed=seed, until=until, schema=None)


def content(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    with engine.connect() as connection:
        return {
            name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for name, table in metadata.tables.items()
        }


def test_the_tables_are_filled_whole_and_replaced(engine: Engine) -> None:
    counts = fill(engine, NIGHT)
    first = content(engine)
    assert {name: len(rows) for name, rows in first.items()} == counts
    assert all(counts.values())
    assert set(inspect(engine).get_table_names()) == set(metadata.tables)
    later = fill(engine, date(2019, 8, 31))
    assert later["fact_casenotes"] > counts["fact_casenotes"]
    fill(engine, NIGHT)
    assert content(engine) == first, "the same night again, row for row"


def test_another_seed_is_another_council(engine: Engine) -> None:
    fill(engine, NIGHT)
    first = content(engine)["dim_person"]
    fill(engine, NIGHT, seed=2)
    assert content(engine)["dim_person"] != first


def test_a_history_does_not_depend_on_the_night_or_the_process() -> None:
    profile = load_profile("small_council")
    one, other = build_history(profile, 4), build_history(profile, 4)
    for table in metadata.tables:
        assert list(one.rows_at(table, NIGHT)) == list(other.rows_at(table, NIGHT)), table


def test_a_row_of_one_night_stays_until_it_is_corrected_or_deleted() -> None:
    """What was known on a night was known on the night before or has been recorded since."""
    history = build_history(load_profile("small_council"), 1)
    for table in metadata.tables:
        before, after = (set(history.rows_at(table, night)) for night in (NIGHT, date(2019, 7, 1)))
        assert len(before ^ after) < 0.03 * len(after) + 20, table


@pytest.mark.parametrize("until", [date(2017, 3, 31), date(2021, 4, 1)])
def test_a_night_outside_the_covered_days_is_refused(engine: Engine, until: date) -> None:
    with pytest.raises(ConfigurationError, match="covers the nights 2017-04-01 to 2021-03-31"):
        fill(engine, until)


def test_a_failed_fill_leaves_the_last_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'source.db'}")
    counts = fill(engine, NIGHT)

    def fail(message: str) -> None:
        if message.startswith("fact_meetings"):
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="disk is full"):
        fill_source(engine, profile="small_council", seed=1, until=NIGHT, schema=None, progress=fail)
    assert {name: len(rows) for name, rows in content(engine).items()} == counts
    engine.dispose()


@pytest.mark.parametrize("nhs_number", ["4857773456", None])
def test_real_people_are_never_replaced(tmp_path: Path, nhs_number: str | None) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'source.db'}")
    metadata.create_all(engine)
    person = metadata.tables["dim_person"]
    with engine.begin() as connection:
        connection.execute(person.insert().values(dim_person_id=1, nhs_number=nhs_number))
    with pytest.raises(ConfigurationError, match="did not make up"):
        fill(engine, NIGHT)
    assert len(content(engine)["dim_person"]) == 1
    engine.dispose()


def test_facts_without_people_are_not_taken_for_synthetic(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'source.db'}")
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(metadata.tables["fact_meetings"].insert().values(fact_meeting_id=1))
    with pytest.raises(ConfigurationError, match="did not make up"):
        fill(engine, NIGHT)
    assert len(content(engine)["fact_meetings"]) == 1
    engine.dispose()


def test_types_are_the_contract_s() -> None:
    for table in metadata.tables.values():
        for column in table.columns:
            kind = str(column.type)
            if column.name.endswith(("_dttm", "_date")):
                assert kind == "DATETIME", column
            elif column.name.endswith("_id") and column.name not in ("staff_id", "nat_id"):
                assert kind == "BIGINT", column
            else:
                assert kind == "VARCHAR", column


def test_times_are_local_and_dates_may_be_impossible(engine: Engine) -> None:
    fill(engine, NIGHT)
    with engine.connect() as connection:
        held = connection.scalars(text("select min(actual_dttm) from fact_meetings")).one()
        born: Sequence[datetime | None] = connection.scalars(
            select(metadata.tables["dim_person"].c.birth_dttm)
        ).all()
    assert held.startswith("0219-")
    assert all(isinstance(value, datetime) and value.tzinfo is None for value in born if value)


def invoke(path: Path, profile: str) -> Result:
    from care_reviews.cli.demo import app

    url = f"sqlite:///{path / 'source.db'}"
    words = ["source", "--profile", profile, "--until", "2018-03-31", "--source-url", url]
    return CliRunner().invoke(app, words)


def test_the_command_says_that_all_is_synthetic(tmp_path: Path) -> None:
    done = invoke(tmp_path, "small_council")
    assert done.exit_code == 0, done.output
    assert done.output.rstrip().endswith(SYNTHETIC)
    assert "fact_cla_review: " in done.output
    assert "seed 1, as at 2018-03-31" in done.output


@pytest.mark.parametrize(("code", "is_told"), [("E06999001", False), ("E10000030", True), ("", True)])
def test_the_command_says_how_to_run_another_councils_nights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, is_told: bool
) -> None:
    monkeypatch.setenv("CARE_REVIEWS_AUTHORITY_CODE", code)
    get_settings.cache_clear()
    told = "CARE_REVIEWS_AUTHORITY_CODE=E06999001 make night DATE=2018-03-31"
    assert (told in invoke(tmp_path, "small_council").output) == is_told
    get_settings.cache_clear()


def test_the_command_refuses_an_unknown_profile(tmp_path: Path) -> None:
    done = invoke(tmp_path, "nowhere")
    assert isinstance(done.exception, ConfigurationError)
    assert "small_council, surrey_2019_20" in str(done.exception)
