"""A night with forty seeded defects: exactly those are found, it stops for exactly those that must stop it,
and the auditor's site says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import pytest
from sqlalchemy import text

from care_reviews.errors import CareReviewsError, GateBlockedError
from care_reviews.settings import get_settings
from tests.conftest import AUTHORITY, Server
from tests.faults.child_rows import Around, Child
from tests.faults.defects import FIRST_ID
from tests.faults.defects_of_care import CARE_DEFECTS
from tests.faults.defects_of_marts import MARTS_DEFECTS
from tests.faults.defects_of_source import SOURCE_DEFECTS
from tests.faults.saying import refusal
from tests.faults.small_council import LATER, Council, run
from tests.undisturbed import Undisturbed

# One process for all of them: they share two undisturbed nights.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

DEFECTS = SOURCE_DEFECTS + CARE_DEFECTS + MARTS_DEFECTS
SPOILT = LATER.replace(month=5, day=1)
CANDIDATE = f"candidate_{AUTHORITY.lower()}"
GATES = ("source", "care", "marts")
FINDINGS = "select expectation, table_name, record_key from audit.finding where resolved_on is null"
FAILED = """
select r.expectation, r.severity, r.says from audit.validation_result as r
where not r.success and r.validation_id in (
    select max(validation_id) from audit.validation group by gate
)
"""

Findings = list[tuple[str, str, str]]


@dataclass
class SpoiltNight:
    """The council, what the gates said of the night before, and how the night ended."""

    council: Council
    findings_before: Findings
    failed_before: set[str]
    error: CareReviewsError
    pages: Path


def findings(council: Council) -> Findings:
    """What is open. The key of a row without one is a hash, which nobody can foretell."""
    return [
        (row["expectation"], row["table_name"], re.sub("^quarantine .*", "quarantine", row["record_key"]))
        for row in council.rows(FINDINGS)
    ]


def failed(council: Council) -> dict[str, str]:
    """Each expectation that the newest night did not meet → its severity."""
    return {row["expectation"]: row["severity"] for row in council.rows(FAILED)}


@pytest.fixture(scope="module")
def night(server: Server, undisturbed: Undisturbed) -> Iterator[SpoiltNight]:
    """The night after the later one, with a child for each defect and one that nothing is wrong with."""
    council = Council.copied(server, undisturbed.source, undisturbed.after)
    with pytest.MonkeyPatch.context() as patch:
        council.connect(patch)
        before, failed_before = findings(council), set(failed(council))
        with council.spoiling() as source:
            for name in ("fact_casenotes", "fact_involvements"):
                source.execute(text(f"alter table {name} drop constraint {name}_pkey"))
            around = Around.of(source)
            for number, spoil in enumerate([defect.spoil for defect in DEFECTS] + [lambda child: None]):
                child = Child(FIRST_ID + 1000 * number, around)
                spoil(child)
                child.write(source)
        spoilt = council.night(SPOILT, "spoilt")
        run(spoilt, "extract", "land", "build")
        with council.writing_warehouse() as warehouse:
            for number, defect in enumerate(DEFECTS):
                if defect.tampering:
                    words = {"candidate": CANDIDATE, "period": FIRST_ID + 1000 * number + 1}
                    assert warehouse.execute(text(defect.tampering.format(**words))).rowcount == 1
        error = refusal(lambda: run(spoilt, "validate"), GateBlockedError)
        (pages,) = (server.home / "site" / AUTHORITY.lower()).glob("blocked-*")
        yield SpoiltNight(council, before, failed_before, error, pages)
    get_settings.cache_clear()
    council.close()


def test_there_are_forty_kinds_of_defects() -> None:
    """Each was made for a rule of its own; there are some for every gate, and of two gates some stop."""
    assert len(DEFECTS) == 40
    rules = {defect.rule for defect in DEFECTS}
    assert len({defect.kind for defect in DEFECTS}) == len(rules) == 40
    assert {rule.split()[0] for rule in rules} == {*GATES}
    assert {defect.rule.split()[0] for defect in DEFECTS if defect.stops} == {"source", "marts"}


def test_exactly_what_was_seeded_is_found(night: SpoiltNight) -> None:
    seeded = [
        finding.of(FIRST_ID + 1000 * number)
        for number, defect in enumerate(DEFECTS)
        for finding in defect.found
    ]
    assert sorted(findings(night.council)) == sorted(night.findings_before + seeded)


def test_exactly_the_expectations_of_the_defects_fail(night: SpoiltNight) -> None:
    of_defects = {expectation for defect in DEFECTS for expectation in defect.fails}
    assert set(failed(night.council)) == night.failed_before | of_defects


def test_the_night_stops_for_exactly_those_that_must_stop_it(night: SpoiltNight) -> None:
    stops = {stop for defect in DEFECTS for stop in defect.stops}
    assert {expectation for expectation, how in failed(night.council).items() if how == "stop"} == stops
    first, *reasons = str(night.error).splitlines()
    assert first == f"{len(stops)} expectations say stop: the last publication stands"
    assert len(reasons) == len(stops)
    refusal(lambda: run(night.council.night(SPOILT, "spoilt"), "publish"), GateBlockedError)
    assert night.council.scalar("select count(*) from published.publication") == 2


def test_the_site_says_what_failed_in_words_and_whether_it_stopped_the_night(night: SpoiltNight) -> None:
    rows = {row["expectation"]: row for row in night.council.rows(FAILED)}
    shown: dict[str, str] = {}
    for gate in GATES:
        page = (night.pages / f"{gate}.html").read_text(encoding="utf-8")
        shown |= dict(re.findall(r'<li id="([\w.]+)">\s*<h3>(.*?)</h3>', page, re.DOTALL))
    told = {
        expectation: " ".join(unescape(re.sub("<.*?>", "", words)).split())
        for expectation, words in shown.items()
    }
    state = {"stop": "■ stopped", "warn": "▲ warned"}
    assert told == {
        expectation: " ".join(f"{state[row['severity']]} {row['says']}".split())
        for expectation, row in rows.items()
    }
    stops = [row["says"] for row in rows.values() if row["severity"] == "stop"]
    first = unescape((night.pages / "index.html").read_text(encoding="utf-8"))
    assert f"because {len(stops)} checks said stop" in first
    assert all(f"<li>{says}</li>" in first for says in stops)
