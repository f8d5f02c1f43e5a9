{{ config(materialized="table") }}

-- One row per cell of every measure. A new measure is one line in this list.
{% set measures = [
    'attendance',
    'children_ceased',
    'children_looked_after',
    'children_looked_after_uasc',
    'children_started',
    'participation',
    'participation_not',
    'participation_not_recorded',
    'periods_ceased',
    'periods_started',
    'review_timeliness_children',
    'review_timeliness_children_due',
    'review_timeliness_reviews',
    'review_up_to_date',
    'reviews_held',
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
