{{ config(materialized="view") }}

-- Care planning alerts raised in each span.
{{ count_in_spans(
    'alerts_raised',
    ref('int_alert__alerts'),
    dated='facts.raised_date',
    breakdowns=alert_breakdowns()
) }}
