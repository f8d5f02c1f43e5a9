"""How old the newest fact of a table is on a night, and how old it usually is on nights like it.

What happened last lies some days before every night: on Mondays more than on Fridays, among statuses that few
children have more than among case notes. A copy that changes, but lacks what is new, shows by it, and so
does a small table that nobody refreshes, whose usual changes are too few for a band to miss.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from expectations.bands import REACH, ROBUST, nights_like
from expectations.words import Draft, expect, no_row

# A long weekend and a day: so much older than usual is usual, whatever the table.
FEW_DAYS = 4
# The days on which a fact of a table happened, or was recorded. What is planned (due dates, ends) says
# nothing.
HAPPENED = {
    "fact_involvements": ("start_dttm",),
    "fact_referrals": ("refrl_start_dttm",),
    "fact_cla": ("start_dttm", "last_updated_dttm"),
    "fact_care_episodes": ("care_start_date",),
    "fact_legal_status": ("start_dttm",),
    "fact_cla_placement": ("start_dttm",),
    "fact_immigration_status": ("start_dttm",),
    "fact_cp_plan": ("start_dttm",),
    "fact_care_plans": ("start_dttm", "modif_dttm"),
    "fact_cla_review": ("meeting_dttm",),
    "fact_meetings": ("actual_dttm",),
    "fact_casenotes": ("event_dttm",),
    "fact_form_answers": ("answered_dttm",),
}

# Tables that carry no such day: of them the newest fact is the night whose manifest has new or changed rows.
CHANGED = (
    "dim_person",
    "dim_lookup_dfe_ethnic",
    "dim_worker",
    "dim_department",
    "fact_meeting_subjects",
    "fact_forms",
)
AGED = (*HAPPENED, *CHANGED)


@dataclass(frozen=True)
class NightAge:
    """How many days before the night the newest fact of a table lies, none of a later day. `is_accepted`:
    whether the source gate let the night pass.
    """

    as_known: dt.date
    days: int
    is_accepted: bool = True


@dataclass(frozen=True)
class AgeBand:
    """Up to `highest` days are usual. `base`: the nights compared, in words."""

    highest: int
    base: str


def age_band(nights: Sequence[NightAge], days_off: Collection[dt.date]) -> AgeBand | None:
    """How old the newest fact may be on the last of these nights, oldest first; None while too few of those
    before are like it.
    """
    earlier = [night for night in nights[:-1] if night.is_accepted]
    found = nights_like(nights[-1].as_known, earlier, days_off) if nights else None
    if not found:
        return None
    compared, base = found
    ages = [night.days for night in compared]
    middle = float(median(ages))
    spread = ROBUST * float(median(abs(age - middle) for age in ages))
    return AgeBand(math.floor(round(middle + max(REACH * spread, middle / 2, FEW_DAYS), 6)), base)


def flag(table: str) -> str:
    return f"{table}_old"


def is_old(ages: Sequence[NightAge], as_known: dt.date, days_off: Collection[dt.date]) -> bool | None:
    """Whether the newest fact is older than usual; None where there is nothing to compare with."""
    band = age_band(ages, days_off) if _is_tonight(ages, as_known) else None
    return None if band is None else ages[-1].days > band.highest


def newest_in_band(
    table: str, ages: Sequence[NightAge], as_known: dt.date, days_off: Collection[dt.date]
) -> Iterator[Draft]:
    """What is expected of a table."""
    fact = "fact in" if table in HAPPENED else "new or changed row of"
    band = age_band(ages, days_off) if _is_tonight(ages, as_known) else None
    told = "No band yet: too few nights like this one, or no fact of the last year."
    if band:
        told = (
            f"Band: up to {band.highest:,} days before the night (from {band.base}); "
            f"tonight: {ages[-1].days:,}."
        )
    yield expect(
        "newest_in_band",
        no_row(flag(table)),
        says=f"The newest {fact} {table.upper()} is no older than usual. {told}",
        do="Ask the record system team whether what was recorded last reached the copy.",
        why_not="too few earlier nights, or no fact of the last year, to compare",
    )


def _is_tonight(ages: Sequence[NightAge], as_known: dt.date) -> bool:
    return bool(ages) and ages[-1].as_known == as_known
