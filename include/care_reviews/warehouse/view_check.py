"""Whether readers' views of marts show what the histories hold: whoever owns them could put others in place.

A verifier may make no view to compare with, so what `mart_tables` makes stands here as PostgreSQL writes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import Connection, text

from care_reviews.marts import Mart
from care_reviews.warehouse.mart_tables import VIEWS, view_columns

_WRITTEN = (
    "select {cells} from ((select distinct on ({each}) publication_id, authority_code, as_known "
    "from published.publication where (withdrawn_at is null) order by {each}, publication_id desc) p "
    "join {history} h on (((h.authority_code = p.authority_code) and (h.known_from <= p.publication_id) "
    "and ((h.known_to is null) or (h.known_to > p.publication_id)))));"
)
# Names are written with their schemas where the search path finds none of them.
_NO_PATH = text("select set_config('search_path', :path, true)")
_THERE = text(
    "select c.relkind::text, c.relrowsecurity, c.relhasrules, pg_get_viewdef(c.oid) as written, "
    "coalesce(c.reloptions, '{}') as options from pg_class as c "
    "join pg_namespace as n on n.oid = c.relnamespace where n.nspname || '.' || c.relname = :name"
)


def differing_views(connection: Connection, marts: tuple[Mart, ...]) -> list[str]:
    """The views of these marts, and what they read, that are something else than this version makes. A view
    that is not there shows nothing.
    """
    path = connection.scalar(text("show search_path"))
    connection.execute(_NO_PATH, {"path": "pg_catalog"})
    found = [*_tables(connection, marts), *_views(connection, marts)]
    connection.execute(_NO_PATH, {"path": path})
    return found


def _tables(connection: Connection, marts: tuple[Mart, ...]) -> Iterator[str]:
    """The ledger and the histories are tables, which show every reader the same."""
    for name in ("published.publication", *(mart.history for mart in marts)):
        there = connection.execute(_THERE, {"name": name}).one_or_none()
        if there and (there.relkind, there.relrowsecurity, there.relhasrules) != ("r", False, False):
            yield name


def _views(connection: Connection, marts: tuple[Mart, ...]) -> Iterator[str]:
    for mart in marts:
        for suffix, each in VIEWS.items():
            there = connection.execute(_THERE, {"name": mart.view + suffix}).one_or_none()
            made = _WRITTEN.format(cells=", ".join(view_columns(mart)), each=each, history=mart.history)
            if there and (_plain(there.written or ""), there.options) != (
                _plain(made),
                ["security_barrier=true"],
            ):
                yield mart.view + suffix


def _plain(written: str) -> str:
    """Servers differ in blanks, quotes, capitals of key words, and whether a single table's name is said."""
    words = re.sub(r"\s+", " ", written.replace('"', "").lower()).replace("( ", "(").strip()
    return re.sub(r"(?<![\w.])publication\.", "", words)
