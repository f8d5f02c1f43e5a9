"""The kinds of charts of a bundle: what Superset draws (`params`) and what it asks for (`query_context`)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from care_reviews.superset.datasets import TREND, VERSION, dataset_uuid
from care_reviews.superset.names import Place

ROWS = 10_000
MONTH, DAY = "%b %Y", "%d %b %Y"
NUMBER = ",.1~f"
ANEW = "Each month end counts from 1 April, so that points of two reporting years are not joined."
# Columns of tables that hold values of measures.
MEASURED = ("value", "value_last_year", "difference", "target", "target_upper")
Filter = tuple[str, str, Any]
# Superset writes its own number of the dataset here when it imports the chart.
_SOURCE = {"id": 1, "type": "table"}


@dataclass(frozen=True)
class Chart:
    """A chart before it has its UUID. `drawn`: the part of `params` that is its kind's own."""

    title: str
    description: str
    dataset: str
    kind: str
    filters: tuple[Filter, ...]
    columns: tuple[str, ...]
    metrics: tuple[str, ...]
    order: tuple[str, ...]
    drawn: dict[str, Any]


def trend(measure_id: str, title: str, unit: str, description: str, counts_anew: bool = False) -> Chart:
    """A measure month by month with its centre, limits and target, of a band both ends; months that are
    signals once more. `counts_anew`: that its values begin again with each reporting year.

    One chart of lines: Superset's mixed charts draw a line across months that have no value. What counts anew
    is points alone, as a line cannot be broken where a value follows.
    """
    kind = "scatter" if counts_anew else "line"
    return Chart(
        title=title,
        description=f"{description}. {ANEW}" if counts_anew else description,
        dataset="kpi_trend",
        kind=f"echarts_timeseries_{kind}",
        filters=(("measure_id", "==", measure_id),),
        columns=("period_end",),
        metrics=tuple(TREND),
        order=("period_end",),
        drawn={
            "x_axis": "period_end",
            "x_axis_time_format": MONTH,
            "tooltipTimeFormat": DAY,
            "metrics": list(TREND),
            "groupby": [],
            "seriesType": kind,
            "markerEnabled": True,
            "markerSize": 5,
            "show_legend": True,
            "legendOrientation": "bottom",
            "rich_tooltip": True,
            "truncateYAxis": True,
            "y_axis_format": NUMBER,
            "y_axis_title": unit.replace("_", " ").capitalize(),
            "y_axis_title_position": "Left",
            "y_axis_title_margin": 40,
        },
    )


def bars(measure_id: str, grain: str, breakdown: str, title: str, description: str) -> Chart:
    """A measure's categories in their order."""
    return Chart(
        title=title,
        description=description,
        dataset="categories",
        kind="echarts_timeseries_bar",
        filters=(
            ("measure_id", "==", measure_id),
            ("period_grain", "==", grain),
            ("breakdown", "==", breakdown),
        ),
        columns=("category",),
        metrics=("Value", "Order"),
        order=("Order",),
        drawn={
            "x_axis": "category",
            "metrics": ["Value"],
            "timeseries_limit_metric": "Order",
            "x_axis_sort": "Order",
            "x_axis_sort_asc": True,
            "groupby": [],
            "orientation": "vertical",
            "show_value": True,
            "show_legend": False,
            "y_axis_format": NUMBER,
        },
    )


def table(
    title: str,
    description: str,
    dataset: str,
    columns: Sequence[str],
    order: Sequence[str],
    filters: Sequence[Filter] = (),
) -> Chart:
    """Rows as they are."""
    return Chart(
        title=title,
        description=description,
        dataset=dataset,
        kind="table",
        filters=tuple(filters),
        columns=tuple(columns),
        metrics=(),
        order=tuple(order),
        drawn={
            "query_mode": "raw",
            "all_columns": list(columns),
            "order_by_cols": [json.dumps([column, True]) for column in order],
            "table_timestamp_format": DAY,
            "include_search": False,
            "column_config": {column: {"d3NumberFormat": NUMBER} for column in columns if column in MEASURED},
            "show_cell_bars": False,
            "color_pn": False,
        },
    )


def written(place: Place, chart: Chart, name: str) -> dict[str, Any]:
    """A chart as its YAML file holds it, of the place's council alone."""
    filters = (("authority_code", "==", place.authority_code), *chart.filters)
    where = [_drawn_filter(*each) for each in filters]
    params = {
        "viz_type": chart.kind,
        "datasource": "1__table",
        "adhoc_filters": where,
        "row_limit": ROWS,
        **chart.drawn,
    }
    asked = {
        "datasource": _SOURCE,
        "force": False,
        "queries": [_query(chart, filters)],
        "form_data": params,
        "result_format": "json",
        "result_type": "full",
    }
    return {
        "slice_name": chart.title,
        "description": chart.description,
        "viz_type": chart.kind,
        "params": params,
        "query_context": json.dumps(asked, sort_keys=True),
        "cache_timeout": None,
        "uuid": place.of_council("chart", name),
        "version": VERSION,
        "dataset_uuid": dataset_uuid(place, chart.dataset),
    }


def _drawn_filter(column: str, operator: str, value: Any) -> dict[str, Any]:
    return {
        "clause": "WHERE",
        "expressionType": "SIMPLE",
        "subject": column,
        "operator": operator,
        "operatorId": {"==": "EQUALS", "IN": "IN"}[operator],
        "comparator": value,
    }


def _query(chart: Chart, filters: Sequence[Filter]) -> dict[str, Any]:
    return {
        "columns": list(chart.columns),
        "metrics": list(chart.metrics) or None,
        "filters": [{"col": column, "op": operator, "val": value} for column, operator, value in filters],
        "orderby": [[column, True] for column in chart.order],
        "row_limit": ROWS,
    }
