"""The SELECTs of a night, in SQLAlchemy Core: explicit columns, and only the form answers that are used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, column, false, func, null, or_, select
from sqlalchemy import table as sql_table

from care_reviews.source.contract import SourceTable
from care_reviews.source.site_map import FormField

TEMPLATE, ANSWER_NO, ANSWER = "dim_assessment_template_id_desc", "answer_no", "answer"


def select_rows(source: SourceTable, fields: Sequence[FormField] = ()) -> Select[Any]:
    """All rows of a table, its columns in the catalogue's order; of form answers only those of `fields`.

    `fields` must be spelled as the source spells them. Of an answer whose presence alone is used the source
    sends 'Y' or null: its text never leaves.
    """
    cells: dict[str, ColumnElement[Any]] = {name: column(source.names[name]) for name in source.table.names}
    rows = select(*(cell.label(name) for name, cell in _minimal(cells, fields).items())).select_from(
        _relation(source)
    )
    return rows.where(_is_any(cells, fields)) if ANSWER in cells else rows


def select_spellings(source: SourceTable) -> Select[Any]:
    """Every template and answer number that the forms of the source have, each pair once."""
    pair: tuple[ColumnElement[Any], ...] = (column(source.names[TEMPLATE]), column(source.names[ANSWER_NO]))
    return select(*pair).select_from(_relation(source)).distinct()


def _minimal(
    cells: dict[str, ColumnElement[Any]], fields: Sequence[FormField]
) -> dict[str, ColumnElement[Any]]:
    if ANSWER not in cells:
        return cells
    answer = cells[ANSWER]
    present = _is_any(cells, [field for field in fields if field.type == "presence"])
    # By its length: to Oracle an empty text is null, and nothing differs from null.
    minimal = case(
        (and_(present, func.length(func.ltrim(func.rtrim(answer))) > 0), "Y"),
        (present, null()),
        else_=answer,
    )
    return cells | {ANSWER: minimal}


def _is_any(cells: dict[str, ColumnElement[Any]], fields: Sequence[FormField]) -> ColumnElement[bool]:
    answers: dict[str, list[str]] = {}
    for field in fields:
        answers.setdefault(field.template, []).append(field.answer_no)
    return or_(
        false(),
        *(
            and_(_one_of(cells[TEMPLATE], [template]), _one_of(cells[ANSWER_NO], numbers))
            for template, numbers in answers.items()
        ),
    )


def _relation(source: SourceTable) -> Any:
    return sql_table(source.name, *(column(name) for name in source.names.values()), schema=source.schema)


def _one_of(cell: ColumnElement[Any], values: Iterable[object]) -> ColumnElement[bool]:
    # Written into the statement: engines limit the number of parameters.
    return cell.in_(bindparam(None, list(values), expanding=True, literal_execute=True))
