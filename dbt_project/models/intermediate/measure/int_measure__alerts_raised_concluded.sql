-- Alerts raised in each span that are concluded by the night.
{{ share_in_spans(
    'alerts_raised_concluded',
    ref('int_alert__alerts'),
    dated='facts.raised_date',
    counted='facts.resolved_date <= ' ~ as_known(),
    breakdowns=alert_breakdowns()
) }}
