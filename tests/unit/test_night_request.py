"""Which night a run is for, at both sides of midnight and of the clock changes."""

from __future__ import annotations

import datetime as dt

import pytest

from care_reviews.errors import NightRefusedError
from care_reviews.night import LONDON, Night, day_named, last_whole_day, night_of, refuse_late


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2020-04-01T04:30:00+01:00", "2020-03-31"),  # the scheduled run in summer
        ("2020-01-01T04:30:00+00:00", "2019-12-31"),  # and in winter, over a year's end
        ("2020-06-15T22:59:59+00:00", "2020-06-14"),  # 23:59:59 in London
        ("2020-06-15T23:00:00+00:00", "2020-06-15"),  # midnight in London, not yet in UTC
        ("2020-12-15T23:59:59+00:00", "2020-12-14"),
        ("2020-12-16T00:00:00+00:00", "2020-12-15"),
        ("2020-03-29T00:59:59+00:00", "2020-03-28"),  # the last second before the clock goes forward
        ("2020-03-29T01:00:00+00:00", "2020-03-28"),  # 02:00 in London
        ("2020-03-29T23:00:00+00:00", "2020-03-29"),  # the first summer midnight, a day of 23 hours later
        ("2020-03-29T22:59:59+00:00", "2020-03-28"),
        ("2020-10-24T23:00:00+00:00", "2020-10-24"),  # midnight before the clock goes back
        ("2020-10-25T01:30:00+00:00", "2020-10-24"),  # the second 01:30 of that night
        ("2020-10-25T23:59:59+00:00", "2020-10-24"),  # the end of a day of 25 hours
        ("2020-10-26T00:00:00+00:00", "2020-10-25"),
    ],
)
def test_the_last_whole_day(moment: str, day: str) -> None:
    assert last_whole_day(dt.datetime.fromisoformat(moment)) == dt.date.fromisoformat(day)


def test_a_moment_without_a_zone_has_no_day() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        last_whole_day(dt.datetime(2020, 4, 1, 4, 30))


RUN_AFTER = dt.datetime(2020, 4, 1, 3, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize("nothing", [None, ""])
def test_without_a_day_it_is_the_one_before_the_run(nothing: str | None) -> None:
    assert night_of("run", RUN_AFTER, nothing).as_known == dt.date(2020, 3, 31)


def test_a_day_is_taken_as_named() -> None:
    assert night_of("run", RUN_AFTER, "2019-02-28").as_known == dt.date(2019, 2, 28)


def test_a_run_that_extracts_when_the_source_shows_a_later_day_is_refused() -> None:
    tonight = Night("E10000030", dt.date(2020, 3, 31), "scheduled")
    midnight = dt.datetime(2020, 4, 2, tzinfo=LONDON)
    refuse_late(tonight, midnight - dt.timedelta(seconds=1))
    told = r'on 2020-04-02, .* shows 2020-04-01: .*"as_known": "2020-04-01"'
    with pytest.raises(NightRefusedError, match=told):
        refuse_late(tonight, midnight)


def test_yesterday_may_run_and_today_may_not() -> None:
    today = dt.datetime.now(LONDON).date()
    yesterday = today - dt.timedelta(days=1)
    assert night_of("run", RUN_AFTER, str(yesterday)).as_known == yesterday
    with pytest.raises(NightRefusedError, match=f"the newest night that can run is {yesterday}"):
        night_of("run", RUN_AFTER, str(today))


@pytest.mark.parametrize("word", ["31/03/2020", "2020-02-30", "yesterday", "20200331", "2020-W14-2"])
def test_what_is_no_date_is_refused(word: str) -> None:
    with pytest.raises(NightRefusedError, match="YYYY-MM-DD"):
        night_of("run", RUN_AFTER, word)


def test_no_night_is_before_the_days_that_can_be_read() -> None:
    assert day_named("1990-01-01") == dt.date(1990, 1, 1)
    with pytest.raises(NightRefusedError, match="1989-12-31 is before 1990-01-01"):
        day_named("1989-12-31")
