"""Open data: one publication as files for analysts and spreadsheets. See docs/open-data.md."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sqlalchemy import Engine

from care_reviews.open_data import files
from care_reviews.open_data.manifest import data_set_names, manifest
from care_reviews.open_data.picture import Picture, publication_of, read
from care_reviews.open_data.places import Place, place_of
from care_reviews.open_data.plain_text import csv_bytes
from care_reviews.open_data.tidy import tables
from care_reviews.open_data.workbook import workbook_bytes

MANIFEST, NAMES = "publication.json", "dataset_names.csv"


def export(
    engine: Engine,
    authority_code: str,
    home: Path,
    publication_id: int | None = None,
    as_known: dt.date | None = None,
) -> Path:
    """Write one publication of a council into a folder of its own under `home`; gives the folder.

    Without a publication or night it is the newest one that stands. The same publication gives the same
    bytes. Raises ExportRefusedError where readers see no such publication, ConfigurationError where the
    council's place is not configured.
    """
    place = place_of(authority_code)
    with files.reading(engine) as connection:
        picture = read(connection, publication_of(connection, authority_code, publication_id, as_known))
    folder = home / f"{authority_code.lower()}_publication-{picture.publication.publication_id}"
    files.write(folder, contents(picture, place))
    return folder


def contents(picture: Picture, place: Place) -> dict[str, bytes]:
    """The files of a publication by their names: data, descriptions, workbook, titles and manifest."""
    found = tables(picture, place)
    made: dict[str, bytes] = {}
    for table in found:
        made[f"{table.name}.csv"] = csv_bytes(table.rows)
        made[f"{table.name}.meta.csv"] = csv_bytes(table.meta)
    publication = picture.publication
    stem = f"care-reviews_{place.authority_code.lower()}_publication-{publication.publication_id}"
    made[f"{stem}.xlsx"] = workbook_bytes(picture, place)
    made[NAMES] = data_set_names(found)
    made[MANIFEST] = manifest(publication, place, found, made)
    return made
