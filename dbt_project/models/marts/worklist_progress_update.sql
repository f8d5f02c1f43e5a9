-- One row per period of care open on the night in which no progress update was recorded since the last review: were the
-- next review held now, the interval would count as one without.
select
    dues.authority_code,
    dues.period_id,
    dues.person_id as child_id,
    people.worker_id as chair_id,
    people.team,
    people.quadrant,
    dues.previous_held_date as last_review_date,
    dues.due_date as next_review_due_date
from {{ ref('int_review__due_dates') }} as dues
inner join {{ ref('int_care__periods') }} as periods
    on
        dues.authority_code = periods.authority_code
        and dues.period_id = periods.period_id
{{ worklist_people('dues') }}
left join {{ ref('int_review__updates') }} as updates
    on
        dues.authority_code = updates.authority_code
        and dues.person_id = updates.person_id
        and dues.previous_held_date < updates.update_date
        and updates.update_date <= {{ as_known() }}
where
    dues.held_date is null
    and dues.previous_held_date is not null
    and periods.start_date <= {{ as_known() }}
    and (periods.end_date is null or periods.end_date > {{ as_known() }})
    and updates.update_date is null
