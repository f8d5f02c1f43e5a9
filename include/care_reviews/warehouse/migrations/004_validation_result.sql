create table audit.validation_result (
    validation_id bigint not null references audit.validation,
    position integer not null,
    expectation text not null,
    subject text not null,
    column_name text,
    severity text not null check (severity in ('stop', 'warn')),
    success boolean not null,
    rows_checked bigint,
    rows_failed bigint,
    message text,
    primary key (validation_id, position)
);

comment on table audit.validation_result is 'One row an expectation and validation: counts only, no value of the data.';
comment on column audit.validation_result.validation_id is 'The validation.';
comment on column audit.validation_result.position is 'Order within the validation.';
comment on column audit.validation_result.expectation is 'Name of the expectation.';
comment on column audit.validation_result.subject is 'Table or model that was judged.';
comment on column audit.validation_result.column_name is 'Column that was judged, if one.';
comment on column audit.validation_result.severity is 'stop or warn.';
comment on column audit.validation_result.success is 'Whether the expectation was met.';
comment on column audit.validation_result.rows_checked is 'Rows judged.';
comment on column audit.validation_result.rows_failed is 'Rows that failed.';
comment on column audit.validation_result.message is 'What was found, in words and counts.';
