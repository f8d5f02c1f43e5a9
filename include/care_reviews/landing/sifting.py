"""What of a batch of rows is staged, for tables that are staged whole; `chunks.py` has those that are not."""

from __future__ import annotations

from collections.abc import Sequence

from care_reviews.landing.tally import Tally, size_of, total_of
from care_reviews.source.batches import Reader, Unreadable, cells_of, hashes_of
from care_reviews.source.reading import Row

ASIDE_AT_ONCE = 2000


class Aside:
    """What a stream finds besides its rows, until it can be written: a connection copies into one table at
    a time.
    """

    def __init__(self) -> None:
        self.unreadable: list[Unreadable] = []
        self.chunks: list[str] = []

    @property
    def is_full(self) -> bool:
        return len(self.unreadable) > ASIDE_AT_ONCE or len(self.chunks) > ASIDE_AT_ONCE


class Everything:
    """Sifts the rows of one table: every readable one is to be staged."""

    def __init__(self, reader: Reader, tally: Tally) -> None:
        self.reader = reader
        self._tally = tally

    def sift(self, rows: Sequence[Row], aside: Aside) -> list[str]:
        """Count rows; gives them as lines for COPY: hash, links, content."""
        batch = self.reader.read(rows)
        self._tally.put_aside(batch.unreadable)
        aside.unreadable += batch.unreadable
        hashes = hashes_of(batch.contents)
        self._tally.add(len(batch), size_of(batch.contents), total_of("".join(hashes)))
        links = [cells_of(batch.columns[name]) for name in self.reader.links]
        return list(map("\t".join, zip(hashes, *links, batch.lines, strict=True)))
