create table landing.chunk (
    authority_code text not null,
    table_name text not null,
    digest bytea not null,
    total bytea not null,
    row_hashes bytea not null
);

-- Hashes do not compress, and a night reads all but these.
alter table landing.chunk alter column row_hashes set storage external;

create index chunk_of_table on landing.chunk (authority_code, table_name);

comment on table landing.chunk is 'Rows of the newest picture that the source gave together: what a night need not look into.';
comment on column landing.chunk.authority_code is 'ONS code of the council.';
comment on column landing.chunk.table_name is 'Source table, lower case.';
comment on column landing.chunk.digest is 'Hash of all rows of the chunk as they came.';
comment on column landing.chunk.total is 'Sum of the rows'' hashes.';
comment on column landing.chunk.row_hashes is 'The rows'' hashes, 16 bytes each.';
