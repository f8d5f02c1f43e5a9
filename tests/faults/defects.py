"""What a seeded defect is, and how it says what the gates must find of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from care_reviews.source.catalog import table
from expectations.care import SUBJECTS
from tests.faults.child_rows import Child

FIRST_ID = 800_000_000


@dataclass(frozen=True)
class Finding:
    """A record that an expectation finds.

    `record`: its key as findings keep it, in which each {n} stands for the id n of the child. Of a row in
    quarantine that has none, `quarantine` alone.
    """

    expectation: str
    table: str
    record: str

    def of(self, base: int) -> tuple[str, str, str]:
        """Expectation, table and record key, of the child with this base."""
        return self.expectation, self.table, self.record.format(*(base + n for n in range(10)))


@dataclass(frozen=True)
class Defect:
    """One slip in the records of a child who is right in every other respect, or in what was built of them.

    `found`: what is found of it; the first is the finding that it was made for, the others those of rules
    that by their nature see the same slip. `warns`, `stops`: the expectations that fail of it and find no
    record. `tampering`: a statement on the candidate marts, which names the `{candidate}` schema and the
    `{period}` of the child.
    """

    kind: str
    spoil: Callable[[Child], None]
    found: tuple[Finding, ...] = ()
    warns: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    tampering: str = ""

    @property
    def fails(self) -> set[str]:
        """The expectations that fail of it."""
        return {finding.expectation for finding in self.found} | {*self.warns, *self.stops}

    @property
    def rule(self) -> str:
        """The gate and the rule that it was made for, whatever the table or column that it is about: the one
        that stops, else of the marts gate, else the first that finds it.
        """
        of_marts = [name for name in self.warns if name.startswith("marts.")]
        found = [finding.expectation for finding in self.found]
        gate, subject, name = (*self.stops, *of_marts, *found, *self.warns)[0].split(".")
        columns = "|".join(table(subject).names) if gate == "source" else "-"
        family = re.sub(rf"^({columns})_(known|leads_somewhere)", r"<column>_\2", name)
        return f"{gate} {family}"


def rule(subject: str, number: str, *records: str) -> tuple[Finding, ...]:
    """Findings of a rule of the care gate, on the first of the child's records unless others are named."""
    found = SUBJECTS.get(subject, subject)
    return tuple(Finding(f"care.{subject}.{number}", found, record) for record in records or ("{1}",))


def source(name: str, check: str, *records: str) -> tuple[Finding, ...]:
    """Findings of a rule of the source gate, likewise."""
    found = table(name).name
    return tuple(Finding(f"source.{found}.{check}", found, record) for record in records or ("{1}",))
