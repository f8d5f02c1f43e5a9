"""Stage one extract, table by table, from an open snapshot of the source: each table is read once, in a
stream.
"""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Select, text

from care_reviews.landing import forms
from care_reviews.landing.chunks import CHUNK, COLUMNS, Chunks
from care_reviews.landing.stage import ReadTable, Stage, landed_versions
from care_reviews.landing.tally import Tally, total_of
from care_reviews.source.batches import Batch, Reader, Unreadable, cells_of, hashes_of
from care_reviews.source.catalog import FORM_READS, PLAIN_TABLES, Table, table
from care_reviews.source.contract import SourceTable
from care_reviews.source.dialects import is_typed
from care_reviews.source.reading import batches
from care_reviews.source.site_map import FormField
from care_reviews.source.statements import select_rows

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


class Staging:
    """The work of one extract, in the caller's transaction in the warehouse."""

    def __init__(
        self,
        reading: Connection,
        stage: Stage,
        tables: Mapping[str, SourceTable],
        fields: Sequence[FormField],
        as_known: dt.date,
        extract_id: int,
    ) -> None:
        self.reading = reading
        self.stage = stage
        self.tables = tables
        self.fields = fields
        self.as_known = as_known
        self.extract_id = extract_id

    def stage_all(self) -> None:
        """Stage every table of the catalogue."""
        self.stage.connection.execute(text("set local work_mem = '128MB'"))
        for entry in PLAIN_TABLES:
            self._stage_plain(entry)
        self._stage_forms()

    def _stage_plain(self, entry: Table) -> None:
        tally, contents = Tally(entry.name), self.stage.name(entry.name)
        if entry.key is None:
            self._stream(entry, contents, tally)
            return self._note(tally)
        versions = landed_versions(self.stage.connection, self.stage.authority_code, entry)
        chunks = Chunks(self.stage, entry, versions)
        self._stream(entry, contents, tally, chunks)
        if chunks.are_known:
            chunks.find_difference(contents, into=self.stage.name(entry.name, "difference"))
        return self._note(tally, is_difference=chunks.are_known, is_distinct=chunks.are_distinct)

    def _stage_forms(self) -> None:
        tallies = {}
        for entry in FORM_READS:
            tallies[entry.name] = Tally(entry.name)
            self._stream(entry, self.stage.name(entry.name, forms.RAW), tallies[entry.name])
        forms_digest = forms.identify(self.stage)
        for name in (forms.SUBJECTS, forms.FORMS):
            self._note(tallies[name], forms.shape(self.stage, table(name)))
        tally, entry = tallies[forms.ANSWERS], table(forms.ANSWERS)
        versions = landed_versions(self.stage.connection, self.stage.authority_code, entry)
        readable = tally.rows - tally.quarantined
        is_difference, is_distinct = forms.shape_answers(
            self.stage, entry, versions, readable, self.extract_id
        )
        digest = hashlib.blake2s(f"{tally.hex_digest} {forms_digest}".encode(), digest_size=16).hexdigest()
        self._note(tally, digest, is_difference, is_distinct)

    def _stream(self, entry: Table, into: str, tally: Tally, chunks: Chunks | None = None) -> None:
        """Read a table once: its readable rows go to `into` (with `chunks`, those that are not known from
        there).
        """
        source = self.tables[entry.name]
        reader = self._reader(source)
        links = [name for name in source.table.names if name not in reader.content]
        chunk = self.stage.name(entry.name, CHUNK)
        self.stage.make(into, source.table.names)
        if chunks:
            self.stage.run(f"create unlogged table {chunk} (digest bytea, total bytea, row_hashes bytea)")
        coming = self._batches(reader, select_rows(source, self.fields))
        is_over = False
        while not is_over:
            aside = Aside()
            with (
                self.stage.copy(into, ("row_hash", *links, *reader.content)) as copy,
                no_garbage_collection(),
            ):
                is_over = True
                for batch in coming:
                    aside.unreadable += batch.unreadable
                    columns = (
                        _new_rows(batch, entry, tally, chunks, aside)
                        if chunks
                        else _all_rows(batch, links, tally)
                    )
                    if columns[0]:
                        copy.write("\n".join(map("\t".join, zip(*columns, strict=True))) + "\n")
                    if aside.is_full:
                        is_over = False
                        break
            self.stage.put_aside(entry.name, aside.unreadable)
            if chunks:
                with self.stage.copy(chunk, COLUMNS) as copy:
                    copy.write("".join(aside.chunks))

    def _batches(self, reader: Reader, rows: Select[Any]) -> Iterator[Batch]:
        for batch in batches(self.reading, rows):
            yield reader.read(batch)

    def _reader(self, source: SourceTable) -> Reader:
        typed = frozenset(name for name, kind in source.types.items() if is_typed(self.reading, kind))
        return Reader(source.table.columns, self.as_known, typed, self.fields)

    def _note(
        self,
        tally: Tally,
        digest: str | None = None,
        is_difference: bool = False,
        is_distinct: bool = False,
    ) -> None:
        tally.tell_end()
        self.stage.note(
            ReadTable(
                extract_id=self.extract_id,
                table_name=tally.table_name,
                rows_read=tally.rows,
                rows_quarantined=tally.quarantined,
                bytes=tally.bytes,
                seconds=round(tally.seconds, 3),
                content_digest=digest or tally.hex_digest,
                is_difference=is_difference,
                is_distinct=is_distinct,
            )
        )


def _all_rows(batch: Batch, links: Sequence[str], tally: Tally) -> list[list[str]]:
    """Every readable row of a batch as columns of cells: hash, links, content."""
    hashes = hashes_of(batch.content) if batch.lines else []
    tally.add(batch, total_of(hashes))
    return [list(map(bytes.hex, hashes)), *(cells_of(batch.columns[name]) for name in links), batch.lines]


def _new_rows(batch: Batch, entry: Table, tally: Tally, chunks: Chunks, aside: Aside) -> list[list[str]]:
    """The rows of the batch's chunks that are not known, likewise."""
    total, hashes, lines = 0, list[str](), list[str]()
    for part in chunks.parts(batch, batch.columns[str(entry.key)]):
        total += part.total
        if part.hashes is not None:
            hashes += map(bytes.hex, part.hashes)
            lines += batch.lines[part.start : part.end]
            aside.chunks.append(part.line())
    tally.add(batch, total)
    return [hashes, lines]


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    """Millions of rows come and go without a cycle among them: looking for one would take a third of the
    time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
