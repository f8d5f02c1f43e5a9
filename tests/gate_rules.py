"""The table that rules the gates as tests read it, and tables of a test's own."""

from __future__ import annotations

from collections.abc import Mapping

from care_reviews.validation.code_lists import seed
from expectations.rulebook import EVERY_SUBJECT, GateRule, Rulebook, Severity


def needed_tables() -> set[str]:
    """The source tables that stop a night when they are empty."""
    return {
        row["subject"] for row in seed("gate_rule") if (row["rule"], row["severity"]) == ("not_empty", "stop")
    }


def ruled(gate: str, severities: Mapping[str, Severity]) -> Rulebook:
    """Rules of one gate, whatever their subject, by name."""
    return Rulebook(
        GateRule(gate, EVERY_SUBJECT, rule, severity, "", "Owner", "Because.")
        for rule, severity in severities.items()
    )
