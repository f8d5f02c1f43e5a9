"""The board's dashboard: which charts it has, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from care_reviews.board.measures import HEADLINES
from care_reviews.measure_words import breakdown_title
from care_reviews.report.palette import LIGHT
from care_reviews.superset import charts as kinds
from care_reviews.superset.charts import Chart, written
from care_reviews.superset.datasets import VERSION
from care_reviews.superset.names import Place
from care_reviews.validation.code_lists import seed

# Measure, length of its period, and the breakdown that is shown of it.
CATEGORIES = (
    ("children_looked_after", "snapshot", "quadrant"),
    ("children_looked_after", "snapshot", "age_band"),
    ("children_looked_after", "snapshot", "placement_group"),
    ("review_timeliness_children", "snapshot", "quadrant"),
    ("participation", "financial_year", "quadrant"),
    ("alerts_raised", "financial_year", "quadrant"),
)
NEWEST = (
    "name",
    "period_end",
    "value",
    "unit",
    "symbol",
    "status",
    "target",
    "target_upper",
    "assurance",
    "is_signal",
)
YEARS = (
    "name",
    "period_grain",
    "period_end",
    "value",
    "symbol",
    "value_last_year",
    "symbol_last_year",
    "difference",
    "unit",
    "do_intervals_overlap",
)
LEDGER = ("publication_id", "as_known")
COLOURS = {
    "Value": LIGHT["series"],
    "Signal": LIGHT["signal"],
    "Centre": LIGHT["soft"],
    "Upper limit": LIGHT["last"],
    "Lower limit": LIGHT["last"],
    "Target": LIGHT["second"],
    "Upper target": LIGHT["second"],
}
ABOUT = """## What this shows
The newest publication that stands. Where a value is missing, charts have no mark and tables say why in a
column of symbols: **c** suppressed, **z** not applicable, **x** not available. A month at **Signal** differs
by more than usual variation. A value that is *provisional* may still change, and a signal with it, as much is
recorded late: the first table says of each newest month whether it is; charts draw it like any other.
Definitions are in the warehouse, in `published.kpi_definition`."""
# No chart of categories has its period in its data.
NEWEST_OF = {"snapshot": "newest month end", "financial_year": "newest financial year"}
WHOLE, HEIGHT = 12, 50


def charts(place: Place) -> dict[str, dict[str, Any]]:
    """Every chart as its file holds it, by the file's name."""
    return {name: written(place, chart, name) for name, chart in _charts().items()}


def _charts() -> dict[str, Chart]:
    words = {row["measure_id"]: row for row in seed("measure_definition")}
    headlines = [("measure_id", "IN", list(HEADLINES))]
    made = {
        "headlines": kinds.table(
            "The newest month against target",
            "Each headline measure's newest month, its target and what its usual variation says of it.",
            "headlines",
            (*NEWEST, *LEDGER),
            ("sort_order",),
            headlines,
        )
    }
    for measure in HEADLINES:
        row = words[measure]
        anew = row["periods"] == "snapshot" and row["is_year_to_date"] == "true"
        made[f"trend_{measure}"] = kinds.trend(measure, row["name"], row["unit"], row["description"], anew)
    for measure, grain, breakdown in CATEGORIES:
        row = words[measure]
        title = f"{row['name']} by {breakdown_title(breakdown).lower()}, {NEWEST_OF[grain]}"
        made[f"{measure}_by_{breakdown}"] = kinds.bars(measure, grain, breakdown, title, row["description"])
    made["years"] = kinds.table(
        "This year beside last",
        "Each headline measure's newest financial year, or its 31 March, beside the year before.",
        "years",
        (*YEARS, *LEDGER),
        ("sort_order", "period_grain"),
        headlines,
    )
    return made


def dashboard(place: Place, charts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The dashboard of these charts."""
    title = f"Independent Reviewing Service, {place.authority_name}"
    return {
        "dashboard_title": title,
        "description": "Headline measures of the Independent Reviewing Service, for the board.",
        "css": None,
        "slug": f"care-reviews-{place.authority_code.lower()}",
        "uuid": place.of_council("dashboard"),
        "position": _position(title, charts),
        "metadata": {
            "label_colors": COLOURS,
            "native_filter_configuration": [],
            "cross_filters_enabled": False,
            "refresh_frequency": 0,
            "timed_refresh_immune_slices": [],
            "expanded_slices": {},
        },
        "published": True,
        "version": VERSION,
    }


def _position(title: str, charts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Where everything stands: one row each, charts but the first and the last in pairs."""
    first, *others, last = charts
    rows = [[first], *(others[place : place + 2] for place in range(0, len(others), 2)), [last]]
    made = [_part("MARKDOWN", "about", width=WHOLE, height=HEIGHT // 2, code=ABOUT)]
    numbers = {name: number for number, name in enumerate(charts, 1)}
    found: dict[str, Any] = {}
    for number, row in enumerate(rows):
        for name in row:
            chart = charts[name]
            meta = {"chartId": numbers[name], "uuid": chart["uuid"], "sliceName": chart["slice_name"]}
            part = _part("CHART", name, **meta, width=WHOLE // len(row), height=HEIGHT)
            found[part["id"]] = part
        part = _part("ROW", str(number), background="BACKGROUND_TRANSPARENT")
        made.append(part | {"children": [f"CHART-{name}" for name in row]})
    grid = {"type": "GRID", "id": "GRID_ID", "children": [part["id"] for part in made]}
    return {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": title}},
        "GRID_ID": grid,
        **{part["id"]: part for part in made},
        **found,
    }


def _part(kind: str, name: str, **meta: Any) -> dict[str, Any]:
    return {"type": kind, "id": f"{kind}-{name}", "children": [], "meta": meta}
