-- One row per published month end and child looked after on it: did the chair change in the 12 months to it?
select
    children.authority_code,
    children.month_end,
    children.person_id,
    count(changes.period_id) > 0 as has_changed
from {{ ref('int_care__children_at_month_end') }} as children
left join {{ ref('int_chair__allocations') }} as changes
    on
        children.authority_code = changes.authority_code
        and children.person_id = changes.person_id
        and changes.worker_id != changes.previous_worker_id
        and changes.from_date between children.twelve_months_start and children.month_end
group by children.authority_code, children.month_end, children.person_id
