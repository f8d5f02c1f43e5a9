-- One row per review, completed in the months that are published or since, whose record was not complete on the night.
with published as (
    select
        authority_code,
        min(month_start) as first_day
    from {{ ref('int_time__month_ends') }}
    group by authority_code
)

select
    reviews.authority_code,
    reviews.period_id,
    cast(reviews.review_sequence as integer) as review_sequence,
    reviews.person_id as child_id,
    people.worker_id as chair_id,
    people.team,
    people.quadrant,
    reviews.held_date,
    reviews.completed_date,
    {{ due_columns('reviews.record_deadline') }}
from {{ ref('int_review__deadlines') }} as reviews
inner join published
    on
        reviews.authority_code = published.authority_code
        and reviews.completed_date >= published.first_day
{{ worklist_people('reviews') }}
{{ worklist_days('reviews', 'reviews.record_deadline') }}
-- A record dated after the night is not complete yet.
where reviews.record_completed_date is null or reviews.record_completed_date > {{ as_known() }}
