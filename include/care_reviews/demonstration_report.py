"""What the demonstration prints at its end. It reads as the role analyst, who sees suppressed values too, and
says which those are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from rich.table import Table
from sqlalchemy import Connection, Engine, text

from care_reviews import connections
from care_reviews.console import Progress, table
from care_reviews.demo import SYNTHETIC
from care_reviews.demo.comparison import Compared, compare
from care_reviews.errors import ConfigurationError
from care_reviews.settings import get_settings
from care_reviews.site import home_of

_GATES = text(
    "select distinct on (as_known) as_known, source_gate, care_gate, marts_gate, publication_id, "
    "expectations_passed, expectations_warned, expectations_stopped from published.publication "
    "where authority_code = :authority_code and withdrawn_at is null order by as_known, publication_id desc"
)


def show_report(progress: Progress, nights: Sequence[dt.date]) -> bool:
    """Print measures beside the report's figures, the gates, how to connect; whether all figures match."""
    engine = connections.make_engine(connections.role_url("analyst", connections.admin_url()))
    authority = get_settings().authority
    try:
        with engine.connect() as connection:
            compared = compare(connection, authority)
            gates = _gates(connection, authority, nights)
    finally:
        engine.dispose()
    single = [
        row for row in compared if row.figure.period_grain != "snapshot" or row.figure.as_known != nights[0]
    ]
    series = [row for row in compared if row not in single]
    progress.line("")
    progress.console.print(_series(series))
    progress.console.print(_figures(single))
    progress.console.print(gates)
    matching = sum(row.matches for row in compared)
    explained = sum(row.is_accounted_for for row in compared) - matching
    progress.line(f"{matching} of {len(compared)} figures equal the annual report's.")
    if explained:
        progress.line(f"Of {explained} more the reason why not is named.")
    if suppressed := sum(row.is_suppressed for row in compared):
        progress.line(f"{suppressed} of them only analysts see: small numbers are suppressed in `published`.")
    progress.line(SYNTHETIC)
    progress.line("")
    progress.line("What was checked, decided and published, as pages for auditors; open in a browser:")
    progress.line(f"  {home_of(get_settings(), authority) / 'index.html'}")
    for line in (*_pages(authority, nights[0]), *CONNECT):
        progress.line(line)
    return matching + explained == len(compared)


def _pages(authority: str, day: dt.date) -> list[str]:
    """Write the annual report of the year that was over by a day, and the board's pages; where they are."""
    from care_reviews import board

    admin = connections.admin_url()
    engine, recorder = (
        connections.make_engine(connections.role_url(role, admin)) for role in ("bi_reader", "pipeline")
    )
    try:
        return [
            *_pack(engine, recorder, authority, day),
            "The board's pages, with this month's changes first:",
            f"  {board.make(engine, get_settings(), authority).page}",
        ]
    finally:
        engine.dispose()
        recorder.dispose()


def _pack(engine: Engine, recorder: Engine, authority: str, day: dt.date) -> list[str]:
    from care_reviews import report
    from care_reviews.report.year import Year

    try:
        pack = report.make(engine, get_settings(), authority, Year.over_by(day))
        report.vouch(recorder, get_settings(), pack)
    except ConfigurationError as missing:
        return [f"The annual report was not written: {missing}"]
    return ["The annual report, as a page with a PDF beside it:", f"  {pack.page}"]


CONNECT = (
    "Connect a BI tool (PostgreSQL) with what this prints; it holds a password, so treat it as a secret:",
    "  .venv/bin/care-reviews url --role bi_reader",
    "and, for example:",
    '  psql "$(.venv/bin/care-reviews url --role bi_reader)"'
    ' -c "select period_end, value from published.kpi_value where measure_id = '
    "'children_looked_after' and period_grain = 'snapshot' and breakdown = 'all' order by 1\"",
    "The server keeps running: `make stop` stops it, `make airflow` opens Airflow's user interface.",
)


def _series(rows: list[Compared]) -> Table:
    """Month ends as rows; of each series the report's and the warehouse's number."""
    labels = list(dict.fromkeys(row.figure.label for row in rows))
    numbers = [words for label in labels for words in (f"{label}:\nreport", "\nwarehouse")]
    made = table(f"Month ends, as known on {rows[0].figure.as_known}", ["month end"], [*numbers, "equal"])
    for day in dict.fromkeys(row.figure.period_end for row in rows):
        pair = [
            next(r for r in rows if (r.figure.period_end, r.figure.label) == (day, label)) for label in labels
        ]
        cells = [cell for row in pair for cell in (_number(row.figure.figure), _number(row.value))]
        made.add_row(str(day), *cells, _yes(all(row.matches for row in pair)))
    return made


def _figures(rows: list[Compared]) -> Table:
    made = table(
        "Figures of the reporting year 2019/20",
        ["figure", "as known on"],
        ["report", "warehouse", "equal, or why not"],
    )
    for row in rows:
        figure = row.figure
        said = f"above {_number(figure.figure)}" if figure.above else _number(figure.figure)
        equal = figure.reason if not row.matches and row.is_accounted_for else _yes(row.matches)
        equal += "; suppressed for readers" if row.is_suppressed else ""
        made.add_row(figure.label, str(figure.as_known), said, _number(row.value), equal)
    return made


def _gates(connection: Connection, authority: str, nights: Sequence[dt.date]) -> Table:
    made = table(
        "Gates",
        ["night", "source gate", "care gate", "marts gate"],
        ["publication", "passed", "warned", "stopped"],
    )
    for row in connection.execute(_GATES, {"authority_code": authority}):
        if row.as_known in nights:
            made.add_row(*(str(value) for value in row))
    return made


def _number(value: float | Decimal | None) -> str:
    return "none" if value is None else f"{value:,}"


def _yes(equal: bool) -> str:
    return "yes" if equal else "NO"
