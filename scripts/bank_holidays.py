"""Write the bank holidays in England, 1990 to 2035, that the warehouse pins: `seeds/bank_holiday.csv`.

Run again when a new holiday is proclaimed (after raising `holidays` in the lock), and commit what changed.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import holidays

YEARS = range(1990, 2036)
SEED = Path(__file__).resolve().parents[1] / "dbt_project" / "seeds" / "bank_holiday.csv"


def bank_holidays(years: range) -> list[tuple[date, str]]:
    """Each bank holiday in England with its name, in order; Christmas Day and Good Friday among them."""
    # Without the subdivision Easter Monday and the late summer bank holiday are missing.
    return sorted(holidays.country_holidays("GB", subdiv="ENG", years=years).items())


def main() -> None:
    with SEED.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["holiday_date", "holiday_name"])
        writer.writerows(bank_holidays(YEARS))


if __name__ == "__main__":
    main()
