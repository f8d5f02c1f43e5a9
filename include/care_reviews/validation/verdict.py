"""What validation gives back: outcomes of expectations and the verdict of a gate, as data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

Gate = Literal["source", "care", "marts"]
GATES: tuple[Gate, ...] = ("source", "care", "marts")
Word = Literal["passed", "warned", "blocked"]
Severity = Literal["stop", "warn"]


@dataclass(frozen=True)
class Outcome:
    """One expectation, judged. Counts are None where nothing could be counted. `message` holds no value of
    the data. `says` to `owner`: what should hold, why it matters, what to do when it fails, and who acts.
    """

    expectation: str
    subject: str
    column: str | None
    severity: Severity
    success: bool
    rows_checked: int | None
    rows_failed: int | None
    message: str
    says: str | None = None
    because: str | None = None
    remedy: str | None = None
    owner: str | None = None

    @property
    def is_applicable(self) -> bool:
        """Whether there was anything to check: what was met by no row is not passed, but not applicable."""
        return not (self.success and self.rows_checked == 0)


@dataclass(frozen=True)
class GateResult:
    """A gate's outcomes. It blocks when a stop failed or could not be judged, warns when only warnings
    failed.
    """

    gate: Gate
    outcomes: tuple[Outcome, ...]
    started_at: dt.datetime
    finished_at: dt.datetime

    @property
    def stopped(self) -> int:
        return sum(not outcome.success and outcome.severity == "stop" for outcome in self.outcomes)

    @property
    def warned(self) -> int:
        return sum(not outcome.success and outcome.severity == "warn" for outcome in self.outcomes)

    @property
    def passed(self) -> int:
        return sum(outcome.success and outcome.is_applicable for outcome in self.outcomes)

    @property
    def word(self) -> Word:
        if self.stopped or not self.outcomes:
            return "blocked"
        return "warned" if self.warned else "passed"

    @property
    def messages(self) -> tuple[str, ...]:
        """What failed, stops first."""
        return _messages(self.outcomes)


@dataclass(frozen=True)
class Verdict:
    """The verdict on a night. Each gate is passed, warned or blocked; counts are over all of them. What had
    nothing to check is among the expectations, and neither passed, warned nor stopped.

    `messages`: one line for each expectation that failed, stops first: subject, rule, counts and what to do.
    """

    source: Word
    care: Word
    marts: Word
    expectations: int
    passed: int
    warned: int
    stopped: int
    messages: tuple[str, ...] = field(default=())

    @property
    def blocked(self) -> bool:
        return "blocked" in (self.source, self.care, self.marts)


def _messages(outcomes: Iterable[Outcome]) -> tuple[str, ...]:
    failed = [outcome for outcome in outcomes if not outcome.success]
    return tuple(
        outcome.message for outcome in sorted(failed, key=lambda outcome: outcome.severity != "stop")
    )


def verdict_of(source: GateResult, care: GateResult, marts: GateResult) -> Verdict:
    gates = (source, care, marts)
    return Verdict(
        source=source.word,
        care=care.word,
        marts=marts.word,
        expectations=sum(len(gate.outcomes) for gate in gates),
        passed=sum(gate.passed for gate in gates),
        warned=sum(gate.warned for gate in gates),
        stopped=sum(gate.stopped for gate in gates),
        messages=_messages(outcome for gate in gates for outcome in gate.outcomes),
    )
