"""Exported files read back, cell by cell, by something that knows nothing of how they are written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

from care_reviews.open_data.picture import Cell
from care_reviews.open_data.times import GRAINS
from tests.open_data.screener import Pair, read

PARTS = ("value", "numerator", "denominator")
SUFFIXES = {"value": "", "numerator": "_numerator", "denominator": "_denominator"}
GRAIN_OF_WORD = {grain.word: name for name, grain in GRAINS.items()}
# What is said of one cell: measure, grain, time, breakdown, category, part → number or symbol.
Said = dict[tuple[str, ...], str]


def pairs(files: Mapping[str, bytes]) -> list[Pair]:
    """The data files with their descriptions."""
    names = [name for name in files if name.endswith(".csv") and f"{name[:-4]}.meta.csv" in files]
    return [read(name, files[name], meta := f"{name[:-4]}.meta.csv", files[meta]) for name in names]


def rows_of(content: bytes) -> list[list[str]]:
    return [*csv.reader(io.StringIO(content.decode(), newline=""), strict=True)]


def said_by_csv(files: Mapping[str, bytes]) -> Said:
    """What the data files say, but for measures that are not published for a category."""
    said: Said = {}
    for pair in pairs(files):
        grain = GRAIN_OF_WORD[pair.data_name.split("_")[1]]
        for row in pair.data:
            time = (row["time_period"], row["time_identifier"])
            for name in pair.indicators:
                key = (name, grain, *time, row["breakdown_topic"], row["breakdown"])
                assert key not in said
                said[key] = row[name]
    return said


def workbook(files: Mapping[str, bytes]) -> Workbook:
    (content,) = (content for name, content in files.items() if name.endswith(".xlsx"))
    return openpyxl.load_workbook(io.BytesIO(content))


def workbook_rows(book: Workbook) -> Iterable[dict[str, Any]]:
    """The rows of every sheet but the contents."""
    for sheet in book.worksheets[1:]:
        header, *rows = sheet.iter_rows(values_only=True)
        yield from (dict(zip(map(str, header), row, strict=True)) for row in rows)


def parts_of(cell: Cell, has_denominator: bool) -> dict[str, object]:
    """The parts of a cell that stand in a file, each a number or the symbol in place of it."""
    parts = PARTS if has_denominator else PARTS[:1]
    return {part: cell.symbol if getattr(cell, part) is None else getattr(cell, part) for part in parts}
