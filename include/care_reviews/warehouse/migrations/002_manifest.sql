create table audit.manifest (
    extract_id bigint not null references audit.extract,
    authority_code text not null,
    as_known date not null,
    table_name text not null,
    rows_read bigint not null,
    rows_new bigint not null,
    rows_changed bigint not null,
    rows_vanished bigint not null,
    rows_unchanged bigint not null,
    rows_quarantined bigint not null,
    bytes bigint not null,
    seconds numeric(9, 3) not null,
    content_digest text not null,
    primary key (extract_id, table_name)
);

comment on table audit.manifest is 'One row a source table and extract: what was read and what came of it.';
comment on column audit.manifest.extract_id is 'The extract.';
comment on column audit.manifest.authority_code is 'ONS code of the council.';
comment on column audit.manifest.as_known is 'Last whole day that the extract covers.';
comment on column audit.manifest.table_name is 'Source table, lower case.';
comment on column audit.manifest.rows_read is 'Rows that the source gave: landed and quarantined together.';
comment on column audit.manifest.rows_new is 'Rows that no earlier night held.';
comment on column audit.manifest.rows_changed is 'Rows whose content changed, where the source names its rows.';
comment on column audit.manifest.rows_vanished is 'Rows that the night before held and this one does not.';
comment on column audit.manifest.rows_unchanged is 'Rows as the night before held them.';
comment on column audit.manifest.rows_quarantined is 'Rows that could not be read, kept in quarantine.';
comment on column audit.manifest.bytes is 'Size of the values read.';
comment on column audit.manifest.seconds is 'Time that reading and landing took.';
comment on column audit.manifest.content_digest is 'Digest of the table as it was read.';
