"""How the measures moved since the last publication, and what moved with them, asked of the night's marts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

from sqlalchemy import Connection

from care_reviews.measure_words import breakdown_title, measure_title
from care_reviews.validation.sql import literal, run, truth
from care_reviews.web.text import day
from expectations.facts import Moved, NightFacts

QUERIES = Path(__file__).with_name("queries")
# Between publications so near each other the same month end cannot differ much.
NEIGHBOURING_DAYS = 7
# A category in which fewer moved, or with so few, is not named.
SMALL = 6


def moved_measures(connection: Connection, words: dict[str, str], night: NightFacts) -> tuple[Moved, ...]:
    """The measures that the last publication had, as they moved since; empty before the first one.

    `words`: what `$candidate`, `$authority` and `$as_known` stand for in queries.
    """
    words = {
        "published": "published.kpi_value",
        "neighbouring_days": str(NEIGHBOURING_DAYS),
        "plausible": str(night.share("marts", "movement", "plausible")),
        "stands": str(night.share("marts", "movement", "final_stands")),
        "few_people": str(night.limits.few_people),
        "times_limits": str(night.limits.times_limits),
        "small": str(SMALL),
        **words,
    }
    # What a view of views gives is guessed to be a row or two, and there are hundreds.
    run(connection, "set local enable_nestloop = off")
    rows = _rows(connection, "movement_measures", words)
    far = [row for row in rows if row.is_beyond or row.is_implausible]
    drivers = {}
    if far:
        moved = ", ".join(
            f"({literal(row.measure_id)}, {literal(row.period_grain)}, date '{row.period_end}')"
            for row in far
        )
        found = _rows(connection, "movement_drivers", words | {"moved": moved})
        drivers = {row.measure_id: _drivers(row.measures, row.categories) for row in found}
    return tuple(
        Moved(
            row.measure_id,
            row.is_beyond,
            row.is_implausible,
            row.is_revised,
            _named(row.measure_id),
            f"{_where(row)}{drivers.get(row.measure_id, '')}" if row in far else "",
        )
        for row in rows
    )


def batch(moved: Sequence[Moved]) -> str:
    """A batch of one row a measure."""
    rows = [
        f"select {truth(each.is_beyond)} as is_beyond, {truth(each.is_implausible)} as is_implausible, "
        f"{truth(each.is_revised)} as is_revised"
        for each in moved or [Moved("", None, None, None)]
    ]
    return " union all ".join(rows)


def _rows(connection: Connection, name: str, words: Mapping[str, str]) -> Sequence[Any]:
    query = Template((QUERIES / f"{name}.sql").read_text()).substitute(words)
    return connection.exec_driver_sql(query, execution_options={"no_parameters": True}).all()


def _named(measure_id: str) -> str:
    return f"“{measure_title(measure_id)}”"


def _where(row: Any) -> str:
    """When the measure lay beyond which of its limits, as a sentence."""
    when = f"on {day(row.period_end)}" if row.period_grain == "snapshot" else f"in {row.period_end:%B %Y}"
    limit = "upper" if row.side == "above" else "lower"
    return f"{_named(row.measure_id)} {when} lies {row.side} its {limit} limit."


def _drivers(measures: Sequence[Sequence[str]] | None, categories: Sequence[Sequence[str]] | None) -> str:
    """What moved with it, in sentences: pairs of measure and side, and of breakdown and category."""
    told = ""
    if measures:
        told += f" With it: {', '.join(f'{_named(part)} {side} its mean' for part, side in measures)}."
    if categories:
        most = ", ".join(f"{category} ({breakdown_title(by).lower()})" for by, category in categories)
        told += f" Most of it: {most}."
    return told
