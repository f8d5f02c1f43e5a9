"""How long periods stay provisional: the model, the gate and the plain calculation, on many nights."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml
from sqlalchemy import text

from care_reviews import dbt
from care_reviews.settings import get_settings
from care_reviews.validation import marts_gate
from care_reviews.validation.batches import SCHEMA, batch_name, batches
from care_reviews.validation.history import facts_of
from tests.brute_force.readable import readable
from tests.brute_force.recording_delay import LONGEST, days_late, provisional_days
from tests.brute_force.reviews import held_meetings
from tests.brute_force.source_rows import Source
from tests.conftest import AUTHORITY, Warehouse
from tests.integration.gates.council import extract_of
from tests.landed import put
from tests.property.messy import AS_KNOWN
from tests.property.messy_source import landed, messy

CANDIDATE = f"candidate_{AUTHORITY.lower()}"
WEEKS = 100
NIGHTS = {number: AS_KNOWN - dt.timedelta(weeks=WEEKS - number) for number in range(1, WEEKS + 1)}


def first_night_from(day: dt.date) -> int:
    """The first extract whose night is this day or later; the last where none is."""
    return next((number for number, night in NIGHTS.items() if night >= day), WEEKS)


def set_history(warehouse: Warehouse, first_extract: Mapping[int | None, int]) -> None:
    """One extract a week, and each meeting known from its own on."""
    with warehouse.engine.begin() as connection:
        for number, night in NIGHTS.items():
            connection.execute(
                text(
                    "insert into audit.extract (extract_id, authority_code, as_known, run_id, status) "
                    "overriding system value values (:id, :authority, :night, 'run', 'landed')"
                ),
                {"id": number, "authority": AUTHORITY, "night": night},
            )
        connection.execute(
            text(
                "update landing.lcs__fact_meetings set known_from = :extract where fact_meeting_id = :meeting"
            ),
            [{"meeting": str(meeting), "extract": known} for meeting, known in first_extract.items()],
        )


def of_gate(warehouse: Warehouse) -> tuple[int, int]:
    engine = warehouse.engine_as("pipeline")
    with engine.connect() as connection:
        extract = extract_of(connection)
        words = marts_gate._words(extract, get_settings(), facts_of(connection, extract, get_settings()))
    queries = {name: marts_gate._query(name, words) for name in marts_gate.FROM_LANDING}
    with batches(engine, AUTHORITY, queries), engine.connect() as connection:
        batch = f"{SCHEMA}.{batch_name(AUTHORITY, 'landed_recording_delay')}"
        row = connection.execute(text(f"select reviews, provisional_days from {batch}")).one()
        return row.reviews, row.provisional_days


def of_model(warehouse: Warehouse, enough: int, work_dir: Path) -> tuple[int, int]:
    variables = {
        "authority_code": AUTHORITY,
        "as_known": AS_KNOWN,
        "extract_id": WEEKS,
        "recording_delay_reviews": enough,
    }
    selected = ("+int_time__recording_delay",)
    dbt.build(warehouse.url_as("pipeline"), CANDIDATE, variables, work_dir, select=selected)
    with warehouse.engine.connect() as connection:
        row = connection.execute(
            text(f"select reviews_seen, provisional_days from {CANDIDATE}.int_time__recording_delay")
        ).one()
        return row.reviews_seen, row.provisional_days


def late_by(slow: int) -> Callable[[int], int]:
    """Days after which a meeting is recorded: one in 25 is slow, the others take up to a month."""
    return lambda meeting: slow if meeting % 25 == 0 else meeting % 30


@pytest.mark.parametrize(("slow", "one_short"), [(60, 0), (60, 1), (300, 0)])
def test_the_model_and_the_gate_say_what_the_plain_calculation_says(
    fresh_warehouse: Warehouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slow: int, one_short: int
) -> None:
    tables = messy(4, children=1500)
    for name, rows in landed(tables).items():
        put(fresh_warehouse.engine, AUTHORITY, name, rows)
    source = readable(Source.of(tables), AS_KNOWN)
    delay = late_by(slow)
    first_extract = {
        meeting: first_night_from(day + dt.timedelta(days=delay(meeting or 0)))
        for meeting, day in held_meetings(source, AS_KNOWN).items()
    }
    set_history(fresh_warehouse, first_extract)
    late = days_late(source, AS_KNOWN, first_extract, NIGHTS)
    assert len(late) > 100
    enough = len(late) + one_short
    expected = len(late), provisional_days(late, get_settings().provisional_days, enough)
    assert (expected[1] == get_settings().provisional_days) is bool(one_short)
    assert (expected[1] == LONGEST) is (slow > LONGEST)
    monkeypatch.setattr(marts_gate, "DELAY_REVIEWS", enough)
    assert of_model(fresh_warehouse, enough, tmp_path) == expected
    assert of_gate(fresh_warehouse) == expected


def test_the_model_and_the_gate_have_the_same_bounds() -> None:
    variables = yaml.safe_load((dbt.PROJECT / "dbt_project.yml").read_text())["vars"]
    assert variables["recording_delay_reviews"] == marts_gate.DELAY_REVIEWS
    assert variables["recording_delay_longest"] == marts_gate.DELAY_LONGEST == LONGEST
