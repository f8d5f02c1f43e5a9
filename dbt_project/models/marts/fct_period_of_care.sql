-- One row per period of care that measures count.
with contacts as (
    select
        periods.authority_code,
        periods.period_id,
        max(updates.update_date) as last_contact_date
    from {{ ref('int_care__periods') }} as periods
    inner join {{ ref('int_review__updates') }} as updates
        on
            periods.authority_code = updates.authority_code
            and periods.person_id = updates.person_id
            and periods.start_date <= updates.update_date
            and (periods.end_date is null or periods.end_date >= updates.update_date)
    where
        updates.is_child_spoken_to
        and updates.update_date <= {{ as_known() }}
    group by periods.authority_code, periods.period_id
)

select
    periods.authority_code,
    periods.period_id,
    periods.person_id as child_id,
    cast(periods.period_number as integer) as period_number,
    periods.start_date,
    periods.end_date,
    periods.start_reason_code,
    periods.end_reason_code,
    periods.end_reason as end_reason_group,
    cast(count(reviews.held_date) as integer) as reviews_held,
    contacts.last_contact_date
from {{ ref('int_care__periods') }} as periods
left join {{ ref('int_review__reviews') }} as reviews
    on
        periods.authority_code = reviews.authority_code
        and periods.period_id = reviews.period_id
left join contacts
    on
        periods.authority_code = contacts.authority_code
        and periods.period_id = contacts.period_id
group by
    periods.authority_code, periods.period_id, periods.person_id, periods.period_number, periods.start_date,
    periods.end_date, periods.start_reason_code, periods.end_reason_code, periods.end_reason, contacts.last_contact_date
