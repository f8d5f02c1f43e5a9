"""What the tests of this folder saw each expectation and rule do: hold, and fail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from care_reviews.validation.verdict import Outcome

# Name → whether it held, each that was seen.
SEEN: dict[str, set[bool]] = {}


def saw(name: str, held: bool) -> None:
    SEEN.setdefault(name, set()).add(held)


def saw_outcome(outcome: Outcome) -> None:
    """What had nothing to check neither held nor failed."""
    if outcome.rows_checked != 0 or not outcome.success:
        saw(outcome.expectation, outcome.success)


class Row(dict[str, Any]):
    """A row of a subject's batch: of the rules of care those count as seen that a test asks for."""

    def __init__(self, subject: str, cells: Mapping[str, Any]) -> None:
        super().__init__(cells)
        self._subject = subject

    def __getitem__(self, name: str) -> Any:
        value = super().__getitem__(name)
        if name.startswith("rule_") and value is not None:
            saw(f"care.{self._subject}.{name.removeprefix('rule_').upper()}", not value)
        return value
