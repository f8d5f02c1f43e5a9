"""What PostgreSQL opens to everybody and a warehouse has to close.

Else readers hold up a night, fill the disk, or count the rows of tables that they may not read, where a row
is a child, an alert or a review. All of it belongs to the superuser, who alone can close it: an owner who is
none is told.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

from care_reviews.connections import role_name
from care_reviews.warehouse.catalogue import quote, run

OWNER, MONITORS = "pg_database_owner", "pg_monitor"
# How large tables are, by the page and by the row, as a vacuum or the last analysis left it.
COUNTING_COLUMNS = ("relpages", "reltuples", "relallvisible", "relallfrozen")
COUNTERS = ("pipeline", "analyst")


@dataclass(frozen=True)
class Closed:
    """Functions of pg_catalog (`which`: a condition on pg_proc), the warehouse's roles that keep them, the
    server's that do, and what readers could do with them.
    """

    which: str
    kept_by: tuple[str, ...]
    kept_in_server_by: tuple[str, ...]
    danger: str


CLOSED = (
    Closed(
        "proname ~ '^pg_(try_)?advisory_'",
        ("pipeline",),
        (OWNER,),
        "take the lock that keeps runs apart, and hold up a night",
    ),
    # No table's grant says no to what these write.
    Closed(
        "proname in ('lo_creat', 'lo_create', 'lo_from_bytea', 'lo_import', 'pg_logical_emit_message')",
        (),
        (),
        "write large objects and messages, and fill the disk",
    ),
    Closed(
        "(proname ~ '^pg_stat_get_' and proargtypes[0] = 'oid'::regtype or proname in "
        "('pg_relation_size', 'pg_table_size', 'pg_indexes_size', 'pg_total_relation_size'))",
        COUNTERS,
        (OWNER, MONITORS),
        "count the rows of tables that they may not read",
    ),
)

_FUNCTIONS = (
    "select oid::regprocedure::text from pg_proc where pronamespace = 'pg_catalog'::regnamespace "
    "and {which} and pg_has_role(proowner, 'usage') order by 1"
)
_IS_OPEN = (
    "select exists (select from pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner))) as a "
    "where pronamespace = 'pg_catalog'::regnamespace and {which} and a.grantee = 0)"
)
_CLASS = "'pg_catalog.pg_class'::regclass"
_OWNS_CLASS = f"select pg_has_role(relowner, 'usage') from pg_class where oid = {_CLASS}"
_OTHER_COLUMNS = (
    f"select attname from pg_attribute where attrelid = {_CLASS} and attnum > 0 and not attisdropped "
    "and attname <> all(:counting) order by attnum"
)


def close(connection: Connection, everybody: str) -> None:
    """Take away what readers must not have, as far as this login can. `everybody`: the roles, as SQL."""
    for closed in CLOSED:
        functions = ", ".join(connection.scalars(text(_FUNCTIONS.format(which=closed.which))))
        if not functions:
            continue
        run(connection, f"revoke execute on function {functions} from {everybody}")
        if keepers := _roles(closed.kept_by, closed.kept_in_server_by):
            run(connection, f"grant execute on function {functions} to {keepers}")
    if connection.scalar(text(_OWNS_CLASS)):
        names = connection.scalars(text(_OTHER_COLUMNS), {"counting": [*COUNTING_COLUMNS]}).all()
        columns = ", ".join(map(quote, names))
        run(connection, f"revoke select on pg_catalog.pg_class from {everybody}")
        run(connection, f"grant select ({columns}) on pg_catalog.pg_class to public")
        keepers = _roles(COUNTERS, (OWNER, MONITORS))
        run(connection, f"grant select on pg_catalog.pg_class to {keepers}")


def left_open(connection: Connection) -> list[str]:
    """What readers could do, as one warning with what a superuser has to do; nothing when all is closed."""
    dangers = [
        closed.danger for closed in CLOSED if connection.scalar(text(_IS_OPEN.format(which=closed.which)))
    ]
    remedy = "have a superuser run `care-reviews deploy --warehouse-url …` once, now that nothing else has to"
    return [f"readers may {', or '.join(dangers)}: {remedy} change"] if dangers else []


def _roles(of_warehouse: tuple[str, ...], of_server: tuple[str, ...]) -> str:
    return ", ".join([*(quote(role_name(role)) for role in of_warehouse), *of_server])
