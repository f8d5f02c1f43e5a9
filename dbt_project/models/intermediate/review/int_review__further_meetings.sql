-- One row per held review that went on over further meetings (CLARS) of the person: its last one, and how many.
with held as (
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
)

select
    reviews.authority_code,
    reviews.person_id,
    reviews.review_date,
    max(held.meeting_date) as last_meeting_date,
    count(*) as further_meetings
from {{ ref('int_review__reach') }} as reviews
inner join held
    on
        reviews.authority_code = held.authority_code
        and reviews.person_id = held.person_id
        and reviews.review_date <= held.meeting_date
        and reviews.last_day >= held.meeting_date
group by reviews.authority_code, reviews.person_id, reviews.review_date
