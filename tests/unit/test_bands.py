"""The bands of usual size and change: their arithmetic at both sides of each bound, and what they compare."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from care_reviews.small_counts import span
from expectations.bands import SAME_KIND, SAME_WEEKDAY, NightCounts, change_band, size_band

SUNDAY = dt.date(2020, 3, 1)
FEW = 10


def nights(
    rows: Sequence[int], changes: Sequence[int | None] | None = None, first: dt.date = SUNDAY
) -> list[NightCounts]:
    """Daily nights from a Sunday on."""
    counts = changes or [0] * len(rows)
    pairs = zip(rows, counts, strict=True)
    return [NightCounts(first + dt.timedelta(days=n), row, change) for n, (row, change) in enumerate(pairs)]


def daily(weeks: int, working: int, off: int, last: int) -> list[NightCounts]:
    """Whole weeks with so many changes on working days and days off, and a last night on a Sunday."""
    usual = [off if n % 7 in (0, 6) else working for n in range(7 * weeks)]
    return nights([100] * (7 * weeks + 1), [*usual, last])


def test_a_table_that_never_changes_may_change_by_a_few_rows() -> None:
    band = size_band(nights([100] * 31), (), FEW)
    assert band
    assert (band.lowest, band.highest) == (86, 110)
    assert [band.holds(rows) for rows in (85, 86, 110, 111)] == [False, True, True, False]


def test_the_band_is_as_wide_as_the_nights_differ() -> None:
    """Growth of 10, 30, 50, 70 and 90 rows: the median is 50, the median distance 40 or 20."""
    growth = [50, 10, 30, 50, 70, 90, 50, 10, 30, 50, 70, 90] * 3
    rows = [1000]
    for each in growth:
        rows.append(rows[-1] + each)
    every = [NightCounts(SUNDAY + dt.timedelta(weeks=n), row, 0) for n, row in enumerate(rows)]
    band = size_band(every, (), FEW)
    assert band
    width = 3.5 * 1.4826 * 20
    assert band.middle - rows[-2] == 50
    assert rows[-2] == 2710
    assert (band.lowest, band.highest) == (2656, 2865)  # 2657 and 2863, to the ends of their steps of five
    assert 103 < width < 104


@given(st.integers(0, 10**6))
def test_a_band_tells_no_more_of_the_night_before_than_its_count_does(rows: int) -> None:
    """All counts that are told alike have the same band, and what is told of a count is in it or is not."""
    least, most = span(rows)
    bands = [size_band(nights([each] * 31), (), FEW) for each in {least, rows, most}]
    assert len({(band.lowest, band.highest) for band in bands if band}) == 1
    (band, *_) = bands
    assert band
    assert {band.lowest, band.highest} == {span(band.lowest)[0], span(band.highest)[1]}


def test_half_the_usual_change_is_the_narrowest_of_great_ones() -> None:
    band = change_band(daily(9, working=0, off=100, last=50), (), FEW)
    assert band
    assert (band.lowest, band.highest, band.base) == (46, 150, "8 Sundays and bank holidays")
    assert not band.holds(45)


def test_no_changes_at_all_are_less_than_usual_only_where_more_than_a_few_are_usual() -> None:
    for usual, fewest in ((10, 0), (11, 1), (30, 11)):
        band = change_band(daily(9, working=0, off=usual, last=0), (), FEW)
        assert band
        assert band.lowest == fewest


def test_one_odd_night_does_not_become_usual() -> None:
    rows = [1000] * 40
    rows[20:] = [9000] * 20
    band = size_band(nights(rows), (), FEW)
    assert band
    assert (band.lowest, band.highest) == (8986, 9010)  # the night before, and what nights add


@given(st.integers(0, 5000), st.integers(20, 60), st.integers(0, 10**6))
def test_steady_growth_is_always_usual(growth: int, count: int, start: int) -> None:
    every = nights([start + n * growth for n in range(count)], [growth] * count)
    for band, number in ((size_band(every, (), FEW), every[-1].rows), (change_band(every, (), FEW), growth)):
        assert band is None or band.holds(number)


@pytest.mark.parametrize(
    ("weeks", "base"),
    [
        (SAME_WEEKDAY + 1, f"{SAME_WEEKDAY} Sundays and bank holidays"),
        (SAME_WEEKDAY, "11 days off"),
        (4, None),  # 7 days off are too few
    ],
)
def test_of_too_few_nights_of_a_weekday_those_of_its_kind_teach(weeks: int, base: str | None) -> None:
    band = change_band(daily(weeks, working=70, off=20, last=20), (), FEW)
    assert (band.base if band else None) == base
    if band:
        assert band.middle == 20


def test_working_days_are_not_compared_with_days_off() -> None:
    every = daily(3, working=70, off=0, last=0)[:-1]  # ends on a Saturday
    friday = every[:-1]
    band = change_band(friday, (), FEW)
    assert band
    assert (band.base, band.middle) == ("14 working days", 70)
    assert change_band(friday[:8], (), FEW) is None
    assert len(friday[:8]) < SAME_KIND + 2


def test_a_bank_holiday_is_compared_with_sundays() -> None:
    every = daily(9, working=70, off=0, last=0)
    monday = NightCounts(every[-1].as_known + dt.timedelta(days=1), 100, 0)
    usual, holiday = (change_band([*every, monday], off, FEW) for off in ((), (monday.as_known,)))
    assert usual
    assert holiday
    assert (usual.base, usual.holds(0)) == ("9 Mondays", False)
    assert (holiday.base, holiday.holds(0)) == ("9 Sundays and bank holidays", True)


def test_only_steps_over_as_many_days_are_compared() -> None:
    """After a night that was left out, twice as much has changed."""
    every = daily(9, working=70, off=0, last=0)
    tuesday = NightCounts(every[-1].as_known + dt.timedelta(days=2), 100, 140)
    assert size_band([*every, tuesday], (), FEW) is None


@pytest.mark.parametrize("place", [-1, -2])
def test_a_blocked_night_is_compared_with_nothing_and_teaches_nothing(place: int) -> None:
    every = nights([100] * 40, [50] * 40)
    every[place] = NightCounts(every[place].as_known, 100, 50, is_accepted=False)
    assert size_band(every, (), FEW) is None
    assert change_band(every, (), FEW) is None


def test_a_night_that_landed_twice_has_a_size_but_no_changes() -> None:
    every = nights([100] * 40, [50] * 39 + [None])
    assert size_band(every, (), FEW)
    assert change_band(every, (), FEW) is None
    earlier = nights([100] * 40, [50] * 10 + [None] + [50] * 29)
    band = change_band(earlier, (), FEW)
    assert band
    assert band.middle == 50


@pytest.mark.parametrize("count", [0, 1, 2])
def test_without_nights_there_is_no_band(count: int) -> None:
    assert size_band(nights([100] * count), (), FEW) is None
    assert change_band(nights([100] * count), (), FEW) is None


def test_no_band_goes_below_nothing() -> None:
    band = size_band(nights([3] * 31), (), FEW)
    assert band
    assert (band.lowest, band.highest) == (0, 15)
