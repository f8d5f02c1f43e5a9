"""Columns of place. Of the levels only `Local authority` is known here: no file of ours may hold another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from tests.open_data.screener.pair import Pair

LEVEL = "Local authority"
COUNTRY = ("E92000001", "England")
REGIONS = {
    "E12000001": "North East",
    "E12000002": "North West",
    "E12000003": "Yorkshire and The Humber",
    "E12000004": "East Midlands",
    "E12000005": "West Midlands",
    "E12000006": "East of England",
    "E12000007": "London",
    "E12000008": "South East",
    "E12000009": "South West",
}
# Of the councils that exist, those of which there is a demonstration.
COUNCILS = {("936", "E10000030", "Surrey")}
LA = ("old_la_code", "new_la_code", "la_name")
REGION = ("region_code", "region_name")


def _cells(pair: Pair, *names: str) -> set[tuple[str, ...]]:
    return {tuple(row.get(name, "") for name in names) for row in pair.data}


def precheck_geog_level(pair: Pair) -> Iterator[str]:
    yield from {*pair.column("geographic_level")} - {LEVEL}


def precheck_geog_level_present(pair: Pair) -> Iterator[str]:
    yield from (name for name in LA if name not in pair.data_header)


def check_geog_country_combos(pair: Pair) -> Iterator[str]:
    yield from map(str, _cells(pair, "country_code", "country_name") - {COUNTRY})


def check_geog_region_combos(pair: Pair) -> Iterator[str]:
    yield from map(str, _cells(pair, *REGION) - {*REGIONS.items()})


def check_geog_la_combos(pair: Pair) -> Iterator[str]:
    yield from map(str, _cells(pair, *LA) - COUNCILS)


def check_geog_level_completed(pair: Pair) -> Iterator[str]:
    yield from (name for name in LA if name in pair.data_header and "" in pair.column(name))


def check_geog_ignored_rows(pair: Pair) -> Iterator[str]:
    """No row is of a level that table tools pass over."""
    yield from {*pair.column("geographic_level")} & {"School", "Provider", "Institution", "Planning area"}


def check_geog_other_dupes(pair: Pair) -> Iterator[str]:
    """A code has one name."""
    for codes in (("new_la_code", "la_name"), REGION):
        names = defaultdict(set)
        for code, name in _cells(pair, *codes):
            names[code].add(name)
        yield from (code for code, found in names.items() if len(found) > 1)


def check_geog_other_code_dupes(pair: Pair) -> Iterator[str]:
    """A name has one code."""
    for codes in (("la_name", "new_la_code"), ("region_name", "region_code")):
        found = defaultdict(set)
        for name, code in _cells(pair, *codes):
            found[name].add(code)
        yield from (name for name, of_it in found.items() if len(of_it) > 1)


def check_geog_la_col_present(pair: Pair) -> Iterator[str]:
    yield from (name for name in LA if {*LA} & {*pair.data_header} and name not in pair.data_header)


def check_geog_region_col_present(pair: Pair) -> Iterator[str]:
    yield from (name for name in REGION if {*REGION} & {*pair.data_header} and name not in pair.data_header)


def check_geog_region_for_la(pair: Pair) -> Iterator[str]:
    yield from (name for name in REGION if "" in [row.get(name, "") for row in pair.data])


def check_geog_overcompleted_cols(pair: Pair) -> Iterator[str]:
    """Where a row is of a wider area, it names no council."""
    for row in pair.data:
        if row["geographic_level"] in ("National", "Regional") and any(row.get(name) for name in LA):
            yield row["geographic_level"]


def check_api_char_loc_code(pair: Pair) -> Iterator[str]:
    codes = _cells(pair, "country_code", "region_code", "old_la_code", "new_la_code")
    yield from (code for row in codes for code in row if len(code) > 30)
