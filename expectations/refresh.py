"""What is expected of tonight's picture beside the nights before: as many rows, as much change, facts as new,
and a copy that was refreshed at all.

All are judged in one batch of one row, with the flags `<table>_size`, `<table>_changes`, `<table>_old`,
`unrefreshed` and `stands_still`, and what of `volume` cannot be compared with its own.
They warn: a band is what was usual, not what is right. Great losses stop by the rule `volume`, and a copy
that has not changed for weeks stops as well.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from great_expectations import ExpectationSuite

from care_reviews.small_counts import spanned
from care_reviews.source.catalog import TABLES, Table
from expectations.bands import Band, NightCounts, change_band, is_working, size_band
from expectations.facts import NightFacts
from expectations.freshness import AGED, is_old, newest_in_band
from expectations.freshness import flag as age_flag
from expectations.volume import NO_NIGHT, without_volume
from expectations.volume import flags as volume_flags
from expectations.words import Draft, expect, no_row, of_subjects

BATCH = "history"
# A small council may have a working day on which nothing is recorded, but hardly two in a row.
UNREFRESHED_DAYS = 2
# No council that looks after children records nothing for so long.
STILL_DAYS = 31
FEW_NIGHTS = "too few earlier nights to compare with"


def history(night: NightFacts) -> ExpectationSuite:
    """One suite on all source tables, and on the copy as a whole."""
    subjects = {table.name: list(of_table(table, night)) for table in TABLES}
    return of_subjects(
        "source", BATCH, subjects | {"manifest": [refreshed(night), current(night)]}, night.rules
    )


def flags(night: NightFacts) -> dict[str, bool | None]:
    """Flag → whether it is raised; None where there is nothing to compare with."""
    found: dict[str, bool | None] = {}
    for table in TABLES:
        size, changes = bands(table, night)
        tonight = _tonight(table, night)
        found[f"{table.name}_size"] = _outside(size, tonight.rows if tonight else None)
        found[f"{table.name}_changes"] = _outside(changes, tonight.changes if tonight else None)
        found |= dict.fromkeys(volume_flags(table))
    for name in AGED:
        found[age_flag(name)] = is_old(night.ages.get(name, ()), night.as_known, night.bank_holidays)
    idle = idle_working_days(night)
    found["unrefreshed"] = None if idle is None else idle >= UNREFRESHED_DAYS
    still = night.days_unchanged
    found["stands_still"] = None if still is None else still > STILL_DAYS
    return found


def bands(table: Table, night: NightFacts) -> tuple[Band | None, Band | None]:
    """The bands of a table's rows and of its changes."""
    nights, few = night.history.get(table.name, ()), night.limits.few_rows
    if not _tonight(table, night):
        return None, None
    return size_band(nights, night.bank_holidays, few), change_band(nights, night.bank_holidays, few)


def of_table(table: Table, night: NightFacts) -> Iterator[Draft]:
    yield from without_volume(table, night)
    name, tonight = table.name.upper(), _tonight(table, night)
    size, changes = bands(table, night)
    yield expect(
        "size_in_band",
        no_row(f"{table.name}_size"),
        says=f"{name} has as many rows more or fewer than the night before as usual. "
        + _told(size, tonight.rows if tonight else None, "rows"),
        do="Ask the record system team what was deleted, restricted or loaded.",
        why_not=FEW_NIGHTS,
    )
    yield expect(
        "changes_in_band",
        no_row(f"{table.name}_changes"),
        says=f"In {name} as many rows are new, changed or gone as usual. "
        + _told(changes, tonight.changes if tonight else None, "changes"),
        do="Ask the record system team whether the table was refreshed, or what was changed in bulk.",
        why_not=FEW_NIGHTS,
    )
    ages = night.ages.get(table.name, ())
    yield from newest_in_band(table.name, ages, night.as_known, night.bank_holidays)


def refreshed(night: NightFacts) -> Draft:
    idle = idle_working_days(night)
    told = "" if idle is None else f" Working days in a row without any change: {idle}."
    return expect(
        "refreshed",
        no_row("unrefreshed"),
        says=f"The copy changed within {UNREFRESHED_DAYS} working days.{told}",
        do="Ask whether the reporting copy is still refreshed; run the night again when it is.",
        why_not=NO_NIGHT,
    )


def current(night: NightFacts) -> Draft:
    still = night.days_unchanged
    told = "" if still is None else f" Days since it changed: {still:,}."
    return expect(
        "current",
        no_row("stands_still"),
        says=f"The copy changed within {STILL_DAYS} days.{told}",
        do="Ask whether connection lcs_source leads to the copy, and who refreshes it.",
        why_not=NO_NIGHT,
    )


def idle_working_days(night: NightFacts) -> int | None:
    """The working days among the latest nights whose picture was that of the night before; None where there
    is no night to compare with.
    """
    by_night: dict[dt.date, list[int | None]] = {}
    for nights in night.history.values():
        for one in nights:
            by_night.setdefault(one.as_known, []).append(one.changes)
    if len(by_night) < 2:
        return None
    idle = 0
    for as_known in sorted(by_night, reverse=True)[:-1]:
        if any(changes != 0 for changes in by_night[as_known]):
            break
        idle += is_working(as_known, night.bank_holidays)
    return idle


def _tonight(table: Table, night: NightFacts) -> NightCounts | None:
    nights = night.history.get(table.name, ())
    return nights[-1] if nights and nights[-1].as_known == night.as_known else None


def _outside(band: Band | None, number: int | None) -> bool | None:
    return None if band is None or number is None else not band.holds(number)


def _told(band: Band | None, number: int | None, what: str) -> str:
    if not band or number is None:
        return "No band yet: too few nights like this one, or the night before was blocked."
    return f"Band: {band.lowest:,} to {band.highest:,} {what} (from {band.base}); tonight: {spanned(number)}."
