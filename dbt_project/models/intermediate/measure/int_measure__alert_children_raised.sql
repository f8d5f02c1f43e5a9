-- Children for whom a care planning alert was raised in each span.
{{ count_in_spans(
    'alert_children_raised',
    ref('int_alert__alerts'),
    dated='facts.raised_date',
    counted='distinct facts.person_id',
    breakdowns=alert_breakdowns()
) }}
