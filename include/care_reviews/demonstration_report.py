"""What the demonstration prints at its end. It reads as the role bi_reader: what it shows, a BI tool sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from rich.table import Table
from sqlalchemy import Connection, text

from care_reviews import connections
from care_reviews.console import Progress
from care_reviews.demo.comparison import Compared, compare
from care_reviews.settings import get_settings

_GATES = text(
    "select distinct on (as_known) as_known, publication_id, source_gate, marts_gate, expectations_passed, "
    "expectations_warned, expectations_stopped from published.publication "
    "where authority_code = :authority_code and withdrawn_at is null order by as_known, publication_id desc"
)


def show_report(progress: Progress, nights: Sequence[dt.date]) -> bool:
    """Print measures beside the report's figures, the gates' state, and how to connect; whether all figures match."""
    engine = connections.make_engine(connections.role_url("bi_reader", connections.admin_url()))
    authority = get_settings().authority_code
    try:
        with engine.connect() as connection:
            compared = compare(connection, authority)
            gates = _gates(connection, authority, nights)
    finally:
        engine.dispose()
    single = [row for row in compared if row.figure.period_grain != "snapshot" or row.figure.as_known != nights[0]]
    series = [row for row in compared if row not in single]
    progress.line("")
    progress.console.print(_series(series))
    progress.console.print(_figures(single))
    progress.console.print(gates)
    matching = sum(row.matches for row in compared)
    progress.line(f"{matching} of {len(compared)} figures equal the annual report's.")
    progress.line("All people, dates and events are synthetic; only the council's published totals are real.")
    progress.line("")
    for line in CONNECT:
        progress.line(line)
    return matching == len(compared)


CONNECT = (
    "Connect a BI tool (PostgreSQL) with what this prints; it holds a password, so treat it as a secret:",
    "  .venv/bin/care-reviews url --role bi_reader",
    "and, for example:",
    '  psql "$(.venv/bin/care-reviews url --role bi_reader)" -c "select period_end, value from published.kpi_value '
    "where measure_id = 'children_looked_after' and period_grain = 'snapshot' order by 1\"",
    "The server keeps running: `make stop` stops it, `make airflow` opens Airflow's user interface.",
)


def _series(rows: list[Compared]) -> Table:
    """Month ends as rows; the report's and the warehouse's number of both series beside each other."""
    table = Table(title=f"Month ends, as known on {rows[0].figure.as_known}", title_justify="left")
    table.add_column("month end")
    labels = list(dict.fromkeys(row.figure.label for row in rows))
    for label in labels:
        table.add_column(f"{label}: report", justify="right")
        table.add_column("warehouse", justify="right")
    table.add_column("equal")
    for day in dict.fromkeys(row.figure.period_end for row in rows):
        pair = [next(r for r in rows if (r.figure.period_end, r.figure.label) == (day, label)) for label in labels]
        cells = [cell for row in pair for cell in (_number(row.figure.figure), _number(row.value))]
        table.add_row(str(day), *cells, _yes(all(row.matches for row in pair)))
    return table


def _figures(rows: list[Compared]) -> Table:
    table = Table(title="Figures of the reporting year 2019/20", title_justify="left")
    table.add_column("figure")
    for name in ("report", "warehouse"):
        table.add_column(name, justify="right")
    table.add_column("as known on")
    table.add_column("equal")
    for row in rows:
        figure = row.figure
        table.add_row(
            figure.label, _number(figure.figure), _number(row.value), str(figure.as_known), _yes(row.matches)
        )
    return table


def _gates(connection: Connection, authority: str, nights: Sequence[dt.date]) -> Table:
    table = Table(title="Gates", title_justify="left")
    for name in ("night", "publication", "source gate", "marts gate", "passed", "warned", "stopped"):
        table.add_column(name)
    for row in connection.execute(_GATES, {"authority_code": authority}):
        if row.as_known in nights:
            table.add_row(*(str(value) for value in row))
    return table


def _number(value: float | Decimal | None) -> str:
    return "none" if value is None else f"{value:,}"


def _yes(equal: bool) -> str:
    return "yes" if equal else "NO"
