"""What readers call groups of measures and breakdowns, and the order to show them in: the seeds that the
warehouse has them from.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from care_reviews.validation.code_lists import seed


@lru_cache
def measure_title(measure_id: str) -> str:
    """A measure for readers, by its newest definition."""
    titles = {row["measure_id"]: row["name"] for row in seed("measure_definition")}
    return _title(titles, measure_id)


def group_title(group: str) -> str:
    """A group of measures for readers."""
    return _title(group_titles(), group)


def group_place(group: str) -> tuple[int, str]:
    """Where a group stands; one that has no title at the end."""
    return _place(group_titles(), group)


def breakdown_title(breakdown: str) -> str:
    """A breakdown for readers."""
    return _title(breakdown_titles(), breakdown)


def breakdown_place(breakdown: str) -> tuple[int, str]:
    """Where a breakdown stands; one that has no title at the end."""
    return _place(breakdown_titles(), breakdown)


def group_titles() -> Mapping[str, str]:
    """Group → its title, in the order to show them in."""
    return _titles("measure_group")


def breakdown_titles() -> Mapping[str, str]:
    """Breakdown → its title, in the order to show them in."""
    return _titles("breakdown")


@lru_cache
def _titles(name: str) -> Mapping[str, str]:
    rows = sorted(seed(name), key=lambda row: int(row["sort_order"]))
    return {row[name]: row["name"] for row in rows}


def _title(titles: Mapping[str, str], name: str) -> str:
    return titles.get(name, name.replace("_", " ").capitalize())


def _place(titles: Mapping[str, str], name: str) -> tuple[int, str]:
    known = list(titles)
    return (known.index(name) if name in titles else len(known), name)
