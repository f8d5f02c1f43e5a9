-- One row per recorded review and person whose meeting took place: a CLAR, not cancelled, with a date.
-- Some lie in the future or outside care: those are findings, not held reviews.
select
    review.authority_code,
    review.review_id,
    review.meeting_id,
    review.period_id as recorded_period_id,
    identities.person_id,
    review.scheduled_date,
    meeting.meeting_date
from {{ ref('stg_lcs__fact_cla_review') }} as review
inner join {{ ref('stg_lcs__fact_meetings') }} as meeting
    on
        review.authority_code = meeting.authority_code
        and review.meeting_id = meeting.meeting_id
inner join {{ ref('int_person__identities') }} as identities
    on
        review.authority_code = identities.authority_code
        and review.source_person_id = identities.source_person_id
where
    meeting.meeting_type_code = 'CLAR'
    and not meeting.is_cancelled
    and meeting.meeting_date is not null
