"""Titles of groups of measures and of breakdowns, and their order."""

from __future__ import annotations

from care_reviews.measure_words import (
    breakdown_place,
    breakdown_title,
    group_place,
    group_title,
    group_titles,
)
from care_reviews.validation.code_lists import seed


def test_every_group_has_a_title_and_a_place() -> None:
    assert {row["measure_group"] for row in seed("measure_definition")} == {*group_titles()}
    ordered = sorted(["new", "workforce", "children", "another"], key=group_place)
    assert ordered == ["children", "workforce", "another", "new"]
    assert group_title("alerts") == "Care planning alerts"
    assert group_title("new") == "New"


def test_every_breakdown_has_a_title_and_a_place() -> None:
    assert sorted(["age_band", "new", "quadrant"], key=breakdown_place) == ["quadrant", "age_band", "new"]
    assert breakdown_title("quadrant") == "Area"
    assert breakdown_title("new_one") == "New one"
