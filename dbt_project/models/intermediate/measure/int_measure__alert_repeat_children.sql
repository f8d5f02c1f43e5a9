-- Children for whom an alert was raised in each span, within 12 months of an earlier one.
{{ people_in_spans(
    'alert_repeat_children',
    ref('int_alert__repeats'),
    dated='facts.raised_date',
    breakdowns=alert_breakdowns()
) }}
