-- One row a period of care: every fault and finding that one row can have.
with calendar as (select max(working_day_index) as last_index from $candidate.dim_date)
select
    child.child_id is null as childless,
    -- The 20th working day after a start must lie in the calendar, else its first review has no due date.
    (start_day.working_day_index + 20 <= calendar.last_index) is not true as undated,
    coalesce(periods.end_date < periods.start_date, false) as ends_before_start
from $candidate.fct_period_of_care as periods
cross join calendar
left join $candidate.dim_date as start_day on start_day.date_day = periods.start_date
left join $candidate.dim_child as child on child.child_id = periods.child_id
