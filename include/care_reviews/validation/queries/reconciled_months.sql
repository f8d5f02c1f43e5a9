-- One row a published month: does the mart count the starts, ends and reviews that landing holds? Of the
-- months that the records cover.
with published as (
    select
        period_start,
        period_end,
        max(numerator) filter (where measure_id = 'periods_started') as started,
        max(numerator) filter (where measure_id = 'periods_ceased') as ceased,
        max(numerator) filter (where measure_id = 'reviews_held') as reviews
    from $candidate.kpi_value_unsuppressed
    where period_grain = 'month' and breakdown = 'all' and period_start >= date '$covered_from'
    group by period_start, period_end
),
counted as (
    select
        period_start,
        (select count(*) from $landed_periods as periods
            where periods.is_measured and periods.start_date between period_start and period_end) as started,
        (select count(*) from $landed_periods as periods
            where periods.is_measured and periods.end_date between period_start and period_end) as ceased,
        (select count(*) from $landed_reviews as reviews
            where reviews.is_measured and reviews.review_date between period_start and period_end
                and reviews.review_date <= date '$as_known') as reviews
    from published
)
select
    (published.started = counted.started) is not true as started_differ,
    (published.ceased = counted.ceased) is not true as ceased_differ,
    -- A series held on its last meeting may count in a later month than the review that landing dates.
    case when $is_held_on_first then (published.reviews = counted.reviews) is not true end as reviews_differ
from published
inner join counted using (period_start)
