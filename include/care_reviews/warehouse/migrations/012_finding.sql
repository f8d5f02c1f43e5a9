-- A third gate, on what the records say of children's care, and its findings as rows that outlive their nights.
alter table audit.validation
drop constraint validation_gate_check,
add constraint validation_gate_check check (gate in ('source', 'care', 'marts'));

comment on column audit.validation.gate is 'source (what landed), care (what the records say of care) or marts (what was built).';

alter table published.publication
add column care_gate text check (care_gate in ('passed', 'warned'));

comment on column published.publication.care_gate is 'Verdict on what the records say of care; empty: before there was such a gate.';

comment on column published.publication.expectations_passed is 'Expectations met, all gates together.';

create table audit.finding (
    finding_id bigint generated always as identity primary key,
    authority_code text not null,
    expectation text not null,
    rule text not null,
    severity text not null check (severity in ('stop', 'warn')),
    owner text not null,
    table_name text not null,
    record_key text not null,
    person_id text,
    child text,
    team text not null,
    first_seen date not null,
    last_seen date not null,
    resolved_on date,
    is_discarded boolean not null default false,
    constraint seen_in_order check (first_seen <= last_seen and (resolved_on is null or last_seen <= resolved_on))
);

create unique index finding_open on audit.finding (authority_code, expectation, table_name, record_key)
where resolved_on is null and not is_discarded;

create index finding_resolved on audit.finding (authority_code, resolved_on) where resolved_on is not null;

comment on table audit.finding is 'One row a rule and record from the night that found it to the night that no longer did. Never deleted.';
comment on column audit.finding.finding_id is 'Identifies the finding.';
comment on column audit.finding.authority_code is 'ONS code of the council.';
comment on column audit.finding.expectation is 'Name of the expectation that found it.';
comment on column audit.finding.rule is 'Number or name of the rule.';
comment on column audit.finding.severity is 'warn; stop: on the last night seen there were so many that they stopped it.';
comment on column audit.finding.owner is 'Who acts.';
comment on column audit.finding.table_name is 'Source table of the record, lower case.';
comment on column audit.finding.record_key is 'How the record is found in the record system; empty: it has no key.';
comment on column audit.finding.person_id is 'The person that the record is about, after merging; empty: nobody who is known.';
comment on column audit.finding.child is 'Pseudonym of that person, as analysts see it.';
comment on column audit.finding.team is 'Quadrant that worked with the child on the last night seen, or last before it.';
comment on column audit.finding.first_seen is 'The night that found it.';
comment on column audit.finding.last_seen is 'The newest night that found it.';
comment on column audit.finding.resolved_on is 'The night that no longer found it; empty: it is open.';
comment on column audit.finding.is_discarded is 'Whether the night that found it was discarded: it counts nowhere.';

create function audit.keep_findings() returns trigger language plpgsql as $$
begin
    if tg_op <> 'UPDATE' then
        raise exception 'findings are never deleted' using errcode = 'restrict_violation';
    end if;
    if (new.finding_id, new.authority_code, new.expectation, new.rule, new.table_name, new.record_key, new.person_id,
            new.child, new.first_seen)
        is distinct from (old.finding_id, old.authority_code, old.expectation, old.rule, old.table_name, old.record_key,
            old.person_id, old.child, old.first_seen) then
        raise exception 'what a finding is about never changes' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

create trigger finding_kept before delete or update on audit.finding
for each row execute function audit.keep_findings();

create trigger findings_kept before truncate on audit.finding
for each statement execute function audit.keep_findings();

create table audit.finding_count (
    validation_id bigint not null references audit.validation,
    expectation text not null,
    rule text not null,
    owner text not null,
    severity text not null check (severity in ('stop', 'warn')),
    team text not null,
    rows_checked bigint,
    open_findings integer not null,
    new_findings integer not null,
    resolved_findings integer not null,
    primary key (validation_id, expectation, team)
);

comment on table audit.finding_count is 'Findings of a validation by rule and team; the team All teams is their sum, and there for every rule.';
comment on column audit.finding_count.validation_id is 'The validation.';
comment on column audit.finding_count.expectation is 'Name of the expectation.';
comment on column audit.finding_count.rule is 'Number or name of the rule.';
comment on column audit.finding_count.owner is 'Who acts.';
comment on column audit.finding_count.severity is 'warn; stop: there were so many that they stopped the night.';
comment on column audit.finding_count.team is 'Quadrant; All teams: the sum.';
comment on column audit.finding_count.rows_checked is 'Of All teams: rows judged. 0: there was nothing to check.';
comment on column audit.finding_count.open_findings is 'Findings open after the night.';
comment on column audit.finding_count.new_findings is 'Of them and the resolved, those that the night found first.';
comment on column audit.finding_count.resolved_findings is 'Findings that the night no longer found.';
