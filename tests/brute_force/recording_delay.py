"""How late reviews were recorded, and how long periods stay provisional for that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .care import Person, people, periods_of_care, person_of
from .due_dates import add_months
from .readable import key
from .reviews import held_meetings, held_reviews
from .source_rows import Source

LONGEST = 180


def days_late(
    rows: Source, as_known: date, first_extract: Mapping[int | None, int], nights: Mapping[int, date]
) -> list[int]:
    """Of each held review that tells, the days from its date to the night that first had it, the least first.

    `first_extract`: of each meeting the first extract that had it with its date. `nights`: of each extract.
    """
    known = people(rows)
    held = {
        (review.person, review.held_on)
        for review in held_reviews(rows, known, periods_of_care(rows, known), as_known)
    }
    held_on = held_meetings(rows, as_known)
    seen: dict[tuple[Person, date], int] = {}
    for row in rows.fact_cla_review:
        meeting_id, person = key(row.get("fact_meeting_id")), person_of(row, known)
        day = held_on.get(meeting_id)
        if person is not None and day is not None and (person, day) in held:
            extract = first_extract[meeting_id]
            seen[person, day] = min(extract, seen.get((person, day), extract))
    first_night, year_ago = nights[min(nights)], add_months(as_known, -12)
    return sorted(
        max((nights[extract] - day).days, 0)
        for (_, day), extract in seen.items()
        if nights[extract] > year_ago and (nights[extract] - first_night).days >= LONGEST
    )


def provisional_days(late: list[int], setting: int, enough: int) -> int:
    """Days within which 98% of these were there, where there are enough of them; the setting at least."""
    if not late or len(late) < enough:
        return setting
    usual = next(days for place, days in enumerate(late, 1) if 100 * place >= 98 * len(late))
    return max(setting, min(usual, LONGEST))
