"""What became of each month and month end: what `kpi_revision` must say of the cells of several nights."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from .cell import Cell, CellKey


class Revision(NamedTuple):
    """The night that first showed a cell, and whether it is the first or the latest that was shown."""

    night: date
    cell: Cell
    is_first: bool
    is_latest: bool
    days: int
    """After the end of the period."""


def revisions(nights: Mapping[date, Mapping[CellKey, Cell]]) -> dict[CellKey, list[Revision]]:
    """Cell of a whole month, or month end → what was shown of it, in the order of the nights."""
    followed: dict[CellKey, list[tuple[date, Cell]]] = {}
    for night, cells in sorted(nights.items()):
        for key, cell in cells.items():
            if key.breakdown == "all" and key.period_grain in ("month", "snapshot"):
                followed.setdefault(key, []).append((night, cell))
    return {key: _changes(key.period_end, told) for key, told in followed.items()}


def _changes(period_end: date, told: list[tuple[date, Cell]]) -> list[Revision]:
    """A value that stays the same is told once."""
    changed = [told[0], *(later for earlier, later in pairwise(told) if later[1] != earlier[1])]
    return [
        Revision(night, cell, number == 0, number == len(changed) - 1, (night - period_end).days)
        for number, (night, cell) in enumerate(changed)
    ]
