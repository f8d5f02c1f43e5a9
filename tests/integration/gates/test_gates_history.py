"""What the source gate knows of the nights before: which nights count, and what of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from sqlalchemy import text

from care_reviews.validation.landed_ages import landed_ages
from care_reviews.validation.landed_history import DAYS_LEARNT_FROM, days_unchanged, landed_history
from expectations.bands import NightCounts
from tests.integration.gates import council
from tests.integration.gates.judging import Landed, run


def of_cla(warehouse: Landed) -> dict[int, NightCounts]:
    """Day of March → what is known of FACT_CLA."""
    with warehouse.pipeline.connect() as connection:
        found = landed_history(connection, council.extract_of(connection))["fact_cla"]
    assert list(found) == sorted(found, key=lambda night: night.as_known)
    return {night.as_known.day: night for night in found}


def test_nights_are_told_with_rows_changes_and_whether_they_passed(new_council: Callable) -> None:  # type: ignore[type-arg]
    warehouse = new_council()
    run(
        warehouse,
        "update audit.manifest set rows_read = 41, rows_new = 2, rows_changed = 3, rows_vanished = 4, "
        "rows_quarantined = 5, rows_unchanged = 6 where table_name = 'fact_cla' and as_known = '2020-03-29'",
    )
    with warehouse.owner.begin() as connection:
        first, second = connection.scalars(text("select extract_id from audit.extract order by 1 limit 2"))
        council.judged(connection, first, "source", "blocked")
        council.judged(connection, second, "source", "blocked")
        council.judged(connection, second, "source", "warned")  # the newest verdict counts
        council.judged(connection, second, "marts", "blocked")
    found = of_cla(warehouse)
    assert sorted(found) == [28, 29, 30, 31]
    assert [found[day].is_accepted for day in (28, 29, 30, 31)] == [False, True, True, True]
    assert (found[29].rows, found[29].changes) == (41, 9)
    run(warehouse, "delete from audit.validation where as_known = '2020-03-30'")
    assert not of_cla(warehouse)[30].is_accepted  # not judged is not passed


def test_discarded_nights_other_councils_and_long_ago_ones_do_not_count(new_council: Callable) -> None:  # type: ignore[type-arg]
    warehouse = new_council()
    run(
        warehouse,
        "update audit.extract set status = 'discarded', discarded_at = now(), discarded_by = 'somebody', "
        "discard_reason = 'mistyped' where as_known = '2020-03-28'",
        "update audit.extract set authority_code = 'E06000001' where as_known = '2020-03-29'",
    )
    assert sorted(of_cla(warehouse)) == [30, 31]
    for days, known in ((DAYS_LEARNT_FROM, True), (DAYS_LEARNT_FROM + 1, False)):
        day = council.AS_KNOWN - dt.timedelta(days=days)
        run(warehouse, f"update audit.extract set as_known = '{day}' where run_id = 'earlier 1'")
        assert (day.day in of_cla(warehouse)) is known


def test_facts_are_as_old_as_each_night_knew_them(new_council: Callable) -> None:  # type: ignore[type-arg]
    """A case note of the 30th landed a night later, one of the 27th was gone soon, one is of later."""
    warehouse = new_council()
    notes = (("2020-03-20", 1, None), ("2020-03-30", 4, None), ("2020-04-01", 1, None), ("2020-03-27", 2, 3))
    run(
        warehouse,
        "delete from landing.lcs__fact_casenotes",
        *(
            "insert into landing.lcs__fact_casenotes (authority_code, event_dttm, row_hash, occurrence, "
            f"known_from, known_to) values ('{council.AUTHORITY}', '{day} 23:59:59', gen_random_uuid(), 1, "
            f"{since}, {until or 'null'})"
            for day, since, until in notes
        ),
    )
    with warehouse.pipeline.connect() as connection:
        tonight = council.extract_of(connection)
        assert tonight.extract_id == 4
        found = landed_ages(connection, tonight)
    assert [(night.as_known.day, night.days) for night in found["fact_casenotes"]] == [
        (28, 8),
        (29, 2),  # known to that night alone
        (30, 10),
        (31, 1),
    ]


def test_a_table_without_days_is_as_old_as_its_last_change(new_council: Callable) -> None:  # type: ignore[type-arg]
    """Rows that went alone are no news, and a night that was discarded brought none."""
    warehouse = new_council()
    changed = "update audit.manifest set {} where table_name = 'dim_worker' and as_known = '2020-03-{}'"
    none = "rows_new = 0, rows_changed = 0, rows_vanished = 1"
    run(
        warehouse,
        changed.format("rows_new = 1, rows_changed = 0", 28),
        changed.format(none, 29),
        changed.format(none, 30),
        changed.format("rows_new = 0, rows_changed = 1", 31),
    )

    def found() -> list[tuple[int, int]]:
        with warehouse.pipeline.connect() as connection:
            nights = landed_ages(connection, council.extract_of(connection))["dim_worker"]
        return [(night.as_known.day, night.days) for night in nights]

    assert found() == [(28, 0), (29, 1), (30, 2), (31, 0)]
    run(
        warehouse,
        changed.format("rows_new = 1", 30),
        "update audit.extract set status = 'discarded', discarded_at = now(), discarded_by = 'somebody', "
        "discard_reason = 'mistyped' where as_known = '2020-03-30'",
        changed.format(none, 31),
    )
    assert found() == [(28, 0), (29, 1), (31, 3)]


def test_a_fact_of_more_than_a_year_ago_has_no_age(new_council: Callable) -> None:  # type: ignore[type-arg]
    warehouse = new_council()
    for day, ages in (("2019-04-01", [365]), ("2019-03-31", [])):
        run(warehouse, f"update landing.lcs__fact_casenotes set event_dttm = '{day} 00:00:00'")
        with warehouse.pipeline.connect() as connection:
            found = landed_ages(connection, council.extract_of(connection)).get("fact_casenotes", ())
        assert [night.days for night in found if night.as_known == council.AS_KNOWN] == ages


def test_the_last_change_is_found_however_long_ago(new_council: Callable) -> None:  # type: ignore[type-arg]
    warehouse = new_council()

    def found() -> int | None:
        with warehouse.pipeline.connect() as connection:
            return days_unchanged(connection, council.extract_of(connection))

    none = "update audit.manifest set rows_new = 0, rows_changed = 0, rows_vanished = 0"
    run(warehouse, none)
    assert found() is None
    for column, day, days in (("rows_vanished", 28, 3), ("rows_changed", 29, 2), ("rows_new", 31, 0)):
        run(warehouse, f"update audit.manifest set {column} = 1 where as_known = '2020-03-{day}'")
        assert found() == days
    run(
        warehouse,
        none,
        "update audit.manifest set rows_new = 1 where as_known = '2020-03-28'",
        "update audit.extract set as_known = '2018-03-31' where as_known = '2020-03-28'",
    )
    assert found() == 731
    run(warehouse, "update audit.extract set authority_code = 'E06000001' where as_known = '2018-03-31'")
    assert found() is None


def test_of_a_night_that_landed_twice_the_changes_are_not_known(new_council: Callable) -> None:  # type: ignore[type-arg]
    warehouse = new_council()
    run(warehouse, "update audit.extract set as_known = '2020-03-30' where as_known = '2020-03-29'")
    found = of_cla(warehouse)
    assert (found[30].rows, found[30].changes) == (40, None)
    assert found[31].changes == 0
