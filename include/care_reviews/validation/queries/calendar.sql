-- One row a year in which a due date may begin or fall: are its days and its bank holidays known?
with needed as (
    select least(
        (select min(start_date) from $candidate.fct_period_of_care),
        (select min(held_date) from $candidate.fct_review),
        date '$as_known'
    ) as first_day,
    greatest(
        -- A first review is due within 40 days of the start.
        (select max(start_date) + 40 from $candidate.fct_period_of_care),
        (select max(held_date) from $candidate.fct_review),
        (date '$as_known' + interval '1 year')::date
    ) as last_day
),
years as (
    select generate_series(extract(year from first_day)::integer, extract(year from last_day)::integer) as year_number
    from needed
),
known as (
    select extract(year from date_day)::integer as year_number, count(bank_holiday_name) as bank_holidays, count(*) as days
    from $candidate.dim_date
    group by 1
)
select
    (known.days >= 365 and known.bank_holidays >= 8) is not true as unknown
    $year_column
from years
left join known using (year_number)
