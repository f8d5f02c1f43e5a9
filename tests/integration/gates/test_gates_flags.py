"""The flags of single rows, at both sides of every boundary and at null."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text

from care_reviews import dbt
from care_reviews.settings import get_settings
from care_reviews.source.catalog import Column, table
from care_reviews.validation import identities, marts_gate
from care_reviews.validation.batches import SCHEMA, batch_name
from care_reviews.validation.history import facts_of
from care_reviews.validation.landed_batches import queries
from care_reviews.validation.picture import Picture
from care_reviews.validation.sql import can_be_cast, literal, run
from tests.integration.gates import council

Row = tuple[str | None, ...]
PICTURE = Picture(council.AUTHORITY, 4, council.AS_KNOWN)


def castable(
    connection: Connection, kind: str, value: str | None, as_known: dt.date = council.AS_KNOWN
) -> bool:
    condition = can_be_cast(Column("x", kind), "landed", as_known)  # type: ignore[arg-type]
    landed = f"(select cast({literal(value) if value is not None else 'null'} as text) as x)"
    query = f"select {condition} from {landed} as landed"
    return bool(connection.exec_driver_sql(query, execution_options={"no_parameters": True}).scalar())


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("moment", None, True),
        ("moment", "1900-01-01 00:00:00", True),
        ("moment", "1990-01-01 00:00:00", True),
        ("moment", "1989-12-31 23:59:59", False),
        ("moment", "2023-03-31 23:59:59.123", True),
        ("moment", "2023-04-01 00:00:00", False),
        ("moment", "0219-03-01 00:00:00", False),
        ("moment", "2020-02-29 00:00:00", True),
        ("moment", "2019-02-29 00:00:00", False),
        ("moment", "2000-02-29 00:00:00", True),
        ("moment", "2019-04-31 00:00:00", False),
        ("moment", "2019-12-31 24:00:00", False),
        ("moment", "2019-12-31", False),
        ("moment", "", False),
        ("birth", "1920-01-01 00:00:00", True),
        ("birth", "1919-12-31 00:00:00", False),
        ("birth", "2021-03-31 00:00:00", True),
        ("birth", "2021-04-01 00:00:00", False),
        ("key", "-1", True),
        ("key", "0", True),
        ("key", "007", False),
        ("key", "1.0", False),
        ("key", "9223372036854775807", True),
        ("key", "9223372036854775808", False),
        ("key", "-9223372036854775808", True),
        ("key", "-9223372036854775809", False),
        ("key", "99999999999999999999", False),
        ("ref", None, True),
        ("ref", "", False),
        ("number", "1.25", True),
        ("number", "1,25", False),
    ],
)
def test_what_can_be_cast(connection: Connection, kind: str, value: str | None, expected: bool) -> None:
    assert castable(connection, kind, value) is expected


def test_three_years_after_29_february(connection: Connection) -> None:
    leap_day = dt.date(2020, 2, 29)
    assert castable(connection, "moment", "2023-02-28 00:00:00", leap_day)
    assert not castable(connection, "moment", "2023-03-01 00:00:00", leap_day)


@settings(max_examples=150, deadline=None)
@given(st.integers(1990, 2022), st.integers(0, 13), st.integers(0, 32))
def test_days_of_the_calendar_are_those_of_python(
    connection: Connection, year: int, month: int, day: int
) -> None:
    try:
        real = bool(dt.date(year, month, day))
    except ValueError:
        real = False
    assert castable(connection, "moment", f"{year:04}-{month:02}-{day:02} 00:00:00") is real


def flags(connection: Connection, name: str, *rows: Row, **others: Sequence[Row]) -> Any:
    """The flags of the first row landed, among `rows` of a table and rows of other tables."""
    with connection.begin_nested() as savepoint:
        for other, values in others.items():
            council.insert(connection, table(other), values)
        council.insert(connection, table(name), rows)
        batches = queries(PICTURE)
        people = f"{SCHEMA}.{batch_name(council.AUTHORITY, identities.NAME)}"
        run(connection, f"create table {people} as {batches[identities.NAME]}")
        query = f"select * from ({batches[name]}) as batch limit 1"
        found = connection.exec_driver_sql(query, execution_options={"no_parameters": True}).mappings().one()
        savepoint.rollback()
    return found


@pytest.mark.parametrize(
    ("code", "words", "unknown"),
    [
        (None, None, False),
        ("", " ", False),
        ("C2", None, False),
        (" c2 ", "anything", False),
        ("C9", None, True),
        ("C9", "Care Order Sec. 31(a)", True),
        (None, "care  order\r\nSEC. 31(a) ", False),
        (None, "Care Order Sec. 32", True),
    ],
)
def test_legal_status(connection: Connection, code: str | None, words: str | None, unknown: bool) -> None:
    row = ("1", "-1", code, words, council.day(1), None)
    assert flags(connection, "fact_legal_status", row)["dim_lookup_lgl_status_code_unknown"] is unknown


@pytest.mark.parametrize(
    ("words", "unknown"),
    [
        (None, False),
        ("", False),
        ("Attended and spoke for self", False),
        ("  ATTENDED and spoke\nfor self ", False),
        ("Attended and spoke for themself", True),
    ],
)
def test_participation_text(connection: Connection, words: str | None, unknown: bool) -> None:
    row = ("1", "1", words, None)
    assert (
        flags(connection, "fact_meeting_subjects", row)["dim_lookup_participation_code_desc_unknown"]
        is unknown
    )


@pytest.mark.parametrize(
    ("number", "answer", "unknown"),
    [
        ("ICSParticipationCode", "PN3", False),
        ("icsparticipationcode", "pn7", False),
        ("ICSParticipationCode", "Did not attend, sent views", False),
        ("ICSParticipationCode", None, False),
        ("ICSParticipationCode", "PN8", True),
        ("PermanencePlan", "PN8", None),  # another answer is not judged at all
    ],
)
def test_participation_answer(
    connection: Connection, number: str, answer: str | None, unknown: bool | None
) -> None:
    row = ("1", "1", "CLA Review  Outcomes", "k", number, answer, council.day(1))
    found = flags(connection, "fact_form_answers", row)
    assert found["answer_unknown"] is unknown
    assert (found["is_cla_review_outcomes"], found["is_care_planning_alert"]) == (True, False)


@pytest.mark.parametrize(
    ("ethnicity", "sex", "unknown"),
    [
        ("L1", "F", (False, False)),
        (" l1", "f ", (False, False)),
        (None, None, (False, False)),
        ("L2", "X", (True, True)),
    ],
)
def test_codes_of_a_person(
    connection: Connection, ethnicity: str | None, sex: str | None, unknown: object
) -> None:
    row = ("1", None, None, None, None, sex, ethnicity, "Y", None)
    found = flags(connection, "dim_person", row, dim_lookup_dfe_ethnic=[("L1", "WBRI")])
    assert (found["ethnicity_main_code_unknown"], found["gender_main_code_unknown"]) == unknown


def test_ethnicity_is_not_judged_where_the_lookup_is_empty(connection: Connection) -> None:
    row = ("1", None, None, None, None, "F", "L1", "Y", None)
    assert flags(connection, "dim_person", row)["ethnicity_main_code_unknown"] is None


@pytest.mark.parametrize(
    ("person", "referral", "lost"),
    [
        ("7", "-1", (False, False)),
        ("7", None, (False, False)),  # a referral may be missing, its person may not
        ("7", "8", (False, True)),
        ("-1", "9", (True, False)),
        (None, "9", (True, False)),
        ("6", "9", (True, False)),
    ],
)
def test_references(connection: Connection, person: str | None, referral: str | None, lost: object) -> None:
    row = ("1", person, referral, council.day(1), None)
    people = [("7", None, None, None, None, None, None, None, None)]
    found = flags(
        connection,
        "fact_cp_plan",
        row,
        dim_person=people,
        fact_referrals=[("9", "7", None, None, None, None)],
    )
    assert (found["dim_person_id_lost"], found["fact_referral_id_lost"]) == lost


def record(number: str, legacy: str | None, merged: bool = False, is_client: str | None = None) -> Row:
    when = council.day(1) if merged else "1900-01-01 00:00:00"
    return (number, legacy, None, None, None, None, None, is_client, when)


@pytest.mark.parametrize(
    ("people", "lost"),
    [
        ([record("7", None)], False),
        ([record("7", "L1", merged=True), record("8", " l1 ")], False),
        ([record("7", "L1", merged=True)], True),  # the survivor is absent, or in quarantine
        ([record("7", None, merged=True)], True),
        ([record("7", "-1", merged=True), record("8", "-1")], True),
        ([record("7", "L1", merged=True), record("8", "L2")], True),
        ([record("7", "L1", merged=True), record("8", "L1", merged=True)], True),  # one merged into the other
        ([record("7", "L1", merged=True), record("-1", "L1")], True),
        ([record("8", "L1")], True),
        # Test and administrative records are nobody on purpose: what points at them is no finding.
        ([record("7", None, is_client="N")], False),
        ([record("7", "L1", merged=True), record("8", "L1", is_client="No")], False),
        ([record("7", "L1", merged=True, is_client="N")], False),
        ([record("7", "L1", merged=True, is_client="N"), record("8", "L1", is_client="Y")], False),
        (
            [record("7", "L1", merged=True, is_client="Y"), record("8", "L1", merged=True, is_client="N")],
            True,
        ),
    ],
)
def test_references_to_merged_people(connection: Connection, people: list[Row], lost: bool) -> None:
    row = ("1", "7", None, council.day(1), None)
    assert flags(connection, "fact_cp_plan", row, dim_person=people)["dim_person_id_lost"] is lost


@pytest.mark.parametrize(("first", "second"), [("9", "10"), ("10", "9"), ("9", "8")])
def test_of_several_survivors_the_lowest_key_decides(connection: Connection, first: str, second: str) -> None:
    """As numbers: 9 comes before 10."""
    people = [record("7", "L1", merged=True), record(first, "L1"), record(second, "L1")]
    with connection.begin_nested() as savepoint:
        council.insert(connection, table("dim_person"), people)
        query = f"select person_id from ({identities.query(PICTURE)}) as who where record_id = '7'"
        found = connection.exec_driver_sql(query, execution_options={"no_parameters": True}).scalar()
        savepoint.rollback()
    assert found == str(min(int(first), int(second)))


DAY = "2019-05-02"


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        (f"{DAY} 00:00:00", f"{DAY} 00:00:00", False),
        (f"{DAY} 10:30:00", f"{DAY} 00:00:00", False),  # by the date alone
        (f"{DAY} 00:00:00", "2019-05-01 23:59:59", True),
        (f"{DAY} 00:00:00", "2019-05-03 00:00:00", False),
        (f"{DAY} 00:00:00", None, False),
        (f"{DAY} 00:00:00", "1900-01-01 00:00:00", False),
        (None, f"{DAY} 00:00:00", False),
        ("1900-01-01 00:00:00", "1990-01-01 00:00:00", False),
        (None, None, False),
    ],
)
def test_ends_before_starts(connection: Connection, start: str | None, end: str | None, wrong: bool) -> None:
    row = ("1", "-1", None, start, end)
    assert flags(connection, "fact_cp_plan", row)["ends_before_start"] is wrong
    episode = ("1", "-1", "-1", "-1", start, end, "S", None, None)
    assert flags(connection, "fact_care_episodes", episode)["ends_before_start"] is wrong
    referral = ("1", "-1", start, end, None, None)
    assert flags(connection, "fact_referrals", referral)["ends_before_start"] is wrong


@pytest.mark.parametrize(
    ("keys", "unkeyed"),
    [
        (("1", "2"), False),
        (("1", "1"), True),
        ((None, "2"), True),
        (("-1", "2"), False),  # the row for 'no such row': staging makes nothing of its key
        (("-1", "-1"), False),
    ],
)
def test_keys(connection: Connection, keys: tuple[str | None, ...], unkeyed: bool) -> None:
    rows = [(key, "CLAR", None, None) for key in keys]
    assert flags(connection, "fact_meetings", *rows)["unkeyed"] is unkeyed


def test_of_rows_alike_all_but_the_first_are_repeated_and_their_key_is_judged_once(
    connection: Connection,
) -> None:
    with connection.begin_nested() as savepoint:
        rows = [("1", "CLAR", None, None), ("2", "CLAR", None, None), ("2", "CLARS", None, None)]
        council.insert(connection, table("fact_meetings"), rows)
        connection.execute(
            text(
                "insert into landing.lcs__fact_meetings (authority_code, fact_meeting_id, "
                "dim_lookup_mtg_type_id_code, row_hash, occurrence, known_from) "
                "select authority_code, fact_meeting_id, dim_lookup_mtg_type_id_code, row_hash, 2, 1 "
                "from landing.lcs__fact_meetings where dim_lookup_mtg_type_id_code = 'CLAR'"
            )
        )
        found = connection.exec_driver_sql(
            f"select repeated, unkeyed from ({queries(PICTURE)['fact_meetings']}) as batch",
            execution_options={"no_parameters": True},
        ).all()
        savepoint.rollback()
    assert sorted(map(str, found)) == [
        "(False, False)",
        "(False, True)",
        "(False, True)",
        "(True, None)",
        "(True, None)",
    ]


@pytest.mark.parametrize(("key", "nameless"), [("1", False), ("0", False), ("-1", True), (None, True)])
def test_reviews_without_a_key(connection: Connection, key: str | None, nameless: bool) -> None:
    found = flags(connection, "fact_cla_review", (key, None, None, None, None, None))
    assert found["nameless"] is nameless


@pytest.mark.parametrize(
    ("codes", "unkeyed"),
    [(("A", "B"), False), (("A", "A"), True), ((None, "A"), False), ((None, None), False)],
)
def test_keys_of_a_list_of_codes(
    connection: Connection, codes: tuple[str | None, ...], unkeyed: bool
) -> None:
    rows = [(code, "WBRI") for code in codes]
    assert flags(connection, "dim_lookup_dfe_ethnic", *rows)["unkeyed"] is unkeyed


@pytest.mark.parametrize(
    ("kind", "unknown", "is_review"),
    [("CLAR", False, True), ("clar ", False, True), ("CLARS", True, False), (None, False, False)],
)
def test_the_meeting_of_a_review(
    connection: Connection, kind: str | None, unknown: bool, is_review: bool
) -> None:
    meetings = [("5", kind, council.day(1), None)]
    review = ("1", "1", "1", "5", None, None)
    assert (
        flags(connection, "fact_cla_review", review, fact_meetings=meetings)["fact_meeting_id_unknown"]
        is unknown
    )
    assert flags(connection, "fact_meetings", *meetings)["is_review_meeting"] is is_review


def test_a_meeting_that_is_not_there_is_lost_and_not_unknown(connection: Connection) -> None:
    found = flags(connection, "fact_cla_review", ("1", "1", "1", "5", None, None))
    assert (found["fact_meeting_id_lost"], found["fact_meeting_id_unknown"]) == (True, False)


# measure, grain, start, end, numerator, denominator, value, unit, status, symbol → flags that are raised
MONTH = ("month", "2020-03-01", "2020-03-31")
KPI_CASES = {
    ("participation", *MONTH, 3, 4, 75, "percent", "provisional", None): set(),
    ("participation", *MONTH, 4, 4, 100, "percent", "provisional", None): set(),
    ("participation", *MONTH, 1, 3, "33.3333", "percent", "provisional", None): set(),
    ("participation", *MONTH, 1, 3, "33.3334", "percent", "provisional", None): {"value_wrong"},
    ("participation", *MONTH, 0, 0, None, "percent", "provisional", "z"): set(),
    ("participation", *MONTH, 0, 0, 0, "percent", "provisional", None): {"value_wrong"},
    ("participation", *MONTH, 0, 0, None, "percent", "provisional", None): {"symbol_wrong"},
    ("participation", *MONTH, 3, 4, 75, "percent", "provisional", "c"): {"symbol_wrong"},
    ("participation", *MONTH, 5, 4, 125, "percent", "provisional", None): {
        "above_denominator",
        "percent_outside",
    },
    ("participation", *MONTH, None, 4, None, "percent", "provisional", "x"): {
        "numerator_wrong",
        "above_denominator",
        "value_wrong",
    },
    ("participation", *MONTH, 0, -1, 0, "percent", "provisional", None): {
        "denominator_wrong",
        "above_denominator",
    },
    ("participation", *MONTH, 3, 4, 75, "reviews", "provisional", None): {
        "denominator_wrong",
        "value_wrong",
        "undefined",
    },
    ("rate", *MONTH, 3, 2, 150, "alerts_per_100_children", "provisional", None): set(),
    ("rate", *MONTH, 3, 2, 3, "alerts_per_100_children", "provisional", None): {"value_wrong"},
    ("rate", *MONTH, 3, 0, None, "alerts_per_100_children", "provisional", "z"): set(),
    ("rate", *MONTH, 3, None, 3, "alerts_per_100_children", "provisional", None): {
        "denominator_wrong",
        "value_wrong",
    },
    ("per_10k", *MONTH, 984, 260000, "37.8462", "children_per_10k", "provisional", None): set(),
    ("per_10k", *MONTH, 984, 260000, "0.3785", "children_per_10k", "provisional", None): {"value_wrong"},
    ("per_10k", *MONTH, 984, None, None, "children_per_10k", "provisional", "x"): set(),
    ("per_10k", *MONTH, 984, None, None, "children_per_10k", "provisional", None): {"symbol_wrong"},
    ("per_10k", *MONTH, 984, 260000, None, "children_per_10k", "provisional", "x"): {"value_wrong"},
    ("per_10k", *MONTH, None, 260000, None, "children_per_10k", "provisional", "x"): {
        "numerator_wrong",
        "value_wrong",
    },
    ("days", *MONTH, 7, 0, None, "working_days", "provisional", "z"): {"value_wrong"},
    ("fte", *MONTH, 2670, None, "26.7", "fte", "provisional", None): set(),
    ("fte", *MONTH, 2670, None, 2670, "fte", "provisional", None): {"value_wrong"},
    ("load", *MONTH, 51, 100, 51, "children_per_fte", "provisional", None): set(),
    ("load", *MONTH, 51, 100, "0.51", "children_per_fte", "provisional", None): {"value_wrong"},
    ("days", *MONTH, 7, 2, 7, "working_days", "provisional", None): set(),
    ("days", *MONTH, 7, 2, 350, "working_days", "provisional", None): {"value_wrong"},
    ("days", *MONTH, -1, 2, -1, "working_days", "provisional", None): {"numerator_wrong"},
    ("days", *MONTH, 7, None, 7, "working_days", "provisional", None): {"denominator_wrong"},
    ("days", *MONTH, None, 2, None, "working_days", "provisional", "x"): set(),
    ("days", *MONTH, None, 2, None, "working_days", "provisional", None): {"symbol_wrong"},
    ("reviews_held", *MONTH, None, None, None, "reviews", "provisional", "x"): {
        "numerator_wrong",
        "value_wrong",
    },
    ("reviews_held", *MONTH, 0, None, 0, "reviews", "provisional", None): set(),
    ("reviews_held", *MONTH, 3, None, 4, "reviews", "provisional", None): {"value_wrong"},
    ("reviews_held", *MONTH, 3, 4, 3, "reviews", "provisional", None): {"denominator_wrong"},
    ("reviews_held", *MONTH, -1, None, -1, "reviews", "provisional", None): {"numerator_wrong"},
    ("reviews_held", *MONTH, 3, None, 3, "reviews", "final", None): {"status_wrong"},
    ("reviews_held", "month", "2020-02-01", "2020-02-29", 3, None, 3, "reviews", "final", None): set(),
    ("reviews_held", "month", "2020-02-01", "2020-02-28", 3, None, 3, "reviews", "final", None): {
        "period_wrong"
    },
    ("reviews_held", "month", "2020-04-01", "2020-04-30", 3, None, 3, "reviews", "provisional", None): {
        "period_wrong",
        "undefined",  # not over yet, and beyond the definition's last day
    },
    ("reviews_held", "week", "2020-03-01", "2020-03-31", 3, None, 3, "reviews", "provisional", None): {
        "period_wrong"
    },
    (
        "reviews_held",
        "quarter",
        "2020-01-01",
        "2020-03-31",
        3,
        None,
        3,
        "reviews",
        "provisional",
        None,
    ): set(),
    ("reviews_held", "quarter", "2019-12-01", "2020-02-29", 3, None, 3, "reviews", "final", None): {
        "period_wrong"
    },
    (
        "reviews_held",
        "financial_year",
        "2019-04-01",
        "2020-03-31",
        3,
        None,
        3,
        "reviews",
        "provisional",
        None,
    ): set(),
    ("reviews_held", "financial_year", "2019-01-01", "2019-12-31", 3, None, 3, "reviews", "final", None): {
        "period_wrong"
    },
    (
        "reviews_held",
        "rolling_12_months",
        "2019-03-01",
        "2020-02-29",
        3,
        None,
        3,
        "reviews",
        "final",
        None,
    ): set(),
    (
        "reviews_held",
        "snapshot",
        "2020-03-31",
        "2020-03-31",
        3,
        None,
        3,
        "reviews",
        "provisional",
        None,
    ): set(),
    ("invented", *MONTH, 3, None, 3, "reviews", "provisional", None): {"undefined"},
}


YEARS_CASES = {
    # start of a period, review held → years not known; the calendar holds 2018 to 2021
    ("2018-01-01", None): [],
    ("2017-12-31", None): [2017],
    ("2021-11-21", None): [],
    ("2021-11-22", None): [2022],
    ("2019-01-01", "2021-12-31"): [],
    ("2019-01-01", "2022-01-01"): [2022],
    ("2019-01-01", "2016-06-01"): [2016, 2017],
}


@pytest.mark.parametrize(("dates", "years"), YEARS_CASES.items())
def test_years_without_bank_holidays(
    connection: Connection, dates: tuple[str, str | None], years: list[int]
) -> None:
    with connection.begin_nested() as savepoint:
        for statement in (
            "create temp table fct_period_of_care as select cast(:start as date) as start_date",
            "create temp table fct_review as select cast(:held as date) as held_date",
            "create temp table dim_date as select cast(day as date) as date_day, "
            "case when extract(doy from day) <= 8 then 'Holiday' end as bank_holiday_name "
            "from generate_series(timestamp '2018-01-01', '2021-12-31', '1 day') as day",
        ):
            connection.execute(text(statement), {"start": dates[0], "held": dates[1]})
        words = {"candidate": "pg_temp", "as_known": "2020-03-31"}
        assert list(marts_gate._years_outside(connection, words)) == years
        # A year that stands in the calendar but has lost its bank holidays is not known either.
        connection.execute(text("update dim_date set bank_holiday_name = null where date_day = '2020-01-08'"))
        assert 2020 in marts_gate._years_outside(connection, words)
        savepoint.rollback()


@pytest.fixture(scope="module")
def kpi_query(connection: Connection) -> str:
    """The query of published values on a small table of values and definitions of its own."""
    for name, columns in (
        (
            "kpi_value_unsuppressed",
            "measure_id text, period_grain text, period_start date, period_end date, numerator integer, "
            "denominator integer, value numeric(9, 4), unit text, status text, symbol text",
        ),
        ("kpi_definition", "measure_id text, unit text, valid_from date, valid_to date"),
        (
            "measure_unit",
            "unit text, multiplier numeric(9, 2), is_ratio boolean, has_denominator boolean, may_lack text",
        ),
    ):
        connection.execute(text(f"create temp table {name} ({columns})"))
    with (dbt.PROJECT / "seeds" / "measure_unit.csv").open(newline="") as file:
        for unit in csv.DictReader(file):
            connection.execute(
                text(
                    "insert into measure_unit values (:unit, cast(:multiplier as numeric), "
                    "cast(:is_ratio as boolean), cast(:has_denominator as boolean), nullif(:may_lack, ''))"
                ),
                unit,
            )
    connection.execute(
        text(
            "insert into kpi_definition values ('participation', 'percent', '2011-04-01', null), "
            "('rate', 'alerts_per_100_children', '2011-04-01', null), "
            "('days', 'working_days', '2011-04-01', null), "
            "('fte', 'fte', '2011-04-01', null), ('load', 'children_per_fte', '2011-04-01', null), "
            "('per_10k', 'children_per_10k', '2011-04-01', null), "
            "('reviews_held', 'reviews', '2011-04-01', '2020-03-31')"
        )
    )
    connection.execute(
        text(
            "insert into audit.extract (authority_code, as_known, run_id, status) values ('E10000030', "
            ":night, 'r', 'landed')"
        ),
        {"night": council.AS_KNOWN},
    )
    extract = council.extract_of(connection)
    words = marts_gate._words(extract, get_settings(), facts_of(connection, extract, get_settings()))
    delay = "(select 28 as provisional_days) as delay"
    return marts_gate._query(
        "kpi_value_unsuppressed", words | {"candidate": "pg_temp", "landed_recording_delay": delay}
    )


@pytest.mark.parametrize(("case", "raised"), KPI_CASES.items())
def test_published_values(
    connection: Connection, kpi_query: str, case: tuple[object, ...], raised: set[str]
) -> None:
    with connection.begin_nested() as savepoint:
        slots = ", ".join(f":v{n}" for n in range(len(case)))
        casts = (
            slots.replace(":v2", "cast(:v2 as date)")
            .replace(":v3", "cast(:v3 as date)")
            .replace(":v6", "cast(:v6 as numeric)")
        )
        connection.execute(
            text(f"insert into kpi_value_unsuppressed values ({casts})"),
            {f"v{n}": v for n, v in enumerate(case)},
        )
        found = (
            connection.exec_driver_sql(kpi_query, execution_options={"no_parameters": True}).mappings().one()
        )
        savepoint.rollback()
    assert {name for name, flag in found.items() if flag} == raised
    assert None not in found.values()
