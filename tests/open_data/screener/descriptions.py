"""The rows of a description."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from tests.open_data.screener.pair import OB_UNITS, Pair

UNITS = ("", "%", "pp", "£", "£m", "numberstring")
# What looks like a place, and so is no filter.
PLACES = re.compile(
    r"^(country|sch|prov|inst|estab|reg|la|local|rsc|pfa|pcon|lep|mca|oa|ward|mat)"
    r".*(name|code|urn|ukprn|number|upin|id)$"
    r"|^(laestab|estab|schools?|sch|providers?|prov|institutions?|inst|name|code|urn|ukprn|number|upin|id|region"
    r"|la|lad|rsc|pcon|lep|mca|oa|ward|mat)$",
    re.IGNORECASE,
)


def _twice(values: Iterable[str]) -> Iterator[str]:
    yield from (value for value, times in Counter(values).items() if times > 1)


def _filled(pair: Pair, col_type: str, column: str) -> Iterator[str]:
    yield from (row["col_name"] for row in pair.of_type(col_type) if row[column])


def precheck_meta_col_type(pair: Pair) -> Iterator[str]:
    yield from (row["col_name"] for row in pair.meta if row["col_type"] not in ("Filter", "Indicator"))


def precheck_meta_ob_unit(pair: Pair) -> Iterator[str]:
    yield from OB_UNITS & ({row["col_name"] for row in pair.meta} | set(pair.filter_groups))


def precheck_meta_col_name(pair: Pair) -> Iterator[str]:
    yield from (row["label"] for row in pair.meta if not row["col_name"].strip())


def check_meta_dupe_label(pair: Pair) -> Iterator[str]:
    yield from _twice(row["label"] for row in pair.meta)


def check_meta_label(pair: Pair) -> Iterator[str]:
    yield from (row["col_name"] for row in pair.meta if not row["label"].strip())


def check_meta_col_name_dupe(pair: Pair) -> Iterator[str]:
    yield from _twice(row["col_name"] for row in pair.meta)


def check_meta_col_name_spaces(pair: Pair) -> Iterator[str]:
    yield from (row["col_name"] for row in pair.meta if re.search(r"\s", row["col_name"]))


def check_meta_geog_catch(pair: Pair) -> Iterator[str]:
    yield from (name for name in pair.filters if PLACES.search(name))


def check_meta_filter_hint(pair: Pair) -> Iterator[str]:
    yield from _filled(pair, "Indicator", "filter_hint")


def check_meta_fil_grp(pair: Pair) -> Iterator[str]:
    yield from _filled(pair, "Indicator", "filter_grouping_column")


def check_meta_fil_grp_dupe(pair: Pair) -> Iterator[str]:
    yield from _twice(pair.filter_groups)


def check_meta_fil_grp_is_fil(pair: Pair) -> Iterator[str]:
    yield from {*pair.filter_groups} & {row["col_name"] for row in pair.meta}


def check_meta_fil_grp_match(pair: Pair) -> Iterator[str]:
    yield from (name for name in pair.filter_groups if name not in pair.data_header)


def check_meta_fil_grp_stripped(pair: Pair) -> Iterator[str]:
    """No two items of a filter's group are the same but for signs and blanks."""
    for name in pair.filter_groups:
        items = {*pair.column(name)} if name in pair.data_header else set()
        if len({re.sub(r"[^A-Za-z0-9]", "", item) for item in items}) < len(items):
            yield name


def check_meta_indicator_group_stripped(pair: Pair) -> Iterator[str]:
    groups = {row["indicator_grouping"] for row in pair.of_type("Indicator")}
    if len({re.sub(r"[^A-Za-z0-9]", "", group) for group in groups}) < len(groups):
        yield "indicator_grouping"


def check_meta_indicator_grouping(pair: Pair) -> Iterator[str]:
    yield from _filled(pair, "Filter", "indicator_grouping")


def check_meta_ind_unit(pair: Pair) -> Iterator[str]:
    yield from _filled(pair, "Filter", "indicator_unit")


def check_meta_ind_unit_validation(pair: Pair) -> Iterator[str]:
    yield from (row["col_name"] for row in pair.meta if row["indicator_unit"] not in UNITS)


def check_meta_indicator_dp(pair: Pair) -> Iterator[str]:
    yield from _filled(pair, "Filter", "indicator_dp")


def check_meta_ind_dp_set(pair: Pair) -> Iterator[str]:
    yield from (row["col_name"] for row in pair.of_type("Indicator") if not row["indicator_dp"].strip())


def check_meta_ind_dp_values(pair: Pair) -> Iterator[str]:
    yield from (row["col_name"] for row in pair.meta if not re.fullmatch(r"\d*", row["indicator_dp"]))


def check_api_char_col_label(pair: Pair) -> Iterator[str]:
    yield from (row["label"] for row in pair.meta if len(row["label"]) > 80)
