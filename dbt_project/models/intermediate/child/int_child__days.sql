-- One row per person and day that a published fact is about, and the day whose statuses it has: on the day a child
-- leaves care, those of the day before.
{% set facts = [
    ('int_care__children_at_month_end', 'month_end'),
    ('int_care__periods', 'start_date'),
    ('int_care__periods', 'end_date'),
    ('int_review__reviews', 'held_date'),
    ('int_review__reviews', 'completed_date'),
    ('int_review__due_dates', 'due_date'),
    ('int_review__audits', 'audit_date'),
    ('int_alert__alerts', 'raised_date'),
    ('int_alert__alerts', 'resolved_date'),
    ('int_alert__open_at_month_end', 'month_end'),
] %}

with days as (
    {% for model, column in facts %}
        select
            authority_code,
            person_id,
            {{ column }} as date_day
        from {{ ref(model) }}
        {% if not loop.last %}union{% endif %}
    {% endfor %}
),

published as (
    select
        authority_code,
        min(counted_from) as first_day,
        max(period_end) as last_day
    from {{ ref('int_time__spans') }}
    group by authority_code
)

select
    days.authority_code,
    days.person_id,
    days.date_day,
    case
        when min(case when periods.end_date = days.date_day then 1 else 0 end) = 1
            then {{ date_after('day', -1, 'days.date_day') }}
        else days.date_day
    end as status_day
from days
inner join published
    on
        days.authority_code = published.authority_code
        and days.date_day between published.first_day and published.last_day
left join {{ ref('int_care__periods') }} as periods
    on
        days.authority_code = periods.authority_code
        and days.person_id = periods.person_id
        and days.date_day between periods.start_date and coalesce(periods.end_date, days.date_day)
        -- A period of no days is not left.
        and (periods.end_date is null or periods.start_date < periods.end_date)
group by days.authority_code, days.person_id, days.date_day
