"""What one publication says, as its readers may see it: definitions, cells, and the order to show them in."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from sqlalchemy import Connection, Row, text

from care_reviews import ledger
from care_reviews.errors import ExportRefusedError
from care_reviews.ledger import Publication
from care_reviews.measure_words import group_place

_OF = "where authority_code = :authority_code and as_known = :as_known and publication_id = :publication_id"
_DEFINITIONS = text(
    "select measure_id, measure_group, name, description, unit, numerator, denominator, exclusions, source, "
    "choices, target, target_upper, direction, valid_from, valid_to "
    f"from published.kpi_definition_as_known {_OF} order by measure_id, valid_from"
)
_CELLS = text(
    "select measure_id, period_grain, period_start, period_end, breakdown, category, numerator, denominator, "
    f"value, unit, status, symbol from published.kpi_value_as_known {_OF}"
)
_CATEGORIES = text(
    f"select breakdown, category, category_name, sort_order from published.dim_category_as_known {_OF}"
)


@dataclass(frozen=True)
class Definition:
    """A row of `published.kpi_definition`: what a measure means in a stretch of time."""

    measure_id: str
    measure_group: str
    name: str
    description: str
    unit: str
    numerator: str
    denominator: str | None
    exclusions: str | None
    source: str
    choices: str
    target: Decimal | None
    target_upper: Decimal | None
    direction: str
    valid_from: dt.date
    valid_to: dt.date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A row of `published.kpi_value`; where there is no value `symbol` says why. `category_name`: what
    readers call the category, as `published.dim_category` has it.
    """

    measure_id: str
    period_grain: str
    period_start: dt.date
    period_end: dt.date
    breakdown: str
    category: str
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    unit: str
    status: str
    symbol: str | None
    category_name: str | None = None


@dataclass(frozen=True)
class Picture:
    """A publication with all that it shows. `order`: (breakdown, category) → place among its breakdown's."""

    publication: Publication
    definitions: tuple[Definition, ...]
    cells: tuple[Cell, ...]
    order: Mapping[tuple[str, str], int]

    @cached_property
    def measures(self) -> dict[str, Definition]:
        """Each measure's newest definition, by its id in alphabetical order."""
        return {each.measure_id: each for each in self.definitions}

    @cached_property
    def groups(self) -> dict[str, tuple[Definition, ...]]:
        """The measures of each group, groups in the order to show them in."""
        found = defaultdict(list)
        for definition in self.measures.values():
            found[definition.measure_group].append(definition)
        return {group: tuple(found[group]) for group in sorted(found, key=group_place)}

    def place(self, cell: Cell) -> tuple[object, ...]:
        """Where a cell stands among the cells of its measure: by time, then the whole, then breakdowns."""
        is_part = cell.breakdown != "all"
        order = self.order.get((cell.breakdown, cell.category), len(self.order))
        return (cell.period_end, cell.period_start, is_part, cell.breakdown, order, cell.category)


def publication_of(
    connection: Connection,
    authority_code: str,
    publication_id: int | None = None,
    as_known: dt.date | None = None,
) -> Publication:
    """The publication that readers see: the one named, else the newest of a night, else the newest of all.

    Raises ExportRefusedError where there is none, it was withdrawn or its night has a newer one.
    """
    standing = {
        each.as_known: each
        for each in ledger.publications_on(connection)
        if each.withdrawn_at is None and each.authority_code == authority_code
    }
    if publication_id is not None:
        found = [each for each in standing.values() if each.publication_id == publication_id]
    elif as_known is not None:
        found = [each for night, each in standing.items() if night == as_known]
    else:
        found = sorted(standing.values(), key=lambda each: each.publication_id)[-1:]
    if not found:
        raise ExportRefusedError(
            f"{authority_code} has no such publication that readers see (withdrawn, or its night has a newer "
            "one): see `care-reviews publications`"
        )
    return found[0]


def read(connection: Connection, publication: Publication) -> Picture:
    """All that a publication shows. Raises ExportRefusedError of one from before measures had groups."""
    of = {
        "authority_code": publication.authority_code,
        "as_known": publication.as_known,
        "publication_id": publication.publication_id,
    }
    definitions = tuple(_definition(row) for row in connection.execute(_DEFINITIONS, of))
    if not definitions or any(each.measure_group is None for each in definitions):
        raise ExportRefusedError(
            f"publication {publication.publication_id} says of no group which measures it has: it is from an "
            "earlier version. Publish its night again, or export a later one"
        )
    order, names = {}, {}
    for row in connection.execute(_CATEGORIES, of):
        order[row.breakdown, row.category] = row.sort_order
        names[row.breakdown, row.category] = row.category_name
    cells = tuple(
        Cell(**row._mapping, category_name=names.get((row.breakdown, row.category)))
        for row in connection.execute(_CELLS, of)
    )
    return Picture(publication, definitions, cells, order)


def _definition(row: Row[tuple[object, ...]]) -> Definition:
    return Definition(**row._mapping)
