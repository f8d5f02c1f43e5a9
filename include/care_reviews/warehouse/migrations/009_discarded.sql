-- A night that should not have landed gives way to earlier ones. Its rows stay, as the picture of its extract.
alter table audit.extract
add column discarded_at timestamptz,
add column discarded_by text,
add column discard_reason text,
drop constraint extract_status_check,
add constraint extract_status_check check (status in ('extracting', 'extracted', 'landed', 'discarded')),
add constraint discarded_with_reason check (
    (status <> 'discarded' and discarded_at is null and discarded_by is null and discard_reason is null)
    or (
        status = 'discarded' and discarded_at is not null and discarded_by is not null
        and btrim(coalesce(discard_reason, '')) <> ''
    )
);

comment on column audit.extract.status is 'extracting, extracted, landed or discarded.';
comment on column audit.extract.discarded_at is 'When the landed night was discarded; empty: it was not.';
comment on column audit.extract.discarded_by is 'Who discarded it.';
comment on column audit.extract.discard_reason is 'Why it was discarded.';
