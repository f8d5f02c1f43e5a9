"""Which rows of a mart differ from those of a publication: their keys, never their values."""

from __future__ import annotations

from sqlalchemy import Connection

from care_reviews.marts import Mart
from care_reviews.versions import row_hash
from care_reviews.warehouse.catalogue import literal, quote

SHOWN = 5


def differing_keys(
    connection: Connection, mart: Mart, relation: str, authority_code: str, publication_id: int
) -> tuple[str, ...]:
    """The keys of the first rows that `relation` and the publication do not share, as texts, in their order.

    `relation`: a relation with the mart's content.
    """
    cells = ", ".join(f"{quote(column.name)}::{column.data_type}" for column in mart.content)
    names = [column.name for column in mart.content]
    key = ", ".join(f"coalesce({quote(column)}::text, '')" for column in mart.key if column in names)
    history = (
        f"select * from {mart.history} where authority_code = {literal(authority_code)} "
        f"and known_from <= {publication_id:d} and (known_to is null or known_to > {publication_id:d})"
    )
    one = f"select concat_ws(', ', {key}) as key, {row_hash(names)} as hash from"
    then, now = f"{one} ({history}) as h", f"{one} (select {cells} from {relation} as r) as r"
    query = (
        f"select distinct key from (({then} except all {now}) union all ({now} except all {then})) as d "
        f"order by key limit {SHOWN}"
    )
    rows = connection.exec_driver_sql(query, execution_options={"no_parameters": True})
    return tuple(rows.scalars())
