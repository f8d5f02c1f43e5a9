"""How measures moved since the last publication, at both sides of every boundary, and what is told of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, text

from care_reviews.validation.code_lists import rulebook
from care_reviews.validation.movement import batch, moved_measures
from expectations.facts import Limits, Moved, NightFacts
from expectations.movement import measures
from tests.integration.gates.pairs import saw

TABLES = {
    "kpi_trend": "measure_id text, period_grain text, period_start date, period_end date, value numeric, "
    "unit text, status text, centre numeric, upper_limit numeric, base_points integer, "
    "is_beyond_limit boolean",
    "kpi_value": "measure_id text, period_grain text, period_start date, period_end date, breakdown text, "
    "category text, numerator integer, denominator integer, value numeric, unit text, status text",
    "last_published": "authority_code text, as_known date, measure_id text, period_grain text, "
    "period_start date, period_end date, breakdown text, numerator integer, denominator integer, "
    "value numeric, unit text, status text",
}
WORDS = {
    "candidate": "pg_temp",
    "published": "pg_temp.last_published",
    "authority": "E10000030",
    "as_known": "2020-05-01",
}
MARCH = ("month", "2020-03-01", "2020-03-31")
END = ("snapshot", "2020-03-31", "2020-03-31")
YEAR = ("financial_year", "2018-04-01", "2019-03-31")


@pytest.fixture(scope="module")
def values(connection: Connection) -> Connection:
    """A connection with empty tables of the marts that are compared."""
    for name, columns in TABLES.items():
        connection.execute(text(f"create temp table {name} ({columns})"))
    connection.execute(text("create temp table kpi_value_unsuppressed as select * from kpi_value"))
    return connection


@pytest.fixture
def marts(values: Connection) -> Iterator[Connection]:
    savepoint = values.begin_nested()
    yield values
    savepoint.rollback()


def add(connection: Connection, table: str, **row: Any) -> None:
    names = ", ".join(row)
    casts = ", ".join(
        f"cast(:{name} as date)" if "period_" in name and "grain" not in name else f":{name}" for name in row
    )
    connection.execute(text(f"insert into {table} ({names}) values ({casts})"), row)


def period(of: tuple[str, str, str]) -> dict[str, str]:
    return dict(zip(("period_grain", "period_start", "period_end"), of, strict=True))


def now(connection: Connection, of: tuple[str, str, str], number: int | None, **others: Any) -> None:
    """Tonight's value of a measure: a number, of so many."""
    row = {"measure_id": "reviews_held", "unit": "reviews", "status": "final", "denominator": None, **others}
    add(
        connection,
        "kpi_value",
        **{"breakdown": "all", "category": "all", "numerator": number, "value": number, **row, **period(of)},
    )


def point(
    connection: Connection, value: int | None, centre: int = 100, upper: int | None = 110, **others: Any
) -> None:
    """Tonight's newest point of a measure, with its value."""
    of = others.pop("of", MARCH)
    row = {"measure_id": "reviews_held", "unit": "reviews", "status": "final", "base_points": 12, **others}
    denominator = row.pop("denominator", None)
    beyond = None if value is None or upper is None else abs(value - centre) > upper - centre
    add(
        connection,
        "kpi_trend",
        **{
            "value": value,
            "centre": centre,
            "upper_limit": upper,
            "is_beyond_limit": beyond,
            **row,
            **period(of),
        },
    )
    kept = {name: row[name] for name in ("measure_id", "unit", "status")}
    now(connection, of, value, denominator=denominator, **kept)


def before(connection: Connection, of: tuple[str, str, str], number: int | None, **others: Any) -> None:
    """What the last publication said."""
    row = {
        "as_known": dt.date(2020, 4, 30),
        "authority_code": "E10000030",
        "measure_id": "reviews_held",
        **others,
    }
    filled = {
        "unit": "reviews",
        "status": "final",
        "denominator": None,
        "value": number,
        "breakdown": "all",
        **row,
    }
    add(connection, "last_published", **{"numerator": number, **filled, **period(of)})


def facts(limits: Limits | None = None) -> NightFacts:
    return NightFacts("E10000030", dt.date(2020, 4, 30), rulebook(), limits or Limits())


def judged(connection: Connection, limits: Limits | None = None) -> Moved:
    (found,) = moved_measures(connection, dict(WORDS), facts(limits))
    return found


def told(rule: str, flag: bool | None) -> bool | None:
    """A flag as it is, and remembered as what the expectation on it comes to."""
    if flag is not None:
        saw(f"marts.movement.{rule}", not flag)
    return flag


def test_without_a_publication_nothing_is_compared(marts: Connection) -> None:
    point(marts, 1000)
    assert moved_measures(marts, dict(WORDS), facts()) == ()
    before(marts, MARCH, 100, authority_code="E06000001")
    assert moved_measures(marts, dict(WORDS), facts()) == ()
    assert "null::boolean as is_beyond" in batch(())


@pytest.mark.parametrize(
    ("value", "beyond", "implausible"),
    [
        (110, False, False),  # on the limit
        (111, True, False),
        (89, True, False),
        (130, True, False),  # just 3 times as far as the limit
        (131, True, True),
        (69, True, True),
        (None, None, None),  # suppressed: no point
    ],
)
def test_a_new_point_beyond_limits_warns_and_far_beyond_stops(
    marts: Connection, value: int | None, beyond: bool | None, implausible: bool | None
) -> None:
    before(marts, ("month", "2020-02-01", "2020-02-29"), 100)
    point(marts, value)
    found = judged(marts)
    assert (found.is_beyond, found.is_implausible, found.is_revised) == (beyond, implausible, None)


@pytest.mark.parametrize(
    ("published", "status", "beyond"),
    [(150, "final", False), (149, "final", True), (150, "provisional", True), (None, "final", True)],
)
def test_a_point_is_told_when_it_is_new_final_or_another(
    marts: Connection, published: int | None, status: str, beyond: bool
) -> None:
    before(marts, MARCH, published, status=status)
    point(marts, 150)
    assert told("within_limits", judged(marts).is_beyond) is beyond


def test_a_month_is_judged_when_it_is_final_and_a_month_end_at_once(marts: Connection) -> None:
    before(marts, ("month", "2020-02-01", "2020-02-29"), 100)
    point(marts, 1000, status="provisional")
    before(marts, ("snapshot", "2020-02-29", "2020-02-29"), 100, measure_id="alerts_open", unit="alerts")
    point(marts, 1000, status="provisional", of=END, measure_id="alerts_open", unit="alerts")
    found = {each.measure_id: each.is_beyond for each in moved_measures(marts, dict(WORDS), facts())}
    assert found == {"alerts_open": True, "reviews_held": None}


@pytest.mark.parametrize(
    ("point_of", "implausible"),
    [
        ({"value": 129, "upper": 101}, False),  # by 29
        ({"value": 130, "upper": 101}, True),
        ({"value": 240, "centre": 200, "upper": 201}, False),  # by 20%
        ({"value": 241, "centre": 200, "upper": 201}, True),
        ({"value": 241, "centre": 200, "upper": 201, "base_points": 11}, False),
        ({"value": 241, "centre": 200, "upper": None}, False),
        ({"value": 241, "centre": 200, "upper": 201, "unit": "working_days"}, False),
        ({"value": 70, "centre": 90, "upper": 91, "unit": "percent", "denominator": 30}, False),
        ({"value": 69, "centre": 90, "upper": 91, "unit": "percent", "denominator": 30}, True),
        ({"value": 69, "centre": 90, "upper": 91, "unit": "percent", "denominator": 29}, False),
        ({"value": 69, "centre": 90, "upper": 91, "unit": "percent", "denominator": None}, False),
    ],
)
def test_what_is_small_is_never_implausible(
    marts: Connection, point_of: dict[str, Any], implausible: bool
) -> None:
    before(marts, ("month", "2020-02-01", "2020-02-29"), 100)
    point(marts, **point_of)
    assert told("plausible", judged(marts).is_implausible) is implausible


@pytest.mark.parametrize("earlier", [100, 0])
def test_the_setting_lets_a_true_change_through(marts: Connection, earlier: int) -> None:
    """Also where there was none: no share of none is enough."""
    before(marts, MARCH, earlier)
    point(marts, 1000, centre=earlier, upper=earlier + 1)
    assert (judged(marts).is_implausible, judged(marts).is_revised) == (True, True)
    let = judged(marts, Limits(movement_stop=100))
    assert (let.is_beyond, let.is_implausible, let.is_revised) == (True, False, False)


CHILDREN = {"measure_id": "children_looked_after", "unit": "children", "status": "provisional"}
LONG_AGO = {"as_known": dt.date(2020, 4, 23)}


@pytest.mark.parametrize(
    ("of", "earlier", "tonight", "others", "revised"),
    [
        (MARCH, 100, 129, {}, False),
        (MARCH, 100, 130, {}, True),
        (MARCH, 100, 70, {}, True),
        (MARCH, 200, 240, {}, False),
        (MARCH, 200, 241, {}, True),
        (MARCH, 0, 30, {}, True),
        (MARCH, 100, 300, {"status": "provisional"}, None),
        (MARCH, None, 300, {}, None),
        (MARCH, 100, None, {}, None),
        (YEAR, 400, 440, {}, False),  # 10% of a year
        (YEAR, 400, 441, {}, True),
        (END, 400, 480, CHILDREN, False),
        (END, 400, 481, CHILDREN, True),
        (END, 400, 481, {**CHILDREN, "as_known": dt.date(2020, 4, 24)}, True),  # a week ago
        (END, 400, 481, {**CHILDREN, **LONG_AGO}, None),
        (END, 400, 481, {**CHILDREN, **LONG_AGO, "status": "final"}, True),
        (END, 400, 481, {**CHILDREN, "unit": "reviews"}, None),
    ],
)
def test_what_was_final_stands(
    marts: Connection,
    of: tuple[str, str, str],
    earlier: int | None,
    tonight: int | None,
    others: dict[str, Any],
    revised: bool | None,
) -> None:
    before(marts, of, earlier, **others)
    now(marts, of, tonight, **{name: value for name, value in others.items() if name != "as_known"})
    assert told("final_stands", judged(marts).is_revised) is revised


@pytest.mark.parametrize(("denominator", "revised"), [(240, False), (241, True), (None, False)])
def test_denominators_stand_as_well(marts: Connection, denominator: int | None, revised: bool) -> None:
    before(marts, MARCH, 100, denominator=200)
    now(marts, MARCH, 100, denominator=denominator)
    assert told("final_stands", judged(marts).is_revised) is revised


def cells(
    connection: Connection, category: str, february: int | None, march: int | None, by: str = "sex"
) -> None:
    for of, number in ((("month", "2020-02-01", "2020-02-29"), february), (MARCH, march)):
        add(
            connection,
            "kpi_value_unsuppressed",
            measure_id="participation",
            breakdown=by,
            category=category,
            numerator=number,
            **period(of),
        )


def test_drivers_are_named_without_numbers_and_without_small_categories(marts: Connection) -> None:
    before(marts, ("month", "2020-02-01", "2020-02-29"), 100, measure_id="participation")
    point(marts, 150, measure_id="participation")
    point(marts, 80, measure_id="participation_not", status="provisional")
    point(marts, 100, measure_id="participation_not_recorded")
    for category, february, march in (
        ("Female", 20, 27),
        ("Male", 20, 26),
        ("Other", 5, 90),
        ("Unknown", 90, 1),
        ("None", None, 40),
    ):
        cells(marts, category, february, march)
    cells(marts, "White", 20, 25, by="ethnicity")  # by fewer than 6
    cells(marts, "Zero", 0, 6, by="quadrant")
    assert judged(marts).words == (
        "“Participation in reviews” in March 2020 lies above its upper limit. "
        "With it: “No participation in reviews” below its mean. Most of it: Zero (area), Female (sex)."
    )


def test_a_measure_that_nothing_explains_is_named_alone(marts: Connection) -> None:
    before(marts, ("month", "2020-02-01", "2020-02-29"), 100)
    point(marts, 50)
    assert judged(marts).words == "“Reviews held” in March 2020 lies below its lower limit."


def test_what_moved_is_told_after_what_should_hold_and_apart_from_what_to_do() -> None:
    moved = (
        Moved("a", True, False, False, "“A”", "“A” in March 2020 lies above its upper limit."),
        Moved("b", True, True, False, "“B”", "“B” on 31 March 2020 lies below its lower limit. With: “A”."),
        Moved("c", False, False, True, "“C”"),
        Moved("d", None, None, None, "“D”"),
    )
    drafts = {draft.rule: draft for draft in measures(replace(facts(), moved=moved))}
    assert drafts["within_limits"].says.endswith(f"variation. {moved[0].words} {moved[1].words}")
    assert drafts["plausible"].says.endswith(f"or more. {moved[1].words}")
    assert drafts["final_stands"].says.endswith("within days. “C” changed.")
    assert not [draft for draft in drafts.values() if "“" in draft.do]
