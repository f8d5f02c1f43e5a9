-- Alerts raised in each span, each by whether it was informal or formal.
{{ count_in_spans(
    'alerts_by_type',
    ref('int_alert__kinds'),
    dated='facts.raised_date',
    breakdowns=['alert_type']
) }}
