create table audit.evidence (
    evidence_id bigint primary key check (evidence_id > 0),
    record jsonb not null check (jsonb_typeof(record) = 'object' and record ? 'kind'),
    previous_hash text not null unique check (previous_hash ~ '^[0-9a-f]{64}$'),
    hash text not null unique check (hash ~ '^[0-9a-f]{64}$')
);

create index evidence_by_facts on audit.evidence using gin (record jsonb_path_ops);

comment on table audit.evidence is 'One row a night that landed, a night that was decided, and an act on the ledger: a chain of hashes, for ever.';
comment on column audit.evidence.evidence_id is 'Place in the chain, from 1 without a gap.';
comment on column audit.evidence.record is 'What happened: see docs/evidence.md.';
comment on column audit.evidence.previous_hash is 'Hash of the record before; 64 zeros in the first.';
comment on column audit.evidence.hash is 'SHA-256 of the previous hash, a line end and the record as canonical JSON.';

-- Whoever owns the table may take the trigger away, but not change a record by mistake or by an ordinary right.
create trigger evidence_stays before update or delete or truncate on audit.evidence
for each statement execute function audit.refuse_change();

create function audit.evidence_follows() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
    last record;
begin
    select evidence_id, hash into last from audit.evidence order by evidence_id desc limit 1;
    if new.evidence_id <> coalesce(last.evidence_id, 0) + 1
        or new.previous_hash <> coalesce(last.hash, repeat('0', 64)) then
        raise exception 'a record of audit.evidence must follow the last one' using errcode = 'check_violation';
    end if;
    return new;
end
$$;

create trigger evidence_follows before insert on audit.evidence
for each row execute function audit.evidence_follows();

alter table audit.extract add column build jsonb;

comment on column audit.extract.build is 'What the candidate marts were built with: code, models, settings, and the publication that they were compared with.';
