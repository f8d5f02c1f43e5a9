"""Accounts of published counts: every row of the source counts or says why not, and a number that differs is
named.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import text

from care_reviews.settings import Settings
from care_reviews.source.catalog import table
from care_reviews.validation import validate
from care_reviews.validation.account_list import ACCOUNTS
from expectations import accounts
from tests.integration.gates import council
from tests.integration.gates.judging import Landed, failed, judged, run
from tests.integration.gates.test_gates_validate import NIGHT

KPI = "candidate_e10000030.kpi_value_unsuppressed"
RAISED = "answer_no = 'RaisedDate' and dim_person_id = '1001'"
READ = (
    "update audit.manifest set rows_read = rows_read + {} where table_name = '{}' and as_known = '2020-03-31'"
)


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The marts gate judges the accounts and nothing else."""
    monkeypatch.setattr("care_reviews.validation.marts_gate.JUDGED", ())
    monkeypatch.setattr("care_reviews.validation.marts_gate.read_marts", tuple)
    monkeypatch.setattr("expectations.marts.suites", lambda night, _: [accounts.suite(night)])


def lines(warehouse: Landed, measure: str) -> dict[str | None, int]:
    """Reason → rows of a measure's account, of the months published or of the newest month end alone."""
    with warehouse.owner.connect() as connection:
        found = connection.execute(
            text(
                "select coalesce(reason, kind) as line, sum(rows) as rows from audit.reconciliation "
                "where measure_id = :measure and (period_end is null or not :at_month_ends "
                "or period_end = '2020-03-31') group by 1"
            ),
            {"measure": measure, "at_month_ends": not ACCOUNTS[measure].dated},
        )
        return {row.line: int(row.rows) for row in found}


def test_the_accounts_are_those_that_are_judged() -> None:
    assert tuple(ACCOUNTS) == accounts.MEASURES


@pytest.mark.usefixtures("alone")
def test_a_number_that_differs_is_named_by_its_measure(new_council: Callable, settings: Settings) -> None:  # type: ignore[type-arg]
    warehouse = new_council()
    whole = judged("marts", warehouse, settings)
    assert failed(whole) == set()
    assert all(outcome.rows_checked for outcome in whole.values())
    # Each measure is changed in runs of its own choice, so that none passes for another.
    for bit in range(len(ACCOUNTS).bit_length()):
        chosen = [measure for number, measure in enumerate(ACCOUNTS, 1) if number >> bit & 1]
        run(warehouse, *(changed(measure, "+") for measure in chosen))
        found = judged("marts", warehouse, settings)
        assert failed(found) == {f"marts.{measure}.as_counted" for measure in chosen}
        assert {found[name].rows_failed for name in failed(found)} == {1}
        run(warehouse, *(changed(measure, "-") for measure in chosen))


def changed(measure: str, sign: str) -> str:
    """One period of a measure has one more, or one less."""
    account = ACCOUNTS[measure]
    # Chairs are known from the night of 31 March on.
    day = "2020-03-31" if measure.startswith("caseload") else "2020-02-29"
    return (
        f"update {KPI} set {account.number} = {account.number} {sign} 1 where measure_id = '{measure}' "
        f"and breakdown = 'all' and period_grain = '{'month' if account.dated else 'snapshot'}' "
        f"and period_end = '{day}'"
    )


@pytest.mark.usefixtures("alone")
def test_before_the_first_night_no_number_of_chairs_agrees(new_council: Callable, settings: Settings) -> None:  # type: ignore[type-arg]
    """36 children are looked after at the end of February as well, but no night knows the chairs of then."""
    warehouse = new_council()
    measure = "caseload_looked_after_per_fte"
    run(
        warehouse,
        f"update {KPI} set numerator = 36 where measure_id = '{measure}' and breakdown = 'all' "
        "and period_end = '2020-02-29'",
    )
    found = judged("marts", warehouse, settings)
    assert failed(found) == {f"marts.{measure}.as_counted"}


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("name", sorted({account.table for account in ACCOUNTS.values()}))
def test_a_row_that_was_lost_leaves_its_accounts_open(
    new_council: Callable,  # type: ignore[type-arg]
    settings: Settings,
    name: str,
) -> None:
    warehouse = new_council()
    run(warehouse, READ.format(1, name))
    found = judged("marts", warehouse, settings)
    of_table = {measure for measure, account in ACCOUNTS.items() if account.table == name}
    assert failed(found) == {f"marts.{measure}.accounted" for measure in of_table}


@pytest.mark.usefixtures("alone")
def test_what_is_held_on_its_last_meeting_is_not_compared(
    new_council: Callable,  # type: ignore[type-arg]
    settings: Settings,
) -> None:
    found = judged("marts", new_council(), settings.model_copy(update={"review_held_on": "last"}))
    assert {name for name, outcome in found.items() if not outcome.is_applicable} == {
        f"marts.{measure}.{rule}"
        for measure in ("reviews_held", "participation")
        for rule in ("accounted", "as_counted")
    }


@pytest.mark.usefixtures("alone")
def test_rows_that_do_not_count_are_told_with_their_reason(
    new_council: Callable,  # type: ignore[type-arg]
    settings: Settings,
) -> None:
    """Rows that come beside those that count change no number, and are in the account that is kept."""
    warehouse = new_council()
    run(warehouse, *beside_episodes(), *beside_reviews(), *beside_answers(), *beside_plans())
    with warehouse.owner.begin() as connection:
        council.quarantine(connection, "fact_cp_plan", 2)
    run(warehouse, READ.format(2, "fact_cp_plan"))
    validate(NIGHT, warehouse.pipeline, settings)
    of_episodes = {"read": 44, **dict.fromkeys(EPISODES, 1)}
    assert lines(warehouse, "periods_started") == {**of_episodes, "counted": 40}
    assert lines(warehouse, "periods_ceased") == {**of_episodes, "not ended": 36, "counted": 4}
    looked_after = {**of_episodes, "is over by then": 4, "counted": 36}
    assert lines(warehouse, "children_looked_after") == looked_after
    assert lines(warehouse, "reviews_held") == {"read": 89, **dict.fromkeys(REVIEWS, 1), "counted": 80}
    assert lines(warehouse, "caseload_protection_per_fte") == {
        "read": 48,
        **dict.fromkeys(PLANS, 1),
        "unreadable": 2,
        "counted": 40,
    }
    raised = lines(warehouse, "alerts_raised")
    assert raised.pop("answers another question") == raised.pop("read") - 46
    assert raised == {**dict.fromkeys(ANSWERS, 1), "counted": 40}
    assert lines(warehouse, "alert_children_raised")["counted"] == 40
    with warehouse.owner.connect() as connection:
        judged_so = connection.execute(
            text(
                "select count(*), bool_and(success) from audit.validation_result "
                "where expectation like 'marts.%'"
            )
        ).one()
    assert tuple(judged_so) == (2 * len(ACCOUNTS), True)


@pytest.mark.usefixtures("alone")
def test_alerts_and_statuses_count_by_their_own_rules(
    new_council: Callable,  # type: ignore[type-arg]
    settings: Settings,
) -> None:
    """Of 40 children each with an alert, and 10 of them concluded; of the 8 looked after with the status."""
    warehouse = new_council()
    a_year_before = {"dim_person_id": "'1001'", "form_key": "'earlier'", "answer": "'2018-04-01'"}
    a_day_more = {**a_year_before, "dim_person_id": "'1002'"}
    named = ("Drift or delay", " drift  OR delay", "One nobody knows", "Another", " ")
    run(
        warehouse,
        *more("fact_form_answers", 0, **a_year_before),
        *more("fact_form_answers", 0, **a_day_more),
        *(
            each
            for name in named
            for each in more("fact_form_answers", answer_no="'Category'", answer=f"'{name}'")
        ),
        *more("fact_form_answers", answer_no="'Category'", form_key="'of no alert'"),
        *ended(6, "2019-04-06", "2020-03-31"),  # not on the day itself, but within 12 months
        *ended(7, "2018-01-01", "2019-04-02"),
        *ended(8, "2018-01-01", "2019-04-01"),  # for the last time the day before them
    )
    validate(NIGHT, warehouse.pipeline, settings)
    raised = lines(warehouse, "alerts_raised")
    assert raised["counted"] == 42
    repeated = lines(warehouse, "alert_repeat_children")
    assert (repeated["counted"], repeated["not within 12 months of an earlier one"]) == (1, 41)
    still_open = lines(warehouse, "alerts_open")
    assert (still_open["counted"], still_open["is over by then"]) == (32, 10)
    assert {lines(warehouse, f"alerts_by_{kind}")["counted"] for kind in ("type", "stage", "agency")} == {42}
    categories = lines(warehouse, "alerts_by_category")
    assert categories.pop("answers another question") == categories.pop("read") - 48
    assert categories == {
        "blank": 1,
        "of no alert with a date and a person": 1,
        "a category that counts already": 2,
        "its categories count": 1,
        "counted": 43,
    }
    on_the_day = lines(warehouse, "children_looked_after_uasc")
    assert (on_the_day["counted"], on_the_day["without the status UASC at the time"]) == (5, 31)
    in_the_year = lines(warehouse, "children_looked_after_uasc_12_months")
    assert (in_the_year["counted"], in_the_year["without the status UASC at the time"]) == (7, 29)


def ended(status: int, start: str, end: str) -> list[str]:
    """A landed immigration status has these days."""
    return [
        f"update landing.lcs__fact_immigration_status set start_dttm = '{start} 00:00:00', "
        f"end_dttm = '{end} 00:00:00' where fact_immigration_status_id = '{status}'"
    ]


EPISODES = ("the same row again", "of no period of care", "without a start", "leads to no person")


def beside_episodes() -> list[str]:
    return [
        *copies("fact_care_episodes"),
        *more("fact_care_episodes", 901, fact_cla_id="'-1'"),
        *more("fact_care_episodes", 902, care_start_date="null"),
        *more("fact_care_episodes", 903, fact_cla_id="'99'", dim_person_id="'99'"),
    ]


REVIEWS = (
    "the same row again",
    "its meeting is not there",
    "its meeting is no review",
    "cancelled",
    "not held",
    "leads to no person",
    "dated after the night",
    "held outside care",
    "another row of the same review",
)


def beside_reviews() -> list[str]:
    """Each with a meeting of its own but the first two and the last."""
    meetings = {
        911: {"dim_lookup_mtg_type_id_code": "'CP'"},
        912: {"cancelled": "'Yes'"},
        913: {"actual_dttm": "null"},
        914: {},
        915: {"actual_dttm": "'2020-04-01 00:00:00'"},
        916: {"actual_dttm": "'2019-03-31 00:00:00'"},
    }
    of_nobody = {914: {"dim_person_id": "'99'"}}
    return [
        *copies("fact_cla_review"),
        *more("fact_cla_review", 910, fact_meeting_id="'999'"),
        *(each for key, values in meetings.items() for each in more("fact_meetings", key, **values)),
        *(
            each
            for key in meetings
            for each in more("fact_cla_review", key, fact_meeting_id=f"'{key}'", **of_nobody.get(key, {}))
        ),
        *more("fact_cla_review", 917),
    ]


ANSWERS = (
    "the same row again",
    "blank",
    "answered again",
    "leads to no person",
    "without a date",
    "outside the months published",
)


def beside_answers() -> list[str]:
    form = "form_key = 'another'"
    return [
        *_add("fact_form_answers", RAISED, "occurrence = 2"),
        *more("fact_form_answers", answer="' '"),
        *more("fact_form_answers", answered_dttm="'2018-01-01 00:00:00'"),
        *_add("fact_form_answers", RAISED, f"row_hash = gen_random_uuid(), dim_person_id = '99', {form}"),
        *more("fact_form_answers", form_key="'undated'", answer="'soon'"),
        *more("fact_form_answers", form_key="'long ago'", answer="'2001-01-31'"),
        *more("fact_form_answers", form_key="'long ago'", answer="'2001-02-01'", answer_no="'ResolvedDate'"),
    ]


PLANS = (
    "the same row again",
    "leads to no person",
    "without a start",
    "begins later",
    "is over by then",
    "of a child who counts already",
)


def beside_plans() -> list[str]:
    """On the newest month end itself a plan that begins counts, and one that ends does not."""
    return [
        *copies("fact_cp_plan"),
        *more("fact_cp_plan", 921, dim_person_id="'99'"),
        *more("fact_cp_plan", 922, start_dttm="null"),
        *more("fact_cp_plan", 923, start_dttm="'2020-04-01 00:00:00'"),
        *more("fact_cp_plan", 924, end_dttm="'2020-03-31 00:00:00'"),
        *more("fact_cp_plan", 925, start_dttm="'2020-03-31 00:00:00'"),
    ]


def copies(name: str) -> list[str]:
    """A row of a table comes twice."""
    return _add(name, f"{table(name).key} = '1'", "occurrence = 2")


def more(name: str, key: int = 0, **values: str) -> list[str]:
    """One row more, like the first but for these values; with a key of its own where it has one."""
    keyed = {str(table(name).key): f"'{key}'"} if key else {}
    first = f"{table(name).key} = '1'" if key else RAISED
    changes = ", ".join(f"{column} = {value}" for column, value in {**keyed, **values}.items())
    return _add(name, first, f"row_hash = gen_random_uuid(), {changes}")


def _add(name: str, like: str, changes: str) -> list[str]:
    landed = f"landing.lcs__{name}"
    return [
        f"create temporary table one as select * from {landed} where {like} and occurrence = 1 limit 1",
        f"update one set {changes}",
        f"insert into {landed} select * from one",
        "drop table one",
        READ.format(1, name),
    ]
