create table audit.validation (
    validation_id bigint generated always as identity primary key,
    extract_id bigint not null references audit.extract,
    authority_code text not null,
    as_known date not null,
    run_id text not null,
    gate text not null check (gate in ('source', 'marts')),
    verdict text not null check (verdict in ('passed', 'warned', 'blocked')),
    expectations integer not null,
    passed integer not null,
    warned integer not null,
    stopped integer not null,
    started_at timestamptz not null,
    finished_at timestamptz not null
);

create index validation_of_extract on audit.validation (extract_id, gate, validation_id);

comment on table audit.validation is 'One row a gate and validation: the newest of an extract and gate counts.';
comment on column audit.validation.validation_id is 'Identifies the validation.';
comment on column audit.validation.extract_id is 'The extract that was judged.';
comment on column audit.validation.authority_code is 'ONS code of the council.';
comment on column audit.validation.as_known is 'Last whole day that the extract covers.';
comment on column audit.validation.run_id is 'Run of the pipeline, as Airflow names it.';
comment on column audit.validation.gate is 'source (what landed) or marts (what was built).';
comment on column audit.validation.verdict is 'passed, warned or blocked.';
comment on column audit.validation.expectations is 'Expectations judged.';
comment on column audit.validation.passed is 'Expectations that were met.';
comment on column audit.validation.warned is 'Expectations that were not met and warn.';
comment on column audit.validation.stopped is 'Expectations that were not met and stop.';
comment on column audit.validation.started_at is 'When judging began.';
comment on column audit.validation.finished_at is 'When the verdict stood.';
