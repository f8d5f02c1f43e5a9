-- One row per review that a period of care needed or needs: those held, and the next one.
-- First: 20 working days after the start. Second: 3 months after the first was held. Later: 6 months.
-- A period that starts outside the calendar has no first due date (null): never a silent guess.
with needed as (
    select
        reviews.authority_code,
        reviews.period_id,
        reviews.review_sequence,
        reviews.previous_held_date,
        reviews.held_date
    from {{ ref('int_review__reviews') }} as reviews

    union all

    select
        periods.authority_code,
        periods.period_id,
        count(reviews.held_date) + 1 as review_sequence,
        max(reviews.held_date) as previous_held_date,
        cast(null as date) as held_date
    from {{ ref('int_care__periods') }} as periods
    left join {{ ref('int_review__reviews') }} as reviews
        on
            periods.authority_code = reviews.authority_code
            and periods.period_id = reviews.period_id
    group by periods.authority_code, periods.period_id
),

due as (
    select
        needed.*,
        periods.person_id,
        periods.end_date as period_end_date,
        case
            when needed.review_sequence = 1 then first_due.due_date
            when needed.review_sequence = 2 then {{ date_after('month', 3, 'needed.previous_held_date') }}
            else {{ date_after('month', 6, 'needed.previous_held_date') }}
        end as due_date
    from needed
    inner join {{ ref('int_care__periods') }} as periods
        on
            needed.authority_code = periods.authority_code
            and needed.period_id = periods.period_id
    left join {{ ref('int_review__first_due_dates') }} as first_due
        on
            periods.authority_code = first_due.authority_code
            and periods.start_date = first_due.period_start_date
)

select
    authority_code,
    period_id,
    person_id,
    review_sequence,
    due_date,
    held_date,
    previous_held_date,
    -- A child who left before the due date has no breach; the day of leaving itself counts.
    due_date is not null and (period_end_date is null or due_date <= period_end_date) as is_counted
from due
