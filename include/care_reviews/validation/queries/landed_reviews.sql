-- Every person and day with a review meeting that took place, made from landing without the models: is it in any period
-- of care, and in one that is measured?
with meetings as (
    select fact_meeting_id, left(actual_dttm, 10)::date as review_date
    from $fact_meetings as meeting
    where fact_meeting_id <> '-1' and $meeting_type = 'CLAR' and not $is_cancelled
        and coalesce(left(actual_dttm, 10), '1900-01-01') <> '1900-01-01'
)
select
    people.person_id,
    meetings.review_date,
    bool_or(periods.period_id is not null) as is_in_care,
    coalesce(bool_or(periods.is_measured), false) as is_measured
from $fact_cla_review as review
inner join meetings on meetings.fact_meeting_id = review.fact_meeting_id
inner join $landed_people as people on people.record_id = review.dim_person_id::bigint
left join $landed_periods as periods
    on periods.person_id = people.person_id and meetings.review_date >= periods.start_date
    and (periods.end_date is null or meetings.review_date <= periods.end_date)
group by people.person_id, meetings.review_date
