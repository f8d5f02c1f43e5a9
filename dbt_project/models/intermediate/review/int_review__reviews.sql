-- One row per held review: its number in its period of care, the dates that it counts from, and what its
-- outcome form says; null where that says nothing.
-- `held_date` is the first or the last meeting of a series, as the installation chose.
with dated as (
    select
        held.*,
        coalesce(series.last_meeting_date, held.review_date) as completed_date,
        1 + coalesce(series.further_meetings, 0) as meetings,
        {% if var('review_held_on') == 'last' -%}
            coalesce(series.last_meeting_date, held.review_date) as held_date
        {%- else -%}
            held.review_date as held_date
        {%- endif %}
    from {{ ref('int_review__held') }} as held
    left join {{ ref('int_review__series') }} as series
        on
            held.authority_code = series.authority_code
            and held.person_id = series.person_id
            and held.review_date = series.review_date
)

select
    dated.*,
    row_number() over (
        partition by dated.authority_code, dated.period_id order by dated.review_date
    ) as review_sequence,
    lag(dated.held_date) over (
        partition by dated.authority_code, dated.period_id order by dated.review_date
    ) as previous_held_date,
    codes.has_participated,
    codes.has_attended,
    forms.outcomes_completed_date,
    forms.record_completed_date,
    forms.record_distributed_date,
    forms.is_social_work_report_received,
    forms.is_child_spoken_to_before,
    forms.is_child_co_chaired,
    forms.is_written_to_child,
    coalesce(forms.has_permanence_plan, false) as has_permanence_plan,
    -- Without a birth date nobody can tell, so the review is out of scope.
    coalesce(people.fourth_birthday <= dated.held_date, false) as is_in_participation_scope
from dated
left join {{ ref('participation') }} as codes
    on dated.participation_code = codes.participation_code
left join {{ ref('int_review__outcome_forms') }} as forms
    on
        dated.authority_code = forms.authority_code
        and dated.form_key = forms.form_key
inner join {{ ref('int_person__people') }} as people
    on
        dated.authority_code = people.authority_code
        and dated.person_id = people.person_id
