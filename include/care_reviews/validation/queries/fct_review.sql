-- One row a review: every fault and finding that one row can have.
with numbered as (
    select *, row_number() over (partition by period_id order by review_sequence) as position
    from $candidate.fct_review
)
select
    periods.period_id is null as periodless,
    reviews.due_date is null as undated,
    (review_sequence = position) is not true as out_of_sequence,
    (case
        when held_date is null or not is_due_date_counted then is_on_time is null
        else is_on_time = (held_date <= due_date)
    end) is not true as timeliness_wrong,
    coalesce(held_date > date '$as_known', false) as in_future,
    case when held_date is not null then (held_date >= periods.start_date) is not true end as outside_period,
    case when held_date is not null then coalesce(child.birth_month > held_date, false) end as before_birth,
    case when held_date is not null then is_in_participation_scope is null or age_at_review is null end as ageless
from numbered as reviews
left join $candidate.fct_period_of_care as periods on periods.period_id = reviews.period_id
left join $candidate.dim_child as child on child.child_id = reviews.child_id
