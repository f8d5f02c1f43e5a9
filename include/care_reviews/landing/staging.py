"""Stage one extract, table by table, from an open snapshot of the source: each table is read once, in a
stream.
"""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, text

from care_reviews.landing import forms
from care_reviews.landing.chunk_picture import CHUNK, Picture
from care_reviews.landing.chunks import COLUMNS, Chunks
from care_reviews.landing.sifting import Aside, Everything
from care_reviews.landing.stage import ReadTable, Stage, landed_versions
from care_reviews.landing.tally import Tally
from care_reviews.source.batches import Reader
from care_reviews.source.catalog import FORM_READS, PLAIN_TABLES, Table, table
from care_reviews.source.contract import SourceTable
from care_reviews.source.dialects import is_typed
from care_reviews.source.reading import batches
from care_reviews.source.site_map import FormField
from care_reviews.source.statements import select_rows
from care_reviews.warehouse.landing_tables import content_columns


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
        tally, contents, reader = Tally(entry.name), self.stage.name(entry.name), self._reader(entry)
        if entry.key is None:
            self._stream(entry, contents, Everything(reader, tally))
            return self._note(tally)
        versions = landed_versions(self.stage.connection, self.stage.authority_code, entry)
        picture = Picture(self.stage, entry, versions)
        chunks = Chunks(picture, entry, reader, tally)
        chunk = self.stage.name(entry.name, CHUNK)
        self.stage.run(
            f"create unlogged table {chunk} (digest bytea, total bytea, bytes bigint, row_hashes bytea)"
        )
        self._stream(entry, contents, chunks)
        if picture.is_known:
            picture.find_difference(contents, into=self.stage.name(entry.name, "difference"))
        return self._note(tally, is_difference=picture.is_known, is_distinct=chunks.are_distinct)

    def _stage_forms(self) -> None:
        tallies = {}
        for entry in FORM_READS:
            tallies[entry.name] = Tally(entry.name)
            everything = Everything(self._reader(entry), tallies[entry.name])
            self._stream(entry, self.stage.name(entry.name, forms.RAW), everything)
        forms_digest = forms.identify(self.stage)
        for name in (forms.SUBJECTS, forms.FORMS):
            self._note(tallies[name], forms.shape(self.stage, table(name)))
        tally, entry = tallies[forms.ANSWERS], table(forms.ANSWERS)
        versions = landed_versions(self.stage.connection, self.stage.authority_code, entry)
        readable = tally.rows - tally.quarantined
        is_difference, is_distinct = forms.shape_answers(self.stage, entry, versions, readable)
        digest = hashlib.blake2s(f"{tally.hex_digest} {forms_digest}".encode(), digest_size=16).hexdigest()
        self._note(tally, digest, is_difference, is_distinct)

    def _stream(self, entry: Table, into: str, sifter: Everything | Chunks) -> None:
        """Read a table once: of its rows go to `into` those that the sifter gives."""
        reader = sifter.reader
        self.stage.make(into, [*reader.links, *reader.content])
        coming = batches(self.reading, select_rows(self.tables[entry.name], self.fields))
        is_over = False
        while not is_over:
            aside = Aside()
            with (
                self.stage.copy(into, ("row_hash", *reader.links, *reader.content)) as copy,
                writing_behind(copy) as write,
                no_garbage_collection(),
            ):
                is_over = True
                for rows in coming:
                    if lines := sifter.sift(rows, aside):
                        write("\n".join(lines) + "\n")
                    if aside.is_full:
                        is_over = False
                        break
            self.stage.put_aside(entry.name, aside.unreadable)
            if aside.chunks:
                with self.stage.copy(self.stage.name(entry.name, CHUNK), COLUMNS) as copy:
                    copy.write("".join(aside.chunks))

    def _reader(self, entry: Table) -> Reader:
        source = self.tables[entry.name]
        typed = frozenset(name for name, kind in source.types.items() if is_typed(self.reading, kind))
        landed = content_columns(self.stage.connection, entry) if entry in PLAIN_TABLES else ()
        return Reader(source.table.columns, self.as_known, typed, self.fields, landed)

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


@contextmanager
def writing_behind(copy: Any) -> Iterator[Callable[[str], None]]:
    """Writes to a COPY while the caller makes the next lines: one write is held at most."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        writes: list[Future[None]] = []

        def write(lines: str) -> None:
            if writes:
                writes.pop().result()
            writes.append(thread.submit(copy.write, lines))

        yield write
        if writes:
            writes.pop().result()


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
