"""Which periods and breakdowns each measure is published for, as its definition says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

PERSON = ("quadrant", "sex", "age_band", "ethnicity", "uasc")
CHILD = (*PERSON, "legal_status_group", "placement_group")
LISTS = {"person": PERSON, "child": CHILD, "review": (*CHILD, "review_sequence")}

# Whether a measure has a value at each month end, for each financial year and 12 months, and for each month
# and quarter.
PERIODS = {
    "snapshot": (True, False, False),
    "span": (False, True, True),
    "span_and_snapshot": (True, True, True),
    "year": (False, True, False),
}


@dataclass(frozen=True)
class Schedule:
    """`snapshot`: at each month end. `year`: each financial year and rolling 12 months. `part`: each month
    and quarter. `breakdowns`: beside the whole. `adds_up`: their categories make up the whole; what one child
    or alert has in two of them, or what is no sum at all, does not.
    """

    snapshot: bool
    year: bool
    part: bool
    breakdowns: tuple[str, ...]
    adds_up: bool


def schedules(definitions: Iterable[Mapping[str, str]]) -> dict[str, Schedule]:
    """The schedule of each measure, from the rows of the seed `measure_definition`.

    Of several rows of one measure the last counts. Raises KeyError for periods that are none.
    """
    return {
        row["measure_id"]: Schedule(
            *PERIODS[row["periods"]], breakdowns_of(row["breakdowns"]), row["adds_up"] == "true"
        )
        for row in definitions
    }


def breakdowns_of(words: str) -> tuple[str, ...]:
    """The breakdowns that a definition names, one by one or by a list of them."""
    return tuple(name for word in words.split() for name in LISTS.get(word, (word,)))
