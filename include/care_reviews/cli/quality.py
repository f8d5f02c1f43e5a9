"""The quality of the records on the command line: what the newest night found, and a team's list."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from care_reviews.cli.publications import Warehouse

if TYPE_CHECKING:
    import datetime as dt

    from care_reviews.quality import Finding, RuleCount


def register(app: typer.Typer) -> None:
    """Add this module's command to the application."""
    app.command("quality")(quality)


def quality(
    team: Annotated[
        str | None, typer.Option(help="List the open findings of this team, or of “Team not known”.")
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Also the rules that found nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for programs.")] = False,
    warehouse_url: Warehouse = None,
) -> None:
    """What is wrong in the records: findings by rule on the newest night, or the list of a team."""
    from care_reviews.connections import warehouse_engine
    from care_reviews.database_errors import in_words
    from care_reviews.quality import findings_of, rule_counts
    from care_reviews.settings import get_settings

    engine, authority = warehouse_engine(warehouse_url), get_settings().authority
    with in_words(engine, "reading findings"):
        if team is not None:
            _show_findings(team, findings_of(engine, authority, team), as_json)
            return
        night, rules = rule_counts(engine, authority)
    _show_rules(night, rules, every, as_json)


def _show_rules(night: dt.date | None, rules: list[RuleCount], every: bool, as_json: bool) -> None:
    shown = [rule for rule in rules if every or rule.open_findings or rule.resolved_findings]
    if as_json:
        _print_json({"as_known": night, "rules": [asdict(rule) for rule in shown]})
        return
    if night is None:
        typer.echo("No night has been judged yet.")
        return
    from care_reviews.console import table

    made = table(
        f"Findings in the records, night of {night}",
        ["rule", "severity", "found in", "oldest", "owner"],
        ["open", "new", "resolved"],
    )
    for rule in shown:
        made.add_row(
            _named(rule.expectation, rule.rule),
            rule.severity if rule.rows_checked != 0 else "not applicable",
            rule.table_name or "",
            str(rule.oldest or ""),
            rule.owner,
            *(f"{count:,}" for count in (rule.open_findings, rule.new_findings, rule.resolved_findings)),
        )
    _print(made)
    for severity in ("stop", "warn"):
        counted = sum(rule.open_findings for rule in rules if rule.severity == severity)
        typer.echo(f"{severity}: {counted:,} open")
    new, resolved = (
        sum(getattr(rule, name) for rule in rules) for name in ("new_findings", "resolved_findings")
    )
    typer.echo(f"Since the night before: {new:,} new, {resolved:,} resolved.")
    typer.echo("Why each rule stops or warns: --json, or docs/validation.md.")


def _show_findings(team: str, findings: list[Finding], as_json: bool) -> None:
    if as_json:
        _print_json({"team": team, "findings": [asdict(finding) for finding in findings]})
        return
    from care_reviews.validation.finding_statements import team_words

    team = team_words(team)
    if not findings:
        typer.echo(f"Nothing is open for {team}.")
        return
    from care_reviews.console import table

    made = table(
        f"To work off: {team}, {len(findings):,} open", ["id", "rule", "table", "record", "since", "owner"]
    )
    for finding in findings:
        made.add_row(
            str(finding.finding_id),
            _named(finding.expectation, finding.rule),
            finding.table_name,
            finding.record,
            str(finding.first_seen),
            finding.owner,
        )
    _print(made)
    typer.echo("What each rule asks for, and how to mend it: docs/data-quality.md.")


def _named(expectation: str, rule: str) -> str:
    """A rule of care by its number; one of the source by the column that its name ends with."""
    return rule if expectation.startswith("care.") else expectation.removeprefix("source.")


def _print(made: object) -> None:
    import sys

    from rich.console import Console

    # A line that is cut says the wrong thing: beside a terminal lines may be as long as they are.
    Console(width=None if sys.stdout.isatty() else 260, highlight=False).print(made)


def _print_json(content: object) -> None:
    typer.echo(json.dumps(content, default=str, indent=2))
