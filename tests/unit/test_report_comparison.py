"""A figure of the report beside what is published: equal, above, lowest of the year, share of the whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from sqlalchemy import Connection, create_engine, text

from care_reviews.demo import figure_cells
from care_reviews.demo.comparison import Compared
from care_reviews.demo.figure_cells import Cells
from care_reviews.demo.figures import Figure

YEAR_END = dt.date(2020, 3, 31)
NIGHT = dt.date(2020, 4, 30)


def figure(part: str, number: float, **more: object) -> Figure:
    grain = "month" if part == "lowest" else "snapshot"
    return Figure("a figure", NIGHT, "m", grain, YEAR_END, part, number, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "above", "reason", "matches", "accounted"),
    [
        ("90", False, "", True, True),
        ("91", False, "", False, False),
        ("91", True, "", True, True),
        ("90", True, "", False, False),
        ("90", True, "late", False, True),
        (None, True, "late", False, False),
        (None, False, "", False, False),
    ],
)
def test_a_figure_matches_or_the_reason_why_not_is_named(
    value: str | None, above: bool, reason: str, matches: bool, accounted: bool
) -> None:
    row = Compared(figure("value", 90, above=above, reason=reason), Decimal(value) if value else None)
    assert (row.matches, row.is_accounted_for) == (matches, accounted)


@pytest.fixture
def published() -> Iterator[Connection]:
    """A table of values in the place of the published ones."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("attach ':memory:' as analysis"))
        connection.execute(text("attach ':memory:' as published"))
        for table in (figure_cells.VALUES, figure_cells.SHOWN):
            connection.execute(
                text(
                    f"create table {table} (authority_code text, as_known text, measure_id text, "
                    "period_grain text, period_end text, breakdown text, category text, numerator integer, "
                    "denominator integer, value numeric, symbol text)"
                )
            )
        yield connection
    engine.dispose()


def publish(
    connection: Connection, grain: str, end: dt.date, category: str, value: float, symbol: str | None = None
) -> None:
    """What analysts see; readers see the value too, or the symbol."""
    breakdown = "all" if category == "all" else "sex"
    for table, shown in ((figure_cells.VALUES, value), (figure_cells.SHOWN, None if symbol else value)):
        connection.execute(
            text(
                f"insert into {table} values ('A', '2020-04-30', 'm', :grain, :end, :breakdown, "
                ":category, :value, null, :value, :symbol)"
            ),
            {
                "grain": grain,
                "end": str(end),
                "breakdown": breakdown,
                "category": category,
                "value": shown,
                "symbol": symbol,
            },
        )


def test_a_share_is_of_the_whole(published: Connection) -> None:
    of_males = figure("share", 57, decimals=0, breakdown="sex", category="Male")
    publish(published, "snapshot", YEAR_END, "Male", 562)
    assert Cells(published, "A").value(of_males) is None  # the whole is not published
    publish(published, "snapshot", YEAR_END, "all", 986)
    assert Cells(published, "A").value(of_males) == 57


def test_the_lowest_is_of_twelve_months(published: Connection) -> None:
    ends = [YEAR_END, *figure_cells._months_before(YEAR_END)]
    assert (ends[-1], len(ends)) == (dt.date(2019, 4, 30), 12)
    lowest = figure("lowest", 90, decimals=1, above=True)
    publish(published, "month", dt.date(2019, 3, 31), "all", 10)
    for number, end in enumerate(ends[:-1]):
        publish(published, "month", end, "all", 99 - number / 2)
    assert Cells(published, "A").value(lowest) is None  # a month is missing
    publish(published, "month", ends[-1], "all", 95.04)
    assert Cells(published, "A").value(lowest) == Decimal("94.0")


@pytest.mark.parametrize(
    ("symbols", "is_suppressed"), [((None, None), False), (("c", None), True), ((None, "c"), True)]
)
def test_a_figure_made_of_a_suppressed_cell_is_marked(
    published: Connection, symbols: tuple[str | None, str | None], is_suppressed: bool
) -> None:
    publish(published, "snapshot", YEAR_END, "Male", 562, symbols[0])
    publish(published, "snapshot", YEAR_END, "all", 986, symbols[1])
    of_males = figure("share", 57, decimals=0, breakdown="sex", category="Male")
    assert Cells(published, "A").is_suppressed(of_males) is is_suppressed
    assert Cells(published, "A").value(of_males) == 57
