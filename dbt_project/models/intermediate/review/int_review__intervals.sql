-- One row per interval between a held review and the one before it in the period of care: was there a progress update
-- between the two days, and one for which the child was spoken to?
select
    reviews.authority_code,
    reviews.person_id,
    reviews.period_id,
    reviews.previous_held_date,
    reviews.held_date,
    count(updates.update_date) > 0 as has_update,
    count(case when updates.is_child_spoken_to then 1 end) > 0 as has_update_with_child
from {{ ref('int_review__reviews') }} as reviews
left join {{ ref('int_review__updates') }} as updates
    on
        reviews.authority_code = updates.authority_code
        and reviews.person_id = updates.person_id
        and reviews.previous_held_date < updates.update_date
        and reviews.held_date > updates.update_date
where reviews.previous_held_date is not null
group by
    reviews.authority_code, reviews.person_id, reviews.period_id, reviews.previous_held_date, reviews.held_date
