"""One night: who it is for and up to which day, and the five steps that Airflow calls in order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Night:
    """A run of the pipeline. `as_known` is the last whole day that the extract covers."""

    authority_code: str
    as_known: dt.date
    run_id: str
