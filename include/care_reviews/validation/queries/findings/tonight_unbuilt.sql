-- What a gate found on a night whose models were not built: persons as they were recorded, and no team.
create temporary table tonight on commit drop as
select distinct on (1, 2, 3)
    found.expectation,
    found.table_name,
    left(regexp_replace(coalesce(found.record_key, ''), '[^0-9A-Za-z :.|-]', '?', 'g'), 100) as record_key,
    case when found.person_id ~ '^[0-9]{1,19}$$' then found.person_id end as person_id,
    'Not known' as team
from $found as found
order by 1, 2, 3, 4
