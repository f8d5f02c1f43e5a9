{{ config(materialized="table") }}

-- One row per cell of every measure. A new measure is one line in this list.
{% set measures = [
    'alert_children_completed',
    'alert_children_raised',
    'alert_days_to_resolve_median',
    'alert_days_to_resolve_p90',
    'alert_repeat_children',
    'alert_resolved_within_20_days',
    'alerts_concluded',
    'alerts_open',
    'alerts_per_100_children',
    'alerts_raised',
    'attendance',
    'caseload_looked_after_per_fte',
    'caseload_per_fte',
    'caseload_protection_per_fte',
    'chair_dual_role',
    'chair_fte',
    'child_co_chaired',
    'child_focused',
    'child_spoken_to_before',
    'children_ceased',
    'children_looked_after',
    'children_looked_after_uasc',
    'children_started',
    'outcomes_within_5_days',
    'overdue_reviews',
    'participation',
    'participation_not',
    'participation_not_recorded',
    'periods_ceased',
    'periods_started',
    'permanence_plan_at_second_review',
    'record_distributed_within_20_days',
    'record_within_15_days',
    'review_timeliness_children',
    'review_timeliness_children_due',
    'review_timeliness_reviews',
    'review_up_to_date',
    'reviews_held',
    'series_within_20_days',
    'smart_rating',
    'social_work_report_received',
    'written_to_child',
] %}

{% for measure in measures %}
    select
        authority_code,
        measure_id,
        period_grain,
        period_start,
        period_end,
        breakdown,
        category,
        numerator,
        denominator
    from {{ ref('int_measure__' ~ measure) }}
    {% if not loop.last %}union all{% endif %}
{% endfor %}
