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
    cells = [f"coalesce({escape(quote(name)) if escaped else quote(name)}, '\\N')" for name in content]
    line = f"concat_ws(chr(9), {', '.join(cells)})"
    shorter = f"regexp_replace({line}, '(\\t\\\\N)+$', '')"
    return f"case when {quote(content[-1])} is null then {shorter} else {line} end"
