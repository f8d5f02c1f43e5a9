-- A year of the calendar for which the bank holiday table has no row.
select distinct extract(year from calendar.date_day) as year_without_holidays
from {{ ref('int_time__calendar') }} as calendar
where
    extract(year from calendar.date_day) not in (
        select extract(year from bank_holiday.holiday_date)
        from {{ ref('bank_holiday') }} as bank_holiday
    )
