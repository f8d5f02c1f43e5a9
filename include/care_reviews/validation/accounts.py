"""Accounts: of each measure that can be led back to one source table, what became of every row that the
source gave. A row was set aside for a reason, or counts in a published number.

Rows are asked for straight from landing, without the models. The lines of the accounts outlive the night in
`audit.reconciliation`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template

from sqlalchemy import Connection, Engine, text

from care_reviews.lock import Extract
from care_reviews.source.catalog import table
from care_reviews.validation.batches import SCHEMA, batch_name, drop
from care_reviews.validation.code_lists import answers_of
from care_reviews.validation.picture import Picture
from care_reviews.validation.sql import folded, literal, run
from expectations import accounts

QUERIES = Path(__file__).with_name("queries") / "accounts"
LINES = "account_lines"


@dataclass(frozen=True)
class Account:
    """How a measure is led back to `table`.

    `rows`: the query that says of each of its rows what it stands for. `dated`: by which of its two days a
    month has it; empty: month ends between the two have it. `is_of_children`: children count, once each, not
    rows. `number`: what of the published value they make up. `in_scope`: only what is in the scope of
    participation counts.
    """

    table: str
    rows: str
    dated: str = ""
    is_of_children: bool = False
    number: str = "numerator"
    in_scope: bool = False


PERIODS, REVIEWS, PLANS = "fact_care_episodes", "fact_cla_review", "fact_cp_plan"
ANSWERS = "fact_form_answers"
ACCOUNTS = {
    "children_looked_after": Account(PERIODS, "periods", is_of_children=True),
    "children_started": Account(PERIODS, "periods", "start_date", is_of_children=True),
    "children_ceased": Account(PERIODS, "periods", "end_date", is_of_children=True),
    "periods_started": Account(PERIODS, "periods", "start_date"),
    "periods_ceased": Account(PERIODS, "periods", "end_date"),
    "reviews_held": Account(REVIEWS, "reviews", "start_date"),
    "participation": Account(REVIEWS, "reviews", "start_date", number="denominator", in_scope=True),
    "alerts_raised": Account(ANSWERS, "alerts_raised", "start_date"),
    "alerts_concluded": Account(ANSWERS, "alerts_concluded", "start_date"),
    "alert_children_raised": Account(ANSWERS, "alerts_raised", "start_date", is_of_children=True),
    "alert_children_completed": Account(ANSWERS, "alerts_concluded", "start_date", is_of_children=True),
    "caseload_looked_after_per_fte": Account(PERIODS, "periods", is_of_children=True),
    "caseload_protection_per_fte": Account(PLANS, "plans", is_of_children=True),
}
# The site's question for the date of an alert, by the rows that answer it.
QUESTIONS = {"alerts_raised": "alert_raised_date", "alerts_concluded": "alert_resolved_date"}
# A series that is held on its last meeting may count in another month than the review that landing dates.
HELD_ON_FIRST = ("reviews_held", "participation")


def queries(night: Picture, words: dict[str, str]) -> dict[str, str]:
    """The queries of the batches, in the order in which they read each other; the last is judged.

    `words`: what the `$names` of the marts gate stand for.
    """
    kept = {
        measure: account
        for measure, account in ACCOUNTS.items()
        if words["is_held_on_first"] == "true" or measure not in HELD_ON_FIRST
    }
    words = words | {
        f"rows_of_{name}": night.of(table(name).landing) for name in (PERIODS, REVIEWS, PLANS, ANSWERS)
    }
    made = {
        _batch(account.rows): _rows(account.rows, night, words)
        for account in sorted(kept.values(), key=lambda each: each.rows)
    }
    made[LINES] = "\nunion all\n".join(_lines(*each, night, words) for each in kept.items())
    made[accounts.BATCH] = _query("flags", words | _of_flags(night, kept))
    return made


def _rows(rows: str, night: Picture, words: dict[str, str]) -> str:
    if rows not in QUESTIONS:
        return _query(rows, words)
    asked = answers_of(QUESTIONS[rows], night.authority_code, needed=False)
    template, number = folded("dim_assessment_template_id_desc"), folded("answer_no")
    questions = " or ".join(
        f"{template} = {literal(of)} and {number} = {literal(question)}" for of, question in asked
    )
    said = {"is_question": questions or "false", "template": template}
    return _query("alerts", words | said | {name: _plain(name) for name in ("form_key", "answer")})


def _plain(column: str) -> str:
    """A landed text as staging reads it: with single blanks; null when nothing is left."""
    return rf"nullif(trim(regexp_replace({column}, '[\s\u00a0]+', ' ', 'g')), '')"


def _lines(measure: str, account: Account, night: Picture, words: dict[str, str]) -> str:
    said = words | {
        "measure": measure,
        "table": account.table,
        "rows": _table(night, _batch(account.rows)),
        "quarantined": night.of("quarantine", f"table_name = {literal(account.table)}"),
        "dated": account.dated,
        "number": account.number,
        "counted": "count(distinct person_id)" if account.is_of_children else "count(*)",
        "reason_of_scope": "rows.reason_of_scope" if account.in_scope else "null",
    }
    counted = _query("months" if account.dated else "month_ends", said)
    return f"(select * from (\n{counted}\n) as counted)\nunion all\n({_query('source', said)})"


def _of_flags(night: Picture, kept: dict[str, Account]) -> dict[str, str]:
    return {
        "account_lines": _table(night, LINES),
        "at_month_ends": ", ".join(literal(name) for name, account in kept.items() if not account.dated),
        "measures": ", ".join(f"({literal(name)})" for name in kept),
        "flags": ",\n".join(_flags(kept)),
    }


def _flags(kept: dict[str, Account]) -> Iterator[str]:
    for measure in ACCOUNTS:
        for flag, value in ((accounts.is_open(measure), "is_open"), (accounts.differs(measure), "differs")):
            is_kept = f"case when measure_id = {literal(measure)} then {value} end"
            yield f"{is_kept if measure in kept else 'null::boolean'} as {flag}"


def _query(name: str, words: dict[str, str]) -> str:
    return Template((QUERIES / f"{name}.sql").read_text()).substitute(words)


def _batch(rows: str) -> str:
    return f"account_{rows}"


def _table(night: Picture, batch: str) -> str:
    return f"{SCHEMA}.{batch_name(night.authority_code, batch)}"


def gather(warehouse: Engine, authority_code: str) -> None:
    """Keep the lines of the accounts, whose batches are there now and soon gone."""
    name = kept_name(authority_code)
    with warehouse.begin() as connection:
        drop(connection, [name])
        lines = f"{SCHEMA}.{batch_name(authority_code, LINES)}"
        run(connection, f"create unlogged table {SCHEMA}.{name} as select * from {lines}")


def kept_name(authority_code: str) -> str:
    """The table of the lines, in schema `stage` until they are recorded."""
    return f"accounts__{authority_code.lower()}"


def record(connection: Connection, extract: Extract, validation_id: int) -> None:
    """Bring the lines that were gathered beside the validation, in the caller's transaction."""
    tables = ", ".join(f"({literal(name)}, {literal(each.table)})" for name, each in ACCOUNTS.items())
    connection.execute(
        text(
            "insert into audit.reconciliation (validation_id, measure_id, table_name, kind, reason, "
            "period_end, rows, published) select :validation_id, lines.measure_id, tables.table_name, "
            "lines.kind, lines.reason, lines.period_end, lines.rows, lines.published "
            f"from {SCHEMA}.{kept_name(extract.authority_code)} as lines "
            f"inner join (values {tables}) as tables (measure_id, table_name) using (measure_id)"
        ),
        {"validation_id": validation_id},
    )
    drop(connection, [kept_name(extract.authority_code)])
