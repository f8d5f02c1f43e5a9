"""The batches of the source gate: for each source table, one flag a fault and row, in one pass over the
picture.
"""

from __future__ import annotations

from care_reviews.source.catalog import TABLES, Table
from care_reviews.validation.batches import Records
from care_reviews.validation.landed_codes import code_flags
from care_reviews.validation.picture import Picture
from care_reviews.validation.sql import (
    WHOLE_NUMBER,
    can_be_cast,
    flag,
    folded,
    has_date,
    literal,
    names_a_row,
)
from expectations.landed_rows import COUNTED_WITHOUT_KEY, key_column, references_of
from expectations.references import Reference
from expectations.spans import FLAG as ENDS_BEFORE_START
from expectations.spans import span_columns

# Of the columns by which a row without a key is the same row, those that are ids or made of them.
IDENTIFYING = ("fact_meetings_id", "dim_person_id", "form_key")

# A row in quarantine may have any text for its key: then its hash says which row of landing.quarantine it is.
QUARANTINED_KEY = (
    f"case when quarantined.record_key ~ '{WHOLE_NUMBER}' then quarantined.record_key "
    "else 'quarantine ' || quarantined.row_hash end"
)


def queries(night: Picture) -> dict[str, str]:
    """Subject of a suite → the query that gives its batch."""
    return {table.name: _table(table, night) for table in TABLES} | {"manifest": manifest(night)}


def _table(table: Table, night: Picture) -> Records:
    """Landed rows with their flags, then quarantined rows, of which only the first flag is judged."""
    flags, joins = {"untyped": _untyped(table, night)}, []
    if column := key_column(table):
        flags |= _key_flags(table, column)
        joins.append(_shared_keys(table, column, night))
    if table.name == "dim_person":
        flags["survives_too"] = (
            f"case when {_is_unmerged('landed')} then {flag('survivors.legacy is null')} end"
        )
        joins.append(_several_survivors(night))
    if span := span_columns(table):
        flags[ENDS_BEFORE_START] = _ends_before_start(*span)
    for ref in references_of(table):
        flags[f"{ref.column}_lost"] = _lost(ref)
        joins.append(_target(ref, night))
    codes = code_flags(table.name, night)
    flags |= codes.conditions
    columns = ",\n".join(f"{condition} as {name}" for name, condition in flags.items())
    unjudged = ", ".join("null" for _ in flags)
    about = "landed.dim_person_id" if "dim_person_id" in table.names else "null::text"
    return Records(
        f"select {record_key(table)} as record_key, {about} as person_id, false as unreadable,\n{columns}\n"
        f"from {night.of(table.landing)} as landed\n"
        + "\n".join(joins + codes.joins)
        + f"\nunion all select {QUARANTINED_KEY}, quarantined.payload ->> 'dim_person_id', "
        + f"true, {unjudged} from "
        + night.of("quarantine", f"table_name = {literal(table.name)}")
        + " as quarantined",
        table.name,
    )


def record_key(table: Table) -> str:
    """How a landed row is found in the record system: by its key, else by the ids of what it belongs to."""
    named = [name for name in table.identity if name in IDENTIFYING or name == table.key]
    parts = [f"landed.{name}" for name in named or table.identity]
    return parts[0] if len(parts) == 1 else f"concat_ws(' ', {', '.join(parts)})"


def _key_flags(table: Table, column: str) -> dict[str, str]:
    """Of rows alike all but the first are repeated, and their key is judged once. A row for 'no such row'
    (-1) and a list's for no code need no key of their own.
    """
    may = f"landed.{column} = '-1'" if column == table.key else f"landed.{column} is null"
    # Forms without answers may be alike and yet be two: their ids do not land.
    alike = f"{may} or landed.occurrence = 1" if table.name == "fact_forms" else "landed.occurrence = 1"
    unkeyed = flag(f"{may} or landed.{column} is not null and shared.value is null")
    flags = {
        "repeated": flag(alike),
        "unkeyed": f"case when landed.occurrence = 1 then {unkeyed} end",
    }
    if table.name in COUNTED_WITHOUT_KEY:
        flags["nameless"] = flag(names_a_row(f"landed.{column}"))
    return flags


def _shared_keys(table: Table, column: str, night: Picture) -> str:
    """The keys that rows share which differ."""
    return (
        f"left join (select {column} as value from {night.of(table.landing, 'occurrence = 1')} as rows "
        f"group by {column} having count(*) > 1) as shared on shared.value = landed.{column}"
    )


def _is_unmerged(relation: str) -> str:
    return f"not {has_date(f'{relation}.duplicated_dttm')}"


def _several_survivors(night: Picture) -> str:
    """The LEGACY_IDs that several records have which were not merged into another."""
    legacy = f"nullif({folded('rows.legacy_id')}, '-1')"
    return (
        f"left join (select {legacy} as legacy from {night.of('lcs__dim_person', 'occurrence = 1')} as rows "
        f"where {legacy} is not null and {_is_unmerged('rows')} "
        f"group by 1 having count(distinct dim_person_id) > 1) as survivors "
        f"on survivors.legacy = {folded('landed.legacy_id')}"
    )


def _untyped(table: Table, night: Picture) -> str:
    checks = [can_be_cast(column, "landed", night.as_known) for column in table.columns]
    return flag(" and ".join(check for check in checks if check) or "true")


def _ends_before_start(start: str, end: str) -> str:
    """By the date alone: on the day of its start a row may end at any time."""
    begun, over = f"landed.{start}", f"landed.{end}"
    in_order = f'left({over}, 10) collate "C" >= left({begun}, 10) collate "C"'
    return flag(f"not ({has_date(begun)} and {has_date(over)}) or {in_order}")


def _lost(ref: Reference) -> str:
    column = f"landed.{ref.landed}"
    if ref.essential:
        return flag(f"{ref.column}_target.value is not null")
    return flag(f"not ({names_a_row(column)}) or {ref.column}_target.value is not null")


def _target(ref: Reference, night: Picture) -> str:
    there = (
        f"(select distinct {ref.target_key} as value from {night.of(f'lcs__{ref.target}')} as rows "
        f"where {ref.target_key} <> '-1')"
    )
    return f"left join {there} as {ref.column}_target on {ref.column}_target.value = landed.{ref.landed}"


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
