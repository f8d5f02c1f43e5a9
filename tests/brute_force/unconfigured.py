"""A council that stands in no site seed: everybody's words, no areas, no population, every day covered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from .cell import Cell, CellKey
from .source_rows import Source


class Unconfigured:
    """What `Site` says of a council that is configured."""

    population: Mapping[date, int] = {}
    covered_from = date.min

    def reworded(self, source: Source) -> Source:
        """The rows, of which no department is in an area that anybody named."""
        return replace(source, dim_department=[row | {"name": None} for row in source.dim_department])

    def own(self, cells: Mapping[CellKey, Cell]) -> dict[CellKey, Cell]:
        """The cells without those of areas; all children are where nothing is known."""
        areas = {key for key in cells if key.breakdown == "quadrant" and key.category != "Not known"}
        assert not any(cells[key].numerator for key in areas)
        return {key: cell for key, cell in cells.items() if key not in areas}
