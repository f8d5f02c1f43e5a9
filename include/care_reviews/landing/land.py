"""Bring a staged extract into the row versions of `landing`, all tables in one transaction."""

from __future__ import annotations

import logging
import time
from typing import Any

from sqlalchemy import Connection, Engine, text

from care_reviews.errors import NightRefusedError
from care_reviews.evidence import records
from care_reviews.evidence.head_file import write_heads
from care_reviews.landing import manifest
from care_reviews.landing.chunk_picture import PLACES, land_chunks
from care_reviews.landing.manifest import ManifestRow
from care_reviews.landing.stage import ReadTable, Stage, landed_versions
from care_reviews.lock import Extract, authority_lock, current_extract
from care_reviews.night import Night
from care_reviews.settings import Settings
from care_reviews.source.catalog import PLAIN_TABLES, TABLES, Table
from care_reviews.versions import Versions, row_hash

log = logging.getLogger(__name__)

CHUNKED = frozenset(table.name for table in PLAIN_TABLES if table.key)
QUARANTINE = ("table_name", "record_key", "column_name", "reason", "payload")


def land(night: Night, warehouse: Engine, settings: Settings) -> list[ManifestRow]:
    """Land what `extract` staged for this night, and give its manifest, a row for each source table.

    An extract that is landed already is left as it is. Raises NightRefusedError when nothing whole is
    staged or another run has taken over, WarehouseBusyError when another run is at work.
    """
    with (
        warehouse.connect() as connection,
        authority_lock(connection, night.authority_code),
        connection.begin(),
    ):
        extract = current_extract(connection, night)
        if extract.status == "landed":
            return manifest.read(connection, extract.extract_id)
        stage = Stage(connection, night.authority_code)
        notes = stage.notes()
        if extract.status != "extracted" or any(_is_missing(notes, table, extract) for table in TABLES):
            raise NightRefusedError(
                f"the extract of {night.as_known} is not staged whole: run extract again, then land"
            )
        connection.execute(text("set local work_mem = '128MB'"))
        rows = [_land_table(stage, extract, table, notes[table.name]) for table in TABLES]
        _land_quarantine(stage, extract)
        manifest.write(connection, rows)
        digest = manifest.source_digest(rows)
        _mark_landed(connection, extract, digest)
        stage.clear()
        records.landed(connection, extract, digest)
    write_heads(warehouse)
    return rows


def _is_missing(notes: dict[str, ReadTable], table: Table, extract: Extract) -> bool:
    return table.name not in notes or notes[table.name].extract_id != extract.extract_id


def _land_table(stage: Stage, extract: Extract, table: Table, note: ReadTable) -> ManifestRow:
    started = time.monotonic()
    versions = landed_versions(stage.connection, extract.authority_code, table)
    readable = note.rows_read - note.rows_quarantined
    gone = stage.name(table.name, "closed")
    if note.is_difference:
        new, closed, arrived = _apply(stage, extract, table, versions, gone)
    else:
        merged = versions.merge(stage.name(table.name), extract.extract_id, note.is_distinct, closed=gone)
        new, closed = merged.new, merged.closed
        if merged.new + merged.unchanged != readable:
            raise NightRefusedError(f"staged rows of {table.name} are gone: run extract again, then land")
        mine = "authority_code = :where_authority_code"
        arrived = f"{versions.target} where known_from = {extract.extract_id} and {mine}"
    if table.name in CHUNKED:
        land_chunks(stage, table, note.is_difference)
    changed, vanished = 0, 0
    if closed:
        changed, vanished = manifest.changed_and_vanished(
            versions, table.identity, arrived, gone, stage.name("quarantine"), table.name
        )
    seconds = time.monotonic() - started
    log.info("landed %s: %d rows new, %d closed (%.1f s)", table.name, new, closed, seconds)
    return ManifestRow(
        extract_id=extract.extract_id,
        authority_code=extract.authority_code,
        as_known=extract.as_known,
        table_name=table.name,
        rows_read=note.rows_read,
        rows_new=new - changed,
        rows_changed=changed,
        rows_vanished=vanished,
        rows_unchanged=readable - new,
        rows_quarantined=note.rows_quarantined,
        bytes=note.bytes,
        seconds=round(float(note.seconds) + seconds, 3),
        content_digest=note.content_digest,
    )


def _apply(
    stage: Stage, extract: Extract, table: Table, versions: Versions, gone: str
) -> tuple[int, int, str]:
    """Land a difference: how many rows were opened and closed, and the relation of those opened."""
    staged, difference = stage.name(table.name), stage.name(table.name, "difference")
    new, closed = versions.apply(
        difference,
        staged,
        extract.extract_id,
        places=stage.name(table.name, PLACES) if table.name in CHUNKED else None,
        closed=gone,
    )
    to_close = f"select coalesce(sum(was - is_now), 0) from {difference} where was > is_now"
    if closed != stage.connection.scalar(text(to_close)):
        raise NightRefusedError(
            f"landed rows of {table.name} are not where extract found them: run extract again, then land"
        )
    return new, closed, f"{staged} where row_hash in (select row_hash from {difference} where is_now > was)"


def _land_quarantine(stage: Stage, extract: Extract) -> None:
    stage.run(
        "create temporary table put_aside on commit drop as select *, "
        f"{row_hash(QUARANTINE)} as row_hash from {stage.name('quarantine')}"
    )
    where: dict[str, Any] = {"authority_code": extract.authority_code}
    Versions(stage.connection, "landing.quarantine", QUARANTINE, where).merge("put_aside", extract.extract_id)


def _mark_landed(connection: Connection, extract: Extract, digest: str) -> None:
    connection.execute(
        text(
            "update audit.extract"
            " set status = 'landed', landed_at = clock_timestamp(), source_digest = :digest"
            " where extract_id = :extract_id"
        ),
        {"digest": digest, "extract_id": extract.extract_id},
    )
