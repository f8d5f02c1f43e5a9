-- Starts whose first due date is known: Christmas, Easter, moved bank holidays, a start on a leap day.
with known (period_start_date, due_date) as (
    values
    ('2019-11-29', '2019-12-31'),
    ('2019-12-02', '2020-01-02'),
    ('2020-03-12', '2020-04-09'),
    ('2020-04-20', '2020-05-19'),
    ('2022-05-12', '2022-06-13'),
    ('2022-09-01', '2022-09-30'),
    ('2023-04-12', '2023-05-12'),
    ('2020-02-29', '2020-03-27')
)

select
    known.period_start_date,
    known.due_date as expected,
    built.due_date as found
from known
left join {{ ref('int_review__first_due_dates') }} as built
    on cast(known.period_start_date as date) = built.period_start_date
where
    built.due_date is null
    or built.due_date != cast(known.due_date as date)
