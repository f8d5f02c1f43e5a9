-- One row per published month end and child looked after on it: the placements of a day or more in the 12 months to it.
select
    children.authority_code,
    children.month_end,
    children.person_id,
    count(stays.start_date) as placements
from {{ ref('int_care__children_at_month_end') }} as children
left join {{ ref('int_care__stays') }} as stays
    on
        children.authority_code = stays.authority_code
        and children.person_id = stays.person_id
        and children.month_end >= stays.start_date
        and (
            stays.end_date is null
            or (children.twelve_months_start < stays.end_date and stays.start_date < stays.end_date)
        )
group by children.authority_code, children.month_end, children.person_id
