-- One row per held review: were its outcomes completed, its record completed and its record distributed in time,
-- and was a series of meetings? Null is nothing to judge yet, and for a review of one meeting never a series.
-- Working days count from the last meeting, for a series from the first; a deadline's own day is still in time.
select
    reviews.authority_code,
    reviews.person_id,
    reviews.period_id,
    reviews.review_sequence,
    reviews.held_date,
    reviews.completed_date,
    reviews.record_completed_date,
    record_deadline.date_day as record_deadline,
    {{ done_in_time('reviews.outcomes_completed_date', 'outcomes_deadline.date_day') }} as is_outcomes_in_time,
    {{ done_in_time('reviews.record_completed_date', 'record_deadline.date_day') }} as is_record_in_time,
    {{ done_in_time('reviews.record_distributed_date', 'distribution_deadline.date_day') }} as is_distribution_in_time,
    case when reviews.meetings > 1 then reviews.completed_date <= series_deadline.date_day end as is_series_in_time
from {{ ref('int_review__reviews') }} as reviews
left join {{ ref('int_time__calendar') }} as first_meeting
    on
        reviews.authority_code = first_meeting.authority_code
        and reviews.review_date = first_meeting.date_day
left join {{ ref('int_time__calendar') }} as last_meeting
    on
        reviews.authority_code = last_meeting.authority_code
        and reviews.completed_date = last_meeting.date_day
{%- for name, meeting, days in [
    ('series', 'first_meeting', 20), ('outcomes', 'last_meeting', 5),
    ('record', 'last_meeting', 15), ('distribution', 'last_meeting', 20)
] %}
    left join {{ ref('int_time__calendar') }} as {{ name }}_deadline
        on
            {{ meeting }}.authority_code = {{ name }}_deadline.authority_code
            and {{ meeting }}.working_day_index + {{ days }} = {{ name }}_deadline.working_day_index
            and {{ name }}_deadline.is_working_day
{%- endfor %}
