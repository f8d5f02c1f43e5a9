"""What the charts of the Superset bundle join with a line, and what not."""

from __future__ import annotations

from sqlalchemy import make_url

from care_reviews.board.measures import HEADLINES
from care_reviews.superset import dashboard
from care_reviews.superset.names import Place
from care_reviews.validation.code_lists import seed


def test_what_counts_from_april_is_points_that_no_line_joins() -> None:
    made = dashboard.charts(Place(make_url("postgresql://reader@here/warehouse"), "E06999001", "A"))
    anew = {row["measure_id"] for row in seed("measure_definition") if row["is_year_to_date"] == "true"}
    assert anew & {*HEADLINES} == {"review_timeliness_children"}
    for measure in HEADLINES:
        chart = made[f"trend_{measure}"]
        kind = "scatter" if measure in anew else "line"
        assert (chart["viz_type"], chart["params"]["seriesType"]) == (f"echarts_timeseries_{kind}", kind)
        assert ("counts from 1 April" in chart["description"]) is (measure in anew)


def test_a_chart_of_categories_says_of_which_period_they_are() -> None:
    made = dashboard.charts(Place(make_url("postgresql://reader@here/warehouse"), "E06999001", "A"))
    titles = {name: chart["slice_name"] for name, chart in made.items() if "_by_" in name}
    assert titles["children_looked_after_by_quadrant"] == "Children looked after by area, newest month end"
    assert titles["participation_by_quadrant"].endswith(", newest financial year")
    assert len(titles) == len(dashboard.CATEGORIES) == len({*titles.values()})
