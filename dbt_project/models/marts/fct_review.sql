-- One row per review of a period of care: those held, and the next one where its due date counts.
select
    dues.authority_code,
    dues.period_id,
    dues.person_id as child_id,
    cast(dues.review_sequence as integer) as review_sequence,
    dues.due_date,
    dues.is_counted as is_due_date_counted,
    reviews.held_date,
    case when dues.is_counted then dues.held_date <= dues.due_date end as is_on_time,
    reviews.completed_date,
    cast(reviews.meetings as integer) as meetings,
    {{ age_on('people.birth_date', 'reviews.held_date') }} as age_at_review,
    reviews.is_in_participation_scope,
    reviews.participation_code,
    reviews.is_recorded as is_participation_recorded,
    reviews.has_participated,
    reviews.has_attended,
    statuses.legal_status_code,
    reviews.outcomes_completed_date,
    reviews.record_completed_date,
    reviews.record_distributed_date
from {{ ref('int_review__due_dates') }} as dues
inner join {{ ref('int_person__people') }} as people
    on
        dues.authority_code = people.authority_code
        and dues.person_id = people.person_id
left join {{ ref('int_review__reviews') }} as reviews
    on
        dues.authority_code = reviews.authority_code
        and dues.period_id = reviews.period_id
        and dues.review_sequence = reviews.review_sequence
left join {{ ref('int_care__legal_status_spans') }} as statuses
    on
        reviews.authority_code = statuses.authority_code
        and reviews.person_id = statuses.person_id
        and reviews.held_date >= statuses.from_date
        and (statuses.until_date is null or reviews.held_date < statuses.until_date)
where
    dues.held_date is not null
    or dues.is_counted
    -- A review whose due date cannot be told stays visible.
    or dues.due_date is null
