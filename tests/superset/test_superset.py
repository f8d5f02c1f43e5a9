"""The bundle imports unchanged, and every chart gives what the views of its publication hold."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from sqlalchemy import text

from care_reviews.board.measures import HEADLINES
from care_reviews.superset import dashboard
from tests.superset.conftest import NAME, Asked

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200), pytest.mark.xdist_group("pages")]

Rows = list[dict[str, Any]]
Columns = dict[str, str | Callable[[dict[str, Any]], Any]]
TREND = {
    "period_end": "period_end",
    "Value": "value",
    "Centre": "centre",
    "Upper limit": "upper_limit",
    "Lower limit": "lower_limit",
    "Target": "target",
    "Upper target": "target_upper",
}


class Views:
    """The rows of the views as bi_reader has them."""

    def __init__(self, asked: Asked) -> None:
        with asked.reader.connect() as connection:
            self.trend, self.values, self.compared, self.definitions, self.categories = (
                [dict(row) for row in connection.execute(text(f"select * from published.{view}")).mappings()]
                for view in ("kpi_trend", "kpi_value", "kpi_comparison", "kpi_definition", "dim_category")
            )

    def named(self, row: dict[str, Any]) -> dict[str, Any]:
        """A row with its measure's name and place, as they were defined on its day."""
        (found,) = (
            {"name": one["name"], "sort_order": one["sort_order"]}
            for one in self.definitions
            if one["measure_id"] == row["measure_id"]
            and one["valid_from"] <= row["period_end"] <= (one["valid_to"] or dt.date.max)
        )
        return row | found


@pytest.fixture(scope="module")
def views(asked: Asked) -> Views:
    return Views(asked)


def plain(value: Any) -> Any:
    """A value as Superset writes it: days as milliseconds, numbers as floats."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, dt.date):
        return int(dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC).timestamp() * 1000)
    return round(float(value), 4)


def rows_of(asked: Asked, name: str) -> Rows:
    """What a chart gave."""
    found = asked.charts[asked.place.of_council("chart", name)]
    assert found["status"] == 200, found["error"]
    (rows,) = found["rows"]
    return [{column: plain(value) for column, value in row.items()} for row in rows]


def expected(rows: Rows, columns: Columns) -> Rows:
    return [
        {name: plain(of(row) if callable(of) else row[of]) for name, of in columns.items()} for row in rows
    ]


def test_there_is_one_dashboard_with_every_chart(asked: Asked) -> None:
    assert asked.dashboards == [f"Independent Reviewing Service, {NAME}"]
    names = dashboard.charts(asked.place)
    assert set(asked.charts) == {asked.place.of_council("chart", name) for name in names}
    assert len(names) > 15


def test_the_bundle_holds_no_password(asked: Asked) -> None:
    password = str(asked.reader.url.password)
    with zipfile.ZipFile(io.BytesIO(asked.bundle)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not [name for name, words in files.items() if password in words]
    database = yaml.safe_load(files["care_reviews_superset/databases/care_reviews.yaml"])
    assert "bi_reader@" in database["sqlalchemy_uri"]


@pytest.mark.parametrize("measure", HEADLINES)
def test_a_trend_is_that_of_the_view(asked: Asked, views: Views, measure: str) -> None:
    rows = [row for row in views.trend if row["measure_id"] == measure]
    columns: Columns = {"Signal": lambda row: row["value"] if row["is_signal"] else None, **TREND}
    assert rows_of(asked, f"trend_{measure}") == expected(
        sorted(rows, key=lambda row: row["period_end"]), columns
    )
    assert rows


def test_trends_have_values_limits_and_signals(asked: Asked) -> None:
    """So that the comparisons above have something to find."""
    rows = [row for measure in HEADLINES for row in rows_of(asked, f"trend_{measure}")]
    assert all(any(row[name] is not None for row in rows) for name in (*TREND, "Signal"))


@pytest.mark.parametrize(("measure", "grain", "breakdown"), dashboard.CATEGORIES)
def test_categories_are_those_of_the_view_in_their_order(
    asked: Asked, views: Views, measure: str, grain: str, breakdown: str
) -> None:
    of_measure = [row for row in views.values if (row["measure_id"], row["period_grain"]) == (measure, grain)]
    newest = max(row["period_end"] for row in of_measure)
    order = {row["category"]: row["sort_order"] for row in views.categories if row["breakdown"] == breakdown}
    rows = [row for row in of_measure if (row["period_end"], row["breakdown"]) == (newest, breakdown)]
    rows.sort(key=lambda row: order[row["category"]])
    columns: Columns = {"category": "category", "Value": "value", "Order": lambda row: order[row["category"]]}
    assert rows_of(asked, f"{measure}_by_{breakdown}") == expected(rows, columns)
    assert rows


def test_the_newest_months_are_those_of_the_view(asked: Asked, views: Views) -> None:
    newest = max(row["period_end"] for row in views.trend)
    rows = [row for row in views.trend if row["period_end"] == newest and row["measure_id"] in HEADLINES]
    columns: Columns = {name: name for name in (*dashboard.NEWEST, *dashboard.LEDGER)}
    named = [views.named(row) | {"symbol": row["symbol"] if row["value"] is None else None} for row in rows]
    named.sort(key=lambda row: row["sort_order"])
    assert rows_of(asked, "headlines") == expected(named, columns)
    assert len(named) > 5


def test_the_years_are_those_of_the_view(asked: Asked, views: Views) -> None:
    newest = max(row["period_end"] for row in views.compared if row["period_grain"] == "financial_year")
    rows = [
        views.named(row)
        for row in views.compared
        if row["measure_id"] in HEADLINES
        and row["period_end"] == newest
        and row["breakdown"] == "all"
        and row["period_grain"] in ("financial_year", "snapshot")
    ]
    rows.sort(key=lambda row: (row["sort_order"], row["period_grain"]))
    columns: Columns = {name: name for name in (*dashboard.YEARS, *dashboard.LEDGER)}
    assert rows_of(asked, "years") == expected(rows, columns)
    assert len(rows) > 5


def test_what_is_suppressed_is_asked_for_and_not_given(asked: Asked, views: Views) -> None:
    """So that the comparisons above have something to find."""
    suppressed = [
        (measure, breakdown)
        for measure, grain, breakdown in dashboard.CATEGORIES
        for row in views.values
        if (row["measure_id"], row["period_grain"], row["breakdown"]) == (measure, grain, breakdown)
        and row["symbol"] == "c"
    ]
    assert suppressed
    assert any(row["Value"] is None for name in suppressed for row in rows_of(asked, "_by_".join(name)))


def test_charts_draw_what_they_ask_for(asked: Asked) -> None:
    """What a browser asks is built from `params`: the same columns, numbers and filters."""
    for name, chart in dashboard.charts(asked.place).items():
        drawn = asked.charts[asked.place.of_council("chart", name)]["params"]
        (query,) = yaml.safe_load(chart["query_context"])["queries"]
        where = [(each["subject"], each["operator"], each["comparator"]) for each in drawn["adhoc_filters"]]
        assert where == [(each["col"], each["op"], each["val"]) for each in query["filters"]]
        assert ("authority_code", "==", asked.place.authority_code) in where
        if drawn["viz_type"] == "table":
            assert drawn["all_columns"] == query["columns"]
        else:
            assert [drawn["x_axis"]] == query["columns"]
            order = [drawn["timeseries_limit_metric"]] if "timeseries_limit_metric" in drawn else []
            assert drawn["metrics"] + order == query["metrics"]
