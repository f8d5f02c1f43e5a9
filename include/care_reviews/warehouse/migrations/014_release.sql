alter table published.publication
add column return_name text,
add column released_by text,
add column released_at timestamptz,
add column release_comment text,
add constraint return_is_released check (
    return_name is null and released_at is null and release_comment is null
    or coalesce(btrim(return_name), '') <> '' and coalesce(btrim(released_by), '') <> '' and released_at is not null
);

comment on column published.publication.return_name is 'The return that it was released as; empty: a night like any other.';
comment on column published.publication.released_by is 'Who released a return; gates: it released itself, since no gate said stop. Empty before releases were kept.';
comment on column published.publication.released_at is 'When a person released the return.';
comment on column published.publication.release_comment is 'What that person said of it.';
