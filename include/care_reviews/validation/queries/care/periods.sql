-- One row per period of care: its dates, its need, and the days in it without a chair. The start is day 0 of them.
with needs as (
    select period_id, count(category_of_need_code) as told, count(distinct category_of_need_code) as needs
    from $candidate.stg_lcs__fact_care_episodes
    group by period_id
),
in_care as (
    select *, least(coalesce(end_date, date '$as_known'), date '$as_known') as last_day
    from $candidate.int_care__periods
    where start_date <= date '$as_known'
),
chaired as (
    select period_id, date '-infinity' as from_date, start_date as until_date, last_day from in_care
    union all
    select in_care.period_id, spans.from_date, least(coalesce(spans.until_date, in_care.last_day), in_care.last_day),
        in_care.last_day
    from in_care
    inner join $candidate.int_chair__officer_spans as spans
        on spans.person_id = in_care.person_id and spans.from_date <= in_care.last_day
        and (spans.until_date is null or spans.until_date > in_care.start_date)
),
gaps as (
    select period_id, until_date as from_date,
        coalesce(lead(from_date) over (partition by period_id order by from_date), last_day) as until_date
    from chaired
),
alone as (
    select gaps.period_id, max(last_day.working_day_index - first_day.working_day_index) as working_days
    from gaps
    inner join $candidate.int_time__calendar as first_day on first_day.date_day = gaps.from_date
    inner join $candidate.int_time__calendar as last_day on last_day.date_day = gaps.until_date
    group by gaps.period_id
)
select
    periods.period_id::text as record_key,
    periods.person_id::text as person_id,
    periods.start_date >= (people.birth_date + interval '18 years')::date as rule_352,
    case when periods.end_date is null then (people.birth_date + interval '18 years')::date < date '$as_known' end as rule_359,
    case when needs.told > 1 then needs.needs > 1 end as rule_504,
    cla.recorded_start_date <> periods.start_date as rule_r10,
    alone.working_days > 5 as rule_r08
from $candidate.int_care__all_periods as periods
left join $candidate.int_person__people as people on people.person_id = periods.person_id
left join $candidate.stg_lcs__fact_cla as cla on cla.period_id = periods.period_id
left join needs on needs.period_id = periods.period_id
left join alone on alone.period_id = periods.period_id
