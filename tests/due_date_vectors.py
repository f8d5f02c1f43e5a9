"""Starts of care and the day on which the first review is due, by hand with the bank holidays of England."""

from __future__ import annotations

from datetime import date

FIRST_REVIEWS = {
    date(2019, 11, 29): date(2019, 12, 31),
    date(2019, 12, 2): date(2020, 1, 2),
    date(2020, 3, 12): date(2020, 4, 9),
    date(2020, 4, 20): date(2020, 5, 19),  # the May holiday that was moved to a Friday
    date(2022, 5, 12): date(2022, 6, 13),
    date(2022, 9, 1): date(2022, 9, 30),
    date(2023, 4, 12): date(2023, 5, 12),
    date(2020, 2, 29): date(2020, 3, 27),
}
