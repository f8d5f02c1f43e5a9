"""Published values as a reader sees them, each marked with the cell that it comes from."""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from typing import NamedTuple

from markupsafe import Markup

from care_reviews.report.facts import (
    NOT_APPLICABLE,
    NOT_AVAILABLE,
    SUPPRESSED,
    Cell,
    Compared,
    First,
    Key,
    Point,
)

# Units that are counted: a value of theirs is a whole number.
COUNTS = ("children", "periods", "reviews", "alerts", "alert_categories", "working_days")
SYMBOLS = {
    SUPPRESSED: "suppressed: it could point at a child",
    NOT_APPLICABLE: "not applicable: nothing to count",
    NOT_AVAILABLE: "not available",
}
WHY = {
    SUPPRESSED: "not published",
    NOT_APPLICABLE: "not applicable",
    NOT_AVAILABLE: "not available",
}
_MARKED = Markup('<span class="n" data-cell="{}">{}</span>')
_SYMBOL = Markup('<abbr class="n" title="{}" data-cell="{}">{}</abbr>')
_ANY_MARK = re.compile('data-cell="([^"]*)">([^<]*)<')
_TENTH = Decimal("0.1")
# The title of what values are made of, and how that is said by unit: only a percentage is part of a whole.
MADE_OF = "Made of"
_PARTS = {
    "percent": Markup("{} of {}"),
    "children_per_fte": Markup("{} children, {} full-time equivalents"),
    "children_per_10k": Markup("{} children, {} people aged 0 to 17"),
    "alerts_per_100_children": Markup("{} alerts, {} children"),
    # The numerator is the value once more: the days that an alert took.
    "working_days": Markup("{1} alerts"),
}


class Mark(NamedTuple):
    """What a page marks as a number of a cell: which, and what it says."""

    key: Key
    field: str
    said: str


def marks(said: str | Markup) -> list[Mark]:
    """The numbers and symbols that a text has of cells, in their order."""
    found = []
    for name, text in _ANY_MARK.findall(said):
        measure, grain, end, breakdown, rest = unescape(name).split("|", 4)
        category, field = rest.rsplit("|", 1)
        found.append(Mark(Key(measure, grain, dt.date.fromisoformat(end), breakdown, category), field, text))
    return found


def number(value: Decimal | int, unit: str) -> str:
    """A value in its unit: counts whole, a percentage with its sign and one decimal, other rates with one."""
    if unit in COUNTS:
        return f"{int(value):,}"
    rounded = Decimal(value).quantize(_TENTH, ROUND_HALF_UP)
    return f"{rounded:,}%" if unit == "percent" else f"{rounded:,}"


def name(cell: Cell, field: str = "value", publication_id: int | None = None) -> str:
    """What a mark on the page calls a cell: its key, and which of its numbers; of another publication than
    the page's also which.
    """
    of_other = "" if publication_id is None else f"@{publication_id}"
    return "|".join((*(str(part) for part in cell.key), field + of_other))


def why(cell: Cell) -> str:
    """What a cell without a value is: not published where it is suppressed, else not available."""
    return WHY[cell.symbol or NOT_AVAILABLE]


def shown(cell: Cell, field: str = "value", publication_id: int | None = None) -> Markup:
    """A number of a cell; where the cell has none the symbol that says why."""
    found, mark = getattr(cell, field, None), name(cell, field, publication_id)
    if cell.symbol is not None or found is None:
        symbol = cell.symbol or NOT_AVAILABLE
        return _SYMBOL.format(SYMBOLS[symbol], mark, symbol)
    return _MARKED.format(mark, _text(cell, field, found))


def _text(cell: Cell, field: str, found: Decimal | int) -> str:
    if field == "value":
        return number(found, cell.unit)
    # Full-time equivalents stand in hundredths.
    is_fte = (cell.unit, field) in {("fte", "numerator"), ("children_per_fte", "denominator")}
    return number(Decimal(found) / 100, "fte") if is_fte else f"{found:,}"


def first(then: First) -> Markup:
    """The value that was published first for a cell that has another one now."""
    if then.cell.value is None:
        return shown(then.cell, "first")
    return _MARKED.format(name(then.cell, "first"), number(then.cell.value, then.cell.unit))


def plain(cell: Cell) -> str:
    """A cell's value, or its symbol, as text alone."""
    return shown(cell).striptags()


def made_of(cell: Cell, publication_id: int | None = None) -> Markup:
    """What a value is made of: a numerator of its denominator where it is a share, else what both count."""
    both = (shown(cell, field, publication_id) for field in ("numerator", "denominator"))
    return _PARTS[cell.unit].format(*both)


def share(part: Cell, whole: Cell) -> Markup | None:
    """What share of a whole a category is, from the two published counts; None where one is not published."""
    if part.value is None or not whole.value:
        return None
    text = number(100 * part.value / whole.value, "percent")
    return _MARKED.format(name(part, "share"), text)


def difference(compared: Compared) -> Markup | None:
    """How far this year's value is from last year's, without a sign; None where that is not published."""
    if compared.difference is None:
        return None
    unit = "fte" if compared.now.unit == "percent" else compared.now.unit
    return _MARKED.format(name(compared.now, "difference"), number(abs(compared.difference), unit))


def is_rounded_away(compared: Compared) -> bool:
    """Whether two values differ by less than the difference can show."""
    gap = compared.difference
    return gap is not None and gap != 0 and compared.now.unit not in COUNTS and abs(gap) < _TENTH / 2


def interval(compared: Compared) -> Markup:
    """The 95% interval of a percentage; a dash where there is none."""
    if compared.lower_bound is None or compared.upper_bound is None:
        return Markup("–")
    return Markup("{} to {}").format(
        _MARKED.format(name(compared.now, "lower_bound"), number(compared.lower_bound, "percent")),
        _MARKED.format(name(compared.now, "upper_bound"), number(compared.upper_bound, "percent")),
    )


def limit(point: Point, field: str) -> Markup:
    """The centre or a limit of a month's usual variation, with a decimal whatever the unit."""
    unit = "percent" if point.cell.unit == "percent" else "fte"
    return _MARKED.format(name(point.cell, field), number(getattr(point, field), unit))


def target(value: Decimal, unit: str) -> str:
    """A target as it was set: without decimals that say nothing."""
    text = f"{value.normalize():f}"
    return f"{text}%" if unit == "percent" else text
