create table published.publication (
    publication_id bigint generated always as identity primary key,
    authority_code text not null,
    as_known date not null,
    published_at timestamptz not null default clock_timestamp(),
    run_id text not null,
    extract_id bigint not null references audit.extract,
    code_version text not null,
    dbt_invocation_id text not null,
    source_gate text not null check (source_gate in ('passed', 'warned')),
    marts_gate text not null check (marts_gate in ('passed', 'warned')),
    expectations_passed integer not null,
    expectations_warned integer not null,
    expectations_stopped integer not null,
    withdrawn_at timestamptz,
    withdrawn_by text,
    reason text,
    constraint withdrawn_with_reason check (
        (withdrawn_at is null and withdrawn_by is null and reason is null)
        or (withdrawn_at is not null and withdrawn_by is not null and btrim(reason) <> '')
    )
);

create index publication_standing on published.publication (authority_code, as_known, publication_id)
where withdrawn_at is null;

comment on table published.publication is 'The ledger: one row a publication, never changed but to withdraw it.';
comment on column published.publication.publication_id is 'Identifies the publication; a later one has a higher id.';
comment on column published.publication.authority_code is 'ONS code of the council.';
comment on column published.publication.as_known is 'Last whole day that the publication covers: the night.';
comment on column published.publication.published_at is 'When it was published.';
comment on column published.publication.run_id is 'Run of the pipeline, as Airflow names it.';
comment on column published.publication.extract_id is 'The extract that it rests on.';
comment on column published.publication.code_version is 'Version of the pipeline that made it.';
comment on column published.publication.dbt_invocation_id is 'The dbt invocation that built it.';
comment on column published.publication.source_gate is 'Verdict on what landed.';
comment on column published.publication.marts_gate is 'Verdict on what was built.';
comment on column published.publication.expectations_passed is 'Expectations met, both gates together.';
comment on column published.publication.expectations_warned is 'Expectations not met that warn.';
comment on column published.publication.expectations_stopped is 'Expectations not met that stop: 0 in a publication.';
comment on column published.publication.withdrawn_at is 'When it was withdrawn; empty: it stands.';
comment on column published.publication.withdrawn_by is 'Who withdrew it.';
comment on column published.publication.reason is 'Why it was withdrawn.';
