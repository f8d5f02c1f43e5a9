-- Children for whom a care planning alert was concluded in each span.
{{ count_in_spans(
    'alert_children_completed',
    ref('int_alert__alerts'),
    dated='facts.resolved_date',
    counted='distinct facts.person_id',
    breakdowns=alert_breakdowns()
) }}
