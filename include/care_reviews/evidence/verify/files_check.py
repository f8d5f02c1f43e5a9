"""Editions of reports and pages of the site, kept as files and held against the newest record of each."""

from __future__ import annotations

from pathlib import Path

from care_reviews.evidence.packs import PackPlace, digests, kept
from care_reviews.evidence.verify.found import Records, same


def check_packs(records: Records, reports: Path) -> tuple[int, int] | None:
    """Gives how many editions of packs are as they were made, and how many are there that no record tells
    of; None where no reports are kept, as on another machine than that which makes them.
    """
    if not reports.is_dir():
        return None
    newest = {}
    for link in records.of("reported"):
        told = link.record
        place = PackPlace(told["authority_code"], told["year"], told["publication_id"])
        # Records of before editions were kept tell of what was the first one when they were.
        newest[place, told.get("edition", 1)] = link
    told_of = set()
    for (place, edition), link in newest.items():
        folder = place.found(reports, edition)
        told_of.add(folder)
        there, should = digests(folder), link.record["files"]
        for name in sorted(there.keys() | should.keys()):
            same(f"{place}, file {name}, by {link}", there.get(name), should.get(name))
    return len(newest), len(set(kept(reports)) - told_of)


def check_pages(records: Records, site: Path) -> tuple[int, int] | None:
    """The same of each night's pages in the folder `site`."""
    if not site.is_dir():
        return None
    newest = {
        site / link.record["authority_code"].lower() / link.record["folder"]: link
        for link in records.of("shown")
    }
    for folder, link in newest.items():
        there, should = digests(folder), link.record["files"]
        for name in sorted(there.keys() | should.keys()):
            place = f"site of {link.record['authority_code']}, page {folder.name}/{name}, by {link}"
            same(place, there.get(name), should.get(name))
    return len(newest), len(set(site.glob("*/[a-z]*-*")) - newest.keys())
