-- What Great Expectations itself said, so that a verdict can be led back to it when the night's files are long gone.
create table audit.validation_json (
    validation_id bigint not null references audit.validation (validation_id),
    suite text not null,
    result text not null check (jsonb_typeof(result::jsonb) = 'object'),
    primary key (validation_id, suite)
);

comment on table audit.validation_json is 'What Great Expectations gave of each suite of a validation, as its JSON: counts alone, no value of the data.';
comment on column audit.validation_json.validation_id is 'The validation.';
comment on column audit.validation_json.suite is 'The suite, as Great Expectations names it: gate and batch.';
comment on column audit.validation_json.result is 'Its result, as JSON with sorted keys.';
