"""Row versions against a naive model: every picture reads back, and storage follows what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text

from care_reviews import versions

COLUMNS = ("name", "amount")
Picture = list[tuple[str | None, int | None]]

rows = st.tuples(st.sampled_from(["a", "b", "NULL", "", None]), st.sampled_from([0, 1, None]))
pictures = st.lists(rows, max_size=8)
# Each step merges a picture for one of two councils.
steps = st.lists(st.tuples(st.sampled_from(["E1", "W2"]), pictures), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def connection(server) -> Iterator[Connection]:
    from care_reviews import connections

    engine: Engine = connections.make_engine(server.new_database())
    with engine.connect() as connection:
        connection.execute(
            text(
                "create table history (authority_code text, name text, amount integer, row_hash uuid,"
                " occurrence integer, known_from bigint, known_to bigint)"
            )
        )
        connection.commit()
        yield connection
    engine.dispose()


def bring(connection: Connection, authority: str, picture: Picture, new_id: int) -> versions.Merge:
    with connection.begin():
        connection.execute(text("create temporary table raw (name text, amount integer) on commit drop"))
        for name, amount in picture:
            connection.execute(
                text("insert into raw values (:name, :amount)"), {"name": name, "amount": amount}
            )
        versions.add_hashes(connection, relation="raw", columns=COLUMNS, into="staged")
        return versions.merge(
            connection,
            target="history",
            staged="staged",
            columns=COLUMNS,
            where={"authority_code": authority},
            new_id=new_id,
        )


def picture_at(connection: Connection, authority: str, number: int) -> Counter[tuple[str | None, int | None]]:
    with connection.begin():
        found = connection.execute(
            text(
                "select name, amount from history where authority_code = :authority"
                " and known_from <= :number and (known_to is null or known_to > :number)"
            ),
            {"authority": authority, "number": number},
        )
        return Counter((row.name, row.amount) for row in found)


def stored(connection: Connection, authority: str) -> list[tuple]:
    with connection.begin():
        found = connection.execute(
            text(
                "select row_hash, occurrence, known_from, known_to from history"
                " where authority_code = :authority order by 1, 2, 3"
            ),
            {"authority": authority},
        )
        return [tuple(row) for row in found]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_every_picture_reads_back(connection: Connection, steps) -> None:
    with connection.begin():
        connection.execute(text("truncate history"))
    model: dict[str, dict[int, Counter]] = {"E1": {}, "W2": {}}
    for new_id, (authority, picture) in enumerate(steps, 1):
        other = "W2" if authority == "E1" else "E1"
        untouched = stored(connection, other)
        before = model[authority][max(model[authority])] if model[authority] else Counter()
        done = bring(connection, authority, picture, new_id)
        now = Counter(picture)
        assert done == versions.Merge(
            new=(now - before).total(), closed=(before - now).total(), unchanged=(now & before).total()
        )
        model[authority][new_id] = now
        assert stored(connection, other) == untouched
        for number in model[authority]:
            assert picture_at(connection, authority, number) == model[authority][number]
        # One row for each time that a content came: nothing for what stays.
        came = 0
        last: Counter[str] = Counter()
        for number in sorted(model[authority]):
            came += (model[authority][number] - last).total()
            last = model[authority][number]
        assert len(stored(connection, authority)) == came


def test_the_same_picture_again_changes_nothing(connection: Connection) -> None:
    with connection.begin():
        connection.execute(text("truncate history"))
    bring(connection, "E1", [("a", 1), ("a", 1), ("b", None)], 1)
    bring(connection, "E1", [("a", 1), ("b", 0)], 2)
    first = stored(connection, "E1")
    assert bring(connection, "E1", [("b", 0), ("a", 1)], 3) == versions.Merge(new=0, closed=0, unchanged=2)
    assert stored(connection, "E1") == first


def test_a_null_is_not_the_word(connection: Connection) -> None:
    with connection.begin():
        connection.execute(text("truncate history"))
    bring(connection, "E1", [(None, None)], 1)
    assert bring(connection, "E1", [("NULL", None)], 2) == versions.Merge(new=1, closed=1, unchanged=0)
