-- One row per published month end with an estimate of the population aged 0 to 17: the newest for a day on it or
-- before that is less than two years old.
with estimates as (
    select
        month_ends.authority_code,
        month_ends.month_end,
        population.aged_0_to_17,
        row_number() over (
            partition by month_ends.authority_code, month_ends.month_end order by population.mid_year desc
        ) as choice
    from {{ ref('int_time__month_ends') }} as month_ends
    inner join {{ ref('site_population') }} as population
        on
            month_ends.authority_code = population.authority_code
            and month_ends.month_end >= population.mid_year
            and month_ends.month_end < {{ date_after('year', 2, 'population.mid_year') }}
)

select
    authority_code,
    month_end,
    aged_0_to_17
from estimates
where choice = 1
