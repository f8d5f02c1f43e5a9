"""The catalogue: what leaves the source, and what does not."""

from __future__ import annotations

from care_reviews.demo.tables import metadata
from care_reviews.source.catalog import FORM_READS, FORM_TABLES, PLAIN_TABLES, READS, TABLES, VOLATILE
from tests.gate_rules import needed_tables

PERSONAL = {"forename", "surname", "upn", "nhs_number", "postcode", "distance_from_home", "comments"}


def test_nothing_personal_is_read() -> None:
    for entry in READS:
        assert not PERSONAL & set(entry.names), entry.name


def test_the_source_has_all_that_is_read() -> None:
    for entry in READS:
        assert set(entry.names) <= {column.name for column in metadata.tables[entry.name].columns}, entry.name
    assert {entry.name for entry in READS} == set(metadata.tables)


def test_no_id_that_is_issued_anew_lands() -> None:
    for entry in TABLES:
        assert not VOLATILE & set(entry.names), entry.name
    assert {entry.name for entry in FORM_TABLES} == {entry.name for entry in FORM_READS}
    assert all(entry.key is None for entry in FORM_TABLES)


def test_the_tables_that_stop_a_first_night() -> None:
    needed = needed_tables()
    assert needed == {"dim_person", "fact_cla", "fact_care_episodes", "fact_cla_review", "fact_meetings"}
    assert all(entry.key for entry in PLAIN_TABLES if entry.name in needed)
