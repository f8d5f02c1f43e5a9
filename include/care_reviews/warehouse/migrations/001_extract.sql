create table audit.extract (
    extract_id bigint generated always as identity primary key,
    authority_code text not null,
    as_known date not null,
    run_id text not null,
    status text not null check (status in ('extracting', 'extracted', 'landed')),
    started_at timestamptz not null default clock_timestamp(),
    extracted_at timestamptz,
    landed_at timestamptz,
    dbt_invocation_id text,
    source_digest text
);

create index extract_of_authority on audit.extract (authority_code, extract_id);

comment on table audit.extract is 'One row a try to extract a night; the newest of an authority is its current one.';
comment on column audit.extract.extract_id is 'Identifies the picture in landing.';
comment on column audit.extract.authority_code is 'ONS code of the council.';
comment on column audit.extract.as_known is 'Last whole day that the extract covers.';
comment on column audit.extract.run_id is 'Run of the pipeline, as Airflow names it.';
comment on column audit.extract.status is 'extracting, extracted or landed.';
comment on column audit.extract.started_at is 'When the extract began.';
comment on column audit.extract.extracted_at is 'When all rows were staged.';
comment on column audit.extract.landed_at is 'When the rows were landed.';
comment on column audit.extract.dbt_invocation_id is 'The dbt invocation that built the candidate marts of this extract.';
comment on column audit.extract.source_digest is 'Digest of all that was read: alike means the source had not changed.';
