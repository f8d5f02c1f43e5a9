-- One row, the night: have the working lists as many rows as the measures count? Of the snapshots that of the night itself,
-- which is there on the last day of a month; of records all months.
with cells as (
    select
        max(numerator) filter (where measure_id = 'overdue_reviews' and on_night) as reviews_overdue,
        max(numerator) filter (where measure_id = 'alerts_open' and on_night) as alerts_open,
        max(numerator) filter (where measure_id = 'chair_fte' and on_night) as fte_hundredths,
        sum(denominator - numerator) filter (where of_records) as records_late,
        min(period_start) filter (where of_records) as first_day,
        max(period_end) filter (where of_records) as last_day
    from (
        select
            *,
            period_grain = 'snapshot' and period_end = date '$as_known' as on_night,
            period_grain = 'month' and measure_id = 'record_within_15_days'
                and period_start >= date '$covered_from' as of_records
        from $candidate.kpi_value_unsuppressed
        where breakdown = 'all'
    ) as whole
),
records_done_late as (
    select count(*) as records
    from $candidate.fct_review as reviews
    inner join $candidate.dim_date as completed on completed.date_day = reviews.completed_date
    inner join $candidate.dim_date as deadline
        on deadline.working_day_index = completed.working_day_index + 15 and deadline.is_working_day
    inner join cells on reviews.completed_date between cells.first_day and cells.last_day
    where reviews.record_completed_date > deadline.date_day and reviews.record_completed_date <= date '$as_known'
),
listed as (
    select
        (select count(*) from $candidate.worklist_review where is_overdue) as reviews_overdue,
        (select count(*) from $candidate.worklist_alert) as alerts_open,
        (select coalesce(sum(full_time_equivalent) * 100, 0) from $candidate.worklist_chair) as fte_hundredths,
        (
            select count(*) from $candidate.worklist_record as records
            inner join cells on records.completed_date between cells.first_day and cells.last_day
            where records.is_overdue
        ) as records_overdue
)
select
    listed.reviews_overdue <> cells.reviews_overdue as reviews_differ,
    listed.alerts_open <> cells.alerts_open as alerts_differ,
    listed.fte_hundredths <> cells.fte_hundredths as chairs_differ,
    (listed.records_overdue + records_done_late.records = cells.records_late) is not true as records_differ
from cells, records_done_late, listed
