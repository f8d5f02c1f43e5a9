"""Counts of one table while it streams, and signs of life for a long read."""

from __future__ import annotations

import hashlib
import logging
import time

from care_reviews.source.batches import Batch

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

    def add(self, batch: Batch, total: int) -> None:
        """Count a batch; `total` is the sum of the hashes of its readable rows."""
        self.rows += len(batch) + len(batch.unreadable)
        self.quarantined += len(batch.unreadable)
        self.bytes += len(batch.content) + sum(len(row.payload) for row in batch.unreadable)
        self._digest += total + sum(
            _number(f"{row.column} {row.reason} {row.payload}") for row in batch.unreadable
        )
        self.seconds = time.monotonic() - self._started
        if time.monotonic() - self._told > SECONDS_BETWEEN_SIGNS:
            self._told = time.monotonic()
            log.info("reading %s: %d rows so far (%.0f s)", self.table_name, self.rows, self.seconds)

    def tell_end(self) -> None:
        """Log what was read in all."""
        log.info("read %s: %d rows (%.1f s)", self.table_name, self.rows, self.seconds)

    @property
    def hex_digest(self) -> str:
        """The digest of all that was counted, 32 hexadecimal digits."""
        return f"{self._digest % 2**128:032x}"


def total_of(hashes: list[bytes]) -> int:
    """The sum of row hashes, which does not depend on their order."""
    return sum(int.from_bytes(row_hash, "big") for row_hash in hashes) % 2**128


def _number(words: str) -> int:
    return int.from_bytes(hashlib.blake2s(words.encode(), digest_size=16).digest(), "big")
