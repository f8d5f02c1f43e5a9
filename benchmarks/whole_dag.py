"""The whole DAG, as a person at the console waits for it, against the sum of its steps' own work."""

from __future__ import annotations

import datetime as dt
import statistics
import time

from measuring import SCHEMA, Bench
from sqlalchemy import text

from care_reviews.demo import fill_source
from care_reviews.demo.tables import metadata
from care_reviews.night_run import StepEvent, run_night
from care_reviews.preparation import prepare

NIGHTS = (dt.date(2020, 3, 31), dt.date(2020, 4, 30))


def whole_dag(bench: Bench) -> float:
    """The ratio for the demonstration's nights: wall time from command to publication, over the steps."""
    with bench.source.begin() as connection:
        names = ", ".join(f"{SCHEMA}.{name}" for name in metadata.tables)
        connection.execute(text(f"truncate {names}"))
    variables = prepare(lambda words: None)
    return statistics.mean(_night(bench, day, variables) for day in NIGHTS)


def _night(bench: Bench, day: dt.date, variables: dict[str, str]) -> float:
    fill_source(bench.source, profile="surrey_2019_20", seed=1, until=day, schema=SCHEMA)
    steps: list[StepEvent] = []
    started = time.perf_counter()
    published, log = run_night(day, variables, steps.append, lambda line: None)
    seconds = time.perf_counter() - started
    if not published:
        raise SystemExit(f"the night of {day} was not published: see {log}")
    work = {step.step: step.seconds for step in steps if step.state == "finished"}
    told = ", ".join(f"{name} {spent:.1f}" for name, spent in work.items())
    print(f"  night of {day}: {seconds:.1f} s, of which {told} s", flush=True)
    return seconds / sum(work.values())
