"""Kinds of tampering with what a warehouse keeps, each with the words that verifying names its place with.

They fit any warehouse with a corrected, a withdrawn, a blocked and a discarded night: `$names` stand for what
`where` finds in it.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from string import Template

from sqlalchemy import Connection, text

# What is tampered with. `record` is that of `publication` and its `extract`; values and reviews are new in
# it. `middle`: a record with others on both sides; `opened`: an extract that opened versions.
WHERE = """
with records as (
    select evidence_id, record ->> 'kind' as kind, (record ->> 'publication_id')::bigint as publication_id,
        (record ->> 'extract_id')::bigint as extract_id
    from audit.evidence
),
tellings as (
    select evidence_id, publication_id, extract_id from records
    where kind = 'published' and publication_id in (
            select known_from from published.kpi_value_history where value is not null
        )
        and publication_id in (
            select known_from from analysis.fct_review_history where held_date is not null
        )
),
target as (
    select * from tellings order by evidence_id offset (select count(*) / 2 from tellings) limit 1
),
standing as (
    select publication_id, extract_id from published.publication where withdrawn_at is null
    order by publication_id desc limit 1
),
opened as (
    select evidence_id, extract_id from records
    where kind = 'landed' and extract_id in (select known_from from landing.lcs__fact_cla_review)
        and extract_id in (select known_from from landing.lcs__dim_person)
    order by extract_id desc limit 1
)
select
    target.evidence_id as record, target.publication_id as publication, target.extract_id as extract,
    (select max(evidence_id) / 2 from records) as middle,
    (select max(evidence_id) / 2 + 1 from records) as following,
    standing.publication_id as standing, standing.extract_id as standing_extract,
    (select min(publication_id) from published.publication where withdrawn_at is not null) as withdrawn,
    (select max(extract_id) from audit.extract where status = 'discarded') as discarded,
    opened.extract_id as opened, opened.evidence_id as opened_record
from target, standing, opened
"""


@dataclass(frozen=True)
class Tampering:
    """What is done, and the words (a regular expression) that verifying names the place with."""

    statements: tuple[str, ...]
    place: str

    def at(self, where: dict[str, str]) -> Tampering:
        """The same in one warehouse."""
        filled = [Template(each).substitute(where) for each in (*self.statements, self.place)]
        return Tampering(tuple(filled[:-1]), filled[-1])


def where(connection: Connection) -> dict[str, str]:
    """What the `$names` stand for in a warehouse."""
    return {name: str(value) for name, value in connection.execute(text(WHERE)).one()._mapping.items()}


def one(statement: str, place: str) -> Tampering:
    return Tampering((statement,), place)


def a_row(table: str, condition: str) -> str:
    """Where a statement changes one row of a table."""
    return f"ctid = (select ctid from {table} where {condition} limit 1)"


VALIDATION = (
    "(select (record -> 'gates' -> 'marts' ->> 'validation_id')::bigint from audit.evidence "
    "where evidence_id = $record)"
)
OF_VALIDATION = r"validation \d+ in audit.{}, by record $record \(published\)"
A_RESULT = a_row("audit.validation_result", f"validation_id = {VALIDATION} and rows_failed is not null")
AN_ACCOUNT = a_row("audit.reconciliation", f"validation_id = {VALIDATION} and kind = 'set aside'")
A_JSON = a_row("audit.validation_json", f"validation_id = {VALIDATION} and result like '%9%'")
A_FINDING_COUNT = a_row(
    "audit.finding_count",
    "validation_id = (select (record -> 'gates' -> 'care' ->> 'validation_id')::bigint "
    "from audit.evidence where evidence_id = $record)",
)
A_RETURN = "return_name is not null"
# Tables of landing that are put together in the database, and a column of each.
MADE = {
    "lcs__fact_meeting_subjects": "dim_person_id",
    "lcs__fact_forms": "dim_person_id",
    "lcs__fact_form_answers": "answer",
    "quarantine": "reason",
}
NEWEST = {table: f"known_from = (select max(known_from) from landing.{table})" for table in MADE}
A_VALUE = a_row("published.kpi_value_history", "known_from = $publication and value is not null")
HIDDEN = a_row("published.kpi_value_history", "symbol = 'c' and known_to is null")

OF_THE_CHAIN = {
    "a hash": one(
        "update audit.evidence set hash = repeat('a', 64) where evidence_id = $middle",
        r"the hash of record $middle \(",
    ),
    "a link": one(
        "update audit.evidence set previous_hash = repeat('b', 64) where evidence_id = $middle",
        r"the previous hash in record $middle \(",
    ),
    "what a record says": one(
        "update audit.evidence set record = jsonb_set(record, '{decision}', '\"released\"') "
        "where evidence_id = $record",
        r"the hash of record $record \(published\)",
    ),
    "a deleted record": one(
        "delete from audit.evidence where evidence_id = $middle", r"record $middle: it says nothing"
    ),
    "two records in another order": Tampering(
        (
            "update audit.evidence set evidence_id = evidence_id + 1000 "
            "where evidence_id in ($middle, $following)",
            "update audit.evidence set evidence_id = $middle + $following + 1000 - evidence_id "
            "where evidence_id > 1000",
        ),
        r"in record $middle ",
    ),
    "the first record deleted": one(
        "delete from audit.evidence where evidence_id = 1", r"record 1: it says nothing"
    ),
    "all records deleted": one("delete from audit.evidence", "record 1: it says nothing"),
}
OF_THE_GATES = {
    "an expectation's counts": one(
        f"update audit.validation_result set rows_failed = rows_failed + 1 where {A_RESULT}",
        OF_VALIDATION.format("validation_result"),
    ),
    "an expectation deleted": one(
        f"delete from audit.validation_result where {A_RESULT}", OF_VALIDATION.format("validation_result")
    ),
    "a verdict": one(
        "update audit.validation set verdict = 'passed', warned = 0 where verdict = 'blocked'",
        r"validation \d+ in audit.validation, verdict, by record \d+ \(blocked\)",
    ),
    "a count of findings": one(
        f"update audit.finding_count set open_findings = open_findings + 1 where {A_FINDING_COUNT}",
        OF_VALIDATION.format("finding_count"),
    ),
    "a line of an account": one(
        f"update audit.reconciliation set rows = rows + 1 where {AN_ACCOUNT}",
        OF_VALIDATION.format("reconciliation"),
    ),
    "what Great Expectations gave": one(
        f"update audit.validation_json set result = replace(result, '9', '8') where {A_JSON}",
        OF_VALIDATION.format("validation_json"),
    ),
    "what Great Expectations gave deleted": one(
        f"delete from audit.validation_json where {A_JSON}", OF_VALIDATION.format("validation_json")
    ),
    "a line of an account deleted": one(
        f"delete from audit.reconciliation where {AN_ACCOUNT}", OF_VALIDATION.format("reconciliation")
    ),
}
OF_THE_LEDGER = {
    "the ledger's counts": one(
        "update published.publication set expectations_warned = expectations_warned + 1 "
        "where publication_id = $publication",
        "publication $publication in the ledger, expectations_warned, by record",
    ),
    "the ledger's code version": one(
        "update published.publication set code_version = 'another' where publication_id = $publication",
        "publication $publication in the ledger, code_version, by record $record .* says another",
    ),
    "the ledger's night": one(
        "update published.publication set as_known = as_known - 1 where publication_id = $standing",
        "publication $standing in the ledger, as_known, by record",
    ),
    "the ledger's dbt invocation": one(
        "update published.publication set dbt_invocation_id = 'another' where publication_id = $standing",
        "publication $standing in the ledger, dbt_invocation_id, by record",
    ),
    "a withdrawal undone": one(
        "update published.publication set withdrawn_at = null, withdrawn_by = null, reason = null "
        "where publication_id = $withdrawn",
        r"publication $withdrawn in the ledger, withdrawn_at, by record \d+ \(withdrawn\): it says nothing",
    ),
    "a withdrawal that nobody made": one(
        "update published.publication set withdrawn_at = now(), withdrawn_by = 'x', reason = 'x' "
        "where publication_id = $standing",
        "publication $standing in the ledger, withdrawn_at: .* should say nothing",
    ),
    "who withdrew": one(
        "update published.publication set withdrawn_by = 'somebody else' where publication_id = $withdrawn",
        "publication $withdrawn in the ledger, withdrawn_by, .* says somebody else, and should say a manager",
    ),
    "which return it was": one(
        f"update published.publication set return_name = 'another return' where {A_RETURN}",
        r"publication \d+ in the ledger, return_name, by record \d+ \(published\): it says another return",
    ),
    "who released": one(
        f"update published.publication set released_by = 'somebody else' where {A_RETURN}",
        r"publication \d+ in the ledger, released_by, by record \d+ \(published\): it says somebody else",
    ),
    "when it was released": one(
        f"update published.publication set released_at = released_at - interval '1 day' where {A_RETURN}",
        r"publication \d+ in the ledger, released_at, by record \d+ \(published\)",
    ),
    "with which comment": one(
        f"update published.publication set release_comment = 'all checked' where {A_RETURN}",
        r"publication \d+ in the ledger, release_comment, by record \d+ \(published\): it says all checked",
    ),
    "a return that nobody released": one(
        "update published.publication set return_name = 'a return', released_at = published_at "
        "where publication_id = $withdrawn",
        "publication $withdrawn in the ledger, return_name, by record .* should say nothing",
    ),
    "a publication deleted": one(
        "delete from published.publication where publication_id = $standing",
        "publication $standing: it says nothing",
    ),
    "a publication that no night made": one(
        "insert into published.publication (authority_code, as_known, run_id, extract_id, code_version, "
        "dbt_invocation_id, source_gate, care_gate, marts_gate, expectations_passed, expectations_warned, "
        "expectations_stopped) select authority_code, as_known, run_id, extract_id, code_version, "
        "dbt_invocation_id, source_gate, care_gate, marts_gate, 1, 0, 0 from published.publication limit 1",
        r"the records of publication \d+: it says nothing",
    ),
}
# The digest of what a council's findings were when something was last decided.
FINDINGS = r"audit.finding, findings of E\d+, by record \d+ \((published|discarded)\)"
OF_FINDINGS = {
    "a finding resolved that the record still had": one(
        "update audit.finding set resolved_on = last_seen where "
        + a_row("audit.finding", "resolved_on is null"),
        FINDINGS,
    ),
    "a finding that began later": one(
        "update audit.finding set first_seen = last_seen where "
        + a_row("audit.finding", "first_seen < last_seen"),
        FINDINGS,
    ),
    "a finding deleted": one("delete from audit.finding where " + a_row("audit.finding", "true"), FINDINGS),
}
# Whoever owns the tables may put others in place of what keeps them.
OF_GUARDS = {
    "a trigger switched off": one(
        "alter table audit.evidence disable trigger evidence_stays",
        "trigger evidence_stays of audit.evidence: it says off",
    ),
    "a trigger that minds deleting alone": Tampering(
        (
            "drop trigger evidence_stays on audit.evidence",
            "create trigger evidence_stays before delete on audit.evidence "
            "for each statement execute function audit.refuse_change()",
        ),
        "trigger evidence_stays of audit.evidence: it says CREATE TRIGGER evidence_stays BEFORE DELETE ON",
    ),
    "the trigger of findings taken away": one(
        "drop trigger finding_kept on audit.finding", "trigger finding_kept of audit.finding: it says off"
    ),
    **{
        f"{name} that does nothing": one(
            f"create or replace function audit.{name}() returns trigger language plpgsql "
            "set search_path = pg_catalog, pg_temp as 'begin return new; end'",
            rf"function audit.{name}\(\): it says something else",
        )
        for name in ("refuse_change", "evidence_follows", "keep_findings")
    },
}


def a_view(name: str, shown: str, instead: str) -> Tampering:
    """A view of readers that says something else where it said `shown`."""
    return one(
        f"do $$$$ begin execute 'create or replace view {name} with (security_barrier) as ' || "
        f"replace(pg_get_viewdef('{name}'::regclass), '{shown}', '{instead}'); end $$$$",
        f"what readers see as {name}: it says something else",
    )


# What nobody changed in the histories, readers may be shown otherwise.
OF_VIEWS = {
    "a view that shows another value": a_view(
        "published.kpi_value", "h.value,", "cast(h.value + 1 as numeric(9,4)) as value,"
    ),
    "a view of nights that keeps back the children": a_view(
        "analysis.dim_child_as_known", "h.known_to IS NULL", "h.known_to < 0"
    ),
    "a view that goes on showing an older publication": a_view(
        "published.kpi_trend", "withdrawn_at IS NULL", "publication_id < $standing"
    ),
    "a view that lets functions see what it hides": one(
        "alter view published.kpi_value reset (security_barrier)", "what readers see as published.kpi_value: "
    ),
    "a policy on what readers see": one(
        "alter table published.kpi_value_history enable row level security",
        "what readers see as published.kpi_value_history: ",
    ),
}
OF_LANDING = {
    "a discarded night brought back": one(
        "update audit.extract set status = 'landed', discarded_at = null, discarded_by = null, "
        "discard_reason = null where extract_id = $discarded",
        "extract $discarded in audit.extract, status: it says landed, and should say discarded",
    ),
    "how it was built": one(
        "update audit.extract set build = jsonb_set(build, '{settings, months_published}', '12') "
        "where extract_id = $extract",
        "extract $extract in audit.extract, build",
    ),
    "a manifest's count": one(
        "update audit.manifest set rows_read = rows_read + 1 "
        "where extract_id = $extract and table_name = 'fact_cla'",
        r"table fact_cla of extract $extract in audit.manifest, rows_read, by record \d+ \(landed\)",
    ),
    "a landed value": one(
        "update landing.lcs__fact_cla_review set due_dttm = '2001-01-01 00:00:00' where "
        + a_row("landing.lcs__fact_cla_review", "known_from = $opened"),
        "landing.lcs__fact_cla_review, rows opened by extract $opened, by record $opened_record",
    ),
    "a landed row deleted": one(
        "delete from landing.lcs__dim_person where "
        + a_row("landing.lcs__dim_person", "known_from = $opened"),
        "landing.lcs__dim_person, rows opened by extract $opened, by record $opened_record",
    ),
    "a landed row closed that the source still had": one(
        "update landing.lcs__fact_legal_status set known_to = $standing_extract where "
        + a_row("landing.lcs__fact_legal_status", "known_to is null and known_from < $standing_extract"),
        "landing.lcs__fact_legal_status, rows closed by extract $standing_extract, by record",
    ),
    **{
        f"a landed value of {table}": one(
            f"update landing.{table} set {column} = '7' where " + a_row(f"landing.{table}", NEWEST[table]),
            rf"landing.{table}, rows opened by extract \d+, by record \d+ \(landed\)",
        )
        for table, column in MADE.items()
    },
    "a row in quarantine that no night put there": one(
        "insert into landing.quarantine select authority_code, table_name, record_key, column_name, reason, "
        "payload, row_hash, occurrence + 1, known_from, known_to from landing.quarantine limit 1",
        r"landing.quarantine, rows opened by extract \d+, by record \d+ \(landed\)",
    ),
    "a landed row that no night landed": one(
        "insert into landing.lcs__dim_department (authority_code, dim_department_id, row_hash, occurrence, "
        "known_from) select authority_code, '99', gen_random_uuid(), 1, 1077 from audit.extract limit 1",
        r"landing.lcs__dim_department, rows of E\d+ opened by extract 1077",
    ),
}
OF_MARTS = {
    "a published value": one(
        f"update published.kpi_value_history set value = value + 1 where {A_VALUE}",
        r"publication $publication, mart published.kpi_value, by record $record \(published\)",
    ),
    "a hidden value shown": one(
        f"update published.kpi_value_history set symbol = null, numerator = 3 where {HIDDEN}",
        r"publication \d+, mart published.kpi_value, by record",
    ),
    "a published row deleted": one(
        f"delete from published.kpi_value_history where {A_VALUE}",
        "publication $publication, mart published.kpi_value, by record",
    ),
    "a row under a pseudonym": one(
        "update analysis.fct_review_history set held_date = held_date - 1 where "
        + a_row("analysis.fct_review_history", "held_date is not null and known_from = $publication"),
        "publication $publication, mart analysis.fct_review, by record",
    ),
    "a withdrawn publication's rows": one(
        "update published.kpi_value_history set unit = 'another' where "
        + a_row("published.kpi_value_history", "known_from = $withdrawn"),
        "publication $withdrawn, mart published.kpi_value, by record",
    ),
}
KINDS = (
    OF_THE_CHAIN | OF_THE_GATES | OF_THE_LEDGER | OF_FINDINGS | OF_LANDING | OF_MARTS | OF_GUARDS | OF_VIEWS
)

# What is done to the folder of a report pack, `annual-report.html`, `.pdf` and `pack.json`.
OF_PACKS: dict[str, tuple[Callable[[Path], object], str]] = {
    "a report's page": (
        lambda pack: (pack / "annual-report.html").write_text("95% in time"),
        r"report 2019-20 of E\d+ from publication 1, file annual-report.html, by record \d+ \(reported\)",
    ),
    "a report's own digests": (
        lambda pack: (pack / "pack.json").write_text("{}"),
        "file pack.json, by record",
    ),
    "a report's file deleted": (
        lambda pack: (pack / "annual-report.pdf").unlink(),
        "file annual-report.pdf, by record .* it says nothing",
    ),
    "a file added to a report": (
        lambda pack: (pack / "annex.html").write_text("more"),
        "file annex.html, by record .* should say nothing",
    ),
    "a report deleted": (shutil.rmtree, "file annual-report.html, by record .* it says nothing"),
}
# What is done to the folder of a night's pages.
OF_PAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a page": (
        lambda night: (night / "care.html").write_text("All passed."),
        r"site of E\d+, page publication-1/care.html, by record \d+ \(shown\)",
    ),
    "a page deleted": (
        lambda night: (night / "history.html").unlink(),
        r"page publication-1/history.html, by record \d+ \(shown\): it says nothing",
    ),
    "a page added": (
        lambda night: (night / "more.html").write_text("more"),
        r"page publication-1/more.html, by record \d+ \(shown\): .* should say nothing",
    ),
    "a night's pages deleted": (
        shutil.rmtree,
        r"page publication-1/care.html, by record \d+ \(shown\): it says nothing",
    ),
}
