"""How grave each expectation is: stop or warn, who acts and why, read from one table, the seed `gate_rule`.

A row is about one expectation, or about a family: subject `*` stands for every subject of the gate, and
`<column>` or `<template>` in a rule for whichever column or form template it is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from care_reviews.errors import ConfigurationError

Severity = Literal["stop", "warn"]
EVERY_SUBJECT = "*"


@dataclass(frozen=True)
class GateRule:
    """A row of the seed.

    `stops_above`: of a stop that allows a share, the limit (a name in `facts.Limits`) above which it stops;
    else empty. `owner` acts when it fails. `because`: why it matters enough to stop, or to be told.
    """

    gate: str
    subject: str
    rule: str
    severity: Severity
    stops_above: str
    owner: str
    because: str


class Rulebook:
    """The rows of the seed. Raises ConfigurationError where one comes twice, or neither stops nor warns."""

    def __init__(self, rows: Iterable[GateRule] = ()) -> None:
        self._rows: dict[tuple[str, str, str], GateRule] = {}
        for row in rows:
            where = (row.gate, row.subject, row.rule)
            if where in self._rows:
                raise ConfigurationError(f"the seed gate_rule has two rows for {'.'.join(where)}: keep one")
            if row.severity not in get_args(Severity):
                raise ConfigurationError(
                    f"the seed gate_rule says neither stop nor warn of {'.'.join(where)}"
                )
            self._rows[where] = row

    def find(self, gate: str, subject: str, rule: str, family: str = "") -> GateRule | None:
        """The row of an expectation: its subject's own before that of every subject, its own rule's before
        its family's. None where there is none.
        """
        places = ((gate, one, name) for one in (subject, EVERY_SUBJECT) for name in (rule, family or rule))
        return next((self._rows[place] for place in places if place in self._rows), None)

    def row(self, gate: str, subject: str, rule: str, family: str = "") -> GateRule:
        """As `find`. Raises ConfigurationError where no row says how grave the expectation is."""
        found = self.find(gate, subject, rule, family)
        if not found:
            raise ConfigurationError(
                f"the seed gate_rule has no row for {gate}.{subject}.{rule}: say there whether it stops or "
                "warns, who acts and why"
            )
        return found
