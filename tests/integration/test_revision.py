"""What a reader sees of a month whose value changed from publication to publication."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import ProgrammingError

from care_reviews.marts import read_marts
from care_reviews.warehouse import deploy
from tests.conftest import AUTHORITY, Warehouse

FIRST_NIGHT = dt.date(2020, 3, 31)
SUPPRESSED = None


@dataclass
class Published:
    """Publications of a warehouse, one a night from 31 March on, and the cells that they show."""

    engine: Engine

    def nights(self, number: int, withdrawn: tuple[int, ...] = (), authority: str = AUTHORITY) -> None:
        with self.engine.begin() as connection:
            connection.execute(
                text(
                    "insert into audit.extract (extract_id, authority_code, as_known, run_id, status) "
                    "overriding system value values (1, :authority, :as_known, 'run', 'landed')"
                ),
                {"authority": authority, "as_known": FIRST_NIGHT},
            )
            for night in range(1, number + 1):
                connection.execute(
                    text(
                        "insert into published.publication (publication_id, authority_code, as_known, "
                        "run_id, extract_id, code_version, dbt_invocation_id, source_gate, marts_gate, "
                        "expectations_passed, expectations_warned, expectations_stopped, withdrawn_at, "
                        "withdrawn_by, reason) overriding system value values (:id, :authority, :as_known, "
                        "'run', 1, '1', 'dbt', 'passed', 'passed', 1, 0, 0, "
                        "case when :gone then now() end, case when :gone then 'somebody' end, "
                        "case when :gone then 'wrong' end)"
                    ),
                    {
                        "id": night,
                        "authority": authority,
                        "as_known": FIRST_NIGHT + dt.timedelta(days=night - 1),
                        "gone": night in withdrawn,
                    },
                )

    def version(
        self,
        value: int | None,
        known_from: int,
        known_to: int | None,
        breakdown: str = "all",
        grain: str = "snapshot",
        status: str = "final",
    ) -> None:
        with self.engine.begin() as connection:
            connection.execute(
                text(
                    "insert into published.kpi_value_history (authority_code, measure_id, period_grain, "
                    "period_start, period_end, breakdown, category, numerator, value, unit, status, symbol, "
                    "row_hash, occurrence, known_from, known_to) values (:authority, 'm', :grain, "
                    "'2020-03-31', '2020-03-31', :breakdown, :breakdown, "
                    "cast(:value as integer), cast(:value as integer), 'children', "
                    ":status, case when cast(:value as integer) is null then 'c' end, gen_random_uuid(), 1, "
                    ":known_from, :known_to)"
                ),
                {
                    "authority": AUTHORITY,
                    "grain": grain,
                    "breakdown": breakdown,
                    "value": value,
                    "status": status,
                    "known_from": known_from,
                    "known_to": known_to,
                },
            )


@pytest.fixture
def published(fresh_warehouse: Warehouse) -> Published:
    return Published(fresh_warehouse.engine)


def revisions(warehouse: Warehouse, role: str = "bi_reader") -> list[tuple[object, ...]]:
    """Publication, value, symbol, first, latest and days of each revision."""
    with warehouse.engine_as(role).connect() as connection:
        rows = connection.execute(
            text(
                "select publication_id, numerator, symbol, is_first, is_latest, days_after_period_end "
                "from published.kpi_revision order by period_grain, publication_id"
            )
        )
        return [tuple(row) for row in rows]


def test_each_value_from_the_first_to_the_latest(fresh_warehouse: Warehouse, published: Published) -> None:
    published.nights(6)
    published.version(108, 1, 3)
    published.version(107, 3, 5)
    published.version(106, 5, None)
    assert revisions(fresh_warehouse) == [
        (1, 108, None, True, False, 0),
        (3, 107, None, False, False, 2),
        (5, 106, None, False, True, 4),
    ]


def test_what_stays_the_same_is_one_row(fresh_warehouse: Warehouse, published: Published) -> None:
    published.nights(4)
    published.version(108, 1, 3, status="provisional")
    published.version(108, 3, None)
    assert revisions(fresh_warehouse) == [(1, 108, None, True, True, 0)]


def test_a_value_that_comes_back_is_told_again(fresh_warehouse: Warehouse, published: Published) -> None:
    published.nights(3)
    for value, known_from, known_to in ((5, 1, 2), (6, 2, 3), (5, 3, None)):
        published.version(value, known_from, known_to)
    assert [row[1] for row in revisions(fresh_warehouse)] == [5, 6, 5]


def test_what_was_withdrawn_was_never_said(fresh_warehouse: Warehouse, published: Published) -> None:
    published.nights(4, withdrawn=(1, 3))
    published.version(9, 1, 2)  # withdrawn alone
    published.version(5, 2, 3)
    published.version(6, 3, 4)  # withdrawn alone
    published.version(5, 4, None)
    assert revisions(fresh_warehouse) == [(2, 5, None, True, True, 1)]


def test_a_version_counts_from_its_first_publication_that_stands(
    fresh_warehouse: Warehouse, published: Published
) -> None:
    published.nights(3, withdrawn=(1,))
    published.version(5, 1, None)
    assert revisions(fresh_warehouse) == [(2, 5, None, True, True, 1)]


def test_a_value_now_suppressed_stays_what_was_published(
    fresh_warehouse: Warehouse, published: Published
) -> None:
    published.nights(3)
    published.version(7, 1, 2)
    published.version(SUPPRESSED, 2, None)
    assert revisions(fresh_warehouse) == [(1, 7, None, True, False, 0), (2, None, "c", False, True, 1)]


def test_a_first_value_without_number_is_the_first(fresh_warehouse: Warehouse, published: Published) -> None:
    published.nights(2)
    published.version(SUPPRESSED, 1, 2)
    published.version(7, 2, None)
    assert [row[2:5] for row in revisions(fresh_warehouse)] == [("c", True, False), (None, False, True)]


def test_months_and_month_ends_of_the_whole_alone(fresh_warehouse: Warehouse, published: Published) -> None:
    published.nights(1)
    published.version(1, 1, None)
    published.version(2, 1, None, grain="month")
    published.version(3, 1, None, grain="quarter")
    published.version(4, 1, None, breakdown="sex")
    assert [row[1] for row in revisions(fresh_warehouse, "analyst")] == [2, 1]


def test_other_councils_publications_do_not_show_it(fresh_warehouse: Warehouse, published: Published) -> None:
    published.nights(2, authority="E09000001")
    published.version(5, 1, None)
    assert revisions(fresh_warehouse) == []


def test_the_auditor_reads_no_values(fresh_warehouse: Warehouse) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"):
        revisions(fresh_warehouse, "auditor")


def test_it_goes_with_the_values_and_comes_back(fresh_warehouse: Warehouse) -> None:
    others = tuple(mart for mart in read_marts() if mart.name != "kpi_value")
    changes = deploy(fresh_warehouse.engine, [AUTHORITY], others).changes
    assert "view published.kpi_revision dropped: kpi_value has no contract" in changes
    assert "view published.kpi_revision made" in deploy(fresh_warehouse.engine, [AUTHORITY]).changes
    assert deploy(fresh_warehouse.engine, [AUTHORITY]).changes == []
