"""A small council, landed straight into a warehouse: what the gates judge, right in every respect to begin
with.

Forty children with one period of care and two reviews each, as the source would give them on 31 March 2020,
and three earlier nights that the source gate let pass. Tests break it with plain SQL.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import Connection, text

from care_reviews.lock import Extract
from care_reviews.source.catalog import TABLES, Table
from care_reviews.validation.code_lists import seed
from expectations.freshness import CHANGED, HAPPENED

AUTHORITY = "E10000030"
AS_KNOWN = dt.date(2020, 3, 31)
RUN = "night of the tests"
CHILDREN = range(40)

TEMPLATES = ("CLA Review Outcomes", "Care Planning Alert", "IRO Progress Update", "Review Quality Audit")


def day(number: int, month: int = 4, year: int = 2019) -> str:
    return f"{dt.date(year, month, 1) + dt.timedelta(days=number)} 00:00:00"


def rows() -> dict[str, list[tuple[str | None, ...]]]:
    """Source table → its rows, in the order of the catalogue's columns."""
    ids = [str(1001 + number) for number in CHILDREN]
    cla = [str(2001 + number) for number in CHILDREN]
    ethnic = [row["ethnicity_code"] for row in seed("ethnicity")]
    care = list(zip(CHILDREN, ids, cla, strict=True))
    held = [(2 * n + k, ids[n], cla[n], day(14 + n + k * 80)) for n in CHILDREN for k in (0, 1)]
    alerts: list[tuple[str | None, ...]] = [
        (None, p, TEMPLATES[1], f"{day(n)} 1", question, day(n + days)[:10], day(n))
        for question, days, children in (("RaisedDate", 0, 40), ("ResolvedDate", 10, 10))
        for n, p, _ in care[:children]
    ]
    outcomes = [(None, p, TEMPLATES[1], f"{day(n)} 1", "Outcome", "Y", day(n + 10)) for n, p, _ in care[:10]]
    return {
        "dim_person": [
            (person, None, day(n, 5, 2010), "N", None, "MF"[n % 2], f"L{n % 20}", "Y", None)
            for n, person, _ in care
        ],
        "dim_lookup_dfe_ethnic": [(f"L{n}", code) for n, code in enumerate(ethnic)],
        "dim_worker": [(str(n), str(n), "Independent Chair", "Reviewing", "1.0") for n in range(1, 41)],
        "dim_department": [(str(n), f"Team {n}" if n < 40 else "North East", "Team") for n in range(1, 41)],
        "fact_involvements": [
            (str(n), p, str(n + 1), "1", str(n + 1), "IRO", "Y", day(n), None) for n, p, _ in care
        ],
        "fact_referrals": [(str(n + 1), p, day(n), None, "N1", "1") for n, p, _ in care],
        "fact_cla": [(c, p, str(n + 1), day(n), day(n)) for n, p, c in care],
        "fact_care_episodes": [
            (
                str(n + 1),
                c,
                str(n + 1),
                p,
                day(n),
                day(300) if n < 4 else None,
                "S",
                "E4A" if n < 4 else None,
                "N1",
            )
            for n, p, c in care
        ],
        "fact_legal_status": [(str(n + 1), p, "C2", None, day(n), None) for n, p, _ in care],
        "fact_cla_placement": [(str(n + 1), c, p, day(n), None, "U4", "PR1", None) for n, p, c in care],
        "fact_immigration_status": [
            (str(n + 1), p, "UASC" if n < 12 else "ILR", day(n), None) for n, p, _ in care
        ],
        "fact_cp_plan": [(str(n + 1), p, str(n + 1), day(n), None) for n, p, _ in care],
        "fact_care_plans": [(str(n + 1), p, "1", "A", day(n), None, day(n)) for n, p, _ in care],
        "fact_cla_review": [(str(r + 1), c, p, str(r + 1), when, when) for r, p, c, when in held],
        "fact_meetings": [(str(r + 1), "CLAR", when, None) for r, _, _, when in held],
        "fact_casenotes": [(str(n + 1), p, day(n + 40), "IRO", "Y", "Y") for n, p, _ in care],
        "fact_meeting_subjects": [
            (str(r + 1), p, "Attended and spoke for self", f"{when} 2") for r, p, _, when in held
        ],
        "fact_forms": [
            *((p, "REVIEW", f"{when} 2") for _, p, _, when in held),
            *((p, "OTHER", f"{day(n)} 1") for n, p, _ in care),
        ],
        "fact_form_answers": alerts
        + outcomes
        + [
            (str(r + 1), p, "CLA Review Outcomes", f"{when} 2", "ICSParticipationCode", "PN1", when)
            for r, p, _, when in held
        ]
        + [
            (str(r + 1), p, "CLA Review Outcomes", f"{when} 2", "FirstMeetingDate", when[:10], when)
            for r, p, _, when in held[:2]
        ]
        + [
            (None, p, name, f"{day(n)} 1", "UpdateDate", day(n)[:10], day(n))
            for name in TEMPLATES[2:]
            for n, p, _ in care
        ],
    }


def land_council(connection: Connection) -> Extract:
    """Land the small council as the fourth night; three earlier ones had as many rows."""
    landed = rows()
    for earlier in range(3, 0, -1):
        extract_id = _extract(connection, AS_KNOWN - dt.timedelta(days=earlier), f"earlier {earlier}")
        _manifest(connection, extract_id, {name: len(found) for name, found in landed.items()}, changed=1)
        judged(connection, extract_id, "source", "warned")
    extract_id = _extract(connection, AS_KNOWN, RUN)
    for each in TABLES:
        insert(connection, each, landed[each.name])
    _manifest(connection, extract_id, {name: len(found) for name, found in landed.items()})
    return extract_of(connection)


def land_weeks_before(connection: Connection, changes: int) -> None:
    """Land the nights of March 2020 before those three as well, each with so many changed rows in every
    table; the last night before tonight has none.
    """
    landed = {name: len(found) for name, found in rows().items()}
    for date in range(1, 28):
        night = dt.date(2020, 3, date)
        extract_id = _extract(connection, night, f"night {date}", extract_id=date - 28)
        _manifest(connection, extract_id, landed)
        judged(connection, extract_id, "source", "passed")
    connection.execute(
        text(
            "update audit.manifest set rows_changed = "
            "case when as_known < '2020-03-30' then :changes else 0 end where as_known < '2020-03-31'"
        ),
        {"changes": changes},
    )


def land_facts_before(connection: Connection) -> None:
    """Land a fact of every day of March 2020 for the nights before tonight's alone: each had one of its own
    day, and tonight's newest are months old. Tables without days changed every night up to the 25th.
    """
    connection.execute(
        text(
            "update audit.manifest set rows_changed = 1 where table_name = any(:changed) "
            "and rows_changed = 0 and as_known <= '2020-03-25'"
        ),
        {"changed": list(CHANGED)},
    )
    for name, columns in HAPPENED.items():
        connection.execute(
            text(
                f"insert into landing.lcs__{name} (authority_code, {columns[0]}, row_hash, occurrence, "
                "known_from, known_to) select :authority, day::text, gen_random_uuid(), 1, -27, :tonight "
                "from generate_series(timestamp '2020-03-01', '2020-03-30', '1 day') as day"
            ),
            {"authority": AUTHORITY, "tonight": extract_of(connection).extract_id},
        )


def land_what_is_usual(connection: Connection) -> None:
    """The weeks before, with tonight a night like any other: its newest facts are of the day before."""
    land_weeks_before(connection, changes=1)
    connection.execute(text("update audit.manifest set rows_changed = 1 where as_known = '2020-03-30'"))
    land_facts_before(connection)
    for name, columns in HAPPENED.items():
        connection.execute(
            text(
                f"update landing.lcs__{name} set {columns[0]} = '2020-03-30 00:00:00' where ctid = "
                f"(select max(ctid) from landing.lcs__{name} where known_from = 1)"
            )
        )


def extract_of(connection: Connection) -> Extract:
    columns = "extract_id, authority_code, as_known, run_id, status, source_digest, dbt_invocation_id"
    row = connection.execute(
        text(f"select {columns} from audit.extract order by extract_id desc limit 1")
    ).one()
    return Extract(**row._mapping)


def insert(connection: Connection, each: Table, values: Iterable[tuple[str | None, ...]]) -> None:
    """Land rows of a source table, in the order of the catalogue's columns."""
    names = [column.name for column in each.columns]
    slots = ", ".join(f":{name}" for name in names)
    connection.execute(
        text(
            f"insert into landing.{each.landing} (authority_code, {', '.join(names)}, row_hash, "
            f"occurrence, known_from) "
            f"values ('{AUTHORITY}', {slots}, gen_random_uuid(), 1, 1)"
        ),
        [dict(zip(names, row, strict=True)) for row in values],
    )


def quarantine(connection: Connection, name: str, count: int) -> None:
    """Put so many rows of a source table into quarantine."""
    connection.execute(
        text(
            "insert into landing.quarantine (authority_code, table_name, record_key, column_name, "
            "reason, payload, "
            "row_hash, occurrence, known_from) select :authority, :name, n::text, 'x', 'unreadable', '{}', "
            "gen_random_uuid(), 1, 1 from generate_series(1, :count) as n"
        ),
        {"authority": AUTHORITY, "name": name, "count": count},
    )


def judged(connection: Connection, extract_id: int, gate: str, verdict: str) -> None:
    connection.execute(
        text(
            "insert into audit.validation (extract_id, authority_code, as_known, run_id, gate, verdict, "
            "expectations, "
            "passed, warned, stopped, started_at, finished_at) select extract_id, authority_code, "
            "as_known, run_id, "
            ":gate, :verdict, 1, 1, 0, 0, now(), now() from audit.extract where extract_id = :extract_id"
        ),
        {"extract_id": extract_id, "gate": gate, "verdict": verdict},
    )


def empty(connection: Connection) -> None:
    """Take every row away, as a copy that was not refreshed at all would."""
    for each in TABLES:
        connection.execute(text(f"delete from landing.{each.landing}"))
    connection.execute(
        text("update audit.manifest set rows_read = 0, rows_unchanged = 0 where as_known = :night"),
        {"night": AS_KNOWN},
    )


def _extract(connection: Connection, as_known: dt.date, run_id: str, extract_id: int | None = None) -> int:
    numbered = "default" if extract_id is None else f"{extract_id:d}"
    return int(
        connection.scalar(
            text(
                "insert into audit.extract (extract_id, authority_code, as_known, run_id, status) overriding "
                f"system value values ({numbered}, :authority, :as_known, :run_id, 'landed') "
                "returning extract_id"
            ),
            {"authority": AUTHORITY, "as_known": as_known, "run_id": run_id},
        )
        or 0
    )


def _manifest(connection: Connection, extract_id: int, counts: dict[str, int], changed: int = 0) -> None:
    connection.execute(
        text(
            "insert into audit.manifest (extract_id, authority_code, as_known, table_name, rows_read, "
            "rows_new, "
            "rows_changed, rows_vanished, rows_unchanged, rows_quarantined, bytes, seconds, content_digest) "
            "select extract_id, authority_code, as_known, :name, :rows, 0, :changed, 0, :rows - :changed, 0, "
            "1, 0.1, 'digest' from audit.extract where extract_id = :extract_id"
        ),
        [
            {"name": name, "rows": count, "changed": changed, "extract_id": extract_id}
            for name, count in counts.items()
        ],
    )
