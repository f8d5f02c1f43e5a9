"""What a gate said of a night: its verdict, and each expectation as it was judged."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from care_reviews.site import people, words
from care_reviews.site.words import (
    NOT_APPLICABLE,
    NOT_JUDGED,
    PASSED,
    STOPPED,
    VERDICTS,
    WARNED,
    Status,
)


@dataclass(frozen=True)
class Check:
    """An expectation as a night judged it. `since`: the first night of those on which it failed without a
    break; `why_not`: why there was nothing to check. The words are None on nights that are older than their
    being kept.
    """

    expectation: str
    subject: str
    column: str | None
    severity: str
    success: bool
    is_judged: bool
    rows_checked: int | None
    rows_failed: int | None
    says: str | None
    because: str | None
    remedy: str | None
    owner: str | None
    why_not: str | None
    since: dt.date | None

    @property
    def counts_again(self) -> bool:
        """Whether it leads what was read or published back to landed rows."""
        accounts = (".accounted", ".as_counted")
        return self.subject in ("reconciliation", "manifest") or self.expectation.endswith(accounts)

    @property
    def checked(self) -> str:
        """How many rows it checked, in words."""
        return words.count(self.rows_checked, self._is_of_people)

    @property
    def failed(self) -> str:
        """How many of them failed, in words."""
        if self.expectation.endswith(people.OF_ALL_ROWS):
            return words.count(self.rows_failed, self._is_of_people)
        return words.part(self.rows_failed, self.rows_checked, self._is_of_people)

    @property
    def _is_of_people(self) -> bool:
        return people.check_is_of_people(self.expectation, self.subject)

    @property
    def stops(self) -> bool:
        """Whether it keeps its night from being published."""
        return not self.success and self.severity == "stop"

    @property
    def status(self) -> Status:
        if self.success:
            return NOT_APPLICABLE if self.rows_checked == 0 else PASSED
        if not self.is_judged:
            return NOT_JUDGED
        return STOPPED if self.severity == "stop" else WARNED


@dataclass(frozen=True)
class GateFacts:
    """A gate's verdict on a night, and all that it judged, in its order."""

    gate: str
    verdict: str
    finished_at: dt.datetime
    checks: tuple[Check, ...]

    @property
    def status(self) -> Status:
        """The verdict; of a gate that had nothing to check, that."""
        if self.checks and all(check.status is NOT_APPLICABLE for check in self.checks):
            return NOT_APPLICABLE
        return VERDICTS[self.verdict]

    @property
    def failed(self) -> tuple[Check, ...]:
        """What failed: what stops first, then what failed longest."""
        found = [check for check in self.checks if not check.success]
        return tuple(
            sorted(found, key=lambda c: (c.severity != "stop", c.since or dt.date.max, c.expectation))
        )

    @property
    def subjects(self) -> dict[str, tuple[Check, ...]]:
        """What was judged by subject, in the gate's order."""
        names = dict.fromkeys(check.subject for check in self.checks)
        return {name: tuple(c for c in self.checks if c.subject == name) for name in names}

    def counted(self, status: Status) -> int:
        return sum(check.status is status for check in self.checks)

    @property
    def stopped(self) -> int:
        """Expectations that stop the night: broken, or not to be judged."""
        return sum(check.stops for check in self.checks)
