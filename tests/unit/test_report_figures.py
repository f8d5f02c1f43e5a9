"""What figures of the report say of values that are, and of some that are not, in the publication."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from care_reviews.report.facts import DAY, YEAR, Cell, Compared, Facts, Key, Point, Publication
from care_reviews.report.sections import participation, reviews, summary, workforce
from care_reviews.report.year import Year
from tests.report_definitions import DEFINITIONS, plain

NOW = Year(2019)
NIGHT = dt.date(2020, 4, 30)
PUBLICATION = Publication(2, "A", NIGHT, dt.datetime(2020, 5, 1, tzinfo=dt.UTC), "passed")


def cell(
    measure: str, grain: str, value: str | None, of: tuple[int, int] | None = None, **where: Any
) -> Cell:
    """A cell of the year's end; a value that is one of `cxz` is the symbol in place of one."""
    key = Key(measure, grain, where.pop("end", NOW.end), **where)
    unit = DEFINITIONS[measure].unit
    if value is None or value in "cxz":
        return Cell(key, unit, symbol=value or "x")
    numerator, denominator = of or (None, None)
    return Cell(key, unit, numerator, denominator, Decimal(value), symbol=None)


def beside(measure: str, grain: str, now: str, before: str, overlap: bool | None = None) -> Compared:
    both = (cell(measure, grain, now), cell(measure, grain, before, end=NOW.before.end))
    values = [one.value for one in both]
    gap = None if None in values else values[0] - values[1]  # type: ignore[operator]
    return Compared(*both, gap, do_intervals_overlap=overlap)


def facts_of(*known: Compared, cells: tuple[Cell, ...] = (), points: Any = None, **more: Any) -> Facts:
    found = {one.key: one for each in known for one in (each.now, each.before)}
    found |= {one.key: one for one in cells}
    compared = {one.now.key: one for one in known}
    return Facts(NOW, "A", PUBLICATION, found, compared, points or {}, DEFINITIONS, more, {})


@pytest.mark.parametrize(
    ("reviews", "said"),
    [
        (
            ("98.8", "99.7", False),
            "98.8% were in time: 0.9 percentage points below the year before (99.7%); ",
        ),
        (("98.8", "c", None), "98.8% were in time: last year’s value is not published"),
        (("c", "99.7", None), None),
        (("x", "x", None), None),
    ],
)
def test_at_a_glance_the_reviews_stand_beside_the_year_before_where_the_children_are_hidden(
    reviews: tuple[str, str, bool | None], said: str | None
) -> None:
    facts = facts_of(
        beside("review_timeliness_children", DAY, "97.5", "c"),
        beside("review_timeliness_reviews", YEAR, *reviews),
    )
    tile = summary.section(facts).tiles[2]
    words = plain(tile.beside)
    assert words.startswith("Last year’s value is not published")
    assert ("Of the reviews" in words) is (said is not None)
    assert said is None or said in words


def overdue_of(now: str, before: str, upper: str | None = None) -> Any:
    """The figure of the month ends of two years, a letter or digit each; a blank: not in the publication."""
    ends = (*zip(NOW.month_ends, now, strict=True), *zip(NOW.before.month_ends, before, strict=True))
    cells = tuple(cell("overdue_reviews", DAY, value, end=end) for end, value in ends if value != " ")
    limit = None if upper is None else Decimal(upper)
    limits: dict[str, Any] = {"centre": limit, "lower_limit": limit, "upper_limit": limit}
    points = tuple(Point(one, **limits, is_signal=False) for one in cells[:12])
    return reviews.overdue(facts_of(cells=cells, points={"overdue_reviews": points}))


def test_reviews_overdue_without_a_usual_range_are_a_tile_for_each_month_of_both_years() -> None:
    figure = overdue_of("0c0c00c0cc0c", "00000c00000x")
    assert plain(figure.headline) == "How many reviews were overdue at the year’s end is not published"
    assert plain(figure.reading) == (
        "No review was overdue at 6 of the 12 month ends, the year before at 10. Of 6 month ends the count "
        "is not known or not published."
    )
    assert [row[0] for row in figure.table.rows][::11] == ["April", "March"]
    assert [plain(said) for said in figure.table.rows[5][1:]] == ["0", "c"]
    assert str(figure.chart).count(">c</text>") == 7
    assert "not known" not in plain(overdue_of("000000000000", "cccccccccccc").reading)


def test_months_that_the_publication_does_not_hold_are_not_shown() -> None:
    some = overdue_of(" 00000000000", "           c")
    assert plain(some.reading) == (
        "No review was overdue at 11 of the 12 month ends. Of 1 month end the count is not known or not "
        "published."
    )
    assert some.table.columns == ("Month", "2019/20", "2018/19")
    assert some.table.rows[0] == ("April", "–", "–")
    none = overdue_of("000000000000", " " * 12)
    assert none.table.columns == ("Month", "2019/20")
    assert "2018/19" not in str(none.chart)
    assert plain(none.reading) == "No review was overdue at 12 of the 12 month ends."


def test_reviews_overdue_whose_usual_range_is_known_are_a_course() -> None:
    figure = overdue_of("333333333333", "333333333333", "3")
    assert plain(figure.headline) == "3 reviews were overdue on 31 March 2020"
    assert figure.table.columns == ("Month", "Reviews", "Remark")
    assert "usual range" in str(figure.chart)


def test_a_year_has_the_month_ends_from_april_to_march() -> None:
    assert NOW.month_ends[:2] == (dt.date(2019, 4, 30), dt.date(2019, 5, 31))
    assert NOW.month_ends[-2:] == (dt.date(2020, 2, 29), NOW.end)
    assert [day.month for day in NOW.month_ends] == [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3]


CASELOADS = {
    "caseload_per_fte": ("50.97", (1361, 2670)),
    "caseload_looked_after_per_fte": ("36.93", (986, 2670)),
    "caseload_protection_per_fte": ("14.04", (375, 2670)),
}


def test_what_a_caseload_is_made_of_is_said_as_its_parts_are_rounded() -> None:
    """51.0 is not 36.9 and 14.0."""
    known = [
        Compared(cell(measure, DAY, value, of), cell(measure, DAY, "x", end=NOW.before.end))
        for measure, (value, of) in CASELOADS.items()
    ]
    (figure, _) = workforce.section(facts_of(*known)).figures
    said = plain(figure.reading)
    assert "Of these 51.0, 36.9 are looked after and 14.0 have a protection plan" in said
    assert "986 and 375 children are divided by 26.7 full-time equivalents" in said
    assert [plain(row[2]) for row in figure.table.rows] == [
        f"{children:,} children, 26.7 full-time equivalents" for children in (1361, 986, 375)
    ]
    (hidden, _) = workforce.section(facts_of(*known[:2])).figures
    assert "14.0" not in plain(hidden.reading)
    (gone, _) = workforce.section(facts_of()).figures
    assert plain(gone.headline) == "The caseload of a full-time chair is not available"


@pytest.mark.parametrize(("months", "is_there"), [(6, False), (7, True)])
def test_a_caseload_has_a_course_where_enough_months_are_known(months: int, is_there: bool) -> None:
    ends = NOW.month_ends[-months:]
    points = tuple(Point(cell("caseload_per_fte", DAY, "51", (51, 100), end=end)) for end in ends)
    figures = workforce.section(facts_of(points={"caseload_per_fte": points})).figures
    assert ("caseload-months" in [figure.name for figure in figures]) is is_there


def test_no_team_is_named_below_the_target_for_children_of_no_known_area() -> None:
    rows = [("North", "94"), ("South", "96"), ("Not known", "80")]
    known = []
    for name, value in rows:
        both = [
            cell("review_timeliness_children", DAY, value, end=end, breakdown="quadrant", category=name)
            for end in (NOW.end, NOW.before.end)
        ]
        known.append(Compared(both[0], both[1]))
    facts = facts_of(*known, quadrant=tuple(name for name, _ in rows))
    target = replace(DEFINITIONS["review_timeliness_children"], target=Decimal(95))
    figure = reviews.by_area(replace(facts, definitions={**DEFINITIONS, target.measure_id: target}))
    assert plain(figure.headline) == "Below the target of 95%: North"
    assert [row[0] for row in figure.table.rows] == ["North", "South", "Not known"]


def participation_of(*values: str) -> str:
    points = tuple(
        Point(cell("participation", "month", value, end=end))
        for end, value in zip(NOW.month_ends, values, strict=True)
    )
    return plain(participation.by_month(facts_of(points={"participation": points})).headline)


def test_every_month_with_the_lowest_and_the_highest_share_is_named() -> None:
    """To the decimal that a reader sees."""
    said = participation_of("93", "92.54", "94", *["93"] * 5, "92.46", "93", "93", "94.049")
    assert said == (
        "Month by month children took part in between 92.5% (May and December) and 94.0% (June and March) of "
        "their reviews"
    )
    assert participation_of(*["93"] * 12) == "Month by month children took part in 93.0% of their reviews"
    assert participation_of(*["93"] * 11, "c") == "Participation by month"
