"""A publication as a workbook for Excel: a contents sheet, and one sheet for each group of measures.

Numbers are numbers, symbols and words are text and never a formula, and the same publication gives the same
bytes: its moment of publication is the workbook's.
"""

from __future__ import annotations

import datetime as dt
import io
from collections import defaultdict
from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from care_reviews.measure_words import group_title
from care_reviews.open_data.contents_sheet import write_contents
from care_reviews.open_data.picture import Cell, Definition, Picture
from care_reviews.open_data.places import Place
from care_reviews.open_data.plain_text import one_line
from care_reviews.open_data.tidy import category_of, shown, topic_of
from care_reviews.open_data.times import GRAINS

# Title and width of each column, in characters.
COLUMNS = (
    ("Measure", 52),
    ("Period", 38),
    ("From", 12),
    ("To", 12),
    ("Breakdown", 22),
    ("Category", 34),
    ("Value", 12),
    ("Numerator", 12),
    ("Denominator", 13),
    ("Unit", 24),
    ("Status", 12),
    ("Counted in", 34),
    ("Measure id", 38),
)
# What is counted in a unit of its own: every other part is in whole ones.
_HUNDREDTHS = {
    "fte": "numerator in hundredths of an FTE",
    "children_per_fte": "denominator in hundredths of an FTE",
}
_PARTS = ("value", "numerator", "denominator")
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook_bytes(picture: Picture, place: Place) -> bytes:
    """The workbook of a publication."""
    file = io.BytesIO()
    publication = picture.publication
    with Workbook(file, {"in_memory": True, **_AS_TEXT}) as book:
        book.set_properties(
            {
                "title": f"Care review measures: {one_line(place.la_name)}",
                "subject": f"Publication {publication.publication_id}, as known on {publication.as_known}",
                "created": publication.published_at.astimezone(dt.UTC).replace(tzinfo=None),
            }
        )
        book.set_custom_property("publication_id", publication.publication_id)
        contents = book.add_worksheet("Contents")
        by_group: dict[str, list[Cell]] = defaultdict(list)
        for cell in picture.cells:
            by_group[picture.measures[cell.measure_id].measure_group].append(cell)
        for number, group in enumerate(picture.groups, start=1):
            sheet = book.add_worksheet(group_title(group))
            _write_group(book, sheet, f"Table{number}", picture, by_group[group])
        write_contents(book, contents, picture, place)
    return file.getvalue()


def _write_group(
    book: Workbook, sheet: Worksheet, name: str, picture: Picture, cells: Sequence[Cell]
) -> None:
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    symbol = book.add_format({"align": "right"})
    grains = [*GRAINS]
    ordered = sorted(
        cells, key=lambda each: (each.measure_id, grains.index(each.period_grain), picture.place(each))
    )
    for row, cell in enumerate(ordered, start=1):
        _write_row(sheet, row, cell, picture.measures[cell.measure_id], day, symbol)
    for column, (_, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
    sheet.add_table(
        0,
        0,
        max(len(ordered), 1),
        len(COLUMNS) - 1,
        {"name": name, "columns": [{"header": title} for title, _ in COLUMNS]},
    )
    sheet.freeze_panes(1, 1)


def _write_row(
    sheet: Worksheet, row: int, cell: Cell, definition: Definition, day: Format, symbol: Format
) -> None:
    sheet.write_string(row, 0, one_line(definition.name))
    sheet.write_string(row, 1, GRAINS[cell.period_grain].says)
    sheet.write_datetime(row, 2, cell.period_start, day)
    sheet.write_datetime(row, 3, cell.period_end, day)
    sheet.write_string(row, 4, one_line(topic_of(cell.breakdown)))
    sheet.write_string(row, 5, one_line(category_of(cell)))
    for column, part in enumerate(_PARTS, start=6):
        value = getattr(cell, part)
        if value is not None:
            sheet.write_number(row, column, float(value))
        elif part == "value" or definition.denominator is not None:
            sheet.write_string(row, column, shown(cell, part), symbol)
    sheet.write_string(row, 9, one_line(cell.unit.replace("_", " ")))
    sheet.write_string(row, 10, cell.status)
    if cell.numerator is not None and cell.unit in _HUNDREDTHS:
        sheet.write_string(row, 11, _HUNDREDTHS[cell.unit])
    sheet.write_string(row, 12, cell.measure_id)
