"""Filters and indicators."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tests.open_data.screener.descriptions import PLACES
from tests.open_data.screener.pair import OB_UNITS, Pair

NULLS = {"NA", "na", "Null", "null", "NULL"}
OBSOLETE = {"~", ":", "N/A", "n/a", ".", "..", "-"}
# The Government Statistical Service's symbols: not applicable, not available, suppressed, rounds to zero.
SYMBOLS = {"z", "x", "c", "low"}


def _filters_and_groups(pair: Pair) -> list[str]:
    return [name for name in (*pair.filters, *pair.filter_groups) if name in pair.data_header]


def check_general_null(pair: Pair) -> Iterator[str]:
    cells = {cell for rows in (pair.data, pair.meta) for row in rows for cell in row.values()}
    yield from cells & NULLS


def check_general_dupes(pair: Pair) -> Iterator[str]:
    key = [name for name in pair.data_header if name in OB_UNITS | {*_filters_and_groups(pair)}]
    rows = Counter(tuple(row[name] for name in key) for row in pair.data)
    yield from (str(row) for row, times in rows.items() if times > 1)


def precheck_filter_not_singular(pair: Pair) -> Iterator[str]:
    yield from (name for name in pair.filters if len(set(pair.column(name))) < 2)


def check_filter_defaults(pair: Pair) -> Iterator[str]:
    yield from (name for name in _filters_and_groups(pair) if "Total" not in pair.column(name))


def check_filter_group_level(pair: Pair) -> Iterator[str]:
    for row in pair.of_type("Filter"):
        group = row["filter_grouping_column"]
        if group and len(set(pair.column(group))) > len(set(pair.column(row["col_name"]))):
            yield group


def check_filter_item_limit(pair: Pair) -> Iterator[str]:
    yield from (name for name in pair.filters if len(set(pair.column(name))) > 25_000)


def check_filter_whitespace(pair: Pair) -> Iterator[str]:
    names = {*pair.filters, *pair.filter_groups} | (OB_UNITS & {*pair.data_header})
    yield from (name for name in sorted(names) if any(cell != cell.strip() for cell in pair.column(name)))


def check_filter_ob_total(pair: Pair) -> Iterator[str]:
    names = [name for name in pair.data_header if name in OB_UNITS or PLACES.search(name)]
    yield from (name for name in names if {"Total", "total", "All", "all"} & {*pair.column(name)})


def check_filter_blanks(pair: Pair) -> Iterator[str]:
    yield from (name for name in _filters_and_groups(pair) if "" in pair.column(name))


def check_ind_invalid_entry(pair: Pair) -> Iterator[str]:
    """No indicator is blank or holds a symbol of old; what is no number is one of today's."""
    for name in pair.indicators:
        for cell in {*pair.column(name)}:
            is_number = re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None
            if cell in OBSOLETE or not (is_number or cell in SYMBOLS):
                yield f"{name}: {cell!r}"


def check_api_char_filter_items(pair: Pair) -> Iterator[str]:
    names = [*_filters_and_groups(pair), "la_name", "region_name", "country_name"]
    yield from (cell for name in names for cell in {*pair.column(name)} if len(cell) > 120)
