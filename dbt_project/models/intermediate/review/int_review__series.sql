-- One row per held review that went on over further meetings (CLARS): its last meeting and how many there were.
-- A further meeting belongs to the person's last held review on its day or before. Of a review without any, the
-- outcome form may name a last meeting, which is then the one further meeting, if it could belong to the review too.
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
        held.authority_code,
        held.person_id,
        held.review_date,
        held.form_key,
        periods.end_date,
        lead(held.review_date) over (
            partition by held.authority_code, held.person_id order by held.review_date
        ) as next_review_date
    from {{ ref('int_review__held') }} as held
    inner join {{ ref('int_care__periods') }} as periods
        on
            held.authority_code = periods.authority_code
            and held.period_id = periods.period_id
),

recorded as (
    select
        reviews.authority_code,
        reviews.person_id,
        reviews.review_date,
        max(further_meetings.meeting_date) as last_meeting_date,
        count(*) as further_meetings
    from until_next as reviews
    inner join further_meetings
        on
            reviews.authority_code = further_meetings.authority_code
            and reviews.person_id = further_meetings.person_id
            and reviews.review_date <= further_meetings.meeting_date
            and (reviews.next_review_date is null or reviews.next_review_date > further_meetings.meeting_date)
            and (reviews.end_date is null or reviews.end_date >= further_meetings.meeting_date)
    group by reviews.authority_code, reviews.person_id, reviews.review_date
),

named_by_form as (
    select
        reviews.authority_code,
        reviews.person_id,
        reviews.review_date,
        forms.last_meeting_date
    from until_next as reviews
    inner join {{ ref('int_review__outcome_forms') }} as forms
        on
            reviews.authority_code = forms.authority_code
            and reviews.form_key = forms.form_key
    left join recorded
        on
            reviews.authority_code = recorded.authority_code
            and reviews.person_id = recorded.person_id
            and reviews.review_date = recorded.review_date
    where
        recorded.review_date is null
        and reviews.review_date < forms.last_meeting_date
        and forms.last_meeting_date <= {{ as_known() }}
        and (reviews.next_review_date is null or reviews.next_review_date > forms.last_meeting_date)
        and (reviews.end_date is null or reviews.end_date >= forms.last_meeting_date)
)

select
    authority_code,
    person_id,
    review_date,
    last_meeting_date,
    further_meetings
from recorded
union all
select
    authority_code,
    person_id,
    review_date,
    last_meeting_date,
    1 as further_meetings
from named_by_form
