-- One row per held review that went on over further meetings (CLARS): its last meeting and how many there were.
-- A further meeting belongs to the person's last held review on its day or before.
with further_meetings as (
    select distinct
        meeting.authority_code,
        meeting.meeting_id,
        meeting.meeting_date,
        identities.person_id
    from {{ ref('stg_lcs__fact_meetings') }} as meeting
    inner join {{ ref('stg_lcs__fact_meeting_subjects') }} as subjects
        on
            meeting.authority_code = subjects.authority_code
            and meeting.meeting_id = subjects.meeting_id
    inner join {{ ref('int_person__identities') }} as identities
        on
            subjects.authority_code = identities.authority_code
            and subjects.source_person_id = identities.source_person_id
    where
        meeting.meeting_type_code = 'CLARS'
        and not meeting.is_cancelled
        and meeting.meeting_date <= {{ as_known() }}
),

until_next as (
    select
        authority_code,
        person_id,
        review_date,
        period_id,
        lead(review_date) over (partition by authority_code, person_id order by review_date) as next_review_date
    from {{ ref('int_review__held') }}
)

select
    reviews.authority_code,
    reviews.person_id,
    reviews.review_date,
    max(further_meetings.meeting_date) as last_meeting_date,
    count(*) as further_meetings
from until_next as reviews
inner join {{ ref('int_care__periods') }} as periods
    on
        reviews.authority_code = periods.authority_code
        and reviews.period_id = periods.period_id
inner join further_meetings
    on
        reviews.authority_code = further_meetings.authority_code
        and reviews.person_id = further_meetings.person_id
        and reviews.review_date <= further_meetings.meeting_date
        and (reviews.next_review_date is null or reviews.next_review_date > further_meetings.meeting_date)
        and (periods.end_date is null or periods.end_date >= further_meetings.meeting_date)
group by reviews.authority_code, reviews.person_id, reviews.review_date
