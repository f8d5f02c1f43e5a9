-- Children for whom an alert was raised in each span, within 12 months of an earlier one.
{{ count_in_spans(
    'alert_repeat_children',
    ref('int_alert__repeats'),
    dated='facts.raised_date',
    counted='distinct facts.person_id',
    breakdowns=alert_breakdowns()
) }}
