"""Counts of one table while it streams, and signs of life for a long read."""

from __future__ import annotations

import hashlib
import logging
import struct
import time
from collections.abc import Sequence

from care_reviews.source.batches import Unreadable

log = logging.getLogger(__name__)

SECONDS_BETWEEN_SIGNS = 10.0


class Tally:
    """Rows read, rows put aside, bytes, seconds, and a digest that does not depend on the order of the
    rows.
    """

    def __init__(self, table_name: str) -> None:
        self.table_name = table_name
        self._started = self._told = time.monotonic()
        self.rows = self.quarantined = self.bytes = self._digest = 0
        self.seconds = 0.0

    def add(self, rows: int, size: int, total: int) -> None:
        """Count readable rows, `size` bytes in all; `total` is the sum of their hashes."""
        self.rows += rows
        self.bytes += size
        self._digest += total
        self.seconds = time.monotonic() - self._started
        if time.monotonic() - self._told > SECONDS_BETWEEN_SIGNS:
            self._told = time.monotonic()
            log.info("reading %s: %d rows so far (%.0f s)", self.table_name, self.rows, self.seconds)

    def put_aside(self, rows: Sequence[Unreadable]) -> None:
        """Count rows that cannot be read."""
        self.quarantined += len(rows)
        words = [f"{row.column} {row.reason} {row.payload}" for row in rows]
        self.add(len(rows), sum(len(row.payload) for row in rows), sum(map(_number, words)))

    def tell_end(self) -> None:
        """Log what was read in all."""
        log.info("read %s: %d rows (%.1f s)", self.table_name, self.rows, self.seconds)

    @property
    def hex_digest(self) -> str:
        """The digest of all that was counted, 32 hexadecimal digits."""
        return f"{self._digest % 2**128:032x}"


def total_of(hashes: str) -> int:
    """The sum of row hashes, which does not depend on their order. `hashes`: 32 hexadecimal digits each."""
    halves = struct.unpack(f">{len(hashes) // 16}Q", bytes.fromhex(hashes))
    return ((sum(halves[::2]) << 64) + sum(halves[1::2])) % 2**128


def size_of(contents: Sequence[bytes]) -> int:
    """The bytes of rows, with their ends."""
    return sum(map(len, contents)) + len(contents)


def _number(words: str) -> int:
    return int.from_bytes(hashlib.blake2s(words.encode(), digest_size=16).digest(), "big")
