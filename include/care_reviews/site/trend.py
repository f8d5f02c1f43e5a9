"""The data quality by rule, team and month: what was open after the last judged night of each month."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, text

from care_reviews.site.nights import Decision
from care_reviews.site.rule_trends import Open, RuleTrend, Trend
from care_reviews.validation.finding_statements import ALL_TEAMS

MONTHS = 13

_COUNTS = text(
    """
    with judged as (
        select distinct on (v.as_known, v.gate) v.as_known, v.gate, v.validation_id
        from audit.validation as v
        inner join audit.extract as e on e.extract_id = v.extract_id
        where v.authority_code = :authority_code and v.validation_id <= :last
            and (e.extract_id = :extract_id or e.discarded_at is null or e.discarded_at > :until)
        order by v.as_known, v.gate, v.validation_id desc
    ),
    counted as (
        select distinct on (judged.gate, counts.expectation, date_trunc('month', judged.as_known))
            judged.gate, counts.expectation, counts.rule, counts.owner, counts.rows_checked,
            counts.open_findings, counts.validation_id, result.says, judged.as_known,
            date_trunc('month', judged.as_known)::date as month
        from judged
        inner join audit.finding_count as counts
            on counts.validation_id = judged.validation_id and counts.team = :all_teams
        left join audit.validation_result as result
            on result.validation_id = judged.validation_id and result.expectation = counts.expectation
        order by judged.gate, counts.expectation, date_trunc('month', judged.as_known), judged.as_known desc
    )
    select counted.*, coalesce(teams.open_by_team, '{}') as open_by_team
    from counted
    cross join lateral (
        select jsonb_object_agg(team, open_findings) as open_by_team from audit.finding_count as counts
        where counts.validation_id = counted.validation_id and counts.expectation = counted.expectation
            and counts.team <> :all_teams
    ) as teams
    order by gate, expectation, month
    """
)


def trend_of(connection: Connection, decision: Decision) -> Trend:
    """The newest months up to a decision, and every rule that had a finding open in one of them."""
    rows = connection.execute(
        _COUNTS,
        {
            "authority_code": decision.authority_code,
            "last": decision.last_validation,
            "extract_id": decision.extract_id,
            "until": decision.decided_at,
            "all_teams": ALL_TEAMS,
        },
    ).all()
    nights: dict[dt.date, dt.date] = {}
    for row in rows:
        nights[row.month] = max(nights.get(row.month, row.as_known), row.as_known)
    months = sorted(nights)[-MONTHS:]
    rules = []
    for gate, expectation in dict.fromkeys((row.gate, row.expectation) for row in rows):
        own = {row.month: row for row in rows if (row.gate, row.expectation) == (gate, expectation)}
        newest = own[max(own)]
        counts = tuple(
            Open(own[month].open_findings, own[month].rows_checked, own[month].open_by_team)
            if month in own
            else None
            for month in months
        )
        if any(count and count.findings for count in counts):
            name = expectation.removeprefix(f"{gate}.")
            rules.append(RuleTrend(gate, name, newest.says, newest.owner, counts))
    return Trend(tuple(nights[month] for month in months), tuple(rules))
