-- One row per person with a stay under V3: are there more than 75 days of them in a year from 1 April?
with days as (
    select distinct person_id, generate_series(
        start_date, least(end_date, date '$as_known') - 1, interval '1 day'
    )::date as date_day
    from (
        select person_id, start_date, coalesce(end_date, date '$as_known') as end_date
        from $candidate.int_care__legal_statuses
        where legal_status_code = 'V3'
    ) as stays
),
years as (
    select person_id, count(*) as days_in_year
    from days
    group by person_id, extract(year from date_day - interval '3 months')
)
select
    person_id::text as record_key,
    person_id::text as person_id,
    max(days_in_year) > 75 as rule_367
from years
group by person_id
