-- One row a held review whose outcome form names its first or last meeting: do the meetings say the same?
select
    (coalesce(forms.first_meeting_date, reviews.review_date) = reviews.review_date
        and coalesce(forms.last_meeting_date, reviews.completed_date) = reviews.completed_date) is not true
        as meetings_differ
from $candidate.int_review__reviews as reviews
inner join $candidate.int_review__outcome_forms as forms on forms.form_key = reviews.form_key
where forms.first_meeting_date is not null or forms.last_meeting_date is not null
