-- Every person and day with a review meeting that took place, made from landing without the models.
with meetings as (
    select fact_meeting_id, left(actual_dttm, 10)::date as review_date
    from $fact_meetings as meeting
    where $meeting_type = 'CLAR' and coalesce($cancelled, 'N') not like 'Y%'
        and coalesce(left(actual_dttm, 10), '1900-01-01') <> '1900-01-01'
)
select
    people.person_id,
    meetings.review_date,
    exists (
        select from $landed_periods as periods
        where periods.person_id = people.person_id and meetings.review_date >= periods.start_date
            and (periods.end_date is null or meetings.review_date <= periods.end_date)
    ) as is_in_care
from $fact_cla_review as review
inner join meetings on meetings.fact_meeting_id = review.fact_meeting_id
inner join $landed_people as people on people.record_id::text = review.dim_person_id
group by people.person_id, meetings.review_date
