"""A data file and its description as the screener takes them, and what is allowed in them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Row = dict[str, str]


@dataclass
class Pair:
    """A data file and its description: names, headers and rows, every cell a text."""

    data_name: str
    meta_name: str
    data_header: list[str]
    data: list[Row]
    meta_header: list[str]
    meta: list[Row]

    def column(self, name: str) -> list[str]:
        return [row[name] for row in self.data]

    def of_type(self, col_type: str) -> list[Row]:
        return [row for row in self.meta if row["col_type"] == col_type]

    @property
    def filters(self) -> list[str]:
        return [row["col_name"] for row in self.of_type("Filter")]

    @property
    def filter_groups(self) -> list[str]:
        return [group for row in self.meta if (group := row["filter_grouping_column"])]

    @property
    def indicators(self) -> list[str]:
        return [row["col_name"] for row in self.of_type("Indicator")]


Check = Callable[[Pair], Iterator[str]]


def read(data_name: str, data: bytes, meta_name: str, meta: bytes) -> Pair:
    """The pair of two files. Raises ValueError where a file is not UTF-8, or a row has not as many cells as
    the header: then no other check means anything.
    """
    return Pair(data_name, meta_name, *_rows(data), *_rows(meta))


def _rows(content: bytes) -> tuple[list[str], list[Row]]:
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
    return header, [dict(zip(header, row, strict=True)) for row in rows]


OB_UNITS = {
    "time_period",
    "time_identifier",
    "geographic_level",
    "country_code",
    "country_name",
    "region_code",
    "region_name",
    "old_la_code",
    "new_la_code",
    "la_name",
}
MANDATORY = ("geographic_level", "time_period", "time_identifier", "country_code", "country_name")
META = (
    "col_name",
    "col_type",
    "label",
    "indicator_grouping",
    "indicator_unit",
    "indicator_dp",
    "filter_hint",
    "filter_grouping_column",
)
