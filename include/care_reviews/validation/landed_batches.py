"""The batches of the source gate: for each source table, one flag a fault and row, in one pass over the
picture.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from care_reviews.source.catalog import TABLES, Table
from care_reviews.validation.code_lists import answers_of, known_codes, seed, site_texts, templates
from care_reviews.validation.sql import (
    can_be_cast,
    code,
    flag,
    folded,
    literal,
    literals,
    names_a_row,
    picture,
)
from expectations.codes import (
    CODES,
    ETHNICITY,
    LEGAL_STATUS,
    PARTICIPATION_ANSWER,
    PARTICIPATION_TEXT,
    REVIEW_MEETING,
)
from expectations.landed_rows import key_column, references_of, slug
from expectations.references import Reference


@dataclass(frozen=True)
class Picture:
    """Which rows of landing are judged."""

    authority_code: str
    extract_id: int
    as_known: dt.date

    def of(self, table: str, where: str = "true") -> str:
        return picture(table, self.authority_code, self.extract_id, where)


def queries(night: Picture) -> dict[str, str]:
    """Subject of a suite → the query that gives its batch."""
    return {table.name: _table(table, night) for table in TABLES} | {"manifest": manifest(night)}


def _table(table: Table, night: Picture) -> str:
    """Landed rows with their flags, then quarantined rows, of which only the first flag is judged."""
    flags, joins = {"untyped": _untyped(table, night)}, []
    if column := key_column(table):
        flags["unkeyed"] = flag(f"landed.{column} <> '-1' and repeated.value is null")
        joins.append(
            f"left join (select {column} as value from {night.of(table.landing)} as rows "
            f"group by {column} having count(*) > 1) as repeated on repeated.value = landed.{column}"
        )
    for ref in references_of(table):
        flags[f"{ref.column}_lost"] = _lost(ref)
        joins.append(_target(ref, night))
    known, known_joins = _codes(table, night)
    flags |= known
    columns = ",\n".join(f"{condition} as {name}" for name, condition in flags.items())
    unjudged = ", ".join("null" for _ in flags)
    return (
        f"select false as unreadable,\n{columns}\nfrom {night.of(table.landing)} as landed\n"
        + "\n".join(joins + known_joins)
        + f"\nunion all select true, {unjudged} from "
        + night.of("quarantine", f"table_name = {literal(table.name)}")
        + " as quarantined"
    )


def _untyped(table: Table, night: Picture) -> str:
    checks = [can_be_cast(column, "landed", night.as_known) for column in table.columns]
    return flag(" and ".join(check for check in checks if check) or "true")


def _lost(ref: Reference) -> str:
    column = f"landed.{ref.column}"
    if ref.essential:
        return flag(f"{ref.column}_target.value is not null")
    return flag(f"not ({names_a_row(column)}) or {ref.column}_target.value is not null")


def _target(ref: Reference, night: Picture) -> str:
    rows = night.of(f"lcs__{ref.target}")
    return (
        f"left join (select distinct {ref.target_key} as value from {rows} as rows where "
        f"{ref.target_key} <> '-1') "
        f"as {ref.column}_target on {ref.column}_target.value = landed.{ref.column}"
    )


def _codes(table: Table, night: Picture) -> tuple[dict[str, str], list[str]]:
    """Flags of codes that nothing knows. A blank is not unknown: nothing was recorded."""
    flags = {
        f"{column}_unknown": flag(
            f"{code(f'landed.{column}')} is null or {_among(column, known_codes(known))}"
        )
        for (name, column), known in CODES.items()
        if name == table.name
    }
    joins: list[str] = []
    if table.name == ETHNICITY[0]:
        column = ETHNICITY[1]
        flags[f"{column}_unknown"] = flag(
            f"{code(f'landed.{column}')} is null or ethnicity.value is not null"
        )
        lookup = night.of("lcs__dim_lookup_dfe_ethnic")
        joins.append(
            f"left join (select distinct {code('main_code')} as value from {lookup} as rows) as ethnicity "
            f"on ethnicity.value = {code(f'landed.{column}')}"
        )
    if table.name == LEGAL_STATUS[0]:
        flags[f"{LEGAL_STATUS[1]}_unknown"] = _legal_status(night)
    if table.name == PARTICIPATION_TEXT[0]:
        flags[f"{PARTICIPATION_TEXT[1]}_unknown"] = _participation(
            f"landed.{PARTICIPATION_TEXT[1]}", night, []
        )
    if table.name == PARTICIPATION_ANSWER[0]:
        flags |= _answers(night)
    if table.name == REVIEW_MEETING[0]:
        flags[f"{REVIEW_MEETING[1]}_unknown"] = flag("meeting.type is null or meeting.type = 'CLAR'")
        meetings = night.of("lcs__fact_meetings")
        joins.append(
            f"left join (select fact_meeting_id, min({code('dim_lookup_mtg_type_id_code')}) as type "
            f"from {meetings} as rows group by fact_meeting_id) as meeting on meeting.fact_meeting_id = "
            f"landed.fact_meeting_id"
        )
    if table.name == "fact_meetings":
        flags["is_review_meeting"] = (
            f"{code('landed.dim_lookup_mtg_type_id_code')} is not distinct from 'CLAR'"
        )
    if table.name == "fact_immigration_status":
        flags["is_uasc"] = f"{code('landed.dim_lookup_immgr_status_code')} is not distinct from 'UASC'"
    return flags, joins


def _among(column: str, codes: list[str]) -> str:
    return f"{code(f'landed.{column}')} in ({literals(codes)})"


def _legal_status(night: Picture) -> str:
    """The code decides where there is one, else the text."""
    recorded = code("landed.dim_lookup_lgl_status_code")
    words = folded("landed.dim_lookup_lgl_status_desc")
    codes = literals(row["legal_status_code"] for row in seed("legal_status"))
    texts = literals(site_texts("site_legal_status_text", "legal_status_text", night.authority_code))
    return flag(
        f"case when {recorded} is not null then {recorded} in ({codes}) "
        f"when {words} is not null then {words} in ({texts}) else true end"
    )


def _participation(column: str, night: Picture, codes: list[str]) -> str:
    texts = site_texts("site_participation_text", "participation_text", night.authority_code)
    return flag(f"{folded(column)} is null or {folded(column)} in ({literals([*texts, *codes])})")


def _answers(night: Picture) -> dict[str, str]:
    """Of answers, only those that hold a participation are judged: their share is a share of these alone."""
    template, number = folded("landed.dim_assessment_template_id_desc"), folded("landed.answer_no")
    kept = answers_of("review_participation_code", night.authority_code)
    here = " or ".join(
        f"{template} = {literal(kept_template)} and {number} = {literal(kept_number)}"
        for kept_template, kept_number in kept
    )
    codes = [row["participation_code"].lower() for row in seed("participation")]
    flags = {"answer_unknown": f"case when {here} then {_participation('landed.answer', night, codes)} end"}
    for name in templates(night.authority_code):
        flags[f"is_{slug(name)}"] = (
            f"{template} is not distinct from {literal(' '.join(name.split()).lower())}"
        )
    return flags


def manifest(night: Picture) -> str:
    """One row a source table: is it in the manifest, and does the manifest agree with what is in landing?"""
    counts = "\nunion all ".join(
        f"select {literal(table.name)} as table_name, "
        f"(select count(*) from {night.of(table.landing)} as landed) as landed, "
        f"(select count(*) from {night.of('quarantine', f'table_name = {literal(table.name)}')} as "
        f"kept) as quarantined"
        for table in TABLES
    )
    balances = (
        "manifest.rows_read = counted.landed + counted.quarantined "
        "and manifest.rows_quarantined = counted.quarantined "
        "and manifest.rows_new + manifest.rows_changed + manifest.rows_unchanged = counted.landed"
    )
    return (
        f"select manifest.table_name is null as missing, "
        f"case when manifest.table_name is not null then {flag(balances)} end as unbalanced\n"
        f"from ({counts}) as counted\n"
        f"left join audit.manifest on manifest.extract_id = {night.extract_id:d} "
        "and manifest.table_name = counted.table_name"
    )
