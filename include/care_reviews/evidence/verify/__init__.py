"""Verify the evidence: the chain, the ledger against it, and the contents that its digests speak of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from care_reviews.evidence.verify.chain_check import (
    check_chain,
    check_functions,
    check_guards,
    check_heads,
    check_views,
)
from care_reviews.evidence.verify.contents_check import (
    check_findings,
    check_landing,
    check_marts,
    check_validations,
)
from care_reviews.evidence.verify.files_check import check_packs, check_pages
from care_reviews.evidence.verify.found import EvidenceBrokenError, Records
from care_reviews.evidence.verify.ledger_check import check_extracts, check_gates, check_publications

__all__ = ["EvidenceBrokenError", "Verified", "verify"]


@dataclass(frozen=True)
class Verified:
    """What was found whole. `heads`: compared with a file; `older` and `older_extracts`: publications, and
    nights that landed, from before the chain; `rows`: that were digested anew, None where contents were left
    out; `judged_since`: councils whose findings no record vouches for, since they were judged and nothing was
    decided; `packs`, `pages`: reports, and nights' pages, that are as they were made, and such as no record
    tells of, None where none were looked for or kept.
    """

    records: int
    head: str
    publications: int
    extracts: int
    heads: int
    older: int
    older_extracts: int
    rows: int | None
    judged_since: tuple[str, ...]
    packs: tuple[int, int] | None
    pages: tuple[int, int] | None


def verify(
    engine: Engine,
    heads: Path | None = None,
    contents: bool = True,
    reports: Path | None = None,
    site: Path | None = None,
    tell: Callable[[str], None] = lambda words: None,
) -> Verified:
    """Check everything, in one picture of the warehouse. `reports`, `site`: the folders of the report
    packs and of the auditor's site. `tell` is told what is under way.

    Raises EvidenceBrokenError at the first thing that is not as it should be: what, where, what it says and
    what it should say.
    """
    with engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
        tell("checking the chain")
        records = Records(check_chain(connection))
        compared = check_heads(records, heads) if heads else 0
        check_guards(connection)
        check_views(connection)
        tell("checking the ledger")
        older = check_publications(connection, records)
        older_extracts = check_extracts(connection, records)
        check_gates(connection, records)
        rows = packs = pages = None
        judged_since: tuple[str, ...] = ()
        if contents:
            check_functions(connection)
            rows = check_validations(connection, records, tell)
            found, judged_since = check_findings(connection, records, tell)
            rows += found
            rows += check_landing(connection, records, tell)
            rows += check_marts(connection, records, tell)
        if contents and reports:
            tell("checking report packs")
            packs = check_packs(records, reports)
        if contents and site:
            tell("checking the pages of the site")
            pages = check_pages(records, site)
    return Verified(
        records=len(records.links),
        head=records.links[-1].hash,
        publications=len(records.of("published")),
        extracts=len(records.of("landed")),
        heads=compared,
        older=older,
        older_extracts=older_extracts,
        rows=rows,
        judged_since=judged_since,
        packs=packs,
        pages=pages,
    )
