"""Whole nights of one council after another in one warehouse: the last ones' against the first ones'.

The steps are called as the DAG's tasks call them: what Airflow adds to each is the same for every night, and
would only hide growth.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import statistics
import time

from measuring import COUNCILS, SCHEMA, Bench, settle

from care_reviews import night
from care_reviews.demo import fill_source
from care_reviews.night import Night
from care_reviews.settings import get_settings

DAY = dt.date(2020, 3, 31)
STEPS = ("extract", "land", "build", "validate", "publish")
# Fewer than are usual: ten councils are to fit into some minutes.
MONTHS = "CARE_REVIEWS_MONTHS_PUBLISHED"


def council_growth(bench: Bench, councils: int) -> float:
    """The ratio for a small council's night, which each of the councils has, from extract to publication."""
    # What the gates warn of is no matter of time.
    logging.getLogger("care_reviews").setLevel(logging.ERROR)
    bench.empty()
    fill_source(bench.source, profile="small_council", seed=1, until=DAY, schema=SCHEMA)
    settle(bench.source)
    usual = os.environ.get(MONTHS, "")
    os.environ[MONTHS] = "13"
    get_settings.cache_clear()
    nights = [_night(council) for council in COUNCILS[:councils]]
    os.environ[MONTHS] = usual  # an empty one counts as not set
    get_settings.cache_clear()
    few = max(1, councils // 3)
    first, last = nights[:few], nights[-few:]
    for step in STEPS:
        spent = ", ".join(f"{each[step]:.1f}" for each in nights)
        print(f"  {step} of {councils} councils: {spent} s", flush=True)
    return _usual(last) / _usual(first)


def _night(authority: str) -> dict[str, float]:
    tonight = Night(authority, DAY, f"night of {authority}")
    seconds = {}
    for step in STEPS:
        started = time.perf_counter()
        getattr(night, step)(tonight)
        seconds[step] = time.perf_counter() - started
    return seconds


def _usual(nights: list[dict[str, float]]) -> float:
    return statistics.median(sum(each.values()) for each in nights)
