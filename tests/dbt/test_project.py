"""The dbt project as it is written: every model's unit tests pass, and every model that reasons has one."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import holidays
import pytest
import yaml

from care_reviews import dbt
from scripts.bank_holidays import SEED, YEARS, bank_holidays
from tests.conftest import AUTHORITY, Warehouse
from tests.landed import PICTURE

MODELS = dbt.PROJECT / "models"
SCHEMA = f"candidate_{AUTHORITY.lower()}"
VARIABLES = {"authority_code": AUTHORITY, "as_known": "2020-03-31", "extract_id": PICTURE}


def unit_tested() -> dict[str, int]:
    """How many unit tests each model has."""
    found: dict[str, int] = {}
    for path in MODELS.rglob("*_unit_tests.yml"):
        for each in yaml.safe_load(path.read_text())["unit_tests"]:
            found[each["model"]] = found.get(each["model"], 0) + 1
    return found


@pytest.fixture(scope="module")
def built(module_warehouse: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where dbt worked when it built the project."""
    work = Path(tmp_path_factory.mktemp("built"))
    dbt.build(module_warehouse.url_as("pipeline"), SCHEMA, VARIABLES, work)
    return work


def test_every_unit_test_passes(module_warehouse: Warehouse, built: Path) -> None:
    url = module_warehouse.url_as("pipeline")
    result = dbt.run(url, SCHEMA, ["test", "--select", "test_type:unit"], VARIABLES, built)
    assert result.nodes == sum(unit_tested().values())


def test_every_answer_that_leaves_the_source_is_read_by_a_model(built: Path) -> None:
    compiled = [
        path for path in built.rglob("target/compiled/**/models/**/*.sql") if path.parent.suffix != ".yml"
    ]
    assert len(compiled) > 100
    read = "".join(path.read_text() for path in compiled)
    with (dbt.PROJECT / "seeds" / "site_form_map.csv").open(newline="") as file:
        fields = {row["field"] for row in csv.DictReader(file)}
    assert len(fields) > 20
    assert {field for field in fields if f"'{field}'" not in read} == set()


def test_every_model_that_reasons_has_a_unit_test() -> None:
    folders = (MODELS / "intermediate", MODELS / "marts")
    models = {path.stem for folder in folders for path in folder.rglob("*.sql")}
    # The calendar is held against the bank holidays below and by known due dates; the union only lists.
    assert models - set(unit_tested()) == {"int_time__calendar", "int_measure__cells"}


def test_every_measure_is_in_the_union_and_in_the_definitions() -> None:
    measures = {
        path.stem.removeprefix("int_measure__")
        for path in (MODELS / "intermediate" / "measure").glob("*.sql")
        if path.stem != "int_measure__cells"
    }
    union = (MODELS / "intermediate" / "measure" / "int_measure__cells.sql").read_text()
    with (dbt.PROJECT / "seeds" / "measure_definition.csv").open(newline="") as file:
        defined = {row["measure_id"] for row in csv.DictReader(file)}
    assert {word for word in measures if f"'{word}'" in union} == measures == defined


def test_every_mart_says_where_it_goes_and_what_each_column_means() -> None:
    for path in (MODELS / "marts").glob("*.sql"):
        (mart,) = yaml.safe_load(path.with_suffix(".yml").read_text())["models"]
        names = [column["name"] for column in mart["columns"]]
        meta = mart["config"]["meta"]
        assert all(column["description"] and column["data_type"] for column in mart["columns"])
        assert meta["publish"] in ("published", "analysis")
        assert {*meta["key"], *meta.get("pseudonyms", {})} <= {*names}


def test_words_of_a_column_are_written_once() -> None:
    """What two columns share stands in `_shared_words.md`."""
    said = Counter(
        column["description"]
        for path in (MODELS / "marts").glob("*.yml")
        for mart in yaml.safe_load(path.read_text()).get("models", [])
        for column in mart["columns"]
        if "doc(" not in column["description"]
    )
    assert len(said) > 90
    assert [words for words, times in said.items() if times > 1] == []


def test_no_published_column_holds_an_identifier_or_depends_on_the_night() -> None:
    for path in (MODELS / "marts").glob("*.yml"):
        for mart in yaml.safe_load(path.read_text()).get("models", []):
            names = {column["name"] for column in mart["columns"]}
            pseudonyms = mart["config"]["meta"].get("pseudonyms", {})
            assert {name for name in names if name.endswith("_id")} <= {*pseudonyms, "measure_id"}
            assert not names & {"as_known", "publication_id", "age_today", "birth_date"}


@pytest.fixture
def pinned() -> dict[str, str]:
    with SEED.open(newline="", encoding="utf-8") as file:
        return {row["holiday_date"]: row["holiday_name"] for row in csv.DictReader(file)}


def test_the_pinned_bank_holidays_are_those_of_the_library(pinned: dict[str, str]) -> None:
    assert pinned == {day.isoformat(): name for day, name in bank_holidays(YEARS)}


def test_the_pinned_bank_holidays_are_englands(pinned: dict[str, str]) -> None:
    assert YEARS.start == 1990
    assert YEARS.stop - 1 == 2035
    assert {"2020-04-13", "2020-05-08", "2022-09-19", "2023-05-08", "2020-12-25"} <= {*pinned}
    assert "2020-05-04" not in pinned  # moved to 8 May
    scotland = holidays.country_holidays("GB", subdiv="SCT", years=2020)
    assert not {day.isoformat() for day in scotland if "Andrew" in scotland[day]} & {*pinned}
