"""The gate on what landed, on real PostgreSQL and real Great Expectations: whole, broken and empty."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import text

from care_reviews.settings import Settings
from care_reviews.source.catalog import TABLES, Table
from care_reviews.validation.verdict import Outcome
from expectations.codes import CODES, KNOWN_OTHERWISE, REVIEW_MEETING
from expectations.facts import Limits
from expectations.landed_rows import COUNTED, key_column, references_of
from expectations.spans import span_columns
from tests.gate_rules import needed_tables
from tests.integration.gates import council
from tests.integration.gates.judging import failed, judged, run

LANDING = "landing.lcs__{}"
UNKNOWN_CODES = [each for each in (*CODES, *KNOWN_OTHERWISE) if each != REVIEW_MEETING]


@pytest.fixture
def whole(new_council: Callable, settings: Settings) -> dict[str, Outcome]:  # type: ignore[type-arg]
    warehouse = new_council()
    with warehouse.owner.begin() as connection:
        council.land_what_is_usual(connection)
    run(warehouse, *(set_answer(*each, answer) for each, answer in KNOWN_ANSWERS.items()))
    return judged("source", warehouse, settings)


def test_a_whole_night_passes_every_expectation(whole: dict[str, Outcome]) -> None:
    assert failed(whole) == set()
    # What passes was looked at.
    assert {name for name, outcome in whole.items() if outcome.rows_checked == 0} == set()
    assert whole["source.fact_meetings.key"].rows_checked == 80
    assert whole["source.fact_form_answers.answer_known"].rows_checked == 80  # of 220 answers
    assert whole["source.dim_person.not_empty"].rows_checked == 40


def test_every_expectation_fails_on_data_that_break_it(new_council: Callable, settings: Settings) -> None:  # type: ignore[type-arg]
    broken, empty, still = new_council(), new_council(), new_council()
    for table in TABLES:
        run(broken, *break_table(table))
    run(
        broken,
        *break_review_meetings(),
        "update landing.lcs__fact_form_answers set answer_no = 'Category' where ctid in "
        "(select ctid from landing.lcs__fact_form_answers where answer_no = 'ResolvedDate' limit 1)",
        *(set_answer(*each, "Zzyzx") for each in KNOWN_ANSWERS if each[1] != "Category"),
        "delete from audit.manifest where table_name = 'dim_worker' and as_known = '2020-03-31'",
    )
    with broken.owner.begin() as connection:
        council.land_weeks_before(connection, changes=0)
        council.land_facts_before(connection)
        for table in TABLES:
            council.quarantine(connection, table.name, 12)
    with empty.owner.begin() as connection:
        council.land_weeks_before(connection, changes=50)
        council.empty(connection)
    run(
        still,
        "update audit.manifest set rows_new = 0, rows_changed = 0, rows_vanished = 0 "
        "where as_known > '2020-03-28'",
        "update audit.extract set as_known = '2020-02-28' where as_known = '2020-03-28'",
    )
    of_broken, of_empty = judged("source", broken, settings), judged("source", empty, settings)
    assert set(of_broken) == set(of_empty)
    of_still = failed(judged("source", still, settings))
    assert "source.manifest.current" in of_still
    assert failed(of_broken) | failed(of_empty) | of_still == set(of_broken)
    # Counts, not values, and what to do.
    assert of_broken["source.fact_meetings.readable"].rows_failed == 12
    assert "12 of 96 rows (12.5%)" in of_broken["source.fact_meetings.readable"].message
    assert "landing.quarantine" in of_broken["source.fact_meetings.readable"].message
    assert "0 rows" in of_empty["source.fact_cla.volume"].message


# Template and question → an answer that is known.
KNOWN_ANSWERS = {
    ("Care Planning Alert", "AlertType"): "Informal",
    ("Care Planning Alert", "Category"): "Placement",
    ("Review Quality Audit", "SmartRating"): "Good",
    ("CLA Review Outcomes", "WrittenToChild"): "Y",
}


def set_answer(template: str, question: str, answer: str) -> str:
    """One answer in place of a date."""
    return (
        f"update landing.lcs__fact_form_answers set answer_no = '{question}', answer = '{answer}', "
        f"dim_assessment_template_id_desc = '{template}' where ctid in "
        "(select ctid from landing.lcs__fact_form_answers where answer_no like '%Date' limit 1)"
    )


def break_table(table: Table) -> Iterator[str]:
    """Unknown codes in 30% of the rows, ends before starts in as many, one lost reference each, one value
    that cannot be cast, twelve persons of one LEGACY_ID, one row that comes twice, three keys that two rows
    share, one review without a key.
    """
    name = LANDING.format(table.name)
    for of, column in UNKNOWN_CODES:
        if of == table.name:
            where = "where answer_no = 'ICSParticipationCode'" if of == "fact_form_answers" else ""
            yield (
                f"update {name} set {column} = 'Zzyzx' where ctid in (select ctid from {name} {where} "
                f"limit 30)"
            )
    if table.name == "dim_person":
        yield (
            f"update {name} set legacy_id = 'shared', duplicated_dttm = null where ctid in "
            f"(select ctid from {name} limit 12)"
        )
    if span := span_columns(table):
        yield (
            f"update {name} set {span[1]} = '1990-01-01 00:00:00' where ctid in (select ctid from {name} "
            f"limit 12)"
        )
    for number, ref in enumerate(references_of(table)):
        yield (
            f"update {name} set {ref.landed} = '99999{number}' where ctid in (select ctid from {name} "
            f"where {ref.landed} is not null limit 1)"
        )
    if key := key_column(table):
        columns = ", ".join(column.name for column in table.columns)
        yield (
            f"insert into {name} (authority_code, {columns}, row_hash, occurrence, known_from) "
            f"select authority_code, {columns}, row_hash, 2, 1 from {name} order by {key} limit 1"
        )
        yield (
            f"insert into {name} (authority_code, {columns}, row_hash, occurrence, known_from) "
            f"select authority_code, {columns}, gen_random_uuid(), 1, 1 from {name} order by {key} desc "
            f"limit 3"
        )
    if table.name == "fact_cla_review":
        yield f"update {name} set {key} = '-1' where {key} = '50'"
    typed = [column.name for column in table.columns if column.kind not in ("code", "text", "flag")]
    if typed:
        yield (
            f"update {name} set {typed[-1]} = 'x' where ctid in (select ctid from {name} "
            f"where {typed[-1]} is null or {typed[-1]} not like '99999%' order by row_hash limit 1)"
        )


def break_review_meetings() -> list[str]:
    return [
        "update landing.lcs__fact_meetings set dim_lookup_mtg_type_id_code = 'CP' "
        "where fact_meeting_id in (select fact_meeting_id from landing.lcs__fact_meetings limit 30)"
    ]


def test_single_faults_warn_and_do_not_stop(new_council: Callable, settings: Settings) -> None:  # type: ignore[type-arg]
    warehouse = new_council()
    one = "where ctid in (select ctid from landing.lcs__{} limit 1)"
    run(
        warehouse,
        "update landing.lcs__fact_meeting_subjects set dim_lookup_participation_code_desc = 'Zzyzx' "
        + one.format("fact_meeting_subjects"),
        "update landing.lcs__fact_referrals set dim_department_id = '77777' " + one.format("fact_referrals"),
        "update landing.lcs__fact_involvements set dim_worker_id = '77777' "
        + one.format("fact_involvements"),
        "delete from landing.lcs__fact_casenotes where fact_casenote_id in ('1', '2', '3', '4')",
        "update audit.manifest set rows_read = rows_read - 3, rows_unchanged = rows_unchanged - 4, "
        "rows_quarantined = 1 where table_name = 'fact_casenotes' and as_known = '2020-03-31'",
    )
    with warehouse.owner.begin() as connection:
        council.quarantine(connection, "fact_casenotes", 1)
    found = judged("source", warehouse, settings)
    assert failed(found) == {
        "source.fact_meeting_subjects.dim_lookup_participation_code_desc_known",
        "source.fact_referrals.dim_department_id_leads_somewhere",
        "source.fact_involvements.dim_worker_id_leads_somewhere",
        "source.fact_casenotes.readable",
    }
    assert {found[name].severity for name in failed(found)} == {"warn"}


@pytest.mark.parametrize("name", sorted(COUNTED))
def test_a_share_of_shared_keys_stops_where_rows_are_counted(
    new_council: Callable, settings: Settings, name: str
) -> None:  # type: ignore[type-arg]
    """Two of 40 rows are just the share, four of 41 are above it."""
    (entry,) = (table for table in TABLES if table.name == name)
    warehouse, subject = new_council(), f"source.{name}"
    place, like = entry.names.index(str(key_column(entry))), council.rows()[name][0]

    def land(*keys: int) -> None:
        with warehouse.owner.begin() as connection:
            rows = [(*like[:place], str(key), *like[place + 1 :]) for key in keys]
            council.insert(connection, entry, rows)

    run(warehouse, f"delete from {LANDING.format(name)}")
    land(*range(1, 40), 1)
    just = judged("source", warehouse, settings, name)
    assert just[f"{subject}.key"].rows_failed == 2
    assert just[f"{subject}.key"].rows_checked == 40
    assert not just[f"{subject}.key"].success
    assert just[f"{subject}.key"].severity == "warn"
    assert just[f"{subject}.key_share"].success
    assert just[f"{subject}.once"].success
    land(2)
    above = judged("source", warehouse, settings, name)
    assert above[f"{subject}.key_share"].rows_failed == 4
    assert not above[f"{subject}.key_share"].success
    assert above[f"{subject}.key_share"].severity == "stop"


@pytest.mark.parametrize(("rows", "severities"), [(0, set()), (2, {"warn"}), (3, {"warn", "stop"})])
def test_ends_before_starts_warn_and_stop_above_their_share(
    new_council: Callable,  # type: ignore[type-arg]
    settings: Settings,
    rows: int,
    severities: set[str],
) -> None:
    """2 of 40 are exactly 5%."""
    warehouse = new_council()
    run(
        warehouse,
        f"update landing.lcs__fact_legal_status set end_dttm = '2019-03-31 00:00:00' "
        f"where fact_legal_status_id::int <= {rows}",
    )
    found = judged("source", warehouse, settings, "fact_legal_status")
    told = {name for name in failed(found) if "ends_after_start" in name}
    assert {found[name].severity for name in told} == severities
    assert {found[name].rows_failed for name in told} == ({rows} if rows else set())


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (28, {"source.fact_cla.volume_usual"}),  # exactly 30% lost is allowed
        (27, {"source.fact_cla.volume_usual", "source.fact_cla.volume"}),
        (20, {"source.fact_cla.volume_usual", "source.fact_cla.volume"}),  # half its usual size
    ],
)
def test_a_table_that_lost_rows(
    new_council: Callable, settings: Settings, rows: int, expected: set[str]
) -> None:  # type: ignore[type-arg]
    warehouse = new_council()
    run(
        warehouse,
        f"delete from landing.lcs__fact_cla where fact_cla_id::int > {2000 + rows}",
        f"update audit.manifest set rows_read = {rows}, rows_unchanged = {rows} "
        "where table_name = 'fact_cla' and as_known = '2020-03-31'",
    )
    volume = {name for name in failed(judged("source", warehouse, settings, "fact_cla")) if "volume" in name}
    assert volume == expected


def test_a_first_night_stops_on_needed_tables_alone(new_council: Callable, settings: Settings) -> None:  # type: ignore[type-arg]
    """Without history: any other table may be empty, all of them at once."""
    others, needed, tables = new_council(), new_council(), needed_tables()
    for warehouse, which in ((others, False), (needed, True)):
        run(warehouse, "delete from audit.validation")
        for table in TABLES:
            if (table.name in tables) is which:
                run(
                    warehouse,
                    f"delete from {LANDING.format(table.name)}",
                    "update audit.manifest set rows_read = 0, rows_unchanged = 0 "
                    f"where table_name = '{table.name}' and as_known = '2020-03-31'",
                )
    found = judged("source", others, settings)
    assert {found[name].severity for name in failed(found)} == {"warn"}
    assert {name for name in failed(found) if name.endswith("not_empty")} == {
        f"source.{table.name}.not_empty" for table in TABLES if table.name not in tables
    }
    found = judged("source", needed, settings)
    stops = {name for name in failed(found) if found[name].severity == "stop"}
    assert {f"source.{name}.not_empty" for name in tables} <= stops


def test_the_usual_size_is_the_median_of_nights_that_passed(new_council: Callable) -> None:  # type: ignore[type-arg]
    """Blocked nights, the night itself, other councils and nights longer ago than seven do not count."""
    from care_reviews.validation.history import usual_rows

    warehouse = new_council()
    with warehouse.owner.begin() as connection:
        tonight = council.extract_of(connection)
        assert usual_rows(connection, tonight, Limits())["fact_cla"] == 40
        sizes = (
            "update audit.manifest set rows_read = :rows where table_name = 'fact_cla' and as_known = :night"
        )
        for night, rows in (("2020-03-28", 10), ("2020-03-29", 20), ("2020-03-30", 30)):
            connection.execute(text(sizes), {"rows": rows, "night": night})
        assert usual_rows(connection, tonight, Limits())["fact_cla"] == 20
        first = connection.scalar(text("select min(extract_id) from audit.extract"))
        council.judged(connection, first, "source", "blocked")
        assert usual_rows(connection, tonight, Limits())["fact_cla"] == 25
        connection.execute(text("delete from audit.validation"))
        assert usual_rows(connection, tonight, Limits()) == {}
