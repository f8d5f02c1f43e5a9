"""Many nights of random change: every picture reads back as the source stood, whatever the order of its
rows.
"""

from __future__ import annotations

import random
from collections import Counter

import pytest
from sqlalchemy import Engine

from tests.lcs import Lcs, a_night, landed, run_night

Rows = Counter[tuple[int, str | None]]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_picture_reads_back(source: Lcs, pipeline: Engine, seed: int) -> None:
    chance = random.Random(seed)
    source.run("alter table {s}fact_casenotes drop constraint fact_casenotes_pkey")
    rows: list[tuple[int, str | None]] = [(key, "N") for key in range(1, 301)]
    known: dict[int, Rows] = {}
    for day in range(1, 9):
        _fill(source, rows)
        row = run_night(source, pipeline, a_night(day))["fact_casenotes"]
        before, now = known[max(known)] if known else Counter(), Counter(rows)
        assert row.rows_read == len(rows)
        assert row.rows_unchanged == (before & now).total()
        assert row.rows_new + row.rows_changed == (now - before).total()
        known[row.extract_id] = now
        for extract_id, picture in known.items():
            assert _landed(pipeline, extract_id) == picture
        rows = _changed(rows, chance)


def _changed(rows: list[tuple[int, str | None]], chance: random.Random) -> list[tuple[int, str | None]]:
    """Some rows go, change, come or come twice; now and then the order is another, or nothing stays."""
    changed = []
    for key, flag in rows:
        fate = chance.random()
        if fate < 0.03:
            continue
        changed.append((key, chance.choice(["Y", "N", None]) if fate < 0.06 else flag))
        if fate > 0.98:
            changed.append((key, flag))
    changed += [(chance.randrange(1, 2000), "Y") for _ in range(chance.randrange(5))]
    if chance.random() < 0.3:
        chance.shuffle(changed)
    return [] if chance.random() < 0.1 else changed


def _fill(source: Lcs, rows: list[tuple[int, str | None]]) -> None:
    source.run("delete from {s}fact_casenotes")
    source.run(
        "drop table if exists {s}given; create table {s}given (place serial, key bigint, flag varchar)"
    )
    if rows:
        values = ", ".join(f"({key}, {'null' if flag is None else repr(flag)})" for key, flag in rows)
        source.run(f"insert into {{s}}given (key, flag) values {values}")
    source.run(
        "insert into {s}fact_casenotes (fact_casenote_id, seen_flag)"
        " select key, flag from {s}given order by place"
    )


def _landed(pipeline: Engine, extract_id: int) -> Rows:
    rows = landed(pipeline, "fact_casenotes", at=extract_id)
    return Counter((int(row["fact_casenote_id"]), row["seen_flag"]) for row in rows)
