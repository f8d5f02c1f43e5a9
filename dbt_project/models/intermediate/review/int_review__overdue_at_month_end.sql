-- One row per published month end and review overdue on it, of a child looked after on it.
select
    children.authority_code,
    children.month_end,
    children.person_id,
    dues.period_id,
    dues.review_sequence,
    dues.due_date
from {{ ref('int_care__children_at_month_end') }} as children
inner join {{ ref('int_review__due_dates') }} as dues
    on
        children.authority_code = dues.authority_code
        and children.person_id = dues.person_id
        and dues.is_counted
        and children.month_end > dues.due_date
        and (dues.held_date is null or children.month_end < dues.held_date)
