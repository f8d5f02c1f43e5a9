-- One row per day of the calendar: when the first review of a period of care that starts on it is due.
select
    starts.authority_code,
    starts.date_day as period_start_date,
    due.date_day as due_date
from {{ ref('int_time__calendar') }} as starts
inner join {{ ref('int_time__calendar') }} as due
    on
        starts.authority_code = due.authority_code
        and starts.working_day_index + 20 = due.working_day_index
        and due.is_working_day
