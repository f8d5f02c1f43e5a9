"""The due dates of the warehouse against the pure function, over thousands of generated histories."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from care_reviews import dbt
from tests.brute_force.due_dates import due_dates
from tests.conftest import AUTHORITY, Warehouse
from tests.due_date_vectors import FIRST_REVIEWS
from tests.landed import PICTURE, put

HISTORIES = 4000
FIRST_START, LAST_START = date(1990, 1, 1), date(2033, 12, 31)
AS_KNOWN = date(2035, 12, 31)


def generated(seed: int) -> dict[int, tuple[date, list[date]]]:
    """Histories by period id: a start on any day, and reviews held early, on time, late, or never again."""
    chance = random.Random(seed)
    days = (LAST_START - FIRST_START).days
    found = {}
    for period_id in range(1, HISTORIES + 1):
        start = FIRST_START + timedelta(days=chance.randint(0, days))
        held: list[date] = []
        for _ in range(chance.choice((0, 1, 1, 2, 3, 4, 8))):
            after = held[-1] if held else start - timedelta(days=1)
            held.append(after + timedelta(days=chance.choice((1, 28, 29, 30, 31, 91, 92, 183, 184, 300))))
        found[period_id] = (start, [day for day in held if day <= AS_KNOWN])
    return found


def land(warehouse: Warehouse, histories: dict[int, tuple[date, list[date]]]) -> None:
    """One child for each history, in care ever since."""
    reviews = [
        (number, period_id, day)
        for number, (period_id, day) in enumerate(
            ((period_id, day) for period_id, (_, held) in histories.items() for day in held), start=1
        )
    ]
    tables: dict[str, list[dict[str, Any]]] = {
        "dim_person": [{"dim_person_id": period_id} for period_id in histories],
        "fact_cla": [{"fact_cla_id": period_id, "dim_person_id": period_id} for period_id in histories],
        "fact_care_episodes": [
            {
                "fact_care_episodes_id": period_id,
                "fact_cla_id": period_id,
                "care_start_date": f"{start} 00:00:00",
            }
            for period_id, (start, _) in histories.items()
        ],
        "fact_meetings": [
            {
                "fact_meeting_id": number,
                "dim_lookup_mtg_type_id_code": "CLAR",
                "actual_dttm": f"{day} 10:30:00",
            }
            for number, _, day in reviews
        ],
        "fact_cla_review": [
            {
                "fact_cla_review_id": number,
                "fact_cla_id": period_id,
                "dim_person_id": period_id,
                "fact_meeting_id": number,
            }
            for number, period_id, _ in reviews
        ],
    }
    for name, rows in tables.items():
        assert put(warehouse.engine, AUTHORITY, name, rows) == len(rows)


def test_sql_and_python_give_the_same_due_dates(fresh_warehouse: Warehouse, tmp_path: Path) -> None:
    histories = generated(seed=20200331)
    first = max(histories) + 1
    vectors = dict(enumerate(FIRST_REVIEWS.items(), start=first))
    histories |= {period_id: (start, []) for period_id, (start, _) in vectors.items()}
    land(fresh_warehouse, histories)
    dbt.build(
        fresh_warehouse.url_as("pipeline"),
        f"candidate_{AUTHORITY.lower()}",
        {"authority_code": AUTHORITY, "as_known": AS_KNOWN, "extract_id": PICTURE},
        tmp_path,
        select=("+int_review__due_dates",),
    )
    built: dict[Any, dict[Any, Any]] = defaultdict(dict)
    with fresh_warehouse.engine.connect() as connection:
        for period_id, number, due, held in connection.execute(
            text(
                "select period_id, review_sequence, due_date, held_date"
                f" from candidate_{AUTHORITY.lower()}.int_review__due_dates"
            )
        ):
            built[period_id][number] = (due, held)
    expected = {
        period_id: {each.seq: (each.due, each.held) for each in due_dates(start, held)}
        for period_id, (start, held) in histories.items()
    }
    wrong = {
        period_id: (histories[period_id], built[period_id], expected[period_id])
        for period_id in expected
        if built[period_id] != expected[period_id]
    }
    assert {period_id: built[period_id][1][0] for period_id in vectors} == {
        period_id: due for period_id, (_, due) in vectors.items()
    }
    assert len(built) == HISTORIES + len(vectors)
    assert not wrong, next(iter(wrong.values()))
