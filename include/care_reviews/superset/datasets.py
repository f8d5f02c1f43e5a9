"""The connection and the datasets of a bundle: a view of `published`, or a query on several of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import URL

from care_reviews.marts import Mart, MartColumn, read_marts
from care_reviews.superset.names import Place

QUERIES = Path(__file__).with_name("queries")
DRIVER = "postgresql+psycopg2"
VERSION = "1.0.0"


@dataclass(frozen=True)
class Dataset:
    """A dataset. `mart`: whose columns it has, with their descriptions; `joined`: the mart of those that its
    query adds. `metrics`: how rows are brought together, by name; a chart asks for one row at a time, so that
    the largest is the only one.
    """

    name: str
    mart: str
    description: str
    metrics: dict[str, str]
    joined: dict[str, str] = field(default_factory=dict)

    @property
    def sql(self) -> str | None:
        """Its query; None for a view as it is."""
        return (QUERIES / f"{self.name}.sql").read_text(encoding="utf-8") if self.joined else None


DEFINED = {"name": "kpi_definition", "sort_order": "kpi_definition"}
VALUE = {"Value": "max(value)"}
TREND = VALUE | {
    "Signal": "max(value) filter (where is_signal)",
    "Centre": "max(centre)",
    "Upper limit": "max(upper_limit)",
    "Lower limit": "max(lower_limit)",
    "Target": "max(target)",
    "Upper target": "max(target_upper)",
}
DATASETS = {
    "kpi_trend": Dataset("kpi_trend", "kpi_trend", "Each measure month by month.", TREND),
    "headlines": Dataset("headlines", "kpi_trend", "The newest month of each measure.", VALUE, DEFINED),
    "categories": Dataset(
        "categories",
        "kpi_value",
        "The newest snapshot and financial year of each measure by category.",
        VALUE | {"Order": "min(sort_order)"},
        {"sort_order": "dim_category"},
    ),
    "years": Dataset(
        "years", "kpi_comparison", "The newest financial year beside the year before.", VALUE, DEFINED
    ),
}
# What publication adds to every view.
LEDGER = (
    MartColumn("publication_id", "bigint", "The publication, as in published.publication."),
    MartColumn("as_known", "date", "Last whole day that the publication covers: the night."),
)


def database(place: Place) -> dict[str, Any]:
    """The connection, without its password, which Superset is given after the import."""
    at = place.warehouse
    url = URL.create(DRIVER, at.username, None, at.host, at.port, at.database, at.query)
    return {
        "database_name": place.database_name,
        "sqlalchemy_uri": url.render_as_string(),
        "expose_in_sqllab": True,
        "allow_run_async": False,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_dml": False,
        "allow_file_upload": False,
        "extra": {"allows_virtual_table_explore": True},
        "uuid": place.of_warehouse("database"),
        "version": VERSION,
    }


def datasets(place: Place) -> Iterator[dict[str, Any]]:
    """Every dataset."""
    marts = {mart.name: mart for mart in read_marts()}
    for each in DATASETS.values():
        yield {
            "table_name": each.name,
            "schema": "published",
            "sql": each.sql,
            "description": f"{each.description} As the newest publication that stands has it.",
            "main_dttm_col": "period_end",
            "columns": [_column(column) for column in _columns(each, marts)],
            "metrics": [
                {"metric_name": name, "verbose_name": name, "expression": expression}
                for name, expression in each.metrics.items()
            ],
            "uuid": dataset_uuid(place, each.name),
            "version": VERSION,
            "database_uuid": place.of_warehouse("database"),
        }


def dataset_uuid(place: Place, name: str) -> str:
    """The UUID of a dataset."""
    return place.of_warehouse("dataset", name)


def _columns(each: Dataset, marts: dict[str, Mart]) -> list[MartColumn]:
    known = {column.name: column for column in (*marts[each.mart].columns, *LEDGER)}
    if each.sql is None:
        return list(known.values())
    for name, mart in each.joined.items():
        known[name] = next(column for column in marts[mart].columns if column.name == name)
    return [known[name] for name in _selected(each.sql)]


def _selected(sql: str) -> list[str]:
    """The columns that a query gives, of which it names each on a line."""
    lines = sql.partition("\nselect\n")[2].partition("\nfrom ")[0].splitlines()
    return [line.rstrip(",").split()[-1].rpartition(".")[2] for line in lines]


def _column(column: MartColumn) -> dict[str, Any]:
    is_number = column.data_type.startswith(("numeric", "integer", "bigint"))
    return {
        "column_name": column.name,
        "verbose_name": column.name.replace("_", " ").capitalize(),
        "type": column.data_type.upper(),
        "is_dttm": column.data_type == "date",
        "groupby": not is_number,
        "filterable": True,
        "description": column.description,
    }
