-- One row per published month end and child looked after on it: were their reviews in time?
-- The due dates of all the child's periods of care count.
select
    children.authority_code,
    children.month_end,
    children.person_id,
    coalesce(max(
        case when dues.due_date between children.reporting_year_start and children.month_end then 1 else 0 end
    ), 0) = 1 as has_due,
    coalesce(max(
        case
            when
                dues.due_date between children.reporting_year_start and children.month_end
                and dues.held_date > dues.due_date
                then 1
            else 0
        end
    ), 0) = 1 as has_late,
    coalesce(max(
        case
            when
                dues.due_date < children.month_end
                and (dues.held_date is null or dues.held_date > children.month_end)
                then 1
            else 0
        end
    ), 0) = 1 as has_overdue
from {{ ref('int_care__children_at_month_end') }} as children
left join {{ ref('int_review__due_dates') }} as dues
    on
        children.authority_code = dues.authority_code
        and children.person_id = dues.person_id
        and dues.is_counted
group by children.authority_code, children.month_end, children.person_id
