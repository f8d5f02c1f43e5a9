"""The gate on what landed: is tonight's picture of the record system whole, readable and like itself?"""

from __future__ import annotations

from collections.abc import Iterator

from great_expectations import ExpectationSuite

from care_reviews.source.catalog import TABLES, Table
from expectations.facts import NightFacts
from expectations.landed_rows import of_rows
from expectations.refresh import history
from expectations.volume import volume
from expectations.words import Draft, expect, no_row, rows_between, suite

GATE = "source"


def suites(night: NightFacts) -> list[ExpectationSuite]:
    """One suite for each source table, one on the manifest, and one beside the nights before."""
    tables = [suite(GATE, table.name, _table(table, night), night.rules) for table in TABLES]
    return [*tables, manifest(night), history(night)]


def _table(table: Table, night: NightFacts) -> Iterator[Draft]:
    yield presence(table)
    yield from volume(table, night)
    yield from of_rows(table, night)


def presence(table: Table) -> Draft:
    return expect(
        "not_empty",
        rows_between(1),
        says=f"{table.name.upper()} has rows.",
        do="Ask whether the reporting copy was refreshed in full, then run the night again.",
    )


def manifest(night: NightFacts) -> ExpectationSuite:
    """The batch has one row for each source table."""
    return suite(
        GATE,
        "manifest",
        [
            expect(
                "complete",
                no_row("missing"),
                says="Every source table has a row in the manifest of this night.",
                do="Run the night again from the extract.",
            ),
            expect(
                "balances",
                no_row("unbalanced"),
                says="For every table, rows read = rows landed + rows quarantined.",
                do="Run the night again from the extract; if it fails again, keep the log and report it.",
            ),
        ],
        night.rules,
    )
