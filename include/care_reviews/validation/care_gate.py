"""The care gate: its suites and the batches that they judge, made from the canonical models of the night."""

from __future__ import annotations

from pathlib import Path
from string import Template

from great_expectations import ExpectationSuite
from sqlalchemy import Connection

from care_reviews.errors import BuildError
from care_reviews.lock import Extract
from care_reviews.settings import Settings
from care_reviews.source.catalog import Table
from care_reviews.validation import identities
from care_reviews.validation.batches import Records
from care_reviews.validation.code_lists import folded_words, site_rows
from care_reviews.validation.history import facts_of
from care_reviews.validation.landed_batches import record_key
from care_reviews.validation.picture import Picture
from care_reviews.validation.sql import flag, literal
from expectations import care

QUERIES = Path(__file__).with_name("queries") / "care"


def prepare(
    connection: Connection, extract: Extract, settings: Settings
) -> tuple[list[ExpectationSuite], dict[str, str]]:
    """The suites of this night, and the query of each subject's batch. Raises BuildError when nothing was
    built.
    """
    if not extract.dbt_invocation_id:
        raise BuildError(f"nothing was built for the night {extract.as_known}: run build first")
    night = Picture(extract.authority_code, extract.extract_id, extract.as_known)
    queries: dict[str, str] = {identities.NAME: identities.query(night)}
    queries |= {subject: query(subject, words(extract)) for subject in care.SUBJECTS}
    queries |= {care.facts_batch(table): facts(table, night) for table in care.fact_tables()}
    return care.suites(facts_of(connection, extract, settings)), queries


def query(subject: str, words: dict[str, str]) -> Records:
    """The query of a subject's batch."""
    return Records(
        Template((QUERIES / f"{subject}.sql").read_text()).substitute(words), care.SUBJECTS[subject]
    )


def words(extract: Extract) -> dict[str, str]:
    """What the `$names` in the query files stand for."""
    texts = {
        (folded_words(row["legal_status_text"]), row["legal_status_code"])
        for row in site_rows("site_legal_status_text", extract.authority_code)
    }
    return {
        "candidate": f"candidate_{extract.authority_code.lower()}",
        "as_known": str(extract.as_known),
        "legal_status_texts": ", ".join(f"({literal(text)}, {literal(code)})" for text, code in sorted(texts))
        or "(null::text, null::text)",
    }


def facts(table: Table, night: Picture) -> Records:
    """One row a row of the table that counts: does it lead to a person? Rows alike are one."""
    lost = flag("person.value is not null")
    return Records(
        f"select case when {lost} then {record_key(table)} end as record_key, "
        f"case when {lost} then landed.dim_person_id end as person_id, {lost} as rule_r11\n"
        f"from {night.of(table.landing, 'occurrence = 1')} as landed\n"
        f"left join {identities.leading_somewhere(night)} as person on person.value = landed.dim_person_id",
        table.name,
    )
