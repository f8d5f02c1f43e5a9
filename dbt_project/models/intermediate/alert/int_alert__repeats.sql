-- One row per child and day on which an alert was raised within 12 months of an earlier one.
with days as (
    select distinct
        authority_code,
        person_id,
        raised_date
    from {{ ref('int_alert__alerts') }}
    where raised_date is not null
),

with_earlier as (
    select
        *,
        lag(raised_date) over (partition by authority_code, person_id order by raised_date) as earlier_date
    from days
)

select
    authority_code,
    person_id,
    raised_date
from with_earlier
where raised_date <= {{ date_after('month', 12, 'earlier_date') }}
