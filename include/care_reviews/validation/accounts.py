"""Accounts: of each measure that can be led back to one source table, what became of every row that the
source gave. A row was set aside for a reason, or counts in a published number.

Rows are asked for straight from landing, without the models. The lines of the accounts outlive the night in
`audit.reconciliation`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from string import Template

from sqlalchemy import Connection, Engine, text

from care_reviews.lock import Extract
from care_reviews.source.catalog import table
from care_reviews.validation.account_list import ACCOUNTS, ANSWERS, PERIODS, PLANS, REVIEWS, Account
from care_reviews.validation.batches import SCHEMA, batch_name, drop
from care_reviews.validation.code_lists import answers_of, folded_words, seed, site_rows
from care_reviews.validation.picture import Picture
from care_reviews.validation.sql import folded, literal, run
from expectations import accounts

QUERIES = Path(__file__).with_name("queries") / "accounts"
LINES = "account_lines"

NOBODY = "select null::date as period_end, null::bigint as person_id where false"
NOT_UASC = "without the status UASC at the time"
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
    words |= {_batch(rows): _table(night, _batch(rows)) for rows in QUESTIONS}
    # The questions first: other rows of alerts are read from theirs.
    used = sorted({account.rows for account in kept.values()}, key=lambda rows: (rows not in QUESTIONS, rows))
    made = {_batch(rows): _rows(rows, night, words) for rows in used}
    made[LINES] = "\nunion all\n".join(_lines(*each, night, words) for each in kept.items())
    made[accounts.BATCH] = _query("flags", words | _of_flags(night, kept))
    return made


def _rows(rows: str, night: Picture, words: dict[str, str]) -> str:
    said = {"template": folded("dim_assessment_template_id_desc")}
    said |= {name: _plain(name) for name in ("form_key", "answer")}
    if rows in QUESTIONS:
        return _query("alerts", words | said | {"is_question": _asks_for(QUESTIONS[rows], night)})
    if rows == "alert_categories":
        names = site_rows("site_alert_category", night.authority_code)
        told = {folded_words(row["alert_category"]): row["category"] for row in names}
        said |= {
            "is_question": _asks_for("alert_category", night),
            "is_date": _asks_for(QUESTIONS["alerts_raised"], night),
            "told": folded("answer.answer"),
            "categories": ", ".join(f"({literal(text)}, {literal(name)})" for text, name in told.items()),
        }
    return _query(rows, words | said)


def _asks_for(field: str, night: Picture) -> str:
    """Whether a landed answer is to the site's question for a field."""
    template, number = folded("dim_assessment_template_id_desc"), folded("answer_no")
    asked = answers_of(field, night.authority_code, needed=False)
    return (
        " or ".join(
            f"{template} = {literal(of)} and {number} = {literal(question)}" for of, question in asked
        )
        or "false"
    )


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
        "counted": "count(distinct person_id)" if account.is_of_children else "count(person_id)",
        "reaches_back_to": _reaches_back_to(measure, bool(account.dated)),
        "reason_of_scope": "rows.reason_of_scope" if account.in_scope else "null",
    }
    uasc = _query("uasc", words | {"since": account.uasc_since}) if account.uasc_since else NOBODY
    said |= {"chosen": uasc, "is_chosen": str(bool(account.uasc_since)).lower(), "not_chosen": NOT_UASC}
    counted = _query("months" if account.dated else "month_ends", said)
    return f"(select * from (\n{counted}\n) as counted)\nunion all\n({_query('source', said)})"


def _reaches_back_to(measure: str, is_by_month: bool) -> str:
    """The first day that a period of the measure looks at: all of it has to be covered by the records."""
    (months,) = (
        int(row["looks_back_months"])
        for row in seed("measure_definition")
        if row["measure_id"] == measure and not row["valid_to"]
    )
    if is_by_month:
        return f"period_start - make_interval(months => {months})"
    return (
        f"date_trunc('month', period_end) - make_interval(months => {months - 1})" if months else "period_end"
    )


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
