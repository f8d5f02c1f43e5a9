"""The plain calculation of alerts: each rule on both sides of its boundary, and without a value.

The night is Monday 30 March 2020; 20 working days before it is Monday 2 March.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.brute_force.alerts import Alert, alerts, quantile, repeats, working_days_between
from tests.brute_force.care import Person
from tests.brute_force.source_rows import Source

NIGHT = date(2020, 3, 30)
CHILD = Person(1, None)
FRIDAY, SATURDAY, MONDAY = date(2020, 2, 28), date(2020, 2, 29), date(2020, 3, 2)


def source_of(*answers: tuple[str, str | None], owner: int | None = 1) -> Source:
    """One alert form with these answers, given one after the other."""
    return Source(
        fact_forms=[{"fact_form_id": 5, "dim_person_id": owner}],
        fact_form_answers=[
            {
                "fact_form_answer_id": number,
                "fact_form_id": 5,
                "dim_assessment_template_id_desc": " Care planning  ALERT",
                "answer_no": question,
                "answer": answer,
            }
            for number, (question, answer) in enumerate(answers)
        ],
    )


def test_an_alert_has_the_dates_of_its_form() -> None:
    source = source_of((" raiseddate", "28/02/2020"), ("ResolvedDate", "2020-03-02"))
    assert alerts(source, {1: CHILD}) == [Alert(CHILD, FRIDAY, MONDAY)]


@pytest.mark.parametrize("owner", [None, -1, 2])
def test_an_alert_of_nobody_is_none(owner: int | None) -> None:
    assert alerts(source_of(("RaisedDate", "2020-02-28"), owner=owner), {1: CHILD}) == []


@pytest.mark.parametrize("nothing", [None, " ", "1900-01-01"])
def test_an_alert_may_have_no_date(nothing: str | None) -> None:
    source = source_of(("RaisedDate", nothing), ("AlertType", "Formal"))
    assert alerts(source, {1: CHILD}) == [Alert(CHILD, None, None, "Formal")]


def test_working_days_are_those_after_the_start() -> None:
    assert working_days_between(FRIDAY, FRIDAY) == 0
    assert working_days_between(FRIDAY, SATURDAY) == 0
    assert working_days_between(SATURDAY, MONDAY) == 1
    assert working_days_between(FRIDAY, MONDAY) == 1
    assert working_days_between(date(2020, 4, 9), date(2020, 4, 14)) == 1  # over Easter


@pytest.mark.parametrize(
    ("raised", "resolved", "in_time", "days"),
    [
        (MONDAY, NIGHT, True, 20),
        (FRIDAY, NIGHT, False, 21),
        (FRIDAY, date(2020, 3, 27), True, 20),
        (FRIDAY, date(2020, 3, 28), False, 20),  # the Saturday after the deadline
        (MONDAY, None, None, None),
        (FRIDAY, None, False, None),
        (MONDAY, date(2020, 3, 31), None, None),
        (FRIDAY, date(2020, 3, 31), False, None),
    ],
)
def test_the_20th_working_day_is_in_time(
    raised: date, resolved: date | None, in_time: bool | None, days: int | None
) -> None:
    alert = Alert(CHILD, raised, resolved)
    assert (alert.in_time(NIGHT), alert.days_to_resolve(NIGHT)) == (in_time, days)


def test_an_alert_is_open_until_the_day_before_it_is_resolved() -> None:
    alert = Alert(CHILD, FRIDAY, MONDAY)
    days = (date(2020, 2, 27), FRIDAY, SATURDAY, MONDAY)
    assert [alert.open_on(day) for day in days] == [False, True, True, False]
    assert not Alert(CHILD, None, None).open_on(FRIDAY)


def test_dates_that_contradict_each_other_give_no_duration() -> None:
    assert Alert(CHILD, MONDAY, MONDAY).is_timed()
    assert Alert(CHILD, MONDAY, None).is_timed()
    assert not Alert(CHILD, MONDAY, FRIDAY).is_timed()
    assert not Alert(CHILD, None, FRIDAY).is_timed()


def test_a_quantile_is_a_number_of_days_that_an_alert_took() -> None:
    assert quantile([], 5) is None
    assert quantile([4, 9], 5) == 4
    assert quantile([4, 9, 10], 5) == 9
    assert quantile([None, 4], 5) == 4
    assert quantile([None, None, 4], 5) is None
    assert quantile([*range(1, 10), None], 9) == 9
    assert quantile([*range(1, 10), None, None], 9) is None


def test_a_repeat_comes_within_12_months_of_an_earlier_day() -> None:
    def raised_on(*days: date) -> list[tuple[Person, date]]:
        return repeats([Alert(CHILD, day, None) for day in days])

    first, a_year_later, a_day_more = date(2019, 3, 1), date(2020, 3, 1), date(2020, 3, 2)
    assert raised_on(first, a_year_later) == [(CHILD, a_year_later)]
    assert raised_on(first, a_day_more) == []
    assert raised_on(first, first) == []
    assert raised_on(date(2019, 2, 28), date(2020, 2, 29)) == []
    assert repeats([Alert(CHILD, first, None), Alert(Person(2, None), a_year_later, None)]) == []
    assert repeats([Alert(CHILD, None, None), Alert(CHILD, None, None)]) == []
