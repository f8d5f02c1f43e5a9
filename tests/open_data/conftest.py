"""A warehouse with a few publications that were made straight in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection, text

from tests.conftest import AUTHORITY, Warehouse
from tests.open_data import published_rows
from tests.open_data.pictures import picture

MARCH, APRIL, MAY, JUNE = (dt.date(2020, month, 28) for month in (3, 4, 5, 6))
ANOTHER = "E06999001"


@dataclass
class Ledger:
    """Ids of publications: of March an older one and a newer one, of April one without groups, of May one
    that was withdrawn, of June one of another council.
    """

    warehouse: Warehouse
    replaced: int
    march: int
    without_groups: int
    withdrawn: int
    another: int


@pytest.fixture(scope="module")
def ledger(module_warehouse: Warehouse) -> Ledger:
    nights = ((MARCH, AUTHORITY), (MARCH, AUTHORITY), (APRIL, AUTHORITY), (MAY, AUTHORITY), (JUNE, ANOTHER))
    with module_warehouse.engine.begin() as connection:
        ids = [
            published_rows.publish(connection, night, authority, f"run {number}")
            for number, (night, authority) in enumerate(nights)
        ]
        published_rows.fill(connection, ids[1], picture())
        _fill_annex_a(connection, ids[1])
        _before_groups(connection, ids[2])
        connection.execute(
            text(
                "update published.publication set withdrawn_at = now(), withdrawn_by = 'a', reason = 'a' "
                "where publication_id = :id"
            ),
            {"id": ids[3]},
        )
    return Ledger(module_warehouse, *ids)


def _before_groups(connection: Connection, publication_id: int) -> None:
    """The definitions of a publication from before measures had groups."""
    connection.execute(
        text("update published.kpi_definition_history set known_to = :id where authority_code = :code"),
        {"id": publication_id, "code": AUTHORITY},
    )
    connection.execute(
        text(
            "insert into published.kpi_definition_history (authority_code, measure_id, name, valid_from, "
            "row_hash, occurrence, known_from) values (:code, 'reviews_held', 'Reviews held', '2011-04-01', "
            "gen_random_uuid(), 1, :id)"
        ),
        {"id": publication_id, "code": AUTHORITY},
    )


def _fill_annex_a(connection: Connection, publication_id: int) -> None:
    """Children, by their periods of care and reviews: the night is 28 March 2020."""
    day = dt.date.fromisoformat
    periods = [
        # Child, period, number, start, end, contact.
        ("child-a", "p1", 1, "2017-01-01", "2018-01-01", "2017-03-01"),
        ("child-a", "p2", 2, "2019-05-01", None, "2020-01-15"),
        ("child-b", "p3", 1, "2019-01-01", "2019-03-28", None),
        ("child-c", "p4", 1, "2019-01-01", "2019-03-29", None),
        ("child-d", "p5", 1, "2020-03-28", None, None),
        ("=child", "p6", 1, "2020-03-01", "2020-03-28", None),
        ("child-f", "p7", 1, "2020-03-29", None, None),
    ]
    names = ("child_id", "period_id", "period_number", "start_date", "end_date", "last_contact_date")
    rows = [
        dict(zip(names, (*row[:3], *(day(cell) if cell else None for cell in row[3:])), strict=True))
        for row in periods
    ]
    table = "analysis.fct_period_of_care_history"
    published_rows.versions(connection, table, publication_id, AUTHORITY, rows, reviews_held=0)
    reviews = [
        {
            "period_id": period,
            "child_id": child,
            "review_sequence": number,
            "held_date": day(held) if held else None,
        }
        for period, child, number, held in (
            ("p1", "child-a", 1, "2017-02-01"),
            ("p2", "child-a", 1, "2019-05-29"),
            ("p2", "child-a", 2, "2019-08-29"),
            ("p2", "child-a", 3, None),
            ("p4", "child-c", 1, "2019-01-29"),
        )
    ]
    table = "analysis.fct_review_history"
    published_rows.versions(connection, table, publication_id, AUTHORITY, reviews)
