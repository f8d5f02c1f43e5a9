"""Rules of people, legal statuses and periods, at both sides of each boundary and at null."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.integration.gates import care_tables
from tests.integration.gates.care_tables import BORN, CHILD, NIGHT

START = dt.date(2019, 5, 1)
EIGHTEENTH = dt.date(2028, 1, 1)
DAY = dt.timedelta(days=1)


def period(start: dt.date = START, end: dt.date | None = None) -> dict[str, Any]:
    return {"period_id": 1, "person_id": CHILD, "start_date": start, "end_date": end}


@pytest.mark.parametrize(
    ("birth", "in_care", "wrong"), [(BORN, True, False), (None, True, True), (None, False, None)]
)
def test_102(tables: Connection, birth: dt.date | None, in_care: bool, wrong: bool | None) -> None:
    found = care_tables.flags(
        tables,
        "people",
        int_person__people=[{"replace": True, "person_id": CHILD, "birth_date": birth}],
        int_care__all_periods=[period()] if in_care else [],
    )
    assert found[str(CHILD)]["rule_102"] is wrong


@pytest.mark.parametrize(
    ("births", "wrong"),
    [
        ((BORN, BORN), False),
        ((BORN, BORN + DAY), True),
        ((BORN, None), None),
        ((None, None), None),
        ((BORN,), None),
    ],
)
def test_int17(tables: Connection, births: tuple[dt.date | None, ...], wrong: bool | None) -> None:
    found = care_tables.flags(
        tables,
        "people",
        stg_lcs__dim_person=[{"person_id": CHILD + n, "birth_date": born} for n, born in enumerate(births)],
        int_person__identities=[{"source_person_id": CHILD + 1, "person_id": CHILD}],
    )
    assert found[str(CHILD)]["rule_int17"] is wrong


def status(code: str | None, start: dt.date | None, end: dt.date | None, **more: Any) -> dict[str, Any]:
    return {
        "legal_status_id": 1,
        "source_person_id": CHILD,
        "legal_status_code": code,
        "start_date": start,
        "end_date": end,
    } | more


REPEAL = dt.date(2005, 12, 30)


@pytest.mark.parametrize(
    ("code", "words", "start", "wrong"),
    [
        ("C2", None, START, False),
        ("C9", None, START, True),
        ("C9", "care order sec. 31(a)", START, True),  # the code decides where there is one
        (None, "care order sec. 31(a)", START, False),
        (None, "care order sec. 32", START, True),
        (None, None, START, None),
        ("D1", None, REPEAL - DAY, False),
        ("D1", None, REPEAL, True),
        ("E1", None, REPEAL - DAY, True),
        ("E1", None, REPEAL, False),
        ("E1", None, None, False),
    ],
)
def test_144(
    tables: Connection, code: str | None, words: str | None, start: dt.date | None, wrong: bool | None
) -> None:
    rows = [status(code, start, None, legal_status_text=words)]
    assert (
        care_tables.flags(tables, "legal_statuses", stg_lcs__fact_legal_status=rows)["1"]["rule_144"] is wrong
    )


@pytest.mark.parametrize(
    ("reason", "start", "wrong"),
    [
        ("E2", START + DAY, True),
        ("E15", START + DAY, True),
        ("E2", START, False),
        ("E2", None, None),
        ("E11", START + DAY, False),
    ],
)
def test_437_of_a_legal_status(
    tables: Connection, reason: str, start: dt.date | None, wrong: bool | None
) -> None:
    ended = {"episode_id": 1, "source_person_id": CHILD, "end_date": START, "end_reason_code": reason}
    rows = {
        "stg_lcs__fact_legal_status": [status("C2", start, None)],
        "stg_lcs__fact_care_episodes": [ended],
    }
    assert care_tables.flags(tables, "legal_statuses", **rows)["1"]["rule_437"] is wrong


@pytest.mark.parametrize(
    ("code", "start", "end", "wrong"),
    [
        ("V3", START, START + 17 * DAY, False),
        ("V3", START, START + 18 * DAY, True),
        ("V3", NIGHT - 17 * DAY, None, False),
        ("V3", NIGHT - 18 * DAY, None, True),
        ("V3", None, START, None),
        ("V4", START, START + 18 * DAY, None),
        (None, START, START + 18 * DAY, None),
    ],
)
def test_365(
    tables: Connection, code: str | None, start: dt.date | None, end: dt.date | None, wrong: bool | None
) -> None:
    rows = [status(code, start, end)]
    assert (
        care_tables.flags(tables, "legal_statuses", stg_lcs__fact_legal_status=rows)["1"]["rule_365"] is wrong
    )


@pytest.mark.parametrize(
    ("start", "end", "code", "wrong"),
    [
        (START + 9 * DAY, None, "V4", True),
        (START + 10 * DAY, None, "V4", False),  # the day of an end is not a day of it
        (START - 9 * DAY, START, "V4", False),
        (START - 9 * DAY, START + DAY, "V4", True),
        (START - 9 * DAY, None, "V2", False),
        (None, None, "V4", False),
    ],
)
def test_426(tables: Connection, start: dt.date | None, end: dt.date | None, code: str, wrong: bool) -> None:
    rows = [status("V3", START, START + 10 * DAY), status(code, start, end, legal_status_id=2)]
    found = care_tables.flags(tables, "legal_statuses", stg_lcs__fact_legal_status=rows)
    assert (found["1"]["rule_426"], found["2"]["rule_426"]) == (wrong, None)


@pytest.mark.parametrize(
    ("days", "first", "wrong"),
    [
        (75, dt.date(2019, 4, 1), False),
        (76, dt.date(2019, 4, 1), True),
        (76, dt.date(2019, 3, 31), False),  # one of them lies in the year before
        (77, dt.date(2019, 3, 31), True),
    ],
)
def test_367(tables: Connection, days: int, first: dt.date, wrong: bool) -> None:
    """Days that two stays share are counted once."""
    stays = [
        {"person_id": CHILD, "legal_status_code": "V3", "start_date": first, "end_date": first + days * DAY},
        {"person_id": CHILD, "legal_status_code": "V3", "start_date": first, "end_date": first + 9 * DAY},
        {"person_id": CHILD, "legal_status_code": "V4", "start_date": first, "end_date": None},
    ]
    found = care_tables.flags(tables, "short_breaks", int_care__legal_statuses=stays)
    assert found[str(CHILD)]["rule_367"] is wrong
    assert care_tables.flags(tables, "short_breaks", int_care__legal_statuses=stays[2:]) == {}


@pytest.mark.parametrize(
    ("birth", "start", "end", "starts_late", "open_past"),
    [
        (BORN, EIGHTEENTH - DAY, EIGHTEENTH, False, None),
        (BORN, EIGHTEENTH, EIGHTEENTH, True, None),
        (NIGHT.replace(year=2002), START, None, False, False),  # 18 on the night
        (NIGHT.replace(year=2002) - DAY, START, None, False, True),
        (NIGHT.replace(year=2002) - DAY, START, NIGHT, False, None),
        (None, START, None, None, None),
    ],
)
def test_352_and_359(
    tables: Connection,
    birth: dt.date | None,
    start: dt.date,
    end: dt.date | None,
    starts_late: bool | None,
    open_past: bool | None,
) -> None:
    found = care_tables.flags(
        tables,
        "periods",
        int_person__people=[{"replace": True, "person_id": CHILD, "birth_date": birth}],
        int_care__all_periods=[period(start, end)],
    )["1"]
    assert (found["rule_352"], found["rule_359"]) == (starts_late, open_past)


@pytest.mark.parametrize(
    ("needs", "wrong"),
    [
        (("N1", "N1"), False),
        (("N1", "N2"), True),
        (("N1", None), None),
        (("N1",), None),
        ((None, None), None),
    ],
)
def test_504(tables: Connection, needs: tuple[str | None, ...], wrong: bool | None) -> None:
    rows = [{"episode_id": n, "period_id": 1, "category_of_need_code": need} for n, need in enumerate(needs)]
    found = care_tables.flags(
        tables, "periods", stg_lcs__fact_care_episodes=rows, int_care__all_periods=[period()]
    )
    assert found["1"]["rule_504"] is wrong


@pytest.mark.parametrize(
    ("start", "wrong"), [(START, False), (START - DAY, True), (START + DAY, True), (None, None)]
)
def test_r10(tables: Connection, start: dt.date | None, wrong: bool | None) -> None:
    own = [{"period_id": 1, "recorded_start_date": start}]
    found = care_tables.flags(tables, "periods", stg_lcs__fact_cla=own, int_care__all_periods=[period()])
    assert found["1"]["rule_r10"] is wrong
