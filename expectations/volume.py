"""How many rows a table has beside its usual number, the median of the last nights that the gate let pass.

What cannot be compared is judged in the batch beside the nights before, with a flag that is null: not
applicable, and said why.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from statistics import median

from care_reviews.source.catalog import Table
from expectations.facts import Limits, NightFacts
from expectations.words import Condition, Draft, expect, no_row, percent, rows_between

GATE = "source"
NO_NIGHT = "no earlier night to compare with"
FEW_ROWS = "it usually has so few rows that no loss is unusual"


def volume(table: Table, night: NightFacts) -> Iterator[Draft]:
    """What the rows of a table are compared with; a night without history, or a small table, lacks some."""
    usual, limits = night.usual_rows.get(table.name), night.limits
    if least := _least(table, night):
        yield _lost(table, night, rows_between(least))
    if usual:
        least = least_rows(usual, limits.volume_drop_warn, limits)
        yield _unusual(table, night, rows_between(least, most_rows(usual, limits)))


def without_volume(table: Table, night: NightFacts) -> Iterator[Draft]:
    """What `volume` lacks, each with why."""
    usual = night.usual_rows.get(table.name)
    if not _least(table, night):
        yield _lost(table, night, no_row(flags(table)[0]), why_not=NO_NIGHT if usual is None else FEW_ROWS)
    if not usual:
        why_not = NO_NIGHT if usual is None else "it usually has no rows"
        yield _unusual(table, night, no_row(flags(table)[1]), why_not=why_not)


def flags(table: Table) -> tuple[str, str]:
    """The flags of what cannot be compared, which are null."""
    return f"{table.name}_volume", f"{table.name}_volume_usual"


def _least(table: Table, night: NightFacts) -> int:
    """The fewest rows that do not stop the night; 0 where no number does."""
    usual = night.usual_rows.get(table.name)
    return least_rows(usual, night.share(GATE, table.name, "volume"), night.limits) if usual else 0


def _lost(table: Table, night: NightFacts, condition: Condition, why_not: str = Draft.why_not) -> Draft:
    lost = percent(night.share(GATE, table.name, "volume"))
    return expect(
        "volume",
        condition,
        says=f"{table.name.upper()} did not lose more than {lost} of its usual rows.",
        do="Ask whether the refresh of the reporting copy had ended. If the rows are rightly gone, run "
        "this one night "
        "with CARE_REVIEWS_VOLUME_DROP_STOP=1; the nights after compare with it.",
        why_not=why_not,
    )


def _unusual(table: Table, night: NightFacts, condition: Condition, why_not: str = Draft.why_not) -> Draft:
    limits = night.limits
    return expect(
        "volume_usual",
        condition,
        says=f"{table.name.upper()} has about its usual number of rows (no "
        f"{percent(limits.volume_drop_warn)} fewer, "
        f"no {percent(limits.volume_growth_warn)} more).",
        do="Ask the record system team what was deleted, restricted or loaded.",
        why_not=why_not,
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
