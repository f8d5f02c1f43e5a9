"""The gate on what landed: is tonight's picture of the record system whole, readable and like itself?"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from statistics import median

from great_expectations import ExpectationSuite
from great_expectations.expectations.expectation import Expectation

from care_reviews.source.catalog import TABLES, Table
from expectations.facts import Limits, NightFacts
from expectations.landed_rows import of_rows
from expectations.refresh import history
from expectations.words import PIPELINE, RECORDS, no_row, percent, rows_between, stop, suite, warn

GATE = "source"


def suites(night: NightFacts) -> list[ExpectationSuite]:
    """One suite for each source table, one on the manifest, and one beside the nights before."""
    tables = [suite(GATE, table.name, _table(table, night)) for table in TABLES]
    return [*tables, manifest(), history(night)]


def _table(table: Table, night: NightFacts) -> Iterator[Expectation]:
    yield presence(table)
    yield from volume(table, night)
    yield from of_rows(table, night)


def presence(table: Table) -> Expectation:
    verb = stop if table.needed else warn
    return verb(
        "not_empty",
        rows_between(1),
        says=f"{table.name.upper()} has rows.",
        because="Without its rows no measure can be right."
        if table.needed
        else "An empty table is either not used by this council or was not refreshed.",
        do="Ask whether the reporting copy was refreshed in full, then run the night again.",
        owner=RECORDS,
    )


def volume(table: Table, night: NightFacts) -> Iterator[Expectation]:
    """Against the median of the last nights that this gate let pass; a night without history has none."""
    usual = night.usual_rows.get(table.name)
    if not usual:
        return
    limits = night.limits
    least = least_rows(usual, limits.volume_drop_stop, limits)
    if least:
        yield lost_rows(table, least, limits)
    yield warn(
        "volume_usual",
        rows_between(least_rows(usual, limits.volume_drop_warn, limits), most_rows(usual, limits)),
        says=f"{table.name.upper()} has about its usual number of rows (no "
        f"{percent(limits.volume_drop_warn)} fewer, "
        f"no {percent(limits.volume_growth_warn)} more).",
        because="A sudden change of size is rarely a change in children's lives.",
        do="Ask the record system team what was deleted, restricted or loaded.",
        owner=RECORDS,
    )


def lost_rows(table: Table, least: int, limits: Limits) -> Expectation:
    return stop(
        "volume",
        rows_between(least),
        says=f"{table.name.upper()} did not lose more than {percent(limits.volume_drop_stop)} of its "
        f"usual rows.",
        because="A half refreshed copy looks exactly like this, and every count on it would be too low.",
        do="Ask whether the refresh of the reporting copy had ended. If the rows are rightly gone, run "
        "this one night "
        "with CARE_REVIEWS_VOLUME_DROP_STOP=1; the nights after compare with it.",
        owner=RECORDS,
    )


def manifest() -> ExpectationSuite:
    """The batch has one row for each source table."""
    return suite(
        GATE,
        "manifest",
        [
            stop(
                "complete",
                no_row("missing"),
                says="Every source table has a row in the manifest of this night.",
                because="A table that was not read keeps yesterday's rows and nobody would notice.",
                do="Run the night again from the extract.",
                owner=PIPELINE,
            ),
            stop(
                "balances",
                no_row("unbalanced"),
                says="For every table, rows read = rows landed + rows quarantined.",
                because="Otherwise rows were lost between the source and the warehouse.",
                do="Run the night again from the extract; if it fails again, keep the log and report it.",
                owner=PIPELINE,
            ),
        ],
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
