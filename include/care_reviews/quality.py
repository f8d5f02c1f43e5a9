"""The quality of the records as the newest night judged it: counts by rule, and what a team has to work off.

Without names: a finding says which record of the record system it is, and nothing that stands in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, text

from care_reviews.errors import UnknownTeamError
from care_reviews.finding_records import forms_of, record_words
from care_reviews.validation.finding_statements import ALL_TEAMS, team_words

_NIGHT = text("select max(as_known) from audit.finding_trend where authority_code = :authority_code")

_RULES = text(
    "select trend.gate, trend.expectation, trend.rule, trend.owner, trend.severity, result.because, "
    "oldest.table_name, "
    "trend.rows_checked, trend.open_findings, trend.new_findings, trend.resolved_findings, oldest.oldest "
    "from audit.finding_trend as trend left join ("
    "select expectation, min(table_name) as table_name, min(first_seen) as oldest from audit.finding "
    "where authority_code = :authority_code and resolved_on is null and not is_discarded group by expectation"
    ") as oldest on oldest.expectation = trend.expectation left join lateral ("
    "select results.because from audit.validation_result as results "
    "inner join audit.validation as v on v.validation_id = results.validation_id "
    "where v.authority_code = trend.authority_code and v.as_known = trend.as_known "
    "and results.expectation = trend.expectation order by v.validation_id desc limit 1"
    ") as result on true "
    "where trend.authority_code = :authority_code and trend.as_known = :night and trend.team = :team "
    "order by trend.open_findings desc, trend.expectation"
)

_FINDINGS = text(
    "select finding_id, rule, expectation, severity, owner, table_name, record_key, person_id, first_seen, "
    "last_seen "
    "from audit.finding where authority_code = :authority_code and team = :team and resolved_on is null "
    "and not is_discarded order by first_seen, expectation, record_key"
)

_TEAMS = text(
    "select distinct team from audit.finding where authority_code = :authority_code and not is_discarded "
    "order by team"
)


@dataclass(frozen=True)
class RuleCount:
    """A rule on the newest night that judged it.

    `because`: why it matters; None on nights older than its being kept. `rows_checked`: 0 where there was
    nothing to check, None where it could not be judged. `oldest`: the night that found its oldest open
    finding.
    """

    gate: str
    expectation: str
    rule: str
    owner: str
    severity: str
    because: str | None
    table_name: str | None
    rows_checked: int | None
    open_findings: int
    new_findings: int
    resolved_findings: int
    oldest: dt.date | None


@dataclass(frozen=True)
class Finding:
    """An open finding. `record_key`: the key of the record, as it is kept; empty: it has none. `record`: in
    words by which it is found in the record system.
    """

    finding_id: int
    rule: str
    expectation: str
    severity: str
    owner: str
    table_name: str
    record_key: str
    record: str
    first_seen: dt.date
    last_seen: dt.date


def rule_counts(engine: Engine, authority_code: str) -> tuple[dt.date | None, list[RuleCount]]:
    """The newest night that was judged and not discarded, and its rules, most findings first; None and
    nothing where there is no such night.
    """
    with engine.connect() as connection:
        night: dt.date | None = connection.scalar(_NIGHT, {"authority_code": authority_code})
        words = {"authority_code": authority_code, "night": night, "team": ALL_TEAMS}
        return night, [RuleCount(**row._mapping) for row in connection.execute(_RULES, words)]


def findings_of(engine: Engine, authority_code: str, team: str) -> list[Finding]:
    """The open findings of a team (whatever its letter case), oldest first. What is no team's goes by “Not
    known” and “Team not known”.

    Raises UnknownTeamError, with the teams that there are, when no finding was ever this team's.
    """
    with engine.connect() as connection:
        words = {"authority_code": authority_code, "team": _team(connection, authority_code, team)}
        rows = [dict(row._mapping) for row in connection.execute(_FINDINGS, words)]
        forms = forms_of(connection, authority_code, [row["record_key"] for row in rows])
    return [_finding(forms, **row) for row in rows]


def _finding(forms: Mapping[str, str], person_id: str | None, **row: Any) -> Finding:
    return Finding(**row, record=record_words(row["table_name"], row["record_key"], person_id, forms))


def _team(connection: Connection, authority_code: str, named: str) -> str:
    teams = list(connection.scalars(_TEAMS, {"authority_code": authority_code}))
    for team in teams:
        if named.strip().casefold() in (team.casefold(), team_words(team).casefold()):
            return str(team)
    raise UnknownTeamError(
        f"no finding is of a team {named!r}: there are {', '.join(map(team_words, teams)) or 'none yet'}"
    )
