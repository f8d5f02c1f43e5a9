-- What became of every row that the source gave of the tables that published counts are led back to.
create table audit.reconciliation (
    validation_id bigint not null references audit.validation (validation_id),
    measure_id text not null,
    table_name text not null,
    kind text not null check (kind in ('read', 'set aside', 'counted')),
    reason text,
    period_end date,
    rows bigint not null,
    published bigint,
    constraint reason_says_why check ((kind = 'set aside') = (reason is not null))
);

create index reconciliation_validation on audit.reconciliation (validation_id, measure_id);

comment on table audit.reconciliation is 'The account of a measure and validation: rows read = rows set aside + rows counted, over the months published or at each month end. Counts only.';
comment on column audit.reconciliation.validation_id is 'The validation of the marts gate.';
comment on column audit.reconciliation.measure_id is 'The measure.';
comment on column audit.reconciliation.table_name is 'Source table that it is led back to, lower case.';
comment on column audit.reconciliation.kind is 'read (what the source gave), set aside (what does not count) or counted (what does).';
comment on column audit.reconciliation.reason is 'Why the rows do not count.';
comment on column audit.reconciliation.period_end is 'Last day of the month, or the month end; empty: the same for all.';
comment on column audit.reconciliation.rows is 'Rows; of measures of children the counted line counts children.';
comment on column audit.reconciliation.published is 'Of a counted line the number of the candidate, before small numbers are hidden.';
