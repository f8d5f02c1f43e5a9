"""Hashes of landed rows: what was hashed as it was read, the database makes again of what it holds."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from care_reviews.evidence import chain
from care_reviews.settings import PROJECT_ROOT
from care_reviews.source.catalog import table
from care_reviews.warehouse import deploy
from care_reviews.warehouse.landing_tables import content_columns
from tests.lcs import AUTHORITY, Lcs, a_night, query, run_night

NAME = "dim_worker"
LANDED = f"landing.lcs__{NAME}"
TEXTS = [
    "plain",
    "",
    " ",
    "\\N",
    "\\",
    "a\\",
    "tab\tin",
    "line\nend",
    "return\r",
    "\t\\N",
    "caf\u00e9 \u2019 \U0001f600",
    "\x01",
    None,
]


@pytest.fixture
def filled(source: Lcs) -> Lcs:
    """Every odd text in a column in the middle, at the end and in both, and rows that end in nulls."""
    for number, odd in enumerate(TEXTS):
        for place, odd_ones in enumerate(
            ({"job_title"}, {"full_time_equivalency"}, {"job_title", "full_time_equivalency"})
        ):
            row = {name: odd if name in odd_ones else None for name in ("job_title", "full_time_equivalency")}
            source.add(NAME, dim_worker_id=number * 3 + place, **row)
    return source


def recorded(engine: Engine, change: str) -> tuple[int, str]:
    """Rows and digest of the newest night, by its record."""
    with engine.connect() as connection:
        link = chain.find(connection, "landed")
    assert link is not None
    digest = link.record["inputs"][NAME][change]
    return digest["rows"], digest["sha256"]


def made_anew(engine: Engine, change: str) -> tuple[int, str]:
    """The same, by the content of the rows."""
    (row,) = query(
        engine,
        f"select rows, sha256 from audit.changes_of_{NAME}() where change = '{change}' "
        "order by extract_id desc limit 1",
    )
    return row["rows"], row["sha256"]


def test_whatever_the_text_the_database_makes_the_same_hash(
    filled: Lcs, pipeline: Engine, owner: Engine, tmp_path: Path
) -> None:
    run_night(filled, pipeline)
    assert recorded(pipeline, "opened")[0] == len(TEXTS) * 3
    assert made_anew(owner, "opened") == recorded(pipeline, "opened")
    page = (PROJECT_ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    (tmp_path / "page.py").write_text(page.split("```python\n")[1].split("```")[0], encoding="utf-8")
    with owner.connect() as connection:
        names = content_columns(connection, table(NAME))
    escapes = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
    rows = [
        ([row[name] and row[name].translate(escapes) for name in names], row["occurrence"])
        for row in query(owner, f"select * from {LANDED}")
    ]
    by_page = runpy.run_path(str(tmp_path / "page.py"))["digest_of_source"](rows)
    assert by_page == recorded(pipeline, "opened")[1]


@pytest.mark.parametrize(
    "change",
    [
        "staff_id = 'S2' where dim_worker_id = '1'",
        "staff_id = null where dim_worker_id = '1'",
        "occurrence = 2 where dim_worker_id = '1'",
        "row_hash = gen_random_uuid() where dim_worker_id = '1'",
        "job_title = full_time_equivalency, full_time_equivalency = job_title where dim_worker_id = '1'",
    ],
)
def test_a_changed_row_has_another_digest(filled: Lcs, pipeline: Engine, owner: Engine, change: str) -> None:
    run_night(filled, pipeline)
    with owner.begin() as connection:
        assert connection.execute(text(f"update {LANDED} as t set {change}")).rowcount == 1
    assert made_anew(owner, "opened") != recorded(pipeline, "opened")


def test_two_rows_that_changed_their_hashes_are_seen(filled: Lcs, pipeline: Engine, owner: Engine) -> None:
    """Each has a content and a hash that were there before."""
    run_night(filled, pipeline)
    with owner.begin() as connection:
        two = "dim_worker_id in ('1', '2')"
        swap = (
            f"select row_hash from {LANDED} as other where {two} and other.dim_worker_id <> t.dim_worker_id"
        )
        assert (
            connection.execute(text(f"update {LANDED} as t set row_hash = ({swap}) where {two}")).rowcount
            == 2
        )
    assert made_anew(owner, "opened") != recorded(pipeline, "opened")


def test_a_later_column_leaves_hashes_as_they_were(filled: Lcs, pipeline: Engine, owner: Engine) -> None:
    run_night(filled, pipeline, a_night(1))
    first = recorded(pipeline, "opened")
    with owner.begin() as connection:
        connection.execute(text(f"alter table {LANDED} add column later text"))
    assert f"function audit.changes_of_{NAME}() made" in deploy(owner, [AUTHORITY]).changes
    assert made_anew(owner, "opened") == first
    assert run_night(filled, pipeline, a_night(2))[NAME].rows_unchanged == first[0]
    filled.run("update {s}dim_worker set staff_id = 'S2' where dim_worker_id in (1, 2)")
    run_night(filled, pipeline, a_night(3))
    for change in ("opened", "closed"):
        assert made_anew(owner, change) == recorded(pipeline, change), change
        assert recorded(pipeline, change)[0] == 2
    with owner.begin() as connection:
        connection.execute(text(f"update {LANDED} set later = '' where known_to is not null"))
    assert made_anew(owner, "closed") != recorded(pipeline, "closed")
