"""One night: who it is for and up to which day, and the five steps that Airflow calls in order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from care_reviews.connections import source_engine, warehouse_engine
from care_reviews.errors import GateBlockedError, NightRefusedError
from care_reviews.settings import get_settings

LONDON = ZoneInfo("Europe/London")
# As readability.py says of moments.
EARLIEST = dt.date(1990, 1, 1)
# A blocked gate may have many reasons; the first say enough, the rest are in audit.validation_result.
REASONS_SHOWN = 10


@dataclass(frozen=True)
class Night:
    """A run of the pipeline. `as_known` is the last whole day that the extract covers."""

    authority_code: str
    as_known: dt.date
    run_id: str


def last_whole_day(moment: dt.datetime) -> dt.date:
    """The last day that was over in London at `moment`, which must carry its zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone has no day in London")
    return moment.astimezone(LONDON).date() - dt.timedelta(days=1)


def night_of(run_id: str, run_after: dt.datetime, as_known: str | None = None) -> Night:
    """The night that a run is for: the day named, else the last whole day before the run may start.

    Raises NightRefusedError when the day named is no date or is not over yet.
    """
    authority = get_settings().authority
    if not as_known:
        return Night(authority, last_whole_day(run_after), run_id)
    day = day_named(as_known)
    newest = last_whole_day(dt.datetime.now(LONDON))
    if day > newest:
        raise NightRefusedError(f"{day} is not over yet: the newest night that can run is {newest}")
    return Night(authority, day, run_id)


def refuse_late(tonight: Night, now: dt.datetime) -> None:
    """Raise NightRefusedError when the source shows a later day by now than that of a night to extract.

    For runs that no day was named for: cleared days later, one would keep today's records as those of then.
    """
    shown = last_whole_day(now)
    if tonight.as_known < shown:
        raise NightRefusedError(
            f"the run of {tonight.as_known} extracts on {now.astimezone(LONDON).date()}, when the source"
            f" shows {shown}: run that night instead, which holds what this one would have (trigger the DAG"
            f' with {{"as_known": "{shown}"}}); if the copy still shows {tonight.as_known}, name that date'
        )


def day_named(words: str) -> dt.date:
    """The day that somebody named, YYYY-MM-DD. Raises NightRefusedError when it is none."""
    try:
        day = dt.date.fromisoformat(words)
    except ValueError:
        day = None
    if day is None or str(day) != words:
        raise NightRefusedError(f"{words!r} is no date: give it as YYYY-MM-DD")
    if day < EARLIEST:
        raise NightRefusedError(f"{day} is before {EARLIEST}: no record of that time can be read")
    return day


# The work of a step is imported when it starts: Airflow reads the DAG file again and again, and dbt and Great
# Expectations take seconds to load.


def extract(night: Night) -> None:
    """Stage what the source holds."""
    from care_reviews.source.extract import extract
    from care_reviews.step import step

    with step("extract", night), _engine(source_engine) as source, _engine(warehouse_engine) as warehouse:
        extract(night, source, warehouse, get_settings())


def land(night: Night) -> None:
    """Bring the staged picture into the row versions of `landing`."""
    from care_reviews.landing import land
    from care_reviews.step import step

    with step("land", night), _engine(warehouse_engine) as warehouse:
        land(night, warehouse, get_settings())


def build(night: Night) -> None:
    """Build the candidate marts with dbt."""
    from care_reviews.building import build
    from care_reviews.step import step

    with step("build", night):
        build(night)


def validate(night: Night) -> None:
    """Judge what landed and what was built. Raises GateBlockedError, with reasons, when a gate says stop; the
    auditor's site tells of that night as well.
    """
    from care_reviews import site
    from care_reviews.step import step
    from care_reviews.validation import validate

    with step("validate", night), _engine(warehouse_engine) as warehouse:
        verdict = validate(night, warehouse, get_settings())
        if verdict.blocked:
            site.keep(warehouse, get_settings(), night)
            # Stops come first: what follows them are warnings, and no reason.
            reasons = verdict.messages[: min(verdict.stopped, REASONS_SHOWN)]
            raise GateBlockedError(
                "\n".join((f"{verdict.stopped} expectations say stop: the last publication stands", *reasons))
            )


def propose(night: Night, return_name: str | None) -> dict[str, str] | None:
    """What to ask the approver of a return, subject and body; None for a night that releases itself."""
    from care_reviews.release import question
    from care_reviews.step import step

    if return_name is None:
        return None
    with step("propose", night), _engine(warehouse_engine) as warehouse, warehouse.connect() as connection:
        return asdict(question(connection, night, return_name))


def publish(
    night: Night, return_name: str | None = None, answer: Mapping[str, Any] | None = None
) -> dict[str, object] | None:
    """Publish the candidate marts under a new publication id, with its pages for auditors; gives that id and
    the night.

    A night that is marked as a return (`return_name`) needs its approver's `answer`; refused, it is recorded
    as such, with its pages, and gives None.
    """
    from care_reviews import site
    from care_reviews.publication import publish, refuse
    from care_reviews.release import release_of
    from care_reviews.step import step

    with step("publish", night), _engine(warehouse_engine) as warehouse:
        release = release_of(return_name, answer)
        if release.is_refused:
            refuse(night, warehouse, release)
            site.keep(warehouse, get_settings(), night)
            return None
        published = publish(night, warehouse, release=release)
        site.keep(warehouse, get_settings(), night)
    return {"publication_id": published.publication_id, "as_known": str(night.as_known)}


@contextmanager
def _engine(make: Callable[[], Engine]) -> Iterator[Engine]:
    engine = make()
    try:
        yield engine
    finally:
        engine.dispose()
