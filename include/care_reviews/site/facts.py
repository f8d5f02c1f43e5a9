"""What the pages tell: read from the warehouse, shown by the templates, and no value of the data in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from care_reviews.site import people, words
from care_reviews.site.accounts import AccountFacts
from care_reviews.site.checks import GateFacts
from care_reviews.site.courses import Course
from care_reviews.site.rule_trends import Trend
from care_reviews.site.words import (
    BLOCKED,
    DISCARDED,
    NOT_FINISHED,
    PUBLISHED,
    REFUSED,
    WITHDRAWN,
    Status,
)

# More than a year of nights.
NIGHTS_SHOWN = 400


@dataclass(frozen=True)
class NightLine:
    """A night in the history, as it was known at some moment: its gates' verdicts and what came of it.

    `released_by`: the gates, or who released the return `return_name`; None before releases were kept.
    `refused_by`: who last refused to, of the return `refused_return`.
    """

    extract_id: int
    as_known: dt.date
    run_id: str
    started_at: dt.datetime
    verdicts: Mapping[str, str]
    publication_id: int | None
    published_at: dt.datetime | None
    return_name: str | None
    released_by: str | None
    released_at: dt.datetime | None
    release_comment: str | None
    refused_return: str | None
    refused_by: str | None
    refused_at: dt.datetime | None
    refusal_comment: str | None
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
        if "blocked" in self.verdicts.values():
            return BLOCKED
        return NOT_FINISHED if self.refused_at is None else REFUSED

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
        return f"{REFUSED.word if self.status is REFUSED else BLOCKED.word}-{self.extract_id}"


@dataclass(frozen=True)
class Flow:
    """A source table on its way: rows extracted, kept in quarantine, landed, and used (each once)."""

    table: str
    extracted: int
    quarantined: int
    landed: int
    used: int
    digest: str

    @property
    def words(self) -> tuple[str, str, str, str]:
        """Its four counts, each of the one before it; those of rows about people as they may be told."""
        of_people = people.table_is_of_people(self.table)
        return (
            words.count(self.extracted, of_people),
            words.count(self.quarantined, of_people),
            words.part(self.landed, self.extracted, of_people),
            words.part(self.used, self.landed, of_people),
        )


@dataclass(frozen=True)
class MartLine:
    """A mart as published: its rows and their digest."""

    view: str
    rows: int
    sha256: str

    @property
    def words(self) -> str:
        return words.count(self.rows, people.mart_is_of_people(self.view))


@dataclass(frozen=True)
class Provisional:
    """Published periods of one length that may still change: how many, and from which to which they end."""

    grain: str
    periods: int
    first_end: dt.date
    last_end: dt.date


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
    """All that the pages of one night say, as it was known when the night was decided. `authority_name`: the
    council's name then.
    """

    authority_code: str
    authority_name: str
    night: NightLine
    standing: NightLine | None
    decided_at: dt.datetime
    code_version: str | None
    gates: tuple[GateFacts, ...]
    provisional: tuple[Provisional, ...]
    nights: tuple[NightLine, ...]
    trend: Trend
    definitions: tuple[Mapping[str, Any], ...]
    courses: Mapping[str, Course]
    flows: tuple[Flow, ...]
    accounts: tuple[AccountFacts, ...]
    record: Record | None
    marts: tuple[MartLine, ...]
    lineage: Lineage | None

    def name_of(self, measure_id: str) -> str:
        """A measure's title as published; where nothing is, its id."""
        names = {each["measure_id"]: str(each["name"]) for each in self.definitions}
        return names.get(measure_id, measure_id)

    @property
    def shown_nights(self) -> tuple[NightLine, ...]:
        """The newest nights, as many as a page holds: each night's pages would else hold all before it."""
        return self.nights[-NIGHTS_SHOWN:]

    @property
    def earlier_nights(self) -> tuple[NightLine, ...]:
        """Those before, which the pages of the last of them tell of."""
        return self.nights[:-NIGHTS_SHOWN]


@dataclass(frozen=True)
class TodayFacts:
    """What the first page says: what stands now, the newest night, and what its gates said."""

    authority_code: str
    authority_name: str
    standing: NightLine | None
    newest: NightLine | None
    gates: tuple[GateFacts, ...]
    provisional: tuple[Provisional, ...]
    nights: tuple[NightLine, ...]
