-- Care planning alerts raised in each span.
{{ count_in_spans(
    'alerts_raised',
    ref('int_alert__alerts'),
    dated='facts.raised_date',
    counted='facts.form_key',
    breakdowns=alert_breakdowns()
) }}
