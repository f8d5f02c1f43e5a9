"""What the pages tell: read from the warehouse, shown by the templates, and no value of the data in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from care_reviews.site.words import (
    BLOCKED,
    DISCARDED,
    NOT_APPLICABLE,
    NOT_FINISHED,
    NOT_JUDGED,
    PASSED,
    PUBLISHED,
    STOPPED,
    VERDICTS,
    WARNED,
    WITHDRAWN,
    Status,
    count,
)


@dataclass(frozen=True)
class Check:
    """An expectation as a night judged it. `since`: the first night of those on which it failed without a
    break. The words are None on nights that are older than their being kept.
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
    since: dt.date | None

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


@dataclass(frozen=True)
class NightLine:
    """A night in the history, as it was known at some moment: its gates' verdicts and what came of it."""

    extract_id: int
    as_known: dt.date
    run_id: str
    started_at: dt.datetime
    verdicts: Mapping[str, str]
    publication_id: int | None
    published_at: dt.datetime | None
    withdrawn_at: dt.datetime | None
    withdrawn_by: str | None
    withdrawn_reason: str | None
    discarded_at: dt.datetime | None
    discarded_by: str | None
    discard_reason: str | None

    @property
    def status(self) -> Status:
        if self.withdrawn_at is not None:
            return WITHDRAWN
        if self.publication_id is not None:
            return PUBLISHED
        if self.discarded_at is not None:
            return DISCARDED
        return BLOCKED if "blocked" in self.verdicts.values() else NOT_FINISHED

    @property
    def stands(self) -> bool:
        return self.status is PUBLISHED

    @property
    def decided(self) -> bool:
        return self.status is not NOT_FINISHED

    @property
    def folder(self) -> str:
        """Where its own pages are, beside those of other nights."""
        if self.publication_id is not None:
            return f"publication-{self.publication_id}"
        return f"blocked-{self.extract_id}"


@dataclass(frozen=True)
class Flow:
    """A source table on its way: rows extracted, kept in quarantine, landed, and used (each once)."""

    table: str
    extracted: int
    quarantined: int
    landed: int
    used: int
    digest: str


@dataclass(frozen=True)
class MartLine:
    """A mart as published: its rows and their digest."""

    view: str
    rows: int
    sha256: str


@dataclass(frozen=True)
class Provisional:
    """Published periods of one length that may still change: how many, and from which to which they end."""

    grain: str
    periods: int
    first_end: dt.date
    last_end: dt.date


@dataclass(frozen=True)
class Open:
    """Findings of a rule that were open after a night, and the rows that it judged."""

    findings: int
    rows_checked: int | None

    @property
    def words(self) -> str:
        return NOT_APPLICABLE.word if self.rows_checked == 0 else count(self.findings)


@dataclass(frozen=True)
class RuleTrend:
    """A rule over the months: open findings after the last judged night of each; None: it was not judged."""

    gate: str
    rule: str
    says: str | None
    owner: str
    months: tuple[Open | None, ...]


@dataclass(frozen=True)
class Trend:
    """Findings by rule and month. `months`: the last judged night of each, oldest first."""

    months: tuple[dt.date, ...]
    rules: tuple[RuleTrend, ...]


@dataclass(frozen=True)
class Record:
    """A link of the chain of evidence."""

    number: int
    facts: Mapping[str, Any]
    previous_hash: str
    hash: str


@dataclass(frozen=True)
class Model:
    """A node of the project: its name, layer, folder, what it reads and who reads it."""

    name: str
    layer: str
    group: str
    description: str
    reads: tuple[str, ...]
    read_by: tuple[str, ...]


@dataclass(frozen=True)
class Lineage:
    """The project that built a night. `digest`: as in the evidence."""

    digest: str
    models: tuple[Model, ...]

    def of(self, layer: str) -> tuple[Model, ...]:
        return tuple(model for model in self.models if model.layer == layer)


@dataclass(frozen=True)
class NightFacts:
    """All that the pages of one night say, as it was known when the night was decided."""

    authority_code: str
    night: NightLine
    standing: NightLine | None
    decided_at: dt.datetime
    code_version: str | None
    gates: tuple[GateFacts, ...]
    provisional: tuple[Provisional, ...]
    nights: tuple[NightLine, ...]
    trend: Trend
    definitions: tuple[Mapping[str, Any], ...]
    flows: tuple[Flow, ...]
    record: Record | None
    marts: tuple[MartLine, ...]
    lineage: Lineage | None


@dataclass(frozen=True)
class TodayFacts:
    """What the first page says: what stands now, the newest night, and what its gates said."""

    authority_code: str
    standing: NightLine | None
    newest: NightLine | None
    gates: tuple[GateFacts, ...]
    provisional: tuple[Provisional, ...]
    nights: tuple[NightLine, ...]
