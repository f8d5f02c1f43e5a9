"""Report packs: the files of each, held against the newest record of it."""

from __future__ import annotations

from pathlib import Path

from care_reviews.evidence.packs import PackPlace, digests, kept
from care_reviews.evidence.verify.found import Records, same


def check_packs(records: Records, reports: Path) -> tuple[int, int] | None:
    """Gives how many packs are as they were made, and how many are there that no record tells of; None where
    no reports are kept, as on another machine than that which makes them.
    """
    if not reports.is_dir():
        return None
    newest = {
        PackPlace(link.record["authority_code"], link.record["year"], link.record["publication_id"]): link
        for link in records.of("reported")
    }
    for place, link in newest.items():
        there, should = digests(place.folder(reports)), link.record["files"]
        for name in sorted(there.keys() | should.keys()):
            same(f"{place}, file {name}, by {link}", there.get(name), should.get(name))
    return len(newest), len(set(kept(reports)) - newest.keys())
