"""A publication made up in memory: every measure that is defined, with numbers that tell each cell apart,
and with cells that are suppressed, not applicable and not available.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from care_reviews.ledger import Publication
from care_reviews.open_data.picture import Cell, Definition, Picture
from care_reviews.validation.code_lists import seed
from expectations.schedule import breakdowns_of

AUTHORITY = "E10000030"
# What a site may call things, written so that a spreadsheet would calculate.
HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", "\r\n=1+1", " =1+1", "＝1+1", 'a,"b"', "=HYPERLINK(1;2)")
ENDS = (dt.date(2019, 12, 31), dt.date(2020, 3, 31))
STARTS = {
    "month": (dt.date(2019, 12, 1), dt.date(2020, 3, 1)),
    "quarter": (dt.date(2019, 10, 1), dt.date(2020, 1, 1)),
    "rolling_12_months": (dt.date(2019, 1, 1), dt.date(2019, 4, 1)),
    "snapshot": ENDS,
}
PERIODS = {grain: tuple(zip(starts, ENDS, strict=True)) for grain, starts in STARTS.items()} | {
    "financial_year": (
        (dt.date(2018, 4, 1), dt.date(2019, 3, 31)),
        (dt.date(2019, 4, 1), dt.date(2020, 3, 31)),
    )
}
GRAINS = {
    "snapshot": ("snapshot",),
    "span": ("month", "quarter", "financial_year", "rolling_12_months"),
    "span_and_snapshot": ("snapshot", "month", "quarter", "financial_year", "rolling_12_months"),
    "year": ("financial_year", "rolling_12_months"),
}


def publication(publication_id: int = 7, as_known: dt.date = dt.date(2020, 4, 10)) -> Publication:
    moment = dt.datetime(2020, 4, 11, 3, 4, 5, 678, tzinfo=dt.UTC)
    names = ("return_name", "released_by", "released_at", "release_comment")
    nothing: dict[str, Any] = dict.fromkeys((*names, "withdrawn_at", "withdrawn_by", "reason"))
    return Publication(
        publication_id=publication_id,
        authority_code=AUTHORITY,
        as_known=as_known,
        published_at=moment,
        run_id="a run",
        extract_id=1,
        code_version="abc",
        dbt_invocation_id="dbt",
        source_gate="passed",
        care_gate="passed",
        marts_gate="passed",
        expectations_passed=1,
        expectations_warned=0,
        expectations_stopped=0,
        **nothing,
    )


def definitions() -> tuple[Definition, ...]:
    """The definitions of the seed."""
    rows = sorted(seed("measure_definition"), key=lambda row: row["measure_id"])
    return tuple(_definition(row) for row in rows)


def _definition(row: dict[str, str]) -> Definition:
    cells: dict[str, Any] = {name: row[name] or None for name in Definition.__annotations__}
    for name in ("target", "target_upper"):
        cells[name] = Decimal(row[name]) if row[name] else None
    return Definition(**cells | {"valid_from": dt.date.fromisoformat(row["valid_from"])})


def picture(hostile: bool = False) -> Picture:
    """The publication. `hostile`: with categories that are written like formulas."""
    categories = HOSTILE if hostile else ("First", "Second", "Third", "Fourth")
    cells = tuple(_cells(categories))
    breakdowns = {cell.breakdown for cell in cells}
    order = {
        (each, name): -place for each in breakdowns for place, name in enumerate(_names(each, categories))
    } | {("all", "all"): 1}
    return Picture(publication(), definitions(), cells, order)


def _cells(categories: tuple[str, ...]) -> Iterator[Cell]:
    number = itertools.count(1000)
    for row in seed("measure_definition"):
        for grain in GRAINS[row["periods"]]:
            has_parts = grain in ("snapshot", "financial_year")
            for breakdown in ("all", *(breakdowns_of(row["breakdowns"]) if has_parts else ())):
                for name in _names(breakdown, categories):
                    for period in PERIODS[grain]:
                        yield _cell(next(number), row, grain, period, breakdown, name)


def _names(breakdown: str, categories: tuple[str, ...]) -> tuple[str, ...]:
    """`all` of the whole; else the categories, of which each breakdown has the first by a name of its own."""
    if breakdown == "all":
        return ("all",)
    return (f"{categories[0]}, by {breakdown}", *categories)


def _cell(
    number: int,
    row: dict[str, str],
    grain: str,
    period: tuple[dt.date, dt.date],
    breakdown: str,
    category: str,
) -> Cell:
    numerator: int | None = number
    denominator: int | None = number * 3 if row["denominator"] else None
    value: Decimal | None = Decimal(number) + (Decimal("0.1250") if denominator else 0)
    symbol = {0: "c", 1: "z", 2: "x"}.get(number % 7)
    if symbol:
        value = None
    if symbol == "c":
        numerator = denominator = None
    elif symbol == "z":
        numerator, denominator = 0, 0 if denominator is not None else None
    elif symbol == "x":
        numerator = None
    return Cell(
        row["measure_id"],
        grain,
        *period,
        breakdown,
        category,
        numerator,
        denominator,
        value,
        row["unit"],
        "provisional" if period[1] == ENDS[1] else "final",
        symbol,
    )
