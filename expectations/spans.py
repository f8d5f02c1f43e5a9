"""What is expected of source rows that have a start and an end: that they do not end before they start."""

from __future__ import annotations

from collections.abc import Iterator

from great_expectations.expectations.expectation import Expectation

from care_reviews.source.catalog import Table
from expectations.facts import Limits
from expectations.words import RECORDS, at_most, no_row, percent, stop, warn

FLAG = "ends_before_start"
# Judged by the care gate, as rule 356.
JUDGED_AS_CARE = "fact_care_episodes"


def span_columns(table: Table) -> tuple[str, str] | None:
    """The columns of a table's start and end, where it has both: they are named alike but for that word.

    None for episodes, whose order is a rule of care.
    """
    if table.name == JUDGED_AS_CARE:
        return None
    moments = [column.name for column in table.columns if column.kind == "moment"]
    pairs = ((name, name.replace("start", "end")) for name in moments if "start" in name)
    return next(((start, end) for start, end in pairs if end in moments), None)


def ends(table: Table, limits: Limits) -> Iterator[Expectation]:
    """The end is on the day of the start or after it, or is not there."""
    columns = span_columns(table)
    if not columns:
        return
    start, end = (name.upper() for name in columns)
    yield warn(
        "ends_after_start",
        no_row(FLAG),
        says=f"No row of {table.name.upper()} has its {end} before its {start}.",
        because="What ends before it starts covers no day, so the row counts on none.",
        do="Have the dates corrected at the source.",
        owner=RECORDS,
        column=columns[1],
    )
    yield stop(
        "ends_after_start_share",
        at_most(limits.unreadable_share_stop, FLAG),
        says=f"At most {percent(limits.unreadable_share_stop)} of {table.name.upper()} end before they "
        f"start.",
        because="So many wrong dates are a fault of the copy, not of single records.",
        do="Ask the record system team whether the columns of start and end were exchanged, or the format of "
        "one of them changed.",
        owner=RECORDS,
        column=columns[1],
    )
