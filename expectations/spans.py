"""What is expected of source rows that have a start and an end: that they do not end before they start."""

from __future__ import annotations

from collections.abc import Iterator

from care_reviews.source.catalog import Table
from expectations.facts import NightFacts
from expectations.words import Draft, at_most, expect, no_row, percent

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


def ends(table: Table, night: NightFacts) -> Iterator[Draft]:
    """The end is on the day of the start or after it, or is not there."""
    columns = span_columns(table)
    if not columns:
        return
    start, end = (name.upper() for name in columns)
    yield expect(
        "ends_after_start",
        no_row(FLAG),
        says=f"No row of {table.name.upper()} has its {end} before its {start}.",
        do="Have the dates corrected at the source.",
        column=columns[1],
    )
    share = night.share("source", table.name, "ends_after_start_share")
    yield expect(
        "ends_after_start_share",
        at_most(share, FLAG),
        says=f"At most {percent(share)} of {table.name.upper()} end before they start.",
        do="Ask the record system team whether the columns of start and end were exchanged, or the format of "
        "one of them changed.",
        column=columns[1],
    )
