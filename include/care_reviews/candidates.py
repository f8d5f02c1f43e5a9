"""Built marts as they are published: every identifier replaced by its pseudonym."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, text

from care_reviews import pseudonyms, versions
from care_reviews.evidence.digests import Digest, digest_of
from care_reviews.marts import Mart
from care_reviews.warehouse.catalogue import quote, run, without_nested_loops

AUTHORITY = "authority_code"


def candidate(schema: str, mart: Mart) -> str:
    """The relation that dbt built for a mart."""
    return f"{schema}.{mart.name}"


def make_pseudonyms(
    connection: Connection, schema: str, authority_code: str, marts: tuple[Mart, ...], key: bytes
) -> None:
    """Fill a temporary table, gone at commit, with the pseudonym of every identifier that the candidates
    hold.
    """
    run(
        connection,
        "create temporary table pseudonym (kind text, identifier text, pseudonym text not null, "
        "primary key (kind, identifier)) on commit drop",
    )
    places = [
        (kind, column, candidate(schema, mart)) for mart in marts for column, kind in mart.pseudonyms.items()
    ]
    driver = connection.connection.driver_connection
    for kind in sorted({kind for kind, _, _ in places}):
        union = " union ".join(
            f"select distinct {quote(column)}::text from {relation} where {quote(column)} is not null"
            for of_kind, column, relation in places
            if of_kind == kind
        )
        identifiers = connection.scalars(text(union)).all()
        with driver.cursor().copy("copy pg_temp.pseudonym from stdin") as copy:  # type: ignore[union-attr]
            for identifier in identifiers:
                name = pseudonyms.pseudonym(key, kind, authority_code, identifier)
                copy.write_row((kind, identifier, name))


def pseudonymised(schema: str, mart: Mart) -> str:
    """The candidate as a subquery with every identifier replaced. Joined, not computed: the key stays
    outside.
    """
    cells, joins = [], []
    for name in (column.name for column in mart.content):
        if name in mart.pseudonyms:
            alias = quote(f"pseudonym of {name}")
            joins.append(
                f"left join pg_temp.pseudonym as {alias} on {alias}.kind = '{mart.pseudonyms[name]}' "
                f"and {alias}.identifier = m.{quote(name)}::text"
            )
            cells.append(f"{alias}.pseudonym as {quote(name)}")
        else:
            cells.append(f"m.{quote(name)}")
    relation = candidate(schema, mart)
    return f"(select {', '.join(cells)} from {relation} as m {' '.join(joins)})"


@contextmanager
def staged(connection: Connection, schema: str, mart: Mart) -> Iterator[str]:
    """The mart as it is published, with each row's `row_hash`, as a temporary table of that name.

    A mart may be a view of views: it is asked once. `make_pseudonyms` must have run in this transaction.
    """
    names = [column.name for column in mart.content if column.name != AUTHORITY]
    with without_nested_loops(connection):
        versions.add_hashes(
            connection,
            relation=f"{pseudonymised(schema, mart)} as pseudonymised",
            columns=names,
            into="staged",
            beside=(AUTHORITY,),
        )
    yield "pg_temp.staged"
    run(connection, "drop table pg_temp.staged")


def digest(connection: Connection, relation: str, mart: Mart) -> Digest:
    """The digest of a mart, which `staged` made into `relation`."""
    return digest_of(connection, relation, {column.name: column.data_type for column in mart.content})
