"""The one table that says how grave each expectation is: whole, without a row too many, and obeyed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import fields, replace

import pytest
from great_expectations import ExpectationSuite
from great_expectations.expectations.expectation import Expectation

from care_reviews.errors import ConfigurationError
from care_reviews.marts import read_marts
from care_reviews.settings import PROJECT_ROOT
from care_reviews.source.catalog import TABLES
from care_reviews.validation import _not_run
from care_reviews.validation.code_lists import rulebook, seed
from care_reviews.validation.verdict import GATES
from expectations import care, landed, marts
from expectations.facts import CareRule, Limits, NightFacts
from expectations.references import ESSENTIAL
from expectations.rulebook import GateRule, Rulebook
from expectations.schedule import schedules

ROWS = [GateRule(**row) for row in seed("gate_rule")]  # type: ignore[arg-type]
NIGHT = NightFacts(
    authority_code="E10000030",
    as_known=dt.date(2020, 3, 31),
    rules=rulebook(),
    usual_rows={table.name: 100.0 for table in TABLES},
    templates=("CLA Review Outcomes",),
    measures=tuple(schedules(seed("measure_definition"))),
    care_rules=tuple(CareRule(**row) for row in seed("care_rule")),
)
OTHER = {"stop": "warn", "warn": "stop"}


def suites(night: NightFacts) -> list[ExpectationSuite]:
    """All three gates of a night with history."""
    names = [mart.name for mart in read_marts()]
    return landed.suites(night) + care.suites(night) + marts.suites(night, names)


def expectations(night: NightFacts = NIGHT) -> dict[str, Expectation]:
    return {meta_of(each)["id"]: each for made in suites(night) for each in made.expectations}


def meta_of(expectation: Expectation) -> dict[str, str]:
    return expectation.meta or {}


def row_of(expectation: Expectation) -> GateRule:
    meta = meta_of(expectation)
    return NIGHT.rules.row(meta["id"].split(".")[0], meta["subject"], meta["rule"], meta["family"])


def test_every_row_rules_an_expectation_and_every_expectation_has_a_row() -> None:
    gates = {("gate", "runs", gate) for gate in GATES}
    used = {(row.subject, row.rule, row.gate) for row in map(row_of, expectations().values())}
    assert used | gates == {(row.subject, row.rule, row.gate) for row in ROWS}


def test_an_expectation_without_a_row_is_refused() -> None:
    without = Rulebook(row for row in ROWS if (row.gate, row.rule) != ("marts", "kept_apart"))
    with pytest.raises(ConfigurationError, match=r"no row for marts\.subtraction\.kept_apart"):
        suites(replace(NIGHT, rules=without))


def test_expectations_are_as_grave_as_their_row_says_and_say_who_acts_and_why() -> None:
    for name, expectation in expectations().items():
        row, meta = row_of(expectation), meta_of(expectation)
        assert expectation.severity.value == {"stop": "critical", "warn": "warning"}[row.severity], name
        assert (meta["owner"], meta["because"]) == (row.owner, row.because), name


def test_another_table_makes_other_expectations() -> None:
    """Severity, owner and reason come from nowhere else."""
    turned = Rulebook(
        replace(row, severity=OTHER[row.severity], owner="Somebody", because="Why not.")  # type: ignore[arg-type]
        for row in ROWS
    )
    before = expectations()
    for name, after in expectations(replace(NIGHT, rules=turned)).items():
        assert after.severity != before[name].severity, name
        assert (meta_of(after)["owner"], meta_of(after)["because"]) == ("Somebody", "Why not."), name


def test_the_share_that_stops_comes_from_the_table() -> None:
    """With another limit in the row an expectation allows another share, and says so."""
    moved = Rulebook(replace(row, stops_above=row.stops_above and "volume_growth_warn") for row in ROWS)
    before, after = expectations(), expectations(replace(NIGHT, rules=moved))
    for name, expectation in before.items():
        changed = meta_of(expectation)["says"] != meta_of(after[name])["says"]
        assert changed is bool(row_of(expectation).stops_above), name
        allows = 0 < getattr(expectation, "mostly", 1) < 1
        assert not allows or row_of(expectation).stops_above, name


def test_every_row_is_whole() -> None:
    limits = {field.name for field in fields(Limits)}
    for row in ROWS:
        assert row.gate in GATES
        assert row.owner
        assert row.because.endswith(".")
        assert not row.stops_above or (row.severity == "stop" and row.stops_above in limits), row


@pytest.mark.parametrize(
    ("row", "words"),
    [(ROWS[0], "two rows"), (replace(ROWS[0], rule="x", severity="may"), "neither")],  # type: ignore[arg-type]
)
def test_a_table_that_contradicts_itself_is_refused(row: GateRule, words: str) -> None:
    with pytest.raises(ConfigurationError, match=words):
        Rulebook([*ROWS, row])


def test_the_nearest_row_rules() -> None:
    places = [("*", "<column>_x"), ("*", "a_x"), ("table", "<column>_x"), ("table", "a_x")]
    for last in range(1, 5):
        rules = Rulebook(GateRule("source", *place, "warn", "", "Owner", "") for place in places[:last])
        found = rules.find("source", "table", "a_x", "<column>_x")
        assert found
        assert (found.subject, found.rule) == places[last - 1]
        assert not rules.find("care", "table", "a_x", "<column>_x")
        assert not rules.find("source", "table", "b_y")


def test_what_a_row_cannot_do_without_has_a_reason_of_its_own() -> None:
    own = {(row.subject, row.rule.removesuffix("_leads_somewhere")) for row in ROWS if "_leads_" in row.rule}
    assert own == {*ESSENTIAL, ("*", "<column>")}


@pytest.mark.parametrize("gate", GATES)
def test_a_gate_that_could_not_be_run_is_told_as_its_row_says(gate: str) -> None:
    """It is said without the table, which may be what is broken."""
    row = NIGHT.rules.row(gate, "gate", "runs")
    outcome = _not_run(gate, ValueError())  # type: ignore[arg-type]
    assert (outcome.expectation, outcome.severity) == (f"{gate}.gate.runs", row.severity)
    assert (outcome.owner, outcome.because) == (row.owner, row.because)


def test_the_page_on_validation_says_which_rules_stop() -> None:
    page = (PROJECT_ROOT / "docs" / "validation.md").read_text()
    rows = [line for line in page.splitlines() if line.startswith("| ")]
    for name, expectation in expectations().items():
        if not name.startswith("care."):
            words = (f"`{meta_of(expectation)['family']}`", f"`{name}`")
            told = re.compile(rf"[|;] {row_of(expectation).severity}\b")
            assert any(told.search(row) for row in rows if any(word in row for word in words)), name
