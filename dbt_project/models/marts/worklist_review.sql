-- One row per review that a child looked after on the night has not had: overdue, or due in the next 20 working days.
select
    dues.authority_code,
    dues.period_id,
    cast(dues.review_sequence as integer) as review_sequence,
    dues.person_id as child_id,
    people.worker_id as chair_id,
    people.team,
    people.quadrant,
    dues.previous_held_date as last_review_date,
    {{ due_columns('dues.due_date') }}
from {{ ref('int_review__due_dates') }} as dues
{{ worklist_people('dues') }}
{{ worklist_days('dues', 'dues.due_date') }}
inner join {{ ref('int_time__calendar') }} as last_day
    on
        night.authority_code = last_day.authority_code
        and night.working_day_index + 20 = last_day.working_day_index
        and last_day.is_working_day
where
    dues.is_counted
    and dues.held_date is null
    and dues.due_date <= last_day.date_day
    and people.is_looked_after
