-- Alerts raised in each span, each by the highest stage it reached.
{{ count_in_spans(
    'alerts_by_stage',
    ref('int_alert__kinds'),
    dated='facts.raised_date',
    breakdowns=['alert_stage']
) }}
