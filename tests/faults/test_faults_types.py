"""A source that keeps its values otherwise: numbers and dates as text, flags as booleans, names as bytes.
The same lands.
"""

from __future__ import annotations

import pytest
from sqlalchemy import text

from care_reviews.source.catalog import READS
from tests.faults import pictures
from tests.faults.conftest import Undisturbed
from tests.faults.small_council import Council, run

# One process for all of them: they share two undisturbed nights.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

NUMBERS = {
    "abc": "is not a whole number",
    "1.5": "is not a whole number",
    "1e5": "is not a whole number",
    "٣": "is not a whole number",
    "9223372036854775808": "is too large a number",
    " ": "is empty",
}


def with_booleans(council: Council) -> None:
    """Every flag of the source as a truth value of the engine's own."""
    with council.spoiling() as source:
        for entry in READS:
            for column in (each.name for each in entry.columns if each.kind == "flag"):
                source.execute(
                    text(
                        f"alter table {entry.name} alter column {column} type boolean using {column}::boolean"
                    )
                )


def as_text(council: Council) -> None:
    """Every number and date of the source as a text, in the ways that people and programs write them."""
    with council.spoiling() as source:
        for entry in READS:
            source.execute(text(f"alter table {entry.name} drop constraint if exists {entry.name}_pkey"))
            for column in entry.columns:
                if column.kind in ("key", "ref"):
                    new = (
                        f"case {column.name} % 3 when 0 then '00' || {column.name} "
                        f"when 1 then ' ' || {column.name} || '.0 ' else {column.name}::text end"
                    )
                elif column.kind in ("moment", "birth"):
                    new = f"to_char({column.name}, 'DD/MM/YYYY HH24:MI:SS.US')"
                else:
                    continue
                source.execute(text(f"alter table {entry.name} alter column {column.name} drop not null"))
                source.execute(
                    text(f"alter table {entry.name} alter column {column.name} type text using {new}")
                )


def test_numbers_and_dates_as_text_and_flags_as_booleans_land_as_the_same_rows(
    council: Council, undisturbed: Undisturbed
) -> None:
    as_text(council)
    with_booleans(council)
    run(council.night(), "extract", "land")
    assert pictures.history(council) == undisturbed.history


def test_texts_that_are_no_numbers_are_quarantined(council: Council) -> None:
    as_text(council)
    with council.spoiling() as source:
        for number in NUMBERS:
            source.execute(
                text("insert into fact_cp_plan (fact_cp_plan_id) values (:number)"), {"number": number}
            )
    run(council.night(), "extract", "land")
    found = council.rows(
        "select payload ->> 'fact_cp_plan_id' as number, reason from landing.quarantine "
        "where table_name = 'fact_cp_plan' and known_to is null and column_name = 'fact_cp_plan_id'"
    )
    assert len(found) == len(NUMBERS)
    for row in found:
        assert NUMBERS[row["number"] or " "] in row["reason"]


@pytest.mark.parametrize(
    ("value", "landed"),
    [("\\x43616665cc81", "Cafe\u0301"), ("\\x43616692", "Caf\u2019"), ("\\x4300", None), ("\\x8100", None)],
)
def test_bytes_are_text_where_they_can_be(council: Council, value: str, landed: str | None) -> None:
    with council.spoiling() as source:
        first = source.scalar(text("select min(dim_department_id) from dim_department"))
        source.execute(
            text("alter table dim_department alter column name type bytea using convert_to(name, 'UTF8')")
        )
        source.execute(
            text("update dim_department set name = cast(:value as bytea) where dim_department_id = :first"),
            {"value": value, "first": first},
        )
    run(council.night(), "extract", "land")
    name = "select name from landing.lcs__dim_department where known_to is null and dim_department_id = :id"
    assert council.scalar(name, id=str(first)) == landed
    kept = "select reason from landing.quarantine where table_name = 'dim_department' and known_to is null"
    assert council.scalar(kept) == (None if landed else "holds characters that are no text")
