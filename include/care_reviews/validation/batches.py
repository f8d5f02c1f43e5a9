"""Batches: tables of flags in schema `stage`, made for one validation and dropped after it.

Great Expectations asks a batch several questions, each a scan of its own, and reads a query's rows only to
learn its columns. So the flags are computed once, into a table that holds nothing but true, false and null.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from care_reviews.validation.sql import run

SCHEMA = "stage"


def batch_name(authority_code: str, subject: str) -> str:
    return f"check__{authority_code.lower()}__{subject}"


@contextmanager
def batches(warehouse: Engine, authority_code: str, queries: Mapping[str, str]) -> Iterator[None]:
    """Make the batch of each subject from its query; the batches are gone afterwards, whatever happens."""
    names = {subject: f"{SCHEMA}.{batch_name(authority_code, subject)}" for subject in queries}
    try:
        with warehouse.begin() as connection:
            # Numbers of distinct keys are guessed from statistics that a first night does not have yet.
            run(connection, "set local enable_nestloop = off")
            _drop(connection, names.values())
            for subject, query in queries.items():
                run(connection, f"create unlogged table {names[subject]} as\n{query}")
        yield
    finally:
        with warehouse.begin() as connection:
            _drop(connection, names.values())


def _drop(connection: Connection, names: Iterator[str] | object) -> None:
    run(connection, f"drop table if exists {', '.join(names)}")  # type: ignore[arg-type]
