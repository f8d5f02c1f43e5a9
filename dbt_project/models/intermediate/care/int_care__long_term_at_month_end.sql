-- One row per published month end and child under 16 who by then had been looked after for 2 years and 6 months:
-- settled for 2 years in the placement of that day? Without a birth date nobody can tell who is under 16.
select
    children.authority_code,
    children.month_end,
    children.person_id,
    count(stays.start_date) > 0 as is_settled
from {{ ref('int_care__children_at_month_end') }} as children
inner join {{ ref('int_person__people') }} as people
    on
        children.authority_code = people.authority_code
        and children.person_id = people.person_id
        and children.month_end < {{ date_after('year', 16, 'people.birth_date') }}
inner join {{ ref('int_care__periods') }} as periods
    on
        children.authority_code = periods.authority_code
        and children.person_id = periods.person_id
        and children.month_end >= {{ date_after('month', 30, 'periods.start_date') }}
        and (periods.end_date is null or children.month_end < periods.end_date)
left join {{ ref('int_care__stays') }} as stays
    on
        periods.authority_code = stays.authority_code
        and periods.period_id = stays.period_id
        and children.month_end >= stays.start_date
        and (stays.end_date is null or children.month_end < stays.end_date)
        and children.month_end >= {{ date_after('year', 2, 'stays.settled_since') }}
group by children.authority_code, children.month_end, children.person_id
