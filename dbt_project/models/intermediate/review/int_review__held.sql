-- One row per person and day with a held review: in which period of care it lies, and how the person took part.
with in_care as (
    select
        meetings.*,
        periods.period_id,
        -- Several reviews may lack an id.
        row_number() over (
            partition by meetings.authority_code, meetings.review_id, meetings.person_id, meetings.meeting_id
            order by
                case when periods.period_id = meetings.recorded_period_id then 0 else 1 end,
                periods.start_date desc, periods.period_id desc, meetings.scheduled_date asc
        ) as choice_of_period
    from {{ ref('int_review__meetings') }} as meetings
    inner join {{ ref('int_care__periods') }} as periods
        on
            meetings.authority_code = periods.authority_code
            and meetings.person_id = periods.person_id
            and meetings.meeting_date >= periods.start_date
            and (periods.end_date is null or meetings.meeting_date <= periods.end_date)
    where meetings.meeting_date <= {{ as_known() }}
),

ranked as (
    select
        in_care.authority_code,
        in_care.review_id,
        in_care.meeting_id,
        in_care.person_id,
        in_care.period_id,
        in_care.meeting_date as review_date,
        in_care.scheduled_date,
        participation.participation_code,
        participation.form_key,
        coalesce(participation.is_recorded, false) as is_recorded,
        row_number() over (
            partition by in_care.authority_code, in_care.person_id, in_care.meeting_date
            order by
                coalesce(participation.is_recorded, false) desc,
                participation.last_answered_at desc nulls last,
                in_care.review_id asc nulls last,
                in_care.meeting_id asc
        ) as choice
    from in_care
    left join {{ ref('int_review__participation') }} as participation
        on
            in_care.authority_code = participation.authority_code
            and in_care.meeting_id = participation.meeting_id
            and in_care.person_id = participation.person_id
    where in_care.choice_of_period = 1
)

select
    authority_code,
    review_id,
    meeting_id,
    person_id,
    period_id,
    review_date,
    scheduled_date,
    participation_code,
    is_recorded,
    form_key
from ranked
where choice = 1
