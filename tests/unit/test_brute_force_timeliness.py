"""Reviews in time and late, on both sides of each boundary."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.brute_force.cell import Cell, CellKey
from tests.histories import (
    APRIL,
    END_OF_APRIL,
    END_OF_MARCH,
    Rows,
    cells_of,
    child,
    episode,
    meeting,
    parts,
    review_row,
    reviews,
)


def timeliness(when: tuple[str, date, date], *history: Rows | list[Rows]) -> str:
    """The readings (a), (b), (c) and (d) as `1/1 1/1 1/1 1/1`."""
    found = cells_of(*history)
    measures = (
        "review_timeliness_children",
        "review_timeliness_children_due",
        "review_timeliness_reviews",
        "review_up_to_date",
    )
    return " ".join("/".join(str(part) for part in parts(found, measure, when)) for measure in measures)


# In care since 3 January 2022: due on 31 January, 3 months later, and every 6 months from then.
ON_TIME = ("2022-01-31", "2022-04-30", "2022-10-30", "2023-04-30", "2023-10-30")


@pytest.mark.parametrize(
    ("days", "at_end_of_april"),
    [
        ((*ON_TIME, "2024-04-30"), "1/1 1/1 1/1 1/1"),
        (ON_TIME, "1/1 1/1 0/1 1/1"),  # due on the day itself and not held: not overdue yet
        ((*ON_TIME, "2024-05-01"), "0/1 0/1 0/1 1/1"),  # met late, even if after the day
        ((*ON_TIME[:-1], "2023-10-29"), "0/1 0/1 0/1 0/1"),  # due on 29 April, overdue
        ((*ON_TIME[:-1], "2023-10-29", "2024-05-02"), "0/1 0/1 0/1 0/1"),  # met late, and after the day
        ((*ON_TIME[:-1], "2023-10-29", "2024-04-30"), "0/1 0/1 0/1 1/1"),
        ((*ON_TIME[:-1], "2023-10-29", "2024-04-29"), "1/1 1/1 1/1 1/1"),
        ((*ON_TIME[:-1], "2023-09-29", "2024-04-02"), "1/1 0/0 0/0 1/1"),  # due on 29 March, met late
        ((*ON_TIME[:-1], "2023-09-29"), "0/1 0/0 0/0 0/1"),  # due before the year and still overdue
        ((*ON_TIME[:-1], "2023-10-01", "2024-04-01"), "1/1 1/1 1/1 1/1"),  # due on the year's first day
        ((*ON_TIME[:-1], "2023-10-01", "2024-04-02"), "0/1 0/1 0/1 1/1"),
        ((*ON_TIME[:-1], "2023-10-31"), "1/1 1/1 0/1 1/1"),  # 31 October and 6 months: 30 April
        ((*ON_TIME[:-1], "2023-11-01"), "1/1 0/0 0/0 1/1"),  # due on 1 May
    ],
)
def test_timeliness_at_the_end_of_april(days: tuple[str, ...], at_end_of_april: str) -> None:
    assert timeliness(END_OF_APRIL, child("2022-01-03"), reviews(*days)) == at_end_of_april


def test_a_late_review_stays_late_until_the_reporting_year_is_over() -> None:
    history = [*child("2022-01-03"), *reviews(*ON_TIME[:3], "2023-05-01", "2023-10-31", "2024-04-30")]
    assert timeliness(END_OF_MARCH, history) == "0/1 0/1 1/2 1/1"
    assert timeliness(END_OF_APRIL, history) == "1/1 1/1 1/1 1/1"


@pytest.mark.parametrize(
    ("left", "at_end_of_april", "in_april"),
    [
        ("2024-04-11", "0/0 0/0 0/0 0/0", (0, 0)),  # before the due date: no breach
        ("2024-04-12", "0/0 0/0 0/1 0/0", (0, 1)),  # on it: a breach
        ("2024-04-13", "0/0 0/0 0/1 0/0", (0, 1)),
        (None, "0/1 0/1 0/1 0/1", (0, 1)),
    ],
)
def test_a_due_date_counts_up_to_the_day_of_leaving(
    left: str | None, at_end_of_april: str, in_april: tuple[int, int]
) -> None:
    history = child("2024-03-13", left)  # due on 12 April
    assert timeliness(END_OF_APRIL, history) == at_end_of_april
    assert parts(cells_of(history), "review_timeliness_reviews", APRIL) == in_april


def test_a_review_on_the_day_of_leaving_meets_its_due_date() -> None:
    assert (
        timeliness(END_OF_APRIL, child("2024-03-13", "2024-04-12"), reviews("2024-04-12"))
        == "0/0 0/0 1/1 0/0"
    )


def test_all_the_periods_of_a_child_count() -> None:
    """Left on 30 June 2023 with a review overdue since 12 April, and back in care since February 2024."""
    back = [
        episode("2024-02-01", cla_id=11),
        review_row(50, cla_id=11),
        meeting(50, "2024-02-20"),
    ]
    missed = [*child("2023-03-13", "2023-06-30"), *back]
    met = [*missed, *reviews("2023-04-12")]
    met_late = [*missed, *reviews("2023-04-14")]
    # Due in the year to March: 13 April 2023 and, where that was held, nothing more before the child left.
    assert timeliness(END_OF_MARCH, met) == "1/1 1/1 2/2 1/1"
    assert timeliness(END_OF_MARCH, met_late) == "0/1 0/1 1/2 1/1"
    assert timeliness(END_OF_MARCH, missed) == "0/1 0/1 1/2 0/1"
    assert timeliness(END_OF_APRIL, met_late) == "1/1 0/0 0/0 1/1"
    assert timeliness(END_OF_APRIL, missed) == "0/1 0/0 0/0 0/1"


def test_coming_back_into_care_starts_with_the_first_review_again() -> None:
    """Of two periods that touch, the second has a due date of its own 20 working days on."""
    left = [*child("2023-01-03", "2023-06-01"), *reviews("2023-01-31", "2023-04-28")]
    found = cells_of(left, episode("2023-06-01", cla_id=11))
    june = ("month", date(2023, 6, 1), date(2023, 6, 30))
    assert parts(found, "review_timeliness_reviews", june) == (0, 1)  # 29 June


def test_reviews_on_time_over_a_year_agree_with_the_reading_on_its_last_day() -> None:
    found = cells_of(child("2022-01-03"), reviews(*ON_TIME[:3], "2023-05-01", "2023-10-31"))
    year = ("financial_year", date(2023, 4, 1), date(2024, 3, 31))
    assert found[CellKey("review_timeliness_reviews", *year)] == Cell(1, 2, Decimal(50), None)
    assert found[CellKey("review_timeliness_reviews", *END_OF_MARCH)] == Cell(1, 2, Decimal(50), None)


@pytest.mark.parametrize(
    ("month_end", "start"),
    [
        (date(2024, 1, 31), date(2023, 4, 1)),
        (date(2024, 3, 31), date(2023, 4, 1)),
        (date(2024, 4, 30), date(2024, 4, 1)),
        (date(2023, 12, 31), date(2023, 4, 1)),
    ],
)
def test_the_reporting_year_starts_on_1_april(month_end: date, start: date) -> None:
    day_before, first_day = date(start.year, 3, 31), start
    for due_on, expected in ((day_before, 0), (first_day, 1)):
        six_months_before = (
            date(due_on.year - 1, 9, 30) if due_on == day_before else date(due_on.year - 1, 10, 1)
        )
        days = ("2022-01-31", "2022-04-30", *([] if start.year == 2023 else ["2022-10-30", "2023-04-30"]))
        history = [*child("2022-01-03"), *reviews(*days, str(six_months_before), str(due_on))]
        on_time = cells_of(history)[CellKey("review_timeliness_reviews", "snapshot", month_end, month_end)]
        later = date(start.year, 9, 30) if due_on == day_before else date(start.year, 10, 1)
        assert on_time.denominator == expected + (later <= month_end)
