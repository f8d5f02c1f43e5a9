"""The first sheet of a workbook: which publication it is, where what stands, and what it means."""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from care_reviews.measure_words import group_title
from care_reviews.open_data.manifest import SYMBOLS, facts
from care_reviews.open_data.picture import Definition, Picture
from care_reviews.open_data.places import Place
from care_reviews.open_data.plain_text import one_line

_FACTS = {
    "authority_code": "Council's ONS code",
    "la_name": "Council",
    "council": "Named here",
    "publication_id": "Publication",
    "as_known": "As known on",
    "published_at": "Published at",
    "code_version": "Made by version",
}
# Title and width of each column of the definitions, in characters.
_DEFINITIONS = (
    ("Measure", 52),
    ("Sheet", 24),
    ("What it says", 60),
    ("Unit", 24),
    ("What is counted", 60),
    ("Out of what", 50),
    ("Left out", 50),
    ("Source", 50),
    ("Choices made", 60),
    ("Target", 12),
    ("Upper end of the target", 14),
    ("Valid from", 12),
    ("Valid to", 12),
    ("Measure id", 38),
)


def write_contents(book: Workbook, sheet: Worksheet, picture: Picture, place: Place) -> None:
    """Fill the contents sheet: facts of the publication, links, symbols, definitions."""
    title = book.add_format({"bold": True, "font_size": 16})
    heading = book.add_format({"bold": True, "font_size": 12})
    for column, (_, width) in enumerate(_DEFINITIONS):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 0, f"Care review measures: {one_line(place.la_name)}", title)
    row = _write_facts(sheet, 2, picture, place)
    row = _write_links(book, sheet, row, picture, heading)
    row = _write_symbols(sheet, row, heading)
    _write_definitions(book, sheet, row, picture, heading)
    sheet.activate()


def _write_facts(sheet: Worksheet, row: int, picture: Picture, place: Place) -> int:
    for name, value in facts(picture.publication, place).items():
        sheet.write_string(row, 0, _FACTS[name])
        if isinstance(value, int):
            sheet.write_number(row, 1, value)
        else:
            sheet.write_string(row, 1, one_line(str(value)))
        row += 1
    return row + 1


def _write_links(book: Workbook, sheet: Worksheet, row: int, picture: Picture, heading: Format) -> int:
    sheet.write_string(row, 0, "Sheets", heading)
    link = book.get_default_url_format()
    for group in picture.groups:
        row += 1
        title = group_title(group)
        sheet.write_url(row, 0, f"internal:'{title}'!A1", link, title)
    return row + 2


def _write_symbols(sheet: Worksheet, row: int, heading: Format) -> int:
    sheet.write_string(row, 0, "Symbols in place of a number", heading)
    for symbol, words in SYMBOLS.items():
        row += 1
        sheet.write_string(row, 0, f"{symbol}: {words}")
    return row + 2


def _write_definitions(book: Workbook, sheet: Worksheet, row: int, picture: Picture, heading: Format) -> None:
    sheet.write_string(row, 0, "What the measures mean", heading)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
    first = row + 1
    titles = [*picture.groups]
    ordered = sorted(
        picture.definitions,
        key=lambda each: (titles.index(each.measure_group), each.name, each.measure_id, each.valid_from),
    )
    for place, definition in enumerate(ordered, start=first + 1):
        _write_definition(sheet, place, definition, wrapped, day)
    columns = [{"header": title} for title, _ in _DEFINITIONS]
    sheet.add_table(
        first, 0, first + len(ordered), len(columns) - 1, {"name": "Definitions", "columns": columns}
    )


def _write_definition(
    sheet: Worksheet, row: int, definition: Definition, wrapped: Format, day: Format
) -> None:
    words = (
        definition.name,
        group_title(definition.measure_group),
        definition.description,
        definition.unit.replace("_", " "),
        definition.numerator,
        definition.denominator or "",
        definition.exclusions or "",
        definition.source,
        definition.choices,
    )
    for column, text in enumerate(words):
        if text:
            sheet.write_string(row, column, one_line(text), wrapped)
    for column, target in enumerate((definition.target, definition.target_upper), start=len(words)):
        if target is not None:
            sheet.write_number(row, column, float(target), wrapped)
    for column, date in enumerate((definition.valid_from, definition.valid_to), start=len(words) + 2):
        if date is not None:
            sheet.write_datetime(row, column, date, day)
    sheet.write_string(row, len(_DEFINITIONS) - 1, definition.measure_id, wrapped)
