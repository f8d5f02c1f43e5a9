"""How the field usually moves a table: pandas `to_sql` and dlt, beside the bare pipe, when installed.

Neither keeps versions, checks a value or notices what changed: they only move the rows.
"""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Callable

from measuring import SCHEMA, Bench, bare_pipe

from care_reviews.source.catalog import table


def usual_ways(bench: Bench, rows: int) -> None:
    """Print the ratio of each to the bare pipe, for fewer rows: they would take minutes."""
    ways: dict[str, Callable[[Bench], None]] = {"pandas": _pandas, "dlt": _dlt}
    bench.fill(bench.case_notes, rows)
    pipe = min(bare_pipe(bench, bench.case_notes) for _ in range(3))
    for name, move in ways.items():
        if importlib.util.find_spec(name) is None:
            print(f"{name}: not installed")
            continue
        started = time.perf_counter()
        move(bench)
        print(
            f"{f'{name}, {rows:,} rows moved':55s} {(time.perf_counter() - started) / pipe:8.2f}", flush=True
        )


def _pandas(bench: Bench) -> None:
    import pandas

    query = f"select {', '.join(table('fact_casenotes').names)} from {SCHEMA}.fact_casenotes"
    with (
        bench.source.connect().execution_options(stream_results=True) as source,
        bench.warehouse.begin() as into,
    ):
        for number, part in enumerate(pandas.read_sql(query, source, chunksize=10_000)):
            how = "append" if number else "replace"
            part.to_sql("by_pandas", into, schema="public", if_exists=how, index=False)


def _dlt(bench: Bench) -> None:
    import dlt
    from dlt.sources.sql_database import sql_table

    destination = dlt.destinations.postgres(
        bench.warehouse.url.set(drivername="postgresql").render_as_string(False)
    )
    pipeline = dlt.pipeline("bench", destination=destination, dataset_name="by_dlt")
    pipeline.run(sql_table(bench.source, table="fact_casenotes", schema=SCHEMA, backend="sqlalchemy"))
