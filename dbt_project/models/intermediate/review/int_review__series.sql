-- One row per held review that was a series of meetings: its last one, and how many after the first. Where the meetings
-- know of one alone the outcome form may name a last one, which is then the one further meeting.
select
    reviews.authority_code,
    reviews.person_id,
    reviews.review_date,
    coalesce(meetings.last_meeting_date, forms.last_meeting_date) as last_meeting_date,
    coalesce(meetings.further_meetings, 1) as further_meetings
from {{ ref('int_review__reach') }} as reviews
left join {{ ref('int_review__further_meetings') }} as meetings
    on
        reviews.authority_code = meetings.authority_code
        and reviews.person_id = meetings.person_id
        and reviews.review_date = meetings.review_date
left join {{ ref('int_review__outcome_forms') }} as forms
    on
        reviews.authority_code = forms.authority_code
        and reviews.form_key = forms.form_key
        and reviews.review_date < forms.last_meeting_date
        and reviews.last_day >= forms.last_meeting_date
where
    meetings.review_date is not null
    or forms.form_key is not null
