"""Rows of landing tables whose hash was made as they were read: digests need not go through their content.

`row_hash` is the first half of the SHA-256 of a row's content, as `source/batches.py` made it of what the
source gave. When a night lands its digests are made of these hashes. Whoever verifies makes them anew from
the content: a row that is not what its hash says is given both, and breaks the digest.
"""

from __future__ import annotations

from collections.abc import Sequence

from care_reviews.evidence.digests import escape, has_escapes, sha256
from care_reviews.warehouse.catalogue import quote

# What a digest is made of, 20 bytes a row.
LANDED = "uuid_send(row_hash) || int4send(occurrence)"
VERIFIED = (
    "made || case when made = uuid_send(row_hash) then ''::bytea else uuid_send(row_hash) end "
    "|| int4send(occurrence)"
)


def made(content: Sequence[str]) -> str:
    """The SQL of the hash that a row should have, 16 bytes. `content`: its columns in the table's order."""
    words = f"case when {has_escapes(content)} then {_line(content, True)} else {_line(content, False)} end"
    return f"substring({sha256(words)} for 16)"


def _line(content: Sequence[str], escaped: bool) -> str:
    """A row as COPY writes it, without the nulls at its end."""
    names = [*map(quote, content)]
    return f"concat_ws(chr(9), {', '.join(_cell(names, place, escaped) for place in range(len(names)))})"


def _cell(names: Sequence[str], place: int, escaped: bool) -> str:
    """A value of the line; null where nothing stands behind it either, so that it is left out."""
    cell = escape(names[place]) if escaped else names[place]
    if place == 0:
        return f"coalesce({cell}, '\\N')"
    if behind := ", ".join(names[place + 1 :]):
        return f"coalesce({cell}, case when coalesce({behind}) is not null then '\\N' end)"
    return cell
