"""Chunks: rows that the source gives together, known by one hash: a night looks only into what changed.

A table is cut after rows whose key ends in certain digits, so that a row that comes, goes or moves touches
its own chunk and no other. `landing.chunk` holds the chunks of the newest landed picture. One that comes
again as it was says that its rows are in landing already; the rows of the others are read, and compared one
by one. Whatever the order in which the source gives its rows the outcome is the same: only the work differs.

A chunk is known by the values as the driver gave them, so that one that comes again is not even read. Where
a row of it is unreadable every night has to judge, and it is known by what the others say.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import lt

from care_reviews.landing.chunk_picture import Picture
from care_reviews.landing.sifting import Aside
from care_reviews.landing.tally import Tally, size_of, total_of
from care_reviews.source.batches import Reader, hashes_of
from care_reviews.source.catalog import Table
from care_reviews.source.fingerprints import Fingerprints
from care_reviews.source.reading import Row

COLUMNS = ("digest", "total", "bytes", "row_hashes")
# Three keys in a hundred: about 33 rows a chunk. A common last digit is looked at in half the time.
_LAST, _ENDS = "7", frozenset({"07", "37", "67"})


class Chunks:
    """Sifts the rows of one table: those of chunks that `picture` does not hold are to be staged."""

    def __init__(self, picture: Picture, entry: Table, reader: Reader, tally: Tally) -> None:
        self._picture = picture
        self.reader = reader
        self._tally = tally
        self._fingerprints = Fingerprints(reader)
        self._key = str(entry.key)
        self._place_of_key = entry.names.index(self._key)
        self._last_key: int | None = None
        self.are_distinct = not picture.is_known

    def sift(self, rows: Sequence[Row], aside: Aside) -> list[str]:
        """Count rows; gives those of new chunks as lines for COPY, each with its hash."""
        chunks: list[tuple[bytes | None, int]] = []
        unknown: list[Row] = []
        for chunk in self._cut(rows):
            digest = self._fingerprints.of_values(chunk)
            if known := self._picture.take(digest):
                self._tally.add(len(chunk), known.bytes, known.total)
            else:
                unknown += chunk
                chunks.append((digest, len(unknown)))
        return self._read(unknown, chunks, aside) if unknown else []

    def _cut(self, rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
        keys = [row[self._place_of_key] for row in rows]
        texts = keys if set(map(type, keys)) == {str} else map(str, keys)
        start = 0
        for end in [place for place, key in enumerate(texts, 1) if key[-1:] == _LAST and key[-2:] in _ENDS]:
            yield rows[start:end]
            start = end
        if start < len(rows):
            yield rows[start:]

    def _read(self, rows: list[Row], chunks: list[tuple[bytes | None, int]], aside: Aside) -> list[str]:
        """The same for rows that are not known by their values; `chunks` have their digest, and their end."""
        batch = self.reader.read(rows)
        self._tally.put_aside(batch.unreadable)
        aside.unreadable += batch.unreadable
        if self.are_distinct:
            self.are_distinct = self._rise(list(map(int, batch.columns[self._key])))  # type: ignore[arg-type]
        hashes, lines = list[str](), list[str]()
        wrong = [row.place for row in batch.unreadable]
        start = first = 0
        for digest, end in chunks:
            last = end - bisect_left(wrong, end)  # where the readable rows of the chunk end
            known = None
            if digest is None or last - first < end - start:
                digest = self._fingerprints.of_contents(batch.contents[first:last])
                known = self._picture.take(digest)
            if known:
                self._tally.add(last - first, known.bytes, known.total)
            elif first < last:
                hashes += self._note(digest, batch.contents[first:last], aside)
                lines += batch.lines[first:last]
            start, first = end, last
        return list(map("\t".join, zip(hashes, lines, strict=True)))

    def _note(self, digest: bytes, contents: list[bytes], aside: Aside) -> list[str]:
        """Count and note a new chunk; gives the hashes of its rows."""
        hashes = hashes_of(contents)
        row_hashes = "".join(hashes)
        total, size = total_of(row_hashes), size_of(contents)
        self._tally.add(len(contents), size, total)
        aside.chunks.append(f"\\\\x{digest.hex()}\t\\\\x{total:032x}\t{size}\t\\\\x{row_hashes}\n")
        return hashes

    def _rise(self, keys: list[int]) -> bool:
        """Whether keys rise from row to row, which shows that no two rows are alike."""
        before = self._last_key
        self._last_key = keys[-1] if keys else before
        is_above = before is None or not keys or keys[0] > before
        return is_above and all(map(lt, keys, islice(keys, 1, None)))
