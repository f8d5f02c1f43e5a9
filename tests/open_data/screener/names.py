"""What files and columns are called, and whether data and description are of the same columns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from tests.open_data.screener.pair import MANDATORY, META, OB_UNITS, Pair

SMUSHED = (
    "male female asian chinese indian pakistani bangladeshi black african caribbean white roma irish english "
    "british scottish welsh arab"
)


def check_filename_spaces(pair: Pair) -> Iterator[str]:
    yield from (name for name in (pair.data_name, pair.meta_name) if re.search(r"\s", name))


def check_filename_special(pair: Pair) -> Iterator[str]:
    for name in (pair.data_name, pair.meta_name):
        if re.search(r"[^A-Za-z0-9_\s-]", PurePath(name).stem.removesuffix(".meta")):
            yield name


def check_filenames_match(pair: Pair) -> Iterator[str]:
    if pair.meta_name != pair.data_name.removesuffix(".csv") + ".meta.csv":
        yield pair.meta_name


def precheck_col_req_meta(pair: Pair) -> Iterator[str]:
    yield from (name for name in META if name not in pair.meta_header)


def precheck_col_invalid_meta(pair: Pair) -> Iterator[str]:
    yield from (name for name in pair.meta_header if name not in (*META, "filter_default"))


def precheck_col_req_data(pair: Pair) -> Iterator[str]:
    yield from (name for name in MANDATORY if name not in pair.data_header)


def precheck_col_to_rows(pair: Pair) -> Iterator[str]:
    if len(pair.data_header) - len(MANDATORY) < len(pair.meta):
        yield "more described columns than columns"


def precheck_cross_meta_to_data(pair: Pair) -> Iterator[str]:
    yield from (row["col_name"] for row in pair.meta if row["col_name"] not in pair.data_header)


def precheck_cross_data_to_meta(pair: Pair) -> Iterator[str]:
    """A column that has several values is one of time or place, or is described."""
    described = {row["col_name"] for row in pair.meta} | set(pair.filter_groups) | OB_UNITS
    for name in pair.data_header:
        if name not in described and len(set(pair.column(name))) > 1:
            yield name


def check_col_names_spaces(pair: Pair) -> Iterator[str]:
    yield from (name for name in pair.data_header if re.search(r"\s", name))


def check_col_dupes(pair: Pair) -> Iterator[str]:
    yield from (name for name in pair.data_header if pair.data_header.count(name) > 1)


def check_col_snake_case(pair: Pair) -> Iterator[str]:
    yield from (name for name in pair.data_header if re.search(r"[^a-z0-9_]", name))


def check_col_var_start(pair: Pair) -> Iterator[str]:
    yield from (name for name in pair.data_header if not re.match(r"[a-z]", name))


def check_col_ind_smushed(pair: Pair) -> Iterator[str]:
    """An indicator names no item that a filter should hold."""
    yield from (name for name in pair.indicators if any(word in name.lower() for word in SMUSHED.split()))


def check_col_var_characteristic(pair: Pair) -> Iterator[str]:
    named = {row["col_name"] for row in pair.meta} | set(pair.filter_groups)
    yield from named & {"characteristic", "characteristic_group"}


def check_api_char_col_name(pair: Pair) -> Iterator[str]:
    yield from (name for name in pair.data_header if len(name) > 50)
