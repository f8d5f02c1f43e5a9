-- Alerts raised in each span that were resolved within 20 working days, of those resolved or past them.
{{ share_in_spans(
    'alert_resolved_within_20_days',
    ref('int_alert__durations'),
    dated='facts.raised_date',
    counted='facts.is_in_time',
    among='facts.is_in_time is not null',
    breakdowns=alert_breakdowns()
) }}
