{{ config(materialized="view") }}

-- Children looked after at each month end.
{{ count_in_spans(
    'children_looked_after',
    ref('int_care__children_at_month_end'),
    dated='facts.month_end',
    breakdowns=child_breakdowns() + ['age_band_by_sex'],
    grains=['snapshot']
) }}
