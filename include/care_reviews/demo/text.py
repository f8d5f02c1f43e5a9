"""Text as people type it: dates in two formats, odd case, blanks at the ends, typographic apostrophes, line
breaks.

In: a clean value and random numbers. Out: the text a form or column would hold.
"""

from __future__ import annotations

from datetime import date, datetime, time
from random import Random

NO_DATE = datetime(1900, 1, 1)


def date_text(rng: Random, day: date) -> str:
    """A date as typed into a form: ISO, or day first."""
    return day.isoformat() if rng.random() < 0.6 else day.strftime("%d/%m/%Y")


def untidy(rng: Random, text: str, share: float = 0.12) -> str:
    """The text, with its case changed or blanks added for a share of the calls."""
    if rng.random() >= share:
        return text
    return rng.choice((text + " ", text + "  ", " " + text, text.upper(), text.lower(), text.upper() + " "))


def at_midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def timed(rng: Random, day: date) -> datetime:
    """A day as a timestamp: most at midnight, some with a time of day."""
    if rng.random() < 0.7:
        return at_midnight(day)
    return datetime.combine(day, time(rng.randint(8, 19), rng.choice((0, 15, 30, 45))))


def open_end(rng: Random) -> datetime | None:
    """How 'no end yet' is held: empty, or 1900-01-01."""
    return NO_DATE if rng.random() < 0.03 else None


REMARKS = (
    "Discussed at supervision; the child’s views were shared with the carer.",
    "Home visit as planned.\r\nEverything in place for school.",
    "Telephone call.\nAwaiting the health assessment.",
    "Follow-up from the last review: see the child’s plan.  ",
    "Email from the team manager, no concerns.",
)


def remark(rng: Random) -> str:
    return rng.choice(REMARKS)
