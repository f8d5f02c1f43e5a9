"""What dbt and disclosure control cost a child, for ten times the children of the synthetic council."""

from __future__ import annotations

import datetime as dt
import time

from measuring import SCHEMA, Bench, settle
from sqlalchemy import text

from care_reviews import night
from care_reviews.building import build
from care_reviews.demo.tables import metadata
from care_reviews.night import Night
from care_reviews.settings import get_settings
from care_reviews.source.catalog import READS, Table

TIMES = 10
# Copies are other children: their keys are these apart.
APART = 1_000_000_000_000


def build_growth(bench: Bench, after: dt.date) -> tuple[float, float]:
    """Seconds of a build of the source as it stands, and the ratio of a child's share in them for ten times
    the children. `after`: the newest night that landed.
    """
    alone = _build(after + dt.timedelta(days=1))
    with bench.source.begin() as connection:
        for table in READS:
            connection.execute(text(_copies(table)))
    settle(bench.source)
    together = _build(after + dt.timedelta(days=2))
    print(f"  build: {alone:.1f} s, for {TIMES} times the children {together:.1f} s", flush=True)
    return alone, together / alone / TIMES


def _build(day: dt.date) -> float:
    tonight = Night(get_settings().authority, day, f"build of {day}")
    night.extract(tonight)
    night.land(tonight)
    started = time.perf_counter()
    build(tonight)
    return time.perf_counter() - started


def _copies(table: Table) -> str:
    """Nine copies of every row, which have to do with each other and with no others; code lists stay one."""
    numbers = {column.name for column in table.columns if column.kind in ("key", "ref")}
    if not numbers:
        return "select 1"
    names = [column.name for column in metadata.tables[table.name].columns]
    values = ", ".join(
        f"case when {name} > 0 then {name} + copy * {APART} else {name} end" if name in numbers else name
        for name in names
    )
    return (
        f"insert into {SCHEMA}.{table.name} ({', '.join(names)}) "
        f"select {values} from {SCHEMA}.{table.name}, generate_series(1, {TIMES - 1}) as copy"
    )
