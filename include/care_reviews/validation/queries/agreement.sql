-- One row a period: do measures of the same children or reviews agree with each other, where the records reach back so far?
with wide as (
    select
        period_grain,
        period_start,
        period_end,
        max(numerator) filter (where measure_id = 'participation') as took_part,
        max(numerator) filter (where measure_id = 'participation_not') as took_no_part,
        max(numerator) filter (where measure_id = 'participation_not_recorded') as not_recorded,
        min(denominator) filter (where measure_id like 'participation%' or measure_id = 'attendance') as least_scope,
        max(denominator) filter (where measure_id like 'participation%' or measure_id = 'attendance') as most_scope,
        max(numerator) filter (where measure_id = 'smart_rating') as rated_well,
        max(numerator) filter (where measure_id = 'smart_rating_not_recorded') as not_rated,
        min(denominator) filter (where measure_id like 'smart_rating%' or measure_id = 'child_focused') as least_audits,
        max(denominator) filter (where measure_id like 'smart_rating%' or measure_id = 'child_focused') as most_audits,
        max(numerator) filter (where measure_id = 'children_looked_after') as looked_after,
        max(numerator) filter (where measure_id = 'children_looked_after_uasc') as uasc,
        max(denominator) filter (where measure_id = 'review_timeliness_children') as children_in_time,
        max(denominator) filter (where measure_id = 'review_timeliness_children_due') as children_due,
        max(denominator) filter (where measure_id = 'review_up_to_date') as children_up_to_date,
        max(numerator) filter (where measure_id = 'overdue_reviews') as overdue,
        max(denominator - numerator) filter (where measure_id = 'review_up_to_date') as children_not_up_to_date,
        max(numerator) filter (where measure_id = 'alerts_raised') as alerts_raised,
        max(numerator) filter (where measure_id = 'alert_children_raised') as children_with_alert,
        max(numerator) filter (where measure_id = 'alert_repeat_children') as children_with_repeat,
        max(numerator) filter (where measure_id = 'alerts_concluded') as alerts_concluded,
        max(numerator) filter (where measure_id = 'alert_children_completed') as children_with_conclusion,
        max(numerator) filter (where measure_id = 'children_started') as children_started,
        max(numerator) filter (where measure_id = 'periods_started') as periods_started,
        max(numerator) filter (where measure_id = 'children_ceased') as children_ceased,
        max(numerator) filter (where measure_id = 'periods_ceased') as periods_ceased
    from $candidate.kpi_value_unsuppressed
    where breakdown = 'all'
    group by period_grain, period_start, period_end
),
covered as (
    select
        *,
        period_start >= date '$covered_from' as is_covered,
        period_start - interval '12 months' >= date '$covered_from' as is_year_before_covered,
        date_trunc('month', period_end) - make_interval(months => (extract(month from period_end)::integer + 8) % 12)
            >= date '$covered_from' as is_year_so_far_covered
    from wide
)
select
    case when period_grain <> 'snapshot' and is_covered then
        (took_part + took_no_part + not_recorded = least_scope and least_scope = most_scope) is not true
    end as participation_differs,
    case when period_grain <> 'snapshot' and is_covered then
        (rated_well + not_rated <= least_audits and least_audits = most_audits) is not true
    end as ratings_differ,
    case when period_grain <> 'snapshot' and is_covered then
        (children_started <= periods_started and children_ceased <= periods_ceased) is not true
    end as more_children_than_periods,
    case when period_grain = 'snapshot' and is_covered then
        (uasc <= looked_after and children_up_to_date = looked_after
            and (not is_year_so_far_covered or (children_due <= looked_after and children_in_time = looked_after)))
            is not true
    end as children_differ,
    -- A child may have two reviews overdue, and whoever is not up to date has one.
    case when period_grain = 'snapshot' and is_covered then
        (children_not_up_to_date <= overdue and (children_not_up_to_date = 0) = (overdue = 0)) is not true
    end as overdue_differs,
    case when period_grain <> 'snapshot' and is_covered then
        (children_with_alert <= alerts_raised and (children_with_alert = 0) = (alerts_raised = 0)) is not true
    end as raised_differs,
    case when period_grain <> 'snapshot' and is_year_before_covered then
        (children_with_repeat <= children_with_alert) is not true
    end as more_repeats_than_children,
    case when period_grain <> 'snapshot' and is_covered then
        (children_with_conclusion <= alerts_concluded and (children_with_conclusion = 0) = (alerts_concluded = 0))
            is not true
    end as concluded_differs
from covered
