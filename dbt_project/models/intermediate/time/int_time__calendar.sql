-- One row per day of the years that the bank holiday table covers: is it a working day, and the how manieth?
with last_day as (
    select max(holiday_date) as last_holiday_date
    from {{ ref('bank_holiday') }}
),

day_numbers as ({{ dbt.generate_series(25000) }}),

-- The table begins with 1990, and 1990-01-01 was a Monday.
days as (
    select
        {{ date_after('day', 'day_numbers.generated_number - 1', "cast('1990-01-01' as date)") }} as date_day,
        mod(cast(day_numbers.generated_number - 1 as integer), 7) >= 5 as is_weekend
    from day_numbers
),

covered as (
    select days.*
    from days
    inner join last_day
        on extract(year from days.date_day) <= extract(year from last_day.last_holiday_date)
),

working_days as (
    select
        covered.date_day,
        covered.is_weekend,
        bank_holiday.holiday_name as bank_holiday_name,
        not covered.is_weekend and bank_holiday.holiday_date is null as is_working_day
    from covered
    left join {{ ref('bank_holiday') }} as bank_holiday
        on covered.date_day = bank_holiday.holiday_date
)

select
    '{{ var("authority_code") }}' as authority_code,
    date_day,
    is_weekend,
    bank_holiday_name,
    is_working_day,
    cast(
        sum(case when is_working_day then 1 else 0 end) over (order by date_day) as integer
    ) as working_day_index
from working_days
