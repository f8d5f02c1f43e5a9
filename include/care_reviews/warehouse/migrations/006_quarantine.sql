create table landing.quarantine (
    authority_code text not null,
    table_name text not null,
    record_key text,
    column_name text,
    reason text not null,
    payload jsonb not null,
    row_hash uuid not null,
    occurrence integer not null,
    known_from bigint not null,
    known_to bigint
);

create index quarantine_of_table on landing.quarantine (authority_code, table_name, known_from);

comment on table landing.quarantine is 'Versions of rows that could not be read, whole, with the reason.';
comment on column landing.quarantine.authority_code is 'ONS code of the council.';
comment on column landing.quarantine.table_name is 'Source table, lower case.';
comment on column landing.quarantine.record_key is 'The row''s key in the source, if it has one.';
comment on column landing.quarantine.column_name is 'The first column that could not be read.';
comment on column landing.quarantine.reason is 'Why it could not be read.';
comment on column landing.quarantine.payload is 'The row as the source gave it.';
comment on column landing.quarantine.row_hash is 'Hash of the content.';
comment on column landing.quarantine.occurrence is '1, 2, … among rows alike.';
comment on column landing.quarantine.known_from is 'First extract that showed the row.';
comment on column landing.quarantine.known_to is 'First extract that no longer did; empty: it still does.';
