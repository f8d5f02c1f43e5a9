"""The gate on what landed: is tonight's picture of the record system whole, readable and like itself?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from statistics import median

from great_expectations import ExpectationSuite

from care_reviews.source.catalog import TABLES, Table
from expectations.facts import Limits, NightFacts
from expectations.landed_rows import of_rows
from expectations.refresh import history
from expectations.words import Draft, expect, no_row, percent, rows_between, suite

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


def volume(table: Table, night: NightFacts) -> Iterator[Draft]:
    """Against the median of the last nights that this gate let pass; a night without history has none."""
    usual = night.usual_rows.get(table.name)
    if not usual:
        return
    limits = night.limits
    lost = night.share(GATE, table.name, "volume")
    least = least_rows(usual, lost, limits)
    if least:
        yield lost_rows(table, least, lost)
    yield expect(
        "volume_usual",
        rows_between(least_rows(usual, limits.volume_drop_warn, limits), most_rows(usual, limits)),
        says=f"{table.name.upper()} has about its usual number of rows (no "
        f"{percent(limits.volume_drop_warn)} fewer, "
        f"no {percent(limits.volume_growth_warn)} more).",
        do="Ask the record system team what was deleted, restricted or loaded.",
    )


def lost_rows(table: Table, least: int, lost: float) -> Draft:
    return expect(
        "volume",
        rows_between(least),
        says=f"{table.name.upper()} did not lose more than {percent(lost)} of its usual rows.",
        do="Ask whether the refresh of the reporting copy had ended. If the rows are rightly gone, run "
        "this one night "
        "with CARE_REVIEWS_VOLUME_DROP_STOP=1; the nights after compare with it.",
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


def usual_of(rows: Sequence[int], limits: Limits) -> float:
    """The median rows of nights that passed, oldest first, from the newest on that lost what stops a night.

    Somebody let that night pass since the rows are rightly gone: the nights before it say no more what is
    usual. `rows` is not empty.
    """
    counted: list[int] = []
    for found in rows:
        if counted and found < least_rows(median(counted), limits.volume_drop_stop, limits):
            counted = []
        counted.append(found)
    return float(median(counted))


def least_rows(usual: float, drop: float, limits: Limits) -> int:
    """The fewest rows that are no loss of more than `drop` (0 to 1), or that lack fewer than a few rows."""
    by_share = math.ceil(round(usual * (1 - drop), 6))
    by_count = math.floor(usual - limits.few_rows) + 1
    return max(0, min(by_share, by_count))


def most_rows(usual: float, limits: Limits) -> int:
    """The most rows that are no growth worth a warning."""
    by_share = math.floor(round(usual * (1 + limits.volume_growth_warn), 6))
    by_count = math.ceil(usual + limits.few_rows) - 1
    return max(by_share, by_count)
