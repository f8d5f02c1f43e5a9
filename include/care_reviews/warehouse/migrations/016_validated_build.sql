-- Verdicts say which build they are on, so that none passes for one that was made after it.
alter table audit.validation add column dbt_invocation_id text;

comment on column audit.validation.dbt_invocation_id is 'The build that was judged, as dbt names its run; empty: the validation is older than this column.';
comment on column audit.validation.expectations is 'Expectations judged; those neither passed, warned nor stopped had nothing to check.';
comment on column audit.validation.passed is 'Expectations that were met. Of older validations: those that had nothing to check as well.';
