"""The same night twice, forms under new ids, and runs that meet: one night's result each, never mixed."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from care_reviews import night
from care_reviews.errors import CareReviewsError, NightRefusedError, WarehouseBusyError
from care_reviews.lock import authority_lock
from care_reviews.night import Night
from care_reviews.warehouse import deploy
from tests.brute_force.measures import cells
from tests.brute_force.population import rate_per_10k
from tests.brute_force.source_rows import read_source
from tests.faults import pictures
from tests.faults.cells import assert_cells, published_cells
from tests.faults.conftest import Undisturbed
from tests.faults.saying import assert_says, refusal
from tests.faults.small_council import LATER, STEPS, Council, engine, run
from tests.faults.tripwire import ended, forked

# One process for all of them: they share two undisturbed nights.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

OTHER = "E06999001"
OTHERS_AGED_0_TO_17 = {
    dt.date(2016, 6, 30): 59_200,
    dt.date(2017, 6, 30): 59_900,
    dt.date(2018, 6, 30): 60_500,
    dt.date(2019, 6, 30): 61_000,
}
FORMS = ("fact_meeting_subjects", "fact_forms", "fact_form_answers")

# New ids for all forms and answers, in an order that has nothing to do with the old one.
RENUMBER = (
    "create temporary table form_ids on commit drop as "
    "select id as was, 700000000 + row_number() over (order by md5(id::text)) as is_now from "
    "(select fact_form_id as id from fact_forms union select fact_form_id from fact_form_answers "
    "union select fact_outcm_form_id from fact_meeting_subjects) as ids where id <> -1",
    "create index on form_ids (was)",
    "analyze form_ids",
    "alter table fact_forms drop constraint fact_forms_pkey",
    "alter table fact_form_answers drop constraint fact_form_answers_pkey",
    "update fact_forms set fact_form_id = is_now from form_ids where was = fact_form_id",
    "update fact_form_answers set fact_form_id = is_now from form_ids where was = fact_form_id",
    "update fact_meeting_subjects set fact_outcm_form_id = is_now from form_ids "
    "where was = fact_outcm_form_id",
    "update fact_form_answers as a set fact_form_answer_id = is_now from (select fact_form_answer_id as was, "
    "800000000 + row_number() over (order by md5('x' || fact_form_answer_id)) as is_now "
    "from fact_form_answers) as n "
    "where n.was = a.fact_form_answer_id",
)
ALL_AT_ONE_MOMENT = (
    "update fact_form_answers set answered_dttm = '2019-06-03 10:00:00' where answered_dttm >= '2019-06-03'",
)


def manifest(council: Council) -> dict[str, tuple[int, ...]]:
    """New, changed and vanished rows of each table on the newest extract; quarantined rows are read rows."""
    return {
        row["table_name"]: (row["rows_new"], row["rows_changed"], row["rows_vanished"])
        for row in council.rows(
            "select table_name, rows_new, rows_changed, rows_vanished, rows_read - rows_new - rows_changed "
            "- rows_unchanged - rows_quarantined as lost from audit.manifest "
            "where extract_id = (select max(extract_id) from audit.extract)"
        )
        if row["lost"] == 0
    }


def nothing_changed(council: Council) -> bool:
    found = manifest(council)
    return len(found) == 19 and set(found.values()) == {(0, 0, 0)}


def test_the_same_night_again_under_new_form_ids_changes_nothing_but_the_ledger(
    new_council: Callable[..., Council], undisturbed: Undisturbed
) -> None:
    council = new_council(warehouse=undisturbed.after)
    again = council.night(run="again")
    run(again, "extract", "land")
    assert nothing_changed(council)
    assert pictures.history(council) == undisturbed.history

    with council.spoiling() as source:
        for statement in RENUMBER:
            source.execute(text(statement))
    versions = council.scalar("select count(*) from published.kpi_value_history")
    run(council.night(run="renumbered"))
    assert nothing_changed(council)
    assert pictures.history(council) == undisturbed.history
    assert pictures.published(council) == undisturbed.last
    assert council.scalar("select count(*) from published.kpi_value_history") == versions
    assert council.scalar("select count(*) from published.publication") == 3


def test_form_ids_issued_anew_change_nothing_when_all_were_answered_at_one_moment(council: Council) -> None:
    with council.spoiling() as source:
        for statement in ALL_AT_ONE_MOMENT:
            source.execute(text(statement))
    run(council.night(), "extract", "land")
    before = pictures.landed(council)
    with council.spoiling() as source:
        for statement in RENUMBER:
            source.execute(text(statement))
    run(council.night(run="renumbered"), "extract", "land")
    assert nothing_changed(council)
    assert pictures.landed(council) == before


@pytest.mark.parametrize("late", STEPS[1:])
def test_a_run_that_was_overtaken_goes_no_further(
    new_council: Callable[..., Council], undisturbed: Undisturbed, late: str
) -> None:
    council = new_council(before=late)
    overtaken, newer = (
        council.night(),
        council.night(LATER.replace(day=29) if late == "land" else LATER, "newer"),
    )
    run(newer, "extract")
    error = refusal(lambda: run(overtaken, late), NightRefusedError)
    assert_says(error, overtaken.run_id, newer.run_id, "goes on alone", retry=False)
    assert pictures.published(council) == undisturbed.first


@pytest.mark.parametrize("step", STEPS)
def test_a_run_that_meets_another_at_work_says_so(
    new_council: Callable[..., Council], undisturbed: Undisturbed, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    council = new_council(before=step)
    monkeypatch.setattr("care_reviews.lock.time.monotonic", iter(range(0, 10_000, 6)).__next__)
    with engine(council.warehouse).connect() as other, authority_lock(other, council.authority):
        error = refusal(lambda: run(council.night(), step), WarehouseBusyError)
    assert_says(error, f"another run is at work on authority {council.authority}", "try again", retry=True)
    assert pictures.published(council) == undisturbed.first


def whole_night(tonight: Night, notes: Path) -> int:
    """A night in a process of its own; what it came to is noted in a file of its run."""

    def work() -> None:
        note: dict[str, Any] = {"step": "", "error": "", "retry": False}
        for note["step"] in STEPS:
            try:
                getattr(night, note["step"])(tonight)
            except CareReviewsError as error:
                note |= {"error": f"{type(error).__name__}: {error}", "retry": error.retry}
                break
        (notes / tonight.run_id).write_text(json.dumps(note))

    return forked(work)


def test_runs_at_once_of_one_authority_and_another_never_mix(
    new_council: Callable[..., Council], undisturbed: Undisturbed, tmp_path: Path
) -> None:
    council = new_council()
    with engine(council.warehouse).connect() as connection:
        deploy(connection.engine, [council.authority, OTHER])
    nights = [
        council.night(run="one"),
        council.night(run="two"),
        Night(OTHER, LATER, "other"),
    ]
    assert [ended(child) for child in [whole_night(each, tmp_path) for each in nights]] == [0, 0, 0]
    one, two, other = (json.loads((tmp_path / each.run_id).read_text()) for each in nights)
    assert not other["error"], other
    stopped = [note for note in (one, two) if note["error"]]
    assert len(stopped) == 1, (one, two)
    assert "goes on alone" in stopped[0]["error"] or "another run is at work" in stopped[0]["error"]

    mine = "select authority_code, count(*) from published.publication where as_known = :day group by 1"
    assert {row["authority_code"]: row["count"] for row in council.rows(mine, day=LATER)} == {
        council.authority: 1,
        OTHER: 1,
    }
    source = read_source(engine(council.source))
    expected = cells(source, LATER, council.months, earlier=undisturbed.earlier)
    assert_cells(published_cells(council), expected)
    # The same children are another rate of the other's population, which has landed on this night alone.
    others = {
        key: rate_per_10k(cell.numerator or 0, key.period_end, OTHERS_AGED_0_TO_17)
        if key.measure_id == "children_rate_per_10k"
        else cell
        for key, cell in cells(source, LATER, council.months).items()
    }
    assert_cells(published_cells(council, OTHER), others)
    assert pictures.landed(council) == undisturbed.landed
