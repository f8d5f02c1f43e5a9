-- What a gate found tonight, with the person after merging and the team that worked with the child, or last did.
create temporary table tonight on commit drop as
with teams as (
    select distinct on (person_id) person_id, quadrant as team
    from $candidate.int_child__quadrant_spans
    where from_date <= date '$as_known'
    order by person_id, from_date desc
),
known as (
    select
        found.expectation,
        found.table_name,
        -- A key that cannot be read may be any text: no more of it is kept than a key may have.
        left(regexp_replace(coalesce(found.record_key, ''), '[^0-9A-Za-z :.|-]', '?', 'g'), 100) as record_key,
        coalesce(identities.person_id::text, case when found.person_id ~ '^[0-9]{1,19}$$' then found.person_id end)
            as person_id,
        identities.person_id as known_id
    from $found as found
    left join $candidate.int_person__identities as identities
        on identities.source_person_id::text = found.person_id
)
select distinct on (known.expectation, known.table_name, known.record_key)
    known.expectation, known.table_name, known.record_key, known.person_id,
    coalesce(teams.team, 'Not known') as team
from known
left join teams on teams.person_id = known.known_id
order by known.expectation, known.table_name, known.record_key, known.person_id
