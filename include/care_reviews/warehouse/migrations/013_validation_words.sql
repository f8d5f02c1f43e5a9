-- What each expectation meant on its night, so that a page about it never borrows the words of a later one.
alter table audit.validation_result
add column says text,
add column because text,
add column remedy text,
add column owner text;

comment on column audit.validation_result.says is 'What should hold, as a sentence; empty: the night is older than this column.';
comment on column audit.validation_result.because is 'Why it matters, and with it why it stops or warns.';
comment on column audit.validation_result.remedy is 'What to do when it fails.';
comment on column audit.validation_result.owner is 'Who acts.';
