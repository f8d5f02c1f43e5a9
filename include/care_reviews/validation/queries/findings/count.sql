-- Beside a validation: how many findings of each rule and team are open, new and resolved; the sum for every rule.
insert into audit.finding_count (validation_id, expectation, rule, owner, severity, team, rows_checked, open_findings,
    new_findings, resolved_findings)
select :validation_id, rules.expectation, rules.rule, rules.owner, rules.severity,
    case when grouping(finding.team) = 1 then 'All teams' else finding.team end,
    case when grouping(finding.team) = 1 then rules.rows_checked end,
    count(*) filter (where finding.finding_id is not null and finding.resolved_on is null),
    count(*) filter (where finding.first_seen = :as_known),
    count(*) filter (where finding.resolved_on = :as_known)
from unnest(
    cast(:expectations as text[]), cast(:rules as text[]), cast(:owners as text[]), cast(:severities as text[]),
    cast(:checked as bigint[])
) as rules (expectation, rule, owner, severity, rows_checked)
left join audit.finding as finding
    on finding.authority_code = :authority_code and finding.expectation = rules.expectation and not finding.is_discarded
    and (finding.resolved_on is null or finding.resolved_on = :as_known or finding.first_seen = :as_known)
group by grouping sets (
    (rules.expectation, rules.rule, rules.owner, rules.severity, rules.rows_checked),
    (rules.expectation, rules.rule, rules.owner, rules.severity, rules.rows_checked, finding.team)
)
having grouping(finding.team) = 1 or finding.team is not null
