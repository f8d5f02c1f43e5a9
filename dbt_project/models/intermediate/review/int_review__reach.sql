-- One row per held review: the last day on which a meeting may still belong to it, which is before the person's next
-- review, no later than the day of leaving, and no later than the night.
with followed as (
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
)

select
    authority_code,
    person_id,
    review_date,
    form_key,
    least(
        coalesce({{ date_after('day', -1, 'next_review_date') }}, {{ as_known() }}),
        coalesce(end_date, {{ as_known() }}),
        {{ as_known() }}
    ) as last_day
from followed
