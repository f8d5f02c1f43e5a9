"""Rows that the source holds twice, alike or in two states: the night publishes, and none counts twice."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import Connection, text

from care_reviews.errors import CareReviewsError
from care_reviews.settings import get_settings
from tests.brute_force.source_rows import read_source
from tests.faults.cells import assert_equal, published_cells
from tests.faults.small_council import LATER, Council, engine, run
from tests.undisturbed import Undisturbed

# One process for all of them: they share two undisturbed nights.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

# Table → its key, and what the other state of a row says: another period's person, another review's meeting …
OTHER_STATES: dict[str, tuple[str, dict[str, Any]]] = {
    "dim_person": ("dim_person_id", {"birth_dttm": "2010-07-01"}),
    "dim_lookup_dfe_ethnic": ("main_code", {"nat_id": "CHNE"}),
    "fact_cla": ("fact_cla_id", {"last_updated_dttm": "2020-04-29", "dim_person_id": None}),
    "fact_care_episodes": (
        "fact_care_episodes_id",
        {"care_end_date": "2020-04-20", "care_reason_end_code": "E4A"},
    ),
    "fact_cla_review": ("fact_cla_review_id", {"meeting_dttm": "2020-04-29"}),
    "fact_meetings": ("fact_meeting_id", {"actual_dttm": "2020-04-21", "cancelled": None}),
}


def hold_twice(source: Connection, name: str) -> None:
    """Two rows twice, and the first of the others in another state too."""
    key, state = OTHER_STATES[name]
    source.execute(text(f"alter table {name} drop constraint if exists {name}_pkey"))
    source.execute(text(f"insert into {name} select * from {name} order by {key} limit 2"))
    source.execute(
        text(
            f"insert into {name} select (jsonb_populate_record(null::{name}, "
            "to_jsonb(r) || cast(:state as jsonb))).* "
            f"from (select * from {name} order by {key} desc limit 1) as r"
        ),
        {"state": json.dumps(state)},
    )


def found(council: Council, name: str) -> dict[str, tuple[str, int]]:
    """What the newest validation found of a source table: severity and rows by rule."""
    rows = council.rows(
        "select expectation, severity, rows_failed from audit.validation_result where not success "
        "and validation_id = (select max(validation_id) from audit.validation where gate = 'source') "
        "and subject = :name",
        name=name,
    )
    return {row["expectation"].rpartition(".")[2]: (row["severity"], row["rows_failed"]) for row in rows}


def test_rows_held_twice_do_not_stop_the_night_and_count_once(
    council: Council, undisturbed: Undisturbed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with council.spoiling() as source:
        for name in OTHER_STATES:
            hold_twice(source, name)
    run(council.night())

    for name in OTHER_STATES:
        told = found(council, name)
        assert (told["once"], told["key"]) == (("warn", 2), ("warn", 2)), name
        assert "key_share" not in told
    source_rows = read_source(engine(council.source))
    assert_equal(published_cells(council), source_rows, LATER, undisturbed.earlier)

    monkeypatch.setenv("CARE_REVIEWS_SHARED_KEY_SHARE_STOP", "0")
    get_settings.cache_clear()
    with pytest.raises(CareReviewsError):
        run(council.night(), "validate")
    for name in OTHER_STATES:
        stopped = found(council, name).get("key_share")
        # Of two states of a code one is taken, and the list is short: no share of it stops.
        assert stopped == (None if name == "dim_lookup_dfe_ethnic" else ("stop", 2)), name
    get_settings.cache_clear()
