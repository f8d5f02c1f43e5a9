"""What a set of exported files says of itself: `publication.json`, and the titles of its data sets."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence

from care_reviews.ledger import Publication
from care_reviews.open_data.places import Place
from care_reviews.open_data.plain_text import csv_bytes
from care_reviews.open_data.tidy import Table
from care_reviews.settings import get_settings

SYMBOLS = {
    "c": "suppressed: so few children that a figure could point at one, or would give such a figure away",
    "z": "not applicable: nothing to divide by, or not published for this category",
    "x": "not available: not known, or of a time before the council's records",
}


def facts(publication: Publication, place: Place) -> dict[str, object]:
    """What names a publication, in the order to show it in."""
    return {
        "authority_code": publication.authority_code,
        "la_name": place.la_name,
        "council": get_settings().name_of(publication.authority_code),
        "publication_id": publication.publication_id,
        "as_known": publication.as_known.isoformat(),
        "published_at": publication.published_at.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "code_version": publication.code_version,
    }


def manifest(
    publication: Publication, place: Place, tables: Sequence[Table], files: Mapping[str, bytes]
) -> bytes:
    """`publication.json`: the publication, the symbols, and of each file its bytes and digest; of a data file
    the periods that may still change as well. The same for the same files.
    """
    provisional = {f"{table.name}.csv": table.provisional for table in tables}
    said = {
        **facts(publication, place),
        "symbols": SYMBOLS,
        "files": [
            {
                "name": name,
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
            }
            | (
                {
                    "provisional": [
                        {"time_period": period, "time_identifier": identifier}
                        for period, identifier in provisional[name]
                    ]
                }
                if name in provisional
                else {}
            )
            for name, content in sorted(files.items())
        ],
    }
    return (json.dumps(said, indent=2, ensure_ascii=False) + "\n").encode()


def data_set_names(tables: Sequence[Table]) -> bytes:
    """The titles of the data files, as Explore Education Statistics takes them beside a bulk upload."""
    rows = [(table.name, table.title) for table in tables]
    return csv_bytes([("file_name", "dataset_name"), *rows])
