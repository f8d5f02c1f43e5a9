-- One statement for all that a gate found on a night. A row that this very night resolved is open again when it finds it
-- again: a night judged anew says it anew.
with rules as (
    select * from unnest(
        cast(:expectations as text[]), cast(:rules as text[]), cast(:owners as text[]), cast(:severities as text[])
    ) as rules (expectation, rule, owner, severity)
),
found as materialized (
    select tonight.*, rules.rule, rules.owner, rules.severity, child.child
    from pg_temp.tonight
    inner join rules using (expectation)
    left join pg_temp.child using (person_id)
),
standing as materialized (
    select finding_id, expectation, table_name, record_key, resolved_on
    from audit.finding
    where authority_code = :authority_code and expectation = any(cast(:expectations as text[])) and not is_discarded
        and (resolved_on is null or resolved_on = :as_known)
),
seen as (
    update audit.finding as finding
    set last_seen = :as_known, resolved_on = null, team = found.team, severity = found.severity, owner = found.owner
    from standing
    inner join found using (expectation, table_name, record_key)
    where finding.finding_id = standing.finding_id
        and (finding.last_seen, finding.resolved_on, finding.team, finding.severity, finding.owner)
            is distinct from (cast(:as_known as date), cast(null as date), found.team, found.severity, found.owner)
),
resolved as (
    update audit.finding as finding
    set resolved_on = :as_known
    from standing
    left join found using (expectation, table_name, record_key)
    where finding.finding_id = standing.finding_id and standing.resolved_on is null and found.expectation is null
        and cast(:is_whole as boolean)
)
insert into audit.finding (authority_code, expectation, rule, severity, owner, table_name, record_key, person_id, child, team,
    first_seen, last_seen)
select :authority_code, found.expectation, found.rule, found.severity, found.owner, found.table_name, found.record_key,
    found.person_id, found.child, found.team, :as_known, :as_known
from found
left join standing using (expectation, table_name, record_key)
where standing.finding_id is null
