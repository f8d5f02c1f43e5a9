-- The way back from a pseudonym to the record system, which only the functions of schema lookup read. A request is written
-- first and answered in a later transaction, so that nobody can learn an identifier and take the request back.
create table lookup.identifier (
    pseudonym text primary key,
    authority_code text not null,
    kind text not null,
    identifier text not null
);

create table audit.case_lookup (
    lookup_id bigint generated always as identity primary key,
    requested_at timestamptz not null default clock_timestamp(),
    requested_by text not null default session_user,
    asked_by text not null,
    client_address inet default inet_client_addr(),
    pseudonym text not null,
    reason text not null check (btrim(reason) <> ''),
    is_found boolean not null,
    authority_code text,
    kind text,
    transaction_id xid8 not null default pg_current_xact_id()
);

create function audit.refuse_change() returns trigger language plpgsql
set search_path = pg_catalog, pg_temp
as $body$
begin
    raise exception '%.% is only added to', tg_table_schema, tg_table_name
        using errcode = 'insufficient_privilege';
end
$body$;

create trigger only_added_to before update or delete or truncate on audit.case_lookup
for each statement execute function audit.refuse_change();

create function lookup.request(pseudonym text, reason text, asked_by text default null) returns bigint
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $body$
declare
    new_id bigint;
begin
    if coalesce(request.pseudonym, '') !~ '^[0-9a-f]{32}$' then
        raise exception 'a pseudonym has 32 digits from 0 to 9 and a to f: copy it from the list'
            using errcode = 'invalid_parameter_value';
    end if;
    if btrim(coalesce(request.reason, ''), E' \t\r\n') = '' or length(request.reason) > 500 then
        raise exception 'a look-up needs a reason: say in 500 characters at most what it is for, naming nobody'
            using errcode = 'invalid_parameter_value';
    end if;
    insert into audit.case_lookup (asked_by, pseudonym, reason, is_found, authority_code, kind)
    select
        coalesce(nullif(btrim(request.asked_by), ''), session_user),
        request.pseudonym,
        btrim(request.reason),
        known.pseudonym is not null,
        known.authority_code,
        known.kind
    from (select) as one_row
    left join lookup.identifier as known on known.pseudonym = request.pseudonym
    returning lookup_id into new_id;
    return new_id;
end
$body$;

create function lookup.answer(lookup_id bigint)
returns table (pseudonym text, authority_code text, kind text, identifier text)
language sql stable security definer
set search_path = pg_catalog, pg_temp
as $body$
    select known.pseudonym, known.authority_code, known.kind, known.identifier
    from audit.case_lookup as requested
    inner join lookup.identifier as known on known.pseudonym = requested.pseudonym
    where
        requested.lookup_id = answer.lookup_id
        and requested.requested_by = session_user
        and requested.requested_at > clock_timestamp() - interval '5 minutes'
        -- A row of another transaction is seen when that has committed; of this one it could still be taken back.
        and requested.transaction_id is distinct from pg_current_xact_id_if_assigned()
$body$;

comment on table lookup.identifier is 'One row a pseudonym: the identifier of the record system behind it.';
comment on column lookup.identifier.pseudonym is 'The pseudonym, as schema analysis shows it.';
comment on column lookup.identifier.authority_code is 'ONS code of the council.';
comment on column lookup.identifier.kind is 'What it identifies: child, worker, period, alert.';
comment on column lookup.identifier.identifier is 'The identifier in the record system.';
comment on table audit.case_lookup is 'One row a look-up of a pseudonym; rows are added and never changed.';
comment on column audit.case_lookup.lookup_id is 'Identifies the look-up; a gap is one that was taken back and not answered.';
comment on column audit.case_lookup.requested_at is 'When it was asked for.';
comment on column audit.case_lookup.requested_by is 'The login that asked.';
comment on column audit.case_lookup.asked_by is 'Who asked, as the caller says; the login where nothing was said.';
comment on column audit.case_lookup.client_address is 'Where the connection came from; empty: the server itself.';
comment on column audit.case_lookup.pseudonym is 'The pseudonym that was asked about.';
comment on column audit.case_lookup.reason is 'What the look-up was for, as the caller says.';
comment on column audit.case_lookup.is_found is 'Whether the pseudonym was known.';
comment on column audit.case_lookup.authority_code is 'ONS code of the council; empty: not found.';
comment on column audit.case_lookup.kind is 'What the pseudonym stands for: child, worker, period, alert; empty: not found.';
comment on column audit.case_lookup.transaction_id is 'The transaction that asked: the answer belongs to a later one.';
comment on function lookup.request(text, text, text) is 'Write a look-up into the log, with its reason; gives its number for lookup.answer.';
comment on function lookup.answer(bigint) is 'The identifier that a look-up asked for, within 5 minutes, once its transaction has been committed.';
