"""Views for readers: made again only when they differ, and closed to what a reader's function could see."""

from __future__ import annotations

from sqlalchemy import Connection, text

from care_reviews.warehouse.catalogue import describe, run


def deploy_view(connection: Connection, name: str, definition: str, words: dict[str | None, str]) -> bool:
    """Make the view again when it is not as it should be; says whether it, or its words, changed.

    `words`: what is said of each column, and of the view (None).
    """
    run(connection, f"create temporary view expected_view with (security_barrier) as {definition}")
    same = connection.scalar(
        text(
            "select count(*) = 1 from pg_class a, pg_class b where a.oid = to_regclass(:name) "
            "and b.oid = to_regclass('pg_temp.expected_view') and a.reloptions = b.reloptions "
            "and pg_get_viewdef(a.oid) = pg_get_viewdef(b.oid)"
        ),
        {"name": name},
    )
    run(connection, "drop view pg_temp.expected_view")
    if not same:
        run(connection, f"drop view if exists {name}")
        run(connection, f"create view {name} with (security_barrier) as {definition}")
    return describe(connection, "view", name, words) or not same
