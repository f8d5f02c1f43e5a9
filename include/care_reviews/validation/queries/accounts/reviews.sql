-- One row a landed row of FACT_CLA_REVIEW: the held review that it stands for, or the reason why it stands for none; and why
-- that review is out of the scope of participation.
with chosen as (select row_hash from $fact_cla_review as review),
meetings as (
    select
        fact_meeting_id,
        $meeting_type is not distinct from 'CLAR' as is_review,
        $is_cancelled as is_cancelled,
        nullif(left(actual_dttm, 10), '1900-01-01')::date as held_date
    from $fact_meetings as meeting
    where fact_meeting_id <> '-1'
),
births as (
    select dim_person_id::bigint as person_id, nullif(left(birth_dttm, 10), '1900-01-01')::date as birth_date
    from $dim_person as person
),
rows as (
    select
        meetings.*,
        review.row_hash,
        review.occurrence,
        chosen.row_hash is not null as is_chosen,
        people.person_id,
        births.birth_date,
        held.is_in_care,
        held.is_measured
    from $rows_of_fact_cla_review as review
    left join chosen on chosen.row_hash = review.row_hash
    left join meetings on meetings.fact_meeting_id = review.fact_meeting_id
    left join $landed_people as people on people.record_id = review.dim_person_id::bigint
    left join births on births.person_id = people.person_id
    left join $landed_reviews as held on held.person_id = people.person_id and held.review_date = meetings.held_date
),
placed as (
    select
        *,
        row_number() over (
            partition by person_id, held_date, occurrence = 1 and is_chosen and is_review and not is_cancelled
            order by row_hash
        ) as place
    from rows
)
select
    case
        when occurrence > 1 then 'the same row again'
        when not is_chosen then 'another row with its key counts'
        when fact_meeting_id is null then 'its meeting is not there'
        when not is_review then 'its meeting is no review'
        when is_cancelled then 'cancelled'
        when held_date is null then 'not held'
        when person_id is null then 'leads to no person'
        when held_date > date '$as_known' then 'dated after the night'
        when is_in_care is not true then 'held outside care'
        when is_measured is not true then 'held in a series of short breaks'
        when place > 1 then 'another row of the same review'
    end as reason,
    case
        when birth_date is null then 'of a child whose age is not known'
        when held_date < birth_date + interval '4 years' then 'of a child under 4 on the day'
    end as reason_of_scope,
    person_id,
    held_date as start_date,
    null::date as end_date
from placed
