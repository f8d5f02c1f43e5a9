-- Care planning alerts concluded in each span.
{{ count_in_spans(
    'alerts_concluded',
    ref('int_alert__alerts'),
    dated='facts.resolved_date',
    breakdowns=alert_breakdowns()
) }}
