"""What a reader can add up in published cells, written down from the definitions of the measures alone.

A term is a number of a cell: ("n", cell) its numerator, ("d", cell) its denominator. Months have terms beside
those of their cells, for not all of them are published: ("n", measure, first day).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from care_reviews.disclosure.cells import CellKey

Term = tuple[Any, ...]
# Factors and terms that make up 0.
Sum = list[tuple[int, Term]]

REVIEWS = ["written_to_child", "child_co_chaired", "child_spoken_to_before", "social_work_report_received"]
SHARES = ["participation", "participation_not", "participation_not_recorded"]
# Measures whose denominators are the same, and those whose numerator is it.
SAME_DENOMINATOR = [
    [*SHARES, "attendance"],
    REVIEWS,
    ["smart_rating", "smart_rating_not_recorded", "child_focused"],
    ["review_timeliness_children", "review_up_to_date", "placements_three_or_more", "chair_changes"],
    ["alert_days_to_resolve_median", "alert_days_to_resolve_p90"],
]
COUNTED = {
    "written_to_child": "reviews_held",
    "review_up_to_date": "children_looked_after",
    "progress_update_with_child": "progress_update_coverage",
    "alerts_raised_concluded": "alerts_raised",
}
CHILDREN = {
    "children_started",
    "children_ceased",
    "alert_children_raised",
    "alert_children_completed",
    "alert_repeat_children",
}
DAYS = {"alert_days_to_resolve_median", "alert_days_to_resolve_p90"}
CODES = {
    "participation": "PN1 PN2 PN3 PN5 PN6",
    "participation_not": "PN4 PN7",
    "attendance": "PN1 PN2 PN3 PN4",
}


def equal(one: Term, other: Term) -> Sum:
    return [(1, one), (-1, other)]


def total(parts: Iterable[Term], whole: Term) -> Sum:
    return [*((1, part) for part in parts), (-1, whole)]


def between_measures(cells: set[CellKey]) -> Iterator[Sum]:
    for cell in cells:

        def of(measure: str, cell: CellKey = cell, **other: Any) -> CellKey:
            return cell._replace(measure_id=measure, **other)

        is_whole = cell.breakdown == "all"
        for first, *others in SAME_DENOMINATOR:
            if cell.measure_id in others:
                yield equal(("d", cell), ("d", of(first)))
        if cell.measure_id in COUNTED:
            yield equal(("d", cell), ("n", of(COUNTED[cell.measure_id])))
        if cell.measure_id == "participation":
            yield total((("n", of(measure)) for measure in SHARES), ("d", cell))
        if cell.measure_id == "alerts_per_100_children":
            yield equal(("n", cell), ("n", of("alerts_raised")))
            on_day = cell._replace(period_grain="snapshot", period_start=cell.period_end)
            yield equal(("d", cell), ("n", of("children_looked_after", on_day)))
        if cell.measure_id == "children_rate_per_10k":
            yield equal(("n", cell), ("n", of("children_looked_after")))
        if is_whole and cell.measure_id in ("alerts_by_type", "alerts_by_stage", "alerts_by_agency"):
            yield equal(("n", cell), ("n", of("alerts_raised")))
        if is_whole and cell.measure_id == "participation_by_code":
            yield equal(("n", cell), ("d", of("participation")))
        if is_whole and cell.measure_id in CODES and cell.period_grain == "financial_year":
            by_code = of("participation_by_code", breakdown="participation_code")
            parts = (("n", by_code._replace(category=code)) for code in CODES[cell.measure_id].split())
            yield total(parts, ("n", cell))
        if is_whole and cell.measure_id == "children_looked_after_uasc":
            yield equal(("n", cell), ("n", of("children_looked_after", breakdown="uasc", category="UASC")))
        if is_whole and cell.measure_id == "permanence_plan_at_second_review":
            second = of("reviews_held", breakdown="review_sequence", category="Second")
            if second in cells:
                yield equal(("d", cell), ("n", second))
        if is_whole and cell.measure_id == "caseload_per_fte":
            apart = ("caseload_looked_after_per_fte", "caseload_protection_per_fte")
            yield total((("n", of(measure)) for measure in apart), ("n", cell))
            yield equal(("n", of(apart[0])), ("n", of("children_looked_after")))


# The number of the first measure is never above that of the second.
NOT_ABOVE = [
    ("d", "participation", "n", "reviews_held"),
    ("n", "smart_rating_not_recorded", "left", "smart_rating"),
    ("n", "review_timeliness_children", "n", "review_up_to_date"),
    ("left", "review_up_to_date", "n", "overdue_reviews"),
    ("d", "review_timeliness_children_due", "n", "children_looked_after"),
    ("n", "children_looked_after_uasc", "n", "children_looked_after_uasc_12_months"),
    ("n", "children_looked_after_uasc_12_months", "n", "children_looked_after"),
    ("n", "children_started", "n", "periods_started"),
    ("n", "children_ceased", "n", "periods_ceased"),
    ("n", "alert_children_raised", "n", "alerts_raised"),
    ("n", "alert_children_completed", "n", "alerts_concluded"),
    ("n", "alert_repeat_children", "n", "alert_children_raised"),
    ("n", "review_timeliness_children_due", "n", "review_timeliness_children"),
    ("left", "review_timeliness_children_due", "left", "review_timeliness_children"),
    ("d", "chair_allocated_within_5_days", "n", "periods_started"),
    ("d", "alert_days_to_resolve_median", "n", "alerts_raised"),
    ("d", "alert_resolved_within_20_days", "d", "alert_days_to_resolve_median"),
    ("n", "alert_resolved_within_20_days", "n", "alerts_raised_concluded"),
    ("d", "progress_update_coverage", "n", "reviews_held"),
    ("d", "permanence_plan_at_second_review", "d", "progress_update_coverage"),
    ("d", "placement_long_term_stable", "n", "children_looked_after"),
    ("n", "attendance", "left", "participation_not_recorded"),
]
# Denominators that leave out what may still be in time, of which nothing is left some weeks later.
SETTLED = [
    ("record_within_15_days", "outcomes_within_5_days"),
    ("record_distributed_within_20_days", "outcomes_within_5_days"),
    ("alert_resolved_within_20_days", "alert_days_to_resolve_median"),
]
WEEKS = dt.timedelta(weeks=6)


# Of these what is left is children who were late, or whose reviews were: no less a secret when it is small.
LATE = {measure for _, measure, _, _ in NOT_ABOVE if "timeliness" in measure or "up_to_date" in measure}


def late(cells: Iterable[CellKey]) -> Iterator[tuple[Term, Term, Term]]:
    """What is left of two measures of timeliness, the greater and the lesser that it is left of."""
    there = set(cells)
    for kind, measure, of_kind, of_measure in NOT_ABOVE:
        for cell in there:
            whole = cell._replace(measure_id=of_measure)
            if cell.measure_id == measure and measure in LATE and whole in there:
                yield ("late", cell, kind, of_measure), (of_kind, whole), (kind, cell)


def within_others(cells: set[CellKey]) -> Iterator[tuple[Sum, bool]]:
    """What is left when the first is taken from the second, and whether that may be more than none."""
    for kind, measure, of_kind, of_measure in NOT_ABOVE:
        for cell in cells:
            whole = cell._replace(measure_id=of_measure)
            if cell.measure_id == measure and whole in cells:
                is_old = cell.breakdown == "age_band" and cell.category[:1] in "51"
                is_all = measure == "participation" and is_old and cell.category != "1 to 4"
                yield [(1, (of_kind, whole)), (-1, (kind, cell))], not is_all
    for cell in cells:
        raised = cell._replace(measure_id="alerts_raised", breakdown="all", category="all")
        if cell.measure_id == "alerts_by_category" and cell.breakdown != "all" and raised in cells:
            yield [(1, ("n", raised)), (-1, ("n", cell))], True


def of_settled_spans(cells: set[CellKey]) -> Iterator[Sum]:
    """What is the same in spans that were over weeks before the newest month was."""
    newest = max(cell.period_end for cell in cells)
    for cell in cells:
        for measure, other in SETTLED:
            beside = cell._replace(measure_id=other)
            if cell.measure_id == measure and cell.period_end + WEEKS < newest and beside in cells:
                yield equal(("d", cell), ("d", beside))


# How many tenths of the alerts took no longer than the days; of what takes 20 a weekend may be too late.
TENTHS = {"alert_days_to_resolve_median": 5, "alert_days_to_resolve_p90": 9}
ONE: Term = ("one",)


def of_days(days: Mapping[CellKey, tuple[int | None, int]]) -> Iterator[Sum]:
    """What is left over of how many alerts there are at least, or at most, by the days that are shown and the
    number of alerts that they are of.
    """
    for cell, (took, alerts) in days.items():
        reached = -(-alerts * TENTHS[cell.measure_id] // 10)
        in_time, concluded = (
            ("n", cell._replace(measure_id=measure))
            for measure in ("alert_resolved_within_20_days", "alerts_raised_concluded")
        )
        if took is not None:
            yield [(1, concluded), (-reached, ONE)]
        if took is not None and took < 20:
            yield [(1, in_time), (-reached, ONE)]
        if took is None or took > 20:
            yield [(reached - 1, ONE), (-1, in_time)]


def of_children_over_time(cells: set[CellKey]) -> Iterator[Sum]:
    """By how many the children of the months of a span are more than its own: some are in two of them."""
    whole = [cell for cell in cells if cell.measure_id in CHILDREN and cell.breakdown == "all"]
    of = {(cell.measure_id, cell.period_start): cell for cell in whole if cell.period_grain == "month"}
    for cell in whole:
        months = [(cell.measure_id, first) for first in months_between(cell.period_start, cell.period_end)]
        if cell.period_grain != "month" and of.keys() >= set(months):
            yield total((("n", of[month]) for month in months), ("n", cell))


def of_later_reviews(cells: set[CellKey]) -> Iterator[Sum]:
    """Every review but a first one ends an interval."""
    for cell in cells:
        first = cell._replace(measure_id="reviews_held", breakdown="review_sequence", category="First")
        if cell.measure_id == "progress_update_coverage" and cell.breakdown == "all" and first in cells:
            held = cell._replace(measure_id="reviews_held")
            yield total([("d", cell), ("n", first)], ("n", held))


def between_categories(cells: set[CellKey], of_shares: set[CellKey]) -> Iterator[tuple[Sum, bool]]:
    """The sums, and whether the parts may be more than the whole."""
    rows = defaultdict(list)
    for cell in cells:
        if cell.breakdown != "all":
            rows[cell._replace(category="all")].append(cell)
        if cell.breakdown == "age_band_by_sex":
            age, sex = cell.category.split(", ")
            age = "Not known" if age == "Age not known" else age
            sex = "Not known" if sex == "sex not known" else sex.capitalize()
            rows[cell._replace(breakdown="age_band", category=age)].append(cell)
            rows[cell._replace(breakdown="sex", category=sex)].append(cell)
    for row, parts in rows.items():
        whole = row if row in cells else row._replace(breakdown="all")
        if row.measure_id not in DAYS:
            yield total((("n", part) for part in parts), ("n", whole)), row.measure_id in CHILDREN
        if whole in of_shares:
            yield total((("d", part) for part in parts), ("d", whole)), False


def between_times(cells: set[CellKey], of_shares: set[CellKey]) -> Iterator[Sum]:
    """Months make up everything longer."""
    for cell in cells:
        measure, start, end = cell.measure_id, cell.period_start, cell.period_end
        if cell.period_grain == "snapshot":
            if measure != "review_timeliness_reviews":
                continue
            start = dt.date(end.year if end.month > 3 else end.year - 1, 4, 1)
        if cell.breakdown != "all":
            continue
        for kind in "nd" if cell in of_shares else "n":
            if (measure in CHILDREN or measure in DAYS) and kind == "n":
                continue
            if measure == "alerts_per_100_children":
                continue
            months = [(kind, measure, month) for month in months_between(start, end)]
            yield total(months, (kind, cell))
    for cell in cells:
        if cell.period_grain == "financial_year" and cell.breakdown == "all":
            same = cell._replace(period_grain="rolling_12_months")
            if same in cells:
                yield equal(("n", cell), ("n", same))


STOCKS = {
    "children_looked_after": ("periods_started", "periods_ceased"),
    "alerts_open": ("alerts_raised", "alerts_concluded"),
}


def between_days(cells: set[CellKey]) -> Iterator[Sum]:
    """Who is there on a day was there a month or a year before, or came since, and has not left."""
    for cell in cells:
        if cell.measure_id not in STOCKS or cell.period_grain != "snapshot":
            continue
        month = cell.period_end.replace(day=1)
        if cell.breakdown == "all":
            flows: list[Term] = [("n", measure, month) for measure in STOCKS[cell.measure_id]]
            yield from came_and_left(cell, month, flows, cells)
        if cell.breakdown in ("all", "sex", "ethnicity") and month.month == 3:
            start = month.replace(year=month.year - 1, month=4)
            year = cell._replace(period_grain="financial_year", period_start=start)
            in_year = [year._replace(measure_id=measure) for measure in STOCKS[cell.measure_id]]
            if cells.issuperset(in_year):
                yield from came_and_left(cell, start, [("n", each) for each in in_year], cells)


def came_and_left(cell: CellKey, start: dt.date, flows: list[Term], cells: set[CellKey]) -> Iterator[Sum]:
    day = start - dt.timedelta(days=1)
    before = cell._replace(period_start=day, period_end=day)
    if before in cells:
        came, left = flows
        yield [(1, ("n", cell)), (-1, ("n", before)), (-1, came), (1, left)]


def months_between(start: dt.date, end: dt.date) -> list[dt.date]:
    """The first days of the months from one day to another."""
    count = (end.year - start.year) * 12 + end.month - start.month + 1
    numbers = [start.year * 12 + start.month - 1 + step for step in range(count)]
    return [dt.date(number // 12, number % 12 + 1, 1) for number in numbers]
