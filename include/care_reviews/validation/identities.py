"""Who each person record of landing is after merging: one rule, which the gates read."""

from __future__ import annotations

from pathlib import Path
from string import Template

from care_reviews.validation.batches import SCHEMA, batch_name
from care_reviews.validation.one_a_key import one_a_key
from care_reviews.validation.picture import Picture
from care_reviews.validation.sql import WHOLE_NUMBER, folded, says_no

NAME = "landed_identities"
QUERY = Path(__file__).with_name("queries") / f"{NAME}.sql"


def words() -> dict[str, str]:
    """What the `$names` in the query stand for, apart from the table of persons."""
    return {
        "legacy": folded("legacy_id"),
        "is_no_client": says_no("is_client"),
        "whole_number": WHOLE_NUMBER,
    }


def query(night: Picture) -> str:
    """The query of the batch that references to persons are judged against."""
    return Template(QUERY.read_text()).substitute(words(), dim_person=one_a_key("dim_person", night))


def leading_somewhere(night: Picture) -> str:
    """The ids of records that lead to a person, as a subquery of one column `value`.

    Test and administrative records are in it: they are nobody on purpose, and no fault.
    """
    batch = f"{SCHEMA}.{batch_name(night.authority_code, NAME)}"
    return (
        f"(select distinct record_id as value from {batch} as identities "
        f"where person_id is not null or not is_client)"
    )
