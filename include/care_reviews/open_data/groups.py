"""The groups of measures: their titles, and the order to show them in."""

from __future__ import annotations

from collections.abc import Iterable

TITLES = {
    "children": "Children",
    "reviews": "Reviews",
    "participation": "Participation",
    "quality": "Quality",
    "oversight": "Oversight",
    "alerts": "Care planning alerts",
    "workforce": "Workforce",
}


def in_order(groups: Iterable[str]) -> list[str]:
    """Groups in the order to show them in; one without a title here goes to the end."""
    places = [*TITLES]
    return sorted(groups, key=lambda group: (places.index(group) if group in TITLES else len(places), group))


def title_of(group: str) -> str:
    """The group's title for readers."""
    return TITLES.get(group, group.capitalize())
