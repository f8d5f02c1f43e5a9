"""Two publications of a council, and what who has both finds out of one of them."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlalchemy import Connection, text

from care_reviews.disclosure.cells import Cell, CellKey
from tests.attack.attacker import Attack
from tests.attack.secrets import remembered_from, secrets_of, shown_of
from tests.attack.sums import Term

COLUMNS = ", ".join(CellKey._fields)
OF_NIGHT = "where authority_code = :authority and as_known = :day"
SHOWN = text(f"select {COLUMNS}, symbol from published.kpi_value_as_known {OF_NIGHT}")
BEHIND = text(
    f"select {COLUMNS}, numerator, denominator, unit from analysis.kpi_value_unsuppressed_as_known {OF_NIGHT}"
)


class Publication(NamedTuple):
    """The cells published for a night with the values behind them, and those that are hidden."""

    cells: dict[CellKey, Cell]
    hidden: set[CellKey]

    def remembered(self, other: Publication) -> set[CellKey]:
        """What is hidden here and the other one showed just as it is: that cannot be kept."""
        return remembered_from(*other, self.cells) & self.hidden


def as_shown(connection: Connection, authority: str, day: dt.date) -> Publication:
    """The publication of a night, as an analyst may read it."""
    of_night = {"authority": authority, "day": day}
    values = {CellKey(*row[:6]): Cell(*row[6:]) for row in connection.execute(BEHIND, of_night)}
    symbols = {CellKey(*row[:6]): row.symbol for row in connection.execute(SHOWN, of_night)}
    cells = {key: values[key] for key in symbols}
    return Publication(cells, {key for key, symbol in symbols.items() if symbol == "c"})


def secrets_beside(publication: Publication, other: Publication) -> set[Term]:
    """What a reader of both must not find out of the first."""
    remembered = publication.remembered(other)
    assert len(remembered) < len(publication.hidden) / 4
    return {term for term in secrets_of(*publication) if term[1] not in remembered}


def found_out(publication: Publication, other: Publication, wanted: set[Term]) -> dict[Term, int]:
    """Those of the wanted that a reader of both finds out, with their numbers."""
    remembered = publication.remembered(other)
    return Attack(shown_of(*publication, remembered)).found_out(wanted)
