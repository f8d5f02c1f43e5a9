"""The project's graph, as dbt reads it: everything in it leads to somebody who reads."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from care_reviews.source.catalog import TABLES, Table
from tests.conftest import Warehouse

PACKAGE = "care_reviews"
LANDING = f"source.{PACKAGE}.landing.lcs__"
# Staged as every table of the source, and judged as it lands; no measure rests on them.
READ_BY_NO_MODEL = {
    f"model.{PACKAGE}.stg_lcs__{table}"
    for table in ("fact_referrals", "fact_care_plans", "fact_casenotes", "fact_forms")
}
COLUMNS = text(
    "select attname, format_type(atttypid, atttypmod) as data_type, "
    "col_description(attrelid, attnum) as words from pg_attribute "
    "where attrelid = cast(:name as regclass) and attnum > 0 and not attisdropped"
)


def read_by(graph: dict[str, Any]) -> set[str]:
    """All that a model or an exposure reads."""
    readers = [node for node in graph["nodes"].values() if node["resource_type"] == "model"]
    readers += graph["exposures"].values()
    return {each for reader in readers for each in reader["depends_on"]["nodes"]}


@pytest.mark.parametrize("kind", ["model", "seed"])
def test_every_one_is_read(graph: dict[str, Any], kind: str) -> None:
    there = {name for name, node in graph["nodes"].items() if node["resource_type"] == kind}
    assert len(there) >= 20
    assert there - read_by(graph) == (READ_BY_NO_MODEL if kind == "model" else set())


@pytest.mark.parametrize("entry", TABLES, ids=lambda entry: entry.name)
def test_what_leaves_the_source_is_staged(graph: dict[str, Any], entry: Table) -> None:
    """Every table has its staging model, and every column stands in it."""
    model = graph["nodes"][f"model.{PACKAGE}.stg_lcs__{entry.name}"]
    assert LANDING + entry.name in model["depends_on"]["nodes"]
    cells, _ = model["raw_code"].split("\nfrom (")
    assert {name for name in entry.names if f"'{name}'" not in cells} == set()


def test_every_source_is_read(graph: dict[str, Any]) -> None:
    assert {*graph["sources"]} - read_by(graph) == set()


def test_lineage_ends_at_a_reader(graph: dict[str, Any]) -> None:
    shown = {each for exposure in graph["exposures"].values() for each in exposure["depends_on"]["nodes"]}
    marts = {name for name, node in graph["nodes"].items() if "marts" in node["fqn"] and is_model(node)}
    assert len(marts) > 9
    assert marts - shown == set()


def test_who_may_not_see_a_mart_is_not_said_to_read_it(graph: dict[str, Any]) -> None:
    """Only analysis and the product itself read what is not published."""
    inner = {
        name
        for name, node in graph["nodes"].items()
        if is_model(node) and node["config"]["meta"].get("publish") != "published"
    }
    reads_inner = {
        exposure["name"]
        for exposure in graph["exposures"].values()
        if inner & {*exposure["depends_on"]["nodes"]}
    }
    assert reads_inner == {
        "analysis_under_pseudonyms",
        "annex_a",
        "disclosure_control",
        "marts_gate",
        "working_lists",
    }


def test_the_marts_gate_reads_every_mart(graph: dict[str, Any]) -> None:
    marts = {name for name, node in graph["nodes"].items() if "marts" in node["fqn"] and is_model(node)}
    (gate,) = (each for each in graph["exposures"].values() if each["name"] == "marts_gate")
    assert marts - {*gate["depends_on"]["nodes"]} == set()


def test_every_macro_is_called(graph: dict[str, Any]) -> None:
    own = {name for name, macro in graph["macros"].items() if macro["package_name"] == PACKAGE}
    callers = [*graph["nodes"].values(), *graph["macros"].values()]
    called = {each for caller in callers for each in caller["depends_on"]["macros"]}
    # The variants of a dispatched macro are called by its name.
    plain = {name for name in own if "__" not in name.rsplit(".", 1)[-1]}
    variants = {name.rsplit("__", 1)[-1] for name in own - plain}
    assert len(plain) > 30
    assert plain - called == set()
    assert variants <= {name.rsplit(".", 1)[-1] for name in plain}


@pytest.mark.parametrize("name", ["publication", "kpi_revision"])
def test_what_publishing_adds_is_described_as_in_the_warehouse(
    graph: dict[str, Any], fresh_warehouse: Warehouse, name: str
) -> None:
    view = {"name": f"published.{name}"}
    with fresh_warehouse.engine.connect() as connection:
        rows = connection.execute(COLUMNS, view).all()
        words = connection.scalar(text("select obj_description(cast(:name as regclass))"), view)
    said = graph["sources"][f"source.{PACKAGE}.published.{name}"]
    assert plain(said["description"]) == plain(str(words))
    assert {
        column: (each["data_type"], plain(each["description"])) for column, each in said["columns"].items()
    } == {row.attname: (row.data_type, plain(row.words)) for row in rows}


def plain(words: str) -> str:
    return " ".join(words.split())


def is_model(node: dict[str, Any]) -> bool:
    return bool(node["resource_type"] == "model")
