"""Columns of time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.open_data.screener.pair import Pair

MONTHS = {
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
}
# Identifiers that may stand in one file together.
FAMILIES = (
    {"Autumn and spring term"},
    {"Calendar year"},
    {"Financial year"},
    {"Academic year"},
    {"Tax year"},
    {"Reporting year"},
    {"Spring term", "Autumn term", "Summer term"},
    {f"Week {number}" for number in range(1, 53)},
    MONTHS,
    {f"Financial year Q{number}" for number in range(1, 5)},
    {"Part 1 (April to September)", "Part 2 (October to March)"},
)
FOUR_DIGITS = {"Calendar year", "Reporting year", *MONTHS, *FAMILIES[7]}


def precheck_time_period_num(pair: Pair) -> Iterator[str]:
    yield from (period for period in {*pair.column("time_period")} if not re.fullmatch(r"[0-9]+", period))


def precheck_time_id_valid(pair: Pair) -> Iterator[str]:
    yield from {*pair.column("time_identifier")} - {name for family in FAMILIES for name in family}


def precheck_time_id_mix(pair: Pair) -> Iterator[str]:
    found = {*pair.column("time_identifier")}
    if not any(found <= family for family in FAMILIES):
        yield ", ".join(sorted(found))


def check_time_period(pair: Pair) -> Iterator[str]:
    """Four digits of a year, a month or a week, six of anything that runs into the next year."""
    for row in pair.data:
        if len(row["time_period"]) != (4 if row["time_identifier"] in FOUR_DIGITS else 6):
            yield f"{row['time_period']} {row['time_identifier']}"


def check_time_period_six(pair: Pair) -> Iterator[str]:
    for period in {*pair.column("time_period")}:
        if re.fullmatch(r"\d{6}", period) and (int(period[2:4]) + 1) % 100 != int(period[4:]):
            yield period
