"""The verdict that a gate's outcomes make."""

from __future__ import annotations

import datetime as dt

import pytest

from care_reviews.validation.verdict import GateResult, Outcome, verdict_of

NOW = dt.datetime(2020, 4, 1, 4, 30, tzinfo=dt.UTC)
MET = ("stop", True)
WARNED = ("warn", False)
STOPPED = ("stop", False)


def gate(name: str, *outcomes: tuple[str, bool]) -> GateResult:
    made = tuple(
        Outcome(f"{name}.x.{number}", "x", None, severity, success, 1, 0, f"{severity} {number}")  # type: ignore[arg-type]
        for number, (severity, success) in enumerate(outcomes)
    )
    return GateResult(name, made, NOW, NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("outcomes", "word"),
    [
        ((MET,), "passed"),
        ((MET, ("warn", True)), "passed"),
        ((MET, WARNED), "warned"),
        ((WARNED, STOPPED), "blocked"),
        ((STOPPED,), "blocked"),
        ((), "blocked"),  # nothing judged is nothing known
    ],
)
def test_the_word_of_a_gate(outcomes: tuple[tuple[str, bool], ...], word: str) -> None:
    assert gate("source", *outcomes).word == word


def test_a_verdict_counts_every_gate_and_tells_stops_first() -> None:
    verdict = verdict_of(gate("source", WARNED, MET, STOPPED), gate("care", MET), gate("marts", MET, WARNED))
    words = (verdict.source, verdict.care, verdict.marts)
    assert (words, verdict.blocked) == (("blocked", "passed", "warned"), True)
    assert (verdict.expectations, verdict.passed, verdict.warned, verdict.stopped) == (6, 3, 2, 1)
    assert verdict.messages == ("stop 2", "warn 0", "warn 1")


def test_what_had_nothing_to_check_has_not_passed() -> None:
    empty = Outcome("care.x.9", "x", None, "warn", True, 0, 0, "Says.")
    of_care = GateResult("care", (*gate("care", MET).outcomes, empty), NOW, NOW)
    assert (of_care.passed, of_care.warned, of_care.stopped, of_care.word) == (1, 0, 0, "passed")
    verdict = verdict_of(gate("source", MET), of_care, gate("marts", MET))
    assert (verdict.expectations, verdict.passed) == (4, 3)


def test_a_verdict_without_a_stop_does_not_block() -> None:
    assert not verdict_of(gate("source", MET), gate("care", WARNED), gate("marts", WARNED)).blocked


@pytest.mark.parametrize("stops", ["source", "care", "marts"])
def test_a_stop_in_any_gate_blocks(stops: str) -> None:
    gates = [gate(name, STOPPED if name == stops else MET) for name in ("source", "care", "marts")]
    assert verdict_of(*gates).blocked


@pytest.mark.parametrize(
    ("success", "rows", "applies"),
    [(True, 1, True), (True, 0, False), (True, None, True), (False, 0, True), (False, 1, True)],
)
def test_what_no_row_met_is_not_applicable(success: bool, rows: int | None, applies: bool) -> None:
    outcome = Outcome("care.x.1", "x", None, "warn", success, rows, 0, "Says.")
    assert outcome.is_applicable is applies
